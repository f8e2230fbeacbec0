"""One form of every character: what goes in silence, what stays, what is compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.equivalents import PRIVATE_USE, RADICALS


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        (" \u3000张三\u00a0\r\n", "张三"), ("\ufeff张三\u200b", "张三"), ("\u202a13800001234\u202c", "13800001234"),
        ("'530902", "530902"), ("‘张三", "张三"), ("'", "'"), ("'t Hooft", "'t Hooft"), ("'; DROP", "'; DROP"),
        ("Jose\u0301", "José"), ("张\u200b三", "张\u200b三"), ("\uf90a", "\uf90a"), ("a\u0387b", "a\u0387b"),
        ("\x07张三\x00", "张三"), ("", ""), (" ' ", "'"), ("' 张", "' 张"),
    ],
)  # fmt: skip
def test_only_what_nobody_sees_goes_in_silence(typed: str, tidied: str) -> None:
    assert characters.tidy(typed) == tidied


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once_but_for_an_apostrophe(text: str) -> None:
    tidied = characters.tidy(text)
    assert characters.tidy(tidied) in (tidied, characters.tidy(tidied[1:]))


@pytest.mark.parametrize(
    ("typed", "standard"),
    [("⻢⻰", "马龙"), ("⼈", "人"), ("\ue863", "䶮"), ("\ue831", "𡗗"), ("\uf90a", "金"), ("\U0002f81a", "冬"), ("张三José", "张三José"), ("\ue000", "\ue000")],
)  # fmt: skip
def test_a_radical_and_an_old_code_have_their_character(typed: str, standard: str) -> None:
    assert characters.standard(typed) == standard


def test_every_old_code_has_one_character_and_every_radical_an_ideograph() -> None:
    assert [chr(code) for code in range(0xE815, 0xE865)] == [one for one in PRIVATE_USE if one >= "\ue815"]
    assert len(set(PRIVATE_USE.values())) == len(PRIVATE_USE)
    assert not set(PRIVATE_USE) & set(PRIVATE_USE.values())
    for radical, ideograph in RADICALS.items():
        assert "\u2e80" <= radical <= "\u2fd5"
        assert not "\u2e80" <= ideograph <= "\u2fd5"
        plain = unicodedata.normalize("NFKC", radical)
        assert plain in (radical, ideograph)


def test_the_codes_of_gbk_are_those_that_python_reads() -> None:
    """Python's GB 18030 is that of 2000: what it reads as a private-use code is the one that the table knows."""
    for private, standard in PRIVATE_USE.items():
        if private >= "\ue815":
            n = ord(private) - 0xE815
            trail = 0x50 + n + (0x50 + n >= 0x7F)
            assert bytes([0xFE, trail]).decode("gb18030") in (private, standard)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jose", "José"), ("JOSÉ", "jose"), ("o'brien", "O’Brien"), ("买买提艾力", "买买提•艾力"), ("買", "買"),
        ("⻢⻰", "马龙"), ("ｚｈａｎｇ　ｓａｎ", "Zhang San"), ("nguyen", "Nguyễn"), ("dang", "Đặng"), ("lodz", "Łódź"),
    ],
)  # fmt: skip
def test_what_is_typed_for_a_name_has_its_key(typed: str, found: str) -> None:
    assert characters.search_key(typed) == characters.search_key(found) != ""


def test_other_names_have_other_keys() -> None:
    names = ["张三", "张山", "zhang", "chang", "岩罕", "岩", "马龙", "馬龍"]
    assert len({characters.search_key(name) for name in names}) == len(names)


def test_half_width_changes_full_width_only() -> None:
    assert characters.half_width("１３８－ＡＢｃ～！　张") == "138-ABc~! 张"


@pytest.mark.parametrize(
    "char", ["\u202e", "\u2066", "\u200f", "\ufe00", "\U000e0100", "\ue000", "\ud800", "\uffff", "\x07", "\u2028"]
)
def test_what_cannot_be_printed_is_named_with_its_code(char: str) -> None:
    assert characters.unprintable(char)
    refusal = characters.unprintable_text("备注", char)
    assert isinstance(refusal, Refusal)
    assert f"U+{ord(char):04X}" in refusal.sentence
    assert "备注" in refusal.sentence


@pytest.mark.parametrize("char", ["张", "𠅤", "\U000323af", "é", " ", "·", "ᥐ"])
def test_what_prints_has_no_fault(char: str) -> None:
    assert characters.unprintable(char) == ""


@given(st.text(max_size=60))
def test_what_is_made_printable_has_nothing_invisible(text: str) -> None:
    made = characters.printable(text)
    assert characters.without_invisible(made) == made
    assert not any(unicodedata.category(char) == "Cc" for char in made)
