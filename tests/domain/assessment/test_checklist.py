"""The checklist: each material in one group, with its reason, its state and what was handed in."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from counter_assistant.domain.assessment.checklist import build_checklist, changed, keeps, settling_all, state
from counter_assistant.domain.assessment.material_lines import MaterialState
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import All, Answered, AnyOf, Not
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.refusal import Refusal

OTHER, MARRIED, SPOUSE = Answered("who", ("other",)), Answered("marital", ("married",)), Answered("spouse", ("yes",))
SELF = Answered("who", ("self",))


@pytest.fixture
def item(make: Any) -> Any:
    """One material of every kind: always, conditional, two rules, hanging on a question that may not arise."""
    questions = (
        make.question("who", "self", "other"),
        make.question("marital", "married", "single"),
        make.question("spouse", "yes", "no", when=MARRIED),
    )
    materials = (
        make.rule("id-card", submit=Submit.SHOW),
        make.rule("letter", OTHER, keep_originals=1),
        make.rule("form", submit=Submit.AT_COUNTER, keep_originals=1),
        make.rule("record", submit=Submit.EXEMPT),
        make.rule("spouse-card", AnyOf((SPOUSE, All((OTHER, MARRIED))))),
        make.rule("deed", OTHER, copies=1, keep_copies=1),
        make.rule("deed", Not(OTHER), requirement="只看原件"),
    )
    return make.item(questions=questions, materials=materials)


def test_every_material_stands_in_exactly_one_group_in_every_situation(item: Any) -> None:
    ids = {rule.material.id for rule in item.materials}
    seen = 0
    for who, marital, spouse in product((None, "self", "other"), (None, "married", "single"), (None, "yes", "no")):
        given = {"who": who, "marital": marital, "spouse": None if marital == "single" else spouse}
        made = build_checklist(Situation.of(item, {q: a for q, a in given.items() if a}))
        groups = [{id_ for line in made.required for id_ in line.ids}, {line.material.id for line in made.maybe}]
        groups.append({line.id for line in made.not_required})
        assert set.union(*groups) == ids
        assert sum(map(len, groups)) == len(ids)
        assert [line.id for line in made.never_ask] == ["single-certificate"]
        seen += 1
    assert seen == 27


def test_an_open_answer_makes_a_maybe_line_with_its_condition(item: Any) -> None:
    made = build_checklist(Situation.of(item, {"marital": "married"}))
    maybe = {line.material.id: line for line in made.maybe}
    assert set(maybe) == {"letter", "spouse-card", "deed"}
    assert maybe["spouse-card"].why == "取决于who、spouse（未定）"
    assert maybe["spouse-card"].if_phrase == "spouse是yes或者who是other"
    assert not made.complete


def test_each_variant_is_a_line_under_its_own_condition(item: Any) -> None:
    deeds = [line for line in build_checklist(Situation.of(item, {})).maybe if line.material.id == "deed"]
    assert [(line.if_phrase, line.material.requirement, line.detail) for line in deeds] == [
        ("who是other", "签名", "签名"), ("who是self", "只看原件", "只看原件"),
    ], "one name: only the requirement tells them apart"  # fmt: skip


def test_rules_with_one_text_are_one_line(make: Any) -> None:
    either = (make.rule("deed", SELF, source=make.code), make.rule("deed", OTHER))
    item = make.item(questions=(make.question("who", "self", "other"),), materials=(make.rule("id-card"), *either))
    (line,) = build_checklist(Situation.of(item, {})).maybe
    assert (line.if_phrase, line.detail) == ("who是self或who是other", ""), "answers to one question are one phrase"


def test_variants_of_different_names_need_no_more_words(make: Any) -> None:
    variants = (make.rule("deed", SELF, name="自己的证"), make.rule("deed", OTHER, name="他人的证"))
    item = make.item(questions=(make.question("who", "self", "other"),), materials=(make.rule("id-card"), *variants))
    assert [(line.material.name, line.if_phrase, line.detail) for line in build_checklist(Situation.of(item, {})).maybe] == [
        ("自己的证", "who是self", ""), ("他人的证", "who是other", ""),
    ]  # fmt: skip


def test_what_nobody_brings_is_called_so_while_it_is_open(make: Any) -> None:
    looked_up = make.rule("deed", SELF, submit=Submit.EXEMPT, requirement="已共享查到")
    for variants, said in (
        ((looked_up, make.rule("deed", OTHER)), ["材料deed（已共享查到；免提交）", "材料deed（签名）"]),
        ((looked_up,), ["材料deed（免提交）"]),
        ((make.rule("deed", OTHER),), ["材料deed"]),
    ):
        item = make.item(
            questions=(make.question("who", "self", "other"),), materials=(make.rule("id-card"), *variants)
        )
        assert [line.in_short for line in build_checklist(Situation.of(item, {})).maybe] == said


def test_open_lines_stand_together_by_what_they_hang_on(item: Any) -> None:
    groups = build_checklist(Situation.of(item, {"marital": "married", "spouse": "no"})).open_lines
    assert {phrase: [line.material.id for line in lines] for phrase, lines in groups.items()} == {
        "who是other": ["letter", "spouse-card", "deed"], "who是self": ["deed"],
    }  # fmt: skip


def test_a_line_says_why_it_is_there_and_why_it_is_not(item: Any) -> None:
    made = build_checklist(Situation.of(item, {"who": "self", "marital": "single"}))
    assert {line.material.id: line.why for line in made.required} == {
        "id-card": "本事项必备", "form": "本事项必备", "record": "本事项必备", "deed": "因who是self",
    }  # fmt: skip
    absent = {line.id: (line.why, line.short) for line in made.not_required}
    assert absent["letter"] == ("因who是self，不需要", "who是self")
    assert absent["spouse-card"][1] == "who是self、marital是single", (
        "a question that does not arise stands for its reason"
    )
    assert made.never_ask[0].forbidden
    assert made.never_ask[0].why == "国家不再要求"


def test_of_two_rules_the_one_that_holds_gives_the_text(item: Any) -> None:
    def deed(who: str) -> Any:
        lines = build_checklist(Situation.of(item, {"who": who})).required
        return next(line.material for line in lines if line.material.id == "deed")

    assert (deed("self").requirement, deed("self").copies) == ("只看原件", 0)
    assert (deed("other").requirement, deed("other").copies) == ("签名", 1)


def test_what_is_filled_in_here_or_looked_up_is_never_missing(item: Any) -> None:
    situation = Situation.of(item, {"who": "self", "marital": "single"})
    bare = build_checklist(situation)
    assert [line.material.id for line in bare.missing] == ["id-card", "deed"]
    assert build_checklist(situation, frozenset({"id-card", "deed"})).complete
    looked_up = build_checklist(situation, shared=frozenset({"deed"}))
    assert [line.material.id for line in looked_up.missing] == ["id-card"]
    assert [line.submit for line in looked_up.required if line.material.id == "deed"] == [Submit.EXEMPT]


def test_all_received_means_every_line_that_somebody_brings(item: Any) -> None:
    made = build_checklist(Situation.of(item, {"who": "self", "marital": "single"}), None)
    assert [line.material.id for line in made.required if not line.received] == ["record"]
    assert made.complete
    assert [line.material.id for line in made.kept] == ["form"]


@pytest.mark.parametrize("material_id", ["id-card", "form", "record"])
def test_a_defect_makes_any_line_incomplete(item: Any, material_id: str) -> None:
    situation = Situation.of(item, {"who": "self", "marital": "single"})
    made = build_checklist(situation, None, {material_id: "字迹不清"})
    assert [line.material.id for line in made.missing] == [material_id]
    assert state(made.missing[0], applying=True) == MaterialState.TO_MEND


@pytest.mark.parametrize(("received", "defects"), [({"lease"}, {}), (set(), {"lease": "无"})])
def test_a_material_that_nobody_knows_is_refused_by_name(item: Any, received: set[str], defects: Any) -> None:
    with pytest.raises(Refusal, match="lease") as refused:
        build_checklist(Situation.of(item, {"who": "self", "marital": "single"}), frozenset(received), defects)
    assert refused.value.code == "unknown-material"


def test_what_is_handed_in_needlessly_is_no_mistake(item: Any) -> None:
    situation = Situation.of(item, {"who": "self", "marital": "single"})
    bare = build_checklist(situation)
    assert build_checklist(situation, frozenset({"letter"})) == bare, "listed, but not needed in this situation"
    assert build_checklist(situation, frozenset({"lease"}), known={"lease"}) == bare, "known from another item"


def test_what_is_handed_in_before_its_question_is_answered_is_not_forgotten(item: Any) -> None:
    situation = Situation.of(item, {"marital": "married"})
    made = build_checklist(situation, frozenset({"spouse-card"}), {"letter": "无签名"})
    assert [line.material.id for line in made.maybe if line.received] == ["spouse-card"]
    assert {line.defect for line in made.maybe} == {"无签名", ""}


@pytest.mark.parametrize(
    ("changes", "received", "asking", "applying"),
    [
        ({}, False, "须提供", "缺"),
        ({"submit": Submit.SHOW}, False, "须出示", "缺"),
        ({"submit": Submit.AT_COUNTER}, False, "现场填写", "现场填写"),
        ({"submit": Submit.EXEMPT}, False, "免提交", "免提交"),
        ({}, True, "核验退还", "核验退还"),
        ({"keep_originals": 1, "keep_copies": 2}, True, "收存（原件1、复印件2）", "收存（原件1、复印件2）"),
        ({"keep_copies": 2}, True, "收存（复印件2）", "收存（复印件2）"),
    ],
)
def test_the_state_of_a_line(make: Any, changes: dict[str, Any], received: bool, asking: str, applying: str) -> None:
    item = make.item(materials=(make.rule("deed", **changes),))
    line = build_checklist(Situation.of(item, {}), frozenset({"deed"} if received else ())).required[0]
    assert (state(line, applying=False), state(line, applying=True)) == (asking, applying)
    assert keeps(line.material) is bool(changes.keys() & {"keep_originals", "keep_copies"})


def test_a_changed_answer_moves_exactly_the_lines_that_hang_on_it(item: Any) -> None:
    before = build_checklist(Situation.of(item, {"marital": "single"}))
    after = build_checklist(Situation.of(item, {"marital": "single", "who": "self"}))
    assert changed(before, after) == {"letter", "deed"}, "the spouse's card is not needed either way"
    assert changed(after, after) == frozenset()


def test_reasons_are_named_once(item: Any) -> None:
    situation = Situation.of(item, {"who": "self", "marital": "single"})
    assert settling_all(situation, [SPOUSE, MARRIED, OTHER]) == ["marital", "who"]


def test_what_is_brought_comes_before_what_is_not_and_a_tick_moves_nothing(item: Any) -> None:
    situation = Situation.of(item, {"who": "other"})
    order = ["id-card", "letter", "deed", "form", "record"]
    for received in (frozenset(), frozenset({"letter", "form"}), None):
        assert [line.material.id for line in build_checklist(situation, received).required] == order
