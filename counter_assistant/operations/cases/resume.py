"""从一件办件接着办：它最后一次经办，改成受理台的一次请求。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_assistant.domain.assessment.decision import Clarity, Duty, Hold, Purpose
from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.case import Case, Stage
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.delays import delay_details, old_day
from counter_assistant.operations.cases.find_case import last_act
from counter_assistant.operations.intake.deadlines import not_later
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.office import Office


def request_of(office: Office, case: Case) -> Request:
    """The case's last request, to be continued at the desk; a delay notice where one is needed.

    Raises:
        Refusal: what `last_act` and `delay_request` refuse.
    """
    return delay_request(office, case) if case.delay_needed else _last_request(case, last_act(office, case))


def delay_request(office: Office, case: Case, due: date | None = None, reason: str = "") -> Request:
    """A delay notice of a case, filled in: the paper that it puts off, the old day, the new one and the reason.

    Without a day and a reason they are those that the case's own clock gives.

    Raises:
        Refusal: `nothing-to-delay` (no paper with a day), `delay-not-later`, `bad-due` (no day, or one in the past);
            what `last_act` refuses.
    """
    old, last = old_day(case), last_act(office, case)
    details = delay_details(office, case, last, due, reason)
    if old is None or not details.of:
        what = "这一件没有印着日期的文书，不用延期。"
        raise Refusal("nothing-to-delay", what, "文书已经作废的，请到受理台重新出具；要改期限的，请登记“改期限”。")
    if details.due is None or details.due < office.today():
        raise Refusal("bad-due", "新的日期要写成今天或者以后的日期。", "请写成 2026-12-01 这样。")
    if fault := not_later(old, details.due):
        raise fault
    return replace(_last_request(case, last), slip=SlipKind.DELAY_NOTICE, details=details)


def _last_request(case: Case, last: ActRecorded) -> Request:
    facts = last.facts
    return Request(
        item=facts.item, applicant=last.applicant, purpose=Purpose.APPLY, answers=facts.answers,
        received=frozenset(facts.received), defects=facts.defects, eligible=facts.eligible, duty=_duty(case, facts),
        clarity=Clarity.CLEAR, hold=_hold(case, facts), on_the_spot=facts.on_the_spot, case=case.id,
    )  # fmt: skip


def _duty(case: Case, facts: Facts) -> Duty:
    """A matter that was handed on is still a colleague's when it is opened again."""
    return facts.duty if case.stage is Stage.HANDED_ON else Duty.OURS


def _hold(case: Case, facts: Facts) -> Hold | None:
    """A hold is over once somebody comes back to the case."""
    return None if case.stage is Stage.HELD else facts.hold
