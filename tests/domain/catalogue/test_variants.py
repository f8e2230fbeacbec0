"""The variants of a material, and the uses of a document: each told where it is needed, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.assessment.checklist import Checklist, build_checklist
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import Answered, AnyOf, Not
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.variants import needs


@pytest.fixture
def couple(make: Any) -> Any:
    """The spouse may come as agent, and may be asked for papers of their own: one identity card either way."""
    questions = (make.question("who", "self", "spouse", "other"), make.question("both", "yes", "no"))
    both, spouse, other = Answered("both", ("yes",)), Answered("who", ("spouse",)), Answered("who", ("other",))
    materials = (
        make.rule("id-card", submit=Submit.SHOW),
        make.rule("agent-card", spouse, submit=Submit.SHOW, covers=("spouse-card",)),
        make.rule("agent-card", other, submit=Submit.SHOW),
        make.rule("spouse-card", both, submit=Submit.SHOW, requirement="在有效期内"),
        make.rule("register", other, one_of=("deed",)),
        make.rule("deed", both),
    )
    return make.item(questions=questions, materials=materials)


def of(couple: Any, *received: str, defects: Any = None, **answers: str) -> Checklist:
    return build_checklist(Situation.of(couple, answers), frozenset(received), defects)


def test_one_document_is_one_line_that_says_what_else_it_serves_for(couple: Any) -> None:
    made = of(couple, who="spouse", both="yes")
    assert [line.material.id for line in made.required] == ["id-card", "spouse-card", "deed"]
    line = made.required[1]
    assert (line.ids, line.also) == (("spouse-card", "agent-card"), "兼作材料agent-card")
    assert line.requirement == "在有效期内；兼作材料agent-card"
    assert (made.required[0].also, made.required[0].requirement) == ("", "签名")
    assert made.group_of()["agent-card"] == "required"


@pytest.mark.parametrize("handed_in", ["spouse-card", "agent-card"])
def test_receiving_a_document_counts_for_all_that_it_is(couple: Any, handed_in: str) -> None:
    made = of(couple, "id-card", "deed", handed_in, who="spouse", both="yes")
    assert made.complete
    assert [line.material.id for line in of(couple, handed_in, who="spouse", both="yes").missing] == ["id-card", "deed"]
    spoilt = of(couple, "id-card", "deed", handed_in, defects={handed_in: "过期"}, who="spouse", both="yes")
    assert [(line.material.id, line.defect) for line in spoilt.missing] == [("spouse-card", "过期")]


def test_another_persons_document_stands_on_its_own_line(couple: Any) -> None:
    made = of(couple, who="other", both="yes")
    assert [line.ids for line in made.required] == [
        ("id-card",), ("agent-card",), ("spouse-card",), ("register",), ("deed",),
    ]  # fmt: skip


def test_what_is_there_already_is_not_needed_besides(couple: Any) -> None:
    """Whoever the agent turns out to be: the spouse's card is there; another agent brings one of their own."""
    agent_open = of(couple, both="yes")
    assert [(line.material.id, line.if_phrase) for line in agent_open.maybe] == [
        ("agent-card", "who是other"), ("register", "who是other"),
    ]  # fmt: skip
    assert agent_open.required[1].ids == ("spouse-card", "agent-card")
    assert agent_open.required[1].also == "", "it may serve, nobody knows yet"
    spouse_open = of(couple, "spouse-card", who="spouse")
    assert [line.ids for line in spouse_open.required] == [("id-card",), ("agent-card", "spouse-card")]
    assert [line.received for line in spouse_open.required] == [False, True]
    assert [line.material.id for line in spouse_open.maybe] == ["deed"]
    assert spouse_open.group_of() == {
        "id-card": "required", "agent-card": "required", "spouse-card": "required", "deed": "maybe",
        "register": "not_required",
    }  # fmt: skip


def test_what_is_told_wherever_it_is_needed_is_told_once(couple: Any, make: Any) -> None:
    """The married show the spouse's card; so does, of whatever state, whose spouse is the agent: the agent's is the same."""
    either = AnyOf((Answered("both", ("yes",)), Answered("who", ("spouse",))))
    changed_ = [make.rule("spouse-card", either, submit=Submit.SHOW) if r.material.id == "spouse-card" else r
                for r in couple.materials]  # fmt: skip
    made = of(replace(couple, materials=tuple(changed_)))
    maybe = {line.material.id: line for line in made.maybe}
    assert maybe["agent-card"].if_phrase == "who是other"
    assert [material.id for material in maybe["spouse-card"].may_serve] == ["agent-card"]
    assert maybe["agent-card"].may_serve == ()
    assert made.wrongly_brought == {}


def test_with_all_open_the_agents_card_is_one_line(couple: Any) -> None:
    maybe = [(line.material.id, line.if_phrase) for line in of(couple).maybe]
    assert ("agent-card", "who是spouse或who是other") in maybe
    assert ("spouse-card", "both是yes") in maybe


def test_rules_of_one_text_keep_together_what_each_of_them_is(make: Any) -> None:
    """Whichever rule stands first: nothing that one of them is or accepts is called needless."""
    spouse, other = Answered("who", ("spouse",)), Answered("who", ("other",))
    rules = (
        make.rule("card", other, one_of=("register",)), make.rule("card", spouse, covers=("deed",)),
        make.rule("letter", spouse), make.rule("deed", Not(AnyOf((spouse, other)))),
    )  # fmt: skip
    item = make.item(questions=(make.question("who", "self", "spouse", "other"),), materials=rules)
    card, letter, _ = needs(item, item.settle({})).open
    assert (card.material.covers, card.material.one_of) == (("deed",), ("register",))
    assert (card.still, letter.still) == (AnyOf((other, spouse)), spouse)


def test_what_another_line_is_or_may_be_is_never_called_needless(couple: Any) -> None:
    assert of(couple, who="self", both="no").wrongly_brought == {"both是no": ["材料spouse-card", "材料deed"]}
    assert of(couple, who="spouse", both="no").wrongly_brought == {"both是no": ["材料deed"]}
    assert of(couple, who="other", both="no").wrongly_brought == {"both是no": ["材料spouse-card"]}
    assert of(couple, both="no").wrongly_brought == {}
