"""The shipped ideographs: all that can be printed, each reached by the parts of its parts, in few keys."""

from __future__ import annotations

from functools import cache

import pytest

from counter_assistant.domain.typed_text.ideographs import Ideographs
from counter_assistant.domain.typed_text.parts_query import read_parts
from counter_assistant.paper.coverage import Coverage
from counter_assistant.storage.characters.ideograph_file import read_ideographs
from tests.paper.test_coverage import COVERAGE, LEVEL_3
from tests.places import RESOURCES
from tests.storage.characters import hand_and_eye

MOST_KEYS, LEAST_SHARE = 12, 0.95
WITHOUT_PARTS = 109
"""Shapes that have no part which an input method offers, such as 𠃌 and 𠄌: they are found by their strokes."""


@cache
def shipped() -> Ideographs:
    return read_ideographs(RESOURCES / "ideographs" / "parts.bin")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("木木木", "森"), ("水古月", "湖"), ("亠思", "𠅤"), ("甲鸟", "鸭"), ("龙龙龙", "龘"), ("草化", "花"), ("走文", "这"),
        ("宝子", "字"), ("雨long", "𩂽"), ("金金金", "鑫"), ("部阝", "陪"), ("水水水", "淼"), ("人人人", "众"), ("言言言", "譶"), ("=64", "𠔻"), ("言吾", "语"), ("马马马", "骉"),
    ],
)  # fmt: skip
def test_what_somebody_types_finds_what_they_mean(text: str, first: str) -> None:
    assert shipped().find(read_parts(text), 1) == [first]


def test_all_ideographs_of_level_3_are_listed_and_nothing_that_no_font_draws() -> None:
    listed, coverage = shipped().characters, Coverage.load(COVERAGE)
    assert set(LEVEL_3) <= set(listed)
    assert len(set(listed)) == len(listed) == 93_243
    assert coverage.missing(listed) == []
    assert all(shipped().strokes(one) for one in listed)


@pytest.mark.slow
def test_every_ideograph_is_reached_by_a_part_of_its_parts() -> None:
    ideographs, reached = shipped(), set()
    usual = [one for one in ideographs.characters[:9000] if one in ideographs.characters[:8105] or _in_gb2312(one)]
    for part in usual:
        reached |= {ideographs.characters[place] for place in ideographs.having(part, 1)} - {part}
    without = [one for one in ideographs.characters if one not in reached and one not in usual]
    assert len(without) == WITHOUT_PARTS
    for one in without:
        assert one in ideographs.find(read_parts(f"={ideographs.strokes(one)}"), 20_000)


def test_95_of_100_are_found_within_twelve_keys() -> None:
    ideographs, times = shipped(), list[float]()
    keys = [hand_and_eye.keys(ideographs, one, parts, times) for one, parts in hand_and_eye.sample()]
    assert len(keys) == 500
    assert sum(pressed <= MOST_KEYS for pressed in keys) >= LEAST_SHARE * len(keys)


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
