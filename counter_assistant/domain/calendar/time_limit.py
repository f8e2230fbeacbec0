"""时钟：一件申请的期限从哪天走起、停过几次、哪天到期（守则 一(五)–(七)）。

The centre's own promise and the statute's limit run side by side. A clock that waits for the applicant's papers starts
again on the day of completeness (守则 一(七)2: 工作时限从补齐材料之日起计算); one that waits for another body, for
facts to be verified or for the office above is paused and goes on with the days that are left (守则 一(七)3;
上海市住房公积金提取管理办法 2023: 向有关部门核实、需职工补正信息所需的时间不计算在内). The day on which a clock starts
or resumes is not counted.

A pause takes effect at the end of its first day. Where that day is the last one, only the day on which the clock
resumes is left; a pause does not revive a clock that had already run out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from counter_assistant.domain.calendar.workdays import ONE_DAY, DayCount, Deadline, WorkCalendar
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date, listed
from counter_assistant.domain.refusal import Refusal

PROMISED, STATUTORY = "promised", "statutory"


class PauseReason(StrEnum):
    """Why a clock is paused: the applicant's papers, facts to verify, the office above, or a hearing or appraisal."""

    SUPPLEMENT = "supplement"
    VERIFICATION = "verification"
    ABOVE = "above"
    APPRAISAL = "appraisal"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "supplement": "等待补正材料", "verification": "查证核实", "above": "报上级审批", "appraisal": "听证、检验、鉴定",
        }[self.value]  # fmt: skip


EVERY_REASON = tuple(PauseReason)

