"""What the tests of the pages share: an office with slips in it, a printer in memory, an input method."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.printing.jobs import Asked, Printer, PrintJob, Told
from tests.make import ID_NUMBER
from tests.ui.desk_hand import focused
from tests.ui.file_dialogs import answer_file_dialog

MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


@dataclass
class PrinterInMemory:
    """The printing port. While `broken` it refuses. `report`: how a job stands when it was taken, and when it is taken back."""

    broken: Refusal | None = None
    report: JobReport = field(default_factory=lambda: JobReport(PrintState.OUT))
    taken_back: list[Asked] = field(default_factory=list)
    sent: list[tuple[bytes, str, str | None]] = field(default_factory=list)
    trays_used: list[str] = field(default_factory=list)

    def print_pdf(self, pdf: bytes, title: str, printer: str | None = None, tray: str = "") -> PrintJob:
        if self.broken:
            raise self.broken
        self.trays_used.append(tray)
        self.sent.append((pdf, title, printer))
        held = self.report.state is PrintState.HELD
        return PrintJob("hp", len(self.sent), "已送到打印机“惠普”。", held, self.report)

    def take_back(self, one: Asked) -> Told:
        self.taken_back.append(one)
        return Told(one.printer, one.job, self.report)

    def printers(self) -> list[Printer]:
        return [Printer("hp", "惠普", is_default=True), Printer("epson", "爱普生", stopped=True)]

    def trays(self, printer: str) -> tuple[str, ...]:
        return ("auto", "tray-2", "odd-slot") if printer == "epson" else ()


class PrintersSeen:
    """Printers as the system tells of them; nothing is printed."""

    def __init__(self, *found: Printer) -> None:
        self.found = list(found)

    def printers(self) -> list[Printer]:
        return self.found

    def print_pdf(self, *_: object) -> Any:
        raise AssertionError("nothing is printed here")

    trays = take_back = print_pdf


class Clock:
    """A clock that goes on by a minute at each reading."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@contextmanager
def opened(folder: Path, *names: str) -> Iterator[Office]:
    """An office with a notification slip for each name, the last one newest."""
    office = open_office(folder, Clock())
    try:
        for n, name in enumerate(names):
            issue(office, name, f"1380000{1000 + n}")
        yield office
    finally:
        office.close()


def issue(office: Office, name: str, phone: str = "13800000461", *, printed: bool = True) -> str:
    """Issues one slip, which comes out of the printer unless told otherwise, and returns its number."""
    answers = {"who": "self", "marital": "married", "lease": "unregistered"}
    applicant = {"name": name, "phone": phone, "id_type": "resident", "id_number": ID_NUMBER}
    issued = issue_slip(
        office, read_request({"item": "B08", "purpose": "inquire", "answers": answers, "applicant": applicant})
    )
    assert issued.slip is not None
    if printed:
        office.prints.settle([issued.slip.number])
    return issued.slip.number


def show(qtbot: QtBot, page: QWidget, size: tuple[int, int] = (1290, 697)) -> None:
    """Shows a page as large as the window gives it, with the focus in it."""
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Presses a key where the focus is."""
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def compose(text: str) -> None:
    """The input method shows pinyin that is not committed yet."""
    QApplication.sendEvent(focused(), QInputMethodEvent(text, []))


def commit(text: str) -> None:
    """The input method commits Chinese text where the focus is."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)
    QApplication.processEvents()


def retype(text: str) -> None:
    """Replaces what the focused field holds."""
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Delete)
    commit(text)


def screen_texts(page: QWidget) -> list[str]:
    """Every text that a page shows in labels, buttons, placeholders, lists and choices."""
    texts = [label.text() for label in page.findChildren(QLabel)]
    texts += [button.text() for button in page.findChildren(QAbstractButton)]
    texts += [edit.placeholderText() for edit in page.findChildren(QLineEdit)]
    texts += [box.itemText(n) for box in page.findChildren(QComboBox) for n in range(box.count())]
    return texts + [view.item(n).text() for view in page.findChildren(QListWidget) for n in range(view.count())]


def rich_labels(page: QWidget) -> list[str]:
    """Labels that would guess rich text from what they are given."""
    labels = page.findChildren(QLabel)
    return [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText]


def nameless(page: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit), *page.findChildren(QComboBox)]
    controls += page.findChildren(QListWidget)
    return [f"{type(c).__name__} {c.objectName()}" for c in controls if not c.accessibleName() and not inside_qt(c)]


def inside_qt(widget: QWidget) -> bool:
    """Whether a widget is a part of one of Qt's own, such as a table's corner."""
    return widget.objectName().startswith("qt_") or type(widget).__name__ in ("QTableCornerButton", "QAbstractButton")


def answer_save_dialog(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """The system's dialog saves under the name that it is offered, in a folder. Returns the names as they are offered."""
    offered: list[str] = []

    def ask(_window: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(folder / offered[-1]), ""

    answer_file_dialog(monkeypatch, "getSaveFileName", ask)
    return offered
