"""A counter's window as it is put together: its clock is turned by the test, and every key pressed at it is counted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.cases.find_case import case_of_id, horizon
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.application import Desk
from counter_assistant.ui.start import read_index
from tests.decision_rows import ROWS
from tests.make import NOW, PHONE, a_request, text_of
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find, says

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NAME = "岩罕"


@cache
def most_keys() -> dict[str, int]:
    """The most keys of every journey."""
    table = tomllib.loads((Path(__file__).parent / "counts.toml").read_text(encoding="utf-8"))
    return {journey: most for part in table.values() for journey, most in part.items()}


class Keys:
    """The keys pressed so far, to whatever has the focus. A text (name, phone, number, free words) is counted apart, as one:
    how long it is, is not the window's doing."""

    def __init__(self) -> None:
        self.pressed = self.texts = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        press(key, modifier)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        type_(text)

    def write(self, text: str) -> None:
        """Digits and letters are typed, Chinese comes from the input method."""
        self.texts += 1
        type_(text) if text.isascii() else commit(text)

    def start(self) -> None:
        """What was pressed until now belongs to no journey."""
        self.pressed = self.texts = 0

    def took(self, journey: str) -> None:
        """Prints what the journey took and holds it to the table; the next one starts from nothing."""
        most, pressed = most_keys()[journey], self.pressed
        print(f"\n旅程 {journey}：{pressed} 键，{self.texts} 段文字（至多 {most} 键）")
        self.start()
        assert pressed <= most


class TimedDesk(Desk):
    """The window over an office that is open already, with a clock of its own."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.timed = office
        super().__init__(folder, read_index(), training=False)

    def _open_office(self) -> Office:
        return self.timed


@dataclass(frozen=True)
class Printed:
    """A paper that reached the printer: what the queue shows, and the sheets."""

    title: str
    pdf: bytes


class Counter(Keys):
    """The window on Monday 2026-11-23, 10:42, the keys pressed at it and the papers that came out of it."""

    def __init__(self, qtbot: Any, folder: Path, papers: list[Printed], office: Office | None = None) -> None:
        super().__init__()
        self.qtbot, self.papers, self.now = qtbot, papers, NOW
        self.office = office or open_office(folder, lambda: self.now)
        self.desk = TimedDesk(folder, self.office)

    @property
    def window(self) -> Any:
        return self.desk.window

    @property
    def search(self) -> QLineEdit:
        """Where the 受理台 searches an item."""
        return find(self.desk.page, QLineEdit, "item_search")

    @property
    def page(self) -> Any:
        """The page that the window shows."""
        return self.window.stack.currentWidget()

    def says(self, name: str) -> str:
        """What a label of the 受理台 says; nothing where it is hidden."""
        return says(self.desk.page, name)

    # What the clerk does

    def take(self, item: str, digits: str) -> None:
        """The item, and a digit for each question; the focus is then in the materials."""
        self.type(item)
        self.press(Qt.Key.Key_Return)
        self.type(digits)

    def who(self, name: str = NAME, phone: str = PHONE, id_number: str = "") -> None:
        """From the materials on: who it is."""
        for text in (name, phone, id_number):
            if text:
                self.press(Qt.Key.Key_Return)
                self.write(text)

    def set_circumstance(self, key: str) -> None:
        """F10, and a key of the overlay 情况."""
        self.press(Qt.Key.Key_F10)
        self.type(key)

    # The day

    def morning(self, day: int) -> None:
        """Another morning of the month."""
        self.now = datetime(2026, 11, day, 8, 30, tzinfo=NOW.tzinfo)

    def begin(self, row: str, **changes: Any) -> Case:
        """An act of the decision table that was done earlier, and whose paper came out of the printer."""
        issued = issue_slip(self.office, a_request(**{**ROWS[row][0], "request_id": row, **changes}))
        if issued.slip:
            self.office.prints.settle([issued.slip.number])
        return self.case(row)

    # What came of it

    def case(self, case_id: str) -> Case:
        return case_of_id(self.office, case_id)

    def cases(self, which: CaseList = CaseList.OPEN) -> list[Case]:
        return self.office.cases.listed(which, horizon(self.office))

    def lists(self, case_id: str) -> set[CaseList]:
        return {which for which in CaseList if case_id in {case.id for case in self.cases(which)}}

    def issued(self, kind: SlipKind, number: str) -> str:
        """The words of the newest slip: of this kind and number in the book, on the desk, and printed once in duplicate."""
        entry = self.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry is not None
        assert (entry.payload["card"]["number"], self.office.archive.show(number).row.kind) == (number, kind)
        assert self.says("issued_number") == number
        self.qtbot.waitUntil(lambda: number in [paper.title for paper in self.papers])
        (paper,) = [paper for paper in self.papers if paper.title == number]
        text = text_of(paper.pdf)
        assert text.count("第一联") == text.count("第二联") == 1
        return text

    def sound(self) -> bool:
        """Whether the book holds together."""
        return self.office.book.check().problems == []
