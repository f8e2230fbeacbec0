"""A PIN: which may be chosen, what is one, and how long a wrong one is waited for."""

from __future__ import annotations

import pytest

from counter_assistant.domain.people.pin import LONGEST_WAIT, MOST_WRONG, Tries, is_pin, new_pin
from counter_assistant.domain.refusal import Refusal


@pytest.mark.parametrize(
    "said", ["", "27182", "111111", "123456", "890123", "654321", "27182a", "２７１８２８", "271828182845"]
)
def test_what_is_too_easy_or_no_pin_at_all_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        new_pin(said)
    assert refusal.value.code == "weak-pin"
    too_easy = len(said) == 6 and said.isascii() and said.isdecimal()
    assert refusal.value.sentence == ("这样的 PIN 太好猜。" if too_easy else "PIN 要 6 到 11 位数字。")
    assert refusal.value.remedy == "请另选几位数字，不用生日和工号。"


@pytest.mark.parametrize("said", ["271828", "27182818284"])
def test_six_to_eleven_digits_are_a_pin(said: str) -> None:
    assert new_pin(said) == said


@pytest.mark.parametrize(("said", "pin"), [("1", True), ("271828", True), ("271828182845", False), ("two7", False)])
def test_what_is_longer_or_holds_letters_is_a_passphrase(said: str, pin: bool) -> None:
    assert is_pin(said) is pin


def test_each_wrong_try_waits_longer_and_the_fifth_spends_the_pin() -> None:
    assert [Tries(n).wait for n in range(8)] == [0, 1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT]
    assert [Tries(n).pin_is_spent for n in (0, MOST_WRONG - 1, MOST_WRONG)] == [False, False, True]


def test_what_is_left_of_a_wait_is_said_in_whole_seconds() -> None:
    tries = Tries()
    assert tries.left(0) == 0
    for _ in range(3):
        tries.fail(100)
    assert [tries.left(now) for now in (100, 100.5, 103.1, 104, 500)] == [4, 4, 1, 0, 0]
    tries.fail(200, since=5)
    assert (tries.wrong, tries.left(200)) == (4, 3)
