"""Told once: every kind of difference, and every cause that is no fault of the telling (守则 一(五)4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.assessment.five_parts import Notice
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.notification.comparison import ComparisonContext, compare, dependencies
from counter_assistant.domain.notification.differences import (
    NO_DETAILS,
    PROMISED,
    Comparison,
    Difference,
    DifferenceKind,
)
from counter_assistant.domain.notification.told_content import ToldContent, ToldMaterial, told_by, told_in

RULES = "住房公积金管理条例"
CARD = ToldMaterial("身份证", "原件1", "公安机关", "在有效期内", "show")
DEED = ToldMaterial("不动产权证", "原件1 复印件1", "", "", "hand_in")
MARITAL = Question(
    "marital", "婚姻？", "婚姻状况", (Option("married", "已婚", "已婚"), Option("single", "未婚", "未婚"))
)


@pytest.fixture
def about(make: Any) -> ComparisonContext:
    """Nothing hangs on an answer, and today's text has always held."""
    return ComparisonContext({"marital": MARITAL}, {RULES: make.statute()}, {})


def told(**changes: Any) -> ToldContent:
    """A telling of one material on 20 November."""
    first = ToldContent(
        item="T01", day=date(2026, 11, 20), catalogue="2026.11", clerk="001", answers={}, required={"id-card": CARD},
        maybe={}, not_required=frozenset(), never_ask=frozenset(), basis=f"《{RULES}》（2026年修订）第二十五条。",
        statutory="自受理之日起3日内作出决定", promised="材料补齐后当场或当天办结",
    )  # fmt: skip
    return replace(first, **changes)


def now(**changes: Any) -> ToldContent:
    """The same need three days later."""
    return told(day=date(2026, 11, 23), **changes)


def only(comparison: Comparison) -> Difference:
    (difference,) = comparison.differences
    return difference


BOTH = {"id-card": CARD, "deed": DEED}


def test_the_same_need_is_told_right(about: ComparisonContext) -> None:
    compared = compare(told(), now(), about)
    assert (compared.differences, compared.to_mend, compared.told_right) == ((), (), True)
    assert compared.summary == "今天需要的与上次告知的一致"


@pytest.mark.parametrize("part", ["basis", "statutory", "promised"])
def test_that_the_centre_approved_it_since_makes_nothing_wrong(about: ComparisonContext, part: str) -> None:
    said = getattr(told(), part)
    assert compare(told(**{part: f"{said}（待核定）"}), now(), about).differences == ()
    assert only(compare(told(**{part: f"另一说法{said}（待核定）"}), now(), about)).id == part


def test_without_details_nothing_is_guessed(about: ComparisonContext) -> None:
    """GIVEN an entry from before details were kept WHEN compared THEN it says so, and nobody is called right."""
    compared = compare(told_in(Facts("T01")), now(), about)
    assert (compared.earlier, compared.told_right, compared.summary) == (None, False, NO_DETAILS)


def test_a_material_that_was_not_told_at_all_is_missed(about: ComparisonContext) -> None:
    compared = compare(told(), now(required=BOTH), about)
    difference = only(compared)
    assert (difference.kind, difference.id, difference.explanation) == (DifferenceKind.MISSED, "deed", "")
    assert difference.sentence == "“不动产权证”上次没有告知，今天需要。"
    assert (difference.word, compared.told_right) == ("漏告", False)
    assert compared.summary == "今天另需 1 项，其中漏告 1 项"


@pytest.mark.parametrize(
    ("field", "then", "sentence"),
    [
        ("counts", "—", "“不动产权证”的份数上次没有说，今天是“原件1 复印件1”。"),
        ("counts", "原件1", "“不动产权证”的份数上次说“原件1”，今天是“原件1 复印件1”。"),
        ("issuer", "某银行", "“不动产权证”的出具单位上次说“某银行”，今天不作要求。"),
        ("requirement", "盖章", "“不动产权证”的填报要求上次说“盖章”，今天不作要求。"),
        ("submit", "show", "“不动产权证”的提交方式上次说“须出示”，今天是“须提供”。"),
        ("name", "房产证", "“不动产权证”的名称上次说“房产证”，今天是“不动产权证”。"),
    ],
)
def test_what_was_told_by_half_is_partial(about: ComparisonContext, field: str, then: str, sentence: str) -> None:
    earlier = told(required={"deed": replace(DEED, **{field: then})})
    difference = only(compare(earlier, now(required={"deed": DEED}), about))
    assert (difference.kind, difference.sentence, difference.explanation) == (DifferenceKind.PARTIAL, sentence, "")
    assert not difference.asked


