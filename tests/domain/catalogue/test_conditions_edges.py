"""What is left open of a condition, and which answers settled it, down to the part: no more and no less is said."""

from __future__ import annotations

from itertools import product

import pytest

from counter_assistant.domain.catalogue.conditions import (
    NOT_ASKED,
    All,
    Always,
    Answered,
    AnyOf,
    Condition,
    Not,
    leaves,
    questions_in,
    residual,
    settling,
    truth,
)

P, Q, R = Answered("p", ("x",)), Answered("q", ("x",)), Answered("r", ("x", "z"))


@pytest.mark.parametrize(
    ("condition", "answers", "still"),
    [
        (P, {}, P),
        (Not(P), {}, Not(P)),
        (All((P, Q)), {"p": "x"}, Q),
        (AnyOf((P, Q)), {"p": "y"}, Q),
        (All((P, Q, R)), {"p": "x"}, All((Q, R))),
        (AnyOf((P, Q, R)), {"p": "y"}, AnyOf((Q, R))),
        (Not(All((P, Q))), {"p": "x"}, Not(Q)),
        (Not(AnyOf((P, Q, R))), {"q": "y"}, Not(AnyOf((P, R)))),
        (All((P, AnyOf((Q, R)))), {"p": "x", "q": "y"}, R),
        (AnyOf((All((P, Q)), All((Q, R)))), {"q": "x"}, AnyOf((P, R))),
        (All((P, Always(), Q, R)), {"r": "z"}, All((P, Q))),
        (AnyOf((P, Q)), {"p": NOT_ASKED}, Q),
    ],
)
def test_the_residual_is_what_the_answers_left_and_nothing_else(
    condition: Condition, answers: dict[str, str], still: Condition
) -> None:
    assert truth(condition, answers) is None
    assert residual(condition, answers) == still


@pytest.mark.parametrize(
    ("condition", "answers", "verdict", "because"),
    [
        (P, {"p": "x"}, True, ["p"]),
        (P, {"p": NOT_ASKED}, False, ["p"]),
        (Not(P), {"p": "x"}, False, ["p"]),
        (AnyOf((P, Q, R)), {"p": "x", "q": "x", "r": "x"}, True, ["p"]),
        (AnyOf((P, Q, R)), {"q": "x", "r": "x"}, True, ["q"]),
        (AnyOf((P, Q, R)), {"p": "y", "q": "y", "r": "y"}, False, ["p", "q", "r"]),
        (All((P, Q, R)), {"p": "y", "q": "y", "r": "y"}, False, ["p"]),
        (All((P, Q, R)), {"q": "y", "r": "y"}, False, ["q"]),
        (All((P, Q, R)), {"p": "x", "q": "x", "r": "z"}, True, ["p", "q", "r"]),
        (Not(All((P, Q))), {"p": "y", "q": "y"}, True, ["p"]),
        (All((AnyOf((P, Q)), AnyOf((Q, P)), R)), {"p": "x", "q": "x", "r": "x"}, True, ["p", "q", "r"]),
        (All((P, Not(P), Q)), {"p": "y"}, False, ["p"]),
        (All((P, P)), {"p": "x"}, True, ["p"]),
        (AnyOf((Always(), P)), {"p": "x"}, True, []),
        (All(()), {}, True, []),
        (AnyOf(()), {}, False, []),
    ],
)
def test_one_decisive_part_is_reason_enough_and_all_are_named_where_all_were_needed(
    condition: Condition, answers: dict[str, str], verdict: bool, because: list[str]
) -> None:
    assert truth(condition, answers) is verdict
    assert settling(condition, answers) == because


def test_truth_is_that_of_two_valued_logic_once_everything_is_answered() -> None:
    """An oracle of its own: the same condition in Python's own words, for every way to answer."""
    condition = AnyOf((All((P, Not(Q))), All((Q, R)), Not(AnyOf((P, R)))))
    for p, q, r in product("xyz", repeat=3):
        said = truth(condition, {"p": p, "q": q, "r": r})
        assert said is ((p == "x" and q != "x") or (q == "x" and r in "xz") or not (p == "x" or r in "xz"))


def test_leaves_and_questions_are_found_under_every_kind() -> None:
    condition = All((Not(AnyOf((P, Always(), R))), Q, Not(Not(P))))
    assert leaves(condition) == [P, R, Q, P]
    assert questions_in(condition) == {"p", "q", "r"}
    assert (leaves(Always()), questions_in(Always())) == ([], frozenset())
    assert (leaves(AnyOf(())), questions_in(All(()))) == ([], frozenset())


def test_the_answer_of_a_question_that_does_not_arise_is_no_code_of_an_option() -> None:
    assert NOT_ASKED.startswith("\0"), "a TOML file cannot hold this character, so no catalogue can offer it"
    assert truth(Answered("p", ("not-asked",)), {"p": NOT_ASKED}) is False
