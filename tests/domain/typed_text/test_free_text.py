"""A text in the clerk's own words is kept, or refused for a character of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import tidy
from counter_assistant.domain.typed_text.free_text import check_code, check_text, read_text


@given(st.text(max_size=60))
def test_any_text_is_either_kept_or_refused_for_a_character_of_it(text: str) -> None:
    refusal = None
    try:
        kept = check_text(text, "备注")
    except Refusal as refused:
        refusal, kept = refused, tidy(text)
    assert kept == tidy(text)
    assert refusal is None or any(f"U+{ord(char):04X}" in refusal.sentence for char in text)


@given(st.text(max_size=60))
def test_what_is_offered_in_its_place_can_be_printed(text: str) -> None:
    if instead := read_text(text, "备注").instead:
        assert check_text(instead, "备注") == instead


def test_what_is_composed_in_two_ways_is_one_text() -> None:
    assert check_text("Jose\u0301", "备注") == "Jos\u00e9"


def test_a_code_is_kept_to_the_letter_or_refused() -> None:
    assert check_code(" a  b ", "名称", 6) == " a  b "
    with pytest.raises(Refusal, match="名称有 7 个字，超过 6 个字。") as refused:
        check_code("1234567", "名称", 6)
    assert refused.value.code == "text-too-long"
    with pytest.raises(Refusal) as refused:
        check_code("a\u0007b", "名称", 6)
    assert refused.value.code == "unprintable-text"
