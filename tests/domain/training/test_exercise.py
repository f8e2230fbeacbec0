"""A situation to practise: what is right, and each thing that was missing, superfluous or wrong in a sentence of its own."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.catalogue.items import Catalogue, Handling
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.training.exercise import IN_A_RUN, Exercise, Handled, compare, run_of
from counter_assistant.operations.program import program
from tests.domain.conftest import Make

NO = frozenset[str]()
BY_AGENT = TypicalVisit(
    "T01",
    "代办",
    {"who": "other"},
    ("id-card", "letter"),
    never=("single-certificate",),
    handling=Handling.DIRECT,
    paper="none",
)


@pytest.fixture
def catalogue(make: Make) -> Catalogue:
    return make.catalogue(make.item())


@pytest.fixture
def exercise(catalogue: Catalogue) -> Exercise:
    (text,) = catalogue.items["T01"]
    return Exercise(BY_AGENT, text, ("id-card", "letter"))


def as_right(exercise: Exercise) -> Handled:
    outcome, visit = exercise.expected, exercise.visit
    brought = frozenset(exercise.brought)
    return Handled(visit.item, exercise.text.name, visit.purpose, visit.answers, brought, outcome.kind, outcome.clause)


def remarks(exercise: Exercise, catalogue: Catalogue, **changes: object) -> tuple[str, ...]:
    return compare(exercise, replace(as_right(exercise), **changes), catalogue, NO)  # type: ignore[arg-type]


def test_what_is_right_needs_no_word(exercise: Exercise, catalogue: Catalogue) -> None:
    assert remarks(exercise, catalogue) == ()
    assert (exercise.expected.kind, exercise.expected.clause) == (None, "一(七)1")
    assert exercise.situation == "who：other键"
    assert exercise.things == ("材料id-card", "材料letter")


def test_another_item_is_all_that_is_said(exercise: Exercise, catalogue: Catalogue) -> None:
    said = remarks(exercise, catalogue, item="T02", item_name="另一项", answers={}, received=NO)
    assert said == ("错了事项：应办“某项提取”，办的是“另一项”。",)
    assert remarks(exercise, catalogue, item="", item_name="") == ("错了事项：应办“某项提取”，办的是“别的事”。",)


def test_who_applies_is_no_inquirer(exercise: Exercise, catalogue: Catalogue) -> None:
    said = remarks(exercise, catalogue, purpose=Purpose.INQUIRE, kind=SlipKind.NOTIFICATION_SLIP, clause="一(五)1")
    assert said == (
        "错了：对方是来申请的，按咨询办了。",
        "错了文书：应当当场办结、不出文书，出一次性告知单了。直接办理事项，材料齐全，当场办结（守则 一(七)1）。",
    )


def test_a_wrong_answer_and_what_is_told_for_it(exercise: Exercise, catalogue: Catalogue) -> None:
    said = remarks(exercise, catalogue, answers={"who": "self"})
    assert said == ("错答了“who”：对方是“other键”，选的是“self键”。", "告知的材料少了材料letter。")


def test_a_question_that_was_not_asked(exercise: Exercise, catalogue: Catalogue) -> None:
    said = remarks(exercise, catalogue, answers={})
    assert said == ("少问了“who”：对方是“other键”。", "告知的材料必须要的成了可能要：材料letter。")


def test_an_answer_that_nobody_gave(exercise: Exercise, catalogue: Catalogue) -> None:
    open_ = replace(BY_AGENT, answers={}, required=("id-card",), maybe=("letter",), paper="notification_slip")
    unknown = replace(exercise, visit=open_, brought=("id-card",))
    assert unknown.expected.kind is SlipKind.NOTIFICATION_SLIP
    assert unknown.situation == ""
    said = remarks(unknown, catalogue, answers={"who": "other"})
    assert said == ("多答了“who”：对方没有说，应当答不确定。", "告知的材料可能要的成了必须要：材料letter。")


def test_a_question_that_does_not_arise_is_no_matter(make: Make) -> None:
    lease = make.question("lease", "public", when=make.rule("x").when)
    item = make.item(questions=(make.question("who", "self", "other"), lease))
    other = make.catalogue(item)
    visit = replace(BY_AGENT, answers={"who": "other", "lease": "public"})
    said = remarks(Exercise(visit, item, ("id-card", "letter")), other, answers={"who": "other"})
    assert said == ("少问了“lease”：对方是“public键”。",)


def test_what_was_brought_is_ticked_and_nothing_else(exercise: Exercise, catalogue: Catalogue) -> None:
    lacking = replace(exercise, brought=("id-card",), missing=("letter",), besides=("single-certificate",))
    assert (lacking.expected.kind, lacking.expected.clause) == (SlipKind.NOTIFICATION_SLIP, "一(七)1")
    assert lacking.things == ("材料id-card", "某证明")
    assert remarks(lacking, catalogue) == ()
    assert remarks(lacking, catalogue, received=NO) == ("少收了材料id-card：对方带来了，没有勾。",)
    said = remarks(lacking, catalogue, received=frozenset(("id-card", "letter")), kind=None)
    assert said == (
        "多收了材料letter：对方没有带，勾上了。",
        "错了文书：应当出一次性告知单，当场办结、不出文书了。直接办理事项，申请材料不全（守则 一(七)1）。",
    )


def test_the_right_paper_by_another_clause(exercise: Exercise, catalogue: Catalogue) -> None:
    assert remarks(exercise, catalogue, clause="一(五)1") == ("错了依据：应当是守则 一(七)1，用的是 一(五)1。",)


def test_who_only_asks_hands_nothing_in(exercise: Exercise, catalogue: Catalogue) -> None:
    asks = replace(exercise, visit=replace(BY_AGENT, purpose=Purpose.INQUIRE, paper="notification_slip"), brought=())
    assert asks.expected.kind is SlipKind.NOTIFICATION_SLIP
    assert remarks(asks, catalogue, received=frozenset(("id-card",))) == ()


def test_a_return_is_what_is_right_where_the_visit_says_so(exercise: Exercise) -> None:
    returned = replace(exercise, visit=replace(BY_AGENT, paper="return_notice"))
    assert (returned.expected.kind, returned.expected.clause) == (SlipKind.RETURN_NOTICE, "一(七)5")
    unsaid = replace(exercise, visit=replace(BY_AGENT, handling=None))
    assert unsaid.expected.clause == "一(七)1"


def test_ten_situations_come_by_rising_difficulty(make: Make) -> None:
    run = run_of(program().visits, program().catalogue, NO, Random(3))
    assert len(run) == IN_A_RUN
    sizes = [len(one.visit.answers) + len(one.visit.required) for one in run]
    rare = {"return_notice"}
    usual = [size for size, one in zip(sizes, run, strict=True) if one.visit.paper not in rare and not one.visit.maybe]
    assert usual == sorted(usual)
    assert [bool(one.missing) for one in run[:4]] == [False] * 4
    assert run_of(program().visits, program().catalogue, NO, Random(3)) == run
    assert run_of(program().visits, program().catalogue, NO, Random(4)) != run


@pytest.mark.parametrize("seed", range(20))
def test_of_every_run_what_is_right_has_no_remark_and_nobody_brings_what_is_looked_up(seed: int) -> None:
    catalogue, shared = program().catalogue, frozenset(("marriage-certificate",))
    for place, one in enumerate(run_of(program().visits, catalogue, shared, Random(seed))):
        assert compare(one, as_right(one), catalogue, shared) == ()
        assert not set(one.brought) & {*one.missing, *one.besides, *shared}
        assert set(one.brought) | set(one.missing) <= set(one.visit.required)
        assert set(one.besides) <= set(one.visit.never)
        assert len(one.missing) <= (0 if place < 4 else 1 if place < 7 else 2)
        filled_in = {rule.material.id for rule in one.text.materials if rule.material.submit is Submit.AT_COUNTER}
        assert not filled_in & {*one.brought, *one.missing}


def test_two_lack_later_and_one_thing_too_much_lies_there() -> None:
    seen = [run_of(program().visits, program().catalogue, NO, Random(seed)) for seed in range(30)]
    most = [max(len(run[place].missing) for run in seen) for place in range(IN_A_RUN)]
    assert most == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert all(run[0].visit.paper != "return_notice" for run in seen), "a return is no first lesson"
    assert {len(one.besides) for run in seen for one in run[4:]} == {0, 1}


def test_a_visit_that_is_told_otherwise_or_of_a_day_is_left_out(make: Make, catalogue: Catalogue) -> None:
    wrong = replace(BY_AGENT, name="不对的", required=("id-card",))
    dated = replace(BY_AGENT, name="某天的", day=make.item().effective_from)
    (only,) = run_of([wrong, BY_AGENT, dated], catalogue, NO, Random(1))
    assert only.visit == BY_AGENT
    assert run_of([wrong], catalogue, NO, Random(1)) == ()
