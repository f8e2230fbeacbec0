"""本月一次告知情况：多少件第一次就告知清楚，多少件有漏告、缺告、错告（守则 一(五)4）.

Counted are the matters that came again or became complete in the month. Each is compared with its first notification by
what was stored of both alone, so that a month gives the same figures at any later time. Figures are given by item,
never by person. What the catalogue's own text said (domain/notification/comparison.py) is counted with the item as
目录文本.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.differences import PARTS, Comparison, DifferenceKind
from counter_assistant.domain.notification.told_content import told_in
from counter_assistant.domain.papers.kinds import ENDING, TELLING
from counter_assistant.domain.people.matching import PersonMatch
from counter_assistant.operations.notification.earlier import from_stored
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.acts import Act, acts_at, acts_between, acts_of, void_seqs
from counter_assistant.storage.views.people import PeopleTerms, entries_under

OFTEN_SHOWN = 3

WITHIN = timedelta(days=365)
"""How long before the month a notification still counts for the same matter: rent is withdrawn again every year."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The figures of one item, or of all. A matter may have faults of several kinds.

    `matters` is the sum of `right`, those with a fault, `unknown` (no details were kept), and those in which only the
    catalogue's own text differed. `text` counts all in which the text differed, with or without a clerk's fault as
    well.
    """

    id: str
    name: str
    matters: int = 0
    right: int = 0
    missed: int = 0
    partial: int = 0
    wrong: int = 0
    text: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One month. `often`: the materials only asked for later, with the number of matters, the most frequent first."""

    year: int
    month: int
    total: MonthRow
    items: tuple[MonthRow, ...]
    often: tuple[tuple[str, int], ...]


@dataclass(slots=True, eq=False)
class _Chain:
    """The acts of one matter, from its first notification on. It has `ended` once it was accepted or returned."""

    acts: list[Act] = field(default_factory=list)
    ended: bool = False

    def goes_on(self, act: Act) -> bool:
        """Whether an act that names no case belongs here: by certainly the same person, and before the end."""
        return not self.ended and any(act.person.match(known.person) is PersonMatch.SAME for known in self.acts)


@dataclass(frozen=True, slots=True)
class Counted:
    """A matter of the month. `comparison` is None where it was complete at the first visit, or nothing is `known`."""

    first: Act
    comparison: Comparison | None = None
    known: bool = True


def counted_in(office: Office, year: int, month: int) -> list[Counted]:
    """The matters that count in a month.

    Raises:
        ValueError: there is no such month.
    """
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    acts = _counting(office, acts_between(office.database, first, after))
    since = acts[0].seq if acts else 0
    return [
        counted for chain in _chains([*_before(office, acts), *acts]) if (counted := _counted(office, chain, since))
    ]


def figures(office: Office, year: int, month: int, matters: list[Counted]) -> Month:
    """The figures of the matters of a month."""
    by_item = sorted(_by_item(matters).items())
    items = tuple(_row(id_, item_name(office, group[-1].first), group) for id_, group in by_item)
    return Month(year, month, _row("", "合计", matters), items, _often(matters))


def _counting(office: Office, acts: Iterable[Act]) -> list[Act]:
    """The acts that tell or end a matter, and are not void."""
    found = [act for act in acts if act.kind is EntryKind.ORAL_NOTICE or act.slip in TELLING or _ends(act)]
    void = void_seqs(office.database, [act.seq for act in found])
    return [act for act in found if act.seq not in void]


def _ends(act: Act) -> bool:
    if act.kind is EntryKind.CASE_STEP:
        return act.facts.rule is Rule.ON_THE_SPOT
    return act.kind is EntryKind.SLIP_ISSUED and act.slip in ENDING


def _before(office: Office, acts: list[Act]) -> list[Act]:
    """The acts of the year before by the same persons about the same items, and those that began the cases."""
    if not acts:
        return []
    before, since = acts[0].seq, acts[0].time.date() - WITHIN
    terms = {term for act in acts for term in _terms(office.book.people_terms, act)}
    found = acts_at(office.database, entries_under(office.database, terms, before), since)
    began = acts_of(office.database, [case for act in acts if (case := act.facts.case) and case != act.uuid])
    earlier = {act.seq: act for act in (*found, *began) if act.seq < before and act.time.date() >= since}
    return _counting(office, (earlier[seq] for seq in sorted(earlier)))


