"""告知与办结的行为，和它们连成的一件件事（守则 一(五)4）.

What a month's figures are counted from. An act is here as far as it decides which matter it belongs to and with which
content it is compared, so that a year of acts can be gone through without reading one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import ENDING, TELLING, SlipKind


class Telling(NamedTuple):
    """An act that tells or ends a matter, and whose slip is not void.

    `seq` is the number of its entry and `recorded` the day of that entry; `day` is the day of acceptance, whose law held
    (both as 2026-11-23). `clerk` is a staff number. `began` is the number of the entry that began its case. Under `number`
    lies who has the same identity number, and under `named` who has the same name and phone; each is empty where it was
    not left. Two acts with the same `content` told the same of the same item by the same answers and edition; it is empty
    where no details were kept.
    """

    seq: int
    recorded: str
    day: str
    item: str
    clerk: str
    ends: int
    began: int
    number: str
    named: str
    content: str

    def is_by(self, other: Telling) -> bool:
        """Whether both acts are certainly by the same person, as `Person.match` has it: two identity numbers decide."""
        if self.number and other.number:
            return self.number == other.number
        return bool(self.named) and self.named == other.named


def tells(kind: EntryKind, slip: SlipKind | None) -> bool:
    """Whether an act tells what is needed, on paper or by word of mouth."""
    return kind is EntryKind.ORAL_NOTICE or slip in TELLING


def ends(kind: EntryKind, slip: SlipKind | None, rule: Rule | None) -> bool:
    """Whether a matter was accepted, returned or settled on the spot by an act."""
    if kind is EntryKind.CASE_STEP:
        return rule is Rule.ON_THE_SPOT
    return kind is EntryKind.SLIP_ISSUED and slip in ENDING


def matters_since(tellings: Iterable[Telling], since: int) -> list[tuple[Telling, Telling]]:
    """The first and the last act of each matter that came again or ended from the entry `since` on.

    A matter are the acts of one case, or of one person about one item, until it ends; acts after its end no longer count.
    One that ended with its first act has that act twice. The acts come in the book's order.
    """
    return [
        (chain.first, chain.last)
        for chain in _chains(tellings)
        if chain.last.seq >= since and (chain.last is not chain.first or chain.last.ends)
    ]


@dataclass(slots=True, eq=False)
class _Chain:
    """The acts of one matter up to its end; `persons` are those whose acts these are."""

    first: Telling
    last: Telling
    persons: list[Telling] = field(default_factory=list)

    def goes_on(self, act: Telling) -> bool:
        """Whether an act of another case belongs here: by certainly the same person, and before the end."""
        return not self.last.ends and any(act.is_by(known) for known in self.persons)


def _chains(tellings: Iterable[Telling]) -> list[_Chain]:
    chains: list[_Chain] = []
    by_person: dict[tuple[str, str], list[_Chain]] = {}
    by_case: dict[int, _Chain] = {}
    for act in tellings:
        lying = [by_person.setdefault((act.item, term), []) for term in (act.number, act.named) if term]
        chain = by_case.get(act.began) or _gone_on_with(act, lying)
        if chain is None:
            chain = _Chain(act, act)
            chains.append(chain)
        elif not chain.last.ends:
            chain.last = act
        by_case[act.began] = chain
        chain.persons.append(act)
        for found in lying:
            if chain not in found:
                found.append(chain)
    return chains


def _gone_on_with(act: Telling, lying: Iterable[list[_Chain]]) -> _Chain | None:
    """The newest matter that an act goes on with, of those under the number before those under the name."""
    for found in lying:
        for chain in reversed(found):
            if chain.goes_on(act):
                return chain
    return None
