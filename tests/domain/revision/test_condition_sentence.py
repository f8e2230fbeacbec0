"""条件与一句话：what is one level comes back as it was; whatever is read is as true as before; what is deeper stays closed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.catalogue.checks.enumeration import conditions_of
from counter_assistant.domain.catalogue.conditions import (
    NOT_ASKED,
    All,
    Always,
    Answered,
    AnyOf,
    Condition,
    Not,
    questions_in,
    truth,
)
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.condition_sentence import (
    ALWAYS,
    Claim,
    ConditionSentence,
    Joined,
    Kind,
    Word,
    answered,
    asking,
    condition_of,
    in_words,
    joined_otherwise,
    sentence,
    sentence_of,
    turned,
    with_claim,
    without_claim,
    words,
)
from counter_assistant.operations.program import program
from tests.domain.conftest import Make

CODES = {"who": ("self", "spouse", "other"), "marital": ("married", "divorced"), "lease": ("yes", "no")}
leaf = st.sampled_from(sorted(CODES)).flatmap(
    lambda q: st.builds(Answered, st.just(q), st.lists(st.sampled_from(CODES[q]), min_size=1, unique=True).map(tuple))
)
conditions = st.recursive(
    st.one_of(leaf, st.just(Always())),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
claims = st.builds(lambda held, negated: Claim(held.question, held.values, negated), leaf, st.booleans())
sentences = st.builds(sentence, st.lists(claims, max_size=4), st.sampled_from(Joined))
MARRIED, OTHER = Answered("marital", ("married",)), Answered("who", ("other",))
OURS = [
    pytest.param(condition, id=f"{item.id}-{item.effective_from} {place}")
    for texts in program().catalogue.items.values()
    for item in texts
    for place, condition in conditions_of(item)
]


def same_truth(one: Condition, other: Condition) -> bool:
    """Whether two conditions are equally true whatever is answered, is open or does not arise."""
    asked = sorted(questions_in(one) | questions_in(other))
    every = product(*[(*CODES.get(question, ("yes", "no")), None, NOT_ASKED) for question in asked])
    situations = (dict(zip(asked, answers, strict=True)) for answers in every)
    return all(truth(one, answers) is truth(other, answers) for answers in situations)


def is_flat(condition: Condition) -> bool:
    """One level of all or any over answers that may be denied, as it is written in the files."""
    match condition:
        case Always() | Answered() | Not(part=Answered()):
            return True
        case All(parts=parts) | AnyOf(parts=parts):
            return len(parts) > 1 and all(isinstance(p, Answered | Not) and is_flat(p) for p in parts)
    return False


def an_item(make: Make) -> ServiceItem:
    questions = tuple(make.question(question, *codes) for question, codes in CODES.items())
    return make.item(questions=questions)


@given(sentences)
def test_a_sentence_comes_back_from_its_condition(said: ConditionSentence) -> None:
    assert sentence_of(condition_of(said)) == said


@given(conditions)
def test_what_can_be_read_as_a_sentence_is_as_true_as_before(condition: Condition) -> None:
    said = sentence_of(condition)
    assert said is None or same_truth(condition_of(said), condition)


@given(conditions)
def test_a_condition_of_one_level_comes_back_as_it_was_written(condition: Condition) -> None:
    if is_flat(condition):
        said = sentence_of(condition)
        assert said is not None
        assert condition_of(said) == condition


@pytest.mark.parametrize("condition", OURS)
def test_each_condition_of_the_catalogue_comes_back_or_is_deeper_than_one_level(condition: Condition) -> None:
    said = sentence_of(condition)
    if is_flat(condition):
        assert said is not None
        assert condition_of(said) == condition
    else:
        assert said is None


def test_nearly_all_of_the_catalogue_can_be_changed_as_a_sentence() -> None:
    deep = [param.values[0] for param in OURS if sentence_of(param.values[0]) is None]  # type: ignore[arg-type]
    assert len(deep) * 100 <= len(OURS), deep


@pytest.mark.parametrize(
    ("condition", "flat"),
    [
        (Not(Not(MARRIED)), MARRIED),
        (All((All((MARRIED, OTHER)), Not(OTHER))), All((MARRIED, OTHER, Not(OTHER)))),
        (AnyOf((MARRIED,)), MARRIED),
        (All((Always(), MARRIED)), MARRIED),
        (All(()), Always()),
    ],
)
def test_a_bracket_that_says_nothing_is_left_out(condition: Condition, flat: Condition) -> None:
    said = sentence_of(condition)
    assert said is not None
    assert condition_of(said) == flat


@pytest.mark.parametrize(
    "condition",
    [
        AnyOf((MARRIED, All((OTHER, MARRIED)))), All((MARRIED, AnyOf((OTHER, MARRIED)))), Not(All((MARRIED, OTHER))),
        AnyOf(()), Not(Always()), AnyOf((Always(), MARRIED)), Not(AnyOf((MARRIED, All((OTHER, MARRIED))))),
    ],
)  # fmt: skip
def test_what_is_deeper_is_no_sentence(condition: Condition) -> None:
    assert sentence_of(condition) is None


def test_a_sentence_reads_as_people_say_it(make: Make) -> None:
    item = an_item(make)
    said = All((Answered("marital", ("married", "divorced")), Not(OTHER)))
    assert in_words(item, said) == "当〔marital〕是〔married键〕或〔divorced键〕且〔who〕不是〔other键〕"
    assert in_words(item, AnyOf((MARRIED, OTHER))) == "当〔marital〕是〔married键〕或者〔who〕是〔other键〕"
    assert in_words(item, Always()) == ALWAYS
    deep = in_words(item, AnyOf((MARRIED, All((OTHER, MARRIED)))))
    assert deep == "当marital是married或者who是other且marital是married"


def test_a_question_that_the_item_does_not_ask_is_shown_by_its_code(make: Make) -> None:
    said = sentence_of(Answered("gone", ("a",)))
    assert said is not None
    assert [(word.kind, word.words) for word in words(make.item(), said)] == [
        (Kind.QUESTION, "gone"), (Kind.IS, "是"), (Kind.ANSWER, "a"),
    ]  # fmt: skip
    assert in_words(make.item(), Answered("who", ("nobody",))) == "当〔who〕是〔nobody〕"


def test_each_word_says_what_it_is_and_to_which_claim_it_belongs(make: Make) -> None:
    said = sentence_of(All((Answered("marital", ("married", "divorced")), Not(OTHER))))
    assert said is not None
    assert list(words(an_item(make), said)) == [
        Word(Kind.QUESTION, "marital", 0), Word(Kind.IS, "是", 0), Word(Kind.ANSWER, "married键", 0, "married"),
        Word(Kind.PLAIN, "或", 0), Word(Kind.ANSWER, "divorced键", 0, "divorced"), Word(Kind.JOINT, "且", 1),
        Word(Kind.QUESTION, "who", 1), Word(Kind.IS, "不是", 1), Word(Kind.ANSWER, "other键", 1, "other"),
    ]  # fmt: skip


def test_the_topic_of_a_question_stands_for_it(make: Make) -> None:
    asked = make.question("who", "self", "other")
    item = make.item(questions=(replace(asked, question=replace(asked.question, topic="办理人")),))
    assert in_words(item, OTHER) == "当〔办理人〕是〔other键〕"


def test_one_claim_of_three_is_changed_or_goes_and_the_others_stay(make: Make) -> None:
    item, three = an_item(make), sentence([Claim(question, codes[:1]) for question, codes in CODES.items()], Joined.ANY)
    first, middle, last = three.claims
    assert without_claim(three, 1) == ConditionSentence((first, last), Joined.ANY)
    assert turned(three, 1).claims == (first, replace(middle, negated=True), last)
    assert answered(item, three, 2, ("no",)).claims == (first, middle, Claim("lease", ("no",)))


def test_what_cannot_be_said_is_refused_in_a_sentence(make: Make) -> None:
    item, said = an_item(make), ConditionSentence((Claim("who", ("self",)),))
    refusals: list[tuple[Any, ...]] = [
        (lambda: with_claim(make.item(questions=()), ConditionSentence(), Joined.ALL), "no-question", "本事项没有问情形，条件无从写起。", "请先在“情形”里加一个问题。"),
        (lambda: asking(item, said, 0, "gone"), "unknown-question", "本事项不问“gone”。", "请先在“情形”里加上这个问题。"),
        (lambda: answered(item, said, 0, ("x", "y")), "unknown-answer", "这个问题没有“x”这个回答。", "请从列出的回答里选。"),
        (lambda: answered(item, said, 0, ()), "answer-missing", "一个回答也没有选。", "请至少选一个回答；不要这一段的，按“去掉”。"),
    ]  # fmt: skip
    for act, *expected in refusals:
        with pytest.raises(Refusal) as refused:
            act()
        assert [refused.value.code, refused.value.sentence, refused.value.remedy] == expected


def test_a_claim_more_asks_what_the_sentence_does_not_name_yet(make: Make) -> None:
    item = an_item(make)
    said = with_claim(item, ConditionSentence(), Joined.ANY)
    assert said == ConditionSentence((Claim("who", ("self",)),), Joined.ALL)
    said = with_claim(item, said, Joined.ANY)
    assert said == ConditionSentence((Claim("who", ("self",)), Claim("marital", ("married",))), Joined.ANY)
    three = with_claim(item, with_claim(item, said, Joined.ANY), Joined.ANY)
    assert [claim.question for claim in three.claims] == ["who", "marital", "lease", "who"]


def test_and_and_or_are_not_mixed_in_one_sentence(make: Make) -> None:
    both = ConditionSentence((Claim("who", ("self",)), Claim("marital", ("married",))), Joined.ALL)
    with pytest.raises(Refusal) as refused:
        with_claim(an_item(make), both, Joined.ANY)
    assert refused.value.code == "condition-too-deep"
    assert "都用“且”，或者先把它改成“或者”" in refused.value.remedy


def test_an_item_without_questions_has_no_conditions(make: Make) -> None:
    with pytest.raises(Refusal) as refused:
        with_claim(make.item(questions=()), ConditionSentence(), Joined.ALL)
    assert refused.value.code == "no-question"


def test_each_word_of_a_sentence_can_be_changed(make: Make) -> None:
    item = an_item(make)
    both = ConditionSentence((Claim("who", ("self",)), Claim("marital", ("married",))), Joined.ALL)
    assert turned(both, 0).claims[0] == Claim("who", ("self",), negated=True)
    assert turned(turned(both, 0), 0) == both
    assert joined_otherwise(both).joined is Joined.ANY
    assert joined_otherwise(joined_otherwise(both)) == both
    assert without_claim(joined_otherwise(both), 0) == ConditionSentence((Claim("marital", ("married",)),), Joined.ALL)
    assert asking(item, turned(both, 1), 1, "lease").claims[1] == Claim("lease", ("yes",), negated=True)
    assert asking(item, both, 1, "marital") is both
    assert answered(item, both, 0, ("other", "self")).claims[0].values == ("self", "other")


@pytest.mark.parametrize(
    ("codes", "code"), [((), "answer-missing"), (("nobody",), "unknown-answer"), (("self", "x"), "unknown-answer")]
)
def test_answers_are_those_that_the_question_offers(make: Make, codes: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        answered(an_item(make), ConditionSentence((Claim("who", ("self",)),)), 0, codes)
    assert refused.value.code == code


def test_what_is_not_asked_cannot_be_named(make: Make) -> None:
    with pytest.raises(Refusal) as refused:
        asking(an_item(make), ConditionSentence((Claim("who", ("self",)),)), 0, "gone")
    assert refused.value.code == "unknown-question"
    with pytest.raises(Refusal) as refused:
        answered(an_item(make), ConditionSentence((Claim("gone", ("self",)),)), 0, ("self",))
    assert refused.value.code == "unknown-answer"