USUAL_PAUSES = (PauseReason.SUPPLEMENT, PauseReason.VERIFICATION, PauseReason.ABOVE)
"""What may pause a limit unless its item says otherwise.

The time for supplementing papers (守则 一(七)2) and for the office above (守则 一(七)3) never counts; the guides leave
out verification with another body, too. 行政许可法 第四十五条 leaves out a hearing or an appraisal only for a licence,
with written notice of how long it takes; withdrawals and loans are no licences, so only an item that says so may be
paused by one.
"""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a clock, from the end of `begin` to the end of `end`; `end` is None while it lasts."""

    reason: PauseReason
    begin: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that runs: `n` days of `unit` (workday 工作日 | day 自然日) after `start`, not counting its `pauses`.

    Pauses are in order. `may_pause` holds the reasons for which the limit may be paused. With `first_day_counts` the
    day of `start` is the first day.
    """

    start: date
    n: int
    unit: str
    act: str = "办结"
    pauses: tuple[Pause, ...] = ()
    may_pause: tuple[PauseReason, ...] = EVERY_REASON
    first_day_counts: bool = False

    @property
    def paused(self) -> Pause | None:
        """The pause that lasts; None while the clock runs."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    def pause(self, reason: PauseReason, day: date) -> Clock:
        """The clock paused from the end of that day.

        Raises:
            Refusal: `no-such-pause` (this limit is not paused for that reason), `already-paused`, `pause-too-early`
                (before the clock started or last resumed).
        """
        if reason not in self.may_pause:
            raise Refusal("no-such-pause", f"这项时限不因“{reason.label}”中止。", "请核对事项的时限规定。")
        if self.paused:
            raise Refusal("already-paused", f"时限已经中止（{self.paused.reason.label}）。", "请先恢复计时。")
        if day < self._latest:
            raise Refusal("pause-too-early", f"中止日 {day.isoformat()} 早于起算日或者上次恢复日。", "请核对日期。")
        return replace(self, pauses=(*self.pauses, Pause(reason, day)))

    def resume(self, day: date) -> Clock:
        """The clock resumed on that day; where it waited for papers it starts again on that day.

        Raises:
            Refusal: `not-paused`, `resume-too-early` (before the pause).
        """
        pause = self.paused
        if pause is None:
            raise Refusal("not-paused", "时限没有中止，不用恢复。", "请核对办件。")
        if day < pause.begin:
            raise Refusal("resume-too-early", f"恢复日 {day.isoformat()} 早于中止日。", "请核对日期。")
        if pause.reason is PauseReason.SUPPLEMENT:
            return replace(self, start=day, pauses=())
        return replace(self, pauses=(*self.pauses[:-1], replace(pause, end=day)))

    def deadline(self, calendar: WorkCalendar) -> Deadline | None:
        """The last day, counted through the pauses; None while the clock is paused.

        Raises:
            Refusal: what `WorkCalendar.deadline` refuses.
        """
        if self.paused:
            return None
        found = calendar.deadline(
            self.start, self.n, self.unit, first_day_counts=self.first_day_counts, paused_days=self._paused_days()
        )
        return self._beyond_pauses(calendar, found)

    def _paused_days(self) -> dict[date, str]:
        """The days on which the clock was paused, and why."""
        paused_days: dict[date, str] = {}
        for pause in self.pauses:
            days = ((pause.end or pause.begin) - pause.begin).days
            paused_days |= {pause.begin + ONE_DAY * i: f"{pause.reason.label}，中止计时" for i in range(1, days + 1)}
        return paused_days

    def _beyond_pauses(self, calendar: WorkCalendar, found: Deadline) -> Deadline:
        """Where a pause began on the last day, the last day is the one on which the clock resumed."""
        days, due = list(found.days), found.due
        paused_days = self._paused_days()
        for pause in self.pauses:
            if pause.end is None or not pause.begin <= due < pause.end:
                continue
            last = calendar.first_workday(pause.end)
            for i in range(1, (last - due).days + 1):
                day = due + ONE_DAY * i
                days.append(DayCount(day, False, paused_days.get(day) or calendar.look_at(day).why))
            due = last
        if due == found.due:
            return found
        seen = calendar.look_at(due)
        days[-1] = DayCount(due, False, f"{seen.why}，恢复计时当日", seen.provisional)
        return Deadline(due, seen.provisional, tuple(days), found.unit)

    @property
    def _latest(self) -> date:
        return (self.pauses[-1].end if self.pauses else None) or self.start

    def to_payload(self) -> dict[str, Any]:
        """The clock as plain JSON values."""
        return {
            "start": self.start.isoformat(), "n": self.n, "unit": self.unit, "act": self.act,
            "pauses": [[p.reason.value, p.begin.isoformat(), p.end.isoformat() if p.end else None] for p in self.pauses],
            "may_pause": [reason.value for reason in self.may_pause], "first_day_counts": self.first_day_counts,
        }  # fmt: skip

    @staticmethod
    def from_payload(payload: Mapping[str, Any]) -> Clock:
        """The clock that `to_payload` wrote; early versions wrote neither `may_pause` nor `first_day_counts`."""
        pauses = tuple(
            Pause(PauseReason(reason), date.fromisoformat(begin), date.fromisoformat(end) if end else None)
            for reason, begin, end in payload["pauses"]
        )
        may_pause = tuple(PauseReason(reason) for reason in payload.get("may_pause", EVERY_REASON))
        start, first_day_counts = date.fromisoformat(payload["start"]), payload.get("first_day_counts", False)
        return Clock(start, payload["n"], payload["unit"], payload["act"], pauses, may_pause, first_day_counts)


def earliest(deadlines: Iterable[Deadline | None]) -> Deadline | None:
    """The deadline that binds: the first to end of limits that run side by side; None where none runs.

    The centre's promise never extends the statute's limit (条例 第二十五条、第二十六条). Of two that end on the same
    day it is the one given first.
    """
    return min((deadline for deadline in deadlines if deadline), key=lambda deadline: deadline.due, default=None)


def binding(clocks: Mapping[str, Clock], calendar: WorkCalendar) -> Deadline | None:
    """The deadline that binds of all clocks of an act; None where none runs or all are paused.

    Raises:
        Refusal: what `WorkCalendar.deadline` refuses.
    """
    return earliest(clock.deadline(calendar) for clock in clocks.values())


def overtaking_warning(promised: Deadline | None, statutory: Deadline | None) -> str:
    """A warning where the promise would end after the statute's limit; empty where it does not."""
    if promised is None or statutory is None or promised.due <= statutory.due:
        return ""
    later = (promised.due - statutory.due).days
    return f"承诺到期日 {promised.due.isoformat()} 晚于法定到期日 {statutory.due.isoformat()}（晚{later}天），须在法定期限内办结。"


def counts_in_words(deadline: Deadline) -> list[str]:
    """A count day by day, for the screen and for paper: 2026年10月8日 周四 工作日 第1个."""
    lines, counted = [], 0
    measure = "个" if deadline.unit == "workday" else "日"
    for day in deadline.days:
        counted += day.counts
        weekday = f"周{WEEKDAYS[day.date.weekday()]}"
        why = " ".join(part for part in day.why.split("，") if part != weekday)
        places = [f"第{counted}{measure}"] if day.counts else []
        places += ["到期"] if day.date == deadline.due else []
        place = listed(places, "，") or "不计"
        lines.append(listed((chinese_date(day.date), weekday, why, place, "预计" if day.provisional else ""), " "))
    return lines
