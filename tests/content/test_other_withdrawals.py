"""Withdrawals for other causes: heirs, leaving work, retirement, going abroad, hardship. Each situation has its own papers."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import NOT_ASKED
from tests.content.asked import OLD_LAW, TODAY, asked, conditions, item_on, notes, requirement


@pytest.mark.parametrize(
    ("succession", "needed", "not_needed"),
    [
        ("first_order", {"kinship-proof"}, {"succession-proof", "court-judgment"}),
        ("other", {"succession-proof"}, {"kinship-proof", "court-judgment"}),
        ("dispute", {"court-judgment"}, {"kinship-proof", "heirs-consent", "succession-proof"}),
    ],
)
def test_only_heirs_of_the_first_order_without_dispute_need_no_notary(
    succession: str, needed: set[str], not_needed: set[str]
) -> None:
    found = asked("B15", who="heir", succession=succession)
    assert needed <= found.needed
    assert not not_needed & (found.needed | found.maybe)


def test_the_words_on_notarisation_are_limited_to_them_and_leave_the_limit_by_balance_to_the_centre() -> None:
    never = next(entry for entry in item_on("B15").never_ask if entry.id == "first-order-notarisation")
    assert "第一顺序继承人无争议时" in never.name
    assert "余额限额" in notes("B15", succession="first_order")
    assert "余额限额" not in notes("B15", succession="other") + notes("B15", succession="dispute")
    assert not any(char.isdigit() for char in notes("B15"))


@pytest.mark.parametrize(
    ("succession", "paper"), [("first_order", "其他同顺序继承人同意书"), ("other", "其他继承人的公证委托书")]
)
def test_several_heirs_consent_in_writing(succession: str, paper: str) -> None:
    """In the first order without a dispute a letter is enough; under a will or in the second order a notary attests it."""
    assert "heirs-consent" not in asked("B15", succession=succession, heirs="one").needed
    assert asked("B15", who="heir", succession=succession).maybe == {"heirs-consent"}
    made = build_checklist(Situation.of(item_on("B15"), {"succession": succession, "heirs": "several"}))
    assert paper in [line.material.name for line in made.required]


def test_a_judgment_that_may_stand_in_for_the_deed_is_never_called_needless() -> None:
    made = build_checklist(Situation.of(item_on("B15"), {"who": "heir", "succession": "other", "heirs": "one"}))
    assert "判决书、裁定书或者调解书" not in [name for names in made.wrongly_brought.values() for name in names]


def test_a_judgment_on_a_dispute_says_whose_the_balance_is_however_many_they_are() -> None:
    assert Situation.of(item_on("B15"), {"succession": "dispute"}).settled["heirs"] == NOT_ASKED


def test_who_died_and_which_account_it_is_stands_on_the_form() -> None:
    written = requirement("B15", "application-form")
    assert all(word in written for word in ("已故职工", "姓名", "证件号", "账号"))
    assert conditions("B15")["account-sealed"] == "已故职工的账户已封存"
    assert conditions("B15")["no-open-fund-loan"] == "已故职工的公积金贷款已结清"
    assert "账号不清楚的由窗口查询；账户还没有封存的，先由其单位办理封存" in notes("B15")


def test_whom_the_heirs_send_brings_the_heirs_authority() -> None:
    assert "各提取人签署" in requirement("B15", "notarised-power-of-attorney", who="other")
    assert "agent-id-card" in asked("B15", who="other").needed
    assert {"agent-id-card", "guardianship-proof"} <= asked("B15", who="guardian").needed


@pytest.mark.parametrize(("acct", "needs_proof"), [("normal", False), ("stopped", True), ("sealed", False)])
def test_whoever_is_still_paying_is_not_sent_for_a_proof_of_leaving(acct: str, needs_proof: bool) -> None:
    found = asked("B16", acct=acct)
    assert ("termination-proof" in found.needed) is needs_proof
    assert "termination-proof" not in found.maybe


def test_whoever_comes_from_elsewhere_shows_it_where_the_household_counts() -> None:
    assert "household-register" in asked("B16", hukou="elsewhere").needed
    assert "household-register" not in asked("B16", hukou="local").needed
    assert conditions("B16")["hukou"] == "户籍在本中心公布的离职提取范围内"


@pytest.mark.parametrize("day", [TODAY, OLD_LAW])
def test_who_reaches_the_age_brings_no_retirement_certificate(day: date) -> None:
    of_age, early = asked("B12", day, retire_kind="at_age"), asked("B12", day, retire_kind="early")
    assert "retirement-record" in of_age.needed
    assert "retirement-certificate" not in of_age.needed | of_age.maybe
    assert "retirement-certificate" in early.needed
    assert "retirement-record" not in early.needed | early.maybe


@pytest.mark.parametrize("day", [TODAY, OLD_LAW])
def test_a_record_that_may_be_missing_never_calls_the_certificate_needless(day: date) -> None:
    """核验无结果 means that the certificate is brought after all."""
    made = build_checklist(
        Situation.of(item_on("B12", day), {"who": "self", "acct": "sealed", "retire_kind": "at_age"})
    )
    assert "退休证或者退休审批表" not in [name for names in made.wrongly_brought.values() for name in names]


@pytest.mark.parametrize(
    ("item_id", "answers", "papers"),
    [
        ("B14", {"emigrant": "settling"}, {"户口注销证明或者定居签证"}),
        ("B14", {"emigrant": "leaving"}, {"终止或者解除劳动关系证明"}),
        ("B18", {"hardship": "allowance"}, {"低保证"}),
        ("B18", {"hardship": "illness", "patient": "self"}, {"诊断证明、病历和费用票据"}),
        ("B18", {"hardship": "illness", "patient": "family"}, {"诊断证明、病历和费用票据", "与患者的关系证件"}),
        ("B18", {"hardship": "sudden"}, {"灾害损失或困难认定材料"}),
    ],
)
def test_each_cause_has_its_own_papers(item_id: str, answers: dict[str, str], papers: set[str]) -> None:
    made = build_checklist(Situation.of(item_on(item_id), {"who": "self", **answers}))
    assert not made.maybe
    own = {"id-card", "bank-card", "application-form", "commitment-form"}
    assert {line.material.name for line in made.required if line.material.id not in own} == papers


def test_an_elevator_is_withdrawn_for_within_the_published_time() -> None:
    assert conditions("B17")["in-time"] == "在本中心公布的期限内申请"
