"""保存期满的：哪些办件、文书和来电办结以后过了年限，可以提请销毁；没有办结的、没有满的，说清到哪一天."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.cases.act_entry import SlipIssued, act_in
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.cases.entry_acts import case_of
from counter_assistant.domain.cases.retention import Term, shortest, term_of
from counter_assistant.domain.cases.sealed_away import is_sealed_away
from counter_assistant.domain.cases.whole_numbers import Numbered, keeping_of
from counter_assistant.domain.entry import ACTS, UNNAMED_CASE, Entry, EntryKind
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_keeping import Keeping, begun_before
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.cases.whole_matter import Said, WholeMatter
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLines
from counter_assistant.storage.views.whole_numbers import others_before, papers_before

LISTED = "保存期满"
"""What is typed in the archive to see what is due."""
OF_A_CASE = ACTS | {EntryKind.STEP_WITHDRAWN}
"""The kinds of entry that are parts of a case; others only speak of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A matter and how long it is kept; `term` is None while it is not closed."""

    matter: WholeMatter
    term: Term | None

    def is_due(self, today: date) -> bool:
        """Whether its retention has ended."""
        return self.term is not None and self.term.is_over(today)


def matters_due(office: Office) -> Stoppable[tuple[Kept, ...]]:
    """Finds every matter whose retention has ended, those that began first at the beginning. Nothing of it changes anything."""
    today, years = office.today(), office.profile.record_years
    day = begun_before(today, shortest(years))
    found, seen = list[Kept](), 0
    for case in office.cases.closed_before(day):
        found += [kept] if (kept := kept_of_case(office, case)).is_due(today) else []
        seen += 1
        yield Reached(seen, seen + 1)
    for entry in _without_case(office, day):
        alone = _alone(office, entry)
        found += [alone] if alone and alone.is_due(today) else []
        seen += 1
        yield Reached(seen, seen + 1)
    return tuple(sorted((kept for kept in found if kept.matter.said), key=lambda kept: kept.matter.said[0].entry.seq))


def kept_of_case(office: Office, case: Case) -> Kept:
    """A case with everything that was recorded of it, and how long it is kept."""
    begun = office.book.find(case.id)
    places = {trace.seq for trace in case.history if trace.seq} | ({begun.seq} if begun else set())
    entries = [
        entry for _, entry in sorted(office.book.at(places).items()) if entry.kind in OF_A_CASE and not entry.erased
    ]
    said = tuple(Said(entry, content) for entry in entries if not is_sealed_away(content := content_of(entry)))
    keepings = [keeping_of(one.entry.kind, one.content) for one in said if isinstance(one.content, Numbered)]
    term = term_of(keepings, case.closed, office.profile.record_years) if case.closed and keepings else None
    return Kept(WholeMatter(case.id, said, case), term)


def kept_of_number(office: Office, number: str) -> Kept:
    """The matter that a slip belongs to.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `content-destroyed`.
    """
    archived = office.archive.show(number)
    case = office.cases.get(case_of(archived.entry, archived.issued.act))
    if case is not None and number in case.papers:
        return kept_of_case(office, case)
    kept = _alone(office, archived.entry)
    assert kept is not None  # it is a slip, and no call
    return kept


def refuse_term(office: Office, number: str, kept: Kept) -> None:
    """Asks whether the retention of a slip's matter has ended.

    Raises:
        Refusal: `term-not-ended`.
    """
    if kept.term is None:
        what = f"{number} 这一件还没有办结，保存期从办结之日算起。"
        raise Refusal("term-not-ended", what, "请先办结；期满以前只保存，不作他用（个人信息保护法第四十七条）。")
    if not kept.is_due(office.today()):
        term = kept.term
        what = (
            f"{number} 的保存期还没有满：{term.keeping.short}办结后保存 {term.years} 年，到{chinese_date(term.last)}。"
        )
        raise Refusal("term-not-ended", what, "期满以后再办；期满以前只保存，不作他用（个人信息保护法第四十七条）。")


def _without_case(office: Office, day: date) -> Iterator[Entry]:
    """The calls, and the slips and tellings of before cases existed, that are older than a day."""
    yield from papers_before(office.database, list(SlipKind), day)
    for kind in (EntryKind.ORAL_NOTICE, EntryKind.INQUIRY, EntryKind.CASE_STEP):
        yield from others_before(office.database, kind, day)


def _alone(office: Office, entry: Entry) -> Kept | None:
    """An entry that is a matter by itself; None where it is a part of a case, or nothing is left of it."""
    content = content_of(entry)
    act = act_in(content)
    if is_sealed_away(content) or not (act or isinstance(content, SlipIssued | CallNoted)):
        return None
    if act and office.cases.get(case_of(entry, act)):
        return None
    line = (
        RegisterLines(office.database).of(RegisterKind.INQUIRY, entry.seq) if isinstance(content, CallNoted) else None
    )
    waits = line is not None and line.waits
    said = Said(entry, content)
    keeping = Keeping.INQUIRY if isinstance(content, CallNoted) else keeping_of(entry.kind, content)
    term = None if waits else term_of([keeping], entry.time.date(), office.profile.record_years)
    return Kept(WholeMatter(f"{UNNAMED_CASE}{entry.seq}", (said,), None), term)
