"""重演：台账里办过的每一件，按另一份目录或者另一天的法规再告知一遍，数一数哪些会不一样，按条文归拢.

What comes of it names papers by their numbers and no person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.catalogue.redeciding import Otherwise, Redeciding
from counter_assistant.storage.views.acts import Act, acts_numbered, void_seqs

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

EXAMPLES = 3
"""How many papers are named for a difference."""
_BATCH = 500
"""How many entries are read at once."""


@dataclass(frozen=True, slots=True)
class ReplayGroup:
    """A difference, and how many matters of the item have it; `papers` are the numbers of some of them."""

    otherwise: Otherwise
    matters: int
    papers: tuple[str, ...]

    def in_words(self) -> str:
        """材料：新增“…”，如已婚〔条例第二十五条〕：12 件，如 …."""
        told = self.otherwise
        head = listed((told.difference.in_words(), told.when), "，")
        article = f"〔{told.article}〕" if told.article else ""
        papers = f"，如 {listed(self.papers)}" if self.papers else ""
        return f"{head}{article}：{self.matters} 件{papers}"


@dataclass(frozen=True, slots=True)
class ItemReplay:
    """The matters of one item: how many there are, how many would have been told otherwise, and what, the most frequent first."""

    item: str
    name: str
    matters: int
    otherwise: int
    groups: tuple[ReplayGroup, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of going through the matters. `left_out` kept no details of what was told, or were no item's, or are void."""

    items: tuple[ItemReplay, ...]
    left_out: int

    @property
    def matters(self) -> int:
        """How many matters were told again."""
        return sum(item.matters for item in self.items)

    @property
    def otherwise(self) -> int:
        """How many of them would have been told otherwise."""
        return sum(item.otherwise for item in self.items)


@dataclass(slots=True)
class _Item:
    name: str = ""
    matters: int = 0
    otherwise: int = 0
    times: Counter[Otherwise] = field(default_factory=Counter)
    papers: dict[Otherwise, list[str]] = field(default_factory=dict)

    def take(self, act: Act, found: tuple[Otherwise, ...]) -> None:
        self.name = act.facts.item_name
        self.matters += 1
        self.otherwise += bool(found)
        for each in found:
            self.times[each] += 1
            named = self.papers.setdefault(each, [])
            if act.number and len(named) < EXAMPLES:
                named.append(act.number)

    def groups(self) -> Iterator[ReplayGroup]:
        for each, times in self.times.most_common():
            yield ReplayGroup(each, times, tuple(self.papers[each]))


def replay(office: Office, catalogue: ApprovedCatalogue, on: date | None = None) -> Stoppable[Replay]:
    """Every act of the book told again by another catalogue, with the law and the texts of the day of each, or of one day.

    A step is an entry. Nothing is recorded.
    """
    again, items, left_out = Redeciding(catalogue, office.profile, on), dict[str, _Item](), 0
    last, _ = office.book.head()
    for start in range(1, last + 1, _BATCH):
        yield Reached(start - 1, last)
        acts = acts_numbered(office.database, start, min(start + _BATCH - 1, last))
        void = void_seqs(office.database, [act.seq for act in acts])
        for act in acts:
            if act.seq in void or not act.told or not act.facts.item:
                left_out += 1
            else:
                items.setdefault(act.facts.item, _Item()).take(act, again.otherwise(act))
    found = (
        ItemReplay(id_, item.name, item.matters, item.otherwise, tuple(item.groups()))
        for id_, item in sorted(items.items())
    )
    return Replay(tuple(found), left_out)
