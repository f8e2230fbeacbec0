"""Reads the calendar year files: one notice of the State Council's office per year."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.workdays import CalendarDay, WorkCalendar, YearCalendar


def read_calendars(folder: Path) -> WorkCalendar:
    """All years of a folder, one `YYYY.json` each. Refuses a file that is broken, naming it and the fault."""
    years = [read_year(path) for path in sorted(folder.glob("*.json"))]
    return WorkCalendar({year.year: year for year in years})


def read_year(path: Path) -> YearCalendar:
    """One year file: `year`, `published`, `papers` (where the notice stands) and the `days` that it names."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _year(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(
            "broken-calendar", f"放假日历 {path.name} 无法读取：{error}。", "请重新导入这一年的放假通知。"
        ) from error


def _year(content: dict[str, Any]) -> YearCalendar:
    """A notice names days of its own year, and now and then the end of the December before (2023年元旦: 2022-12-31)."""
    year, published, papers = (_of(content[key], kind) for key, kind in _KINDS.items())
    days = {date.fromisoformat(row["date"]): _day(row) for row in content["days"]}
    strays = [day.isoformat() for day in days if day.year != year and (day.year, day.month) != (year - 1, 12)]
    if strays:
        raise ValueError(f"含有其他年份的日期 {strays[0]}")
    if len(days) != len(content["days"]):
        raise ValueError("有重复的日期")
    return YearCalendar(year, published, tuple(_of(paper, str) for paper in papers), days)


_KINDS: dict[str, type] = {"year": int, "published": bool, "papers": list}


def _day(row: dict[str, Any]) -> CalendarDay:
    return CalendarDay(_of(row["name"], str), _of(row["isOffDay"], bool))


def _of(value: Any, kind: type) -> Any:
    """The value, if it is of that very kind: "false" is not taken for a truth."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} 的类型不对")
    return value
