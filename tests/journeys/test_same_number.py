"""The same identity number under another name, and F9 with the cursor still in the field: by keys alone, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant import paths
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.catalogue_index import CatalogueIndex
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.main_window import MainWindow, PageSpec
from tests.make import ID_NUMBER, PHONE
from tests.ui.desk_hand import FakePrinting, commit, press, type_

FRIDAY = datetime.fromisoformat("2026-11-20T09:30:00+08:00")


class Counter:
    """The window at the counter, the day on the clock, and the keys pressed for the applicant who stands there."""

    def __init__(self, window: MainWindow, desk: DeskPage, office: Office, printing: FakePrinting) -> None:
        self.window, self.desk, self.office, self.printing = window, desk, office, printing
        self.presses = 0

    def key(self, key: Qt.Key) -> None:
        self.presses += 1
        press(key)

    def keys(self, text: str) -> None:
        self.presses += len(text)
        type_(text)

    def serve(self, name: str, phone: str, id_number: str = "") -> None:
        """From the item's initials to the last field; the cursor stays there, and nothing is waited for."""
        self.presses = 0
        self.keys("zl")
        self.key(Qt.Key.Key_Return)
        self.keys("1112")
        self.key(Qt.Key.Key_Return)
        commit(name)
        self.key(Qt.Key.Key_Return)
        commit(phone)  # scanned or pasted: the digits are no keys of ours
        if id_number:
            self.key(Qt.Key.Key_Return)
            commit(id_number)

    @property
    def slips(self) -> list[Entry]:
        return list(self.office.book.entries(EntryKind.SLIP_ISSUED))

    @property
    def question(self) -> str:
        return self.desk.panels.decision.question.text()


@pytest.fixture
def counter(qtbot: Any, data_dir: Path) -> Iterator[Counter]:
    from counter_assistant.app import make_application

    make_application()
    now = FRIDAY
    office, printing = open_office(data_dir, lambda: now), FakePrinting()
    index = CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")
    desk = DeskPage(index.search, lambda: office, printing)
    desk.attach(office)
    window = MainWindow(PageSpec("desk", "受理", "F2", lambda _office: desk), desk, [], lambda: office)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(desk.panels.search.field.hasFocus)
    yield Counter(window, desk, office, printing)
    window.close()
    office.close()


def on_monday(counter: Counter) -> None:
    """The weekend goes by."""
    counter.office.clock = counter.office.database.clock = lambda: FRIDAY + timedelta(days=3)


def test_a_number_that_belongs_to_another_name_is_asked_about_once(
    counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN somebody who was told on Friday, with F9 once, since nothing was found
    counter.serve("岩撼", PHONE, ID_NUMBER)
    counter.key(Qt.Key.Key_F9)
    assert len(counter.slips) == 1
    first = counter.presses
    counter.key(Qt.Key.Key_Return)

    # WHEN the same identity number comes on Monday under another name, and F9 is pressed with the cursor in the field
    on_monday(counter)
    counter.serve("岩罕", "13900001111", ID_NUMBER)
    counter.key(Qt.Key.Key_F9)

    # THEN nothing is issued yet, the sentence names who it was, and the cursor is where it was
    assert len(counter.slips) == 1
    assert counter.question == ("此号码上次登记的姓名是“岩撼”（11月20日）。请核对证件：号码填错的改正，没有错再按 F9。")
    assert "同一人" not in counter.desk.panels.earlier.line.words
    assert counter.desk.panels.applicant.id_number.hasFocus()

    # WHEN the clerk has looked at the card and answers with the same key THEN it is issued, and the answer is in the book
    counter.key(Qt.Key.Key_F9)
    (told, mine) = counter.slips
    assert mine.payload["applicant"]["name"] == "岩罕"
    assert mine.payload["facts"]["confirmed"] == {"id_number": told.seq}
    assert counter.presses == first + 1
    assert counter.printing.papers[-1][0] == mine.payload["card"]["number"]
    asked = counter.presses
    counter.key(Qt.Key.Key_Return)

    # AND it is asked no more, under neither name
    for name in ("岩罕", "岩撼"):
        counter.serve(name, "13900001111" if name == "岩罕" else PHONE, ID_NUMBER)
        counter.key(Qt.Key.Key_F9)
        assert "此号码" not in counter.question
        counter.key(Qt.Key.Key_Escape)
    assert counter.office.book.check().problems == []
    with capsys.disabled():
        print(f"\n头一回 {first} 键；号码登记在别的姓名下 {asked} 键（多一次 F9）")


def test_f9_right_after_the_phone_stops_before_the_slip_and_not_after_it(
    counter: Counter, qtbot: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    counter.serve("岩罕", PHONE)
    counter.key(Qt.Key.Key_F9)
    first = counter.presses
    qtbot.wait(400)  # longer than the look back waits for a pause in typing
    assert counter.desk.panels.earlier.line.isHidden(), "a slip is no forerunner of its own"
    counter.key(Qt.Key.Key_Return)
    on_monday(counter)
    counter.serve("岩罕", PHONE)
    counter.key(Qt.Key.Key_F9)
    assert len(counter.slips) == 1
    assert counter.question.startswith("上次 11月20日 李某 告知过这件事（临公积金示一告〔2026〕1号）：")
    counter.key(Qt.Key.Key_F9)
    assert len(counter.slips) == 2
    assert counter.presses == first + 1
    with capsys.disabled():
        print(f"\n没有来过 {first} 键；来过、还没看到就按 F9 {counter.presses} 键")
