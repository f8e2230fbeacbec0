"""What the box says: what to bring and copy, who else comes, what is everybody's, where first, until when to contest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import Summary, lines_of
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.issuing.box_facts import box_facts, either_or, to_bring, who_comes
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.office import Office
from tests.decision_rows import BOUGHT, LOAN, PROMISE, ROWS
from tests.make import a_request

RENTS = {"who": "self", "marital": "married", "lease": "unregistered", "rent_by": "actual", "spouse_also": "no"}


def matter(office: Office, **changes: Any) -> Matter:
    return assess(a_request(**changes), office.catalogue, office.profile, office.today())


def box(office: Office, kind: SlipKind, **changes: Any) -> list[str]:
    body = compose(matter(office, **changes), kind, office).body
    return [line for element in body if isinstance(element, Summary) for line in lines_of(element)]


def test_what_must_be_fetched_comes_before_what_everybody_carries(office: Office) -> None:
    asked = matter(office, answers=RENTS)
    assert to_bring(asked, keeping=False) == (
        ["房租发票（原件和复印件）", "结婚证", "配偶有效身份证件"],
        ["有效身份证件", "Ⅰ类借记卡"],
    )


def test_what_was_given_back_is_brought_again_and_what_is_wrong_says_why(office: Office) -> None:
    defects = [{"id": "rent-invoice", "why": "没有盖章。"}]
    came = matter(office, answers=RENTS, received=["id-card", "marriage-certificate"], defects=defects)
    must, also = to_bring(came, keeping=False)
    assert must == ["本人名下Ⅰ类借记卡", "配偶有效身份证件", "房租发票（须改：没有盖章；原件和复印件）"]
    assert also == ["有效身份证件", "结婚证"]


def test_nothing_is_to_be_brought_where_everything_is_there(office: Office) -> None:
    assert to_bring(matter(office, answers=RENTS | {"fund_loan_open": "no"}, received="all"), keeping=False) == ([], [])


def test_of_several_that_are_copied_it_is_said_once_and_what_was_given_back_says_it_for_itself(office: Office) -> None:
    must, _ = to_bring(matter(office, item="B01", answers=BOUGHT), keeping=False)
    assert must[:2] == ["不动产权证", "契税完税凭证（以上各要原件和复印件）"]
    came = matter(office, item="B01", answers=BOUGHT, received=["title-deed"])
    assert "不动产权证（原件和复印件）" in to_bring(came, keeping=False)[1]


@pytest.mark.parametrize(
    ("changes", "coming", "perhaps"),
    [
        ({"item": "C02", "answers": {**LOAN, "marital": "married"}}, ["配偶"], []),
        ({"item": "C02", "answers": {**LOAN, "marital": "unmarried"}}, [], []),
        ({"item": "C02"}, [], ["已婚的，配偶也要来签名", "申请人是共有人的，共有人也要来签名"]),
        ({"answers": RENTS}, [], ["配偶同时提取本人才须到场"]),
        ({"answers": {**RENTS, "spouse_also": "yes"}}, ["配偶"], []),
        ({"answers": {k: v for k, v in RENTS.items() if k != "spouse_also"}}, [], ["配偶同时提取的，配偶才要来签名"]),
    ],
)
def test_who_else_comes_is_what_the_materials_require(
    office: Office, changes: dict[str, Any], coming: list[str], perhaps: list[str]
) -> None:
    assert who_comes(matter(office, **changes), keeping=False) == (coming, perhaps)


def test_whose_card_was_given_back_comes_again_and_nobody_where_everything_is_there(office: Office) -> None:
    open_still = matter(office, item="C02", answers={"marital": "married"}, received="all")
    assert who_comes(open_still, keeping=True)[0] == ["配偶"]
    done = matter(office, item="C02", answers={**LOAN, "marital": "married"}, received="all")
    assert who_comes(done, keeping=True) == ([], [])


def test_of_which_cases_one_is_everybodys_is_said_and_of_others_not(office: Office) -> None:
    assert either_or(matter(office, item="C02")) == [["已领不动产权证", "未领不动产权证"]]
    assert either_or(matter(office, item="C02", answers={"deed": "issued"})) == []
    assert "“已领不动产权证”“未领不动产权证”两种情况必居其一" in box(office, SlipKind.NOTIFICATION_SLIP, item="C02")[0]


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({}, True),
        ({"channel": "letter"}, True),
        ({"channel": "phone"}, False),
        ({"delivery": "oral"}, False),
    ],
)
def test_the_paper_is_brought_by_who_has_it_in_their_hand(office: Office, changes: dict[str, Any], there: bool) -> None:
    facts = box_facts(matter(office, **{"item": "B08", **changes}), SlipKind.NOTIFICATION_SLIP, office)
    assert facts["paper_in_hand"] is there


def test_a_return_names_the_first_place_and_this_window_for_later(office: Office) -> None:
    changes = ROWS["6-not-eligible"][0]
    lines = box(office, SlipKind.RETURN_NOTICE, **changes)
    assert "受委托银行：示例银行；在哪个网点、要带什么，先问银行。" in lines
    assert sum("先向受委托银行" in line for line in lines) == 1, "where to go first is said once"
    assert [line.partition("：")[0] for line in lines if "综合窗口" in line] == ["以后再来"]
    assert "不服的，从收到本单之日起60日内申请行政复议，或者6个月内提起行政诉讼，见第五项。" in lines
    referred = {**changes, "details": {**changes.get("details", {}), "refer_to": "某银行", "refer_phone": "0883-1"}}
    assert "先到：某银行，电话0883-1。" in box(office, SlipKind.RETURN_NOTICE, **referred)


def test_a_return_to_a_bank_that_nobody_has_named_says_what_to_ask_first(office: Office) -> None:
    before = office.profile
    office.decide_profile(replace(before, banks=""))
    lines = box(office, SlipKind.RETURN_NOTICE, **ROWS["6-not-eligible"][0])
    office.decide_profile(before)
    assert "去银行前：先问在哪个网点、要带什么。" in lines


def test_where_the_courts_are_open_only_to_some_the_box_names_no_days(office: Office) -> None:
    facts = box_facts(matter(office, item="C08"), SlipKind.RETURN_NOTICE, office)
    assert facts["redress_days"] == []


@pytest.mark.parametrize(
    ("result", "phone", "line"),
    [
        ("电话通知", "13800000000", "结果：电话通知；也可以带本单和身份证件来查询、领取结果文书。"),
        ("", "13800000000", "结果：打电话通知您；也可以带本单和身份证件来查询、领取结果文书。"),
        ("", "", "结果：您没有留电话，请带本单和身份证件来查询、领取结果文书。"),
    ],
)
def test_nobody_is_made_to_come_for_what_is_told_by_telephone(
    office: Office, result: str, phone: str, line: str
) -> None:
    before = office.profile
    office.decide_profile(replace(before, result=result))
    changes = {**PROMISE, "applicant": {**PROMISE["applicant"], "phone": phone}}
    lines = box(office, SlipKind.PROMISE_NOTICE, **changes)
    office.decide_profile(before)
    assert lines[1] == line
    assert lines[-1].startswith("要来的话，请到：" if phone else "到哪：")


@pytest.mark.parametrize(("days", "line"), [(0, "何时来：补齐没有固定的截止日期，请尽早来"), (15, "何时来：请最迟")])
def test_a_supplement_says_until_when_to_come(office: Office, days: int, line: str) -> None:
    before = office.profile
    office.decide_profile(replace(before, supplement_days=days))
    lines = box(office, SlipKind.SUPPLEMENT_NOTICE, **ROWS["8-promise-incomplete"][0])
    office.decide_profile(before)
    assert [told for told in lines if told.startswith(line)]
