"""Kinds of document, and how numbers are masked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.people.identity import mask_id, mask_name, mask_numbers, mask_phone
from counter_assistant.domain.typed_text.id_type import IdType


@pytest.mark.parametrize("kind", list(IdType))
def test_every_type_has_a_label(kind: IdType) -> None:
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,}", kind.label)


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
    ("text", "masked"),
    [
        ("玉罕 13900002222，回电", "玉罕 139****2222，回电"),
        ("证件53090219900101123X", "证件530902********123X"),
        ("0883-2129999 转 8001", "0883-***9999 转 8001"),
        ("11月23日 17:50 第 26 号，3 件", "11月23日 17:50 第 26 号，3 件"),
        ("", ""),
    ],
)
def test_numbers_within_a_text_are_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("岩罕", "岩**"), ("罗𠅤克", "罗**"), ("𠅤克", "𠅤**"), ("临沧某某有限公司", "临**"), ("岩", "岩"), ("", "")],
)
def test_a_name_is_masked_whatever_its_length(name: str, masked: str) -> None:
    assert mask_name(name) == masked
