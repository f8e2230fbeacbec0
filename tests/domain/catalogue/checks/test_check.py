"""Whatever may be wrong with an item is found, with its place and what is wrong; a sound item has no fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.calendar.workdays import MOST_DAYS
from counter_assistant.domain.catalogue.checks.check import (
    check_catalogue,
    check_in_slices,
    check_item,
    check_texts,
    last_day,
)
from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.items import Handling, Note, Step
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef

RULES = "住房公积金管理条例"
OTHER, SELF = Answered("who", ("other",)), Answered("who", ("self",))
NEVER, ALWAYS = All((OTHER, SELF)), AnyOf((OTHER, SELF))
NEW_LAW = date(2026, 9, 20)


def places(make: Any, *texts: Any, **changes: Any) -> dict[str, str]:
    item = make.item(**changes)
    return {fault.place: fault.fault for fault in check_item(item, make.catalogue(item, *texts))}


def test_a_sound_item_has_no_fault(make: Any) -> None:
    item = make.item()
    assert check_item(item, make.catalogue(item)) == []
    assert check_catalogue(make.catalogue(item)) == []


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"name": " "}, "name", "缺少事项名称"),
        ({"department": ""}, "department", "缺少承办部门"),
        ({"basis": ()}, "basis", "2026年9月20日起没有现行有效的政策依据，告知单第一项为空"),
        ({"conditions": ()}, "condition", "缺少资格要求"),
        ({"materials": ()}, "material", "没有一种材料是任何情形下都需要的，告知单第二项可能为空"),
        ({"steps": ()}, "step", "缺少审批环节"),
        ({"steps": (Step("审核", ""),)}, "step[审核]", "既没有承办部门，也没有责任岗位"),
        ({"procedure": ""}, "service.procedure", "缺少办理程序"),
        ({"flow": ""}, "service.flow", "缺少办事流程"),
        ({"standard": ""}, "service.standard", "缺少服务标准"),
        ({"remedy": ""}, "redress.supplement", "缺少补救途径"),
        ({"redress": ""}, "redress.announced", "缺少救济途径的预告"),
        ({"refusal": ""}, "redress.refusal", "缺少救济途径"),
        ({"effective_to": date(2026, 9, 19)}, "effective_to", "早于 effective_from"),
    ],
)
def test_a_missing_element_or_part_is_named(make: Any, change: dict[str, Any], place: str, fault: str) -> None:
    assert places(make, **change)[place] == fault


def test_what_must_not_be_asked_for_has_a_reason(make: Any) -> None:
    entry = replace(make.never("n"), why="")
    assert places(make, never_ask=(entry,)) == {"never_ask[n].why": "缺少理由"}


@pytest.mark.parametrize(
    ("broken_when", "said", "fault"),
    [
        (Answered("who", ("other",)), " ", "缺少不符合时的说法，如“您有未结清的公积金贷款”"),
        (None, "您有未结清的公积金贷款", "没有 broken_when，这句话用不上"),
        (Answered("who", ("other",)), "您有未结清的公积金贷款。", "句末不写标点，由文书格式加"),
        (Answered("who", ("other",)), "您有未结清的公积金贷款；", "句末不写标点，由文书格式加"),
    ],
)
def test_what_breaks_a_condition_is_said_in_a_sentence_of_its_own(
    make: Any, broken_when: Any, said: str, fault: str
) -> None:
    condition = replace(make.condition("c"), broken_when=broken_when, broken_text=said)
    assert places(make, conditions=(condition,)) == {"condition[c].broken_text": fault}


def test_a_step_with_only_a_post_is_enough(make: Any) -> None:
    assert places(make, steps=(Step("审核", "", "reviewer"),)) == {}


def test_a_local_matter_without_an_article_needs_a_note(make: Any) -> None:
    assert places(make, basis=(), basis_note="本市规定，待核定") == {}


# --- questions and conditions


def rules(make: Any, *when: Any) -> tuple[Any, ...]:
    return (make.rule("id-card"), make.rule("letter", OTHER), *(make.rule(f"m{i}", c) for i, c in enumerate(when)))


def asked(make: Any, *more: Any) -> tuple[Any, ...]:
    return (make.question("who", "self", "other"), *more)


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        (Answered("lease", ("public",)), "取决于情形“lease”，但本事项不问"),
        (Not(Answered("who", ("heir",))), "情形“who”在本事项里没有“heir”这个回答"),
        (Answered("who", ("heir", "self")), "情形“who”在本事项里没有“heir”这个回答"),
        (Answered("who", ()), "情形“who”没有列出回答"),
        (NEVER, "在任何情形下都不成立"),
        (AnyOf(()), "在任何情形下都不成立"),
        (ALWAYS, "在任何情形下都成立，不应写成条件"),
        (All(()), "在任何情形下都成立，不应写成条件"),
        (Answered("who", ("self", "other")), "在任何情形下都成立，不应写成条件"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_found(make: Any, when: Any, fault: str) -> None:
    assert places(make, materials=rules(make, when)) == {"material[m0].when": fault}
    broken = (make.condition("c", broken_when=when),)
    assert places(make, conditions=broken) == {"condition[c].broken_when": fault}


def test_a_question_that_nothing_hangs_on_is_dead(make: Any) -> None:
    found = places(make, questions=asked(make, make.question("lease", "public", "private")))
    assert found == {"question[lease]": "没有任何材料、资格、说明、办理方式或其他问题取决于它，不必问"}


@pytest.mark.parametrize("use", ["material", "condition", "handling", "question"])
def test_a_question_is_alive_where_anything_hangs_on_it(make: Any, use: str) -> None:
    lease, when = make.question("lease", "public", "private"), Answered("lease", ("public",))
    changes: dict[str, Any] = {"questions": asked(make, lease)}
    if use == "material":
        changes["materials"] = rules(make, when)
    elif use == "condition":
        changes["conditions"] = (make.condition("c", broken_when=when),)
    elif use == "handling":
        changes["handling"] = ((when, Handling.PROMISE), (Always(), Handling.DIRECT))
    else:
        changes["questions"] = asked(make, lease, make.question("rent", "yes", "no", when=when))
        changes["materials"] = rules(make, Answered("rent", ("yes",)))
    assert places(make, **changes) == {}


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        (None, "答“other键”以后，哪个回答都不改变单上的内容，不必问"),
        (SELF, ""),
    ],
)
def test_a_question_whose_answers_change_nothing_after_what_was_answered_is_found(
    make: Any, when: Any, fault: str
) -> None:
    """GIVEN a letter that whoever comes for another needs anyway THEN only the others are asked about the lease."""
    either = AnyOf((OTHER, Answered("lease", ("public",))))
    lease = make.question("lease", "public", "private", when=when)
    found = places(make, questions=asked(make, lease), materials=(make.rule("id-card"), make.rule("letter", either)))
    assert found.get("question[lease].when", "") == fault


@pytest.mark.parametrize(
    "changes",
    [
        {"materials": lambda make, public: (make.rule("deed", public),)},
        {"materials": lambda make, public: (make.rule("deed", public, copies=1), make.rule("deed", Not(public)))},
        {"conditions": lambda make, public: (make.condition("c", broken_when=public),)},
        {"notes": lambda make, public: (Note("限额另行公布", make.guide, public),)},
        {"handling": lambda _, public: ((public, Handling.PROMISE), (Always(), Handling.DIRECT))},
        {"statutory": lambda make, public: (replace(make.limit(3), when=public),)},
    ],
)
def test_whatever_prints_keeps_a_question_alive(make: Any, changes: dict[str, Any]) -> None:
    """A line, its text, a note, a broken condition, the handling or a limit: each is something that the applicant reads."""
    made = {key: value(make, Answered("lease", ("public",))) for key, value in changes.items()}
    if "materials" in made:
        made["materials"] += (make.rule("id-card"), make.rule("letter", OTHER))
    questions = asked(make, make.question("lease", "public", "private"))
    assert "question[lease].when" not in places(make, questions=questions, **made)


def test_answers_that_only_undo_each_other_in_number_are_still_told_apart(make: Any) -> None:
    """The same papers come out either way round, but for each applicant the answer decides which."""
    both = All((SELF, Answered("lease", ("public",))))
    neither = All((OTHER, Answered("lease", ("private",))))
    questions = (make.question("lease", "public", "private"), *asked(make))
    materials = (make.rule("id-card"), make.rule("deed", AnyOf((both, neither))))
    assert places(make, questions=questions, materials=materials) == {}


def test_a_question_that_looks_at_a_later_one_is_found(make: Any) -> None:
    early = make.question("rent", "yes", "no", when=OTHER)
    changes = {"questions": (early, *asked(make)), "materials": rules(make, Answered("rent", ("yes",)))}
    assert places(make, **changes) == {"question[rent].when": "取决于“who”，但它没有排在前面"}


def test_a_question_that_looks_at_one_that_is_not_asked_is_found_once(make: Any) -> None:
    lost = make.question("rent", "yes", "no", when=Answered("lease", ("public",)))
    changes = {"questions": asked(make, lost), "materials": rules(make, Answered("rent", ("yes",)))}
    assert places(make, **changes) == {"question[rent].when": "取决于情形“lease”，但本事项不问"}


def test_a_question_with_one_answer_is_none(make: Any) -> None:
    questions = asked(make, make.question("lease", "public"), make.question("rent", "yes", "no"))
    depends = (Answered("rent", ("yes",)), All((Answered("lease", ("public",)), OTHER)))
    assert places(make, questions=questions, materials=rules(make, *depends)) == {
        "question[lease].options": "回答少于两个，不成问题"
    }


def test_a_material_behind_a_question_that_never_arises_is_unreachable(make: Any) -> None:
    spouse = make.question("spouse", "yes", "no", when=SELF)
    wrong = All((OTHER, Answered("spouse", ("yes",))))
    found = places(make, questions=asked(make, spouse), materials=rules(make, Answered("spouse", ("yes",)), wrong))
    assert found == {"material[m1].when": "在任何情形下都不成立"}


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("questions", lambda make: asked(make) * 2, "question[who]"),
        ("conditions", lambda make: (make.condition("c"),) * 2, "condition[c]"),
        ("never_ask", lambda make: (make.never("n"),) * 2, "never_ask[n]"),
        ("steps", lambda make: (Step("审核", "归集提取科"),) * 2, "step[审核]"),
    ],
)
def test_what_is_written_twice_is_found(make: Any, key: str, value: Any, place: str) -> None:
    assert places(make, **{key: value(make)}) == {place: "写了 2 次"}


# --- handling


def test_every_situation_needs_a_handling(make: Any) -> None:
    assert places(make, handling=()) == {"handling": "有的情形没有办理方式，最后一行应当不带条件"}
    assert "handling" in places(make, handling=((OTHER, Handling.PROMISE),))
    assert places(make, handling=((OTHER, Handling.PROMISE), (SELF, Handling.DIRECT))) == {}


def test_a_handling_that_is_never_reached_is_found(make: Any) -> None:
    rows = ((Always(), Handling.DIRECT), (OTHER, Handling.PROMISE))
    assert places(make, handling=rows) == {"handling[2]": "排在前面的办理方式已经包括了它，永远轮不到"}


# --- materials


def test_one_material_is_always_required(make: Any) -> None:
    assert places(make, materials=(make.rule("letter", OTHER),)) == {
        "material": "没有一种材料是任何情形下都需要的，告知单第二项可能为空"
    }
    assert places(make, materials=(make.rule("letter", OTHER), make.rule("id-card"))) == {}
    other_letter = (make.rule("letter", OTHER), make.rule("licence", SELF))
    assert list(places(make, materials=other_letter)) == ["material"], "no one of them is needed in every situation"


def test_a_material_with_a_variant_for_every_situation_is_always_required(make: Any) -> None:
    either = (make.rule("letter", OTHER), make.rule("letter", SELF, requirement="盖章"))
    assert places(make, materials=either) == {}


@pytest.mark.parametrize(
    ("changes", "when", "fault"),
    [
        ({"requirement": "盖章"}, Not(NEVER), "有的情形下两条规则同时成立，而填报要求、份数或提交方式不同"),
        ({"requirement": "盖章"}, Always(), "有一条规则不带条件，另一条就是多余的"),
        ({}, OTHER, "同样的规则写了两次"),
    ],
)
def test_two_rules_of_one_material_that_clash_are_found(make: Any, changes: Any, when: Any, fault: str) -> None:
    found = places(make, materials=(*rules(make), make.rule("letter", when, **changes)))
    assert found["material[letter]"] == fault


@pytest.mark.parametrize(
    ("changes", "covered", "fault"),
    [
        ({}, {}, ""),
        ({"copies": 1}, {"copies": 1, "keep_copies": 1}, ""),
        ({"covers": ("lease",)}, {}, "本事项不要求“lease”"),
        ({}, {"covers": ("id-card",)}, "“deed”本身又是另一种材料，应当直接写那一种"),
        ({"covers": ("letter",)}, {}, "“letter”本身又是另一种材料，应当直接写那一种"),
        ({"submit": Submit.SHOW}, {}, "要求的份数或提交方式多于“deed”，不能归在它那一行"),
        ({"originals": 2}, {}, "要求的份数或提交方式多于“deed”，不能归在它那一行"),
        ({"copies": 1}, {}, "要求的份数或提交方式多于“deed”，不能归在它那一行"),
        ({"keep_originals": 1}, {}, "要求的份数或提交方式多于“deed”，不能归在它那一行"),
        ({"copies": 1, "keep_copies": 1}, {"copies": 1}, "要求的份数或提交方式多于“deed”，不能归在它那一行"),
    ],
)  # fmt: skip
def test_what_is_another_materials_document_fits_on_its_line(make: Any, changes: Any, covered: Any, fault: str) -> None:
    letter = make.rule("letter", OTHER, **({"covers": ("deed",)} | changes))
    found = places(make, materials=(make.rule("id-card"), letter, make.rule("deed", OTHER, **covered)))
    assert found.get("material[letter].covers", "") == fault


@pytest.mark.parametrize(
    ("when", "fault"), [(OTHER, "“deed”和“lease”有同时要的情形，一份材料不能归在两行"), (SELF, "")]
)
def test_what_is_the_document_of_two_that_are_needed_together_has_no_line(make: Any, when: Any, fault: str) -> None:
    letter = make.rule("letter", ALWAYS, covers=("deed", "lease"))
    both = (make.rule("deed", OTHER), make.rule("lease", when))
    found = places(make, materials=(make.rule("id-card"), letter, *both))
    assert found.get("material[letter].covers", "") == fault


def test_a_variant_that_is_never_needed_along_with_it_need_not_fit(make: Any) -> None:
    letter, deed = make.rule("letter", OTHER, covers=("deed",)), make.rule("deed", OTHER)
    exempt = make.rule("deed", SELF, submit=Submit.EXEMPT, requirement="已共享查到，不用带")
    assert places(make, materials=(make.rule("id-card"), letter, deed, exempt)) == {}


def test_two_rules_with_one_text_may_hold_together(make: Any) -> None:
    lease = Answered("lease", ("public",))
    questions = asked(make, make.question("lease", "public", "private"))
    assert places(make, questions=questions, materials=(*rules(make, lease), make.rule("letter", lease))) == {}


def test_two_materials_of_one_name_are_found(make: Any) -> None:
    found = places(make, materials=(*rules(make), make.rule("certificate", name="材料letter")))
    assert found == {"material[certificate].name": "与 material[letter] 同名“材料letter”"}


@pytest.mark.parametrize("never", [("letter", "另一名称"), ("another-id", "材料letter")])
def test_what_is_asked_for_and_must_not_be_is_found(make: Any, never: tuple[str, str]) -> None:
    found = places(make, never_ask=(make.never(*never),))
    assert found == {"material[letter]": "既要求提供“材料letter”，又写明不得要求"}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"copies": -1}, "份数不能小于 0"),
        ({"keep_originals": 2}, "收存的份数多于提供的份数"),
        ({"keep_copies": 1}, "收存的份数多于提供的份数"),
        ({"originals": 0}, "原件和复印件都是 0 份"),
        ({"submit": Submit.SHOW, "keep_originals": 1}, "只须出示的材料不能收存原件"),
        ({"submit": Submit.EXEMPT, "keep_originals": 1}, "免提交的材料不能收存"),
        ({"submit": Submit.AT_COUNTER, "copies": 1}, "现场填写的材料不能要求复印件"),
    ],
)
def test_counts_that_contradict_each_other_are_found(make: Any, changes: dict[str, Any], fault: str) -> None:
    found = check_item(item := make.item(materials=(make.rule("id-card"), make.rule("letter", OTHER, **changes))),
                       make.catalogue(item))  # fmt: skip
    assert ("material[letter]", fault) in {(f.place, f.fault) for f in found}


def test_an_identity_card_is_never_kept(make: Any) -> None:
    materials = (make.rule("spouse-id-card", keep_originals=1), make.rule("letter", OTHER))
    assert places(make, materials=materials) == {
        "material[spouse-id-card]": "不得收存身份证件原件（居民身份证法第十五条）"
    }


# --- sources


@pytest.mark.parametrize(
    ("ref", "fault"),
    [
        (ArticleRef("民法典", 2021, 1127), "没有收录《民法典》"),
        (ArticleRef(RULES, 2002, 24), "《住房公积金管理条例》没有收录 2002 年的版本"),
        (ArticleRef(RULES, 2026, 99), "《住房公积金管理条例》2026 年版没有收录第 99 条"),
        (ArticleRef(RULES, 2026, 0), "《住房公积金管理条例》2026 年版没有收录第 0 条"),
        (ArticleRef(RULES, 2026, 24, 4), "《住房公积金管理条例》2026 年版第 24 条没有第 4 款"),
        (ArticleRef(RULES, 2026, 24, -1), "《住房公积金管理条例》2026 年版第 24 条没有第 -1 款"),
        (ArticleRef(RULES, 2026, 24, 1, 10), "《住房公积金管理条例》2026 年版第 24 条第 1 款没有第 10 项"),
        (ArticleRef(RULES, 2026, 24, 0, 1), "《住房公积金管理条例》2026 年版第 24 条第 0 款没有第 1 项"),
        (ArticleRef(RULES, 2019, 25), "《住房公积金管理条例》2019 年版在本文施行期间（2026年9月20日起）不是现行版本"),
    ],
)
def test_a_citation_that_does_not_hold_is_found_wherever_it_stands(make: Any, ref: ArticleRef, fault: str) -> None:
    sound = ArticleRef(RULES, 2026, 25)
    source = Source("statute", article=ref)
    assert places(make, basis=(sound, ref)) == {"basis[2]": fault}
    assert places(make, conditions=(make.condition("c", source=source),)) == {"condition[c].source": fault}
    letter = make.rule("letter", OTHER, source=source)
    assert places(make, materials=(make.rule("id-card"), letter)) == {"material[letter].source": fault}
    assert places(make, promised=make.limit(1, source=source)) == {"limits.promised.source": fault}


@pytest.mark.parametrize(
    ("source", "sound"),
    [
        (Source("statute"), False),
        (Source("code"), False),
        (Source("guide"), False),
        (Source("assumption"), True),
        (Source("code", clause="一(七)1"), True),
        (Source("guide", city="上海"), True),
        (Source("centre", document="临公积金〔2026〕9号"), True),
        (Source("centre"), False),
    ],
)
def test_a_statement_without_a_source_is_found(make: Any, source: Source, sound: bool) -> None:
    found = places(make, conditions=(make.condition("c", source=source),))
    assert found == ({} if sound else {"condition[c].source": "没有写明来源"})
    assert places(make, notes=(Note("限额另行公布", source),)) == ({} if sound else {"note[1].source": "没有写明来源"})


def test_the_basis_must_hold_on_every_day_of_the_text(make: Any) -> None:
    old, new = ArticleRef(RULES, 2019, 25), ArticleRef(RULES, 2026, 25)
    both_laws = {"effective_from": date(2019, 3, 24), "statutory": ()}
    assert places(make, **both_laws, basis=(old, new)) == {}
    assert places(make, **both_laws, basis=(old,)) == {
        "basis": "2026年9月20日起没有现行有效的政策依据，告知单第一项为空"
    }
    assert places(make, **both_laws, basis=(old,), effective_to=date(2026, 9, 19)) == {}
    before_all = places(make, **{**both_laws, "effective_from": date(2010, 1, 1)}, basis=(old, new))
    assert before_all == {"basis": "2010年1月1日起没有现行有效的政策依据，告知单第一项为空"}


def test_a_text_without_an_end_ends_before_the_next_one(make: Any) -> None:
    earlier = make.item(effective_from=date(2019, 3, 24), basis=(ArticleRef(RULES, 2019, 25),), statutory=())
    catalogue = make.catalogue(earlier, make.item())
    assert last_day(earlier, catalogue) == date(2026, 9, 19)
    assert last_day(make.item(), catalogue) is None
    assert check_catalogue(catalogue) == []


# --- limits


def test_a_limit_out_of_range_is_found(make: Any) -> None:
    assert places(make, promised=make.limit(MOST_DAYS + 1, start="acceptance", unit="day"), statutory=()) == {
        "limits.promised.n": f"期限 {MOST_DAYS + 1} 日超出 0 到 {MOST_DAYS} 的范围"
    }
    assert "limits.statutory[1].n" in places(make, statutory=(make.limit(-1, source=make.law_2026),))


def test_two_statutory_limits_on_one_day_are_found(make: Any) -> None:
    limits = (make.limit(3, "day", source=make.law_2026), make.limit(5, "day", source=make.code))
    assert places(make, statutory=limits) == {"limits.statutory": "2026年9月20日起有 2 个法定时限同时有效"}


def test_a_statutory_limit_holds_on_every_day_of_the_text(make: Any) -> None:
    basis = (ArticleRef(RULES, 2019, 25), ArticleRef(RULES, 2026, 25))
    found = places(make, effective_from=date(2019, 3, 24), basis=basis)
    assert found == {"limits.statutory": "2019年3月24日起没有现行有效的法定时限"}


@pytest.mark.parametrize(
    ("promised", "unit", "later"),
    [(3, "day", False), (4, "day", True), (1, "workday", False), (4, "workday", True), (0, "workday", False)],
)
def test_a_promise_beyond_the_statutory_limit_is_only_a_warning(
    make: Any, promised: int, unit: str, later: bool
) -> None:
    item = make.item(promised=make.limit(promised, unit))
    found = check_item(item, make.catalogue(item))
    assert [(fault.place, fault.warning) for fault in found] == ([("limits.promised", True)] if later else [])
    assert all("（提醒）2026年9月20日起承诺时限长于法定时限" in str(fault) for fault in found)


@pytest.mark.parametrize(
    ("promised", "statutory", "later"), [(5, 10, False), (6, 10, False), (7, 10, True), (2, 3, True)]
)
def test_working_days_that_a_weekend_carries_beyond_the_statute_are_a_warning(
    make: Any, promised: int, statutory: int, later: bool
) -> None:
    by_law = (make.limit(statutory, "day", "acceptance", make.law_2026),)
    item = make.item(promised=make.limit(promised), statutory=by_law)
    found = [str(fault) for fault in check_item(item, make.catalogue(item))]
    assert [f"承诺的 {promised} 个工作日，遇休息日会晚于法定时限" in fault for fault in found] == (
        [True] if later else []
    )


def test_a_promise_in_days_may_end_before_a_limit_in_working_days(make: Any) -> None:
    limits = (make.limit(3, "workday", source=make.law_2026),)
    assert places(make, statutory=limits, promised=make.limit(4, "day")) == {}


# --- texts of one item


@pytest.mark.parametrize(
    ("until", "since", "fault"),
    [
        (date(2026, 9, 19), NEW_LAW, None),
        (None, NEW_LAW, None),
        (date(2026, 9, 20), NEW_LAW, "2026年9月20日至2026年9月20日有两个文本同时有效"),
        (date(2026, 9, 17), NEW_LAW, "2026年9月17日之后、2026年9月20日之前没有有效的文本"),
        (None, date(2019, 3, 24), "两个文本都自2019年3月24日起施行"),
    ],
)
def test_overlaps_and_gaps_between_texts_are_found(
    make: Any, until: date | None, since: date, fault: str | None
) -> None:
    earlier = make.item(effective_from=date(2019, 3, 24), effective_to=until)
    found = check_texts((make.item(effective_from=since), earlier))
    assert [one.fault for one in found] == ([fault] if fault else [])


def test_the_catalogue_names_the_item_and_its_text(make: Any) -> None:
    earlier = make.item(effective_from=date(2019, 3, 24), effective_to=date(2026, 9, 17), name="", statutory=(),
                        basis=(ArticleRef(RULES, 2019, 25),))  # fmt: skip
    assert [str(fault) for fault in check_catalogue(make.catalogue(earlier, make.item()))] == [
        "T01（2019年3月24日起） name：缺少事项名称",
        "T01 effective_to：2026年9月17日之后、2026年9月20日之前没有有效的文本",
    ]


# --- what is sound stays silent, and nothing is told twice


@pytest.mark.parametrize(
    "changes",
    [
        {"submit": Submit.SHOW, "copies": 1, "keep_copies": 1},
        {"submit": Submit.SHOW},
        {"submit": Submit.AT_COUNTER, "keep_originals": 1},
        {"submit": Submit.EXEMPT, "copies": 1},
        {"originals": 0, "copies": 2, "keep_copies": 2},
        {"originals": 2, "keep_originals": 2},
    ],
)
def test_a_sound_way_of_submitting_has_no_fault(make: Any, changes: dict[str, Any]) -> None:
    assert places(make, materials=(make.rule("id-card"), make.rule("letter", OTHER, **changes))) == {}


def test_a_copy_of_an_identity_card_may_be_kept(make: Any) -> None:
    assert places(make, materials=(make.rule("id-card", copies=1, keep_copies=1), make.rule("letter", OTHER))) == {}


def test_a_missing_basis_is_told_once_for_each_change_of_the_law(make: Any) -> None:
    def days(**changes: Any) -> list[str]:
        item = make.item(basis=(), statutory=(), conditions=(make.condition("c"),), **changes)
        found = check_item(item, make.catalogue(item))
        return [fault.fault.partition("起")[0] for fault in found if "告知单第一项为空" in fault.fault]

    assert days() == ["2026年9月20日"]
    assert days(effective_from=date(2026, 9, 19)) == ["2026年9月19日", "2026年9月20日"]
    assert days(effective_from=date(2026, 9, 19), effective_to=date(2026, 9, 19)) == ["2026年9月19日"]
    assert days(effective_from=date(2026, 9, 19), effective_to=NEW_LAW) == ["2026年9月19日", "2026年9月20日"]


def test_the_place_of_a_limit_without_a_source_counts_from_one(make: Any) -> None:
    limits = (
        make.limit(3, "day", source=make.law_2026),
        make.limit(3, "day", source=make.law_2019),
    )
    assert places(make, statutory=limits) == {
        "limits.statutory[2].source": "《住房公积金管理条例》2019 年版在本文施行期间（2026年9月20日起）不是现行版本"
    }


def test_a_text_may_hold_for_a_single_day(make: Any) -> None:
    assert places(make, effective_to=NEW_LAW) == {}


def test_a_check_in_slices_says_the_same_and_lets_others_in_between(make: Any) -> None:
    """GIVEN an item whose situations go into hundreds WHEN it is checked in slices THEN it stops over and over again."""
    questions = tuple(make.question(f"q{n}", "a", "b", "c") for n in range(6))
    idle = make.item(questions=questions, materials=(make.rule("id-card"), make.rule("letter", Answered("q0", ("a",)))))
    slices = list(check_in_slices(idle, make.catalogue(idle)))
    assert [fault for fault in slices if fault] == check_item(idle, make.catalogue(idle)) != []
    assert slices.count(None) > 3**6 / 25


@pytest.mark.parametrize(
    "condition",
    [
        Not(Answered("q1", ("a", "b"))),
        All((Answered("q0", ("a",)), Not(Answered("q1", ("a", "b"))))),
        Not(Not(AnyOf((Not(Answered("q1", ("b", "a"))), Answered("q0", ("b",)))))),
    ],
)
def test_ruling_out_every_answer_leaves_no_words_for_the_paper(make: Any, condition: Condition) -> None:
    """GIVEN a question that some are not asked WHEN a paper hangs on none of its answers THEN it is required of those alone."""
    questions = (make.question("q0", "a", "b"), make.question("q1", "a", "b", when=Answered("q0", ("a",))))
    item = make.item(questions=questions, materials=(make.rule("id-card"), make.rule("letter", condition)))
    found = {fault.place: fault.fault for fault in check_item(item, make.catalogue(item))}
    assert (
        found["material[letter].when"].startswith("把“q1”的每个回答都排除了")
        or "任何情形" in found["material[letter].when"]
    )
    some = make.item(
        questions=questions, materials=(make.rule("id-card"), make.rule("letter", Not(Answered("q1", ("a",)))))
    )
    assert not any("排除" in fault.fault for fault in check_item(some, make.catalogue(some)))
