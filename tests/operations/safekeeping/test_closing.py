"""A counter's days closed one after the other, their sums, and what is told the next morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing as closing_at_end
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Closed, Period
from counter_assistant.domain.closing.figures import Gap, total
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.safekeeping import closing
from tests.make import NOW, a_request
from tests.roles import Counter

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    with closing_at_end(made.office):
        yield made


def slip(office: Office) -> str:
    issued = issue_slip(office, a_request())
    assert issued.slip is not None
    return issued.slip.number


def close_day(office: Office, name: str) -> Closed:
    return closing.close(office, Period.DAY, name)[0]


def refused(office: Office, period: Period, name: str) -> str:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        closing.close(office, period, name)
    assert office.book.head() == before
    return refusal.value.code


def test_a_day_is_closed_with_all_that_was_done(counter: Counter) -> None:
    office = counter.office
    first, second = slip(office), slip(office)
    void(office, first, "写错了姓名", copy_returned=True)
    reprint(office, second)
    note_call(office, "问租房提取要带什么")
    before = office.book.head()
    closed, entry = closing.close(office, Period.DAY, MONDAY)
    assert (entry.kind, entry.seq) == (EntryKind.DAY_CLOSED, before[0] + 1)
    assert (closed.first, closed.last, closed.head) == (1, *before)
    assert (closed.clerk, closed.clerk_name, closed.branch) == ("0001", "罗𠅤克", "耿马管理部")
    (used,) = closed.figures.papers
    assert (used.first_number, used.last_number, used.issued) == (first, second, 2)
    assert [one.number for one in closed.figures.voids] == [first]
    assert closed.figures.reprints == {second: 1}
    assert closed.figures.counts[EntryKind.INQUIRY] == 1
    assert closed.figures.entries == closed.last
    assert closed.figures.gaps == ()
    assert closing.find(office, Period.DAY, MONDAY) == (closed, entry)
    assert office.book.check().ok


def test_a_day_is_closed_once_and_what_comes_after_goes_into_the_next(counter: Counter) -> None:
    office = counter.office
    slip(office)
    first = close_day(office, MONDAY)
    late = slip(office)
    assert refused(office, Period.DAY, MONDAY) == "day-closed"
    assert closing.to_close_in_words(office) == ""  # not before the next morning
    counter.now += timedelta(days=1)
    assert closing.to_close_in_words(office) == "结账以后又有 1 条"
    second = close_day(office, TUESDAY)
    assert (second.first, second.late) == (first.last + 1, 1)
    assert second.figures.papers[0].first_number == late
    assert second.figures.counts == {EntryKind.SLIP_ISSUED: 1, EntryKind.DAY_CLOSED: 1}
    assert closing.to_close_in_words(office) == ""


def test_an_earlier_day_is_offered_first(counter: Counter) -> None:
    office = counter.office
    slip(office)
    counter.now += timedelta(days=1)
    slip(office)
    assert closing.to_close_in_words(office) == "待日结 11月23日"
    assert closing.day_due(office).isoformat() == MONDAY
    assert closing.is_over(office, Period.DAY, MONDAY)
    close_day(office, MONDAY)
    counter.now += timedelta(days=1)
    assert closing.day_due(office).isoformat() == TUESDAY
    assert refused(office, Period.DAY, WEDNESDAY) == "earlier-day-open"
    assert refused(office, Period.DAY, "2026-11-30") == "day-to-come"
    close_day(office, TUESDAY)
    assert closing.day_due(office).isoformat() == WEDNESDAY
    close_day(office, WEDNESDAY)


def test_today_is_over_half_an_hour_before_the_office_closes(counter: Counter) -> None:
    office = counter.office
    assert not closing.is_over(office, Period.DAY, MONDAY)
    for minute, over in ((59, False), (0, True)):
        counter.now = NOW.replace(hour=16 + over, minute=minute)
        assert closing.is_over(office, Period.DAY, MONDAY) is over
    assert closing.is_over(office, Period.MONTH, "2026-10")


def test_the_month_and_the_year_are_the_sums_of_their_days(counter: Counter) -> None:
    office = counter.office
    for day in range(23, 28):
        counter.now = NOW.replace(day=day)
        number = slip(office)
        if day % 2:
            void(office, number, "重出")
        close_day(office, f"2026-11-{day}")
    assert refused(office, Period.MONTH, "2026-11") == "period-not-over"
    counter.now = NOW.replace(month=12, day=1)
    assert closing.period_due(office, Period.MONTH) == "2026-11"
    days = [closed for closed, _ in closing.closings(office)]
    month, entry = closing.close(office, Period.MONTH, "2026-11")
    assert entry.kind is EntryKind.MONTH_CLOSED
    assert (month.first, month.last, month.head, month.days) == (1, days[-1].last, days[-1].head, 5)
    assert month.figures == total(day.figures for day in days)
    assert month.figures.entries == month.last
    assert (month.figures.issued, len(month.figures.voids)) == (5, 3)
    assert refused(office, Period.MONTH, "2026-11") == "period-closed"
    assert refused(office, Period.MONTH, "2026-10") == "nothing-to-close"
    counter.now = NOW.replace(year=2027, month=1, day=4)
    assert closing.period_due(office, Period.YEAR) == "2026"
    office.confirm_clock()
    year, entry = closing.close(office, Period.YEAR, "2026")
    assert (entry.kind, year.figures) == (EntryKind.YEAR_CLOSED, month.figures)
    assert office.book.check().ok


def test_a_month_waits_for_its_last_day_and_closes_it_to_what_comes(counter: Counter) -> None:
    office = counter.office
    slip(office)
    close_day(office, MONDAY)
    counter.now = NOW.replace(day=30)
    assert closing.period_due(office, Period.MONTH) == "2026-11"
    slip(office)
    assert refused(office, Period.MONTH, "2026-11") == "earlier-day-open"
    close_day(office, "2026-11-30")
    month, _ = closing.close(office, Period.MONTH, "2026-11")
    assert month.days == 2
    slip(office)
    assert refused(office, Period.DAY, "2026-11-30") == "day-closed"
    counter.now = NOW.replace(month=12, day=1)
    december = close_day(office, "2026-12-01")
    assert (december.first, december.late) == (month.last + 1, 1)


def test_numbers_that_were_skipped_on_purpose_are_told_with_their_reason(counter: Counter) -> None:
    office = counter.office
    slip(office)
    close_day(office, MONDAY)
    counter.now += timedelta(days=1)
    start_numbers(office, SlipKind.NOTIFICATION_SLIP, "40", "纸上用到 39")
    slip(office)
    closed = close_day(office, TUESDAY)
    (gap,) = closed.figures.gaps
    assert (gap.first, gap.last, gap.reason) == (2, 39, "纸上用到 39")


def test_a_number_missing_between_two_days_is_a_gap(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a book whose counter was moved on by hand WHEN the next day is closed THEN the gap is listed, which the check tells too."""
    office = counter.office
    slip(office)
    close_day(office, MONDAY)
    counter.now += timedelta(days=1)
    with office.database.writing() as handle:
        handle.execute_sql("UPDATE counter SET last = last + 2")
    slip(office)
    closed = close_day(office, TUESDAY)
    series = closed.figures.papers[0].series
    assert closed.figures.gaps == (Gap(series, 2, 3),)
    assert not office.book.check().ok


