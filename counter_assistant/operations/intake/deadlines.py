"""期限：这件事走哪个时钟，从哪天起，最后一天是哪天（守则 一(六)、(七)）."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.assessment.decision import ClockKind
from counter_assistant.domain.calendar.time_limit import (
    EVERY_REASON,
    PROMISED,
    STATUTORY,
    Clock,
    PauseReason,
    binding,
    earliest,
)
from counter_assistant.domain.calendar.workdays import Deadline, WorkCalendar
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.papers.kinds import ACCEPTING, SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """The days of a unit within which something is done, and what may pause them."""

    n: int
    unit: str
    act: str
    may_pause: tuple[PauseReason, ...] = EVERY_REASON
    first_day_counts: bool = False

    @classmethod
    def of(cls, limit: Limit, act: str = "") -> RunningLimit:
        """The running limit of a catalogue's limit."""
        return cls(limit.n, limit.unit, act or limit.act, limit.pauses, limit.first_day_counts)

    def clock(self, start: date) -> Clock:
        """The clock that starts on a day."""
        return Clock(
            start, self.n, self.unit, self.act, may_pause=self.may_pause, first_day_counts=self.first_day_counts
        )


TODAY_LIMIT = RunningLimit(0, "workday", "办结")
"""当场或当天办结（守则 一(七)1）."""


ANSWER_LIMIT = RunningLimit(3, "workday", "答复")
"""咨询内容不明确的，三个工作日内答复（守则 一(七)4）."""

CONTACT_LIMIT = RunningLimit(1, "workday", "联系")
"""代收材料的，下一工作日内由经办人与当事人联系（守则 一(六)4⑷）."""


def running_clocks(matter: Matter, calendar: WorkCalendar) -> dict[str, Clock]:
    """The limits that run from this act on: the centre's own, and the statute's beside it. Empty while no clock runs."""
    start, own = _first_day(matter, calendar), _own_limit(matter)
    if own is None:
        return {}
    clocks = {PROMISED: own.clock(start)}
    if matter.kind in ACCEPTING and (statutory := matter.statutory):
        clocks[STATUTORY] = RunningLimit.of(statutory).clock(matter.day if statutory.start == "receipt" else start)
    return clocks


def statutory_deadline(matter: Matter, calendar: WorkCalendar) -> Deadline | None:
    """The last day of the statute's limit; None while it does not run.

    Raises:
        Refusal: what `WorkCalendar.deadline` refuses.
    """
    clock = running_clocks(matter, calendar).get(STATUTORY)
    return clock.deadline(calendar) if clock else None


def _own_limit(matter: Matter) -> RunningLimit | None:
    """The limit that the act starts; None while nothing is accepted, or where the clerk names a day."""
    promised = matter.promised
    match matter.kind:
        case None:
            return _PAPERLESS.get(matter.outcome.clock)
        case SlipKind.RETURN_NOTICE:
            return TODAY_LIMIT
        case SlipKind.CUSTODY_RECORD:
            return CONTACT_LIMIT
        case SlipKind.PROMISE_NOTICE if matter.outcome.clock is ClockKind.ANSWER_DATE:
            return RunningLimit.of(promised, "答复")
        case SlipKind.PROMISE_NOTICE | SlipKind.REFERRAL_NOTICE | SlipKind.RECEIPT:
            return RunningLimit.of(promised)
        case _:
            return None


_PAPERLESS = {ClockKind.TODAY: TODAY_LIMIT, ClockKind.INQUIRY_REPLY: ANSWER_LIMIT}


def deadlines(matter: Matter, calendar: WorkCalendar) -> tuple[Deadline | None, Deadline | None]:
    """When it is due, and when it would be due if everything were complete on the day of acceptance.

    Both are None while no clock runs; with a notification slip nothing is accepted yet. A day that the clerk names
    replaces the centre's own limit; the statute's limit binds wherever it ends first.

    Raises:
        Refusal: what `WorkCalendar.deadline` refuses.
    """
    stated, informing = matter.request.details.due, matter.kind in (None, SlipKind.NOTIFICATION_SLIP)
    if stated and not (informing and matter.outcome.clock is not ClockKind.STATED_LIMIT):
        named = Deadline(stated, calendar.look_at(stated).provisional, ())
        return earliest((named, statutory_deadline(matter, calendar))), None
    if clocks := running_clocks(matter, calendar):
        return binding(clocks, calendar), None
    if matter.kind not in (SlipKind.NOTIFICATION_SLIP, SlipKind.SUPPLEMENT_NOTICE):
        return None, None
    return None, RunningLimit.of(matter.promised).clock(_first_day(matter, calendar)).deadline(calendar)


def _first_day(matter: Matter, calendar: WorkCalendar) -> date:
    """A clerk's intake counts at any hour (守则 一(二)2⑷); a letter that arrives on a day off, on the next working day."""
    day = matter.acceptance
    if matter.request.channel in (Channel.WINDOW, Channel.PHONE) or calendar.look_at(day).counts:
        return day
    return calendar.deadline(day, 1, "workday").due


def not_later(old: date, due: date) -> Refusal | None:
    """Why a day cannot be put off to another one that is not later; None where it can. Codes: `delay-not-later`."""
    if due <= old:
        return Refusal("delay-not-later", "新的日期不晚于原定日期，不用延期。", "请核对日期。")
    return None
