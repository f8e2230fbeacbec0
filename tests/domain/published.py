"""The committed calendars, read without the program's own reader, and the state before the notice for 2027."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from counter_assistant.domain.calendar.workdays import CalendarDay, WorkCalendar, YearCalendar
from tests.places import CALENDARS

FOLDER = CALENDARS


def read(path: Path) -> YearCalendar:
    """A year file, read without the program's own reader."""
    content = json.loads(path.read_text("utf-8"))
    days = {date.fromisoformat(day["date"]): CalendarDay(day["name"], day["isOffDay"]) for day in content["days"]}
    issued = date.fromisoformat(content["issued"]) if content["issued"] else None
    return YearCalendar(
        content["year"], content["published"], tuple(content["papers"]), days, content["number"], issued
    )


CALENDAR = WorkCalendar({year.year: year for year in map(read, sorted(FOLDER.glob("*.json")))})
# The year 2027 as it is before its notice is published, whatever has been imported since.
STATUTORY_2027 = [
    date(2027, month, day)
    for month, day in [(1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15), (10, 1), (10, 2), (10, 3)]
]  # fmt: skip
BARE_2027 = YearCalendar(2027, False, (), {day: CalendarDay("法定节日", True) for day in STATUTORY_2027})
BEFORE_THE_NOTICE = WorkCalendar({**CALENDAR.years, 2027: BARE_2027})
PUBLISHED = sorted(year.year for year in CALENDAR.years.values() if year.published)
