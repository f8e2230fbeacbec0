"""A pasted line falls into its fields, and what is no line stays what it is. Most of its cases: test_inputs.py."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.person_line import LONGEST_LINE, PersonLine, split_person
from tests.domain.typed_text.inputs import HALVES, misread

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text", ["", "张三", "13800001234", "2026-11-23", "Maria Garcia", "张三 李四", "张三 13800001234" * LONGEST_LINE]
)
def test_what_is_no_line_of_a_person_is_left_alone(text: str) -> None:
    assert split_person(text, TODAY) is None


def test_the_number_says_what_document_it_is_of() -> None:
    line = split_person("Maria Garcia\tE12345678\t0883-2123456", TODAY)
    assert line == PersonLine("Maria Garcia", "E12345678", "0883-2123456", IdType.PASSPORT)


@given(st.text(max_size=80))
def test_whatever_is_pasted_the_parts_are_of_the_text(text: str) -> None:
    if line := split_person(text, TODAY):
        assert all(character in text for character in line.name if character != " ")
        assert sum(map(bool, (line.name, line.id_number, line.phone))) >= 2


@pytest.mark.parametrize("half", HALVES)
def test_every_line_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    assert misread(half, "line") == []
