"""The sheet for the safe: 128 bits as twelve characters that anybody can type."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.people import recovery
from counter_assistant.domain.people.recovery import BYTES, LENGTH, from_words, to_words
from counter_assistant.domain.refusal import Refusal

SECRET = bytes(range(BYTES))
SHEET = "啊备末备加霸耽挡变郡河歹"


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_what_was_written_is_read(secret: bytes) -> None:
    words = to_words(secret)
    assert len(words) == LENGTH
    assert from_words(words) == secret
    assert words.encode("gb2312")


def test_the_words_of_a_key_stay_for_ten_years() -> None:
    """A sheet in a safe is read by a later version: the list never changes."""
    assert to_words(bytes(16)) == "啊" * 11 + to_words(bytes(16))[-1]
    assert to_words(SECRET) == SHEET


def test_blanks_and_marks_between_do_not_count() -> None:
    words = to_words(SECRET)
    spread = f"　{words[:4]}，{words[4:8]}、 {words[8:]}。\n"
    assert from_words(spread) == SECRET


def test_every_character_has_a_place_of_its_own() -> None:
    recovery._places.cache_clear()  # another test may have asked while nobody counted which lines are run
    places = recovery._places()
    assert sorted(places.values()) == list(range(2048))
    assert recovery._characters()[places["啊"]] == "啊"


def refused(typed: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        from_words(typed)
    return refusal.value


def test_what_is_wrong_is_said() -> None:
    words = to_words(SECRET)
    assert refused(words[:-1]).code == refused(words + words[0]).code == refused("").code == "sheet-length"
    other = refused(f"{words[:3]}籔{words[4:]}")
    assert (other.code, "第 4 个字" in other.sentence) == ("sheet-character", True)
    with pytest.raises(ValueError, match="sixteen"):
        to_words(b"short")


def test_of_wrong_characters_fifteen_in_sixteen_are_noticed() -> None:
    """WHEN one character is another of the list THEN the checksum tells, but for one in sixteen, which opens nothing."""
    chance = random.Random(1128)
    everything = sorted({char for _ in range(3000) for char in to_words(chance.randbytes(BYTES))})
    noticed = 0
    for _ in range(2000):
        words, place = to_words(chance.randbytes(BYTES)), chance.randrange(LENGTH)
        typed = words[:place] + chance.choice(everything) + words[place + 1 :]
        try:
            noticed += typed == words or from_words(typed) is None
        except Refusal as refusal:
            noticed += refusal.code == "sheet-mistyped"
    assert len(everything) > 2040
    assert noticed > 2000 * 0.9
