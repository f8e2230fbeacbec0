"""Characters are found by the parts of their parts, by strokes and by reading; what was typed alone comes first."""

from __future__ import annotations

import pytest

from counter_assistant.domain.typed_text.ideographs import Ideographs
from counter_assistant.domain.typed_text.parts_query import PartsQuery

CHARACTERS = "木林森水淋沐古"
STROKES = bytes((4, 8, 12, 4, 11, 7, 5))
PARTS = {"木": [0, 1, 2, 4, 5], "木木": [1, 2, 4], "木木木": [2], "林": [1, 2, 4], "氵": [4, 5], "水": [3]}
READINGS = {"gu": [6], "lin": [1, 4], "mu": [0, 5], "shui": [3]}


@pytest.fixture
def ideographs() -> Ideographs:
    return Ideographs(CHARACTERS, STROKES, {"氵": 3}, PARTS, READINGS, {"水": "氵"})


def found(ideographs: Ideographs, limit: int = 9, **query: object) -> str:
    return "".join(ideographs.find(PartsQuery(**query), limit))  # type: ignore[arg-type]


def test_what_has_least_besides_the_parts_comes_first_and_then_the_most_usual(ideographs: Ideographs) -> None:
    assert found(ideographs, parts=("木",)) == "木沐林淋森"
    assert found(ideographs, 2, parts=("木",)) == "木沐"
    assert found(ideographs, parts=("林",)) == "林淋森"


def test_a_part_that_is_typed_twice_must_be_there_twice(ideographs: Ideographs) -> None:
    assert found(ideographs, parts=("木", "木")) == "林淋森"
    assert found(ideographs, parts=("木",) * 3) == "森"
    assert found(ideographs, parts=("木",) * 4) == ""


def test_parts_of_parts_count_and_a_plain_character_stands_for_its_other_form(ideographs: Ideographs) -> None:
    assert found(ideographs, parts=("水", "木")) == "沐淋"
    assert found(ideographs, parts=("水", "木", "木")) == "淋"
    assert ideographs.having("水", 1) == {3: 4, 4: 3, 5: 3}


def test_a_part_of_nothing_but_itself_is_found_as_itself(ideographs: Ideographs) -> None:
    assert found(ideographs, parts=("古",)) == "古"
    assert found(ideographs, parts=("古", "古")) == ""
    assert found(ideographs, parts=("龜",)) == ""


def test_strokes_are_those_of_the_whole_or_those_left(ideographs: Ideographs) -> None:
    assert found(ideographs, total=4) == "木水"
    assert found(ideographs, parts=("木",), total=8) == "林"
    assert found(ideographs, parts=("木",), rest=3) == "沐"
    assert found(ideographs, parts=("水", "木"), rest=4) == "淋"
    assert found(ideographs, total=4, rest=3) == "木水"  # nothing was named besides which they could be left


def test_a_reading_is_a_syllable_or_the_beginning_of_one(ideographs: Ideographs) -> None:
    assert found(ideographs, reading="mu") == "木沐"
    assert found(ideographs, reading="l") == "林淋"
    assert found(ideographs, reading="lin", parts=("水",)) == "淋"
    assert found(ideographs, reading="mu", total=7) == "沐"
    assert found(ideographs, reading="x") == ""


def test_an_empty_query_finds_nothing(ideographs: Ideographs) -> None:
    assert found(ideographs) == ""


def test_strokes_and_readings_of_one_character(ideographs: Ideographs) -> None:
    assert [ideographs.strokes(one) for one in "森氵龜"] == [12, 3, 0]
    assert ideographs.readings("林") == ("lin",)
    assert ideographs.readings("森") == ()
