"""Which version of what is in force, as the desk says it and as the book and the files have it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import apsw
import pytest

from counter_assistant import __version__
from counter_assistant.domain.calendar.workdays import WorkCalendar, YearCalendar
from counter_assistant.operations.about import versions as told
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from tests.make import an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as office:
        yield office


def rows(office: Office, title: str) -> dict[str, str]:
    return next(dict(group.rows) for group in told.version_groups(office) if group.title == title)


def test_the_versions_are_those_that_run(office: Office) -> None:
    found = told.versions(office)
    assert (found.program, found.catalogue) == (__version__, office.catalogue.version)
    assert (found.python, found.qt) == (platform.python_version(), version("PySide6-Essentials"))
    assert found.sqlite == apsw.sqlite_lib_version()
    assert found.schema == office.database.handle.pragma("user_version")
    assert told.versions(None) == found._replace(catalogue=program().catalogue.version)
    assert "其他" not in dict(found.lines).values(), "a version of ours is known as one"


def test_the_groups_name_program_catalogue_statutes_and_calendars(office: Office) -> None:
    titles = [group.title for group in told.version_groups(office)]
    assert titles == ["程序", "目录", "法规", "放假日历"]
    assert rows(office, "程序")["柜台助手"] == __version__
    assert rows(office, "目录") == {office.catalogue.version: "随程序来的，示例，待本中心核定"}


def test_each_statute_is_told_with_the_version_in_force_today_and_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    statutes = rows(office, "法规")
    assert len(statutes) == len(office.catalogue.statutes)
    assert statutes["《住房公积金管理条例》"] == "2026年修订，2026年9月20日起施行"
    monkeypatch.setattr(office, "clock", lambda: office.database.now().replace(month=9, day=19))
    before = rows(office, "法规")["《住房公积金管理条例》"]
    assert before == "2019年修订，2019年3月24日起施行；以后：2026年修订，2026年9月20日起施行"
    monkeypatch.setattr(office, "clock", lambda: office.database.now().replace(year=2001))
    assert rows(office, "法规")["《住房公积金管理条例》"].startswith("还没有施行；以后：2019年")


def test_years_are_told_in_stretches_by_whether_their_notice_is_published(office: Office) -> None:
    assert rows(office, "放假日历") == {"2020–2026年": "放假安排已公布", "2027年": "还没有公布，按法定节日预计"}
    years = {year: YearCalendar(year, year < 2026, (), {}) for year in (2025, 2019, 2021, 2020, 2026)}
    office.__dict__["calendar"] = WorkCalendar(years)
    assert rows(office, "放假日历") == {"2019–2021、2025年": "放假安排已公布", "2026年": "还没有公布，按法定节日预计"}
    office.__dict__["calendar"] = WorkCalendar({2025: years[2025]})
    assert rows(office, "放假日历") == {"2025年": "放假安排已公布"}
