"""放假日历的导入：先读、再比较、看清楚了才采用；采用是台账里的一条记录。

A year that the office adopted prevails over the year file that comes with the program; the newest entry of a year
counts (domain/calendar/calendar_entry.py `prevails`). The county's holidays (全国年节及纪念日放假办法 第四条) are kept
the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken, check_local, prevails
from counter_assistant.domain.calendar.workdays import (
    ONE_DAY,
    DayCount,
    LocalHoliday,
    WorkCalendar,
    YearCalendar,
    with_year,
)
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of
from counter_assistant.operations.calendars.moved_cases import moved_by, moved_days
from counter_assistant.storage.content.calendar_files import MOST_BYTES, read_year

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that changes: `before` and `after` say whether it counts as a working day, and why."""

    before: DayCount
    after: DayCount

    @property
    def words(self) -> str:
        """2027年2月10日 周三：工作日 → 春节放假."""
        day = self.after.date
        plain = [seen.why.removeprefix(f"周{WEEKDAYS[day.weekday()]}，") for seen in (self.before, self.after)]
        return f"{chinese_date(day)} 周{WEEKDAYS[day.weekday()]}：{plain[0]} → {plain[1]}"


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What adopting a year would change. `known` is the year as it is used now; None where nothing is known of it."""

    year: YearCalendar
    known: YearCalendar | None
    added: tuple[DayChange, ...]
    """Days that become days off."""
    removed: tuple[DayChange, ...]
    """Days that are worked from now on."""

    @property
    def same(self) -> bool:
        """Whether no day changes and none becomes certain."""
        return not (self.added or self.removed) and self.known is not None and self.known.published


def read_notice(office: Office, text: str) -> YearCalendar:
    """The year that the text of a notice arranges; a notice that only changes one is applied to the year in use.

    Both readers are imported when the first notice is pasted in.

    Raises:
        Refusal: `amendment-without-year`, `not-a-notice`, `notice-too-large`, `bad-notice`.
    """
    from counter_assistant.domain.calendar import notice_amendment, notice_parser

    if not notice_amendment.is_amendment(text):
        return notice_parser.read_notice(text)
    amendment = notice_amendment.read_amendment(text)
    known = office.calendar.years.get(amendment.year)
    if known is None:
        what = f"这里没有{amendment.year}年的日历，改动通知没有可以改的安排。"
        raise Refusal("amendment-without-year", what, "请先导入这一年的放假通知。")
    return notice_amendment.apply_amendment(known, amendment)


def read_calendar_file(office: Office, path: Path) -> YearCalendar:
    """A year from a file: a year file (.json), or the text of a notice.

    Raises:
        Refusal: `unreadable-file` (it cannot be read or is no text), `notice-too-large`; what `read_year` and
            `read_notice` refuse.
    """
    if path.suffix.lower() == ".json":
        return read_year(path)
    try:
        content = read_plain(path, MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(
            "unreadable-file", f"无法读取 {path.name}：{reason_of(error)}。", "请换一个文件，或者粘贴通知的全文。"
        ) from error
    if len(content) > MOST_BYTES:
        raise Refusal("notice-too-large", f"{path.name} 太大，不是一份放假通知。", "请把通知的正文另存为文本文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return read_notice(office, content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refusal("unreadable-file", f"{path.name} 不是文本文件。", "请打开通知，复制全文，粘贴到这里。")


def compare(office: Office, year: YearCalendar) -> CalendarChange:
    """What a year would change of the calendar that the office uses now."""
    known = office.calendar.years.get(year.year)
    after = with_year(office.calendar, year)
    changes = [
        DayChange(before, now)
        for before, now in ((office.calendar.look_at(day), after.look_at(day)) for day in _days_of(year))
        if before.counts is not now.counts
    ]
    added = tuple(change for change in changes if not change.after.counts)
    return CalendarChange(year, known, added, tuple(change for change in changes if change.after.counts))


def take_year(office: Office, year: YearCalendar, clerk: str, checked_by: str = "") -> Entry:
    """Records a year in the book; the office uses it from now on. The entry names every open case whose day it moves.

    `checked_by` names whoever else compared it with the notice (双人核对).

    Raises:
        Refusal: `calendar-out-of-range`; `calendar-known` (it says nothing new); `calendar-older` (what is known is
            newer); what `Office.permit` refuses.
    """
    clerk = office.permit(Permission.CALENDAR, clerk).name
    _check_year(office, year)
    known = office.calendar.years.get(year.year)
    if known and (known.days, known.published, known.number) == (year.days, year.published, year.number):
        raise Refusal("calendar-known", f"{year.year}年的日历与现在用的完全相同。", "不用再导入。")
    if not prevails(year, known):
        raise Refusal(
            "calendar-older", f"现在用的{year.year}年日历比这一份新。", "请核对文号和日期，导入最后发布的通知。"
        )
    moved = moved_days(moved_by(office, with_year(office.calendar, year)))
    entry = office.book.append(EntryKind.CALENDAR, CalendarTaken(year, clerk, moved, checked_by).to_payload())
    office.reread()
    return entry


def _check_year(office: Office, year: YearCalendar) -> None:
    """Refuses a year that would leave a gap: within it no weekend would count as worked."""
    first, last = min(office.calendar.years) - 1, office.today().year + 1
    if not first <= year.year <= last:
        raise Refusal(
            "calendar-out-of-range", f"{year.year}年的日历现在不能采用。", f"可以采用 {first} 到 {last} 年的。"
        )


def moved_in_words(office: Office, year: YearCalendar) -> list[str]:
    """The open cases that a year would move, one sentence each, the most urgent first."""
    return [moved.in_words for moved in moved_by(office, with_year(office.calendar, year))]


def take_local(office: Office, holidays: Iterable[LocalHoliday], clerk: str) -> Entry:
    """Records all holidays of the county, replacing those recorded before.

    Raises:
        Refusal: `local-days-twice` (two of them overlap); what `check_local` and `Office.permit` refuse.
    """
    checked = tuple(sorted(map(check_local, holidays), key=lambda holiday: holiday.first))
    for earlier, later in pairwise(checked):
        if later.first <= earlier.last:
            raise Refusal("local-days-twice", f"{chinese_date(later.first)}已经算作{earlier.name}。", "请核对日期。")
    clerk = office.permit(Permission.CALENDAR, clerk).name
    moved = moved_days(moved_by(office, WorkCalendar(office.calendar.years, checked)))
    entry = office.book.append(EntryKind.CALENDAR, CalendarTaken(checked, clerk, moved).to_payload())
    office.reread()
    return entry


def _days_of(year: YearCalendar) -> list[date]:
    """The days that a year's notice may name, starting with the December before."""
    first = date(year.year - 1, 12, 1)
    return [first + ONE_DAY * i for i in range((date(year.year, 12, 31) - first).days + 1)]
