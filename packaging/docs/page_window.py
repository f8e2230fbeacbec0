"""The window as the pictures of the manual show it: one invented office, one day on which the clock stands, a printer that is ready.

What is drawn by chance (salts, marks, questions) is drawn the same each time, so that a picture changes only where the program does.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType, SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget  # noqa: E402

from counter_assistant.domain.closing.closing_entry import Period  # noqa: E402
from counter_assistant.domain.papers.print_state import JobReport, PrintState  # noqa: E402
from counter_assistant.operations.catalogue.approving import approve  # noqa: E402
from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.operations.safekeeping.closing import close  # noqa: E402
from counter_assistant.printing import printers as printing  # noqa: E402
from counter_assistant.printing.jobs import Printer, PrintJob  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.start import read_index  # noqa: E402
from tests.decision_rows import ROWS  # noqa: E402
from tests.journeys.conftest import APPROVAL  # noqa: E402
from tests.journeys.keys import TimedDesk  # noqa: E402
from tests.make import NOW, a_request, confirmed  # noqa: E402
from tests.ui.desk_hand import commit, press, type_  # noqa: E402
from tests.ui.find import find  # noqa: E402

IMAGES = ROOT / "docs" / "images"
Key, Modifier = Qt.Key, Qt.KeyboardModifier
SETTLED_MS, COLOURS = 400, 256
DISK = 240 << 30
"""Bytes: a disk of this size, half of it free."""
READY = Printer("HP", "HP LaserJet", is_default=True)
OUT = JobReport(PrintState.OUT)
VISITS = (
    (13, "11-promise", "孙七"), (16, "8-promise-incomplete", "王五"), (17, "10-referral", "玉波"), (18, "6-not-eligible", "岩叫"),
    (19, "3-held", "欧阳雪"), (20, "11-promise", "陶玉兰"), (20, "9-undecided", "召存信罕"), (23, "5-inquiry", "张明月"),
    (23, "4-unclear", "周文"), (23, "13-not-on-the-spot", "岩罕"), (23, "7-direct-incomplete", "赛金"),
    (23, "2-colleague", "玉香"), (23, "1-elsewhere", ""),
)  # fmt: skip
"""The day of November, the row of the decision table, who came."""
HOURS = (8, 9, 9, 10, 10, 10, 11, 14, 15, 15, 16)
SORTS = ("5-inquiry", "7-direct-incomplete", "12-on-the-spot", "5-inquiry", "8-promise-incomplete", "12-on-the-spot")
BUSY_DAYS = tuple(
    (day, SORTS[(day + n) % len(SORTS)], f"{'岩玉刀陶召'[n % 5]}{'光香春明月新'[(day + n) % 6]}")
    for day in (4, 5, 6, 9, 10, 11, 12) for n in range(len(HOURS))
)  # fmt: skip
"""More of the same, for what counts them."""


class Shown:
    """A window over an office, its clock at `now`."""

    def __init__(self, folder: Path, *, training: bool = False, filled: bool = True, busy: bool = False) -> None:
        self.now = NOW - timedelta(days=20 if busy else 10) if filled else NOW
        self.office = open_office(folder, lambda: self.now, training=training)
        if filled:
            self.office.decide_profile(confirmed(self.office.profile))
            approve(self.office, tuple(self.office.catalogue.items), self.office.today(), APPROVAL)
            if busy:
                self._fill(BUSY_DAYS)
            self._fill(VISITS)
            self.now = NOW
        self.desk = PractisedDesk(folder, self.office) if training else TimedDesk(folder, self.office)
        self.window = self.desk.window
        self.window.resize(1366, 768)
        self.desk.opening.office()
        self.window.show()
        self.window.activateWindow()
        QTest.qWait(SETTLED_MS)

    def _fill(self, visits: Sequence[tuple[int, str, str]]) -> None:
        for n, (day, row, name) in enumerate(visits):
            if day > self.now.day:
                self.now = self.now.replace(hour=17, minute=40)
                close(self.office, Period.DAY, self.office.today().isoformat())
            self.now = self._hour(day, n, visits)
            given = ROWS[row][0]
            applicant = given.get("applicant", {}) | {"name": name}
            issued = issue_slip(self.office, a_request(**{**given, "applicant": applicant, "request_id": f"{day} {n}"}))
            if issued.slip:
                self.office.prints.settle([issued.slip.number])

    def _hour(self, day: int, n: int, visits: Sequence[tuple[int, str, str]]) -> datetime:
        """When somebody came: over the whole day in the busy weeks, before the clock stands today."""
        if visits is BUSY_DAYS:
            return NOW.replace(day=day, hour=HOURS[n % len(HOURS)], minute=12)
        return NOW.replace(day=day, minute=43) + timedelta(minutes=n - 20 * (day == NOW.day))

    def page(self, name: str) -> Any:
        """Goes to a page."""
        page = self.window.show_page(name)
        QTest.qWait(SETTLED_MS)
        return page

    def field(self, name: str, text: str, within: QWidget | None = None) -> None:
        """Writes in a field, as a hand does."""
        edit = find(within or self.window, QLineEdit, name)
        edit.setFocus()
        edit.selectAll()
        write(text)

    def at_the_desk(self, item: str, digits: str, name: str = "", phone: str = "") -> None:
        """Takes an item, answers its questions, says who stands there."""
        self.page("desk")
        self.field("item_search", item, self.desk.page)
        press(Key.Key_Return)
        type_(digits)
        if name:
            self.field("name", name, self.desk.page)
            press(Key.Key_Return)
            type_(phone)
            press(Key.Key_Return)

    def close(self) -> None:
        self.desk.phrases.close_down()
        self.window.close()
        self.desk.opening.close()
        self.window.deleteLater()  # else its clocks go on and ask the book
        QTest.qWait(SETTLED_MS)
        self.office.close()


class PractisedDesk(TimedDesk):
    """The window of the training mode."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.timed = office
        Desk.__init__(self, folder, read_index(), training=True)


def write(text: str) -> None:
    """Digits and letters are typed, Chinese comes from the input method."""
    type_(text) if text.isascii() else commit(text)


def control(key: Qt.Key) -> None:
    press(key, Modifier.ControlModifier)


def grab(widget: QWidget, name: str) -> None:
    """A picture of it, small, without anything that blinks."""
    QTest.qWait(SETTLED_MS)
    path = IMAGES / f"{name}.png"
    widget.grab().save(str(path))
    make_small(path)


def make_small(path: Path) -> None:
    """Writes a picture anew with few colours."""
    Image.open(path).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


@contextmanager
def shown(**options: bool) -> Iterator[Shown]:
    """A window, closed in the end."""
    with TemporaryDirectory() as folder:
        made = Shown(Path(folder), **options)
        try:
            yield made
        finally:
            made.close()


def stand_in(module: ModuleType, **functions: Callable[..., object]) -> None:
    """Puts functions in the place of those that ask this PC for its printer and its disk."""
    vars(module).update(functions)


def prepare() -> None:
    """Puts an invented machine in the place of this PC, and chance at its beginning."""
    printed = PrintJob(READY.name, 1, f"已送打印机 {READY.label}。", report=OUT)
    stand_in(printing, print_pdf=lambda *_: printed, printers=lambda: [READY], look=lambda *_: ([READY], {}))
    stand_in(shutil, disk_usage=lambda _folder: SimpleNamespace(total=DISK, used=DISK // 2, free=DISK // 2))
    chance = random.Random(1)
    stand_in(os, urandom=chance.randbytes)
    stand_in(random, _urandom=chance.randbytes)
    QApplication.setCursorFlashTime(0)
