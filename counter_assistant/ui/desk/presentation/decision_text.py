"""办理决定的说法：出哪种文书、依据哪一条、到哪一天，F9 做什么。Pure: from the matter to words, no Qt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.decision import ClockKind, Eligibility, Rule
from counter_assistant.domain.calendar.time_limit import PROMISED
from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import TO_CONFIRM
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.kinds import ACCEPTING, SlipKind
from counter_assistant.operations.cases.delays import overrun_statutory_day
from counter_assistant.operations.intake.admissibility import unapproved
from counter_assistant.operations.intake.deadlines import deadlines, running_clocks
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.issuing.reviewing import Standing, standing
from counter_assistant.ui.desk.presentation.paper_fields import departs
from counter_assistant.ui.desk.presentation.review_words import desk_words
from counter_assistant.ui.desk.presentation.view_model import Verdict

if TYPE_CHECKING:
    from counter_assistant.domain.calendar.workdays import Deadline
    from counter_assistant.operations.office import Office

UNAPPROVED = "本事项还没有登记本中心的核定：请报中心批准，批准后到“事项”页（F6）按 F9 登记，才能出具。"
CHANGED = "本事项核定以后内容有改动，原来的核定不再适用：请报中心重新核定，再到“事项”页（F6）按 F9 登记，才能出具。"
"""Said before F9, so that the refusal need not say it again."""
DELAYED = "印出的日期守不住，事先告知新的日期和理由 · 守则一(二)2⑶"
_PAPERLESS = {
    Rule.HELD: "登记待查，不出文书",
    Rule.UNCLEAR_INQUIRY: "登记答复，不出文书",
    Rule.ON_THE_SPOT: "当场办结，不出文书",
}
_TIMELESS = {
    SlipKind.GUIDANCE: "当场指引，不计时限",
    SlipKind.INTRODUCTION: "当场转交，不计时限",
    SlipKind.DELAY_NOTICE: "请填新的日期和理由",
}


def verdict_of(office: Office, matter: Matter, circumstances: str) -> Verdict:
    """What the decision card says of a matter. `circumstances`: what was set beside the usual case, in words."""
    outcome, kind = matter.outcome, matter.kind
    due, _ = deadlines(matter, office.calendar)
    at_risk = due is not None and (due.provisional or due.due < office.today())
    waiting = outcome.clock in (ClockKind.SUSPENDED, ClockKind.TODAY_ONCE_COMPLETE)
    conditions = _conditions(matter)
    overrun = overrun_statutory_day(matter, office)
    review = standing(office, matter)
    unready = unapproved(matter, training=office.training, confirmed=office.profile.confirmed)
    return Verdict(
        title=kind.in_words if kind else _PAPERLESS[outcome.rule],
        reason=DELAYED if kind is SlipKind.DELAY_NOTICE else f"{outcome.reason} · 守则{outcome.clause}",
        time=_time_words(office, matter, due),
        note=conditions
        + _overrun(overrun)
        + _departure(matter)
        + (_unready(office, matter) if unready else desk_words(office, matter, review)),
        sign=_sign(matter),
        circumstances=circumstances,
        act=f"{kind.in_words}先交复核" if kind and review is Standing.WAITING else _act(matter, due),
        attention=waiting
        or at_risk
        or bool(conditions or overrun or unready)
        or departs(matter, kind)
        or review is Standing.REFUSED,
        kind=kind,
        departs=kind is not outcome.kind,
        ours=matter.item.ours,
    )


def _unready(office: Office, matter: Matter) -> str:
    changed = office.catalogue.state(matter.item.id, matter.acceptance) is ApprovalState.CHANGED
    return CHANGED if changed else UNAPPROVED


def _overrun(statutory: Deadline | None) -> str:
    """That a delay notice cannot move the statute's day, in the words of the paper."""
    return f"新的日期超过法定期限（{chinese_date(statutory.due)}），单上写明不是承诺。" if statutory else ""


def _conditions(matter: Matter) -> str:
    """What the answers say against the conditions, until the clerk has settled the eligibility otherwise."""
    refused = matter.broken if matter.circumstances.eligible is Eligibility.NO else ()
    doubted = matter.to_verify if matter.circumstances.eligible is Eligibility.UNCHECKED else ()
    said = f"不符合办理条件：{listed((c.broken_text for c in refused), '；')}。" if refused else ""
    return said + (
        f"请核实：{listed((c.broken_text for c in doubted), '；')}（条件待核定，不据此退回）。" if doubted else ""
    )


def _departure(matter: Matter) -> str:
    """What the rules would have, where another paper is chosen."""
    if matter.kind in (matter.outcome.kind, SlipKind.DELAY_NOTICE):
        return ""
    recommended = matter.outcome.kind
    if recommended is None:
        return f"按规定可不出文书，现改出{matter.kind.in_words}。" if matter.kind else ""
    return f"按规定应为{recommended.in_words}，现改出{matter.kind.in_words}。" if matter.kind else ""


def _sign(matter: Matter) -> str:
    """Accepting asks that what is filled in at the counter be signed."""
    if matter.kind not in ACCEPTING:
        return ""
    names = [line.material.name for line in matter.checklist.required if line.submit is Submit.AT_COUNTER]
    return f"现场填写的{'、'.join(names)}，请当事人签名。" if names else ""


def _act(matter: Matter, due: Deadline | None) -> str:
    """What F9 does."""
    if matter.kind:
        return f"出具{matter.kind.in_words}（一式二份）"
    match matter.outcome.clock:
        case ClockKind.INQUIRY_REPLY:
            return "登记，三个工作日内答复"
        case ClockKind.STATED_LIMIT:
            return f"登记，{due.due.month}月{due.due.day}日前告知" if due else "登记待查"
        case _:
            return "登记办结"


def done_words(matter: Matter, due: date | None) -> str:
    """What was done without a paper."""
    if matter.outcome.clock is ClockKind.TODAY or due is None:
        return "已登记办结，不出文书"
    if matter.outcome.clock is ClockKind.INQUIRY_REPLY:
        return f"已登记，{due.month}月{due.day}日前答复"
    return f"已登记，{matter.owner.name}负责，{due.month}月{due.day}日前告知当事人"


def _time_words(office: Office, matter: Matter, due: Deadline | None) -> str:
    """How long and from when. While no clock runs there is no calendar date (一(七)2)."""
    if due is None:
        if matter.kind is None:
            return "请填告知当事人的期限"
        return _TIMELESS.get(matter.kind, matter.notice.promised.replace(TO_CONFIRM, ""))
    verb = _verb(office, matter)
    if due.due == office.today():
        return f"今天 {office.profile.closing_time} 前{verb}"
    mark = "（已过）" if due.due < office.today() else "（预计，待放假通知）" if due.provisional else ""
    return f"{chinese_date(due.due)}前{verb}{mark}"


def _verb(office: Office, matter: Matter) -> str:
    if matter.kind is SlipKind.RETURN_NOTICE:
        return "退回"
    if matter.outcome.clock is ClockKind.STATED_LIMIT and matter.kind is None:
        return "告知当事人"
    clock = running_clocks(matter, office.calendar).get(PROMISED)
    return clock.act if clock else "办结"
