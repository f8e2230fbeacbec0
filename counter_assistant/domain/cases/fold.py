"""办件怎样一步一步走：每一次经办、每一步、每一次放假通知，使办件变成什么样（守则 一(五)–(七)）。

Every case is made by `fold`, and by `take_back` (withdrawal.py), which folds anew. Both the view that is written with
an entry and the one that is rebuilt come from these two alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.cases.acts import Act, Moved, StepTaken, Visit, Voided
from counter_assistant.domain.cases.case import AFTERWARDS, CLOSED, ENDS, Case, Stage, Step, Trace, TraceKind
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import DATED, SlipKind
from counter_assistant.domain.refusal import Refusal


def fold(case: Case | None, act: Act) -> Case:
    """The case after one more act.

    Raises:
        Refusal: `case-unknown` for a case that never began, `case-closed` for a step after its end; what `Clock.pause`
            and `Clock.resume` refuse.
    """
    if isinstance(act, Visit):
        return _visited(_passed(case, act.on) if case else _opened(act), act)
    if case is None:
        raise Refusal("case-unknown", "没有这一件办件。", "请在办件页按姓名、编号查找。")
    if isinstance(act, StepTaken):
        return _stepped(_passed(case, act.on), act)
    if isinstance(act, Moved):
        return _moved(_passed(case, act.on), act)
    return _voided(case, act)


def _passed(case: Case, day: date) -> Case:
    """The case as it is on a day. A binding day that has gone by is missed, and no later visit undoes that."""
    late = case.open and case.missed is None and case.due is not None and day > case.due
    return replace(case, missed=case.due) if late else case


def _opened(visit: Visit) -> Case:
    return Case(
        visit.case, visit.item, visit.item_name, visit.applicant, visit.phone_tail, visit.id_tail, visit.on,
        visit.clerk, "", Stage.NOTIFIED, visit.rule,
    )  # fmt: skip


def _visited(case: Case, visit: Visit) -> Case:
    trace = Trace(visit.on, visit.clerk, _words(case, visit), visit.number, _kind_of(visit), visit.seq, visit.recorded)
    if case.history and _only_told(case, visit):
        return _traced(case, trace)
    delay = visit.kind is SlipKind.DELAY_NOTICE
    stage = case.stage if delay else stage_after(visit)
    dated = visit.kind in DATED and not visit.provisional
    closed = visit.on if stage in CLOSED or _guided(visit) else None
    return replace(
        case,
        item=visit.item, item_name=visit.item_name or case.item_name, applicant=visit.applicant or case.applicant,
        phone_tail=visit.phone_tail or case.phone_tail, id_tail=visit.id_tail or case.id_tail,
        handler=(visit.owner if stage is Stage.HELD else "") or case.handler or (visit.clerk if stage in _TAKEN else ""),
        stage=stage, rule=case.rule if delay else visit.rule, clocks=case.clocks if delay else visit.clocks,
        due=visit.due, provisional=visit.provisional, printed_due=visit.due if dated else None, computed_due=None,
        stated=bool(visit.due) and (delay or visit.stated),
        missed=case.missed if _goes_on(case, visit) else None,
        follow_up=case.follow_up if delay else (visit.due or visit.on) if stage is Stage.HANDED_ON else None,
        closed=closed, overrun=case.overrun or bool(closed and case.missed), history=(*case.history, trace),
    )  # fmt: skip


def _goes_on(case: Case, visit: Visit) -> bool:
    """Whether what was promised is still owed after a visit. A day by which to answer ends with the answer."""
    if visit.kind is SlipKind.DELAY_NOTICE:
        return True
    answered = case.stage in _ANSWERED or answers_before(case, visit.rule)
    return case.open and not answered


def answers_before(case: Case, rule: Rule) -> bool:
    """Whether an act by this rule comes after a promised day of answer, which it ends (守则 一(七)5)."""
    return case.rule is Rule.UNDECIDED and rule is not Rule.UNDECIDED


def _kind_of(visit: Visit) -> TraceKind:
    """What was done on the spot and registered without a paper can be withdrawn like a step."""
    return TraceKind.STEP if visit.kind is None and _RULES[visit.rule] is Stage.DONE else TraceKind.VISIT


def _only_told(case: Case, visit: Visit) -> bool:
    """Whether a running application was merely told about again, which neither ends it nor changes its day."""
    if not case.open or visit.kind is not SlipKind.NOTIFICATION_SLIP:
        return False
    if visit.rule is Rule.INQUIRY:
        return case.stage in _RUNNING
    return visit.rule.complete and case.stage in _ACCEPTED


def _guided(visit: Visit) -> bool:
    """Whether the applicant was shown the way to another body: nothing remains to be done here."""
    told = visit.rule is Rule.ELSEWHERE and visit.kind is SlipKind.NOTIFICATION_SLIP
    return told or visit.kind is SlipKind.GUIDANCE


_ANSWERED = frozenset((Stage.HELD, Stage.ASKED, Stage.HANDED_ON))
"""The stages whose day is one for an answer, not for the end of an application."""
_ACCEPTED = frozenset((Stage.RECEIVED, Stage.SENT_UP))
_RUNNING = _ACCEPTED | {Stage.WAITING, Stage.HANDED_ON}
_TAKEN = frozenset((Stage.WAITING, Stage.HELD, Stage.RECEIVED, Stage.DONE, Stage.RETURNED))
_RULES = {
    Rule.ELSEWHERE: Stage.HANDED_ON, Rule.COLLEAGUE: Stage.HANDED_ON, Rule.HELD: Stage.HELD,
    Rule.UNCLEAR_INQUIRY: Stage.ASKED, Rule.INQUIRY: Stage.NOTIFIED, Rule.NOT_ELIGIBLE: Stage.RETURNED,
    Rule.DIRECT_INCOMPLETE: Stage.WAITING, Rule.INCOMPLETE: Stage.WAITING, Rule.UNDECIDED: Stage.RECEIVED,
    Rule.REFERRAL: Stage.RECEIVED, Rule.PROMISE: Stage.RECEIVED, Rule.ON_THE_SPOT: Stage.DONE,
    Rule.NOT_ON_THE_SPOT: Stage.RECEIVED,
}  # fmt: skip


_KINDS = {
    SlipKind.GUIDANCE: Stage.HANDED_ON, SlipKind.INTRODUCTION: Stage.HANDED_ON, SlipKind.CUSTODY_RECORD: Stage.HANDED_ON,
    SlipKind.SUPPLEMENT_NOTICE: Stage.WAITING, SlipKind.RETURN_NOTICE: Stage.RETURNED,
    SlipKind.PROMISE_NOTICE: Stage.RECEIVED, SlipKind.REFERRAL_NOTICE: Stage.RECEIVED,
}  # fmt: skip
"""The kind of paper takes precedence over the rule, from which the clerk may depart with a reason."""


def stage_after(visit: Visit) -> Stage:
    """The stage that an act leads to. Whoever is told, instead of accepted or returned, is still expected back."""
    if visit.kind in _KINDS:
        return _KINDS[visit.kind]
    stage = _RULES[visit.rule]
    if visit.kind is SlipKind.RECEIPT:
        return stage if stage is Stage.DONE else Stage.RECEIVED
    if visit.kind is SlipKind.NOTIFICATION_SLIP:
        if stage in (Stage.RECEIVED, Stage.DONE, Stage.WAITING):
            return Stage.WAITING
        return Stage.NOTIFIED if stage is Stage.RETURNED else stage
    return stage


def _words(case: Case, visit: Visit) -> str:
    until = f"，期限 {chinese_date(visit.due)}" if visit.due and stage_after(visit) not in CLOSED else ""
    if visit.kind is SlipKind.DELAY_NOTICE and case.missed:
        until += _TOLD_LATE
    held = f"，待查：{visit.verify}" if visit.verify and stage_after(visit) is Stage.HELD else ""
    if visit.kind is None:
        return _PAPERLESS[_RULES[visit.rule]] + held + until
    return ("口头告知" if visit.oral else f"出具{visit.kind.in_words}") + held + until


_TOLD_LATE = "，告知时已超过原定日期"
_PAPERLESS = {Stage.HELD: "登记待定", Stage.ASKED: "登记咨询", Stage.DONE: "当场办结"}


_DATED_BY_THE_ACT = frozenset((*ENDS, Step.PAUSED, Step.DUE_CHANGED, Step.DELAY_TOLD))
"""The steps that end a day or move it. They count as in time if they were done in time, whenever they are recorded."""


def _stepped(case: Case, taken: StepTaken) -> Case:
    if not case.open and taken.step not in AFTERWARDS:
        raise Refusal("case-closed", f"这一件已经是“{case.stage.label}”。", "需要重办的，请到受理台重新开始。")
    if taken.step in _DATED_BY_THE_ACT and case.missed and taken.on <= case.missed:
        case = replace(case, missed=None)  # done in time, but recorded after an act that came too late
    words = _step_words(case, taken)
    trace = Trace(taken.on, taken.clerk, words, "", TraceKind.STEP, taken.seq, taken.recorded)
    traced = _traced(case, trace)
    if taken.step in ENDS:
        late = case.missed is not None
        return replace(traced, stage=ENDS[taken.step], closed=taken.on, overrun=late, follow_up=None)
    match taken.step:
        case Step.SENT_UP:
            return replace(traced, stage=Stage.SENT_UP, follow_up=taken.follow_up)
        case Step.HANDED_ON:
            return replace(traced, handler=taken.owner, follow_up=taken.follow_up)
        case Step.FOLLOW_UP:
            return replace(traced, follow_up=taken.follow_up)
        case Step.PAUSED:
            assert taken.reason is not None
            clocks = {name: clock.pause(taken.reason, taken.on) for name, clock in case.clocks.items()}
            return replace(traced, clocks=clocks, due=None, provisional=False, stated=False)
        case Step.RESUMED:
            clocks = {name: clock.resume(taken.on) for name, clock in case.clocks.items()}
            return _reckoned(replace(traced, clocks=clocks), taken.due, provisional=taken.provisional)
        case Step.DUE_CHANGED:
            return replace(traced, due=taken.due, provisional=taken.provisional, computed_due=None, stated=True)
        case Step.DELAY_TOLD:
            firm = None if taken.provisional else taken.due
            told = replace(traced, due=taken.due, provisional=taken.provisional, printed_due=firm)
            return replace(told, computed_due=None, stated=True)
        case _:
            return traced


def _step_words(case: Case, taken: StepTaken) -> str:
    parts = [taken.step.label]
    if taken.reason:
        parts.append(taken.reason.label)
    if taken.spoken_to:
        parts.append(f"{taken.told_at} 接听人{taken.spoken_to}")
    if taken.due:
        before = f"{chinese_date(case.due)}改为" if case.due else ""
        parts.append(f"期限 {before}{chinese_date(taken.due)}")
    if taken.follow_up:
        parts.append(f"{chinese_date(taken.follow_up)}跟进")
    if taken.note:
        parts.append(taken.note)
    late = _TOLD_LATE if taken.step is Step.DELAY_TOLD and case.missed else ""
    return "，".join(parts) + late


def _voided(case: Case, act: Voided) -> Case:
    """A voided paper no longer binds to its day; `due` stays, so that somebody looks at the case."""
    words = f"{act.number} 更正为 {act.corrected_by}" if act.corrected_by else f"作废 {act.number}"
    trace = Trace(act.on, act.clerk, words, "", TraceKind.NOTE, act.seq, act.recorded)
    traced = _traced(case, trace)
    newest = case.papers[-1:] == (act.number,)
    return replace(traced, printed_due=None, computed_due=None) if newest else traced


def _moved(case: Case, moved: Moved) -> Case:
    words = f"放假通知公布，按时钟计算为 {chinese_date(moved.due)}"
    traced = _traced(case, Trace(moved.on, moved.clerk, words, "", TraceKind.NOTE, moved.seq, moved.recorded))
    if case.paused:  # as after a step was withdrawn; the day is computed when the clock resumes
        return traced
    return _reckoned(traced, moved.due, provisional=moved.provisional)


def _reckoned(case: Case, due: date | None, *, provisional: bool) -> Case:
    """The case with a newly computed day. A printed firm day binds until the applicant is told of a later one."""
    if case.printed_due and due and due > case.printed_due:
        return replace(case, due=case.printed_due, provisional=False, computed_due=due)
    return replace(case, due=due, provisional=provisional, computed_due=None)


def _traced(case: Case, trace: Trace) -> Case:
    return replace(case, history=(*case.history, trace))
