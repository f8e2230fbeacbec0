"""Amounts: what is taken for one, and how it reads in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.counter_forms.amounts import MOST_CENTS, in_capitals, in_figures, read_amount
from counter_assistant.domain.refusal import Refusal

CAPITALS = {
    "0": "人民币零元整",
    "0.05": "人民币伍分",
    "0.30": "人民币叁角",
    "10": "人民币壹拾元整",
    "10.05": "人民币壹拾元零伍分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "1680.32": "人民币壹仟陆佰捌拾元叁角贰分",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "107000": "人民币壹拾万柒仟元整",
    "100005": "人民币壹拾万零伍元整",
    "10000000": "人民币壹仟万元整",
    "100000000": "人民币壹亿元整",
    "100000001": "人民币壹亿零壹元整",
    "100100000": "人民币壹亿零壹拾万元整",
    "120003004.05": "人民币壹亿贰仟万叁仟零肆元零伍分",
    "99999999999": "人民币玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整",
}


@pytest.mark.parametrize("typed", CAPITALS)
def test_an_amount_reads_in_capitals(typed: str) -> None:
    assert in_capitals(read_amount(typed)) == CAPITALS[typed]


def test_more_than_a_wan_of_yi_is_read_section_by_section() -> None:
    assert in_capitals(10**12 * 100) == "人民币壹万亿元整"


@pytest.mark.parametrize("typed", ["12000", "12,000", "１２０００", "¥12000.00", "12000元", " 12 000 "])
def test_an_amount_is_typed_in_many_ways(typed: str) -> None:
    assert read_amount(typed) == 12_000_00


@pytest.mark.parametrize("typed", ["", "一万", "12.345", "1,20", "-5", "12000.5.5", "1e5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="不是金额") as refused:
        read_amount(typed)
    assert refused.value.code == "bad-amount"


def test_an_amount_with_too_many_digits_is_refused() -> None:
    assert read_amount(in_figures(MOST_CENTS)) == MOST_CENTS
    with pytest.raises(Refusal) as refused:
        read_amount(" 1000000000000")
    assert (refused.value.code, str(refused.value)) == ("bad-amount", "金额“1000000000000”太大。请核对位数，单位是元。")
    with pytest.raises(Refusal) as refused:
        read_amount(" 很多很多很多很多很多很多很多很多很多很多很多")
    assert str(refused.value) == f"“{'很多' * 10}”不是金额。请写成 12000 或者 12000.50 这样，单位是元。"


@given(st.integers(0, MOST_CENTS))
def test_figures_are_read_back(cents: int) -> None:
    assert read_amount(in_figures(cents)) == cents


DIGITS = {digit: n for n, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def spoken(words: str) -> int:
    """The cents that words in capitals say, by a reader that shares nothing with the writer."""
    total = section = digit = cents = 0
    for character in words.removeprefix("人民币").removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            section, digit = section + digit * UNITS[character], 0
        elif character == "元":
            total, section, digit = total + section + digit, 0, 0
        elif character in "万亿":
            value = 10**4 if character == "万" else 10**8
            whole = section + digit
            total = (total + whole) * value if character == "亿" else total + whole * value
            section = digit = 0
        else:
            cents, digit = cents + digit * (10 if character == "角" else 1), 0
    return total * 100 + cents


@given(st.integers(0, MOST_CENTS))
def test_capitals_say_the_same_amount_and_no_two_zeros_in_a_row(cents: int) -> None:
    words = in_capitals(cents)
    assert spoken(words) == cents
    assert "零零" not in words
    assert "零元" not in words or cents < 100 or words == "人民币零元整"
