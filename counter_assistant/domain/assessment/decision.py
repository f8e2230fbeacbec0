"""办理决定：出哪种文书、走哪个时钟、依据哪一条。

A pure function of what the clerk knows, after 守则 一(五)–(八). The rules are tried in order and the first match
decides. A visitor who only asks is not an applicant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

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


class ClockKind(StrEnum):
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
class Circumstances:
    """Everything that the decision takes into account."""

    purpose: Purpose = Purpose.INQUIRE
    duty: Duty = Duty.OURS
    clarity: Clarity = Clarity.CLEAR
    hold: Hold | None = None
    eligible: Eligibility = Eligibility.UNCHECKED
    complete: bool = False
    handling: Handling = Handling.DIRECT
    on_the_spot: bool = True


class Rule(IntEnum):
    """The rules of the decision, in their order. The book stores their numbers, which never change."""

    ELSEWHERE = 1
    COLLEAGUE = 2
    HELD = 3
    UNCLEAR_INQUIRY = 4
    INQUIRY = 5
    NOT_ELIGIBLE = 6
    DIRECT_INCOMPLETE = 7
    INCOMPLETE = 8
    UNDECIDED = 9
    REFERRAL = 10
    PROMISE = 11
    ON_THE_SPOT = 12
    NOT_ON_THE_SPOT = 13

    @property
    def complete(self) -> bool:
        """Whether the materials were complete."""
        return self >= Rule.UNDECIDED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from the decision. `kind` is None where no paper is issued; `clause` is that of the service code.

    `needs_eligibility`: the eligibility has to be settled before the paper is issued.
    """

    rule: Rule
    kind: SlipKind | None
    clock: ClockKind
    clause: str
    reason: str
    needs_eligibility: bool = False


def decide(circumstances: Circumstances) -> Outcome:
    """The outcome under these circumstances: the first rule that matches decides."""
    if circumstances.duty is Duty.ELSEWHERE:
        return Outcome(Rule.ELSEWHERE, SlipKind.GUIDANCE, ClockKind.NONE, "一(六)4⑸", "不属于本单位业务")
    if circumstances.duty is Duty.COLLEAGUE:
        return Outcome(Rule.COLLEAGUE, SlipKind.INTRODUCTION, ClockKind.NONE, "一(六)4⑷", "属于本单位其他岗位职责")
    if circumstances.hold is not None:
        return Outcome(Rule.HELD, None, ClockKind.STATED_LIMIT, "一(五)3⑵", _HOLD_REASONS[circumstances.hold])
    if circumstances.purpose is Purpose.INQUIRE:
        return _inquiry(circumstances)
    if circumstances.eligible is Eligibility.NO:
        return Outcome(
            Rule.NOT_ELIGIBLE, SlipKind.RETURN_NOTICE, ClockKind.TODAY, "一(七)5", "不符合政策规定，当天可以认定"
        )
    if not circumstances.complete:
        return _incomplete(circumstances)
    if circumstances.eligible is Eligibility.UNDECIDED:
        return Outcome(
            Rule.UNDECIDED,
            SlipKind.PROMISE_NOTICE,
            ClockKind.ANSWER_DATE,
            "一(七)5",
            "材料齐全，资格当天不能认定，按期答复",
        )
    return _complete(circumstances)


_HOLD_REASONS = {
    Hold.DEPARTMENTS: "需多个部门协办",
    Hold.VERIFY: "申请事由或证明材料需查证核实",
    Hold.POLICY: "政策规定不明确",
}


def _inquiry(circumstances: Circumstances) -> Outcome:
    if circumstances.clarity is Clarity.UNCLEAR:
        return Outcome(
            Rule.UNCLEAR_INQUIRY, None, ClockKind.INQUIRY_REPLY, "一(七)4", "咨询内容不明确，登记后3个工作日内答复"
        )
    return Outcome(Rule.INQUIRY, SlipKind.NOTIFICATION_SLIP, ClockKind.NONE, "一(五)1", "咨询，内容明确，一次性告知")


def _incomplete(circumstances: Circumstances) -> Outcome:
    if circumstances.handling is Handling.DIRECT:
        kind, clock = SlipKind.NOTIFICATION_SLIP, ClockKind.TODAY_ONCE_COMPLETE
        return Outcome(Rule.DIRECT_INCOMPLETE, kind, clock, "一(七)1", "直接办理事项，申请材料不全")
    clause, what = (
        ("一(七)3", "上报审批事项") if circumstances.handling is Handling.REFERRAL else ("一(七)2", "承诺办理事项")
    )
    return Outcome(Rule.INCOMPLETE, SlipKind.SUPPLEMENT_NOTICE, ClockKind.SUSPENDED, clause, f"{what}，申请材料不全")


def _complete(circumstances: Circumstances) -> Outcome:
    unsettled = circumstances.eligible is not Eligibility.YES
    if circumstances.handling is Handling.REFERRAL:
        kind = SlipKind.REFERRAL_NOTICE
        return Outcome(Rule.REFERRAL, kind, ClockKind.OWN_LIMIT, "一(七)3", "材料齐全，需报上级审批", unsettled)
    if circumstances.handling is Handling.PROMISE:
        return Outcome(
            Rule.PROMISE, SlipKind.PROMISE_NOTICE, ClockKind.PROMISED, "一(七)2", "承诺办理事项，材料齐全", unsettled
        )
    if circumstances.on_the_spot:
        return Outcome(Rule.ON_THE_SPOT, None, ClockKind.TODAY, "一(七)1", "直接办理事项，材料齐全，当场办结")
    return Outcome(
        Rule.NOT_ON_THE_SPOT,
        SlipKind.RECEIPT,
        ClockKind.TODAY,
        "一(六)4⑶",
        "直接办理事项，材料齐全，不能当场办结",
        unsettled,
    )
