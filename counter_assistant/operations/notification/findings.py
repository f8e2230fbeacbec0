"""一个月里每一件的对照结果：说法相同的只对照一次（docs/decisions/0019-a-months-figures.md）.

Thousands of acts tell the same. What differs between two of them follows from the two contents, the law in force on either
day, and whether the item's text began between them; so one comparison answers for every pair of which these are equal. It
answers in figures only: a sentence of it may name the day or the numbers of other people's acts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.notification.differences import PARTS, Comparison, DifferenceKind
from counter_assistant.domain.notification.tellings import Telling
from counter_assistant.domain.notification.told_content import ToldContent, told_in
from counter_assistant.operations.notification.earlier import from_stored
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.acts import acts_at


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of holding the first and the last act of a matter together, as far as it is counted.

    `faults` are the kinds of the clerk's faults, `text`: that the catalogue's own text was at fault. `late` are the names
    of the materials that were only asked for later, or about which something else had been said. Where no details were
    kept nothing is `known`.
    """

    right: bool = False
    faults: frozenset[DifferenceKind] = frozenset()
    text: bool = False
    late: frozenset[str] = frozenset()
    known: bool = True


COMPLETE_AT_ONCE = Finding(right=True)
NOTHING_KEPT = Finding(known=False)


def findings(office: Office, pairs: Sequence[tuple[Telling, Telling]]) -> list[Finding]:
    """The finding of each matter, given by its first and its last act."""
    seqs = {act.content: act.seq for pair in pairs if _is_compared(*pair) for act in pair}
    acts = {act.seq: act for act in acts_at(office.database, seqs.values())}
    told = {content: told_in(acts[seq].everything) for content, seq in seqs.items()}
    comparisons = _Comparisons(office.catalogue, told)
    return [comparisons.finding(*pair) if _is_compared(*pair) else _without(*pair) for pair in pairs]


def _is_compared(first: Telling, last: Telling) -> bool:
    return first is not last and bool(first.content and last.content)


def _without(first: Telling, last: Telling) -> Finding:
    return COMPLETE_AT_ONCE if first is last else NOTHING_KEPT


class _Comparisons:
    """Compares what some contents told, each two of them once for each state of the law. `told` has every content."""

    def __init__(self, catalogue: Catalogue, told: Mapping[str, ToldContent | None]) -> None:
        self._catalogue = catalogue
        self._told = told
        self._found: dict[object, Finding] = {}
        self._law_on, self._text_on = cache(self._read_law), cache(self._read_text)

    def finding(self, first: Telling, last: Telling) -> Finding:
        """What came of holding two acts together; it may have been found of two others that told the same."""
        new_text = first.day < self._text_on(last.item, last.day) <= last.day
        key = (first.content, last.content, self._law_on(first.day), self._law_on(last.day), new_text)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._compared(first, last)
        return found

    def _compared(self, first: Telling, last: Telling) -> Finding:
        earlier, later = (self._told_by(act) for act in (first, last))
        return _finding(from_stored(earlier, later, self._catalogue))

    def _told_by(self, act: Telling) -> ToldContent:
        told = self._told[act.content]
        assert told is not None  # no digest is made of what was not kept
        return replace(told, day=date.fromisoformat(act.day))

    def _read_law(self, day: str) -> tuple[int, ...]:
        """Which version of each statute was in force; 0 where none is known."""
        held = (statute.on(date.fromisoformat(day)) for statute in self._catalogue.statutes.values())
        return tuple(version.version if version else 0 for version in held)

    def _read_text(self, item_id: str, day: str) -> str:
        """The first day of the text of an item that held on a day; empty where there was none."""
        item = self._catalogue.item(item_id, date.fromisoformat(day))
        return item.effective_from.isoformat() if item else ""


def _finding(compared: Comparison) -> Finding:
    late = (one for one in compared.differences if one.id not in PARTS and (one.asked or not one.explanation))
    return Finding(
        right=compared.told_right, faults=frozenset(fault.kind for fault in compared.faults),
        text=bool(compared.text_faults), late=frozenset(one.name for one in late),
    )  # fmt: skip
