"""Names, numbers and phones: what is refused, what is normalised, and what is masked. Vectors: the trade's facts, §5."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.people.identity import (
    LOOKALIKE_DOTS,
    NAME_LENGTH,
    IdType,
    check_id_number,
    check_name,
    check_phone,
    check_text,
    likely_type,
    mask_id,
    mask_phone,
    suggested_name,
)
from counter_assistant.domain.refusal import Refusal

TODAY = date(2026, 11, 23)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(body: str) -> str:
    """A number of GB 11643, its last character by the standard's own table."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


# --- names


@pytest.mark.parametrize(
    "name",
    [
        "罗𠅤克",
        "岩罕",
        "阿卜杜热合曼·买买提",
        "王",
        "欧阳上官婉儿",
        "𖬀Lee",
        "Maria José",
        "㐆",
        "\U0002ebf0",
        "\U0002ee5d",
        "\U00031350",
        "\U000323af",
        "ᥐᥑ",
        "ᦀᦁ",
        "王" * NAME_LENGTH,
    ],
)  # fmt: skip
def test_a_name_is_kept_as_on_the_document(name: str) -> None:
    assert check_name(name) == name


def test_spaces_around_a_name_are_dropped_and_within_it_kept() -> None:
    assert check_name(" \u3000岩 罕\u3000 ") == "岩 罕"


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("\n", "控制字符"),
        ("\x00", "控制字符"),
        ("\t", "控制字符"),
        ("\x7f", "控制字符"),
        ("\u2028", "换行字符"),
        ("\u2029", "换行字符"),
        ("\u200b", "不可见的格式字符"),
        ("\u200d", "不可见的格式字符"),
        ("\ufeff", "不可见的格式字符"),
        ("\u00ad", "不可见的格式字符"),
        ("\u202e", "书写方向"),
        ("\u2066", "书写方向"),
        ("\u2069", "书写方向"),
        ("\u200f", "书写方向"),
        ("\u061c", "书写方向"),
        ("\ue000", "专用区字符"),
        ("\U000f0000", "专用区字符"),
        ("\ud800", "残缺的字符"),
        ("\uffff", "未编码的字符"),
        ("\U0002fffe", "未编码的字符"),
        ("\u0378", "未编码的字符"),
    ],
)
def test_what_cannot_be_printed_as_typed_is_refused_with_its_code(char: str, named: str) -> None:
    with pytest.raises(Refusal, match=named) as refused:
        check_name(f"张{char}三")
    assert f"U+{ord(char):04X}" in refused.value.sentence
    assert refused.value.code == "unprintable-text"


@pytest.mark.parametrize("typed", ["13800000000", "0883-0000001", "·", "—— ——", "２"])
def test_a_name_without_any_letter_is_meant_for_another_field(typed: str) -> None:
    with pytest.raises(Refusal, match="姓名里没有一个字") as refused:
        check_name(typed)
    assert refused.value.code == "bad-name"


def test_no_name_at_all_is_no_wrong_name() -> None:
    assert check_name(" \u3000") == ""


@given(st.text(max_size=60))
def test_any_text_is_either_kept_or_refused_for_a_character_of_it(text: str) -> None:
    refusal = None
    try:
        kept = check_text(text, "备注")
    except Refusal as refused:
        refusal, kept = refused, text
    assert kept == text
    assert refusal is None or any(f"U+{ord(char):04X}" in refusal.sentence for char in text)


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(Refusal, match="姓名有 51 个字符，超过 50 个"):
        check_name("王" * 51)
    with pytest.raises(Refusal, match="原因有 6 个字，超过 5 个字"):
        check_text("一二三四五六", "原因", 5)


@pytest.mark.parametrize("dot", [*"•‧・･∙⋅．."])
def test_every_lookalike_of_the_middle_dot_is_suggested_away_not_silently(dot: str) -> None:
    typed = f"阿卜杜{dot}买买提"
    assert check_name(typed) == typed
    assert suggested_name(typed) == "阿卜杜·买买提"


def test_the_lookalikes_are_those_of_the_notice() -> None:
    assert {f"{ord(dot):04X}" for dot in LOOKALIKE_DOTS} == {
        "2022", "2027", "30FB", "FF65", "2219", "22C5", "FF0E", "002E",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["岩罕", "阿卜杜·买买提", "张三.", ".张三", "A. B"])
def test_nothing_is_suggested_where_no_dot_joins_two_parts(name: str) -> None:
    assert suggested_name(name) is None


# --- numbers


