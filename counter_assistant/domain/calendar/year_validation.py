"""一年放假日历的核对：漏了法定节日、上班的“周末”不是周末、别的年份的日期，都要说出来。

The same checks apply to a notice that is pasted in and to a year file. The statutory holidays are those of
全国年节及纪念日放假办法 第二条.
"""

from __future__ import annotations

from datetime import date

from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
YEARS = range(2014, 2101)
"""The years whose notices have today's wording and today's festivals."""
FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
"""The days that need no lunar calendar and have been days off in every year since 2014."""
FARTHEST = 20
"""The most days between a holiday and a weekend day that is worked for it; so far at most 11 (2026-09-20 for 国庆节).
"""
STATUTORY_DAYS = 13
"""全国年节及纪念日放假办法 (2024) 第二条: 元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3; two fewer until 2024."""


def faults_of(year: YearCalendar) -> list[str]:
    """What cannot be true of a year, in Chinese; empty where nothing is wrong."""
    if year.year not in YEARS:
        return [f"{year.year}年不在 {YEARS[0]} 到 {YEARS[-1]} 年之间"]
    strays = [f"{chinese_date(day)}不是{year.year}年的日期" for day in sorted(year.days) if not belongs(day, year.year)]
    worked = [
        f"{chinese_date(day)}是周{WEEKDAYS[day.weekday()]}，本来就上班，不能写成调休上班"
        for day, named in sorted(year.days.items())
        if not named.off and day.weekday() < 5
    ]
    return [*strays, *worked, *(_gaps(year) if year.published else ())]


def belongs(day: date, year: int) -> bool:
    """Whether a year's notice may name a day: one of that year, or of the December before (2023年元旦: 2022-12-31)."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _gaps(year: YearCalendar) -> list[str]:
    """The statutory holidays that a published year lacks, which means that it was read wrongly."""
    named = {name for day in year.days.values() if day.off for name in day.name.split("、")}
    gaps = [f"没有{name}的放假安排" for name in FESTIVALS if name not in named]
    for (month, day), name in FIXED.items():
        seen = year.days.get(date(year.year, month, day))
        if name in named and not (seen and seen.off):
            gaps.append(f"{name}{month}月{day}日没有放假")
    return gaps


def doubts_of(year: YearCalendar) -> list[str]:
    """What should be checked once more, in Chinese.

    Every statutory day off makes one weekday free, if need be by moving a weekend (放假办法 第六条: 适逢休息日的补假).
    So the weekdays off, less the weekend days worked, are as many as the statutory days off. This warns and does not
    refuse, because the law may change: 2020 was longer by a later notice.
    """
    if not year.published:
        return []
    free = sum(1 for day, named in year.days.items() if named.off and day.weekday() < 5)
    worked = {day: named.name for day, named in year.days.items() if not named.off}
    due = STATUTORY_DAYS if year.year >= 2025 else STATUTORY_DAYS - 2
    doubts = [
        f"{chinese_date(day)}上班，离{name}太远。请核对月份。"
        for day, name in sorted(worked.items())
        if not any(
            abs((off - day).days) <= FARTHEST for off, named in year.days.items() if named.off and named.name == name
        )
    ]
    if free - len(worked) != due:
        gap = free - len(worked)
        doubts.append(
            f"放假的工作日 {free} 天，调休上班 {len(worked)} 天，相差 {gap} 天；法定节日应是 {due} 天。请逐日核对通知。"
        )
    return doubts
