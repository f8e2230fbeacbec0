"""时钟：一件申请的期限从哪天走起、停过几次、哪天到期（守则 一(五)–(七)）。

The centre's own promise and the statute's limit run side by side. A clock that waits for the applicant's papers starts
anew on the day of completeness (守则 一(七)2: 工作时限从补齐材料之日起计算); one that waits for another body, for facts to
be verified or for the office above is paused and goes on with the days that are left. The day on which a clock starts or
goes on is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.workdays import ONE_DAY, Deadline, WorkCalendar

PROMISED, STATUTORY = "promised", "statutory"


class PauseReason(StrEnum):
    """Why a clock stands still: the applicant's papers, facts to verify, the office above, or a hearing or appraisal."""

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


@dataclass(frozen=True, slots=True)
class Pause:
    """A stand of the clock from the end of `begin` to the end of `end`; None while it lasts."""

    reason: PauseReason
    begin: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that runs: `n` days of `unit` (workday 工作日 | day 自然日) after `start`, but for its pauses in their order."""

    start: date
    n: int
    unit: str
    act: str = "办结"
    pauses: tuple[Pause, ...] = ()

    @property
    def paused(self) -> Pause | None:
        """The pause that lasts."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    def pause(self, reason: PauseReason, day: date) -> Clock:
        """The clock standing still from the end of that day. Refuses a pause within a pause, or before the start."""
        if self.paused:
            raise Refusal("already-paused", f"时限已经中止（{self.paused.reason.label}）。", "请先恢复计时。")
        if day < self._latest:
            raise Refusal("pause-too-early", f"中止日 {day.isoformat()} 早于起算日或者上次恢复日。", "请核对日期。")
        return replace(self, pauses=(*self.pauses, Pause(reason, day)))

    def resume(self, day: date) -> Clock:
        """The clock going on after that day; where it waited for papers it starts anew on that day."""
        pause = self.paused
        if pause is None:
            raise Refusal("not-paused", "时限没有中止，不用恢复。", "请核对办件。")
        if day < pause.begin:
            raise Refusal("resume-too-early", f"恢复日 {day.isoformat()} 早于中止日。", "请核对日期。")
        if pause.reason is PauseReason.SUPPLEMENT:
            return replace(self, start=day, pauses=())
        return replace(self, pauses=(*self.pauses[:-1], replace(pause, end=day)))

    def deadline(self, calendar: WorkCalendar) -> Deadline | None:
        """The last day, counted through the pauses; None while the clock stands still."""
        if self.paused:
            return None
        start, left = self.start, self.n
        for pause in self.pauses:
            left = max(left - self._counted(calendar, start, pause.begin), 0)
            start = pause.end or start
        return calendar.deadline(start, left, self.unit)

    def _counted(self, calendar: WorkCalendar, start: date, end: date) -> int:
        """The days of this clock's unit after `start` up to and with `end`."""
        days = (start + ONE_DAY * i for i in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.unit == "day" or calendar.look_at(day).counts)

    @property
    def _latest(self) -> date:
        return (self.pauses[-1].end if self.pauses else None) or self.start

    def to_payload(self) -> dict[str, Any]:
        """The clock as plain JSON values."""
        return {
            "start": self.start.isoformat(), "n": self.n, "unit": self.unit, "act": self.act,
            "pauses": [[p.reason.value, p.begin.isoformat(), p.end.isoformat() if p.end else None] for p in self.pauses],
        }  # fmt: skip

    @staticmethod
    def from_payload(payload: Mapping[str, Any]) -> Clock:
        """The clock that `to_payload` wrote."""
        pauses = tuple(
            Pause(PauseReason(reason), date.fromisoformat(begin), date.fromisoformat(end) if end else None)
            for reason, begin, end in payload["pauses"]
        )
        return Clock(date.fromisoformat(payload["start"]), payload["n"], payload["unit"], payload["act"], pauses)


def overtakes(promised: Deadline | None, statutory: Deadline | None) -> str:
    """The warning that a promise would end after the statute's limit; empty where it does not."""
    if promised is None or statutory is None or promised.due <= statutory.due:
        return ""
    later = (promised.due - statutory.due).days
    return f"承诺到期日 {promised.due.isoformat()} 晚于法定到期日 {statutory.due.isoformat()}（晚{later}天），须在法定期限内办结。"
