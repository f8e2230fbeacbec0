"""Every item of the catalogue in every situation: five parts, no contradiction, nothing that can never be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_assistant.domain.assessment.checklist import Checklist, build_checklist
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.checks.enumeration import (
    MOST,
    Settled,
    answerings,
    conditions_of,
    depended_on,
    given,
    situations,
)
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Always, questions_in, truth
from counter_assistant.domain.catalogue.items import Handling, ServiceItem
from counter_assistant.domain.catalogue.limits import own_limit
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.statutes import cite
from counter_assistant.domain.catalogue.variants import needs
from counter_assistant.operations.issuing.box_facts import ONLY_THEN, SIGNING
from counter_assistant.operations.program import program
from counter_assistant.storage.content.check_files import faults
from tests.places import RESOURCES

CATALOGUE = program().catalogue
TEXTS = [text for same in CATALOGUE.items.values() for text in same]

MANY = 100
"""Situations of a text, beyond which going through them is for ./dev test."""

every_text = pytest.mark.parametrize(
    "item",
    [
        pytest.param(
            text, marks=[pytest.mark.slow] * (len(situations(text)) > MANY), id=f"{text.id}-{text.effective_from}"
        )
        for text in TEXTS
    ],
)


def days_of(item: ServiceItem) -> list[date]:
    """The first and the last day of a text, and both sides of every change of the law within it."""
    last = item.effective_to or date(2036, 12, 31)
    changes = [version.effective_from for statute in CATALOGUE.statutes.values() for version in statute.versions]
    days = [item.effective_from, last, *changes, *(day - timedelta(days=1) for day in changes)]
    return sorted({day for day in days if item.effective_from <= day <= last})


def test_the_checker_finds_no_fault() -> None:
    assert faults(RESOURCES) == []


@pytest.mark.nightly("situations", by_day=24)
@every_text
def test_every_situation_has_a_checklist_without_contradiction(item: ServiceItem) -> None:
    """Each material in exactly one group, something always required, nothing asked for that must not be."""
    ids = sorted({rule.material.id for rule in item.materials})
    forbidden = {entry.name for entry in item.never_ask} | {entry.id for entry in item.never_ask}
    every = situations(item)
    everywhere: set[str] = set(ids)
    for settled in every:
        made = build_checklist(Situation.of(item, given(settled)))
        check_groups(made, ids)
        check_reasons(made)
        required = {line.material.id for line in made.required}
        everywhere &= required
        assert required, settled
        told = [line.material for line in made.required] + [line.material for line in made.maybe]
        assert not forbidden & {name for material in told for name in (material.id, material.name)}
        assert not made.maybe or None in settled.values(), "a maybe line hangs on an open answer"
    kind = "全部" if answerings(item) is not None else f"超过 {MOST}，抽取"
    print(
        f"{item.id} {item.name}（{item.effective_from}起）：{len(every)} 种情形（{kind}），{len(everywhere)} 种材料必备"
    )


def check_groups(made: Checklist, ids: list[str]) -> None:
    """Each material in one group: on the line of one document, among those that may be needed, or not needed."""
    required = [id_ for line in made.required for id_ in (line.material.id, *(m.id for m in line.serves))]
    maybe = {m.id for line in made.required for m in line.may_serve}
    maybe |= {m.id for line in made.maybe for m in (line.material, *line.may_serve)}
    absent = [line.id for line in made.not_required]
    assert sorted([*required, *maybe, *absent]) == ids
    names = [line.material.name for line in made.required]
    open_names = [(line.material.name, line.detail) for line in made.maybe]
    assert len(set(names)) == len(names)
    assert len(set(open_names)) == len(open_names), "two variants read differently"
    told = {*names, *(name for name, _ in open_names)}
    assert len(told) == len(names) + len({name for name, _ in open_names})
    assert not told & {line.name for line in made.not_required}


@every_text
def test_what_holds_in_the_end_is_what_the_open_line_said(item: ServiceItem) -> None:
    """A maybe line never names a condition under which another variant's text would be printed.

    Whatever is answered and whatever is open, of the questions that a material hangs on: in every way in which the open ones
    may be answered, the variant whose 如… comes true is the one that is then needed. Other questions change nothing in it.
    """
    for material_id in {rule.material.id for rule in item.materials}:
        rules = [rule for rule in item.materials if rule.material.id == material_id]
        looked_at = depended_on(item, frozenset[str]().union(*(questions_in(rule.when) for rule in rules)))
        alone = replace(item, materials=tuple(rules))
        answered = answerings(item, looked_at, unknown=False) or []
        assert answered
        for settled in answerings(item, looked_at) or []:
            for variant in needs(alone, settled).open:
                later = [full for full in answered if extends(full, settled) and truth(variant.still, full) is True]
                assert later, (material_id, settled, "never comes true")
                for full in later:
                    (needed,) = needs(alone, full).needed
                    assert needed.material.text == variant.material.text, (material_id, settled, full)


def extends(full: Settled, settled: Settled) -> bool:
    """Whether the open questions can come to be answered so; an answer may make one that was answered before moot."""
    return all(answer is None or full[question] in (answer, NOT_ASKED) for question, answer in settled.items())


@every_text
def test_with_all_answered_each_line_has_the_text_of_the_rule_that_holds(item: ServiceItem) -> None:
    for settled in situations(item):
        if None in settled.values():
            continue
        made = build_checklist(Situation.of(item, given(settled)))
        told = {m.id: m.text for line in made.required for m in (line.material, *line.serves)}
        holding = [rule.material for rule in item.materials if truth(rule.when, settled) is True]
        assert told == {material.id: material.text for material in holding}
        assert all(told[material.id] == material.text for material in holding), "no two texts hold at once"
        assert not any(line.may_serve for line in made.required)


@pytest.mark.nightly("situations", by_day=24)
@every_text
def test_a_document_that_is_asked_for_twice_is_told_and_handed_in_once(item: ServiceItem) -> None:
    """The spouse as agent: one identity card, one marriage certificate, whichever of its uses it was ticked under."""
    for settled in situations(item):
        situation = Situation.of(item, given(settled))
        made = build_checklist(situation)
        for line in made.required:
            for other in made.required:
                assert other.material.id not in line.material.covers, (settled, line.material.id)
            for id_ in line.ids[1:]:
                again = build_checklist(situation, frozenset((id_,))).required
                assert [other.material.id for other in again if other.received] == [line.material.id]


def check_reasons(made: Checklist) -> None:
    for line in made.required:
        assert line.why not in ("", "因"), line.material.id
    for maybe in made.maybe:
        assert maybe.if_phrase, maybe.material.id
        assert "取决于（" not in maybe.why, maybe.material.id
    for absent in made.not_required:
        assert absent.short, absent.id


@every_text
def test_every_material_is_needed_in_some_situation_and_every_condition_can_fail(item: ServiceItem) -> None:
    every = [settled for settled in situations(item) if None not in settled.values()]
    for place, condition in conditions_of(item):
        assert {truth(condition, settled) for settled in every} == {True, False}, place


@every_text
def test_every_answer_matters_or_at_least_its_question_does(item: ServiceItem) -> None:
    """A question is asked only where some two of its answers lead to different papers."""
    every = [settled for settled in situations(item) if None not in settled.values()]
    for asked in item.questions:
        by_rest: dict[tuple[tuple[str, str | None], ...], dict[str | None, set[tuple[object, ...]]]] = {}
        for settled in every:
            if settled[asked.id] != NOT_ASKED:
                rest = tuple((q, a) for q, a in settled.items() if q != asked.id and not depends(item, q, asked.id))
                by_answer = by_rest.setdefault(rest, {})
                by_answer.setdefault(settled[asked.id], set()).add(result(item, settled))
        assert any(differ(by_answer) for by_answer in by_rest.values()), asked.id


def test_the_checker_names_a_question_that_is_put_to_those_whom_it_does_not_concern() -> None:
    """GIVEN heirs with a judgment, which says whose the balance is WHEN they too are asked how many they are THEN it is idle."""
    (item,) = CATALOGUE.items["B15"]
    wider = tuple(replace(asked, when=Always()) if asked.id == "heirs" else asked for asked in item.questions)
    assert check_item(item, CATALOGUE) == []
    assert [str(fault) for fault in check_item(replace(item, questions=wider), CATALOGUE)] == [
        "question[heirs].when：答“其他人、有争议”以后，哪个回答都不改变单上的内容，不必问"
    ]


def depends(item: ServiceItem, question_id: str, on: str) -> bool:
    """Whether `on` decides if the question arises."""
    asked = item.asked(question_id)
    return asked is not None and on in questions_in(asked.when)


def differ(by_answer: dict[str | None, set[tuple[object, ...]]]) -> bool:
    return len({frozenset(results) for results in by_answer.values()}) > 1


def result(item: ServiceItem, settled: Settled) -> tuple[object, ...]:
    asked_for = tuple(truth(rule.when, settled) for rule in item.materials)
    broken = tuple(truth(c.broken_when, settled) for c in item.conditions if c.broken_when)
    return asked_for, broken, item.handling_for(settled)


@every_text
def test_who_has_to_come_is_said_in_the_words_that_the_box_is_made_of(item: ServiceItem) -> None:
    """The box of a paper finds them by how a requirement ends: one that ends otherwise would be left out of it."""
    clauses = [clause for rule in item.materials for clause in rule.material.requirement.split("；")]
    coming = [clause for clause in clauses if "到场" in clause]
    assert [clause for clause in coming if not clause.endswith((SIGNING, ONLY_THEN))] == []
    if any("配偶到窗口" in clause for clause in clauses):
        assert f"配偶{SIGNING}" in coming


@every_text
def test_the_five_parts_are_there_on_every_day_of_the_text(item: ServiceItem) -> None:
    for day in days_of(item):
        assert CATALOGUE.item(item.id, day) == item
        basis = CATALOGUE.basis_on(item, day)
        assert basis or item.basis_note, f"① {day}"
        assert cite(basis, CATALOGUE.statutes).count("《") == len({(ref.statute, ref.version) for ref in basis})
        assert all(limit.n >= 0 for limit in (item.promised, *CATALOGUE.statutory_on(item, day))), f"④ {day}"
    assert any(rule.material.requirement for rule in item.materials), "②"
    assert all(step.department or step.post for step in item.steps), "③"
    assert item.steps, "③"
    assert item.procedure, "④"
    assert item.flow, "④"
    assert item.remedy, "⑤"
    assert item.redress, "⑤"
    assert item.refusal, "⑤"


@every_text
def test_every_situation_has_a_handling(item: ServiceItem) -> None:
    assert {item.handling_for(settled) for settled in situations(item)} <= set(Handling)


@every_text
def test_the_paper_can_be_completed_in_every_answered_situation(item: ServiceItem) -> None:
    """Once all questions are answered and every line is handed in, nothing is lacking."""
    for settled in situations(item):
        if None not in settled.values():
            made = build_checklist(Situation.of(item, given(settled)), received=None)
            assert made.complete, settled
            assert not any("id-card" in line.material.id and line.material.keep_originals for line in made.kept)


def test_no_withdrawal_asks_for_what_the_law_of_2026_has_abolished() -> None:
    """单位提取证明 and 房租超收入比例: asked for until 2026-09-19, never since."""
    abolished = ("提取证明", "收入证明", "收入比例", "单身证明")
    for item in TEXTS:
        if item.effective_from >= date(2026, 9, 20) and item.id.startswith("B"):
            asked = [rule.material.name for rule in item.materials if rule.material.submit is not Submit.EXEMPT]
            assert [name for name in asked if any(word in name for word in abolished)] == [], item.id


def test_the_law_of_the_day_sets_the_limits_of_withdrawals_and_loans() -> None:
    """条例 第二十五条: 3 days. 第二十六条: 15 days until 2026-09-19, 10 days since."""
    for item in TEXTS:
        for day in days_of(item):
            limit = own_limit(CATALOGUE.statutory_on(item, day))
            if limit is None or limit.source.article is None or limit.source.article.statute != "住房公积金管理条例":
                continue
            expected = {25: 3, 26: 10 if day >= date(2026, 9, 20) else 15}.get(limit.source.article.article)
            if expected:
                assert (limit.n, limit.unit) == (expected, "day"), (item.id, day)
