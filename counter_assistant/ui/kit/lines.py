"""在外的备用单，一个事项一行，不用 Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from counter_assistant.domain.papers.kit_entry import KitItem
from counter_assistant.operations.kit.kits import BlankState, KnownBlank


class KitLine(NamedTuple):
    """An item of which blanks are out: their places, how many they are, and whether they say something else than those of today would."""

    name: str
    places: str
    out: int
    stale: bool


def lines_of(known: Iterable[KnownBlank], stale: Collection[KitItem]) -> Iterator[KitLine]:
    """A line for each item, whichever kits its blanks are of. `stale`: what is to be printed anew."""
    groups: dict[tuple[str, bool], tuple[KitItem, list[int]]] = {}
    for one in known:
        if one.state is BlankState.OUT:
            item = one.blank.of
            groups.setdefault((item.item, item in stale), (item, []))[1].append(one.blank.n)
    for (_, is_stale), (item, places) in groups.items():
        yield KitLine(item.item_name, _ranges(sorted(places)), len(places), is_stale)


def summary(known: Iterable[KnownBlank]) -> str:
    """在外 25 份，已补录 1 份，已作废 1 份."""
    states = [one.state for one in known]
    parts = [f"{state.label} {states.count(state)} 份" for state in BlankState if state in states]
    return "，".join(parts)


def _ranges(places: list[int]) -> str:
    """1–3、7 号."""
    parts: list[list[int]] = []
    for n in places:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    return "、".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts) + " 号"
