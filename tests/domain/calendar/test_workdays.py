"""Deadlines: make-up days count, and a year without a notice is only 预计. The vectors are those of the trade's facts, §3."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.calendar.workdays import MOST_DAYS, LocalHoliday, WorkCalendar, YearCalendar
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import BARE_2027, BEFORE_THE_NOTICE, CALENDAR, PUBLISHED, STATUTORY_2027

ONE_DAY = timedelta(days=1)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + ONE_DAY * i for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-18", 3, "2026-09-22"),
        ("2026-09-24", 3, "2026-09-30"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-28", 10, "2026-10-16"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-04-30", 10, "2026-05-18"),
        ("2026-12-24", 3, "2026-12-29"),
    ],
)
def test_working_days_with_make_up_days(start: str, n: int, due: str) -> None:
    deadline = BEFORE_THE_NOTICE.deadline(date.fromisoformat(start), n, "workday")
    assert (deadline.due.isoformat(), deadline.provisional) == (due, False)


def test_a_limit_that_reaches_a_year_without_a_notice_is_provisional_and_skips_new_year() -> None:
    deadline = BEFORE_THE_NOTICE.deadline(date(2026, 12, 25), 10, "workday")
    assert (deadline.due, deadline.provisional) == (date(2027, 1, 11), True)
    skipped = {day.date: day.why for day in deadline.days if not day.counts}
    assert skipped[date(2027, 1, 1)] == "法定节日放假"
    assert skipped[date(2027, 1, 2)] == "周六，休息"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-30", 3, "2026-10-08"),
        ("2026-09-20", 3, "2026-09-23"),
        ("2026-09-22", 3, "2026-09-28"),
        ("2026-10-07", 3, "2026-10-10"),
        ("2026-11-20", 1, "2026-11-23"),
    ],
)
def test_calendar_days_end_after_the_holiday_that_they_run_into(start: str, n: int, due: str) -> None:
    deadline = BEFORE_THE_NOTICE.deadline(date.fromisoformat(start), n, "day")
    assert (deadline.due.isoformat(), deadline.provisional) == (due, False)


def test_calendar_days_are_provisional_only_where_their_last_day_is() -> None:
    across = WorkCalendar({**CALENDAR.years, 2027: BARE_2027, 2028: YearCalendar(2028, True, (), {})})
    assert across.deadline(date(2026, 12, 30), 5, "day").provisional
    assert not across.deadline(date(2026, 12, 30), 5 + 365, "day").provisional
    assert BEFORE_THE_NOTICE.deadline(date(2026, 12, 31), 1, "day").due == date(2027, 1, 4)


def test_every_day_of_a_count_says_why() -> None:
    deadline = CALENDAR.deadline(date(2026, 9, 30), 3, "workday")
    assert [(day.date.day, day.counts, day.why) for day in deadline.days[-4:]] == [
        (7, False, "国庆节放假"), (8, True, "周四，工作日"), (9, True, "周五，工作日"), (10, True, "国庆节调休上班"),
    ]  # fmt: skip
    extended = CALENDAR.deadline(date(2026, 9, 30), 3, "day")
    assert [day.counts for day in extended.days] == [True] * 3 + [False] * 5
    assert extended.days[-1].why == "周四，工作日，末日顺延"


@pytest.mark.parametrize("unit", ["workday", "day"])
def test_a_limit_of_no_days_ends_the_same_day(unit: str) -> None:
    deadline = CALENDAR.deadline(date(2026, 10, 1), 0, unit)
    assert (deadline.due, deadline.provisional, deadline.days) == (date(2026, 10, 1), False, ())


def test_the_published_years_agree_with_two_other_libraries_on_every_day() -> None:
    """No difference is known; one that appears must be explained here by the notice."""
    china = holidays.country_holidays("CN", years=PUBLISHED, language="en_US")
    days = [day for year in PUBLISHED for day in days_of(year)]
    ours = {day for day in days if CALENDAR.look_at(day).counts}
    print(f"{len(days)} 天，其中工作日 {len(ours)} 天，年份 {PUBLISHED}")
    assert set(range(2020, 2027)) <= set(PUBLISHED)
    comparable = [day for day in days if day.year <= 2026]
    assert [day for day in comparable if (day in ours) is not chinese_calendar.is_workday(day)] == []
    assert [day for day in comparable if (day in ours) is not china.is_working_day(day)] == []


def test_the_fixed_holidays_of_2027_are_those_of_another_library() -> None:
    china = holidays.country_holidays("CN", years=2027, language="en_US")
    assert [day for day in sorted(china) if "observed" not in china[day]] == STATUTORY_2027
    assert all(not CALENDAR.look_at(day).counts for day in STATUTORY_2027)


def test_a_notice_may_name_a_day_of_the_december_before() -> None:
    assert CALENDAR.look_at(date(2022, 12, 31)).why == "元旦放假"
    alone = WorkCalendar({2023: CALENDAR.years[2023]})
    assert alone.look_at(date(2022, 12, 31)).why == "元旦放假"


@pytest.mark.parametrize(
    ("day", "counts", "why"),
    [
        ("2040-01-01", False, "元旦放假"),
        ("2040-05-02", False, "劳动节放假"),
        ("2040-10-03", False, "国庆节放假"),
        ("2040-10-04", True, "周四，工作日"),
        ("2040-10-06", False, "周六，休息"),
    ],
)
def test_a_year_without_a_file_still_has_its_fixed_holidays_and_weekends(day: str, counts: bool, why: str) -> None:
    seen = WorkCalendar({}).look_at(date.fromisoformat(day))
    assert (seen.counts, seen.why, seen.provisional) == (counts, why, True)


STARTS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(STARTS, st.integers(0, 60), st.sampled_from(["workday", "day"]))
def test_a_longer_limit_or_a_later_start_never_ends_earlier(start: date, n: int, unit: str) -> None:
    due = CALENDAR.deadline(start, n, unit).due
    assert due <= CALENDAR.deadline(start, n + 1, unit).due
    assert due <= CALENDAR.deadline(start + ONE_DAY, n, unit).due


@given(STARTS, st.integers(1, 60))
def test_a_limit_in_working_days_ends_on_a_working_day_after_that_many(start: date, n: int) -> None:
    deadline = CALENDAR.deadline(start, n, "workday")
    assert CALENDAR.look_at(deadline.due).counts
    assert sum(day.counts for day in deadline.days) == n
    assert [day.date for day in deadline.days] == [start + ONE_DAY * i for i in range(1, len(deadline.days) + 1)]


@given(STARTS, st.integers(1, 60))
def test_a_limit_in_days_ends_on_the_first_working_day_from_its_last_day_on(start: date, n: int) -> None:
    due = CALENDAR.deadline(start, n, "day").due
    last = start + ONE_DAY * n
    between = [last + ONE_DAY * i for i in range((due - last).days)]
    assert CALENDAR.look_at(due).counts
    assert not any(CALENDAR.look_at(day).counts for day in between)


@pytest.mark.parametrize(
    ("start", "n", "unit", "code"),
    [
        (date(2026, 1, 1), 3, "week", "unknown-unit"),
        (date(2026, 1, 1), -1, "day", "limit-out-of-range"),
        (date(2026, 1, 1), MOST_DAYS + 1, "workday", "limit-out-of-range"),
        (date(9999, 12, 31), 1, "day", "limit-out-of-range"),
        (date(9998, 1, 1), MOST_DAYS, "workday", "limit-out-of-range"),
    ],
)
def test_a_limit_that_cannot_be_counted_is_refused(start: date, n: int, unit: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        CALENDAR.deadline(start, n, unit)
    assert refused.value.code == code


@pytest.mark.parametrize("unit", ["workday", "day"])
def test_the_longest_limit_from_the_latest_start_can_be_counted(unit: str) -> None:
    assert CALENDAR.deadline(date(9978, 12, 31), MOST_DAYS, unit).provisional


def test_a_past_year_without_its_notice_is_refused() -> None:
    with pytest.raises(Refusal, match="2019"):
        CALENDAR.deadline(date(2019, 1, 30), 3, "workday")
    assert WorkCalendar({}).deadline(date(2019, 1, 30), 1, "workday").provisional


SPLASHING = LocalHoliday(date(2026, 4, 13), date(2026, 4, 15), "泼水节", "耿马县", "耿政办发〔2026〕1号")


def test_a_county_holiday_is_a_day_off_for_the_office_there() -> None:
    """全国年节及纪念日放假办法 第四条."""
    county = WorkCalendar(CALENDAR.years, (SPLASHING,))
    assert [county.look_at(date(2026, 4, day)).counts for day in range(12, 17)] == [False] * 4 + [True]
    assert county.look_at(date(2026, 4, 13)).why == "泼水节（耿马县放假）"
    assert county.deadline(date(2026, 4, 10), 1, "workday").due == date(2026, 4, 16)
    assert county.deadline(date(2026, 4, 10), 4, "day").due == date(2026, 4, 16)
    assert CALENDAR.deadline(date(2026, 4, 10), 1, "workday").due == date(2026, 4, 13)


def test_a_county_holiday_on_a_national_one_changes_nothing_and_on_a_worked_weekend_it_is_off() -> None:
    whole = LocalHoliday(date(2026, 9, 20), date(2026, 10, 1), "佤历新年", "沧源县")
    county = WorkCalendar(CALENDAR.years, (whole,))
    assert county.look_at(date(2026, 10, 1)).why == "国庆节放假"
    assert county.look_at(date(2026, 9, 20)).why == "佤历新年（沧源县放假）"
    assert not county.look_at(date(2026, 9, 20)).counts
