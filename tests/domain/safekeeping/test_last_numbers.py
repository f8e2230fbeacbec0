"""What follows from a number that is typed from paper, and when it is asked about once more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.safekeeping.last_numbers import FAR, LastNumber, reach_in_words


@pytest.mark.parametrize(
    ("there", "typed", "said"),
    [
        (2, 33, "一次性告知单下一个号：34 号；备份里到 2 号，跳过 31 个。"),
        (2, 3, "一次性告知单下一个号：4 号；备份里到 2 号，跳过 1 个。"),
        (2, 2, "一次性告知单下一个号：3 号；备份里到 2 号，不跳号。"),
        (0, 1, "一次性告知单下一个号：2 号；备份里没有，跳过 1 个。"),
        (5, 4, "一次性告知单填的 4 号比备份里的 5 号还小。"),
    ],
)
def test_what_follows_is_said_before_it_is_done(there: int, typed: int, said: str) -> None:
    assert LastNumber("一次性告知单", there, typed).in_words == said


@pytest.mark.parametrize(
    ("there", "typed", "skipped", "far", "lower"),
    [
        (2, 12, 10, False, False),
        (2, 13, 11, True, False),
        (0, FAR, FAR, False, False),
        (0, FAR + 1, FAR + 1, True, False),
        (7, 7, 0, False, False),
        (40, 3, 0, False, True),
    ],
)
def test_a_jump_is_far_from_the_eleventh_number_on(
    there: int, typed: int, skipped: int, far: bool, lower: bool
) -> None:
    number = LastNumber("x", there, typed)
    assert (number.skipped, number.is_far, number.is_lower) == (skipped, far, lower)


@given(st.data())
def test_a_digit_typed_twice_is_always_asked_about(data: st.DataObject) -> None:
    """GIVEN a number on paper after that of the copy WHEN one of its digits, or all of it, is typed twice THEN that is far."""
    right = data.draw(st.integers(1, 99_999))
    there = data.draw(st.integers(0, right - 1))
    digits = str(right)
    n = data.draw(st.integers(0, len(digits) - 1))
    for slip in (digits[: n + 1] + digits[n:], digits + digits):
        assert LastNumber("x", there, int(slip)).is_far


def test_how_far_a_copy_is() -> None:
    assert (reach_in_words(0), reach_in_words(1)) == ("备份里没有", "备份里到 1 号")
