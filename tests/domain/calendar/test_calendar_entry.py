"""Calendars in the book: what is written is what is read, and what cannot be a county's holiday is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from counter_assistant.domain.calendar.calendar_entry import (
    LONGEST_LOCAL,
    CalendarTaken,
    arrangement_in_words,
    calendar_of,
    check_local,
    prevails,
    source_in_words,
)
from counter_assistant.domain.calendar.workdays import LocalHoliday, YearCalendar, with_year
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import BARE_2027, BEFORE_THE_NOTICE, CALENDAR

SPLASHING = LocalHoliday(date(2027, 4, 13), date(2027, 4, 15), "泼水节", "耿马县", "耿政办发〔2027〕1号")


@pytest.mark.parametrize("year", [*CALENDAR.years.values(), BARE_2027], ids=str)
def test_a_year_is_the_same_after_it_was_stored(year: YearCalendar) -> None:
    stored = json.loads(json.dumps(CalendarTaken(year, "").to_payload()))
    assert CalendarTaken.from_payload(stored).taken == year
    assert stored["scope"] == "national"


def test_county_holidays_are_the_same_after_they_were_stored() -> None:
    holidays = (SPLASHING, replace(SPLASHING, first=date(2027, 4, 16), last=date(2027, 4, 16), number=""))
    stored = json.loads(json.dumps(CalendarTaken(holidays, "").to_payload()))
    assert CalendarTaken.from_payload(stored).taken == holidays
    assert stored["scope"] == "local"


def test_a_county_holiday_of_an_early_entry_has_no_worked_days() -> None:
    stored = CalendarTaken((SPLASHING,), "").to_payload()
    early = {**stored, "holidays": [row[:5] for row in stored["holidays"]]}
    assert CalendarTaken.from_payload(early).taken == (SPLASHING,)


def test_days_that_are_worked_for_a_county_holiday_are_weekend_days_outside_it() -> None:
    saturday, sunday = date(2027, 4, 17), date(2027, 4, 18)
    worked = replace(SPLASHING, worked=(sunday, saturday, sunday))
    assert check_local(worked).worked == (saturday, sunday)
    stored = json.loads(json.dumps(CalendarTaken((worked,), "").to_payload()))
    assert CalendarTaken.from_payload(stored).taken == (worked,)
    for day in (date(2027, 4, 16), date(2027, 4, 13)):
        with pytest.raises(Refusal) as refused:
            check_local(replace(SPLASHING, worked=(day,)))
        assert refused.value.code == "bad-local-worked"
    within = replace(SPLASHING, first=date(2027, 4, 15), last=date(2027, 4, 19), worked=(saturday,))
    with pytest.raises(Refusal):
        check_local(within)


def test_a_county_holiday_is_tidied() -> None:
    assert check_local(replace(SPLASHING, name=" 泼水节 ")) == SPLASHING
    longest = replace(SPLASHING, last=SPLASHING.first + timedelta(days=LONGEST_LOCAL - 1))
    assert check_local(longest) == longest
    one_day = replace(SPLASHING, last=SPLASHING.first)
    assert check_local(one_day) == one_day


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        ({"name": " "}, "local-name-missing", "节日名称"),
        ({"county": ""}, "local-county-missing", "县名"),
        ({"number": ""}, "local-number-missing", "文号"),
        ({"name": "泼水\u202e节"}, "unprintable-text", "节日名称"),
        ({"last": date(2027, 4, 12)}, "bad-local-days", "2027年4月12日"),
        ({"last": date(2027, 4, 28)}, "bad-local-days", "2027年4月28日"),
    ],
)
def test_what_cannot_be_a_county_holiday_is_refused(changes: dict[str, Any], code: str, word: str) -> None:
    with pytest.raises(Refusal, match=word) as refused:
        check_local(replace(SPLASHING, **changes))
    assert refused.value.code == code


def test_the_later_notice_prevails_and_a_published_year_over_one_that_is_not() -> None:
    notice = CALENDAR.years[2026]
    bare, later = replace(notice, published=False), replace(notice, issued=date(2025, 12, 1))
    undated = replace(notice, issued=None)
    assert prevails(bare, None)
    assert prevails(notice, bare)
    assert not prevails(bare, notice)
    assert prevails(bare, bare)
    assert prevails(notice, notice)
    assert prevails(later, notice)
    assert not prevails(notice, later)
    assert prevails(undated, notice)
    assert prevails(notice, undated)


def test_a_year_is_put_in_the_place_of_what_is_known() -> None:
    calendar = replace(BEFORE_THE_NOTICE, local=(SPLASHING,))
    changed = with_year(calendar, replace(BARE_2027, published=True))
    assert not changed.look_at(date(2027, 3, 1)).provisional
    assert calendar.look_at(date(2027, 3, 1)).provisional
    assert changed.local == (SPLASHING,)
    assert changed.years[2026] is calendar.years[2026]


def test_where_a_year_comes_from_is_said() -> None:
    notice = CALENDAR.years[2026]
    assert source_in_words(notice) == "国办发明电〔2025〕7号（2025年11月4日）"
    assert source_in_words(replace(notice, issued=None)) == "国办发明电〔2025〕7号"
    assert source_in_words(replace(notice, number="未核", issued=None)) == "文号未核"
    assert source_in_words(replace(notice, number="")) == "文号未核（2025年11月4日）"
    assert source_in_words(BARE_2027) == "未公布，只有法定节日"


def test_a_year_is_written_as_its_notice_writes_it() -> None:
    lines = arrangement_in_words(CALENDAR.years[2026])
    assert lines[:4] == [
        "元旦：1月1日（周四）至1月3日（周六）放假，共3天",
        "元旦：1月4日（周日）上班",
        "春节：2月14日（周六）上班",
        "春节：2月15日（周日）至2月23日（周一）放假，共9天",
    ]
    assert lines[-1] == "国庆节：10月10日（周六）上班"
    assert arrangement_in_words(CALENDAR.years[2023])[0] == "元旦：12月31日（周六）至1月2日（周一）放假，共3天"
    assert arrangement_in_words(CALENDAR.years[2025])[0] == "元旦：1月1日（周三）放假，共1天"
    assert arrangement_in_words(CALENDAR.years[2022])[2:4] == [
        "春节：1月30日（周日）上班",
        "春节：1月31日（周一）至2月6日（周日）放假，共7天",
    ]


def test_an_entry_whose_payload_was_erased_changes_no_calendar() -> None:
    erased = Entry(2, datetime.fromisoformat("2026-11-23T10:00:00+08:00"), EntryKind.CALENDAR, {}, b"", erased=True)
    assert calendar_of(CALENDAR, [erased]).years == CALENDAR.years


def entry(seq: int, taken: YearCalendar | tuple[LocalHoliday, ...] | None) -> Entry:
    payload = {} if taken is None else CalendarTaken(taken, "").to_payload()
    return Entry(seq, datetime.fromisoformat("2026-11-23T10:00:00+08:00"), EntryKind.CALENDAR, payload, b"")


def test_what_is_in_the_book_is_laid_over_what_came_with_the_program() -> None:
    later = replace(SPLASHING, name="火把节")
    laid = calendar_of(CALENDAR, [entry(1, BARE_2027), entry(2, (SPLASHING,)), entry(3, (later,)), entry(4, None)])
    assert laid.years == {**CALENDAR.years, 2027: BARE_2027}
    assert laid.local == (later,), "the county's holidays of the last entry are all there are"


def test_an_entry_that_names_neither_a_year_nor_holidays_has_taken_none() -> None:
    assert CalendarTaken.from_payload({}) == CalendarTaken(None, "", (), "")
