"""一行话的依据：字不变，依据换了；材料的两半各换各的，都有了就是本中心的."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.items import Note
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import line_differences
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.row_sources import (
    NEED,
    SOURCED,
    WORDING,
    source_of,
    told_apart,
    with_source,
)
from tests.domain.conftest import Make

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")


@pytest.mark.parametrize("field", [field for field in SOURCED if field not in ("materials", "promised")])
def test_a_row_comes_from_elsewhere_in_the_same_words(make: Make, field: str) -> None:
    item = make.item(notes=(Note("说明", make.guide),))
    spot = Spot(field, 0, "source")
    made = with_source(item, spot, CENTRE)
    assert source_of(made, spot) == CENTRE
    assert replace(getattr(made, field)[0], source=None) == replace(getattr(item, field)[0], source=None)
    assert with_source(made, spot, CENTRE) is made


def test_the_promise_comes_from_elsewhere(make: Make) -> None:
    made = with_source(make.item(), Spot("promised", None, "source"), CENTRE)
    assert made.promised == replace(make.item().promised, source=CENTRE)
    assert source_of(made, Spot("promised", None, "source")) == CENTRE


def test_the_halves_of_a_material_are_told_apart_until_both_are_confirmed(make: Make) -> None:
    wording, need = Spot("materials", 1, WORDING), Spot("materials", 1, NEED)
    once = with_source(make.item(), wording, CENTRE)
    assert (source_of(once, wording), source_of(once, need)) == (CENTRE, make.guide)
    assert told_apart(once, 1)
    other = replace(CENTRE, document="另一份")
    twice = with_source(once, need, other)
    assert twice.materials[1].material.source == CENTRE
    assert (twice.materials[1].need, twice.materials[1].wording) == (None, None)
    assert not told_apart(twice, 1)
    third = with_source(twice, need, other)
    assert (source_of(third, wording), source_of(third, need)) == (other, other)


def test_what_a_question_is_asked_by_is_told_as_a_difference(make: Make) -> None:
    item = make.item()
    made = with_source(item, Spot("questions", 0, "source"), CENTRE)
    (difference,) = line_differences(item, made, make.catalogue().statutes)
    assert difference.after.in_words() == "who？（self键＝who是self、other键＝who是other）〔临公积金〔2026〕9号第五条〕"
