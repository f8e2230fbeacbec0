"""The registers of a busy year: 50,000 entries, of which each eighth was typed into a register. Times in milliseconds unless the name says
otherwise: opening the page, changing its list, searching, printing a month."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.hand_entries import Absence, Misunderstanding, Opinion, Overtime, ReportedUpward
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import Answered
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers.books import book_pdf, book_sheet, register_book
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.registers.register_lines import RegisterLines, RegisterQuery
from tests import busy_book
from tests.bench.archive import GIVEN, SURNAMES
from tests.make import ID_NUMBER

ENTRIES, TYPED = 50_000, 6_000
OPENINGS, SEARCHES = 60, 200
NOW = datetime(2026, 11, 30, 17, 0, tzinfo=busy_book.BEIJING)
WORDS = ("罗", "yh", "扶手", "B08", "租赁 玉", "0461", "没有这样的词", "本月 岩", "待办", "11-20", "门口 台阶 建议")


def run() -> dict[str, float]:
    """Builds the book in a folder of its own, unless one was kept, and measures."""
    kept = os.environ.get("REGISTER_BOOK")
    with tempfile.TemporaryDirectory() as place:
        office = open_office(Path(kept or place), lambda: NOW)
        try:
            if office.book.head()[0] < ENTRIES:
                build(office, random.Random(20261123))
            figures = measure(office)
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def build(office: Office, chance: random.Random) -> None:
    """A year of visits, then what was typed, each eighth line still waiting."""
    busy_book.OPENING, busy_book.BUSY = NOW - timedelta(days=365), ENTRIES // 12
    people = [
        busy_book.Person(chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)), f"138{n:08}", ID_NUMBER)
        for n in range(8_000)
    ]
    busy_book.build(office, chance, people, ENTRIES - TYPED)
    office.book.rebuild()
    with office.database.writing() as handle:
        for n in range(TYPED):
            kind, said = typed(chance, n)
            entry = office.book._append(handle, kind, said.to_payload())
            waits = isinstance(said, CallNoted | Opinion | ReportedUpward) or (
                isinstance(said, Absence) and not said.back
            )
            if waits and chance.random() < 0.97:
                answered = Answered(entry.seq, "已经答复", "", "", "0001")
                office.book._append(handle, EntryKind.REGISTER_ANSWERED, answered.to_payload())


def typed(chance: random.Random, n: int) -> tuple[EntryKind, Any]:
    """What is typed into a register, the usual ones more often."""
    day = (NOW - timedelta(days=chance.randrange(365))).date()
    who = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
    return chance.choice(
        (
            (EntryKind.INQUIRY, CallNoted(f"问第 {n} 件事怎样办", "B08", "0001", "phone", who, day)),
            (EntryKind.INQUIRY, CallNoted(f"问第 {n} 件事怎样办", "B08", "0001", "phone", who, day)),
            (EntryKind.OPINION, Opinion(str(day), "box", "suggestion", f"门口第 {n} 级台阶请装扶手", who, "", "0001")),
            (EntryKind.OVERTIME, Overtime(str(day), "served", "17:50", 1 + n % 3, f"办完第 {n} 件", "0002")),
            (EntryKind.ABSENCE, Absence(str(day), "left", "0001", "14:00", "15:00" if n % 3 else "", "送材料", "0002", "", "0001")),
            (EntryKind.MISUNDERSTANDING, Misunderstanding(str(day), f"以为第 {n} 件收费", "不收费", "归集科", "0001")),
            (EntryKind.REPORTED_UPWARD, ReportedUpward(str(day), f"第 {n} 次平台停了", "某副主任", "0001")),
        )
    )  # fmt: skip


def measure(office: Office) -> dict[str, float]:
    """Times of the page itself and of what stands behind it."""
    from PySide6.QtWidgets import QApplication

    from counter_assistant.ui.registers.finder import RegisterFinder
    from counter_assistant.ui.registers.page import RegisterPage

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    rows = tables.RegisterRow.select().count(office.database.handle)
    page = RegisterPage(office)
    page.resize(1290, 690)
    page.show()
    app.processEvents()
    finder = page.finder
    assert isinstance(finder, RegisterFinder)

    def choose(which: RegisterList) -> None:
        finder.lists.choose(which)
        app.processEvents()

    def search(text: str) -> None:
        finder.search.setText(text)
        app.processEvents()

    def open_page() -> None:
        page.hide()
        page.show()
        app.processEvents()

    figures = {"rows": float(rows), "mb": (office.folder / BOOK_NAME).stat().st_size / 1e6}
    figures |= spread("open", [open_page] * OPENINGS)
    figures |= spread("list", [partial(choose, which) for _ in range(6) for which in RegisterList])
    for which in (RegisterList.WAITING, RegisterList.FIRST_CONTACT):
        choose(which)
        figures |= spread(
            f"search_{which.value}", [partial(search, text) for _ in range(SEARCHES // len(WORDS)) for text in WORDS]
        )
        search("")
    page.close()
    lines, month = (
        RegisterLines(office.database),
        RegisterQuery((RegisterKind.FIRST_CONTACT,), first=NOW.date().replace(day=1)),
    )
    figures["month_lines"] = float(lines.count(month))
    figures |= spread("month_count", [partial(lines.count, month)] * 20)
    few = RegisterQuery((RegisterKind.FIRST_CONTACT,), first=(NOW - timedelta(days=1)).date())
    figures["two_days_lines"] = float(lines.count(few))
    figures["two_days_pdf_s"] = seconds(lambda: book_pdf(office, register_book(office, few)))
    figures["two_days_sheet_s"] = seconds(lambda: book_sheet(office, few))
    figures["month_sheet_s"] = seconds(lambda: book_sheet(office, month))
    return figures


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def spread(name: str, acts: list[Callable[[], object]]) -> dict[str, float]:
    """The median and the 95th percentile of some acts, in milliseconds."""
    times = [1000 * seconds(act) for act in acts]
    return {f"{name}_p50": median(times), f"{name}_p95": quantiles(times, n=20)[-1]}