@pytest.mark.parametrize(
    ("typed", "kind", "printed"),
    [
        ("11010519491231002X", IdType.RESIDENT, "11010519491231002X"),
        ("11010519491231002x", IdType.RESIDENT, "11010519491231002X"),
        (" 110105 19491231 002x ", IdType.RESIDENT, "11010519491231002X"),
        ("110105-19491231-002X", IdType.RESIDENT, "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", IdType.RESIDENT, "11010519491231002X"),
        (with_check_digit("81000019900101001"), IdType.RESIDENT, with_check_digit("81000019900101001")),
        (with_check_digit("82000019900101001"), IdType.RESIDENT, with_check_digit("82000019900101001")),
        (with_check_digit("83000019900101001"), IdType.RESIDENT, with_check_digit("83000019900101001")),
        (with_check_digit("53302519900101001"), IdType.RESIDENT, with_check_digit("53302519900101001")),
        (with_check_digit("91115619900101001"), IdType.FOREIGN_PERMANENT, with_check_digit("91115619900101001")),
        ("ABC530123456789", IdType.FOREIGN_PERMANENT, "ABC530123456789"),
        ("91350100M000100Y43", IdType.UNIT, "91350100M000100Y43"),
        ("91350100m000100y43", IdType.UNIT, "91350100M000100Y43"),
        ("E12345678", IdType.PASSPORT, "E12345678"),
        ("南字第 12345678 号", IdType.OFFICER, "南字第12345678号"),
        ("H12345678(1)", IdType.OTHER, "H12345678(1)"),
    ],
)
def test_a_sound_number_comes_back_in_its_printed_form(typed: str, kind: IdType, printed: str) -> None:
    assert check_id_number(typed, kind, TODAY) == printed


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("110105194912310021", IdType.RESIDENT, "bad-id-number"),
        ("130503670401001", IdType.RESIDENT, "old-id-number"),
        ("1101051949123100", IdType.RESIDENT, "bad-id-number"),
        ("", IdType.RESIDENT, "bad-id-number"),
        ("X10105194912310021", IdType.RESIDENT, "bad-id-number"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010520260230001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010500000101001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010520261124001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("91115619900101001")[:-2] + "00", IdType.FOREIGN_PERMANENT, "bad-id-number"),
        ("91350100M000100Y4Z", IdType.UNIT, "bad-id-number"),
        ("91350100M000100Y4", IdType.UNIT, "bad-id-number"),
        ("91350100M000100YI3", IdType.UNIT, "bad-id-number"),
        ("91350100–M000100Y43", IdType.UNIT, "bad-id-number"),
        ("E1", IdType.PASSPORT, "bad-id-number"),
        ("E12345678;", IdType.PASSPORT, "bad-id-number"),
        ("E" * 31, IdType.PASSPORT, "bad-id-number"),
        ("E1234\u202e5678", IdType.OTHER, "bad-id-number"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(typed: str, kind: IdType, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_id_number(typed, kind, TODAY)
    assert refused.value.code == code
    assert refused.value.remedy


def test_somebody_born_today_has_a_number() -> None:
    number = with_check_digit("11010520261123001")
    assert check_id_number(number, IdType.RESIDENT, TODAY) == number


BODIES = st.builds(
    lambda area, born, n: f"{area:06d}{born:%Y%m%d}{n:03d}",
    st.integers(110000, 839999), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999),
)  # fmt: skip


@given(BODIES, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(body: str, place: int, more: int) -> None:
    right = with_check_digit(body)
    assert check_id_number(right, IdType.RESIDENT, TODAY) == right
    digit = "0" if right[place] == "X" else str((int(right[place]) + more) % 10)
    with pytest.raises(Refusal):
        check_id_number(right[:place] + digit + right[place + 1 :], IdType.RESIDENT, TODAY)


@pytest.mark.parametrize("kind", list(IdType))
def test_every_type_has_a_label(kind: IdType) -> None:
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,}", kind.label)


# --- phones and masks


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
        ("+8613800000000", "+8613800000000"),
    ],
)
def test_a_phone_is_kept_in_digits(typed: str, printed: str) -> None:
    assert check_phone(typed) == printed


@pytest.mark.parametrize("typed", ["110", "无", "1380000000a", "-12345", "1" * 21, "٠١٢٣٤٥", "138;0000"])
def test_a_phone_that_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_phone(typed)
    assert refused.value.code == "bad-phone"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("530902199001011234", "530902********1234"),
        ("53090219900101X", "530902*****101X"),
        ("E12345678", "*****5678"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_a_number_is_masked(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13887650461", "138****0461"), ("2120461", "***0461"), ("0883-2120461", "088*****0461"), ("", "")],
)
def test_a_phone_is_masked(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text("0123456789X", min_size=15, max_size=30))
def test_a_masked_number_keeps_its_length_and_shows_ten_characters(number: str) -> None:
    masked = mask_id(number)
    assert len(masked) == len(number)
    assert (masked[:6], masked[-4:], set(masked[6:-4])) == (number[:6], number[-4:], {"*"})


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002X", IdType.RESIDENT), ("１１０１０５ 19491231-002x", IdType.RESIDENT),
        ("11010519491231002", IdType.RESIDENT), ("1101051949123100211", IdType.RESIDENT),
        ("810000199408230021", IdType.RESIDENT), ("110105194912310", IdType.RESIDENT),
        ("911124198108030024", IdType.FOREIGN_PERMANENT), ("USA123456789012", IdType.FOREIGN_PERMANENT),
        ("E12345678", IdType.PASSPORT), ("军字第1234567号", IdType.OFFICER), ("12345678", IdType.OTHER), ("", IdType.OTHER),
    ],
)  # fmt: skip
def test_a_numbers_shape_says_what_document_it_is_of(number: str, kind: IdType) -> None:
    """A resident's number with a digit too few or too many is still checked as one, and refused."""
    assert likely_type(number) is kind
