"""各样东西是哪一版：程序、目录、各部法规、放假日历、台账和文书的格式."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from counter_assistant import __version__
from counter_assistant.domain.about.diagnosis import Versions
from counter_assistant.domain.calendar.workdays import WorkCalendar
from counter_assistant.domain.catalogue.statutes import Statute
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.slip import LAYOUT
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.storage.engines.sqlite import driver, schema

QT = "PySide6-Essentials"
"""The package that brings Qt, and has its version."""


class VersionRow(NamedTuple):
    """A line: what it is of, and which version."""

    label: str
    words: str


class VersionGroup(NamedTuple):
    """Lines under one head."""

    title: str
    rows: tuple[VersionRow, ...]


def versions(office: Office | None) -> Versions:
    """The versions in one look; the catalogue is the office's, else the one that came with the program."""
    qt = ""
    with suppress(PackageNotFoundError):
        qt = version(QT)
    catalogue = office.catalogue.version if office else program().catalogue.version
    return Versions(__version__, catalogue, schema.VERSION, LAYOUT, platform.python_version(), qt, driver.LIBRARY)


def version_groups(office: Office) -> tuple[VersionGroup, ...]:
    """All of it as it is told here today.

    Raises:
        Refusal: what reading the book refuses.
    """
    today = office.today()
    told = versions(office)
    lines = {label: words for label, words in told.lines if label != "目录"}
    edition = office.content.edition
    since = f"本中心核定，{chinese_date(edition.approval.since)}起施行" if edition else "随程序来的，示例，待本中心核定"
    statutes = office.catalogue.statutes.values()
    return (
        VersionGroup("程序", tuple(VersionRow(*line) for line in lines.items())),
        VersionGroup("目录", (VersionRow(told.catalogue, since),)),
        VersionGroup("法规", tuple(VersionRow(f"《{each.name}》", _in_force(each, today)) for each in statutes)),
        VersionGroup("放假日历", tuple(_years(office.calendar))),
    )


def _in_force(statute: Statute, day: date) -> str:
    """The version in force on a day, and the one that follows it, where that is known."""
    now = statute.on(day)
    later = next((each for each in statute.versions if each.effective_from > day), None)
    return listed((now.label if now else "还没有施行", f"以后：{later.label}" if later else ""), "；")


def _years(calendar: WorkCalendar) -> Iterator[VersionRow]:
    for published, words in ((True, "放假安排已公布"), (False, "还没有公布，按法定节日预计")):
        years = sorted(each.year for each in calendar.years.values() if each.published is published)
        if years:
            yield VersionRow(f"{_stretches(years)}年", words)


def _stretches(years: list[int]) -> str:
    """2020–2026、2028 of years that mostly follow each other."""
    stretches: list[list[int]] = []
    for year in years:
        if stretches and year == stretches[-1][-1] + 1:
            stretches[-1].append(year)
        else:
            stretches.append([year])
    return listed(f"{each[0]}–{each[-1]}" if len(each) > 1 else str(each[0]) for each in stretches)
