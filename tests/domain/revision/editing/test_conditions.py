"""什么情形下：每一行各有自己的条件，改了由本中心负责."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered, Not
from counter_assistant.domain.catalogue.items import Handling, Note
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.editing.conditions import CONDITIONAL, when_of, with_when
from tests.domain.conftest import Make
from tests.domain.revision.editing.test_wording import refused

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")
OTHER = Answered("who", ("other",))


@pytest.mark.parametrize("field", CONDITIONAL)
def test_each_row_holds_when_it_is_said_to(make: Make, field: str) -> None:
    item = make.item(
        handling=((OTHER, Handling.PROMISE), (Always(), Handling.DIRECT)), notes=(Note("说明", make.guide, OTHER),),
        conditions=(make.condition("house", OTHER),), materials=(make.rule("letter", OTHER),),
        questions=(make.question("who", "self", "other", when=OTHER),),
        statutory=(replace(make.limit(3, source=make.law_2026), when=OTHER),),
    )  # fmt: skip
    assert when_of(item, field, 0) == OTHER
    assert with_when(item, field, 0, OTHER, CENTRE) is item
    assert when_of(with_when(item, field, 0, Not(OTHER), CENTRE), field, 0) == Not(OTHER)
    assert when_of(with_when(item, field, 0, Always(), CENTRE), field, 0) == Always()


def test_the_centre_answers_for_a_condition_that_it_sets(make: Make) -> None:
    item = make.item(
        notes=(Note("说明", make.guide),), materials=(make.rule("a"), make.rule("b", source=make.code)),
        statutory=(make.limit(3, source=make.guide),), conditions=(make.condition("house", OTHER),),
    )  # fmt: skip
    assert with_when(item, "notes", 0, OTHER, CENTRE).notes[0].source == CENTRE
    assert with_when(item, "statutory", 0, OTHER, CENTRE).statutory[0].source == CENTRE
    assert with_when(item, "conditions", 0, Not(OTHER), CENTRE).conditions[0].source == CENTRE
    half = with_when(item, "materials", 0, OTHER, CENTRE).materials[0]
    assert (half.need, half.wording, half.material.source) == (CENTRE, None, make.guide)
    assert with_when(item, "materials", 1, OTHER, CENTRE).materials[1].material.source == CENTRE


def test_only_the_row_that_is_meant_holds_otherwise(make: Make) -> None:
    notes = tuple(Note(words, make.guide, OTHER) for words in ("一", "二", "三"))
    made = with_when(make.item(notes=notes), "notes", 1, Always(), CENTRE)
    assert made.notes == (notes[0], Note("二", CENTRE), notes[2])
    handled = make.item(handling=((OTHER, Handling.PROMISE), (Always(), Handling.DIRECT)))
    assert with_when(handled, "handling", 0, Not(OTHER), CENTRE).handling == (
        (Not(OTHER), Handling.PROMISE),
        (Always(), Handling.DIRECT),
    )
    law = make.item(statutory=(make.limit(3, source=make.law_2026),))
    assert with_when(law, "statutory", 0, OTHER, CENTRE).statutory[0].source == make.law_2026
    rule = replace(make.rule("a"), wording=CENTRE)
    whole = with_when(make.item(materials=(rule,)), "materials", 0, OTHER, CENTRE).materials[0]
    assert (whole.need, whole.wording, whole.material.source, whole.when) == (None, None, CENTRE, OTHER)


def test_a_requirement_that_may_be_broken_says_what_is_the_case(make: Make) -> None:
    assert when_of(make.item(), "conditions", 0) == Always()
    assert refused(with_when, make.item(), "conditions", 0, OTHER, CENTRE) == "words-missing"
