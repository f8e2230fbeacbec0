"""What must agree before a form is printed."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.counter_forms.cross_checks import CHECKS, Checked, faults_of
from counter_assistant.domain.counter_forms.registers import Totals

CHANGES = Totals(3, {"due": 180_00}, (("增加", 2, {"due": 150_00}), ("减少", 1, {"due": 30_00})))
MONTHS = [{"start": "202601", "end": "202603"}, {"start": "202605", "end": "202604"}]
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("within_balance", {"values": {}}, ""),
    ("within_balance", {"values": {"amount": "100"}}, ""),
    ("within_balance", {"values": {"amount": "100", "balance": "200"}}, ""),
    ("within_balance", {"values": {"amount": "300", "balance": "200"}}, "amount-over-balance"),
    ("within_balance", {"values": {"amount": "200", "balance": "200", "mode": "partial"}}, "nothing-left"),
    ("within_balance", {"values": {"amount": "200", "balance": "200", "mode": "closing"}}, ""),
    ("lease_in_order", {"values": {"lease_from": "2026-01-01", "lease_to": "2025-12-31"}}, "end-before-start"),
    ("lease_in_order", {"values": {"lease_from": "2026-01-01", "lease_to": "2026-12-31"}}, ""),
    ("authority_in_order", {"values": {"authority_from": "2026-01-01"}}, ""),
    ("deferral", {"values": {"deferral_from": "202601"}}, ""),
    ("deferral", {"values": {"deferral_from": "202601", "deferral_to": "202612"}}, ""),
    ("deferral", {"values": {"deferral_from": "202601", "deferral_to": "202701"}}, "deferral-too-long"),
    ("deferral", {"values": {"deferral_from": "202602", "deferral_to": "202601"}}, "end-before-start"),
    ("deferral", {"values": {"deferral_from": "202610", "deferral_to": "202709"}}, ""),
    ("inheritance", {"values": {"balance": "99"}}, ""),
    ("inheritance", {"values": {}, "inheritance_limit": 100}, ""),
    ("inheritance", {"values": {"balance": "100"}, "inheritance_limit": 100}, ""),
    ("inheritance", {"values": {"balance": "101"}, "inheritance_limit": 100}, "over-inheritance-limit"),
    ("row_months", {"values": {}, "rows": MONTHS[:1]}, ""),
    ("row_months", {"values": {}, "rows": MONTHS}, "end-before-start"),
    ("changes_agree", {"values": {"more_count": "9"}}, ""),
    ("changes_agree", {"values": {}, "changes": CHANGES}, ""),
    ("changes_agree", {"values": {"more_count": "2", "more_amount": "15000"}, "changes": CHANGES}, ""),
    ("changes_agree", {"values": {"less_count": "2"}, "changes": CHANGES}, "changes-disagree"),
    ("changes_agree", {"values": {"more_amount": "14000"}, "changes": CHANGES}, "changes-disagree"),
]


@pytest.mark.parametrize(("check", "given", "code"), CASES)
def test_a_check_says_what_does_not_agree(check: str, given: dict[str, Any], code: str) -> None:
    assert [fault.code for fault in faults_of([check], Checked(**given))] == ([code] if code else [])


WORDS = {
    "amount-over-balance": "本次提取 3.00 元，多于余额 2.00 元。请核对余额和本次提取金额。",
    "nothing-left": "部分提取以后余额不能为零。请改金额，或者改为销户提取。",
    "deferral-too-long": "一次缓缴 13 个月，超过一年。请分次申请，或者核对起止年月。",
    "over-inheritance-limit": "余额 1.01 元，超过限额 1.00 元。请按公证书或者裁判文书办，不签这份承诺书。",
}
"""What each says where it says but one thing."""


@pytest.mark.parametrize(("check", "given", "code"), [case for case in CASES if case[2] in WORDS])
def test_each_says_what_is_wrong_and_what_to_do(check: str, given: dict[str, Any], code: str) -> None:
    (fault,) = faults_of([check], Checked(**given))
    assert str(fault) == WORDS[code]


@pytest.mark.parametrize(
    ("check", "given", "words"),
    [
        (
            "lease_in_order",
            {"values": {"lease_from": "2026-01-02", "lease_to": "2026-01-01"}},
            "租期的止期早于起期。请核对起止。",
        ),
        (
            "authority_in_order",
            {"values": {"authority_from": "2026-01-02", "authority_to": "2026-01-01"}},
            "委托期限的止期早于起期。请核对起止。",
        ),
        (
            "deferral",
            {"values": {"deferral_from": "202702", "deferral_to": "202701"}},
            "缓缴的止期早于起期。请核对起止年月。",
        ),
        ("row_months", {"values": {}, "rows": MONTHS}, "第 2 行补缴的截止年月早于起始年月。请核对起止年月。"),
    ],
)
def test_an_end_before_its_start_is_named(check: str, given: dict[str, Any], words: str) -> None:
    (fault,) = faults_of([check], Checked(**given))
    assert (fault.code, str(fault)) == ("end-before-start", words)


@pytest.mark.parametrize("last", ["lease_to", "authority_to"])
def test_a_day_is_not_before_itself(last: str) -> None:
    values = dict.fromkeys(("lease_from", "lease_to", "authority_from", "authority_to"), "2026-01-01")
    assert faults_of(["lease_in_order", "authority_in_order"], Checked({**values, last: "2026-01-01"})) == []
    assert faults_of(["row_months"], Checked({}, rows=[{"start": "202601", "end": "202601"}])) == []
    assert faults_of(["deferral"], Checked({"deferral_from": "202601", "deferral_to": "202601"})) == []


def test_months_are_counted_over_the_turn_of_a_year() -> None:
    (fault,) = faults_of(["deferral"], Checked({"deferral_from": "202609", "deferral_to": "202710"}))
    assert fault.sentence == "一次缓缴 14 个月，超过一年。"


def test_both_numbers_are_named() -> None:
    (fault,) = faults_of(["changes_agree"], Checked({"more_amount": "14000"}, changes=CHANGES))
    assert str(fault) == "汇缴书的增加金额是 140.00，变更清册是 150.00。请先核对，两张表要相等。"
    (fault,) = faults_of(["changes_agree"], Checked({"less_count": "2"}, changes=CHANGES))
    assert fault.sentence == "汇缴书的减少人数是 2，变更清册是 1。"


def test_every_check_is_tried_here() -> None:
    assert {check for check, _, _ in CASES} == set(CHECKS)
