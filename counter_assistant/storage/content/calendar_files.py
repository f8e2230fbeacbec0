"""Reads the calendar year files: one notice of the State Council's office per year."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from counter_assistant.domain.calendar.workdays import CalendarDay, WorkCalendar, YearCalendar
from counter_assistant.domain.calendar.year_validation import faults_of
from counter_assistant.domain.refusal import Refusal

MOST_BYTES = 100_000
_LONGEST_TEXT = 300


def read_calendars(folder: Path) -> WorkCalendar:
    """All years of a folder, one file each, named after the year.

    Raises:
        Refusal: `broken-calendar`, naming the file and the fault.
    """
    years = [read_year(path) for path in sorted(folder.glob("*.json"))]
    return WorkCalendar({year.year: year for year in years})


def read_year(path: Path) -> YearCalendar:
    """One year file: `year`, `published`, `number`, `issued`, `papers` (where the notice stands) and its `days`.

    Raises:
        Refusal: `broken-calendar`: the file is too large, is none, or says what cannot be true of a year (`faults_of`).
    """
    try:
        year = _year(json.loads(_text_of(path)))
        if faults := faults_of(year):
            raise ValueError(faults[0])
        return year
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"缺少 {error.args[0]}" if isinstance(error, KeyError) else error
        raise Refusal(
            "broken-calendar", f"放假日历 {path.name} 无法读取：{reason}。", "请重新导入这一年的放假通知。"
        ) from error


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError("文件太大，不是一年的日历")
    return content.decode("utf-8")


def _year(content: dict[str, Any]) -> YearCalendar:
    year, published, papers = (_of(content[key], kind) for key, kind in _KINDS.items())
    number, issued = (_of(content.get(key, ""), str) for key in ("number", "issued"))
    days = {date.fromisoformat(row["date"]): _day(row) for row in content["days"]}
    if len(days) != len(content["days"]):
        raise ValueError("有重复的日期")
    papers = tuple(_printable(paper) for paper in papers)
    dated = date.fromisoformat(issued) if issued else None
    return YearCalendar(year, published, papers, days, _printable(number), dated)


_KINDS: dict[str, type] = {"year": int, "published": bool, "papers": list}


def _day(row: dict[str, Any]) -> CalendarDay:
    return CalendarDay(_printable(row["name"]), _of(row["isOffDay"], bool))


def _printable(value: Any) -> str:
    text: str = _of(value, str)
    if not text.isprintable() or len(text) > _LONGEST_TEXT:
        raise ValueError("含有不能打印的文字")
    return text


def _of(value: Any, kind: type) -> Any:
    """The value, if it is of that very kind: "false" is not taken for a truth."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} 的类型不对")
    return value
