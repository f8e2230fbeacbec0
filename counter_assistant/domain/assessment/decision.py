"""办理决定：出哪种文书、走哪个时钟、依据哪一条。

A pure function over what the clerk knows, after 守则 一(五)–(八). The rules are tried in their order and the first that
matches decides. A visitor who only asks is not an applicant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.domain.papers.kinds import SlipKind


class Purpose(StrEnum):
    """咨询 or 申请."""

    INQUIRE = "inquire"
    APPLY = "apply"


class Duty(StrEnum):
    """Whose business it is: the clerk's own, a colleague's, or another body's."""

    OURS = "ours"
    COLLEAGUE = "colleague"
    ELSEWHERE = "elsewhere"


class Clarity(StrEnum):
    """Whether what is asked is clear (守则 一(七)4)."""

    CLEAR = "clear"
    UNCLEAR = "unclear"


class Hold(StrEnum):
    """Why a matter is held (守则 一(五)3⑵): several departments, facts to verify, policy unclear."""

    DEPARTMENTS = "departments"
    VERIFY = "verify"
    POLICY = "policy"


class Eligibility(StrEnum):
    """资格：未核、符合、不符合、当天不能认定."""

    UNCHECKED = "unchecked"
    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class Clock(StrEnum):
    """Which clock runs."""

    NONE = "none"
    STATED_LIMIT = "stated_limit"
    INQUIRY_REPLY = "inquiry_reply"
    TODAY = "today"
    TODAY_ONCE_COMPLETE = "today_once_complete"
    SUSPENDED = "suspended"
    ANSWER_DATE = "answer_date"
    OWN_LIMIT = "own_limit"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands: all that the decision looks at."""

    purpose: Purpose = Purpose.INQUIRE
    duty: Duty = Duty.OURS
    clarity: Clarity = Clarity.CLEAR
    hold: Hold | None = None
    eligible: Eligibility = Eligibility.UNCHECKED
    complete: bool = False
    handling: Handling = Handling.DIRECT
    on_the_spot: bool = True


ELSEWHERE_ROW, INQUIRY_ROW, ANSWER_ROW, REFERRAL_ROW, ON_THE_SPOT_ROW = 1, 5, 9, 10, 12
"""The rules that others have to tell apart later, when a row is all that is stored of a decision."""
FIRST_COMPLETE_ROW = ANSWER_ROW
"""From this row on the materials are complete."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows. `kind` is None where no paper belongs; `row` counts the rules, `clause` is the service code's."""

    row: int
    kind: SlipKind | None
    clock: Clock
    clause: str
    reason: str
    needs_eligibility: bool = False


def decide(standing: Standing) -> Outcome:
    """The outcome of a standing: first match wins."""
    if standing.duty is Duty.ELSEWHERE:
        return Outcome(1, SlipKind.GUIDANCE, Clock.NONE, "一(六)4⑸", "不属于本单位业务")
    if standing.duty is Duty.COLLEAGUE:
        return Outcome(2, SlipKind.INTRODUCTION, Clock.NONE, "一(六)4⑷", "属于本单位其他岗位职责")
    if standing.hold is not None:
        return Outcome(3, None, Clock.STATED_LIMIT, "一(五)3⑵", _HOLD_REASONS[standing.hold])
    if standing.purpose is Purpose.INQUIRE:
        return _inquiry(standing)
    if standing.eligible is Eligibility.NO:
        return Outcome(6, SlipKind.RETURN_NOTICE, Clock.TODAY, "一(七)5", "不符合政策规定，当天可以认定")
    if not standing.complete:
        return _incomplete(standing)
    if standing.eligible is Eligibility.UNDECIDED:
        return Outcome(9, SlipKind.PROMISE_NOTICE, Clock.ANSWER_DATE, "一(七)5", "材料齐全，资格当天不能认定，按期答复")
    return _complete(standing)


_HOLD_REASONS = {
    Hold.DEPARTMENTS: "需多个部门协办",
    Hold.VERIFY: "申请事由或证明材料需查证核实",
    Hold.POLICY: "政策规定不明确",
}


def _inquiry(standing: Standing) -> Outcome:
    if standing.clarity is Clarity.UNCLEAR:
        return Outcome(4, None, Clock.INQUIRY_REPLY, "一(七)4", "咨询内容不明确，登记后3个工作日内答复")
    return Outcome(5, SlipKind.NOTIFICATION_SLIP, Clock.NONE, "一(五)1", "咨询，内容明确，一次性告知")


def _incomplete(standing: Standing) -> Outcome:
    if standing.handling is Handling.DIRECT:
        kind, clock = SlipKind.NOTIFICATION_SLIP, Clock.TODAY_ONCE_COMPLETE
        return Outcome(7, kind, clock, "一(七)1", "直接办理事项，申请材料不全")
    clause, what = (
        ("一(七)3", "上报审批事项") if standing.handling is Handling.REFERRAL else ("一(七)2", "承诺办理事项")
    )
    return Outcome(8, SlipKind.SUPPLEMENT_NOTICE, Clock.SUSPENDED, clause, f"{what}，申请材料不全")


def _complete(standing: Standing) -> Outcome:
    unsettled = standing.eligible is not Eligibility.YES
    if standing.handling is Handling.REFERRAL:
        kind = SlipKind.REFERRAL_NOTICE
        return Outcome(10, kind, Clock.OWN_LIMIT, "一(七)3", "材料齐全，需报上级审批", unsettled)
    if standing.handling is Handling.PROMISE:
        return Outcome(11, SlipKind.PROMISE_NOTICE, Clock.PROMISED, "一(七)2", "承诺办理事项，材料齐全", unsettled)
    if standing.on_the_spot:
        return Outcome(12, None, Clock.TODAY, "一(七)1", "直接办理事项，材料齐全，当场办结")
    return Outcome(13, SlipKind.RECEIPT, Clock.TODAY, "一(六)4⑶", "直接办理事项，材料齐全，不能当场办结", unsettled)
