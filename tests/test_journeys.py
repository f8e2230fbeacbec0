"""A visit by keys alone: from the item's initials to the paper in the hand, then found again and printed once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant import paths
from counter_assistant.operations.office import open_office
from counter_assistant.storage.catalogue_index import CatalogueIndex
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.main_window import MainWindow, PageSpec
from tests.ui.desk_hand import CONTROL, FakePrinting, commit, press, type_

NAME, PHONE = "罗𠅤克", "13800000461"
MOST_TO_ISSUE, MOST_TO_REPRINT = 15, 4
NOON = datetime.fromisoformat("2026-11-23T10:42:00+08:00")


class Visit:
    """The window with its two pages, and the keys pressed so far."""

    def __init__(self, window: MainWindow, desk: DeskPage, printing: FakePrinting) -> None:
        self.window, self.desk, self.printing = window, desk, printing
        self.presses = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        press(key, modifier)

    def keys(self, text: str) -> None:
        self.presses += len(text)
        type_(text)


@pytest.fixture
def visit(qtbot: Any, data_dir: Path) -> Iterator[Visit]:
    from counter_assistant.app import make_application

    make_application()
    office, printing = open_office(data_dir, lambda: NOON), FakePrinting()
    index = CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")
    desk = DeskPage(index.search, lambda: office, printing)
    desk.attach(office)
    start = PageSpec("desk", "受理", "F2", lambda _office: desk)
    archive = PageSpec("archive", "档案", "F4", lambda office: ArchivePage(office, printing))  # type: ignore[arg-type]
    window = MainWindow(start, desk, [archive], lambda: office)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(desk.panels.search.field.hasFocus)
    yield Visit(window, desk, printing)
    window.close()
    office.close()


def test_a_notice_takes_few_keys_and_is_found_again(
    visit: Visit, qtbot: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN somebody at the window who asks about renting, and brings two papers
    visit.keys("zl")
    visit.key(Qt.Key.Key_Return)
    visit.keys("1112")
    assert visit.desk.state.item == "B08"
    assert len(visit.desk.state.answers) == 4

    # WHEN two materials are ticked, name and phone are typed, and F9 is pressed
    visit.keys(" ")
    visit.key(Qt.Key.Key_Down)
    visit.keys(" ")
    visit.key(Qt.Key.Key_Return)
    commit(NAME)
    visit.key(Qt.Key.Key_Return)
    type_(PHONE)
    visit.key(Qt.Key.Key_F9)

    # THEN the paper is issued and printed
    number = visit.desk.panels.issued.number.text()
    assert [title for title, _ in visit.printing.papers] == [number]
    issued = visit.presses

    # AND by F4, two characters of the name, Enter and Ctrl+P it is printed again
    visit.key(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: visit.window.stack.currentWidget() is not visit.desk)
    commit(NAME[:2])
    visit.key(Qt.Key.Key_Return)
    visit.key(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(visit.printing.papers) == 2)
    assert visit.printing.papers[1][0].startswith(number)
    again = visit.presses - issued

    with capsys.disabled():
        print(
            f"\n出具 {issued} 键（至多 {MOST_TO_ISSUE}），找回并补打 {again} 键（至多 {MOST_TO_REPRINT}，名字两个字另计）"
        )
    assert issued <= MOST_TO_ISSUE
    assert again <= MOST_TO_REPRINT
