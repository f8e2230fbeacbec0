"""Heads kept outside the book: how they are written, and what a comparison with the book says."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.closing.outside_head import (
    Compared,
    OutsideHead,
    Result,
    compare,
    grouped,
    is_sheet_code,
    read_head,
    sheet_digits,
)
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.scan import read_scan

HASH = hashlib.sha256(b"an entry").hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        f"57:{HASH[:12]}",
        f"57：{HASH[:12].upper()}",
        f" 第57条：{grouped(HASH[:12])} ",
        f"57 {HASH[:12]}",
        f"５７:{HASH[:12]}",
    ],
)
def test_a_head_is_read_however_it_is_typed(text: str) -> None:
    assert read_head(text) == OutsideHead(57, HASH[:12])


def test_a_whole_hash_is_read_as_it_stands_on_the_sheet() -> None:
    assert read_head(f"57: {grouped(HASH)}") == OutsideHead(57, HASH)
    assert grouped("0123456789") == "0123 4567 89"


@given(st.integers(1, 10**9 - 1), st.binary(min_size=32, max_size=32))
def test_the_code_of_a_day_sheet_says_which_entry_it_is(seq: int, entry_hash: bytes) -> None:
    digits = sheet_digits("530926", seq, entry_hash.hex())
    assert read_head(digits) == OutsideHead(seq, entry_hash.hex()[:12])
    assert is_sheet_code(digits)
    scan = read_scan(digits, alone=True)
    assert scan is not None
    assert (scan.digits, scan.known) == (digits, False)  # no paper is opened by it


@given(st.integers(0, 32), st.integers(1, 9))
def test_a_digit_that_was_read_wrong_is_noticed(at: int, by: int) -> None:
    digits = sheet_digits("530926", 57, HASH)
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    assert not is_sheet_code(wrong)
    with pytest.raises(Refusal, match="无法识别"):
        read_head(wrong)


@pytest.mark.parametrize(
    "text", ["", "57", HASH, f"0:{HASH[:12]}", f"57:{HASH[:11]}", f"57:{HASH}0", "57:xyz", "9" * 33, "57:" + "g" * 12]
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_head(text)
    assert refusal.value.code == "bad-head"


def test_more_than_twelve_hex_digits_fit_in_no_code() -> None:
    body = "9530926" + "000000057" + "999999999999999"
    from stdnum.iso7064 import mod_97_10

    with pytest.raises(Refusal):
        read_head(body + mod_97_10.calc_check_digits(body))


# What is compared


BOOK = [hashlib.sha256(bytes([n])).hexdigest() for n in range(10)]


def of(seq: int, digits: str = "") -> OutsideHead:
    return OutsideHead(seq, digits or BOOK[seq - 1][:12])


def held(*heads: OutsideHead, end: int = 10) -> tuple[Compared, ...]:
    return compare(heads, lambda seq: BOOK[seq - 1], end)


def test_an_honest_book_fits() -> None:
    compared = held(of(3), of(10, BOOK[9]))
    assert [each.result for each in compared] == [Result.SAME, Result.SAME]
    assert compared[0].sentence == "第 3 条与凭据相符。"


def test_a_book_that_ends_before_is_named_with_the_first_entry_that_is_missing() -> None:
    (compared,) = held(of(8), end=5)
    assert (compared.result, compared.first, compared.last) == (Result.ENDS_BEFORE, 6, 6)
    assert "从第 6 条起就没有了" in compared.sentence


def test_of_another_book_the_first_entry_that_differs_lies_after_the_last_that_fits() -> None:
    other = "0" * 12
    assert held(of(7, other)) == (Compared(of(7, other), Result.DIFFERS, 1, 7),)
    _, compared = held(of(4), of(7, other))
    assert (compared.first, compared.last) == (5, 7)
    assert "第 5 条到第 7 条之间的一条起" in compared.sentence
    _, compared = held(of(6), of(7, other))
    assert "从第 7 条起" in compared.sentence


def test_a_head_that_does_not_fit_before_one_that_does_was_copied_wrong() -> None:
    compared, _ = held(of(4, "0" * 12), of(7))
    assert (compared.result, compared.first) == (Result.MISCOPIED, 7)
    assert "抄错" in compared.sentence
