"""What each row of the decision says to the clerk: exactly this clause, this reason, and nothing vaguer."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import (
    Circumstances,
    Clarity,
    ClockKind,
    Duty,
    Eligibility,
    Hold,
    Outcome,
    Purpose,
    Rule,
    decide,
)
from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.domain.papers.kinds import SlipKind

ASKED, APPLIED = Purpose.INQUIRE, Purpose.APPLY
DIRECT, PROMISE, REFERRAL = Handling.DIRECT, Handling.PROMISE, Handling.REFERRAL
YES, NO, UNDECIDED = Eligibility.YES, Eligibility.NO, Eligibility.UNDECIDED


@pytest.mark.parametrize(
    ("circumstances", "clause", "reason"),
    [
        (Circumstances(duty=Duty.ELSEWHERE), "一(六)4⑸", "不属于本单位业务"),
        (Circumstances(duty=Duty.COLLEAGUE), "一(六)4⑷", "属于本单位其他岗位职责"),
        (Circumstances(hold=Hold.VERIFY), "一(五)3⑵", "申请事由或证明材料需查证核实"),
        (Circumstances(ASKED, clarity=Clarity.UNCLEAR), "一(七)4", "咨询内容不明确，登记后3个工作日内答复"),
        (Circumstances(ASKED), "一(五)1", "咨询，内容明确，一次性告知"),
        (Circumstances(APPLIED, eligible=NO), "一(七)5", "不符合政策规定，当天可以认定"),
        (Circumstances(APPLIED), "一(七)1", "直接办理事项，申请材料不全"),
        (Circumstances(APPLIED, handling=PROMISE), "一(七)2", "承诺办理事项，申请材料不全"),
        (Circumstances(APPLIED, handling=REFERRAL), "一(七)3", "上报审批事项，申请材料不全"),
        (
            Circumstances(APPLIED, eligible=UNDECIDED, complete=True),
            "一(七)5",
            "材料齐全，资格当天不能认定，按期答复",
        ),
        (Circumstances(APPLIED, complete=True, handling=REFERRAL), "一(七)3", "材料齐全，需报上级审批"),
        (Circumstances(APPLIED, complete=True, handling=PROMISE), "一(七)2", "承诺办理事项，材料齐全"),
        (Circumstances(APPLIED, complete=True), "一(七)1", "直接办理事项，材料齐全，当场办结"),
        (Circumstances(APPLIED, complete=True, on_the_spot=False), "一(六)4⑶", "直接办理事项，材料齐全，不能当场办结"),
    ],
)
def test_every_row_says_which_clause_it_follows_and_why(circumstances: Circumstances, clause: str, reason: str) -> None:
    outcome = decide(circumstances)
    assert (outcome.clause, outcome.reason) == (clause, reason)


def test_the_first_match_wins_where_every_rule_would_match() -> None:
    """From the top down: each line takes away what decided before it."""
    worst: dict[str, Any] = {
        "purpose": APPLIED,
        "duty": Duty.ELSEWHERE,
        "clarity": Clarity.UNCLEAR,
        "hold": Hold.POLICY,
        "eligible": NO,
    }
    mended: list[dict[str, Any]] = [
        {},
        {"duty": Duty.COLLEAGUE},
        {"duty": Duty.OURS},
        {"hold": None},
        {"eligible": UNDECIDED},
        {"complete": True},
        {"eligible": YES},
    ]
    rows = []
    for change in mended:
        worst.update(change)
        rows.append(decide(Circumstances(**worst)).rule)
    assert rows == [1, 2, 3, 6, 7, 9, 12]


def test_an_outcome_presumes_no_check_of_eligibility() -> None:
    plain = Outcome(Rule.INQUIRY, SlipKind.NOTIFICATION_SLIP, ClockKind.NONE, "一(五)1", "咨询，内容明确，一次性告知")
    assert decide(Circumstances()) == plain
    assert plain.needs_eligibility is False


def test_the_values_that_are_stored_never_change() -> None:
    """They stand in the book for ten years: a renamed member is another matter than a changed value."""
    stored = [[str(value) for value in values] for values in (Purpose, Duty, Clarity, Hold, Eligibility, ClockKind)]
    assert stored == [
        ["inquire", "apply"],
        ["ours", "colleague", "elsewhere"],
        ["clear", "unclear"],
        ["departments", "verify", "policy"],
        ["unchecked", "yes", "no", "undecided"],
        [
            "none", "stated_limit", "inquiry_reply", "today", "today_once_complete", "suspended", "answer_date",
            "own_limit", "promised",
        ],
    ]  # fmt: skip