_Key = tuple[str, str, str]


def _keys(act: Act) -> list[_Key]:
    """What an act of the same person is found by: the identity number, and the name with the phone."""
    person, item = act.person, act.facts.item
    by_number: list[_Key] = [(item, "", person.id_number)] if person.id_number else []
    return by_number + ([(item, person.name, person.phone)] if person.name and person.phone else [])


def _terms(terms: PeopleTerms, act: Act) -> list[str]:
    """The terms under which the book holds the acts of the same person."""
    keys = _keys(act)
    return [terms.name_and_phone(name, whole) if name else terms.number(whole) for _, name, whole in keys]


def _chains(acts: Iterable[Act]) -> list[_Chain]:
    """The acts by matter: of one case, or of one person and item until it ended."""
    chains: list[_Chain] = []
    by_key: dict[_Key, list[_Chain]] = {}
    by_case: dict[str, _Chain] = {}
    for act in acts:
        case, keys = act.facts.case or act.uuid, _keys(act)
        known = (chain for key in keys for chain in reversed(by_key.get(key, ())))
        chain = by_case.get(case) or next((one for one in known if one.goes_on(act)), None)
        if chain is None:
            chain = _Chain()
            chains.append(chain)
        for key in keys:
            if chain not in by_key.setdefault(key, []):
                by_key[key].append(chain)
        by_case[case] = chain
        chain.acts.append(act)
        chain.ended = chain.ended or _ends(act)
    return chains


def _counted(office: Office, chain: _Chain, since: int) -> Counted | None:
    """The matter, if it came again or ended since an entry; acts after its end no longer count."""
    end = next((place for place, act in enumerate(chain.acts) if _ends(act)), len(chain.acts))
    acts = chain.acts[: end + 1]
    first, last = acts[0], acts[-1]
    if last.seq < since or (len(acts) == 1 and not _ends(last)):
        return None
    if len(acts) == 1:
        return Counted(first)
    earlier, later = (told_in(act.everything, act.number) for act in (first, last))
    if earlier is None or later is None:
        return Counted(first, known=False)
    return Counted(first, from_stored(earlier, later, office.catalogue))


def _by_item(matters: list[Counted]) -> dict[str, list[Counted]]:
    groups: dict[str, list[Counted]] = {}
    for matter in matters:
        groups.setdefault(matter.first.facts.item, []).append(matter)
    return groups


def _row(id_: str, name: str, matters: list[Counted]) -> MonthRow:
    compared = [matter.comparison for matter in matters if matter.known]
    faults = [{fault.kind for fault in one.faults} for one in compared if one is not None]
    return MonthRow(
        id_, name, len(matters),
        right=sum(one is None or one.told_right for one in compared),
        missed=sum(DifferenceKind.MISSED in kinds for kinds in faults),
        partial=sum(DifferenceKind.PARTIAL in kinds for kinds in faults),
        wrong=sum(DifferenceKind.WRONG in kinds for kinds in faults),
        text=sum(bool(one.text_faults) for one in compared if one is not None),
        unknown=sum(not matter.known for matter in matters),
    )  # fmt: skip


def _often(matters: list[Counted]) -> tuple[tuple[str, int], ...]:
    counted = Counter(name for matter in matters if matter.comparison for name in _came_late(matter.comparison))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:OFTEN_SHOWN])


def _came_late(comparison: Comparison) -> set[str]:
    """The materials that were only asked for later, or about which something else had been said."""
    differences = [one for one in comparison.differences if one.id not in PARTS]
    return {one.name for one in differences if one.asked or not one.explanation}


def item_name(office: Office, act: Act) -> str:
    """What an item was called when an act was done; its code where there is no text of that day."""
    item = office.catalogue.item(act.facts.item, act.facts.day)
    return item.name if item else act.facts.item
