"""The situation: answers are checked, an open one prints 未定, and a condition reads as a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.assessment.situation import Situation, condition_phrase
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.refusal import Refusal

WHO, MARITAL, SPOUSE = Answered("who", ("other",)), Answered("marital", ("married",)), Answered("spouse", ("yes",))


@pytest.fixture
def item(make: Any) -> Any:
    questions = (
        make.question("who", "self", "spouse", "other"),
        make.question("marital", "married", "single"),
        make.question("spouse", "yes", "no", when=MARITAL),
    )
    return make.item(questions=questions, materials=(make.rule("letter", SPOUSE),))


def test_an_open_answer_prints_as_undecided_and_never_the_negative(item: Any) -> None:
    situation = Situation.of(item, {"who": "self"})
    assert situation.settled == {"who": "self", "marital": None, "spouse": None}
    assert situation.in_words() == "who是self；marital：未定；spouse：未定"


def test_a_question_that_does_not_arise_is_not_printed(item: Any) -> None:
    situation = Situation.of(item, {"who": "self", "marital": "single"})
    assert situation.settled["spouse"] == NOT_ASKED
    assert [asked.id for asked in situation.arising()] == ["who", "marital"]
    assert situation.in_words() == "who是self；marital是single"


def test_an_answer_made_moot_by_another_settles_nothing(item: Any) -> None:
    assert Situation.of(item, {"marital": "single", "spouse": "yes"}).settled["spouse"] == NOT_ASKED


def test_an_item_without_questions_needs_no_situation(make: Any) -> None:
    assert Situation.of(make.item(questions=()), {}).in_words() == "无须区分情形"


@pytest.mark.parametrize(
    ("answers", "code", "named"),
    [
        ({"lease": "public"}, "unknown-question", "lease"),
        ({"who": "nobody"}, "unknown-answer", "nobody"),
    ],
)
def test_a_wrong_answer_is_refused_by_name(item: Any, answers: dict[str, str], code: str, named: str) -> None:
    with pytest.raises(Refusal, match=named) as refused:
        Situation.of(item, answers)
    assert refused.value.code == code
    assert refused.value.remedy


def test_an_item_that_asks_nothing_says_so(make: Any) -> None:
    with pytest.raises(Refusal) as refused:
        Situation.of(make.item(questions=()), {"who": "self"})
    assert refused.value.remedy == "本事项的情形有：无。"


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        (Always(), ""),
        (Answered("who", ("other", "self")), "who是self或who是other"),
        (Not(Answered("who", ("self",))), "who是spouse或who是other"),
        (Not(Answered("nothing", ("self",))), ""),
        (Answered("nothing", ("self",)), ""),
        (Not(All((WHO, MARITAL))), "不属于“who是other且marital是married”"),
        (AnyOf((WHO, MARITAL)), "who是other或者marital是married"),
        (All((AnyOf((WHO, MARITAL)), SPOUSE)), "（who是other或者marital是married）且spouse是yes"),
        (All((AnyOf((WHO,)), SPOUSE)), "who是other且spouse是yes"),
    ],
)
def test_a_condition_reads_as_a_sentence(item: Any, condition: Condition, phrase: str) -> None:
    assert condition_phrase(item, condition) == phrase
