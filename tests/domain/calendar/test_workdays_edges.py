"""The edges of a limit: what a refusal says, the fixed holidays day by day, and why each day counts or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_assistant.domain.calendar.workdays import (
    MOST_DAYS,
    CalendarDay,
    DayCount,
    LocalHoliday,
    WorkCalendar,
    YearCalendar,
    with_year,
)
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import CALENDAR

NO_NOTICE = WorkCalendar({})
MAY_FIRST, WORKED = date(2026, 5, 1), date(2026, 5, 9)
SMALL = WorkCalendar(
    {2026: YearCalendar(2026, True, (), {MAY_FIRST: CalendarDay("劳动节", True), WORKED: CalendarDay("劳动节", False)})}
)


@pytest.mark.parametrize(
    ("start", "n", "unit", "refusal"),
    [
        (
            date(2026, 1, 5), 3, "week",
            ("unknown-unit", "期限单位“week”不认识。", "可以是 workday（工作日）或 day（自然日）。"),
        ),
        (
            date(2026, 1, 5), -1, "day",
            ("limit-out-of-range", "期限 -1 日无法计算。", f"请填 0 到 {MOST_DAYS} 之间的整数。"),
        ),
        (
            date(2026, 1, 5), MOST_DAYS + 1, "day",
            ("limit-out-of-range", f"期限 {MOST_DAYS + 1} 日无法计算。", f"请填 0 到 {MOST_DAYS} 之间的整数。"),
        ),
        (
            date(9979, 1, 1), 1, "workday",
            ("limit-out-of-range", "起始日期 9979-01-01 无法计算。", "请核对起始日期。"),
        ),
        (
            date(2025, 12, 31), 1, "workday",
            ("no-calendar", "没有 2025 年的放假日历，算不出期限。", "日历从 2026 年开始。"),
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    start: date, n: int, unit: str, refusal: tuple[str, str, str]
) -> None:
    with pytest.raises(Refusal) as refused:
        SMALL.deadline(start, n, unit)
    assert (refused.value.code, refused.value.sentence, refused.value.remedy) == refusal


def test_a_limit_may_begin_on_the_first_day_of_the_first_calendar() -> None:
    assert SMALL.deadline(date(2026, 1, 1), 1, "workday").due == date(2026, 1, 2)


def test_without_a_notice_the_law_still_gives_six_fixed_holidays_and_no_other_day() -> None:
    """全国年节及纪念日放假办法 (2024) 第二条: 元旦 one day, 劳动节 two, 国庆节 three. 2041 is no leap year."""
    named = {}
    for i in range(365):
        seen = NO_NOTICE.look_at(date(2041, 1, 1) + timedelta(days=i))
        if not seen.why.startswith("周"):
            assert not seen.counts
            named[(seen.date.month, seen.date.day)] = seen.why
    assert named == {
        (1, 1): "元旦放假", (5, 1): "劳动节放假", (5, 2): "劳动节放假",
        (10, 1): "国庆节放假", (10, 2): "国庆节放假", (10, 3): "国庆节放假",
    }  # fmt: skip


def test_a_week_without_a_holiday_has_five_working_days_each_with_its_name() -> None:
    week = [SMALL.look_at(date(2026, 6, 1) + timedelta(days=i)) for i in range(7)]
    assert [(day.counts, day.why) for day in week] == [
        (True, "周一，工作日"), (True, "周二，工作日"), (True, "周三，工作日"), (True, "周四，工作日"),
        (True, "周五，工作日"), (False, "周六，休息"), (False, "周日，休息"),
    ]  # fmt: skip
    assert not any(day.provisional for day in week)


def test_a_weekend_that_is_worked_counts_and_says_so() -> None:
    seen = SMALL.look_at(WORKED)
    assert (seen.counts, seen.why) == (True, "劳动节调休上班")
    assert SMALL.deadline(date(2026, 5, 8), 1, "workday").due == WORKED


def test_calendar_days_say_of_each_day_what_it_is_and_of_the_postponement_why() -> None:
    deadline = SMALL.deadline(date(2026, 4, 29), 2, "day")
    assert [(day.date.day, day.counts, day.why) for day in deadline.days] == [
        (30, True, "周四，工作日"), (1, True, "劳动节放假"), (2, False, "周六，休息，末日顺延"),
        (3, False, "周日，休息，末日顺延"), (4, False, "周一，工作日，末日顺延"),
    ]  # fmt: skip
    assert deadline.due == date(2026, 5, 4)


def test_in_a_limit_of_calendar_days_only_the_last_day_can_be_provisional() -> None:
    days = SMALL.deadline(date(2026, 12, 30), 3, "day").days
    assert [day.provisional for day in days] == [False] * (len(days) - 1) + [True]


def test_the_longest_limit_is_counted_to_its_last_day() -> None:
    days = NO_NOTICE.deadline(date(2040, 1, 2), MOST_DAYS, "day").days
    assert sum(day.counts for day in days) == MOST_DAYS == 3660


# A county whose own holidays touch the national one and a Saturday that is worked elsewhere.
COUNTY = LocalHoliday(date(2026, 4, 30), date(2026, 5, 1), "某节", "某县")
WORKED_OFF = LocalHoliday(WORKED, WORKED + timedelta(days=2), "另一节", "某县")
LOCAL = WorkCalendar(SMALL.years, (COUNTY, WORKED_OFF))


@pytest.mark.parametrize(
    ("day", "counts", "why"),
    [
        (date(2026, 4, 29), True, "周三，工作日"),
        (date(2026, 4, 30), False, "某节（某县放假）"),
        (MAY_FIRST, False, "劳动节放假"),
        (date(2026, 5, 8), True, "周五，工作日"),
        (WORKED, False, "另一节（某县放假）"),
        (WORKED + timedelta(days=1), False, "另一节（某县放假）"),
        (WORKED + timedelta(days=2), False, "另一节（某县放假）"),
        (WORKED + timedelta(days=3), True, "周二，工作日"),
    ],
)
def test_a_county_holiday_holds_from_its_first_to_its_last_day_below_a_national_one(
    day: date, counts: bool, why: str
) -> None:
    assert LOCAL.look_at(day) == DayCount(day, counts, why, False)


def test_a_county_holiday_of_a_year_without_a_notice_is_still_provisional() -> None:
    later = LocalHoliday(date(2027, 4, 13), date(2027, 4, 13), "某节", "某县")
    seen = WorkCalendar(SMALL.years, (later,)).look_at(later.first)
    assert seen == DayCount(later.first, False, "某节（某县放假）", True)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 6, 5), date(2026, 6, 5)),
        (date(2026, 6, 6), date(2026, 6, 8)),
        (MAY_FIRST, date(2026, 5, 4)),
        (WORKED, WORKED),
    ],
)
def test_the_first_working_day_is_the_day_itself_or_one_after_it(day: date, found: date) -> None:
    assert SMALL.first_workday(day) == found


PAUSED_DAYS = {date(2026, 6, 2): "查证核实，中止计时", date(2026, 6, 3): "查证核实，中止计时"}


def test_a_clock_that_stands_still_counts_none_of_these_days_and_says_why() -> None:
    deadline = SMALL.deadline(date(2026, 6, 1), 2, "workday", paused_days=PAUSED_DAYS)
    assert [(day.date.day, day.counts, day.why) for day in deadline.days] == [
        (2, False, "查证核实，中止计时"), (3, False, "查证核实，中止计时"), (4, True, "周四，工作日"), (5, True, "周五，工作日"),
    ]  # fmt: skip
    assert (deadline.due, deadline.provisional, deadline.unit) == (date(2026, 6, 5), False, "workday")


def test_a_limit_in_calendar_days_goes_on_after_a_stand_and_does_not_end_on_one() -> None:
    plain = SMALL.deadline(date(2026, 6, 1), 2, "day", paused_days=PAUSED_DAYS)
    assert [(day.date.day, day.counts) for day in plain.days] == [(2, False), (3, False), (4, True), (5, True)]
    assert (plain.due, plain.unit) == (date(2026, 6, 5), "day")
    monday = {date(2026, 6, 8): "上报审批，中止计时"}
    extended = SMALL.deadline(date(2026, 6, 3), 3, "day", paused_days=monday)
    assert [(day.date.day, day.counts, day.why) for day in extended.days[2:]] == [
        (6, True, "周六，休息"), (7, False, "周日，休息，末日顺延"), (8, False, "上报审批，中止计时"),
        (9, False, "周二，工作日，末日顺延"),
    ]  # fmt: skip
    assert extended.due == date(2026, 6, 9)


@pytest.mark.parametrize("unit", ["workday", "day"])
def test_a_limit_whose_first_day_counts_ends_a_day_earlier(unit: str) -> None:
    start = date(2026, 6, 1)
    assert SMALL.deadline(start, 3, unit, first_day_counts=True).due == date(2026, 6, 3)
    assert SMALL.deadline(start, 3, unit).due == date(2026, 6, 4)
    assert SMALL.deadline(start, 1, unit, first_day_counts=True).days[0].date == start


def test_a_stand_too_far_ahead_is_refused_like_a_start() -> None:
    with pytest.raises(Refusal) as refused:
        SMALL.deadline(date(2026, 6, 1), 1, "workday", paused_days={date(9979, 1, 1): "查证核实，中止计时"})
    assert refused.value.code == "limit-out-of-range"
    assert SMALL.deadline(date(2026, 6, 1), 1, "workday", paused_days={date(9978, 12, 31): "…"}).due == date(2026, 6, 2)


def test_a_year_takes_the_place_of_what_was_known_of_it_and_of_nothing_else() -> None:
    changed, next_year = YearCalendar(2026, False, ("1",), {}), YearCalendar(2027, True, ("2",), {})
    assert with_year(LOCAL, next_year) == WorkCalendar({**LOCAL.years, 2027: next_year}, LOCAL.local)
    assert with_year(LOCAL, changed) == WorkCalendar({2026: changed}, LOCAL.local)
    assert set(LOCAL.years) == {2026}
    assert LOCAL.years[2026].published


def test_a_weekend_day_worked_for_a_county_holiday_counts_unless_the_whole_country_is_off() -> None:
    saturday, national = date(2026, 11, 21), date(2026, 10, 3)
    holiday = LocalHoliday(
        date(2026, 11, 24), date(2026, 11, 24), "新米节", "沧源县", "沧政办发〔2026〕1号", (saturday, national)
    )
    calendar = replace(CALENDAR, local=(holiday,))
    assert (calendar.look_at(saturday).counts, CALENDAR.look_at(saturday).counts) == (True, False)
    assert calendar.look_at(saturday).why == "新米节（沧源县）调休上班"
    assert not calendar.look_at(national).counts
