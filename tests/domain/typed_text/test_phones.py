"""Phones: one form of every way to write a number."""

from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.phones import one_form, read_phone
from tests.domain.typed_text.inputs import HALVES, misread, said_of


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


@pytest.mark.parametrize(
    ("typed", "value", "code", "sentence", "remedy", "instead", "comparable"),
    [
        ("13800001234/13900001234", "13800001234/13900001234", "phone-doubtful", "像是写了两个电话。", "请只留一个。", "", True),
        ("13800 或 12345", "13800 或 12345", "phone-doubtful", "像是写了两个电话。", "请只留一个。", "", True),
        ("电话：无", "无", "bad-phone", "电话号码只能有数字和短横线，至少 5 位。", "请核对后重新输入，或者留空。", "", False),
        ("1380000a", "1380000a", "bad-phone", "电话号码只能有数字和短横线，至少 5 位。", "请核对后重新输入，或者留空。", "", False),
        ("1234", "1234", "bad-phone", "电话号码有 4 位，太短了。", "请核对后重新输入，或者留空。", "", False),
        ("12345", "12345", "", "", "", "", False),
        ("123456", "123456", "", "", "", "", False),
        ("1234567", "1234567", "phone-doubtful", "手机号码应为 11 位，现为 7 位。", "请改正。", "", True),
        ("12345678901", "12345678901", "phone-doubtful", "没有这样开头的手机号码。", "请改正。", "", True),
        ("138000012345", "138000012345", "phone-doubtful", "手机号码应为 11 位，现为 12 位。", "请改正。", "", True),
        ("12000001234", "12000001234", "phone-doubtful", "没有这样开头的手机号码。", "请改正。", "", True),
        ("123456789012345", "123456789012345", "bad-phone", "电话号码有 15 位，像是别的号码。", "请核对后重新输入，或者留空。", "", False),
        ("12345678901234", "12345678901234", "phone-doubtful", "手机号码应为 11 位，现为 14 位。", "请改正。", "", True),
        ("+86123", "86123", "", "", "", "", False),
        ("+8699999999", "+8699999999", "phone-doubtful", "“+8699999999”不像一个电话号码。", "请改正。", "", True),
        ("+95123456", "+95123456", "", "", "", "", False),
        ("00000000", "00000000", "phone-doubtful", "“00000000”不像一个电话号码。", "请改正。", "", True),
        ("\"13800001234\"", "13800001234", "", "", "", "", False),
        ("--0883--2123456--", "0883-2123456", "", "", "", "", False),
        ("0883.212.3456", "0883-2123456", "", "", "", "", False),
        ("000000", "000000", "", "", "", "", False),
    ],
)  # fmt: skip
def test_what_is_said_of_a_phone(
    typed: str, value: str, code: str, sentence: str, remedy: str, instead: str, comparable: bool
) -> None:
    assert said_of(read_phone(typed)) == (value, code, sentence, remedy, instead, comparable)
