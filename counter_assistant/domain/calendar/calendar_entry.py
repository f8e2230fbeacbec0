"""放假日历在台账里的样子：导入的一年，和本县自己的假日。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_assistant.domain.calendar.workdays import (
    ONE_DAY,
    UNVERIFIED,
    CalendarDay,
    LocalHoliday,
    WorkCalendar,
    YearCalendar,
)
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text

LONGEST_LOCAL = 15
"""The most days that one county holiday may last; a longer one is taken for a typing error."""


@dataclass(frozen=True, slots=True)
class MovedDay:
    """An open case whose day a new calendar moved, from `old` to `new`."""

    case: str
    old: date
    new: date
    provisional: bool

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        days = {"old": self.old.isoformat(), "new": self.new.isoformat()}
        return {"case": self.case, **days, "provisional": self.provisional}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> MovedDay:
        """What `to_payload` wrote."""
        old, new = (date.fromisoformat(payload[key]) for key in ("old", "new"))
        return cls(payload["case"], old, new, payload["provisional"])


@dataclass(frozen=True, slots=True)
class CalendarTaken:
    """放假日历 (`calendar`): a year that was adopted, or all holidays of the county, and the open cases that it moved.

    `checked_by` names whoever else compared a year with its notice. `taken` is None for a calendar of a scope that only
    a later program knows.
    """

    taken: YearCalendar | tuple[LocalHoliday, ...] | None
    clerk: str
    moved: tuple[MovedDay, ...] = ()
    checked_by: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        rest = {"clerk": self.clerk, "moved": [row.to_payload() for row in self.moved]}
        if isinstance(self.taken, YearCalendar):
            return {"scope": "national", **_year_to_payload(self.taken), "checked_by": self.checked_by, **rest}
        holidays = [_local_to_row(holiday) for holiday in self.taken or ()]
        return rest if self.taken is None else {"scope": "local", "holidays": holidays, **rest}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> CalendarTaken:
        """What `to_payload` wrote."""
        taken: YearCalendar | tuple[LocalHoliday, ...] | None = None
        match payload.get("scope"):
            case "national":
                taken = _year_from_payload(payload)
            case "local":
                taken = tuple(map(_local_from_row, payload["holidays"]))
        moved = tuple(map(MovedDay.from_payload, payload.get("moved", ())))
        return cls(taken, payload.get("clerk", ""), moved, payload.get("checked_by", ""))


def _year_to_payload(year: YearCalendar) -> dict[str, Any]:
    return {
        "year": year.year, "published": year.published, "number": year.number,
        "issued": year.issued.isoformat() if year.issued else "", "papers": list(year.papers),
        "days": [[day.isoformat(), named.name, named.off] for day, named in sorted(year.days.items())],
    }  # fmt: skip


def _year_from_payload(payload: Mapping[str, Any]) -> YearCalendar:
    days = {date.fromisoformat(day): CalendarDay(name, off) for day, name, off in payload["days"]}
    issued = date.fromisoformat(payload["issued"]) if payload["issued"] else None
    papers = tuple(payload["papers"])
    return YearCalendar(payload["year"], payload["published"], papers, days, payload["number"], issued)


def _local_to_row(holiday: LocalHoliday) -> list[Any]:
    worked = [day.isoformat() for day in holiday.worked]
    first, last = holiday.first.isoformat(), holiday.last.isoformat()
    return [first, last, holiday.name, holiday.county, holiday.number, worked]


def _local_from_row(row: Sequence[Any]) -> LocalHoliday:
    """The holiday of a row; early versions wrote no worked days."""
    first, last, name, county, number, *rest = row
    worked = tuple(date.fromisoformat(day) for day in (rest[0] if rest else ()))
    return LocalHoliday(date.fromisoformat(first), date.fromisoformat(last), name, county, number, worked)


def check_local(holiday: LocalHoliday) -> LocalHoliday:
    """The holiday with its texts trimmed and its worked days in order.

    Raises:
        Refusal: `local-name-missing`, `local-county-missing`, `local-number-missing`; `bad-local-days` (it ends before
            it begins, or lasts more than `LONGEST_LOCAL` days); `bad-local-worked` (a day that is no weekend day, or is
            part of the holiday); what `check_text` refuses.
    """
    name, county = check_text(holiday.name, "节日名称", 20).strip(), check_text(holiday.county, "县名", 20).strip()
    number = check_text(holiday.number, "放假通知的文号", 40).strip()
    for key, what, text in (
        ("name", "节日名称", name),
        ("county", "县名", county),
        ("number", "放假通知的文号", number),
    ):
        if not text:
            raise Refusal(f"local-{key}-missing", f"{what}不能为空。", "请按县政府的放假通知填写。")
    length = (holiday.last - holiday.first).days + 1
    if not 1 <= length <= LONGEST_LOCAL:
        raise Refusal(
            "bad-local-days",
            f"{chinese_date(holiday.first)}至{chinese_date(holiday.last)}不像一个假期。",
            f"请核对日期；一次最多 {LONGEST_LOCAL} 天。",
        )
    for day in holiday.worked:
        if day.weekday() < 5 or holiday.first <= day <= holiday.last:
            what = f"{chinese_date(day)}是周{WEEKDAYS[day.weekday()]}，不是为这个假期补班的休息日。"
            raise Refusal("bad-local-worked", what, "请填周六或者周日；不补班的可以空着。")
    return LocalHoliday(holiday.first, holiday.last, name, county, number, tuple(sorted(set(holiday.worked))))


def source_in_words(year: YearCalendar) -> str:
    """Where a year comes from: 国办发明电〔2025〕7号（2025年11月4日）, or that its number is not verified."""
    if not year.published:
        return "未公布，只有法定节日"
    number = year.number if year.number not in ("", UNVERIFIED) else f"文号{UNVERIFIED}"
    return f"{number}（{chinese_date(year.issued)}）" if year.issued else number


def arrangement_in_words(year: YearCalendar) -> list[str]:
    """The days of a year as a notice writes them: 春节：2月15日（周日）至2月23日（周一）放假，共9天."""
    lines: list[str] = []
    days = sorted(year.days)
    while days:
        first, named, length = days[0], year.days[days[0]], 1
        while named.off and year.days.get(first + ONE_DAY * length) == named:
            length += 1
        days = days[length:]
        until = f"至{_short(first + ONE_DAY * (length - 1))}" if length > 1 else ""
        lines.append(f"{named.name}：{_short(first)}{until}{f'放假，共{length}天' if named.off else '上班'}")
    return lines


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def prevails(taken: YearCalendar, shipped: YearCalendar | None) -> bool:
    """Whether the year that the office adopted prevails over the one that came with the program.

    It does, unless only the shipped year is published, or the shipped year's notice is the later one.
    """
    if shipped is None or taken.published is not shipped.published:
        return shipped is None or taken.published
    return not (taken.issued and shipped.issued and shipped.issued > taken.issued)


def calendar_of(shipped: WorkCalendar, entries: Iterable[Entry]) -> WorkCalendar:
    """The years that came with the program, with those in the book laid over them, and the county's holidays."""
    taken: dict[int, YearCalendar] = {}
    local: tuple[LocalHoliday, ...] = ()
    for entry in entries:
        if entry.erased:
            continue
        act = CalendarTaken.from_payload(entry.payload)
        if isinstance(act.taken, YearCalendar):
            taken[act.taken.year] = act.taken
        elif act.taken is not None:
            local = act.taken
    kept = {number: year for number, year in taken.items() if prevails(year, shipped.years.get(number))}
    return WorkCalendar({**shipped.years, **kept}, local)
