"""工作日与期限：按国务院办公厅每年的放假通知逐日计算，调休上班的周末计入。

A year whose notice is not imported still has its statutory holidays and weekends, but every date that depends on it is
预计. Working days: the day of acceptance is not counted. Calendar days: 民法典 第二百零一条 (开始的当日不计入) and
第二百零三条 (末日是法定休假日的，以休假日结束的次日为最后一日).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording import WEEKDAYS

ONE_DAY = timedelta(days=1)
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a notice names: a holiday, or a weekend day that is worked."""

    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's notice. Not `published`: only what the law itself fixes is known."""

    year: int
    published: bool
    papers: tuple[str, ...]
    days: Mapping[date, CalendarDay]


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of a count: whether it counts, and why."""

    date: date
    counts: bool
    why: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit, day by day. `provisional`: a year on the way is not published yet (预计)."""

    due: date
    provisional: bool
    days: tuple[DayCount, ...]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years that are known."""

    years: Mapping[int, YearCalendar]

    def look_at(self, day: date) -> DayCount:
        """Whether a day is a working day, and why."""
        year = self.years.get(day.year)
        provisional = year is None or not year.published
        named = self._named(day)
        if named is not None:
            why = f"{named.name}放假" if named.off else f"{named.name}调休上班"
            return DayCount(day, not named.off, why, provisional)
        weekday = f"周{WEEKDAYS[day.weekday()]}"
        return DayCount(
            day, day.weekday() < 5, f"{weekday}，工作日" if day.weekday() < 5 else f"{weekday}，休息", provisional
        )

    def _named(self, day: date) -> CalendarDay | None:
        """What a notice says of a day. The next year's notice may name a day at the end of December."""
        notices = [self.years.get(year) for year in (day.year + 1, day.year)]
        named = next((notice.days[day] for notice in notices if notice and day in notice.days), None)
        return named if named or day.year in self.years else _fixed_holiday(day)

    def deadline(self, start: date, n: int, unit: str) -> Deadline:
        """The last day of a limit of `n` days (`unit` workday or day) that begins on `start`; 0 is the same day."""
        if unit not in ("workday", "day"):
            raise Refusal("unknown-unit", f"期限单位“{unit}”不认识。", "可以是 workday（工作日）或 day（自然日）。")
        if not 0 <= n <= MOST_DAYS:
            raise Refusal("limit-out-of-range", f"期限 {n} 日无法计算。", f"请填 0 到 {MOST_DAYS} 之间的整数。")
        if start.year >= date.max.year - 20:
            raise Refusal("limit-out-of-range", f"起始日期 {start.isoformat()} 无法计算。", "请核对起始日期。")
        if self.years and start.year < min(self.years):
            first = min(self.years)
            raise Refusal("no-calendar", f"没有 {start.year} 年的放假日历，算不出期限。", f"日历从 {first} 年开始。")
        days = self._workdays(start, n) if unit == "workday" else self._calendar_days(start, n)
        due = days[-1].date if days else start
        return Deadline(due, any(day.provisional for day in days), tuple(days))

    def _workdays(self, start: date, n: int) -> list[DayCount]:
        days: list[DayCount] = []
        day, counted = start, 0
        while counted < n:
            day += ONE_DAY
            days.append(self.look_at(day))
            counted += days[-1].counts
        return days

    def _calendar_days(self, start: date, n: int) -> list[DayCount]:
        """Every day counts; only whether the last one is a day off matters, and what follows if it is."""
        seen = [self.look_at(start + ONE_DAY * i) for i in range(1, n + 1)]
        days = [DayCount(day.date, True, day.why) for day in seen]
        while seen and not seen[-1].counts:
            seen.append(self.look_at(seen[-1].date + ONE_DAY))
            days.append(DayCount(seen[-1].date, False, f"{seen[-1].why}，末日顺延"))
        return [*days[:-1], replace(days[-1], provisional=seen[-1].provisional)] if days else []


def _fixed_holiday(day: date) -> CalendarDay | None:
    """The holidays of 全国年节及纪念日放假办法 (2024) that need no lunar calendar, for a year without a file."""
    name = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
    found = name.get((day.month, day.day))
    return CalendarDay(found, off=True) if found else None