def test_what_was_told_as_needed_and_is_not_is_wrong(about: ComparisonContext) -> None:
    difference = only(compare(told(required=BOTH), now(), about))
    assert (difference.kind, difference.id, difference.word) == (DifferenceKind.WRONG, "deed", "错告")
    assert difference.sentence == "上次告知须有“不动产权证”，今天不需要。"


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ("not_required", "上次告知不需要“不动产权证”，今天需要。"),
        ("never_ask", "上次告知不得要求“不动产权证”，今天却需要。"),
    ],
)
def test_what_was_told_as_not_needed_and_is_asked_is_wrong(about: ComparisonContext, group: str, sentence: str) -> None:
    difference = only(compare(told(**{group: frozenset({"deed"})}), now(required=BOTH), about))
    assert (difference.kind, difference.sentence, difference.asked) == (DifferenceKind.WRONG, sentence, True)


def test_what_was_told_as_if_and_is_needed_now_is_no_difference(about: ComparisonContext) -> None:
    """GIVEN 如…，另需 under an open answer WHEN it is answered THEN the material was told."""
    earlier, today = told(maybe={"deed": DEED}), now(required=BOTH, answers={"marital": "married"})
    assert compare(earlier, today, about).differences == ()
    assert compare(earlier, now(not_required=frozenset({"deed"})), about).differences == ()
    assert compare(told(required=BOTH), now(maybe={"deed": DEED}), about).differences == ()


def test_a_law_that_was_not_in_force_on_the_day_is_wrong(about: ComparisonContext) -> None:
    """GIVEN the text of 2019 told in November 2026 THEN no change of law between the days excuses it."""
    difference = only(compare(told(basis=f"《{RULES}》（2019年修订）第二十五条。"), now(), about))
    assert (difference.kind, difference.id, difference.explanation) == (DifferenceKind.WRONG, "basis", "")
    assert (difference.word, difference.by_text) == ("目录文本", "依据是按目录写出的，不由经办人填写")
    assert difference.sentence == f"上次告知的依据是《{RULES}》（2019年修订），2026年11月20日那天不是它在施行。"


def test_a_day_before_any_known_law_accuses_nobody(about: ComparisonContext) -> None:
    earlier = told(day=date(2010, 1, 4), basis=f"《{RULES}》（2019年修订）第二十五条。")
    assert "开始施行" in only(compare(earlier, now(), about)).explanation


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("basis", "政策依据与上次告知的不同。"),
        ("statutory", "法定时限上次说“自受理之日起3日内作出决定”，今天是“别的”。"),
        ("promised", "承诺时限上次说“材料补齐后当场或当天办结”，今天是“别的”。"),
    ],
)
def test_a_part_told_otherwise_is_wrong(about: ComparisonContext, part: str, sentence: str) -> None:
    difference = only(compare(told(), now(**{part: "别的"}), about))
    assert (difference.kind, difference.sentence, difference.explanation) == (DifferenceKind.WRONG, sentence, "")


CHANGED = [
    ({"marital": "single"}, {"marital": "married"}, "“婚姻状况”上次是“未婚”，今天是“已婚”"),
    ({}, {"marital": "married"}, "“婚姻状况”上次未定，今天是“已婚”"),
    ({"marital": "married"}, {}, "“婚姻状况”上次是“已婚”，今天未定"),
    ({"marital": "other"}, {"marital": "single"}, "“婚姻状况”上次是“other”，今天是“未婚”"),
    ({"who": "self"}, {"who": "spouse"}, "“who”上次是“self”，今天是“spouse”"),
]


@pytest.mark.parametrize(("before", "after", "explanation"), CHANGED)
def test_an_answer_that_changed_or_was_open_explains_what_hangs_on_it(
    about: ComparisonContext, before: dict[str, str], after: dict[str, str], explanation: str
) -> None:
    earlier = told(answers=before, not_required=frozenset({"deed"}))
    depending = replace(about, depends_on={"deed": frozenset({"marital", "who"})})
    difference = only(compare(earlier, now(answers=after, required=BOTH), depending))
    assert (difference.explanation, difference.word) == (explanation, "新增")
    gone = told(answers=before, required=BOTH)
    back = only(compare(gone, now(answers=after, not_required=frozenset({"deed"})), depending))
    assert (back.explanation, back.word) == (explanation, "有变")


