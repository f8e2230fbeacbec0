"""Approving an item and taking that back: acts of the book that hold at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve, last_approver, withdraw
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import ACCEPTED, DIRECT, PROMISE, RENTED
from tests.make import NOW, a_request, an_office, confirmed, give_items
from tests.operations.issuing.test_compose import in_lines
from tests.places import GOLDEN

TODAY = NOW.date()
APPROVAL = Approval("临公积金〔2026〕9号", TODAY, "中心主任办公会")
WITH_LOAN = {**DIRECT, "answers": RENTED | {"fund_loan_open": "yes"}, "purpose": "apply"}
FOUND = {"details": {"explanation": "经查询业务系统，您名下有一笔公积金贷款，余额12万元"}}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose profile is confirmed, so that papers are real."""
    office = an_office(tmp_path)
    office.decide_profile(confirmed(office.profile))
    yield office
    office.close()


def issue(office: Office, changes: dict[str, Any]) -> Issued:
    return issue_slip(office, a_request(**changes))


def refused(office: Office, changes: dict[str, Any]) -> Refusal:
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue(office, changes)
    assert office.book.head() == head
    return refusal.value


def state(office: Office, item: str, day: date = TODAY) -> str:
    return office.catalogue.state(item, day).label


def test_a_promise_is_refused_with_who_approves_and_where_and_goes_through_once_it_is_recorded(office: Office) -> None:
    refusal = refused(office, {**PROMISE, **ACCEPTED})
    assert refusal.code == "item-unapproved"
    assert "请报本中心批准" in refusal.remedy
    assert "“事项”页（F6）按 F9 登记核定" in refusal.remedy

    entry = approve(office, ["B01"], TODAY, APPROVAL)
    issued = issue(office, {**PROMISE, **ACCEPTED})
    assert issued.slip is not None
    assert issued.slip.draft.mark == ""
    text = in_lines(issued.slip.draft)
    assert "待核定" not in text
    assert "本事项经中心主任办公会临公积金〔2026〕9号核定" in text
    (kept,) = office.book.entries(EntryKind.SLIP_ISSUED)
    assert kept.payload["facts"]["approval"] == APPROVAL.number
    assert (entry.kind, entry.payload["clerk"]) == (EntryKind.ITEM_APPROVED, office.profile.clerk("").staff_number)
    assert [text["item"] for text in entry.payload["texts"]] == ["B01"]
    assert office.book.check().problems == []


def test_a_return_rests_on_the_approved_condition_and_names_itself_the_decision(office: Office) -> None:
    """GIVEN an open loan WHEN the item is not approved THEN nothing is decided against anybody; THEN it is, in full."""
    before = issue(office, {**WITH_LOAN, **FOUND})
    assert before.kind is SlipKind.NOTIFICATION_SLIP, "an incomplete application, and the loan to be verified"

    approve(office, ["B08"], TODAY, APPROVAL)
    slip = issue(office, {**WITH_LOAN, **FOUND}).slip
    assert slip is not None
    assert slip.draft.kind is SlipKind.RETURN_NOTICE
    text = in_lines(slip.draft)
    if os.environ.get("GOLDEN") == "write":
        (GOLDEN / "paper-6-approved-condition.txt").write_text(text, encoding="utf-8")
    assert text == (GOLDEN / "paper-6-approved-condition.txt").read_text(encoding="utf-8")
    assert "**您有未结清的公积金贷款。****经办人核实：经查询业务系统，您名下有一笔公积金贷款，余额12万元。**" in text
    assert "本人及配偶无未结清的公积金贷款（本中心核定的办理条件，临公积金〔2026〕9号）。" in text
    assert "本通知书即为本中心对您这次申请作出的决定。" in text
    assert "期限自您收到本通知书之日起计算" in text
    for words in ("□ 申请", "不符合：", "待核定", "示例，不作为承诺"):
        assert words not in text


def test_a_return_without_the_clerks_sentence_is_refused(office: Office) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    for details in ({}, {"explanation": "。"}):
        refusal = refused(office, {**WITH_LOAN, "details": details})
        assert (refusal.code, "退回说明" in refusal.remedy) == ("explanation-needed", True)


def test_a_return_chosen_by_hand_lists_the_conditions_that_bind(office: Office) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    slip = issue(office, {**DIRECT, "purpose": "apply", "eligible": "no", **FOUND}).slip
    assert slip is not None
    text = in_lines(slip.draft)
    assert "本事项要求：申请时已连续足额缴存满3个月（本中心核定的办理条件，临公积金〔2026〕9号）；" in text
    named = {"condition": "no-house", "explanation": "经查询，您和配偶在本市有一套住房"}
    slip = issue(office, {**DIRECT, "purpose": "apply", "eligible": "no", "details": named}).slip
    assert slip is not None
    (required,) = [line for line in in_lines(slip.draft).splitlines() if line.startswith("本事项要求：")]
    assert required == "本事项要求：本人及配偶在本市无自有住房（本中心核定的办理条件，临公积金〔2026〕9号）。"
    assert (
        refused(office, {**DIRECT, "eligible": "no", "purpose": "apply", "details": named | {"condition": "x"}}).code
        == "unknown-condition"
    )


@pytest.mark.parametrize("eligible", ["unchecked", "yes", "undecided"])
def test_nobody_is_returned_before_the_eligibility_is_settled(office: Office, eligible: str) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    chosen = {**DIRECT, "received": "all", "slip": "return_notice", "reason": "当事人要求", **FOUND}
    assert refused(office, {**chosen, "eligible": eligible}).code == "eligibility-unchecked"


