"""带班 over a busy year: 50,000 entries of people who come, come again, wait for materials and are done. Times in milliseconds unless the
name says otherwise: the figures of a month and of a year beside those before, the page, the paper and the file."""

from __future__ import annotations

import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.report.making import ReportMaking, make_report
from counter_assistant.operations.report.outputs import report_pdf, report_sheet
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.journal import chain
from tests import busy_book
from tests.bench.told_once import some_people

ENTRIES = 50_000
TIMES = 20
NOW = datetime(2026, 11, 30, 17, 0, tzinfo=busy_book.BEIJING)
WORKING_DAY = timedelta(hours=9, minutes=30)
INCOMPLETE = {"incomplete": {"received": ["id-card"]}}
"""A further way of tests/busy_book.py: an application that lacks most of what it needs."""


def run() -> dict[str, float]:
    """Builds the book in a folder of its own, unless one was kept, and measures."""
    kept = os.environ.get("LEAD_BOOK")
    with tempfile.TemporaryDirectory() as place:
        office = open_office(Path(kept or place), lambda: NOW)
        try:
            if office.book.head()[0] < ENTRIES:
                build(office, random.Random(20261130), ENTRIES)
            figures = measure(office)
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


@dataclass
class Year(busy_book.Visits):
    """Visits of which one in eight lacks materials, and what was accepted is done a day to six days later."""

    accepted: list[tuple[str, datetime]] = field(default_factory=list)

    def next(self, n: int, moment: datetime, templates: dict[busy_book.Told, busy_book.Template]) -> busy_book.Act:
        if self.accepted and self.accepted[0][1] <= moment:
            case, _ = self.accepted.pop(0)
            done = StepTaken(case, Step.DONE, moment.date(), self.chance.choice(busy_book.CLERKS))
            said = chain.canonical({"schema": 1, **done.to_payload()})
            return busy_book.Act(EntryKind.CASE_STEP, f"request {n:07}", said)
        act = super().next(n, moment, templates)
        if act.kind is EntryKind.SLIP_ISSUED and '"promise_notice"' in act.body:
            case = act.body.partition('"case":"')[2].partition('"')[0] or f"request {n:07}"
            self.accepted.append((case, moment + timedelta(days=self.chance.choice((0, 1, 1, 1, 2, 6)), hours=1)))
            self.accepted.sort(key=lambda one: one[1])
        return act._replace(body=of_day(act.body, moment))

    def _first(self) -> tuple[busy_book.Person, busy_book.Told, str]:
        who, told, case = super()._first()
        return who, (*told[:2], "incomplete") if self.chance.random() < 0.13 else told, case


def of_day(body: str, moment: datetime) -> str:
    """An act whose limit begins on its day and ends three days later, where that of its template ran from the day on which it was made."""
    made = busy_book.NOW.date()
    due = (moment + timedelta(days=3)).date()
    return re.sub(r'"due":"[0-9-]+"', f'"due":"{due}"', body.replace(f'"start":"{made}"', f'"start":"{moment.date()}"'))


def moment_of(n: int, size: int) -> datetime:
    """The working days of a year, evenly, from half past eight to six."""
    days = [day for back in range(365) if (day := NOW - timedelta(days=364 - back)).weekday() < 5]
    at, rest = divmod(n * len(days), size + 1)
    return days[at].replace(hour=8, minute=30, second=0) + WORKING_DAY * (rest / (size + 1))


@contextmanager
def a_year() -> Iterator[None]:
    """Lets the busy book be that of a year at one counter."""
    before = busy_book.moment_of, busy_book.Visits
    busy_book.moment_of, busy_book.Visits = moment_of, Year  # type: ignore[misc]
    busy_book.WAYS |= INCOMPLETE
    try:
        yield
    finally:
        busy_book.moment_of, busy_book.Visits = before  # type: ignore[misc]
        del busy_book.WAYS["incomplete"]


def build(office: Office, chance: random.Random, size: int) -> None:
    """A year of so many entries."""
    with a_year():
        busy_book.build(office, chance, some_people(chance, size // 4), size)
    office.book.rebuild()


def measure(office: Office) -> dict[str, float]:
    """Times of the figures, by the clock and of the processor."""
    figures: dict[str, float] = {"mb": (office.folder / BOOK_NAME).stat().st_size / 1e6}
    for name, span, times in (("month", Span(2026, 11), TIMES), ("year", Span(2026), 2)):
        steps: list[float] = []
        whole = [both(partial(count, office, span, steps)) for _ in range(times)]
        clock, worked = zip(*whole, strict=True)
        figures |= {f"{name}_p50": median(clock), f"{name}_p95": quantiles(clock, n=20)[-1]}
        figures |= {f"{name}_cpu_p50": median(worked), f"{name}_longest_step": max(steps)}
    report = make_report(office, Span(2026, 11))
    figures |= spread("pdf", [partial(report_pdf, office, report)] * TIMES)
    figures |= spread("sheet", [partial(report_sheet, office, report)] * TIMES)
    return figures | page_times(office)


def page_times(office: Office) -> dict[str, float]:
    """From the page being shown to its four pictures being painted, and to what stands beside them of the month before, nothing counted
    earlier; and how long no key is answered meanwhile."""
    from PySide6.QtWidgets import QApplication

    from counter_assistant.ui.lead.page import LeadPage

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    page = LeadPage(office)
    page.resize(1290, 690)
    held: list[float] = []
    drawn: list[object] = []
    page.counting.drawable.connect(drawn.append)

    def open_page(*, whole: bool = False) -> None:
        page.hide()
        page.counting.forget()
        drawn.clear()
        page.show()
        while not drawn or (whole and page.report is None):
            started = time.perf_counter()
            app.processEvents()
            held.append(1000 * (time.perf_counter() - started))
        app.processEvents()

    figures = spread("page", [open_page] * TIMES) | spread("page_compared", [partial(open_page, whole=True)] * TIMES)
    page.close()
    page.close_down()
    return figures | {"page_longest_held": max(held)}


def spread(name: str, acts: list[Callable[[], object]]) -> dict[str, float]:
    """Median and 95th percentile by the clock, and the median of the processor."""
    clock, worked = zip(*map(both, acts), strict=True)
    return {f"{name}_p50": median(clock), f"{name}_p95": quantiles(clock, n=20)[-1], f"{name}_cpu_p50": median(worked)}


def count(office: Office, span: Span, steps: list[float]) -> None:
    """Counts a period, and notes how long each step took."""
    making = ReportMaking(office, span)
    while not making.done:
        started = time.perf_counter()
        making.step()
        steps.append(1000 * (time.perf_counter() - started))
    making.report()


def both(act: Any) -> tuple[float, float]:
    """How long an act takes, by the clock and of the processor."""
    started, worked = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)