def test_an_answer_explains_nothing_that_does_not_hang_on_it(about: ComparisonContext) -> None:
    earlier = told(answers={"marital": "single"}, not_required=frozenset({"deed"}))
    today = now(answers={"marital": "married"}, required=BOTH)
    assert only(compare(earlier, today, about)).explanation == ""
    assert only(compare(earlier, today, replace(about, depends_on=None))).explanation.startswith("“婚姻状况”")


def test_an_answer_does_not_excuse_a_material_that_the_item_did_not_know(about: ComparisonContext) -> None:
    """GIVEN a material in none of the groups then THEN no answer kept it out of them."""
    today = now(answers={"marital": "married"}, required=BOTH)
    assert only(compare(told(), today, replace(about, depends_on=None))).explanation == ""


@pytest.mark.parametrize("group", ["not_required", "never_ask"])
def test_a_law_that_came_into_force_between_is_named(about: ComparisonContext, group: str) -> None:
    earlier = told(
        day=date(2026, 9, 19), basis=f"《{RULES}》（2019年修订）第二十五条。", **{group: frozenset({"deed"})}
    )
    compared = compare(earlier, now(required=BOTH), about)
    assert [d.explanation for d in compared.differences] == [f"两次之间《{RULES}》（2026年修订）开始施行"] * 2
    assert (compared.told_right, compared.summary) == (True, "今天另需 1 项，有变动 1 处，都有缘由")


def test_a_law_that_nobody_cited_explains_nothing(about: ComparisonContext) -> None:
    earlier = told(day=date(2026, 9, 19), basis="本中心规定")
    assert only(compare(earlier, now(basis="本中心规定", required=BOTH), about)).explanation == ""


def test_a_law_cited_for_the_first_time_explains(about: ComparisonContext) -> None:
    earlier = told(day=date(2026, 9, 19), basis="本中心规定")
    assert "开始施行" in only(compare(earlier, now(), about)).explanation


def test_a_law_not_yet_known_on_either_day_explains_nothing(about: ComparisonContext) -> None:
    old = {"day": date(2010, 1, 4)}
    assert only(compare(told(**old), told(**old, required=BOTH), about)).explanation == ""


def test_a_later_text_of_the_item_is_named(about: ComparisonContext) -> None:
    since = replace(about, text_from=date(2026, 11, 22))
    assert only(compare(told(), now(required=BOTH), since)).explanation == "本事项自2026年11月22日起适用新的规定"


def test_what_another_edition_said_is_the_texts_fault_and_not_the_clerks(about: ComparisonContext) -> None:
    compared = compare(told(), now(required=BOTH, catalogue="2026.12"), about)
    difference = only(compared)
    assert difference.by_text == "上次是按目录 2026.11 版的原文告知的，现在是 2026.12 版"
    assert (difference.word, difference.kind, difference.explanation) == ("目录文本", DifferenceKind.MISSED, "")
    assert (compared.faults, compared.text_faults, compared.told_right) == ((), (difference,), False)
    assert compared.summary == "今天另需 1 项，其中目录文本 1 项"


def test_told_from_one_edition_with_the_same_answers_the_text_said_the_same(about: ComparisonContext) -> None:
    """GIVEN one edition and the same answers WHEN the tellings differ THEN the earlier one did not follow the text."""
    compared = compare(told(), now(required=BOTH), about)
    assert ([d.word for d in compared.faults], compared.text_faults) == (["漏告"], ())


def test_what_has_a_cause_is_not_put_down_to_the_text(about: ComparisonContext) -> None:
    """GIVEN another edition as well WHEN an answer, a law or a day explains it THEN that is named, and no text accused."""
    later = {"required": BOTH, "catalogue": "2026.12"}
    depending = replace(about, depends_on={"deed": frozenset({"marital"})})
    then = told(answers={"marital": "single"}, not_required=frozenset({"deed"}))
    by_answer = only(compare(then, now(answers={"marital": "married"}, **later), depending))
    since = replace(about, text_from=date(2026, 11, 22))
    by_day = only(compare(told(), now(**later), since))
    assert [(one.word, bool(one.explanation), one.by_text) for one in (by_answer, by_day)] == [("新增", True, "")] * 2
    old_law = told(day=date(2026, 9, 19), basis=f"《{RULES}》（2019年修订）第二十五条。")
    assert {one.by_text for one in compare(old_law, now(**later), about).differences} == {""}


