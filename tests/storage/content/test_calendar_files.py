"""The year files: the committed ones load, and a broken one gives a sentence that names it."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content.calendar_files import MOST_BYTES, read_calendars, read_year
from tests.places import CALENDARS

FOLDER = CALENDARS
SOUND: dict[str, Any] = {
    "year": 2026,
    "published": True,
    "number": "国办发明电〔2025〕7号",
    "issued": "2025-11-04",
    "papers": ["某号通知"],
    "days": [
        {"name": "元旦", "date": "2026-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2026-01-04", "isOffDay": False},
        {"name": "春节", "date": "2026-02-17", "isOffDay": True},
        {"name": "清明节", "date": "2026-04-05", "isOffDay": True},
        {"name": "劳动节", "date": "2026-05-01", "isOffDay": True},
        {"name": "端午节", "date": "2026-06-19", "isOffDay": True},
        {"name": "国庆节、中秋节", "date": "2026-10-01", "isOffDay": True},
        {"name": "国庆节", "date": "2026-10-02", "isOffDay": True},
        {"name": "国庆节", "date": "2026-10-03", "isOffDay": True},
    ],
}


def write(folder: Path, content: Any) -> Path:
    path = folder / "2026.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def test_the_committed_years_load_and_say_where_they_come_from() -> None:
    calendar = read_calendars(FOLDER)
    assert set(range(2020, 2028)) <= set(calendar.years)
    assert all(year.papers for year in calendar.years.values())
    assert all(year.number and year.issued for year in calendar.years.values() if year.published)
    assert calendar.years[2026].number == "国办发明电〔2025〕7号"
    assert calendar.years[2026].issued == date(2025, 11, 4)
    assert all(day.year in (year, year - 1) for year, named in calendar.years.items() for day in named.days)
    assert calendar.deadline(date(2026, 9, 30), 3, "workday").due == date(2026, 10, 10)
    assert not calendar.look_at(date(2022, 12, 31)).counts


def test_a_sound_file_says_what_it_says(tmp_path: Path) -> None:
    year = read_year(write(tmp_path, SOUND))
    assert (year.year, year.published, year.papers) == (2026, True, ("某号通知",))
    assert (year.number, year.issued) == ("国办发明电〔2025〕7号", date(2025, 11, 4))
    rows = [(day.isoformat(), named.name, named.off) for day, named in year.days.items()]
    assert rows == [(row["date"], row["name"], row["isOffDay"]) for row in SOUND["days"]]


def test_a_file_without_number_and_date_is_read(tmp_path: Path) -> None:
    year = read_year(write(tmp_path, changed(("number", None), ("issued", None))))
    assert (year.number, year.issued) == ("", None)
    assert read_year(write(tmp_path, changed(("issued", "")))).issued is None


def test_a_notice_may_begin_in_the_december_before(tmp_path: Path) -> None:
    early = {"name": "元旦", "date": "2025-12-31", "isOffDay": True}
    assert date(2025, 12, 31) in read_year(write(tmp_path, {**SOUND, "days": [early, *SOUND["days"]]})).days


def changed(*places: tuple[Any, Any]) -> dict[str, Any]:
    content = copy.deepcopy(SOUND)
    for place, value in places:
        target = content["days"][0] if place in ("name", "date", "isOffDay") else content
        if value is None:
            del target[place]
        else:
            target[place] = value
    return content


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "7", '"2026"', "null", "\ufeff{}",
        *(changed((key, None)) for key in ("year", "published", "papers", "days", "name", "date", "isOffDay")),
        changed(("year", "廿六")), changed(("year", [2026])),
        changed(("papers", 7)), changed(("days", 7)), changed(("days", "2026-01-01")), changed(("days", [7])),
        changed(("days", [["元旦", "2026-01-01"]])),
        changed(("date", "2026-02-30")), changed(("date", "1月1日")), changed(("date", 20260101)),
        changed(("date", "2027-01-01")), changed(("date", "2025-11-30")), changed(("date", "2026-01-04")),
    ],
)  # fmt: skip
def test_a_broken_file_gives_a_sentence_that_names_it(tmp_path: Path, content: Any) -> None:
    with pytest.raises(Refusal, match=r"2026\.json") as refused:
        read_year(write(tmp_path, content))
    assert refused.value.code == "broken-calendar"
    assert refused.value.remedy
    with pytest.raises(Refusal, match=r"2026\.json"):
        read_calendars(tmp_path)


def test_bytes_that_are_no_text_and_a_file_that_cannot_be_read_give_the_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "2026.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal, match=r"2026\.json"):
        read_calendars(tmp_path)
    (tmp_path / "2027.json").mkdir()
    with pytest.raises(Refusal, match=r"2027\.json"):
        read_year(tmp_path / "2027.json")


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("a day off that is written as a word would count as off", "isOffDay", "false"),
        ("a year that is not published would pass for published", "published", "false"),
        ("a name that is no text would print as one", "name", 7),
        ("papers that are one text would become its letters", "papers", "某号通知"),
        ("a number that is no text", "number", 7),
        ("a date that is no date", "issued", "去年十一月"),
        ("a name that turns the line around", "name", "元\u202e旦"),
        ("a number without end", "number", "号" * 301),
    ],
)
def test_a_value_of_another_kind_is_refused(tmp_path: Path, name: str, place: str, value: Any) -> None:
    with pytest.raises(Refusal, match=r"2026\.json"):
        read_year(write(tmp_path, changed((place, value))))


def test_a_folder_without_years_still_counts_provisionally(tmp_path: Path) -> None:
    deadline = read_calendars(tmp_path).deadline(date(2026, 9, 30), 3, "workday")
    assert deadline.provisional
    assert deadline.due == date(2026, 10, 7)


def without(name: str) -> list[dict[str, Any]]:
    return [row for row in SOUND["days"] if name not in row["name"]]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (without("清明节"), "没有清明节的放假安排"),
        (without("元旦"), "没有元旦的放假安排"),
        ([*SOUND["days"], {"name": "劳动节", "date": "2026-05-06", "isOffDay": False}], "2026年5月6日是周三，本来就上班"),
        ([*SOUND["days"], {"name": "劳动节", "date": "2026-05-01", "isOffDay": True}], "有重复的日期"),
        ([*SOUND["days"], {"name": "元旦", "date": "2027-01-01", "isOffDay": True}], "2027年1月1日不是2026年的日期"),
        ([row for row in SOUND["days"] if row["date"] != "2026-10-03"], "国庆节10月3日没有放假"),
    ],
)  # fmt: skip
def test_a_gap_or_a_contradiction_is_told(tmp_path: Path, days: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_year(write(tmp_path, {**SOUND, "days": days}))


def test_a_missing_key_and_too_large_a_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="缺少 published"):
        read_year(write(tmp_path, changed(("published", None))))
    with pytest.raises(Refusal, match="文件太大"):
        read_year(write(tmp_path, json.dumps(SOUND) + " " * MOST_BYTES))
    with pytest.raises(Refusal, match=r"2026\.json"):
        read_year(write(tmp_path, "[" * 90_000))
