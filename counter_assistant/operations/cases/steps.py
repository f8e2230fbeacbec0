"""办件：查到它、走下一步、改期限。One function per act; each is one entry of the book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from uuid import uuid4

from counter_assistant.domain.assessment.decision import (
    Rule,
)
from counter_assistant.domain.calendar.time_limit import PauseReason, binding
from counter_assistant.domain.calendar.workdays import Deadline
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.cases.case import AFTERWARDS, Case, Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.cases.delays import call_told, check_statutory, old_day
from counter_assistant.operations.cases.find_case import case_of_id
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.check import Kept, check_wording, refuse_forbidden
from counter_assistant.storage.journal.chain import content_digest


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a case waits for: `step`, which needs no paper, or the 受理台 where `step` is None."""

    label: str
    step: Step | None


def next_step(case: Case) -> NextStep:
    """The one step that a case waits for. A paper is made at the 受理台, where the case is filled in."""
    if case.delay_needed:
        return NextStep("出延期告知单", None)
    if case.paused:
        return NextStep("恢复计时", Step.RESUMED)
    match case.stage:
        case Stage.WAITING:
            return NextStep("材料补来了，到受理台", None)
        case Stage.HELD:
            return NextStep("有了办法，到受理台", None)
        case Stage.ASKED:
            return NextStep("登记答复", Step.ANSWERED)
        case Stage.RECEIVED if case.rule is Rule.UNDECIDED:
            return NextStep("认定了，到受理台", None)
        case Stage.RECEIVED if case.rule is Rule.REFERRAL:
            return NextStep("登记上报", Step.SENT_UP)
        case Stage.RECEIVED if case.rule is Rule.ON_THE_SPOT:  # it was registered as done, and that was withdrawn
            return NextStep("重新办理，到受理台", None)
        case Stage.HANDED_ON:
            return NextStep("督办完成", Step.DONE)
        case _:
            return NextStep("登记办结", Step.DONE)


_FITTING = {
    Step.SENT_UP: (Stage.RECEIVED,),
    Step.ANSWERED: (Stage.ASKED, Stage.HELD, Stage.RECEIVED),
    Step.DONE: (Stage.RECEIVED, Stage.SENT_UP, Stage.HANDED_ON, Stage.HELD),
}


def possible_steps(case: Case) -> tuple[Step, ...]:
    """The steps without a paper that a case can take now, in the order in which they are offered."""
    if not case.open:
        return ()
    impossible = {Step.PAUSED if case.paused or not case.clocks else Step.RESUMED}
    impossible |= set() if case.paused else {Step.RESUMED}
    impossible |= set() if old_day(case) else {Step.DELAY_TOLD}
    fitting = (step for step in _OFFERED if case.stage in _FITTING.get(step, tuple(Stage)))
    return tuple(step for step in fitting if step not in impossible)


_OFFERED = (
    Step.DONE, Step.ANSWERED, Step.SENT_UP, Step.RESUMED, Step.CONTACT, Step.FOLLOW_UP, Step.HANDED_ON, Step.PAUSED,
    Step.DUE_CHANGED, Step.DELAY_TOLD, Step.WITHDRAWN, Step.RETURNED,
)  # fmt: skip


def take_step(
    office: Office, case_id: str, step: Step, *, on: date | None = None, note: str = "", clerk: str = "",
    due: date | None = None, reason: PauseReason | None = None, owner: str = "", follow_up: date | None = None,
    told_at: time | None = None, spoken_to: str = "", quoted: str | None = None, request_id: str = "",
) -> Case:  # fmt: skip
    """Records a step and returns the case after it; nothing is changed where it is refused.

    `told_at`, `spoken_to`: when a call told of a delay, and who answered it. `quoted`: the reason why forbidden words
    are kept in the note, as a quotation of somebody; None where they are not to be kept. The same `request_id` with the
    same content is one step.

    Raises:
        Refusal: `clock-doubtful`, `case-unknown`, `case-closed`, `future-day`, `before-opening` (before the case
            began), `step-does-not-fit` (its stage does not allow it), `reason-missing` (a step that needs a note),
            `pause-reason-needed`, `no-clock`, `bad-due`, `delay-untold` (a later day than the printed one),
            `follow-up-needed`, `owner-needed`; what `Clock.pause`, `Clock.resume`, `call_told`, `check_statutory`,
            `quotation`, `OfficeProfile.clerk` and `check_text` refuse.
    """
    office.book.require_sound_clock()
    case, day = case_of_id(office, case_id), on or office.today()
    said = (case_id, step, on, note, clerk, due, reason, owner, follow_up, told_at, spoken_to, quoted)
    digest = content_digest({"said": [None if each is None else str(each) for each in said]})
    earlier = office.book.done_before(request_id) if request_id else None
    if earlier and office.book.is_same(earlier, digest):
        return case
    _check_fits(office, case, step, day)
    taken = StepTaken(
        case_id, step, day, office.permit(Permission.RECORD, clerk).staff_number, check_text(note.strip(), "说明", 200)
    )
    taken = replace(taken, quoted=quotation("说明", taken.note, quoted))
    taken = _with_particulars(office, case, taken, due=due, reason=reason, owner=owner, follow_up=follow_up)
    if step is Step.DELAY_TOLD:
        taken = call_told(case, taken, told_at, spoken_to, office.calendar)
    if step in _EXPLAINED and not taken.note:
        raise Refusal("reason-missing", f"{step.label}要写明理由或者结果。", "请填写后再登记。")
    office.book.append(EntryKind.CASE_STEP, taken.to_payload(), uuid=request_id or str(uuid4()), digest=digest)
    return case_of_id(office, case_id)


