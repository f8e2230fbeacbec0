"""Phones: one form of every way to write a number."""

from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.phones import one_form, read_phone
from tests.domain.typed_text.inputs import HALVES, misread


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0883-2120000", "0883-2120000"),
        ("0883-2120000-8", "0883-2120000-8"),
        ("12329", "12329"),
        ("+8613800000000", "13800000000"),
    ],
)
def test_a_phone_is_kept_in_digits(typed: str, printed: str) -> None:
    assert read_phone(typed).accepted() == printed


@pytest.mark.parametrize(
    "phone", ["13800000000", "19912345678", "12800000000", "138000000000", "1380000000", "1380000000٠"]
)
def test_a_plain_mobile_is_its_own_form_and_nothing_else_is_taken_for_one(phone: str) -> None:
    assert one_form(phone) == read_phone(phone).value


@pytest.mark.parametrize("typed", ["110", "无", "1380000000a", "1" * 21, "٠١٢٣٤٥", "138;0000"])
def test_a_phone_that_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_phone(typed).accepted()
    assert refused.value.code == "bad-phone"


@pytest.mark.parametrize(
    "typed", ["138000000", "138000000000", "12000000000", "13800000000/13900000000", "0000-000000"]
)
def test_a_number_that_is_a_digit_out_is_asked_about(typed: str) -> None:
    read = read_phone(typed)
    assert read.fault
    assert read.fault.code == "phone-doubtful"
    assert read.accepted(compared=True)


@pytest.mark.parametrize(
    "typed", ["138-0000-1234", "(+86) 138 0000 1234", "手机：１３８００００１２３４", "\u202a13800001234\u202c"]
)
def test_however_a_number_is_written_it_is_the_same_one(typed: str) -> None:
    assert one_form(typed) == "13800001234"


@pytest.mark.parametrize("half", HALVES)
def test_every_phone_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    assert misread(half, "phone") == []
