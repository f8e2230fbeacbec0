"""Days and times as clerks type them in the window."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.days import read_day, read_time
from tests.make import NOW


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"), ("12-1", "2026-12-01"), ("12.1", "2026-12-01"), ("12月1日", "2026-12-01"),
        ("1201", "2026-12-01"), ("20261201", "2026-12-01"), (" 1-5 ", "2027-01-05"), ("2027年1月5日", "2027-01-05"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_clerks_write_it(text: str, day: str) -> None:
    assert read_day(text, NOW.date(), ahead=True).isoformat() == day


def test_a_day_that_has_been_is_read_as_this_years() -> None:
    assert read_day("11-20", NOW.date(), ahead=False) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["2-30", "明天", "13-01", "2026-1", "112", "１２-1"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_day(text, NOW.date(), ahead=True)
    assert refusal.value.code == "bad-date"


@pytest.mark.parametrize(
    ("text", "time_"),
    [("9:05", "09:05"), (" 16:30 ", "16:30"), ("1630", "16:30"), ("905", "09:05"), ("9点5分", "09:05"), ("16时", "16:00"), ("9", "09:00")],
)  # fmt: skip
def test_a_time_is_read_as_clerks_write_it(text: str, time_: str) -> None:
    assert f"{read_time(text):%H:%M}" == time_


@pytest.mark.parametrize("text", ["25:00", "9:60", "下午", "16:3000", "１６:30", ""])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_time(text)
    assert refusal.value.code == "bad-time"