_EXPLAINED = frozenset(
    (
        Step.WITHDRAWN, Step.RETURNED, Step.CONTACT, Step.DUE_CHANGED, Step.DELAY_TOLD, Step.ANSWERED,
        Step.TELLING_EXPLAINED,
    )
)  # fmt: skip


def quotation(field: str, text: str, quoted: str | None) -> str:
    """The reason why forbidden words of a field are kept (守则 三); empty where there are none.

    Raises:
        Refusal: `forbidden-wording` where they are not to be kept, `keep-reason-missing`; what `check_text` refuses.
    """
    reason = check_text((quoted or "").strip(), "保留原话的理由", 200)
    kept = [Kept(field, found.hit.text, reason) for found in check_wording({field: text}) if quoted is not None]
    refuse_forbidden({field: text}, kept)
    return reason if kept else ""


def _check_fits(office: Office, case: Case, step: Step, day: date) -> None:
    if not case.open and step not in AFTERWARDS:
        raise Refusal("case-closed", f"这一件已经是“{case.stage.label}”。", "需要重办的，请到受理台重新开始。")
    if day > office.today():
        raise Refusal("future-day", f"{day.isoformat()} 还没有到。", "请改为今天或者以前的日期。")
    if day < case.opened:
        raise Refusal("before-opening", f"{day.isoformat()} 早于这一件开始的日期。", "请核对日期。")
    fitting = _FITTING.get(step, tuple(Stage))
    if case.stage not in fitting:
        stages = "、".join(stage.label for stage in fitting)
        raise Refusal("step-does-not-fit", f"“{case.stage.label}”的办件不能{step.label}。", f"可以的有：{stages}。")


def _with_particulars(
    office: Office, case: Case, taken: StepTaken, *, due: date | None, reason: PauseReason | None, owner: str,
    follow_up: date | None,
) -> StepTaken:  # fmt: skip
    """The step with what its kind says in addition, checked."""
    match taken.step:
        case Step.PAUSED:
            return replace(taken, reason=_paused(case, taken.on, reason))
        case Step.RESUMED:
            return _due_on(taken, _resumed(office, case, taken.on))
        case Step.DUE_CHANGED | Step.DELAY_TOLD:
            return _due_on(taken, _changed(office, case, taken.step, due))
        case Step.HANDED_ON | Step.FOLLOW_UP | Step.SENT_UP:
            return _followed(office, taken, owner, follow_up)
        case _:
            return taken


def _paused(case: Case, day: date, reason: PauseReason | None) -> PauseReason:
    if reason is None:
        raise Refusal("pause-reason-needed", "中止计时要选理由。", "可以是等待补正、查证核实、报上级审批、听证鉴定。")
    if not case.clocks:
        raise Refusal("no-clock", "这一件没有在走的时限。", "请核对办件。")
    for clock in case.clocks.values():
        clock.pause(reason, day)
    return reason


def _resumed(office: Office, case: Case, day: date) -> Deadline:
    if not case.clocks:
        raise Refusal("no-clock", "这一件没有在走的时限。", "请核对办件。")
    deadline = binding({name: clock.resume(day) for name, clock in case.clocks.items()}, office.calendar)
    assert deadline is not None
    return deadline


def _changed(office: Office, case: Case, step: Step, due: date | None) -> Deadline:
    if due is None or due < office.today():
        raise Refusal("bad-due", "新的期限要写成今天或者以后的日期。", "请写成 2026-12-01 这样。")
    if step is Step.DUE_CHANGED and case.printed_due and due > case.printed_due:
        what = f"纸上印了 {case.printed_due.isoformat()}，不能不告知就推迟。"
        raise Refusal("delay-untold", what, "请出延期告知单，或者电话告知后登记“电话告知延期”。")
    if step is Step.DUE_CHANGED:
        check_statutory(case, due, office.calendar)
    return Deadline(due, office.calendar.look_at(due).provisional, ())


def _due_on(taken: StepTaken, deadline: Deadline) -> StepTaken:
    return replace(taken, due=deadline.due, provisional=deadline.provisional)


def _followed(office: Office, taken: StepTaken, owner: str, follow_up: date | None) -> StepTaken:
    step = taken.step
    if step is Step.SENT_UP and follow_up is None:
        return taken
    if follow_up is None or follow_up < taken.on:
        raise Refusal("follow-up-needed", f"{step.label}要写明哪天跟进。", "请写成 2026-12-01 这样，不早于当天。")
    if step is not Step.HANDED_ON:
        return replace(taken, follow_up=follow_up)
    if not owner:
        raise Refusal("owner-needed", "转交要写明交给谁。", "请填经办人的工号或者姓名。")
    return replace(taken, follow_up=follow_up, owner=office.profile.clerk(owner).staff_number)
