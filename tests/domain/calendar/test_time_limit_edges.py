"""The edges of a clock: what a refusal says, and the days of a count that a pause on the last day leads beyond."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from counter_assistant.domain.calendar.time_limit import Clock, Pause, PauseReason
from counter_assistant.domain.calendar.workdays import Deadline, WorkCalendar, YearCalendar
from counter_assistant.domain.refusal import Refusal

ONLY_2026 = WorkCalendar({2026: YearCalendar(2026, True, (), {})})
MONDAY, STAND = date(2026, 6, 1), "查证核实，中止计时"
VERIFY, HEARING = PauseReason.VERIFICATION, PauseReason.APPRAISAL


def june(day: int) -> date:
    return date(2026, 6, day)


def end(clock: Clock) -> Deadline:
    deadline = clock.deadline(ONLY_2026)
    assert deadline is not None
    return deadline


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (
            lambda: Clock(MONDAY, 3, "workday", may_pause=(VERIFY,)).pause(HEARING, june(2)),
            ("no-such-pause", "这项时限不因“听证、检验、鉴定”中止。", "请核对事项的时限规定。"),
        ),
        (
            lambda: Clock(MONDAY, 3, "workday").pause(VERIFY, june(2)).pause(HEARING, june(3)),
            ("already-paused", "时限已经中止（查证核实）。", "请先恢复计时。"),
        ),
        (
            lambda: Clock(MONDAY, 3, "workday").pause(VERIFY, date(2026, 5, 31)),
            ("pause-too-early", "中止日 2026-05-31 早于起算日或者上次恢复日。", "请核对日期。"),
        ),
        (
            lambda: Clock(MONDAY, 3, "workday").resume(june(2)),
            ("not-paused", "时限没有中止，不用恢复。", "请核对办件。"),
        ),
        (
            lambda: Clock(MONDAY, 3, "workday").pause(VERIFY, june(3)).resume(june(2)),
            ("resume-too-early", "恢复日 2026-06-02 早于中止日。", "请核对日期。"),
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(act: Callable[[], Clock], refusal: tuple[str, str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert (refused.value.code, refused.value.sentence, refused.value.remedy) == refusal


@pytest.mark.parametrize(
    ("resumed", "beyond"),
    [
        (june(5), [(5, "周五，工作日，恢复计时当日")]),
        (june(6), [(5, STAND), (6, STAND), (7, "周日，休息"), (8, "周一，工作日，恢复计时当日")]),
        (june(9), [(5, STAND), (6, STAND), (7, STAND), (8, STAND), (9, "周二，工作日，恢复计时当日")]),
    ],
)
def test_every_day_beyond_a_pause_on_the_last_day_is_told_once_and_none_counts(
    resumed: date, beyond: list[tuple[int, str]]
) -> None:
    clock = Clock(MONDAY, 3, "workday").pause(VERIFY, june(4)).resume(resumed)
    deadline = end(clock)
    assert deadline.due == june(beyond[-1][0])
    assert [(day.date.day, day.counts) for day in deadline.days[:3]] == [(2, True), (3, True), (4, True)]
    assert [(day.date.day, day.counts, day.why) for day in deadline.days[3:]] == [(n, False, why) for n, why in beyond]


def test_a_pause_on_the_last_day_is_found_after_one_that_was_not() -> None:
    clock = Clock(MONDAY, 2, "workday").pause(VERIFY, june(2)).resume(june(3)).pause(VERIFY, june(4)).resume(june(5))
    assert end(clock).due == june(5)


def test_beyond_a_pause_the_limit_keeps_its_unit() -> None:
    deadline = end(Clock(MONDAY, 3, "day").pause(VERIFY, june(4)).resume(june(5)))
    assert (deadline.due, deadline.unit, deadline.provisional) == (june(5), "day", False)


def test_a_clock_that_goes_on_in_a_year_without_a_notice_is_provisional() -> None:
    clock = Clock(date(2026, 12, 30), 1, "workday").pause(VERIFY, date(2026, 12, 31)).resume(date(2027, 1, 4))
    deadline = end(clock)
    assert (deadline.due, deadline.provisional, deadline.days[-1].provisional) == (date(2027, 1, 4), True, True)


def test_a_pause_that_begins_and_ends_on_the_last_day_moves_nothing() -> None:
    saturday = june(6)
    clock = Clock(saturday, 0, "day", pauses=(Pause(VERIFY, saturday, saturday),))
    assert end(clock).due == saturday
