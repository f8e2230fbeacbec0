"""What is typed and not recorded holds the window open once, on every page that has something to record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.ui.shell.page_spec import PageContext
from counter_assistant.ui.start import read_index
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.ui.counter import NO_KEY, opened, press, retype, show
from tests.ui.desk_hand import FakePrinting
from tests.ui.find import find

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
Keys = tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened(tmp_path, "欧阳雪") as office:
        issue_slip(office, a_request(**ROWS["3-held"][0]))
        context = PageContext(lambda: office, read_index().search)
        desk = DeskPage(context.search, context.office, FakePrinting())
        desk.attach(office)
        made = MainWindow(PAGES, desk, context)
        show(qtbot, made, (1366, 768))
        yield made
        desk.close_down()


@pytest.mark.parametrize(
    ("page", "before", "field", "sentence"),
    [
        ("cases", ((Key.Key_8, ALT), (Key.Key_F7, NO_KEY), (Key.Key_4, NO_KEY)), "note", "这一步还没有登记"),
        ("archive", ((Key.Key_Return, NO_KEY), (Key.Key_Delete, NO_KEY)), "作废原因", "作废还没有登记"),
        ("registers", ((Key.Key_F7, NO_KEY), (Key.Key_2, NO_KEY)), "text", "这一条还没有登记"),
        ("items", ((Key.Key_F9, NO_KEY),), "number", "核定还没有登记"),
        ("settings", (), "branch", "未保存的修改"),
    ],
    ids=["cases", "archive", "registers", "items", "settings"],
)
@pytest.mark.slow
def test_the_window_is_held_open_once(window: MainWindow, page: str, before: Keys, field: str, sentence: str) -> None:
    window.show_page(page)
    for key in before:
        press(*key)
    find(window.stack.currentWidget(), QLineEdit, field).setFocus()
    retype("临公积金9号")
    shown = window.stack.currentWidget()
    press(Key.Key_F2)
    window.close()
    assert window.isVisible()
    assert window.stack.currentWidget() is shown
    assert sentence in window.status.message.accessibleName()
    window.close()
    assert not window.isVisible()


def test_what_only_was_looked_at_holds_nothing(window: MainWindow) -> None:
    for page in ("cases", "archive", "registers", "items", "settings"):
        window.show_page(page)
    press(Key.Key_F3)
    press(Key.Key_8, ALT)
    find(window.stack.currentWidget(), QAbstractItemView, "办件列表").setFocus()
    press(Key.Key_F7)
    window.close()
    assert not window.isVisible()