def test_faults_of_both_kinds_are_counted_apart(about: ComparisonContext) -> None:
    stale = told(basis=f"《{RULES}》（2019年修订）第二十五条。")
    compared = compare(stale, now(required=BOTH), about)
    assert compared.summary == "今天另需 1 项，有变动 1 处，其中漏告 1 项、目录文本 1 项"


@pytest.mark.parametrize(
    ("then", "today", "explanation"),
    [
        ("exempt", "hand_in", "本中心上次能够核验，今天须由申请人提供"),
        ("hand_in", "exempt", "本中心现在自行核验，不必再提供"),
    ],
)
def test_data_sharing_explains_how_a_material_is_submitted(
    about: ComparisonContext, then: str, today: str, explanation: str
) -> None:
    earlier = told(required={"deed": replace(DEED, submit=then)})
    compared = compare(earlier, now(required={"deed": replace(DEED, submit=today)}), about)
    assert only(compared).explanation == explanation
    assert compared.told_right


def test_data_sharing_does_not_excuse_the_rest(about: ComparisonContext) -> None:
    earlier = told(required={"deed": replace(DEED, submit="exempt", issuer="某银行")})
    assert only(compare(earlier, now(required={"deed": DEED}), about)).explanation == ""


def test_a_cause_that_explains_two_fields_is_said_once(about: ComparisonContext) -> None:
    earlier = told(required={"deed": replace(DEED, counts="原件1", issuer="某银行")})
    since = replace(about, text_from=date(2026, 11, 22))
    difference = only(compare(earlier, now(required={"deed": DEED}), since))
    assert difference.sentence.count("；") == 1
    assert difference.explanation.count("适用新的规定") == 1


def test_a_defect_found_now_is_listed_apart_and_is_no_fault(about: ComparisonContext) -> None:
    compared = compare(told(), now(defects={"id-card": "已过期", "photo": "太小"}), about)
    (mend,) = compared.to_mend
    assert (mend.kind, mend.word, mend.sentence) == (DifferenceKind.TO_MEND, "须改", "“身份证”须改：已过期。")
    assert compared.told_right
    assert compared.summary == "今天需要的与上次告知的一致，须改 1 项"


def test_a_missed_material_with_a_defect_stands_once(about: ComparisonContext) -> None:
    compared = compare(told(), now(required=BOTH, defects={"deed": "未盖章"}), about)
    assert only(compared).kind is DifferenceKind.MISSED
    assert compared.to_mend == ()


def test_how_a_material_reads_beside_its_name() -> None:
    assert CARD.in_words() == "须出示　原件1　公安机关出具　在有效期内"
    assert replace(CARD, counts="—", issuer="", requirement="", submit="exempt").in_words() == "免提交"


def test_what_a_material_hangs_on_reaches_through_the_questions(make: Any) -> None:
    questions = (
        make.question("who", "self", "other"),
        make.question("marital", "married", "single", when=Answered("who", ("self",))),
        make.question("first", "first", "repeat"),
    )
    married, repeat = Answered("marital", ("married",)), Answered("first", ("repeat",))
    item = make.item(
        questions=questions,
        materials=(make.rule("deed", married), make.rule("deed", repeat), make.rule("id-card")),
        handling=((repeat, Handling.DIRECT), (Always(), Handling.PROMISE)),
    )
    found = dependencies(item)
    assert found["deed"] == {"marital", "who", "first"}
    assert found["id-card"] == frozenset()
    assert found[PROMISED] == {"first"}


def test_what_an_entry_kept_is_read_back() -> None:
    material = {
        "name": "身份证",
        "counts": "原件1",
        "issuer": "公安机关",
        "requirement": "在有效期内",
        "submit": "show",
    }
    facts = {
        "item": "T01", "day": "2026-11-20", "catalogue": "2026.11", "clerk": "001", "answers": {}, "defects": {},
        "delivery": "oral",
        "told": {
            "required": {"id-card": material}, "maybe": {}, "not_required": [], "never_ask": [],
            "basis": told().basis, "statutory": told().statutory, "promised": told().promised,
        },
    }  # fmt: skip
    assert told_in(Facts.from_payload(facts)) == told(oral=True)


