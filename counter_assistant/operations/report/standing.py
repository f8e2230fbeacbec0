"""要您看的：等带班领导看的几样，最急的在前；今天到现在为止办了多少，结账了没有."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.closing.closing_entry import Closed, Period
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.entry import CHECK_CODE_LENGTH, EntryKind
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.cases.find_case import horizon
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.keeping import due_today, lines_of
from counter_assistant.operations.safekeeping import closing
from counter_assistant.operations.safekeeping.copies import copies_of
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from counter_assistant.storage.views.reports.period_rows import PeriodRows

NAMED = 3
"""So many numbers are named in one line."""


class Waits(StrEnum):
    """What waits for whoever looks after a counter, in the order in which it presses."""

    REVIEW = "待复核"
    OVERDUE = "超期"
    DELAY = "须延期告知"
    OPINION = "意见"
    REGISTERS = "登记到期"
    UNPRINTED = "未打印"
    UNFILED = "未归档"


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many wait of a sort, the first of them in words, and more about it. `cases` are the ids of those that no list of its own has;
    `closed` is the day whose first copies are to be filed."""

    what: Waits
    count: int
    first: str
    more: str = ""
    cases: tuple[str, ...] = ()
    closed: Closed | None = None


def waiting_lines(office: Office, to_review: Sequence[str]) -> list[WaitingLine]:
    """What waits and is not nought; `to_review` are the papers that wait for the current clerk, in words.

    Raises:
        Refusal: what the reading of the book refuses.
    """
    lines = (
        WaitingLine(Waits.REVIEW, len(to_review), to_review[0] if to_review else ""),
        _overdue(office),
        _to_delay(office),
        _opinions(office),
        WaitingLine(Waits.REGISTERS, due_today(office), "咨询、意见等到了期限的"),
        _unprinted(office),
        _unfiled(office),
    )
    return [line for line in lines if line.count]


def _overdue(office: Office) -> WaitingLine:
    """What somebody should have looked at before today."""
    first = office.cases.listed(CaseList.OVERDUE, horizon(office), limit=1)
    day = first[0].look_at if first else None
    more = f"{_short(day, office.today())}到期" if day else ""
    return WaitingLine(Waits.OVERDUE, office.cases.overdue(office.today()), _case(first), more)


def _to_delay(office: Office) -> WaitingLine:
    """Printed days that cannot be kept, and of which nobody has been told yet (守则 一(二)2⑶)."""
    cases = office.cases.to_delay()
    day = min((case.printed_due for case in cases if case.printed_due), default=None)
    more = f"{_short(day, office.today())}以前告知" if day else ""
    return WaitingLine(Waits.DELAY, len(cases), _case(cases), more, tuple(case.id for case in cases))


def _opinions(office: Office) -> WaitingLine:
    query = RegisterQuery((RegisterKind.OPINION,), waiting=True)
    lines = lines_of(office)
    first = lines.found(query, limit=1)
    return WaitingLine(Waits.OPINION, lines.count(query), first[0].line if first else "")


def _unprinted(office: Office) -> WaitingLine:
    left = office.prints.unprinted()
    return WaitingLine(Waits.UNPRINTED, len(left), _numbers([one.paper.number for one in left]))


def _unfiled(office: Office) -> WaitingLine:
    """The first copies that did not come back, of the day that was closed last and of those before it."""
    entry = office.book.latest(EntryKind.DAY_CLOSED)
    if entry is None:
        return WaitingLine(Waits.UNFILED, 0, "")
    closed = Closed.from_payload(entry.payload)
    missing = list(copies_of(office, closed).missing)
    return WaitingLine(Waits.UNFILED, len(missing), _numbers(missing), closed=closed)


def _case(cases: Sequence[Case]) -> str:
    return listed((cases[0].item_name, cases[0].applicant), "　") if cases else ""


def _short(day: date, today: date) -> str:
    """12月4日 within this year, else with its year."""
    return f"{day.month}月{day.day}日" if day.year == today.year else chinese_date(day)


def _numbers(numbers: Sequence[str]) -> str:
    return listed(numbers[:NAMED]) + ("……" if len(numbers) > NAMED else "")


def _today(office: Office) -> PeriodRows:
    today = office.today()
    return PeriodRows(office.database, today, today + timedelta(days=1))


def cases_today(office: Office) -> tuple[str, ...]:
    """The ids of the cases that somebody came about today.

    Raises:
        Refusal: what the reading of the book refuses.
    """
    return tuple(arrival.case for arrival in _today(office).arrivals() if arrival.case)


def today_in_words(office: Office) -> Iterator[str]:
    """来访 63 位，出具 58 份：…；作废、补打、口头告知；结账没有，台账头.

    Raises:
        Refusal: what the reading of the book refuses.
    """
    rows = _today(office)
    papers, counts = rows.papers(), rows.span.counts
    kinds = listed(f"{kind.in_words} {papers[kind]}" for kind in SlipKind if kind in papers)
    yield f"来人来电 {len(rows.arrivals())} 次，出具 {sum(papers.values())} 份{f'：{kinds}' if kinds else ''}"
    done = (
        (EntryKind.SLIP_VOIDED, "作废", "份"),
        (EntryKind.SLIP_REPRINTED, "补打", "次"),
        (EntryKind.ORAL_NOTICE, "口头告知", "次"),
    )
    if said := listed((f"{name} {counts[kind]} {unit}" for kind, name, unit in done if kind in counts), "，"):
        yield said
    yield from _closing(office, office.today())


def _closing(office: Office, today: date) -> Iterator[str]:
    """How the closing of today stands, or what keeps it from being closed, and the head that it has or would have."""
    try:
        closed, entry = closing.find(office, Period.DAY, today.isoformat())
        yield f"今天已结账，台账第 {entry.seq} 条"
    except Refusal:
        try:
            closed = closing.preview(office, Period.DAY, today.isoformat())
        except Refusal as refusal:
            yield str(refusal)
            return
        yield "今天还没有结账"
    gaps = [gap.in_words for gap in closed.figures.gaps if not gap.of_kit]
    yield listed(gaps, "；") or "编号没有跳号"
    yield f"台账头 {closed.last}:{grouped(closed.head[:CHECK_CODE_LENGTH])}"
