"""An item: which text holds, which questions arise, how it is handled, and which law carries it on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Always, Answered
from counter_assistant.domain.catalogue.items import Handling, Note, asked_elsewhere
from counter_assistant.domain.catalogue.limits import SAME_DAY, own_limit
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef

RULES = "住房公积金管理条例"
OLD, NEW = date(2026, 9, 19), date(2026, 9, 20)


@pytest.mark.parametrize(
    ("kind", "expected"), [("statute", False), ("code", False), ("guide", True), ("assumption", True)]
)
def test_what_neither_law_nor_code_carries_is_to_be_confirmed(kind: str, expected: bool) -> None:
    assert Source(kind).to_confirm is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("statute", True), ("code", True), ("centre", True), ("guide", False), ("assumption", False), ("hearsay", False)],
)
def test_only_law_code_and_centre_can_carry_a_refusal(make: Any, kind: str, expected: bool) -> None:
    assert make.condition("c", source=Source(kind)).refuses is expected


@pytest.mark.parametrize(("answer", "expected"), [("other", True), ("self", False), (None, False)])
def test_a_condition_is_broken_only_by_an_answer_that_is_certain(make: Any, answer: str | None, expected: bool) -> None:
    assert make.condition("c", Answered("who", ("other",))).is_broken({"who": answer}) is expected
    assert not make.condition("c").is_broken({"who": answer})


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"copies": 2}, "原件1 复印件2"),
        ({"originals": 0, "copies": 1}, "复印件1"),
        ({"originals": 0}, "—"),
        ({"submit": Submit.EXEMPT}, "—"),
    ],
)
def test_the_counts_say_what_is_brought(make: Any, changes: dict[str, Any], counts: str) -> None:
    assert make.material("deed", **changes).counts == counts


def test_what_belongs_elsewhere_is_an_item_that_asks_for_nothing(make: Any) -> None:
    asked = asked_elsewhere("补办身份证", NEW)
    assert (asked.id, asked.name, asked.ours, make.item().ours) == ("", "补办身份证", False, True)
    assert asked.valid_on(NEW)
    assert asked.valid_on(date(2036, 1, 1))
    assert not asked.valid_on(OLD)
    assert asked.checked == NEW
    assert asked.settle({"who": "self"}) == {}
    assert asked.handling_for({}) is Handling.DIRECT
    assert asked.promised_for(Handling.DIRECT) is SAME_DAY
    assert make.catalogue(make.item()).basis_on(asked, NEW) == ()
    assert make.catalogue(make.item()).statutory_on(asked, NEW) == ()
    texts = (asked.department, asked.basis_note, asked.procedure, asked.flow, asked.standard, asked.remedy,
             asked.redress, asked.refusal)  # fmt: skip
    lists = (asked.also_called, asked.conditions, asked.notes, asked.materials, asked.never_ask, asked.steps)
    assert set(texts) == {""}
    assert set(lists) == {()}
    assert asked.approval is None


def test_the_text_is_chosen_by_the_day_of_acceptance(make: Any) -> None:
    old = make.item(effective_from=date(2019, 3, 24), effective_to=OLD, name="旧文本")
    catalogue = make.catalogue(old, make.item(name="新文本"))
    days = [date(2019, 3, 23), date(2019, 3, 24), OLD, NEW, date(2036, 1, 1)]
    found = [catalogue.item("T01", day) for day in days]
    assert [text.name if text else None for text in found] == [None, "旧文本", "旧文本", "新文本", "新文本"]
    assert catalogue.item("Z99", NEW) is None


def test_a_question_arises_only_where_its_condition_may_still_hold(make: Any) -> None:
    married = Answered("marital", ("married",))
    questions = (make.question("marital", "married", "single"), make.question("spouse", "yes", "no", when=married))
    item = make.item(questions=questions)
    assert item.settle({}) == {"marital": None, "spouse": None}
    assert item.settle({"marital": "married", "spouse": "no"}) == {"marital": "married", "spouse": "no"}
    assert item.settle({"marital": "single", "spouse": "no"}) == {"marital": "single", "spouse": NOT_ASKED}
    assert item.asked("spouse") == questions[1]
    assert item.asked("lease") is None
    assert questions[0].question.option("divorced") is None


@pytest.mark.parametrize(
    ("answers", "told"),
    [({"who": "self"}, ["for all"]), ({"who": "other"}, ["for all", "for others"]), ({}, ["for all", "for others"])],
)
def test_a_note_is_told_to_those_whom_it_may_concern(make: Any, answers: dict[str, str], told: list[str]) -> None:
    item = make.item(notes=(Note("for all", make.guide), Note("for others", make.guide, Answered("who", ("other",)))))
    assert [note.text for note in item.notes_for(item.settle(answers))] == told


@pytest.mark.parametrize(
    ("answer", "expected"), [("self", Handling.DIRECT), ("other", Handling.REFERRAL), (None, Handling.REFERRAL)]
)
def test_an_open_answer_never_makes_the_handling_lighter(make: Any, answer: str | None, expected: Handling) -> None:
    rows = ((Answered("who", ("other",)), Handling.REFERRAL), (Always(), Handling.DIRECT))
    assert make.item(handling=rows).handling_for({"who": answer}) is expected


def test_the_first_handling_that_holds_decides(make: Any) -> None:
    rows = ((Answered("who", ("other",)), Handling.DIRECT), (Always(), Handling.REFERRAL))
    assert make.item(handling=rows).handling_for({"who": "other"}) is Handling.DIRECT


def test_where_no_handling_is_certain_yet_the_strictest_possible_one_holds(make: Any) -> None:
    rows = ((Answered("who", ("other",)), Handling.PROMISE), (Answered("who", ("self",)), Handling.DIRECT))
    assert make.item(handling=rows).handling_for({"who": None}) is Handling.PROMISE


def test_basis_and_limit_are_those_in_force_on_the_day(make: Any) -> None:
    old, new = ArticleRef(RULES, 2019, 24, 1, 6), ArticleRef(RULES, 2026, 24, 1, 1)
    limits = (make.limit(5, source=make.law_2019), make.limit(3, source=make.law_2026))
    item, catalogue = make.item(basis=(old, new), statutory=limits), make.catalogue()
    assert [catalogue.basis_on(item, day) for day in (OLD, NEW)] == [(old,), (new,)]
    assert [[limit.n for limit in catalogue.statutory_on(item, day)] for day in (OLD, NEW)] == [[5], [3]]
    assert catalogue.statutory_on(make.item(statutory=limits[:1]), NEW) == ()


def test_a_limit_that_the_service_code_sets_holds_on_every_day(make: Any) -> None:
    limit = make.limit(3, source=make.code)
    assert make.catalogue().statutory_on(make.item(statutory=(limit,)), OLD) == (limit,)


def test_a_limit_of_another_situation_does_not_run(make: Any) -> None:
    limit = replace(make.limit(5), when=Answered("who", ("other",)))
    item, catalogue = make.item(statutory=(limit,)), make.catalogue()
    assert catalogue.statutory_on(item, NEW, {"who": "self"}) == ()
    assert catalogue.statutory_on(item, NEW, {"who": "other"}) == (limit,)
    assert catalogue.statutory_on(item, NEW, {"who": None}) == (limit,), "an open answer does not rule it out"


def test_this_centre_is_bound_by_its_own_step_from_the_window_on(make: Any) -> None:
    own, bank = make.limit(5, "day", "receipt"), replace(make.limit(5, "day", "receipt"), by="受委托银行")
    filing = make.limit(90, "day", "filing")
    assert own_limit((bank, filing, own)) == own
    assert own_limit((bank, filing)) is None


@pytest.mark.parametrize(
    ("promised", "statutory", "expected"),
    [
        ((1, "workday", "complete"), (3, "day", "acceptance"), False),
        ((2, "workday", "complete"), (3, "day", "acceptance"), True),
        ((3, "day", "complete"), (3, "day", "acceptance"), False),
        ((4, "day", "complete"), (3, "day", "acceptance"), True),
        ((5, "workday", "acceptance"), (5, "workday", "acceptance"), False),
        ((6, "workday", "acceptance"), (5, "workday", "acceptance"), True),
        ((4, "day", "acceptance"), (5, "workday", "acceptance"), False),
        ((6, "day", "acceptance"), (5, "workday", "acceptance"), True),
        ((1, "day", "complete"), (5, "day", "receipt"), True),
        ((1, "day", "receipt"), (5, "day", "receipt"), False),
    ],
)
def test_a_promise_that_can_outlast_the_statute(
    make: Any, promised: tuple[int, str, str], statutory: tuple[int, str, str], expected: bool
) -> None:
    assert make.limit(*promised).may_outlast(make.limit(*statutory)) is expected


def test_only_answers_that_a_text_asks_for_and_offers_are_known_to_it(make: Any) -> None:
    given = {"who": "self", "marital": "married"}
    assert make.item().known_answers(given) == {"who": "self"}
    assert make.item().known_answers({"who": "stranger"}) == {}
