"""The five parts of the notice (守则 一(五)2): in words, and refused where one is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.five_parts import (
    Notice,
    Responsible,
    gate,
    gate_responsible,
    in_one_line,
    one_hand,
    promised_in_short,
    promised_words,
    statutory_words,
    write_notice,
)
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.items import Step
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post
from counter_assistant.domain.refusal import Refusal

DAY = date(2026, 11, 23)
CLERK = Clerk("003", "张某", "归集提取科", "科长", "审核", "0883-3")
PROFILE = OfficeProfile(
    "某中心", "某管理部", "临公积金", "耿一", "530926", "综合窗口1", "0883-0", "12329",
    posts=(Post("reviewer", "提取审核岗", "归集提取科", "003"), Post("vacant", "审批岗", "归集提取科")), clerks=(CLERK,),
)  # fmt: skip


def notice(make: Any, day: date = DAY, **changes: Any) -> Notice:
    item = make.item(**changes)
    checklist = build_checklist(Situation.of(item, {}))
    return write_notice(item, checklist, item.promised, make.catalogue(item), PROFILE, day)


def test_a_sound_item_gives_all_five_parts(make: Any) -> None:
    written = notice(make)
    assert written.missing_parts() == []
    assert written.basis.startswith("《住房公积金管理条例》（2026年修订）第二十四条第一款第一项。")
    assert written.procedure == "窗口申请。流程：申请 → 审核。"
    assert (written.statutory, written.promised) == ("自受理之日起3日内办结", "材料补齐后当场或当天办结")
    gate(written)


def test_a_local_matter_is_carried_by_its_note(make: Any) -> None:
    assert notice(make, basis=(), basis_note="本市规定（待核定）。").basis == "本市规定（待核定）。"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"basis": ()}, "①政策依据"),
        ({"materials": ()}, "②证明资料及填报要求"),
        ({"steps": ()}, "③承办部门或责任人员"),
        ({"steps": (Step("审批", "归集提取科", "vacant"),)}, "③承办部门或责任人员（审批岗空岗）"),
        ({"steps": (Step("审批", "归集提取科", "nowhere"),)}, "③承办部门或责任人员（nowhere空岗）"),
        ({"remedy": ""}, "⑤补救途径及方式"),
        ({"redress": ""}, "⑤补救途径及方式"),
    ],
)
def test_a_notice_that_lacks_a_part_is_refused_by_its_name(make: Any, changes: dict[str, Any], missing: str) -> None:
    written = notice(make, **changes)
    assert written.missing_parts() == [missing]
    with pytest.raises(Refusal, match="告知内容不全") as refused:
        gate(written)
    assert refused.value.code == "incomplete-notice"
    assert missing in refused.value.sentence


def test_what_is_needed_under_a_condition_alone_is_part_two_while_the_answer_is_open(make: Any) -> None:
    by_self, by_other = Answered("who", ("self",)), Answered("who", ("other",))
    variants = (make.rule("letter", by_other), make.rule("letter", by_self, requirement="盖章"))
    written = notice(make, materials=variants)
    assert (written.checklist.required, len(written.checklist.maybe)) == ((), 2)
    assert written.missing_parts() == []


@pytest.mark.parametrize("part", ["procedure", "promised"])
def test_a_notice_without_procedure_or_limit_is_refused(make: Any, part: str) -> None:
    without: dict[str, Any] = {part: ""}
    assert replace(notice(make), **without).missing_parts() == ["④程序和时限"]


def test_a_law_that_is_not_in_force_on_the_day_is_no_basis(make: Any) -> None:
    assert "①政策依据" in notice(make, day=date(2026, 9, 19)).missing_parts()


def test_who_answers_for_a_step(make: Any) -> None:
    steps = (Step("审核", "归集提取科", "reviewer"), Step("转账", "受委托银行"))
    reviewer, bank = notice(make, steps=steps).responsible
    assert reviewer.in_words() == "审核：归集提取科　提取审核岗　张某　0883-3"
    assert bank.in_words() == "转账：受委托银行"
    assert not bank.vacant


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ((0, "workday", "complete"), "材料补齐后当场或当天办结"),
        ((1, "workday", "complete"), "材料补齐之日起1个工作日内办结（当日不计）"),
        ((3, "day", "acceptance"), "自受理之日起3日内办结（当日不计）"),
    ],
)
def test_a_promise_names_no_calendar_date(make: Any, limit: tuple[int, str, str], words: str) -> None:
    assert promised_words(make.limit(*limit)) == words
    assert promised_words(make.limit(*limit, Source("assumption"))) == f"{words}（待核定）"
    counted = replace(make.limit(*limit), first_day_counts=True)
    assert promised_words(counted) == words.replace("当日不计", "当日计入")


def test_no_statutory_limit_is_said_and_one_to_be_confirmed_is_marked(make: Any) -> None:
    assert statutory_words(()) == "法律、法规未规定办理期限"
    limit = replace(make.limit(5, "day", "acceptance", Source("guide")), act="作出决定")
    assert statutory_words((limit,)) == "自受理之日起5日内作出决定（待核定）"


def test_each_body_that_a_statute_binds_is_named_with_its_own_limit(make: Any) -> None:
    centre = replace(make.limit(5, "day", "receipt"), act="书面答复")
    assert statutory_words((replace(centre, by="受委托银行"), centre)) == (
        "受委托银行自收到申请之日起5日内书面答复；本中心自收到申请之日起5日内书面答复"
    )
    filing = replace(make.limit(90, "day", "filing"), act="作出行政处罚决定")
    assert statutory_words((filing,)) == "立案处罚的自立案之日起90日内作出行政处罚决定"


def test_a_promise_that_can_outlast_the_statute_says_that_it_does_not(make: Any) -> None:
    statutory = make.limit(3, "day", "acceptance")
    assert promised_words(make.limit(3), statutory) == "材料补齐之日起3个工作日内办结（当日不计），不晚于法定期限"
    assert promised_words(make.limit(1), statutory) == "材料补齐之日起1个工作日内办结（当日不计）"
    assert promised_words(make.limit(0), statutory) == "材料补齐后当场或当天办结"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ((0, "workday", "complete"), "您把材料交齐以后，我们当场或当天办结"),
        ((1, "workday", "complete"), "您把材料交齐以后，我们1个工作日内办结（交齐那天不算）"),
        ((3, "day", "acceptance"), "受理以后，我们3日内办结（受理那天不算）"),
        ((5, "day", "receipt"), "收到您的申请以后，我们5日内办结（收到那天不算）"),
    ],
)
def test_in_short_a_promise_says_who_does_what_by_when(make: Any, limit: tuple[int, str, str], words: str) -> None:
    assert promised_in_short(make.limit(*limit)) == words
    counted = replace(make.limit(*limit), first_day_counts=True)
    assert promised_in_short(counted) == words.replace("那天不算", "那天也算")


def test_in_short_a_promise_that_can_outlast_the_statute_names_its_limit(make: Any) -> None:
    statutory = make.limit(3, "day", "acceptance")
    assert promised_in_short(make.limit(3), statutory).endswith("，最晚不超过法定的3日（自受理之日起）")
    assert promised_in_short(make.limit(1), statutory) == promised_in_short(make.limit(1))


def test_nobody_promises_a_date_for_a_vacant_post(make: Any) -> None:
    steps = (Step("审核", "归集提取科", "reviewer"), Step("审批", "归集提取科", "vacant"))
    with pytest.raises(Refusal, match="空岗") as refused:
        gate_responsible(notice(make, steps=steps))
    assert refused.value.code == "vacant-post"
    gate_responsible(notice(make, steps=steps[:1]))


def test_steps_that_follow_in_the_same_post_and_hand_are_one_line() -> None:
    look, check = (Responsible(step, "贷款科", "审核岗", "赵某", "0883-4") for step in ("现场勘验", "审核"))
    approve = Responsible("审批", "贷款科", "审批岗", "赵某", "0883-4")
    assert in_one_line((look, check, approve)) == [
        "现场勘验、审核：贷款科　审核岗　赵某　0883-4",
        "审批：贷款科　审批岗　赵某　0883-4",
    ]


def test_steps_in_one_hand_are_named() -> None:
    both = (Responsible("审核", "贷款科", "审核岗", "赵某"), Responsible("审批", "贷款科", "审批岗", "赵某"))
    assert one_hand((Responsible("受理", "综合科"), *both, Responsible("放款", "某银行"))) == "审核、审批"
    assert one_hand((both[0], Responsible("审批", "贷款科", "审批岗", "陈某"))) == ""
