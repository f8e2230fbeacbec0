"""办件 at 10,000 open cases: opening the page, turning to a list, recomputing all with another calendar. Milliseconds.

The peer is SQLite itself, reading as many rows of the same table and nothing more.
"""

from __future__ import annotations

import os
import random
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import PROMISED, STATUTORY, Clock
from counter_assistant.domain.calendar.workdays import CalendarDay, WorkCalendar
from counter_assistant.domain.cases.acts import Visit
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.calendars.moved_cases import moved_by
from counter_assistant.operations.cases.find_case import horizon
from counter_assistant.operations.office import Office
from counter_assistant.storage.views import case_view
from counter_assistant.storage.views.cases import CaseList
from tests.bench.archive import GIVEN, ITEMS, SURNAMES, timed
from tests.make import NOW, an_office

CASES, TURNS = 10_000, 60
KINDS = {
    Rule.DIRECT_INCOMPLETE: SlipKind.NOTIFICATION_SLIP, Rule.INCOMPLETE: SlipKind.SUPPLEMENT_NOTICE,
    Rule.REFERRAL: SlipKind.REFERRAL_NOTICE, Rule.PROMISE: SlipKind.PROMISE_NOTICE,
    Rule.NOT_ON_THE_SPOT: SlipKind.RECEIPT,
}  # fmt: skip


def run() -> dict[str, float]:
    """Fills an office with open cases and measures what the page and a new calendar do with them."""
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as folder:
        office = an_office(Path(folder))
        try:
            with office.database.writing() as handle:
                case_view.store(handle, [a_case(office, chance, n) for n in range(CASES)])
            figures = {**lists(office), **page(office), **recomputing(office)}
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def a_case(office: Office, chance: random.Random, n: int) -> Case:
    """An open case of the last three months, with one paper."""
    row = chance.choice(list(KINDS))
    start = NOW.date() - timedelta(days=chance.randrange(90))
    clocks = {PROMISED: Clock(start, chance.choice((1, 3, 5, 10)), "workday"), STATUTORY: Clock(start, 3, "day")}
    running = clocks if row.complete else {}
    due = clocks[PROMISED].deadline(office.calendar)
    assert due is not None
    item, name = chance.choice(ITEMS)
    visit = Visit(
        f"case {n}", start, "0001", row, KINDS[row], f"临公积金示一诺〔2026〕{n}号", due=due.due if running else None,
        clocks=running, item=item, item_name=name, applicant=chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
        phone_tail=f"{chance.randrange(10_000):04}", id_tail=f"{chance.randrange(1000):03}X",
    )  # fmt: skip
    case = fold(None, visit)
    assert case is not None
    return case


def lists(office: Office) -> dict[str, float]:
    at = horizon(office)

    def look() -> None:
        office.cases.counts(at)
        office.cases.listed(CaseList.OPEN, at)

    def read() -> None:
        office.database.handle.execute_sql('SELECT * FROM "case_row" WHERE "open" = 1 LIMIT 200').fetchall()

    looks, reads = ([timed(act) for _ in range(TURNS)] for act in (look, read))
    return {"list_p95_ms": quantiles(looks, n=20)[-1], "list_to_sqlite": median(looks) / median(reads)}


def page(office: Office) -> dict[str, float]:
    """From nothing to a page that is painted, and to the next list."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from counter_assistant.ui.cases.page import CasesPage
    from counter_assistant.ui.start import make_application

    app = make_application()
    page = CasesPage(office)
    page.resize(1290, 690)

    def opening() -> None:
        page.show()
        page.grab()
        app.processEvents()

    def turning() -> None:
        QTest.keyClick(page, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
        page.grab()

    opened = []
    for _ in range(TURNS):
        opened.append(timed(opening))
        page.hide()
    page.show()
    turned = [timed(turning) for _ in range(TURNS)]
    return {
        "open_p50_ms": median(opened),
        "open_p95_ms": quantiles(opened, n=20)[-1],
        "turn_p95_ms": quantiles(turned, n=20)[-1],
    }


def recomputing(office: Office) -> dict[str, float]:
    """All open cases with a calendar that has one more day off."""
    years = dict(office.calendar.years)
    days = {**years[2026].days, date(2026, 11, 24): CalendarDay("示例节", off=True)}
    calendar = WorkCalendar({**years, 2026: replace(years[2026], days=days)})
    moved = moved_by(office, calendar)
    return {"recompute_s": timed(lambda: moved_by(office, calendar)) / 1000, "moved": len(moved)}
