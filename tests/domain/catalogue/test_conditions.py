"""Kleene's strong three-valued logic: unknown stays unknown unless the known answers settle the matter."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_assistant.domain.catalogue.conditions import (
    NOT_ASKED,
    All,
    Always,
    Answered,
    AnyOf,
    Condition,
    Not,
    all_of,
    any_of,
    implies,
    leaves,
    questions_in,
    residual,
    settling,
    truth,
)

QUESTIONS, CODES = ("p", "q", "r"), ("x", "y", "z")
ORDER = {False: 0, None: 1, True: 2}
BY_ORDER = {number: verdict for verdict, number in ORDER.items()}
VERDICTS = (False, None, True)
ANSWERS = {True: "x", False: "y", None: None}


def conditions() -> st.SearchStrategy[Condition]:
    leaf = st.builds(Answered, st.sampled_from(QUESTIONS), st.lists(st.sampled_from(CODES), max_size=3).map(tuple))
    parts = st.deferred(lambda: st.lists(tree, max_size=3).map(tuple))
    tree = st.deferred(
        lambda: st.one_of(
            st.just(Always()), leaf, leaf, st.builds(Not, tree), st.builds(All, parts), st.builds(AnyOf, parts)
        )
    )
    return tree


def partial_answers() -> st.SearchStrategy[dict[str, str | None]]:
    return st.fixed_dictionaries({question: st.sampled_from((*CODES, None, NOT_ASKED)) for question in QUESTIONS})


def open_cases() -> st.SearchStrategy[tuple[Condition, dict[str, str | None]]]:
    """A condition with answers that leave it open, because it hangs on `p` too."""
    return st.builds(
        lambda condition, answers: leave_open(condition, {**answers, "p": None}), conditions(), partial_answers()
    )


def leave_open(condition: Condition, answers: dict[str, str | None]) -> tuple[Condition, dict[str, str | None]]:
    verdict, hinge = truth(condition, answers), Answered("p", ("x", "y"))
    if verdict is None:
        return condition, answers
    return (All if verdict else AnyOf)((condition, hinge)), answers


def completions(answers: dict[str, str | None]) -> list[dict[str, str | None]]:
    """Every way to answer what is still open."""
    possible = [CODES if answers[question] is None else (answers[question],) for question in QUESTIONS]
    return [dict(zip(QUESTIONS, chosen, strict=True)) for chosen in product(*possible)]


@pytest.mark.parametrize("left", VERDICTS)
@pytest.mark.parametrize("right", VERDICTS)
def test_the_truth_tables_are_minimum_maximum_and_mirror(left: bool | None, right: bool | None) -> None:
    answers = {"p": ANSWERS[left], "q": ANSWERS[right]}
    p, q = Answered("p", ("x",)), Answered("q", ("x",))
    smaller, larger = sorted((ORDER[left], ORDER[right]))
    assert all_of([left, right]) is truth(All((p, q)), answers) is BY_ORDER[smaller]
    assert any_of([left, right]) is truth(AnyOf((p, q)), answers) is BY_ORDER[larger]
    assert truth(Not(p), answers) is BY_ORDER[2 - ORDER[left]]


def test_a_conjunction_of_nothing_holds_and_a_disjunction_of_nothing_does_not() -> None:
    assert (truth(All(()), {}), truth(AnyOf(()), {}), truth(Always(), {})) == (True, False, True)


def test_a_question_that_does_not_arise_is_answered_with_none_of_the_values() -> None:
    asked = Answered("spouse", ("yes",))
    assert truth(asked, {"spouse": NOT_ASKED}) is False
    assert truth(Not(asked), {"spouse": NOT_ASKED}) is True


@given(conditions(), partial_answers())
def test_what_is_settled_stays_settled_however_the_rest_is_answered(
    condition: Condition, answers: dict[str, str | None]
) -> None:
    verdict = truth(condition, answers)
    later = {truth(condition, completed) for completed in completions(answers)}
    assert None not in later
    assert verdict is None or later == {verdict}


@given(open_cases())
def test_the_residual_of_an_open_condition_decides_it(case: tuple[Condition, dict[str, str | None]]) -> None:
    condition, answers = case
    still = residual(condition, answers)
    for completed in completions(answers):
        assert truth(still, completed) is truth(condition, completed)


@given(open_cases())
def test_the_residual_names_only_questions_that_are_open(case: tuple[Condition, dict[str, str | None]]) -> None:
    condition, answers = case
    assert {answers[question] for question in questions_in(residual(condition, answers))} == {None}


@given(conditions(), partial_answers())
def test_the_settling_questions_alone_settle_a_condition(condition: Condition, answers: dict[str, str | None]) -> None:
    verdict = truth(condition, answers)
    assume(verdict is not None)
    reasons = settling(condition, answers)
    assert len(set(reasons)) == len(reasons)
    assert truth(condition, {question: answers[question] for question in reasons}) is verdict


@given(conditions())
def test_the_leaves_look_at_the_questions_of_the_condition(condition: Condition) -> None:
    assert {leaf.question for leaf in leaves(condition)} == questions_in(condition)


def test_leaves_keep_the_order_and_one_suffices_as_a_reason() -> None:
    p, q = Answered("p", ("x",)), Answered("q", ("x",))
    assert leaves(All((q, Not(p), AnyOf((Always(), q))))) == [q, p, q]
    assert settling(AnyOf((p, q)), {"p": "y", "q": "x"}) == ["q"]
    assert settling(All((p, q)), {"p": "x", "q": "x"}) == ["p", "q"]
    assert settling(Always(), {}) == []


@given(conditions(), conditions())
def test_what_is_implied_holds_wherever_the_condition_does(condition: Condition, other: Condition) -> None:
    if implies(condition, other):
        for answers in completions(dict.fromkeys(QUESTIONS)):
            assert not truth(condition, answers) or truth(other, answers)


P, PY, Q = Answered("p", ("x",)), Answered("p", ("x", "y")), Answered("q", ("x",))


@pytest.mark.parametrize(
    ("condition", "other", "follows"),
    [
        (P, P, True),
        (P, PY, True),
        (PY, P, False),
        (PY, Answered("p", ("y", "x")), True),
        (P, Answered("q", ("x",)), False),
        (P, Always(), True),
        (Always(), P, False),
        (Not(P), Not(P), True),
        (Not(P), Q, False),
        (P, AnyOf((Q, PY)), True),
        (P, AnyOf((Q,)), False),
        (AnyOf((P, Q)), AnyOf((Q, PY)), True),
        (AnyOf((P, Q)), PY, False),
        (P, All((P, PY)), True),
        (P, All((P, Q)), False),
        (All((Q, P)), PY, True),
        (All((Q, PY)), P, False),
        (All((P, Q)), AnyOf((Always(), Q)), True),
        (All((Q,)), AnyOf((P, All((Q,)))), True),
    ],
)
def test_what_shapes_show(condition: Condition, other: Condition, follows: bool) -> None:
    assert implies(condition, other) is follows