def test_what_today_tells_has_the_same_shape(make: Any) -> None:
    item = make.item(materials=(make.rule("id-card"), make.rule("letter", Answered("who", ("other",)))))
    situation = Situation.of(item, {})
    checklist = build_checklist(situation, defects={"id-card": "已过期"}, shared=frozenset({"letter"}))
    notice = Notice("依据", checklist, (), "程序", "3日", "当天", "补", "救济")
    today = told_by(notice, date(2026, 11, 23), item="T01", catalogue="2026.11", clerk="001", answers=situation.given)
    assert today.required == {"id-card": ToldMaterial("材料id-card", "原件1", "某单位", "签名", Submit.HAND_IN.value)}
    assert today.maybe["letter"].submit == "exempt"
    assert today.never_ask == {"single-certificate"}
    assert today.defects == {"id-card": "已过期"}
    assert (today.basis, today.statutory, today.promised) == ("依据", "3日", "当天")


def couple(make: Any, **answers: str) -> ToldContent:
    """What an item tells that asks for the spouse's card, and for an agent's, which may be the same card."""
    questions = (make.question("who", "spouse", "other"), make.question("both", "yes", "no"))
    spouse, other = Answered("who", ("spouse",)), Answered("who", ("other",))
    materials = (
        make.rule("id-card"), make.rule("agent-card", spouse, name="配偶的", covers=("spouse-card",)),
        make.rule("agent-card", other, name="他人的"), make.rule("spouse-card", Answered("both", ("yes",))),
    )  # fmt: skip
    situation = Situation.of(make.item(questions=questions, materials=materials), answers)
    notice = Notice("依据", build_checklist(situation), (), "程序", "3日", "当天", "补", "救济")
    return told_by(notice, date(2026, 11, 23), item="T01", catalogue="2026.11", clerk="001", answers=answers)


def test_a_document_with_several_uses_was_told_as_each_of_them(make: Any) -> None:
    known = couple(make, who="spouse", both="yes")
    assert [(id_, material.name) for id_, material in known.required.items()] == [
        ("id-card", "材料id-card"), ("spouse-card", "材料spouse-card"), ("agent-card", "配偶的"),
    ]  # fmt: skip
    unknown = couple(make, who="spouse")
    assert (list(unknown.required), list(unknown.maybe)) == (["id-card", "agent-card"], ["spouse-card"])


def test_three_variants_are_three_ways(make: Any) -> None:
    rules = [make.rule("deed", Answered("who", (who,)), name=who) for who in ("a", "b", "c")]
    item = make.item(questions=(make.question("who", "a", "b", "c"),), materials=(make.rule("id-card"), *rules))
    notice = Notice("依据", build_checklist(Situation.of(item, {})), (), "程序", "3日", "当天", "补", "救济")
    told_then = told_by(notice, date(2026, 11, 23), item="T01", catalogue="2026.11", clerk="001", answers={})
    assert [material.name for material in told_then.variants_of("deed")] == ["a", "b", "c"]


def test_each_variant_of_a_material_was_told(make: Any) -> None:
    unknown = couple(make)
    assert [(id_, m.name) for id_, m in unknown.maybe.items()] == [
        ("agent-card", "配偶的"), ("spouse-card", "材料spouse-card"),
    ]  # fmt: skip
    assert {id_: [m.name for m in ways] for id_, ways in unknown.variants.items()} == {"agent-card": ["他人的"]}


@pytest.mark.parametrize("before", [{}, {"both": "yes"}, {"who": "spouse"}])
@pytest.mark.parametrize("after", [{"who": "spouse", "both": "yes"}, {"who": "other", "both": "yes"}])
def test_whichever_variant_comes_true_it_was_told(make: Any, about: ComparisonContext, before: Any, after: Any) -> None:
    """GIVEN open answers WHEN they are settled THEN nothing was missed; who turned out otherwise is named as the cause."""
    about = replace(about, depends_on={"agent-card": frozenset(("who",)), "spouse-card": frozenset(("both",))})
    compared = compare(couple(make, **before), couple(make, **after), about)
    assert compared.told_right
    assert bool(compared.differences) is (before.get("who") is not None and before["who"] != after["who"])


