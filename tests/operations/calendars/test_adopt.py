"""放假日历的导入：what is shown before a year is taken, what the book then holds, and which of two years prevails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.calendar.calendar_entry import calendar_of
from counter_assistant.domain.calendar.workdays import CalendarDay, LocalHoliday, YearCalendar, with_year
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.calendars.adopt import compare, read_calendar_file, read_notice, take_local, take_year
from counter_assistant.operations.office import Office
from counter_assistant.storage.content.calendar_files import read_calendars
from tests.make import an_office
from tests.places import NOTICES

SPLASHING = LocalHoliday(date(2027, 4, 13), date(2027, 4, 15), "泼水节", "耿马县", "耿政办发〔2027〕1号")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def a_2027() -> YearCalendar:
    """A year 2027 that a test made up, with the free days that the law gives; no notice says so."""
    off = {
        "元旦": [(1, 1)], "春节": [(2, 5), (2, 6), (2, 7), (2, 8), (2, 9), (2, 10)], "清明节": [(4, 5)],
        "劳动节": [(5, 1), (5, 2), (5, 3), (5, 4)], "端午节": [(6, 9)], "中秋节": [(9, 15)],
        "国庆节": [(10, 1), (10, 2), (10, 3), (10, 4), (10, 5)],
    }  # fmt: skip
    days = {date(2027, *day): CalendarDay(name, True) for name, named in off.items() for day in named}
    return YearCalendar(2027, True, ("编造的通知",), days, "国办发明电〔2026〕99号", date(2026, 11, 20))


def test_what_a_year_would_change_is_said_day_by_day(office: Office) -> None:
    worked = {date(2027, 2, 20): CalendarDay("春节", False), date(2027, 5, 1): CalendarDay("劳动节", False)}
    change = compare(office, replace(a_2027(), days={**a_2027().days, **worked}))
    assert [day.words for day in change.added] == [
        "2027年2月9日 周二：工作日 → 春节放假",
        "2027年2月10日 周三：工作日 → 春节放假",
        "2027年5月3日 周一：工作日 → 劳动节放假",
        "2027年5月4日 周二：工作日 → 劳动节放假",
        "2027年10月4日 周一：工作日 → 国庆节放假",
        "2027年10月5日 周二：工作日 → 国庆节放假",
    ]
    assert [day.words for day in change.removed] == [
        "2027年2月20日 周六：休息 → 春节调休上班",
        "2027年5月1日 周六：劳动节放假 → 劳动节调休上班",
    ]
    assert change.known == office.calendar.years[2027]
    assert not change.same


def test_a_year_that_says_the_same_changes_nothing(office: Office) -> None:
    change = compare(office, read_notice(office, (NOTICES / "2026.txt").read_text("utf-8")))
    assert (change.added, change.removed, change.same) == ((), (), True)
    certain = replace(office.calendar.years[2027], published=True)
    assert not compare(office, certain).same, "what was 预计 becomes certain"
    assert not compare(office, replace(office.calendar.years[2026], year=2028, days={})).same, "nothing was known"


def test_a_year_that_is_taken_is_an_entry_and_holds_after_reopening(office: Office, tmp_path: Path) -> None:
    before = office.calendar.deadline(date(2026, 12, 25), 10, "workday")
    entry = take_year(office, a_2027(), "李某", "王某")
    assert entry.kind is EntryKind.CALENDAR
    expected = {
        "scope": "national", "year": 2027, "published": True, "number": "国办发明电〔2026〕99号", "issued": "2026-11-20",
        "papers": ["编造的通知"], "clerk": "李某", "checked_by": "王某",
    }  # fmt: skip
    assert {key: entry.payload[key] for key in expected} == expected
    assert ["2027-02-10", "春节", True] in entry.payload["days"]
    assert office.calendar.years[2027] == a_2027()
    after = office.calendar.deadline(date(2026, 12, 25), 10, "workday")
    assert (before.provisional, after.provisional) == (True, False)
    again = an_office(tmp_path)
    assert again.calendar.years == office.calendar.years
    assert again.book.check().ok
    again.close()


def test_of_two_entries_the_newest_prevails(office: Office) -> None:
    take_year(office, a_2027(), "李某")
    later = replace(a_2027(), number="国办发明电〔2027〕1号", issued=date(2027, 1, 5), days={
        **a_2027().days, date(2027, 2, 11): CalendarDay("春节", True)})  # fmt: skip
    take_year(office, later, "李某")
    assert office.calendar.years[2027] == later
    with pytest.raises(Refusal) as refused:
        take_year(office, a_2027(), "李某")
    assert refused.value.code == "calendar-older"


def test_the_same_year_twice_or_a_step_back_is_refused_and_nothing_written(office: Office) -> None:
    head = office.book.head()
    for year, code in (
        (read_notice(office, (NOTICES / "2026.txt").read_text("utf-8")), "calendar-known"),
        (replace(office.calendar.years[2026], published=False), "calendar-older"),
        (replace(office.calendar.years[2026], issued=date(2025, 10, 1), number="某号"), "calendar-older"),
    ):
        with pytest.raises(Refusal) as refused:
            take_year(office, year, "李某")
        assert refused.value.code == code
    assert office.book.head() == head


@pytest.mark.parametrize(
    ("year", "code"), [(2018, "calendar-out-of-range"), (2028, "calendar-out-of-range"), (2019, "")]
)
def test_only_a_year_next_to_those_that_are_known_is_taken(office: Office, year: int, code: str) -> None:
    bare = YearCalendar(year, True, (), {}, "某号", date(year - 1, 11, 1))
    if not code:
        take_year(office, bare, "李某")
        assert office.calendar.deadline(date(year, 3, 1), 1, "workday").due == date(year, 3, 4)
        return
    with pytest.raises(Refusal) as refused:
        take_year(office, bare, "李某")
    assert refused.value.code == code


def test_a_published_file_of_a_newer_program_prevails_over_what_was_only_foreseen(office: Office) -> None:
    foreseen = replace(a_2027(), published=False)
    take_year(office, foreseen, "李某")
    assert office.calendar.years[2027] == foreseen
    shipped = with_year(read_calendars(paths.resources() / "calendars"), a_2027())
    assert calendar_of(shipped, office.book.entries(EntryKind.CALENDAR)).years[2027] == a_2027()


def test_county_holidays_are_kept_with_the_office(office: Office, tmp_path: Path) -> None:
    assert list(office.calendar.local) == [], "none is preset"
    second = replace(SPLASHING, first=date(2027, 5, 10), last=date(2027, 5, 10), name="摸你黑", county="沧源县")
    take_local(office, [second, SPLASHING], "李某")
    assert list(office.calendar.local) == [SPLASHING, second]
    assert office.calendar.look_at(date(2027, 4, 14)).why == "泼水节（耿马县放假）"
    again = an_office(tmp_path)
    assert again.calendar.local == (SPLASHING, second)
    again.close()
    take_local(office, [], "李某")
    assert office.calendar.look_at(date(2027, 4, 14)).counts
    take_year(office, a_2027(), "李某")
    assert list(office.calendar.local) == []


def test_county_holidays_that_overlap_or_are_not_whole_are_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="2027年4月15日已经算作泼水节"):
        take_local(office, [SPLASHING, replace(SPLASHING, first=date(2027, 4, 15), name="补假")], "李某")
    with pytest.raises(Refusal, match="县名"):
        take_local(office, [replace(SPLASHING, county="")], "李某")
    assert office.book.latest(EntryKind.CALENDAR) is None


def test_a_year_is_read_from_a_year_file_and_from_the_text_of_a_notice(office: Office, tmp_path: Path) -> None:
    text = (NOTICES / "2026.txt").read_text("utf-8")
    expected = read_notice(office, text)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        file = tmp_path / f"{encoding}.txt"
        file.write_text(text, encoding=encoding)
        assert read_calendar_file(office, file) == expected
    shipped = read_calendar_file(office, paths.resources() / "calendars" / "2026.json")
    assert shipped.days == expected.days


def test_a_notice_that_changes_a_few_days_is_laid_over_what_the_office_knows(office: Office) -> None:
    text = (NOTICES / "amending" / "2019-labour-day.txt").read_text("utf-8")
    with pytest.raises(Refusal) as refused:
        read_notice(office, text)
    assert refused.value.code == "amendment-without-year"
    take_year(office, read_notice(office, (NOTICES / "2019.txt").read_text("utf-8")), "李某")
    assert office.calendar.look_at(date(2019, 5, 2)).counts
    changed = read_notice(office, text)
    assert [change.after.date.day for change in compare(office, changed).added] == [2, 3]
    take_year(office, changed, "李某")
    assert not office.calendar.look_at(date(2019, 5, 2)).counts
    assert office.calendar.look_at(date(2019, 4, 28)).counts
    assert office.calendar.years[2019].number == "国办发明电〔2018〕15号、国办发明电〔2019〕3号"
    with pytest.raises(Refusal) as refused:
        take_year(office, read_notice(office, text), "李某")
    assert refused.value.code == "calendar-known"


def test_a_county_may_have_a_weekend_day_worked_for_its_holiday(office: Office) -> None:
    saturday = date(2027, 4, 17)
    take_local(office, [replace(SPLASHING, worked=(saturday,))], "李某")
    seen = office.calendar.look_at(saturday)
    assert (seen.counts, seen.why) == (True, "泼水节（耿马县）调休上班")
    with pytest.raises(Refusal) as refused:
        take_local(office, [replace(SPLASHING, worked=(date(2027, 4, 16),))], "李某")
    assert refused.value.code == "bad-local-worked"
    assert office.calendar.look_at(saturday).counts


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "unreadable-file"), (b"\xff\xff\xff\x80", "unreadable-file"), (b"x" * 100_001, "notice-too-large"), (b"x", "not-a-notice")],
)  # fmt: skip
def test_a_file_that_is_no_notice_is_refused(office: Office, tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "通知.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_calendar_file(office, file)
    assert refused.value.code == code
    broken = tmp_path / "2027.json"
    broken.write_text("{")
    with pytest.raises(Refusal, match=r"2027\.json"):
        read_calendar_file(office, broken)


def test_an_entry_of_a_kind_that_a_later_program_wrote_is_passed_over(office: Office) -> None:
    before = office.calendar
    office.book.append(EntryKind.CALENDAR, {"scope": "province", "days": []})
    take_local(office, [SPLASHING], "李某")
    assert (office.calendar.years, office.calendar.local) == (before.years, (SPLASHING,))
