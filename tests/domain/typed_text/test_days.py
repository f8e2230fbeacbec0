"""Days and times as clerks type them in the window."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day, read_days, read_time
from tests.domain.typed_text.inputs import HALVES, misread

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"), ("12-1", "2026-12-01"), ("12.1", "2026-12-01"), ("12月1日", "2026-12-01"),
        ("1201", "2026-12-01"), ("20261201", "2026-12-01"), (" 1-5 ", "2027-01-05"), ("2027年1月5日", "2027-01-05"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_clerks_write_it(text: str, day: str) -> None:
    assert read_day(text, TODAY, ahead=True).isoformat() == day


def test_a_day_that_has_been_is_read_as_this_years() -> None:
    assert read_day("11-20", TODAY, ahead=False) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["2-30", "明天", "13-01", "2026-1", "112"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_day(text, TODAY, ahead=True)
    assert refusal.value.code == "bad-date"


@pytest.mark.parametrize(
    ("text", "time_"),
    [("9:05", "09:05"), (" 16:30 ", "16:30"), ("1630", "16:30"), ("905", "09:05"), ("9点5分", "09:05"), ("16时", "16:00"), ("9", "09:00")],
)  # fmt: skip
def test_a_time_is_read_as_clerks_write_it(text: str, time_: str) -> None:
    assert f"{read_time(text):%H:%M}" == time_


@pytest.mark.parametrize("text", ["25:00", "9:60", "下午", "16:3000", ""])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_time(text)
    assert refusal.value.code == "bad-time"


@pytest.mark.parametrize(("typed", "day"), [
    ("2026-11-20", "2026-11-20"), ("11-20", "2026-11-20"), ("11.20", "2026-11-20"), ("11月20日", "2026-11-20"),
    ("20日", "2026-11-20"), ("5", "2026-11-05"), ("+3", "2026-11-26"), ("1-4", "2027-01-04"),
])  # fmt: skip
def test_days_are_read_as_clerks_type_them_at_the_desk(typed: str, day: str) -> None:
    assert read_day(typed, TODAY).isoformat() == day


@pytest.mark.parametrize("typed", ["明天", "13-40", "2026-2-30", "31日", "2-29", "-"])
def test_what_is_no_day_at_the_desk_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="无法识别"):
        read_day(typed, TODAY)


def test_several_days_are_read_as_they_are_typed() -> None:
    days = (date(2027, 4, 17), date(2027, 4, 18))
    for typed in ("2027-4-17、2027-4-18", "2027年4月17日，2027.4.18", "20270417 2027-04-18"):
        assert read_days(typed) == days
    assert read_days(" ") == ()
    with pytest.raises(Refusal):
        read_days("2027-4-17、周日")


@pytest.mark.parametrize(
    "text", ["2027-4-13", "2027-04-13", "2027年4月13日", " 2027.4.13 ", "２０２７/4/13", "20270413"]
)
def test_a_day_with_its_year_is_read_without_today(text: str) -> None:
    assert read_day(text) == date(2027, 4, 13)


@pytest.mark.parametrize("text", ["4月13日", "2027-2-30", "2027-13-1", "0000-1-1", "明天", "2027-4-13至15"])
def test_without_today_a_day_needs_its_year(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_day(text)
    assert refused.value.sentence == f"日期“{text}”无法识别。"
    with pytest.raises(Refusal, match="没有填日期"):
        read_day("　 ")


@pytest.mark.parametrize("half", HALVES)
def test_every_day_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    assert misread(half, "day") == []