def test_the_variant_that_both_tell_is_named(make: Any) -> None:
    unknown, other, spouse = couple(make), couple(make, who="other"), couple(make, who="spouse")
    found = unknown.as_told_by(other, "agent-card")
    assert (found.name if found else "") == "他人的"
    assert [material.name for material in unknown.variants_of("agent-card")] == ["配偶的", "他人的"]
    assert spouse.as_told_by(other, "agent-card") is None


def test_what_is_open_again_was_told_so(make: Any, about: ComparisonContext) -> None:
    assert compare(couple(make, who="other"), couple(make), about).differences == ()


def test_variants_are_kept_with_the_entry_and_older_entries_have_none(make: Any) -> None:
    told_then = couple(make)
    facts: dict[str, Any] = {
        "item": "T01", "day": "2026-11-23", "catalogue": "2026.11", "clerk": "001", "answers": {}, "defects": {},
        "delivery": "written", "told": told_then.to_payload(),
    }  # fmt: skip
    assert told_in(Facts.from_payload(facts)) == told_then
    del facts["told"]["variants"]
    assert told_in(Facts.from_payload(facts)) == replace(told_then, variants={})


IDS = st.sampled_from(["id-card", "deed", "form", "letter", "record"])
MATERIALS = st.builds(
    ToldMaterial,
    st.sampled_from(["甲", "乙"]), st.sampled_from(["—", "原件1"]), st.sampled_from(["", "某单位"]),
    st.sampled_from(["", "盖章"]), st.sampled_from([*map(str, Submit)]),
)  # fmt: skip


@st.composite
def tellings(draw: st.DrawFn) -> ToldContent:
    """Any telling: each material in one group or none, in one of two editions, before or after the new law."""
    required, maybe = draw(st.dictionaries(IDS, MATERIALS)), draw(st.dictionaries(IDS, MATERIALS))
    left = st.frozensets(IDS).map(lambda ids: ids - required.keys() - maybe.keys())
    return told(
        day=draw(st.sampled_from([date(2026, 9, 19), date(2026, 11, 20)])),
        required=required, maybe={id_: line for id_, line in maybe.items() if id_ not in required},
        not_required=draw(left), never_ask=draw(left), catalogue=draw(st.sampled_from(["2026.11", "2026.12"])),
        answers=draw(st.dictionaries(st.just("marital"), st.sampled_from(["married", "single"]))),
        defects=draw(st.dictionaries(IDS, st.just("未盖章"))),
        basis=f"《{RULES}》（{draw(st.sampled_from(['2019', '2026']))}年修订）第二十五条。",
    )  # fmt: skip


@given(tellings())
def test_a_telling_beside_itself_differs_in_nothing_but_a_stale_law(make: Any, telling: ToldContent) -> None:
    about = ComparisonContext({}, {RULES: make.statute()})
    assert [d for d in compare(telling, telling, about).differences if d.id != "basis"] == []
    assert compare(telling, telling, replace(about, statutes={})).differences == ()


@given(tellings(), tellings(), st.booleans())
def test_what_is_asked_now_and_was_not_told_appears_exactly_once(
    make: Any, earlier: ToldContent, today: ToldContent, stored_only: bool
) -> None:
    about = ComparisonContext({}, {RULES: make.statute()}, None if stored_only else {})
    compared = compare(earlier, today, about)
    seen = Counter(difference.id for difference in (*compared.differences, *compared.to_mend))
    for id_ in today.required.keys() - earlier.materials.keys():
        assert seen[id_] == 1
    assert max(seen.values(), default=0) <= 1
    asked = {difference.id for difference in compared.differences if difference.asked}
    assert asked == today.required.keys() - earlier.materials.keys()


@given(tellings(), tellings())
def test_a_difference_has_one_owner(make: Any, earlier: ToldContent, today: ToldContent) -> None:
    """A cause, the text, or nobody yet; between tellings of one edition the text is accused of its citations alone."""
    compared = compare(earlier, today, ComparisonContext({}, {RULES: make.statute()}, {}))
    assert not any(one.explanation and one.by_text for one in compared.differences)
    assert len(compared.differences) == len(compared.faults) + len(compared.text_faults) + sum(
        bool(one.explanation) for one in compared.differences
    )
    if earlier.catalogue == today.catalogue:
        assert {one.id for one in compared.text_faults} <= {"basis"}
    else:
        assert compared.faults == ()