def test_a_day_without_anything_is_closed_too(counter: Counter) -> None:
    office = counter.office
    slip(office)
    close_day(office, MONDAY)
    counter.now += timedelta(days=1)
    closed = close_day(office, TUESDAY)
    assert (closed.figures.issued, closed.figures.counts) == (0, {EntryKind.DAY_CLOSED: 1})
    counter.now += timedelta(days=2)
    assert refused(office, Period.DAY, WEDNESDAY) == "nothing-to-close"


def test_what_was_not_closed_cannot_be_printed(counter: Counter) -> None:
    with pytest.raises(Refusal) as refusal:
        closing.find(counter.office, Period.DAY, MONDAY)
    assert refusal.value.code == "not-closed"


def test_no_request_may_take_the_name_of_a_closing() -> None:
    with pytest.raises(Refusal, match="台账自己用的"):
        a_request(request_id=f"{closing.ACT}day:{MONDAY}")


def test_at_a_doubtful_time_nothing_is_closed(counter: Counter) -> None:
    slip(counter.office)
    counter.now -= timedelta(days=2)
    assert refused(counter.office, Period.DAY, "2026-11-21") == "clock-doubtful"


def test_a_day_closed_by_a_clock_that_ran_ahead_closes_no_other(counter: Counter) -> None:
    """GIVEN a day in five years that was confirmed and closed WHEN the clock is right again THEN today can be closed, once."""
    office = counter.office
    slip(office)
    counter.now = NOW.replace(year=2031)
    office.confirm_clock()
    slip(office)
    close_day(office, MONDAY)
    close_day(office, "2031-11-23")
    counter.now = NOW + timedelta(days=1)
    office.confirm_clock()
    slip(office)
    closed = close_day(office, TUESDAY)
    assert closed.figures.issued == 1
    assert refused(office, Period.DAY, TUESDAY) == "day-closed"
    assert office.book.check().ok
