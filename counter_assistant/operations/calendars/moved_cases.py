"""放假通知公布以后：哪些未结办件的期限变了，哪些要出延期告知单（守则 一(二)2⑶）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.calendar.calendar_entry import MovedDay
from counter_assistant.domain.calendar.time_limit import binding
from counter_assistant.domain.calendar.workdays import Deadline, WorkCalendar
from counter_assistant.domain.cases.case import Case, own_clock
from counter_assistant.domain.formatting import chinese_date

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


@dataclass(frozen=True, slots=True)
class MovedCase:
    """An open case whose day a new calendar moves. `delay_needed`: a firm day that was printed cannot be kept."""

    case: Case
    old: date
    new: date
    provisional: bool
    delay_needed: bool

    @property
    def in_words(self) -> str:
        """罗某　购房提取　2026年12月31日 → 2027年1月4日，要出延期告知单."""
        day = chinese_date(self.new) + ("（预计）" if self.provisional else "")
        change = f"{chinese_date(self.old)} → {day}" if self.old != self.new else f"{day}，不再是预计"
        who = "　".join(part for part in (self.case.applicant or "未留姓名", self.case.item_name) if part)
        return f"{who}　{change}{'，要出延期告知单' if self.delay_needed else ''}"


def moved_by(office: Office, calendar: WorkCalendar) -> list[MovedCase]:
    """The open cases whose day a new calendar moves or makes certain, the most urgent first."""
    return sorted(_moved(office.cases.open_cases(), calendar), key=lambda moved: (moved.new, moved.case.id))


def _moved(cases: Iterator[Case], calendar: WorkCalendar) -> Iterator[MovedCase]:
    memory: dict[tuple[object, ...], Deadline | None] = {}
    for case in cases:
        if case.stated:
            yield from _stated(case, calendar)
            continue
        clock = own_clock(case)
        if clock is None or case.due is None or clock.n == 0:
            continue
        key = tuple((c.start, c.n, c.unit, c.pauses, c.first_day_counts) for c in case.clocks.values())
        if key not in memory:
            memory[key] = binding(case.clocks, calendar)
        deadline, now = memory[key], case.computed_due or case.due
        if deadline and (deadline.due, deadline.provisional) != (now, case.provisional):
            late = bool(case.printed_due and deadline.due > case.printed_due)
            yield MovedCase(case, now, deadline.due, deadline.provisional, late)


def _stated(case: Case, calendar: WorkCalendar) -> Iterator[MovedCase]:
    """A day that the clerk named does not move; a notice only makes it certain."""
    if case.due and (provisional := calendar.look_at(case.due).provisional) is not case.provisional:
        yield MovedCase(case, case.due, case.due, provisional, delay_needed=False)


def moved_days(moved: Iterable[MovedCase]) -> tuple[MovedDay, ...]:
    """What the entry of a new calendar says of the cases that it moves."""
    return tuple(MovedDay(each.case.id, each.old, each.new, each.provisional) for each in moved)
