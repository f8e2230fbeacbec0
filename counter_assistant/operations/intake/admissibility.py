"""能不能出：理由、资格、材料、批准、期限、当事人；不能的说明差什么、怎么办.

One question, asked once, before anything is recorded (守则 一(五)–(七)): issuing raises the first refusal, the desk
shows all of them beforehand. So no rule can exist in the window alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.decision import ClockKind, Eligibility, Purpose, Rule
from counter_assistant.domain.calendar.time_limit import PROMISED
from counter_assistant.domain.calendar.workdays import WorkCalendar
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import ACCEPTING, BINDING, WITHOUT_NAME, WITHOUT_NUMBER, SlipKind
from counter_assistant.domain.people.agent import AGENTS
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import SEALED_ITEMS
from counter_assistant.operations.intake.correction import correction_fault
from counter_assistant.operations.intake.deadlines import not_later, running_clocks, statutory_deadline
from counter_assistant.operations.intake.hold import hold_fault
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Delivery
from counter_assistant.operations.intake.reviewed import review_fault

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def admissibility(office: Office, matter: Matter) -> list[Refusal]:
    """Every reason why an act is not admissible, in the order in which they are asked; empty where it is.

    Forbidden words are checked separately (operations/wording/request_wording.py), because they may be kept with a
    reason. While the eligibility is unchecked, what would be refused once it is settled is given as well. Whether somebody
    else has agreed to the paper comes last: what lacks something is not shown to anybody yet.
    """
    training, confirmed = office.training, office.profile.confirmed
    eligible = Eligibility.NO if matter.kind is SlipKind.RETURN_NOTICE else Eligibility.YES
    settled = replace(matter, circumstances=replace(matter.circumstances, eligible=eligible))
    accepting = [
        accepting_fault(each, training=training, confirmed=confirmed)
        for each in ([matter] if settled == matter else [matter, settled])
    ]
    faults = (
        role_fault(office, matter), sealed_fault(matter), item_fault(matter), departure_fault(matter), *accepting, details_fault(matter),
        correction_fault(office, matter), _counted(lambda: promise_fault(matter, office.calendar)), hold_fault(matter), name_fault(matter), number_fault(matter),
        agent_name_fault(matter), agent_number_fault(matter), review_fault(office, matter),
    )  # fmt: skip
    return [fault for fault in faults if fault]


def role_fault(office: Office, matter: Matter) -> Refusal | None:
    """A paper is issued, and an act recorded, by whoever has the role.

    Codes: those of `Office.foresee`.
    """
    try:
        office.foresee(permission_for(matter), matter.clerk.staff_number)
    except Refusal as refusal:
        return refusal
    return None


def sealed_fault(matter: Matter) -> Refusal | None:
    """A complaint or report is recorded sealed, and never as a case that everybody finds by name (守则 一(九)5). How one is made is told
    like anything else (一(五)1). One that was begun as a case before goes on to its end.

    Codes: `complaint-is-sealed`.
    """
    only_asks = matter.request.purpose is Purpose.INQUIRE and matter.kind is not None
    if matter.item.id not in SEALED_ITEMS or matter.request.case or only_asks:
        return None
    return Refusal(
        "complaint-is-sealed",
        f"“{matter.item.name}”只记进密封的投诉登记，不受理成办件，也不进档案。",
        "请按 F5 到登记页，按 F7 再按 T 密封登记。",
    )


def permission_for(matter: Matter) -> Permission:
    """What is done about a matter: one of its papers is issued, or it is registered or told without one."""
    if matter.kind is None or matter.request.delivery is Delivery.ORAL:
        return Permission.RECORD
    return Permission.issuing(matter.kind)


def _counted(fault: Callable[[], Refusal | None]) -> Refusal | None:
    """What is wrong with a day. A limit that the calendar cannot count that far is a reason of its own."""
    try:
        return fault()
    except Refusal as refusal:
        return refusal


def item_fault(matter: Matter) -> Refusal | None:
    """A matter that is no item of this office only gets a 指引单, which says what was asked (守则 一(六)4⑸).

    Codes: `item-needed`, `asked-needed`.
    """
    if matter.item.ours:
        return None
    if matter.kind is not SlipKind.GUIDANCE:
        return Refusal("item-needed", "没有选定事项，只能出指引单。", "请选定事项，或者按规定出指引单。")
    if not matter.item.name:
        return Refusal(
            "asked-needed", "没有选定事项，也没有写明所问的事。", "请用几个字写明当事人所问的事，或者选定事项。"
        )
    return None


def departure_fault(matter: Matter) -> Refusal | None:
    """A departure from the recommendation needs a reason; a written notification needs none (守则 一(五)3⑶).

    Codes: `not-oral`, `reason-needed`.
    """
    request, outcome = matter.request, matter.outcome
    if request.delivery is Delivery.ORAL and matter.kind not in (None, SlipKind.NOTIFICATION_SLIP):
        return Refusal("not-oral", "只有一次性告知可以口头。", "请改为书面。")
    if matter.kind in (outcome.kind, *_FREE.get(outcome.rule, ()), SlipKind.NOTIFICATION_SLIP) or request.reason:
        return None
    if matter.kind is SlipKind.DELAY_NOTICE:  # its own reason is printed and asked for elsewhere
        return None
    recommended = outcome.kind.in_words if outcome.kind else "不出具文书"
    return Refusal("reason-needed", f"按规定应为“{recommended}”，改出其他文书要写明理由。", "请填写理由。")


_FREE: dict[Rule, tuple[SlipKind, ...]] = {
    Rule.COLLEAGUE: (SlipKind.CUSTODY_RECORD,),
    Rule.ON_THE_SPOT: (SlipKind.RECEIPT,),
}
"""Papers that may be issued without a reason: a record of materials taken for a colleague, a receipt on request."""


def accepting_fault(matter: Matter, *, training: bool, confirmed: bool) -> Refusal | None:
    """Nothing unsettled is accepted, and an item that the centre has not approved does not bind it.

    An unsettled eligibility calls for a promise to answer by a day (守则 一(七)5). Codes: `eligibility-unchecked`,
    `answers-against`, `materials-incomplete`, `item-unapproved`, `no-ground`.
    """
    if matter.kind not in ACCEPTING | BINDING:
        return None
    if matter.kind is SlipKind.RETURN_NOTICE and matter.circumstances.eligible is not Eligibility.NO:
        what = "办理条件没有认定为不符合，不能退回。"
        return Refusal("eligibility-unchecked", what, "请逐条核对；确实不符合的，先在“情况”里选“不符合”。")
    answering = matter.outcome.clock is ClockKind.ANSWER_DATE and matter.kind is SlipKind.PROMISE_NOTICE
    if matter.kind in ACCEPTING and not answering and matter.circumstances.eligible is not Eligibility.YES:
        what = f"“{matter.kind.in_words}”是受理的凭证，办理条件还没有核对为符合。"
        return Refusal(
            "eligibility-unchecked", what, "请逐条核对办理条件；当天不能认定的，选“当天不能认定”，按期答复。"
        )
    if matter.kind in ACCEPTING and not answering and matter.broken:
        what = f"情形里的回答是“{listed((c.broken_text for c in matter.broken), '；')}”，与资格符合相反，不能受理。"
        return Refusal("answers-against", what, "回答得不对的，请先改回答；确实如此的，按退回办。")
    if matter.kind in ACCEPTING and not matter.checklist.complete:
        return Refusal(
            "materials-incomplete", "材料还不齐全，不能受理。", "请补齐材料，或者改出补办件通知书、一次性告知单。"
        )
    if unapproved(matter, training=training, confirmed=confirmed):
        what = f"事项 {matter.item.id} 还没有登记本中心的核定，不能出具“{matter.kind.in_words}”。"
        return Refusal("item-unapproved", what, APPROVE_FIRST)
    if matter.kind is SlipKind.RETURN_NOTICE and not matter.grounds and confirmed and not training:
        what = f"事项 {matter.item.id} 的办理条件都还待核定，退回没有依据。"
        return Refusal("no-ground", what, APPROVE_FIRST)
    return None


APPROVE_FIRST = "请报本中心批准；批准以后，由经办人在“事项”页（F6）按 F9 登记核定。练习请用练习模式。"
"""Who approves and where (守则 一(四)3)."""


def unapproved(matter: Matter, *, training: bool, confirmed: bool) -> bool:
    """Whether the paper would bind the centre to an item that it has not approved."""
    return matter.kind in BINDING and matter.item.approval is None and confirmed and not training


def details_fault(matter: Matter) -> Refusal | None:
    """A day can be promised only from the acceptance on, and what only the clerk can say must be said.

    A return notice is a decision: it needs the clerk's own sentence on what was found, whatever the answers say. Codes:
    `explanation-needed`, `due-past`, `due-reason-needed`, `unknown-condition`, `delay-incomplete`, `delay-not-later`.
    """
    details = matter.request.details
    if matter.kind is SlipKind.RETURN_NOTICE and not details.explanation.strip("。；，.;, \u3000"):
        what = "退回要写明核实了什么，还没有写退回说明。"
        return Refusal("explanation-needed", what, "请在“退回说明”写一句，如：经查询，您名下有一套住房。")
    if details.due and details.due < matter.acceptance:
        return Refusal("due-past", f"期限 {details.due.isoformat()} 早于受理日。", "请改为受理日当天或者以后的日期。")
    if matter.kind is SlipKind.RECEIPT and details.due and details.due > matter.acceptance and not details.due_reason:
        return Refusal("due-reason-needed", "收件回执的期限晚于当天，没有写明理由。", "请写明不能当天办结的理由。")
    named = details.condition
    if matter.kind is SlipKind.RETURN_NOTICE and named and named not in {c.id for c in matter.binding}:
        what = f"不能以“{named}”退回：事项 {matter.item.id} 没有这一条，或者它还待核定。"
        return Refusal("unknown-condition", what, "请改选有条文或者经本中心核定的条件。")
    if matter.kind is SlipKind.DELAY_NOTICE:
        return _delay_fault(matter)
    return None


def _delay_fault(matter: Matter) -> Refusal | None:
    details = matter.request.details
    if not (details.of and details.old_due and details.due and details.due_reason):
        what = "延期告知单要写明原文书编号、原定日期、新的日期和延期理由。"
        return Refusal("delay-incomplete", what, "请从办件页对这一件办理延期。")
    return not_later(details.old_due, details.due)


def promise_fault(matter: Matter, calendar: WorkCalendar) -> Refusal | None:
    """No stated day may lie after the statute's last one, and one beyond the promised limit needs a reason.

    守则 一(七)2: 在承诺时限内办结. A promise never extends the statute's limit (条例
    第二十五条、第二十六条、第三十七条). Codes: `due-beyond-statute`, `due-reason-needed`.

    Raises:
        Refusal: what `WorkCalendar.deadline` refuses.
    """
    details, clock = matter.request.details, running_clocks(matter, calendar).get(PROMISED)
    statutory = statutory_deadline(matter, calendar)
    if details.due and statutory and details.due > statutory.due:
        what = f"期限 {details.due.isoformat()} 晚于法定的最后一天 {statutory.due.isoformat()}，不能这样承诺。"
        remedy = f"请改为 {statutory.due.isoformat()} 或者以前；以后办不完的，从办件页登记中止计时或者出延期告知单。"
        return Refusal("due-beyond-statute", what, remedy)
    limit = clock.deadline(calendar) if clock and matter.kind in ACCEPTING else None
    if limit is None or matter.outcome.clock is ClockKind.ANSWER_DATE:
        return None
    if details.due and details.due > limit.due and not details.due_reason:
        what = f"期限 {details.due.isoformat()} 晚于承诺的 {limit.due.isoformat()}，没有写明理由。"
        return Refusal("due-reason-needed", what, "请写明理由，或者改为承诺期限之内的日期。")
    return None


def name_fault(matter: Matter) -> Refusal | None:
    """A paper needs a name; somebody who is only told something, or shown the way, need not give one.

    Codes: `name-needed`.
    """
    oral = matter.request.delivery is Delivery.ORAL
    if matter.kind and matter.kind not in WITHOUT_NAME and not oral and not matter.applicant.name:
        spoken = matter.outcome.kind is SlipKind.NOTIFICATION_SLIP
        remedy = "请填写姓名；只是口头咨询的可以改为口头告知。" if spoken else "请填写姓名，或者当事人愿意用的称呼。"
        return Refusal("name-needed", "书面文书要写当事人姓名。", remedy)
    return None


def number_fault(matter: Matter) -> Refusal | None:
    """A paper needs an identity number where a name is not enough to tell people apart.

    Codes: `id-number-needed`.
    """
    if matter.kind and matter.kind not in WITHOUT_NUMBER and not matter.applicant.id_number:
        return Refusal("id-number-needed", f"“{matter.kind.in_words}”要填完整的证件号码。", "请填写证件号码。")
    return None


def agent_name_fault(matter: Matter) -> Refusal | None:
    """A paper that accepts or binds names whoever acts for the applicant.

    Codes: `agent-name-needed`.
    """
    if _by_agent(matter) and matter.kind in ACCEPTING | BINDING and not matter.applicant.agent.name:
        what = f"情形是代办，“{matter.kind.in_words}”要写代办人姓名。"
        return Refusal("agent-name-needed", what, "请填写代办人姓名；本人来的，请改“谁来办理”的回答。")
    return None


def agent_number_fault(matter: Matter) -> Refusal | None:
    """Nothing is accepted from an agent who did not show who they are: many people share a name.

    Codes: `agent-id-number-needed`.
    """
    if _by_agent(matter) and matter.kind in ACCEPTING and not matter.applicant.agent.id_number:
        what = f"情形是代办，“{matter.kind.in_words}”要填代办人完整的证件号码。"
        return Refusal("agent-id-number-needed", what, "请填写代办人的证件号码。")
    return None


def _by_agent(matter: Matter) -> bool:
    """Whether the paper is given to somebody who acts for the applicant."""
    oral = matter.request.delivery is Delivery.ORAL
    return not oral and matter.situation.settled.get("who") in AGENTS
