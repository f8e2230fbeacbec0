"""All the situations of an item, and a thorough, repeatable selection where they are too many."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.checks import enumeration
from counter_assistant.domain.catalogue.checks.enumeration import (
    MOST,
    RANDOM,
    answerings,
    complete_answerings,
    conditions_of,
    depended_on,
    given,
    situations,
)
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, All, Answered, truth

WIDTH = 10
YES = tuple(Answered(f"q{i}", ("yes",)) for i in range(WIDTH))


@pytest.fixture
def nested(make: Any) -> Any:
    """Whether the spouse comes is asked only of the married, and how, only where the spouse comes."""
    questions = (
        make.question("marital", "married", "single"),
        make.question("spouse", "yes", "no", when=Answered("marital", ("married",))),
        make.question("how", "now", "later", when=Answered("spouse", ("yes",))),
    )
    return make.item(questions=questions, materials=(make.rule("card", Answered("how", ("now",))),))


@pytest.fixture
def wide(make: Any) -> Any:
    """Ten questions of three states: 59,049 situations."""
    questions = tuple(make.question(f"q{i}", "yes", "no") for i in range(WIDTH))
    rules = [make.rule(f"m{i}", YES[i]) for i in range(WIDTH)]
    return make.item(
        questions=questions, materials=(*rules, make.rule("both", All(YES[:2])), make.rule("far", All(YES[1:3])))
    )


def test_every_combination_is_listed_once_with_the_unknown_and_what_does_not_arise(nested: Any) -> None:
    found = situations(nested)
    as_rows = {tuple(settled.values()) for settled in found}
    assert len(found) == len(as_rows) == 15, "7 of the married, 7 where that is unknown, 1 of the single"
    assert ("single", NOT_ASKED, NOT_ASKED) in as_rows
    assert ("married", None, None) in as_rows
    assert ("single", "yes", NOT_ASKED) not in as_rows


def test_a_listed_situation_is_what_the_clerks_answers_settle(nested: Any) -> None:
    for settled in situations(nested):
        assert Situation.of(nested, given(settled)).settled == settled


def test_complete_answers_leave_nothing_open_and_take_along_what_decides(nested: Any) -> None:
    assert depended_on(nested, ["how"]) == ["marital", "spouse", "how"]
    assert depended_on(nested, ["marital"]) == ["marital"]
    assert len(complete_answerings(nested, ["how"])) == 4
    assert complete_answerings(nested, ["marital"]) == [{"marital": "married"}, {"marital": "single"}]
    assert all(None not in settled.values() for settled in complete_answerings(nested, ["how"]))


def test_conditions_are_listed_with_their_places(make: Any, nested: Any) -> None:
    broken = make.condition("married", broken_when=Answered("marital", ("single",)))
    handling = ((Answered("marital", ("single",)), "promise"), *nested.handling)
    item = make.item(**{
        "questions": nested.questions, "materials": nested.materials, "conditions": (broken, make.condition("plain")),
        "handling": handling,
    })  # fmt: skip
    assert [place for place, _ in conditions_of(item)] == [
        "handling[1].when", "question[spouse].when", "question[how].when", "condition[married].broken_when",
        "material[card].when",
    ]  # fmt: skip


def test_too_many_situations_give_each_condition_each_pair_and_random_ones(
    wide: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enumeration, "RANDOM", 500)
    assert answerings(wide) is None
    found = situations(wide)
    assert 500 < len(found) < MOST == 20_000
    assert len({tuple(settled.items()) for settled in found}) == len(found)
    assert found == situations(wide), "a check gives the same answer every time"
    for condition in [when for _, when in conditions_of(wide)]:
        assert {truth(condition, settled) for settled in found} == {True, False, None}
    pairs = {tuple(settled[f"q{i}"] for i in range(3)) for settled in found}
    assert len(pairs) == 27, "two conditions that share a question are seen together in every way"


def test_a_condition_over_too_many_questions_is_sampled(make: Any) -> None:
    questions = tuple(make.question(f"q{i}", *"abcdef") for i in range(6))
    everything = All(tuple(Answered(f"q{i}", ("a", "b", "c")) for i in range(6)))
    item = make.item(questions=(make.question("else", "a", "b"), *questions), materials=(make.rule("m", everything),))
    answered = complete_answerings(item, [f"q{i}" for i in range(6)])
    assert len(answered) == RANDOM == 5_000
    assert all("else" not in settled for settled in answered)
    assert {truth(everything, settled) for settled in answered} == {True, False}