def test_a_matter_accepted_before_the_effective_day_is_not_covered(office: Office) -> None:
    approve(office, ["B01"], TODAY, replace(APPROVAL, date=date(2026, 11, 20), effective_from=date(2026, 11, 21)))
    assert refused(office, {**PROMISE, **ACCEPTED, "on": "2026-11-20"}).code == "item-unapproved"
    assert issue(office, {**PROMISE, **ACCEPTED, "on": "2026-11-21"}).slip is not None
    approve(office, ["B02"], TODAY, replace(APPROVAL, effective_from=date(2026, 12, 1)))
    assert (state(office, "B02"), state(office, "B02", date(2026, 12, 1))) == ("待生效", "已核定")


def test_all_are_approved_in_one_act_and_one_is_taken_back(office: Office) -> None:
    everything = list(office.catalogue.items)
    approve(office, everything, TODAY, APPROVAL)
    assert {state(office, item) for item in everything} == {"已核定"}
    entry = withdraw(office, ["B01"], "文号写错了")
    assert {key: entry.payload[key] for key in ("items", "reason", "clerk")} == {
        "items": ["B01"], "reason": "文号写错了", "clerk": office.profile.clerk("").staff_number,
    }  # fmt: skip
    assert (state(office, "B01"), state(office, "B02")) == ("示例", "已核定")
    assert refused(office, {**PROMISE, **ACCEPTED}).code == "item-unapproved"


def test_an_approval_is_there_when_the_book_is_opened_again(tmp_path: Path) -> None:
    for turn in range(3):
        office = an_office(tmp_path)
        assert state(office, "B08") == ("示例", "已核定", "示例")[turn]
        if turn == 0:
            approve(office, ["B08"], TODAY, APPROVAL)
        elif turn == 1:
            withdraw(office, ["B08"], "报批有误")
        office.close()


def test_a_text_that_changed_since_is_to_be_approved_again(office: Office) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    files = office.catalogue
    changed = tuple(replace(text, standard="另一标准") for text in files.items["B08"])
    give_items(office, replace(files, items={**files.items, "B08": changed}))
    assert office.catalogue.state("B08", TODAY) is ApprovalState.CHANGED
    item = office.catalogue.item("B08", TODAY)
    assert item is not None
    assert item.approval is None
    approve(office, ["B08"], TODAY, APPROVAL)
    assert state(office, "B08") == "已核定"


def test_a_return_without_any_ground_is_refused_and_as_a_sample_says_that_it_decides_nothing(office: Office) -> None:
    """GIVEN an item whose file names an approval but whose conditions are all a guide's THEN nobody is returned on them."""
    by_hand = {**DIRECT, "purpose": "apply", "eligible": "no", **FOUND}
    files = office.catalogue
    named = tuple(replace(text, approval=APPROVAL) for text in files.items["B08"])
    give_items(office, replace(files, items={**files.items, "B08": named}))
    assert refused(office, by_hand).code == "no-ground"

    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, confirmed=False).to_payload())
    office.reread()
    slip = issue(office, by_hand).slip
    assert slip is not None
    text = in_lines(slip.draft)
    assert "本事项的办理条件待本中心核定，本单不作为决定。" in text
    assert "作出的决定" not in text
    assert "该决定即" not in text


def test_who_approved_last_is_remembered(office: Office) -> None:
    assert last_approver(office) == ""
    approve(office, ["B08"], TODAY, APPROVAL)
    approve(office, ["B09"], TODAY, replace(APPROVAL, approver=" 管委会 "))
    assert last_approver(office) == "管委会"


BAD: list[tuple[dict[str, Any], str]] = [
    ({"number": "  "}, "approval-incomplete"), ({"approver": ""}, "approval-incomplete"),
    ({"number": "号" * 51}, "text-too-long"), ({"approver": "主\u202e任"}, "unprintable-text"),
    ({"date": date(2026, 11, 24)}, "approval-in-future"),
    ({"effective_from": date(2026, 11, 22)}, "approval-backdated"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), BAD)
def test_an_approval_that_cannot_be_is_refused(office: Office, change: dict[str, Any], code: str) -> None:
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        approve(office, ["B08"], TODAY, replace(APPROVAL, **change))
    assert refusal.value.code == code
    assert office.book.head() == head


def test_what_says_nothing_new_is_refused_but_new_items_may_join(office: Office) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    with pytest.raises(Refusal) as refusal:
        approve(office, ["B08"], TODAY, APPROVAL)
    assert (refusal.value.code, "事项 B08" in refusal.value.sentence) == ("approval-known", True)
    approve(office, ["B08", "B09"], TODAY, APPROVAL)
    with pytest.raises(Refusal, match="这 2 个事项"):
        approve(office, ["B08", "B09"], TODAY, APPROVAL)
    with pytest.raises(Refusal) as unknown:
        approve(office, ["Z99"], TODAY, APPROVAL)
    assert unknown.value.code == "unknown-item"


@pytest.mark.parametrize(
    ("items", "reason", "code"),
    [(["B08"], " ", "reason-missing"), (["B09"], "文号有误", "not-approved"), (["B08"], "不知道", "forbidden-wording")],
)
def test_a_withdrawal_that_cannot_be_is_refused(office: Office, items: list[str], reason: str, code: str) -> None:
    approve(office, ["B08"], TODAY, APPROVAL)
    with pytest.raises(Refusal) as refusal:
        withdraw(office, items, reason)
    assert refusal.value.code == code
    assert state(office, "B08") == "已核定"
