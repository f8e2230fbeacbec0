"""二维码: ours are those of the library, module by module, and read by others as the digits that they are."""

from __future__ import annotations

import random

import pytest
import segno

from counter_assistant.paper.qr import MASK, SIZE, qr_runs
from tests.portion import Portion


def drawn(digits: str) -> list[list[int]]:
    modules = [[0] * SIZE for _ in range(SIZE)]
    for row, column, length in qr_runs(digits):
        modules[row][column : column + length] = [1] * length
    return modules


def the_librarys(digits: str) -> list[list[int]]:
    return [list(row) for row in segno.make(digits, error="m", mask=MASK, micro=False).matrix]


def some_digits(count: int, chance: random.Random) -> str:
    return "".join(chance.choices("0123456789", k=count))


@pytest.mark.nightly("codes")
def test_codes_of_random_numbers_are_the_librarys(portion: Portion) -> None:
    """GIVEN random papers (21 digits) and day sheets (34) THEN each code is equal to what segno makes of them."""
    for at in range(portion.times(10_000, sample=300)):
        digits = some_digits((21, 34)[at % 2], portion.chance)
        assert drawn(digits) == the_librarys(digits), digits


@pytest.mark.parametrize("count", range(1, 35))
def test_codes_of_every_length_are_the_librarys(count: int) -> None:
    chance = random.Random(count)
    for digits in ("0" * count, "9" * count, *(some_digits(count, chance) for _ in range(3))):
        assert drawn(digits) == the_librarys(digits), digits


@pytest.mark.parametrize("wrong", ["", "1" * 35, "12a", "１２", "1 2", "12\n"])
def test_what_is_no_code_of_digits_is_no_code(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the digits
        qr_runs(wrong)
