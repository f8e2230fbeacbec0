"""登记待查：还不能答复的，写明查什么、谁负责、哪天以前怎样告知（守则 一(五)3⑵）。"""

from __future__ import annotations

from counter_assistant.domain.assessment.decision import ClockKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.matter import Matter


def is_held(matter: Matter) -> bool:
    """Whether the act leaves the matter held: it only registers it, or tells what is known so far (守则 一(五)3⑵)."""
    return matter.outcome.clock is ClockKind.STATED_LIMIT and matter.kind in (None, SlipKind.NOTIFICATION_SLIP)


def missing_for_hold(matter: Matter) -> dict[str, str]:
    """What is missing before a matter can be held, by field: who it concerns, what to find out, how and when to tell.

    Source: 守则 一(五)3⑵. Where nobody else is named, the clerk is responsible for it.
    """
    if not is_held(matter):
        return {}
    applicant, details = matter.applicant, matter.request.details
    wanted = {
        "verify": ("要查证、协调的事", details.verify),
        "due": ("告知当事人的期限", details.due),
        "contact": ("怎样告知（当事人的电话，或者写明本人再来）", applicant.phone or details.contact),
        "name": ("当事人的姓名或者称呼", applicant.name),
    }
    return {field: what for field, (what, given) in wanted.items() if not given}


def hold_fault(matter: Matter) -> Refusal | None:
    """A held matter is registered with everything that the service code asks for; all that is missing is named.

    Codes: `hold-incomplete`.
    """
    if missing := missing_for_hold(matter):
        return Refusal("hold-incomplete", f"登记待查没有写明{'、'.join(missing.values())}。", "请补上再登记。")
    return None
