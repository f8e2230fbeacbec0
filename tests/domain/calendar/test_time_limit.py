"""A clock with its pauses: what a pause costs, what it must not change, and what starts anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.calendar.time_limit import (
    EVERY_REASON,
    PROMISED,
    STATUTORY,
    USUAL_PAUSES,
    Clock,
    Pause,
    PauseReason,
    binding,
    counts_in_words,
    earliest,
    overtaking_warning,
)
from counter_assistant.domain.calendar.workdays import MOST_DAYS, Deadline
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import BEFORE_THE_NOTICE

ONE_DAY = timedelta(days=1)
STARTS = st.dates(date(2020, 1, 1), date(2026, 9, 30))
UNITS = st.sampled_from(["workday", "day"])
WAITING = st.sampled_from([reason for reason in PauseReason if reason is not PauseReason.SUPPLEMENT])
ABOVE, SUPPLEMENT = PauseReason.ABOVE, PauseReason.SUPPLEMENT


def end(clock: Clock) -> Deadline:
    deadline = clock.deadline(BEFORE_THE_NOTICE)
    assert deadline is not None
    return deadline


def due(clock: Clock) -> date:
    return end(clock).due


def waited(clock: Clock, begin: str, until: str, reason: PauseReason = ABOVE) -> Clock:
    return clock.pause(reason, date.fromisoformat(begin)).resume(date.fromisoformat(until))


@pytest.mark.parametrize(
    ("start", "n", "unit", "begin", "until", "expected"),
    [
        ("2026-11-02", 5, "workday", "2026-11-04", "2026-11-11", "2026-11-16"),
        ("2026-11-02", 5, "workday", "2026-11-02", "2026-11-11", "2026-11-18"),
        ("2026-11-02", 5, "workday", "2026-11-07", "2026-11-08", "2026-11-09"),
        ("2026-09-28", 5, "workday", "2026-09-30", "2026-10-08", "2026-10-12"),
        ("2026-11-02", 5, "day", "2026-11-04", "2026-11-09", "2026-11-12"),
        ("2026-11-02", 5, "day", "2026-11-04", "2026-11-11", "2026-11-16"),
        ("2026-11-02", 0, "workday", "2026-11-02", "2026-11-11", "2026-11-11"),
    ],
)
def test_the_days_that_are_left_go_on_after_a_pause(
    start: str, n: int, unit: str, begin: str, until: str, expected: str
) -> None:
    clock = waited(Clock(date.fromisoformat(start), n, unit), begin, until)
    assert due(clock).isoformat() == expected


def test_a_limit_that_is_put_off_over_a_holiday_keeps_its_working_day_through_a_pause() -> None:
    """民法典 第二百零三条: three days from 2026-09-30 end within the holiday, so the last day is 10-08."""
    clock = Clock(date(2026, 9, 30), 3, "day")
    assert due(clock) == date(2026, 10, 8)
    assert due(waited(clock, "2026-10-05", "2026-10-05")) == date(2026, 10, 8)
    assert due(waited(clock, "2026-10-05", "2026-10-07")) == date(2026, 10, 8)
    assert due(waited(clock, "2026-10-05", "2026-10-20")) == date(2026, 10, 21)
    assert due(waited(clock, "2026-10-02", "2026-10-09")) == date(2026, 10, 10)


def test_on_the_last_day_a_pause_leaves_the_day_on_which_the_clock_goes_on() -> None:
    clock = Clock(date(2026, 11, 2), 3, "workday")
    assert due(clock) == date(2026, 11, 5)
    assert due(waited(clock, "2026-11-05", "2026-11-11")) == date(2026, 11, 11)
    assert due(waited(clock, "2026-11-05", "2026-11-14")) == date(2026, 11, 16), "a Saturday"
    twice = waited(waited(clock, "2026-11-05", "2026-11-14"), "2026-11-15", "2026-11-18")
    assert due(twice) == date(2026, 11, 18)
    again = waited(waited(clock, "2026-11-05", "2026-11-11"), "2026-11-11", "2026-11-13")
    assert due(again) == date(2026, 11, 13)
    assert [day.counts for day in end(again).days].count(True) == 3


def test_a_clock_that_has_run_out_is_not_wound_up_by_a_pause() -> None:
    late = waited(Clock(date(2026, 11, 2), 3, "workday"), "2026-11-09", "2026-11-20")
    assert due(late) == date(2026, 11, 5)


def test_a_day_waited_says_why_it_does_not_count() -> None:
    clock = waited(Clock(date(2026, 11, 3), 2, "workday"), "2026-11-04", "2026-11-05")
    assert counts_in_words(end(clock)) == [
        "2026年11月4日 周三 工作日 第1个",
        "2026年11月5日 周四 报上级审批 中止计时 不计",
        "2026年11月6日 周五 工作日 第2个，到期",
    ]


def test_a_count_is_written_day_by_day() -> None:
    days = counts_in_words(BEFORE_THE_NOTICE.deadline(date(2026, 10, 7), 3, "workday"))
    assert days == [
        "2026年10月8日 周四 工作日 第1个",
        "2026年10月9日 周五 工作日 第2个",
        "2026年10月10日 周六 国庆节调休上班 第3个，到期",
    ]
    natural = counts_in_words(BEFORE_THE_NOTICE.deadline(date(2026, 10, 5), 1, "day"))
    assert natural == [
        "2026年10月6日 周二 国庆节放假 第1日",
        "2026年10月7日 周三 国庆节放假 末日顺延 不计",
        "2026年10月8日 周四 工作日 末日顺延 到期",
    ]
    across = counts_in_words(BEFORE_THE_NOTICE.deadline(date(2026, 12, 31), 1, "workday"))
    assert across[0] == "2027年1月1日 周五 法定节日放假 不计 预计"
    assert across[-1] == "2027年1月4日 周一 工作日 第1个，到期 预计"
    assert counts_in_words(Deadline(date(2026, 10, 8), False, ())) == []
    waiting = waited(Clock(date(2026, 11, 2), 1, "workday"), "2026-11-03", "2026-11-05")
    assert counts_in_words(end(waiting))[-1] == "2026年11月5日 周四 工作日 恢复计时当日 到期"


def test_over_every_published_year_a_clock_counts_the_working_days_of_another_library() -> None:
    """Each start of 2020 to 2026, three working days: counted here by chinesecalendar, which ends with 2026."""
    day, differing = date(2020, 1, 1), []
    while day <= date(2026, 12, 25):
        last, counted = day, 0
        while counted < 3:
            last += ONE_DAY
            counted += chinese_calendar.is_workday(last)
        if due(Clock(day, 3, "workday")) != last:
            differing.append(day)
        day += ONE_DAY
    assert differing == []


@given(STARTS, st.integers(0, 40), UNITS)
def test_without_a_pause_a_clock_is_the_count_of_the_calendar(start: date, n: int, unit: str) -> None:
    assert Clock(start, n, unit).deadline(BEFORE_THE_NOTICE) == BEFORE_THE_NOTICE.deadline(start, n, unit)


@st.composite
def clocks(draw: st.DrawFn, n: int = 40) -> Clock:
    """A clock with up to three pauses behind it."""
    clock = Clock(draw(STARTS), draw(st.integers(1, n)), draw(UNITS))
    day = clock.start
    for _ in range(draw(st.integers(0, 3))):
        begin = day + ONE_DAY * draw(st.integers(0, 20))
        day = begin + ONE_DAY * draw(st.integers(0, 20))
        clock = clock.pause(draw(WAITING), begin).resume(day)
    return clock


@given(clocks())
def test_a_clock_never_ends_on_a_day_off_or_while_it_stands(clock: Clock) -> None:
    last = due(clock)
    assert BEFORE_THE_NOTICE.look_at(last).counts
    assert not any(pause.begin < last < (pause.end or last) for pause in clock.pauses)


@given(clocks())
def test_a_longer_limit_never_ends_earlier(clock: Clock) -> None:
    longer = Clock(clock.start, clock.n + 1, clock.unit, pauses=clock.pauses)
    assert due(clock) <= due(longer)


@given(clocks())
def test_a_later_start_never_ends_earlier(clock: Clock) -> None:
    earlier = Clock(clock.start - ONE_DAY, clock.n, clock.unit, pauses=clock.pauses)
    if earlier.start.year >= 2020:
        assert due(earlier) <= due(clock)


@given(clocks(), st.integers(0, 30), WAITING)
def test_a_pause_of_no_days_changes_nothing(clock: Clock, after: int, reason: PauseReason) -> None:
    day = (clock.pauses[-1].end or clock.start if clock.pauses else clock.start) + ONE_DAY * after
    assert clock.pause(reason, day).resume(day).deadline(BEFORE_THE_NOTICE) == clock.deadline(BEFORE_THE_NOTICE)


@given(clocks(), st.integers(0, 30), st.integers(0, 30), WAITING)
def test_a_pause_never_ends_a_limit_earlier(clock: Clock, after: int, long: int, reason: PauseReason) -> None:
    begin = (clock.pauses[-1].end or clock.start if clock.pauses else clock.start) + ONE_DAY * after
    assert due(clock.pause(reason, begin).resume(begin + ONE_DAY * long)) >= due(clock)


@given(clocks(), st.integers(0, 30), st.integers(0, 60))
def test_papers_made_good_are_a_fresh_start(clock: Clock, after: int, long: int) -> None:
    """守则 一(七)2: 工作时限从补齐材料之日起计算。"""
    begin = (clock.pauses[-1].end or clock.start if clock.pauses else clock.start) + ONE_DAY * after
    complete = begin + ONE_DAY * long
    restarted = clock.pause(SUPPLEMENT, begin).resume(complete)
    assert restarted == Clock(complete, clock.n, clock.unit)
    assert restarted.deadline(BEFORE_THE_NOTICE) == BEFORE_THE_NOTICE.deadline(complete, clock.n, clock.unit)


@given(clocks(), st.booleans(), st.sampled_from([EVERY_REASON, USUAL_PAUSES, ()]))
def test_a_clock_is_the_same_after_it_was_stored(
    clock: Clock, first_day_counts: bool, may_pause: tuple[PauseReason, ...]
) -> None:
    stored = Clock(clock.start, clock.n, clock.unit, "答复", clock.pauses, may_pause, first_day_counts)
    assert Clock.from_payload(json.loads(json.dumps(stored.to_payload()))) == stored


def test_an_early_entry_and_a_pause_that_lasts_are_read() -> None:
    payload = {"start": "2026-11-02", "n": 3, "unit": "day", "act": "办结", "pauses": [["above", "2026-11-03", None]]}
    clock = Clock.from_payload(payload)
    assert clock == Clock(date(2026, 11, 2), 3, "day").pause(ABOVE, date(2026, 11, 3))
    assert clock.paused == Pause(ABOVE, date(2026, 11, 3))
    assert clock.deadline(BEFORE_THE_NOTICE) is None
    assert Clock.from_payload(clock.to_payload()) == clock


def test_where_a_limit_says_so_its_first_day_counts() -> None:
    for unit in ("workday", "day"):
        clock = Clock(date(2026, 11, 2), 3, unit, first_day_counts=True)
        assert due(clock) == date(2026, 11, 4)
    assert due(Clock(date(2020, 1, 2), 1, "workday", first_day_counts=True)) == date(2020, 1, 2)
    assert due(Clock(date(2026, 10, 1), 1, "workday", first_day_counts=True)) == date(2026, 10, 8)


def test_every_reason_says_what_is_waited_for() -> None:
    assert [reason.label for reason in PauseReason] == ["等待补正材料", "查证核实", "报上级审批", "听证、检验、鉴定"]


def test_a_pause_out_of_order_is_refused() -> None:
    clock = Clock(date(2026, 11, 2), 3, "workday", may_pause=USUAL_PAUSES)
    standing = clock.pause(ABOVE, date(2026, 11, 3))
    refused: list[tuple[str, Callable[[], Clock]]] = [
        ("already-paused", lambda: standing.pause(ABOVE, date(2026, 11, 4))),
        ("pause-too-early", lambda: clock.pause(ABOVE, date(2026, 11, 1))),
        ("pause-too-early", lambda: standing.resume(date(2026, 11, 5)).pause(ABOVE, date(2026, 11, 4))),
        ("not-paused", lambda: clock.resume(date(2026, 11, 4))),
        ("resume-too-early", lambda: standing.resume(date(2026, 11, 2))),
        ("no-such-pause", lambda: clock.pause(PauseReason.APPRAISAL, date(2026, 11, 3))),
    ]
    for code, act in refused:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == code
        assert refusal.value.remedy


def test_a_clock_that_cannot_be_computed_is_refused() -> None:
    for clock in (
        Clock(date(2019, 1, 2), 3, "workday"),
        Clock(date(2026, 1, 2), MOST_DAYS + 1, "day"),
        Clock(date(2026, 1, 2), 3, "week"),
        Clock(date(2026, 1, 2), 3, "day", pauses=(Pause(ABOVE, date(9978, 1, 2), date(9979, 1, 2)),)),
    ):
        with pytest.raises(Refusal) as refusal:
            clock.deadline(BEFORE_THE_NOTICE)
        assert refusal.value.sentence


def test_of_two_limits_the_one_that_ends_first_binds() -> None:
    """Accepted on 2026-09-30: the promise of three working days would end on 10-10, the statute's three days on 10-08."""
    promised, statutory = Clock(date(2026, 9, 30), 3, "workday"), Clock(date(2026, 9, 30), 3, "day", "作出决定")
    found = binding({PROMISED: promised, STATUTORY: statutory}, BEFORE_THE_NOTICE)
    assert found is not None
    assert found.due == date(2026, 10, 8)
    assert binding({PROMISED: promised}, BEFORE_THE_NOTICE) == promised.deadline(BEFORE_THE_NOTICE)
    stopped = promised.pause(PauseReason.VERIFICATION, date(2026, 9, 30))
    assert binding({PROMISED: stopped}, BEFORE_THE_NOTICE) is None
    assert binding({}, BEFORE_THE_NOTICE) is None
    assert earliest((None, found, promised.deadline(BEFORE_THE_NOTICE))) == found


def test_of_two_that_end_on_one_day_the_first_stands() -> None:
    one, other = (
        BEFORE_THE_NOTICE.deadline(date(2026, 9, 29), 1, "workday"),
        BEFORE_THE_NOTICE.deadline(date(2026, 9, 29), 1, "day"),
    )
    assert one.due == other.due
    assert earliest((one, other)) is one


def test_a_promise_that_ends_after_the_statute_is_warned_of() -> None:
    """Accepted on 2026-09-30: three calendar days end on 10-08, three working days on the worked Saturday 10-10."""
    statutory = BEFORE_THE_NOTICE.deadline(date(2026, 9, 30), 3, "day")
    promised = BEFORE_THE_NOTICE.deadline(date(2026, 9, 30), 3, "workday")
    assert overtaking_warning(promised, statutory) == (
        "承诺到期日 2026-10-10 晚于法定到期日 2026-10-08（晚2天），须在法定期限内办结。"
    )
    for pair in ((statutory, promised), (promised, promised), (None, statutory), (promised, None)):
        assert overtaking_warning(*pair) == ""
