"""工作日与期限：按国务院办公厅每年的放假通知逐日计算，调休上班的周末计入。

A year whose notice is not imported still has its statutory holidays and weekends, but every date that depends on it is
预计. Working days: the day of acceptance is not counted. Calendar days: 民法典 第二百零一条 (开始的当日不计入) and
第二百零三条 (末日是法定休假日的，以休假日结束的次日为最后一日). A county may give its people's own holidays
(全国年节及纪念日放假办法 第四条: 少数民族习惯的节日，由各少数民族聚居地区的地方人民政府，按照各该民族习惯，规定放假日期).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter_assistant.domain.formatting import WEEKDAYS
from counter_assistant.domain.refusal import Refusal

ONE_DAY = timedelta(days=1)
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a notice names: a holiday (`off`), or a weekend day that is worked."""

    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's notice. If it is not `published`, only what the law itself fixes is known.

    `number` is the notice's number (国办发明电〔2025〕7号; `UNVERIFIED` where nobody has verified it) and `issued` its
    date, None where there is none. Where a later notice changed the year, `number` names both and `issued` is the later
    date. `papers` are the titles of the notices.
    """

    year: int
    published: bool
    papers: tuple[str, ...]
    days: Mapping[date, CalendarDay]
    number: str = ""
    issued: date | None = None


UNVERIFIED = "未核"
"""The number of a notice that nobody has compared with the notice itself."""


@dataclass(frozen=True, slots=True)
class LocalHoliday:
    """A holiday of one county, from `first` to `last` inclusive; `number` is that of the county's notice.

    `worked` are the weekend days that are worked in return.
    """

    first: date
    last: date
    name: str
    county: str
    number: str = ""
    worked: tuple[date, ...] = ()

    @property
    def why(self) -> str:
        """泼水节（耿马县放假）."""
        return f"{self.name}（{self.county}放假）"


NO_PAUSED_DAYS: Mapping[date, str] = {}
"""No day on which a clock is paused."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of a count: whether it counts, and why."""

    date: date
    counts: bool
    why: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit, counted day by day. `provisional`: a year within it is not published yet (预计)."""

    due: date
    provisional: bool
    days: tuple[DayCount, ...]
    unit: str = "workday"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years that are known, and the holidays of the county where the office is."""

    years: Mapping[int, YearCalendar]
    local: tuple[LocalHoliday, ...] = ()

    def look_at(self, day: date) -> DayCount:
        """Whether a day is a working day, and why."""
        year = self.years.get(day.year)
        provisional = year is None or not year.published
        named = self._named(day)
        county = next((holiday for holiday in self.local if holiday.first <= day <= holiday.last), None)
        if county is not None and not (named and named.off):
            return DayCount(day, False, county.why, provisional)
        made_up = next((holiday for holiday in self.local if day in holiday.worked), None)
        if made_up is not None and not (named and named.off):
            return DayCount(day, True, f"{made_up.name}（{made_up.county}）调休上班", provisional)
        if named is not None:
            why = f"{named.name}放假" if named.off else f"{named.name}调休上班"
            return DayCount(day, not named.off, why, provisional)
        weekday = f"周{WEEKDAYS[day.weekday()]}"
        return DayCount(
            day, day.weekday() < 5, f"{weekday}，工作日" if day.weekday() < 5 else f"{weekday}，休息", provisional
        )

    def _named(self, day: date) -> CalendarDay | None:
        """What a notice says of a day. The notice for the next year may name days at the end of December."""
        notices = [self.years.get(year) for year in (day.year + 1, day.year)]
        named = next((notice.days[day] for notice in notices if notice and day in notice.days), None)
        return named if named or day.year in self.years else _fixed_holiday(day)

    def deadline(
        self,
        start: date,
        n: int,
        unit: str,
        *,
        first_day_counts: bool = False,
        paused_days: Mapping[date, str] = NO_PAUSED_DAYS,
    ) -> Deadline:
        """The last day of a limit of `n` days (`unit` workday or day) that begins on `start`; 0 is the same day.

        The day of `start` is not counted unless `first_day_counts`. `paused_days` maps the days on which the clock is
        paused to the reason; they are never counted, and the limit does not end on one.

        Raises:
            Refusal: `unknown-unit`; `limit-out-of-range` (`n` or the first day is beyond what is computed);
                `no-calendar` (`start` lies before the first known year).
        """
        self._check(start, n, unit, paused_days.keys())
        first = start if first_day_counts else start + ONE_DAY
        days = (
            self._workdays(first, n, paused_days) if unit == "workday" else self._calendar_days(first, n, paused_days)
        )
        due = days[-1].date if days else start
        return Deadline(due, any(day.provisional for day in days), tuple(days), unit)

    def first_workday(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.look_at(day).counts:
            day += ONE_DAY
        return day

    def _check(self, start: date, n: int, unit: str, paused_days: Set[date]) -> None:
        if unit not in ("workday", "day"):
            raise Refusal("unknown-unit", f"期限单位“{unit}”不认识。", "可以是 workday（工作日）或 day（自然日）。")
        if not 0 <= n <= MOST_DAYS:
            raise Refusal("limit-out-of-range", f"期限 {n} 日无法计算。", f"请填 0 到 {MOST_DAYS} 之间的整数。")
        if max({start, *paused_days}).year >= date.max.year - 20:
            raise Refusal("limit-out-of-range", f"起始日期 {start.isoformat()} 无法计算。", "请核对起始日期。")
        if self.years and start.year < min(self.years):
            first = min(self.years)
            raise Refusal("no-calendar", f"没有 {start.year} 年的放假日历，算不出期限。", f"日历从 {first} 年开始。")

    def _workdays(self, first: date, n: int, paused_days: Mapping[date, str]) -> list[DayCount]:
        days: list[DayCount] = []
        day, counted = first, 0
        while counted < n:
            days.append(self._walk(day, paused_days))
            counted += days[-1].counts
            day += ONE_DAY
        return days

    def _calendar_days(self, first: date, n: int, paused_days: Mapping[date, str]) -> list[DayCount]:
        """Every day counts; only a last day that is a day off is put off to the next working day (末日顺延)."""
        days: list[DayCount] = []
        day, counted = first, 0
        while counted < n:
            seen = self._walk(day, paused_days)
            days.append(DayCount(day, day not in paused_days, seen.why))
            counted += days[-1].counts
            day += ONE_DAY
        while days and not (seen := self._walk(day - ONE_DAY, paused_days)).counts:
            extended = self._walk(day, paused_days)
            why = extended.why if day in paused_days else f"{extended.why}，末日顺延"
            days.append(DayCount(day, False, why))
            day += ONE_DAY
        return [*days[:-1], replace(days[-1], provisional=seen.provisional)] if days else []

    def _walk(self, day: date, paused_days: Mapping[date, str]) -> DayCount:
        return DayCount(day, False, paused_days[day]) if day in paused_days else self.look_at(day)


def _fixed_holiday(day: date) -> CalendarDay | None:
    """The holidays of 全国年节及纪念日放假办法 (2024) that need no lunar calendar, for a year without a file."""
    name = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
    found = name.get((day.month, day.day))
    return CalendarDay(found, off=True) if found else None


def with_year(calendar: WorkCalendar, year: YearCalendar) -> WorkCalendar:
    """The calendar with that year in place of what it held of it."""
    return replace(calendar, years={**calendar.years, year.year: year})
