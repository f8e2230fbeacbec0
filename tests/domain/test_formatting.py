"""Numbers, dates and lists as Chinese writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.formatting import chinese_date, chinese_time, grouped_phone, listed, numeral

DIGITS, UNITS = "零一二三四五六七八九", {"千": 1000, "百": 100, "十": 10}


def value_of(words: str) -> int:
    """Reads a numeral back."""
    total, digit = 0, 0
    for char in words:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS.index(char)
    return total + digit


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (24, "二十四"), (99, "九十九"), (100, "一百"),
        (103, "一百零三"), (110, "一百一十"), (111, "一百一十一"), (1001, "一千零一"), (1010, "一千零一十"),
        (1127, "一千一百二十七"), (9000, "九千"),
    ],
)  # fmt: skip
def test_numerals_as_statutes_write_them(n: int, words: str) -> None:
    assert numeral(n) == words


@given(st.integers(0, 9999))
def test_every_numeral_reads_back(n: int) -> None:
    assert value_of(numeral(n)) == n


def test_dates_and_times_are_not_padded() -> None:
    moment = datetime(2026, 9, 5, 9, 5, tzinfo=timezone(timedelta(hours=8)))
    assert chinese_date(date(2026, 9, 5)) == "2026年9月5日"
    assert chinese_time(moment) == "2026年9月5日 9:05"


def test_empty_parts_are_left_out() -> None:
    assert listed(["甲", "", "乙"]) == "甲、乙"
    assert listed(iter(("甲", "乙")), "；") == "甲；乙"
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800000461", "138 0000 0461"), ("0883-2160000", "0883-2160000"), ("1380000046", "1380000046"),
        ("138000004611", "138000004611"), ("138 0000 0461", "138 0000 0461"), ("23800000461", "23800000461"), ("", ""),
    ],
)  # fmt: skip
def test_a_mobile_number_is_grouped_and_nothing_else(phone: str, shown: str) -> None:
    assert grouped_phone(phone) == shown
