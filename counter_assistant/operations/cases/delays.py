"""延期：印出的日期守不住，要事先告知新的日期和理由（守则 一(二)2⑶）；法定期限只因中止而顺延，不因延期而顺延.

The centre's own day may be put off by telling the applicant. The statute's last day is moved by a recorded pause alone.
A call may name no day beyond it; a delay notice may, and then says so and what the applicant may do (行政复议法
第十一条, 第二十三条第一款第(三)项: 未履行法定职责的，应当先申请行政复议).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.calendar.time_limit import PROMISED
from counter_assistant.domain.calendar.workdays import Deadline, WorkCalendar
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.cases.case import Case, Stage, own_clock, statutory_clock
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import DATED, SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.intake.deadlines import not_later
from counter_assistant.operations.intake.request import Details

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.office import Office

LONGEST_NAME = 30


def old_day(case: Case) -> date | None:
    """The day on a paper of an open case that a delay would move, firm or 预计; None where no paper has one."""
    if not case.open:
        return None
    expected = case.due if case.provisional and case.stage in (Stage.RECEIVED, Stage.SENT_UP) else None
    return case.printed_due or expected


def statutory_day(case: Case, calendar: WorkCalendar) -> Deadline | None:
    """The statute's last day, counted through the recorded pauses.

    None where the statute sets no limit, while its clock is paused, and where the calendar cannot count so far.
    """
    clock = statutory_clock(case)
    try:
        return clock.deadline(calendar) if clock else None
    except Refusal:
        return None


def check_statutory(case: Case, due: date, calendar: WorkCalendar) -> None:
    """Checks that a day set without a delay notice does not lie beyond the statute's last day.

    Raises:
        Refusal: `past-statutory`.
    """
    statutory = statutory_day(case, calendar)
    if statutory is not None and due > statutory.due:
        what = f"{due.isoformat()} 超过了法定期限 {statutory.due.isoformat()}，只有依法中止计时才能顺延。"
        remedy = "确有中止的，先登记中止计时；没有的，请出延期告知单（F7），写明理由，单上告知救济途径。"
        raise Refusal("past-statutory", what, remedy)


def call_told(case: Case, taken: StepTaken, told_at: time | None, spoken_to: str, calendar: WorkCalendar) -> StepTaken:
    """The step of a call that told of a delay, with the time of the call and who answered.

    Raises:
        Refusal: `nothing-to-delay`, `delay-not-later`, `past-statutory`, `call-incomplete`; what `check_text` refuses.
    """
    old = old_day(case)
    if old is None:
        raise Refusal("nothing-to-delay", "没有文书印着这一件的日期，不用告知延期。", "要改期限的，请登记“改期限”。")
    assert taken.due is not None
    if fault := not_later(old, taken.due):
        raise fault
    check_statutory(case, taken.due, calendar)
    name = check_text(spoken_to.strip(), "接听人", LONGEST_NAME)
    if told_at is None or not name:
        raise Refusal("call-incomplete", "电话告知延期要写明几点打的、谁接听的。", "请填写后再登记。")
    return replace(taken, told_at=f"{told_at:%H:%M}", spoken_to=name)


def delay_details(office: Office, case: Case, last: ActRecorded, due: date | None, reason: str) -> Details:
    """What a delay notice of a case says: the paper and the day that it puts off, the new day and the reason.

    `last` is the case's last act at the window. Without a `due` it is the day that the clock gives now, with the reason
    why that is later.
    """
    rows = [office.archive.show(number).row for number in case.papers]
    dated = [row.number for row in rows if row.kind in set(DATED) and not row.void]
    return Details(
        of=dated[-1] if dated else "", old_due=old_day(case), due=due or case.computed_due,
        due_reason=reason or _why_later(case, last),
    )  # fmt: skip


def _why_later(case: Case, last: ActRecorded) -> str:
    """Why the clock gives a later day than the printed one: it was paused, it started again, or a notice moved it."""
    clock = own_clock(case)
    if clock and clock.pauses:
        return f"{'、'.join(dict.fromkeys(pause.reason.label for pause in clock.pauses))}期间不计入期限"
    began = last.facts.clocks.get(PROMISED)
    if clock and began and began.start != clock.start:
        return "补正材料后，期限从补齐之日起重新计算"
    return "国务院办公厅公布放假安排后，工作日重新计算"


def _day(deadline: Deadline) -> str:
    return chinese_date(deadline.due) + ("（预计，待放假通知）" if deadline.provisional else "")


def overrun_statutory_day(matter: Matter, office: Office) -> Deadline | None:
    """The statute's last day of the case, where its delay notice names a later one; else None."""
    case = office.cases.get(matter.request.case) if matter.kind is SlipKind.DELAY_NOTICE else None
    statutory = statutory_day(case, office.calendar) if case else None
    return statutory if _beyond(matter.request.details.due, statutory) else None


def _beyond(due: date | None, statutory: Deadline | None) -> bool:
    return bool(statutory and due and due > statutory.due)


def delay_facts(matter: Matter, kind: SlipKind, office: Office) -> dict[str, Any]:
    """What a delay notice says of the law: the statute's day, and whether the new day lies beyond it."""
    if kind is not SlipKind.DELAY_NOTICE:
        return {}
    details, case = matter.request.details, office.cases.get(matter.request.case)
    clock = statutory_clock(case) if case else None
    statutory = statutory_day(case, office.calendar) if case else None
    stands = clock.paused if clock else None
    return {
        "statutory_day": _day(statutory) if statutory else "",
        "statutory_pauses": list(dict.fromkeys(pause.reason.label for pause in clock.pauses)) if clock else [],
        "statutory_stands": stands.reason.label if stands else "",
        "statutory_limit": "" if case else matter.notice.statutory,
        "beyond_statutory": _beyond(details.due, statutory),
        "told_late": bool(details.old_due and details.old_due < office.today()),
    }
