"""Check digits, against the standards' own examples and against a library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_97_10

from counter_assistant.domain import check_digits

DIGITS = st.text("0123456789", min_size=17, max_size=17)
UNIT = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_numbers_that_the_standard_gives_are_right(number: str) -> None:
    """GB 11643-1999, 附录 A."""
    assert check_digits.of_identity_number(number) == number[-1]


@given(DIGITS)
def test_an_identity_number_ends_as_the_library_says(digits: str) -> None:
    assert check_digits.of_identity_number(digits) == ric.calc_check_digit(digits + "0")
    assert check_digits.of_identity_number(digits + "X") == check_digits.of_identity_number(digits)


@given(UNIT)
def test_a_unit_code_ends_as_the_library_says(code: str) -> None:
    assert check_digits.of_unit_code(code) == uscc.calc_check_digit(code)
    assert check_digits.of_unit_code(code + "Y") == check_digits.of_unit_code(code)


@given(st.text("0123456789", min_size=1, max_size=40))
def test_a_row_of_digits_ends_as_the_library_says(digits: str) -> None:
    whole = digits + check_digits.of_digits(digits)
    assert whole == digits + mod_97_10.calc_check_digits(digits)
    assert check_digits.are_whole(whole)
    assert mod_97_10.is_valid(whole)


@given(st.text("0123456789", min_size=3, max_size=40))
def test_a_row_of_digits_is_whole_where_the_library_says_so(digits: str) -> None:
    assert check_digits.are_whole(digits) == mod_97_10.is_valid(digits)
