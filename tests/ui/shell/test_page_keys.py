"""F1 on the pages beside the desk: it shows their keys, and Esc closes nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.ui.shell.page_keys import FOOT, MOST_KEYS, PageKeys
from counter_assistant.ui.shell.page_spec import PageContext
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.card import Card
from tests.ui.counter import CONTROL, commit, opened, press, screen_texts
from tests.ui.desk_hand import FakePrinting, focused
from tests.ui.find import find


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened(tmp_path, "欧阳雪") as office:
        context = PageContext(lambda: office, read_index().search)
        desk = DeskPage(context.search, context.office, FakePrinting())
        desk.attach(office)
        made = MainWindow(PAGES, desk, context)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        qtbot.waitUntil(find(desk, QLineEdit, "item_search").hasFocus)
        yield made
        made.close()


def test_f1_shows_the_keys_of_the_page_and_esc_closes_only_them(window: MainWindow) -> None:
    press(Qt.Key.Key_F4)
    page = window.stack.currentWidget()
    assert isinstance(page, ArchivePage)
    commit("欧阳")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F1)
    layer = page.findChild(PageKeys)
    assert layer
    assert layer.isVisible()
    to_pages = " ".join(spec.shortcut for spec in PAGES if spec.shortcut)
    assert {"补打一式二份", "Ctrl+P", FOOT, to_pages} <= set(screen_texts(layer))
    press(Qt.Key.Key_Tab)
    assert layer.hasFocus()
    press(Qt.Key.Key_Escape)
    assert not layer.isVisible()
    assert (find(page, QLineEdit, "查找文书").text(), page.record is not None, find(page, QTableView).hasFocus()) == (
        "欧阳",
        True,
        True,
    )


def test_the_keys_of_the_desk_name_the_pages_too_and_esc_closes_only_them(window: MainWindow) -> None:
    commit("zl")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F1)
    desk = window.stack.currentWidget()
    assert isinstance(desk, DeskPage)
    layer = desk.findChild(PageKeys)
    assert layer
    assert {*(desk.to_pages or ()), "Ctrl+F9"} <= set(screen_texts(layer))
    press(Qt.Key.Key_Escape)
    assert (layer.isVisible(), desk.model.state.item) == (False, "B08")


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_no_page_has_more_keys_than_one_look_takes_in(window: MainWindow, key: str) -> None:
    """A new action gets a name in the search (docs/simple-desk.md), not a key more."""
    page = window.show_page(key)
    assert page is not None
    layer = page.findChild(PageKeys)
    assert layer
    assert 1 < len(layer.keys) <= MOST_KEYS
    assert len({pressed for pressed, _ in layer.keys}) == len(layer.keys)


def test_f1_closes_the_keys_again(window: MainWindow) -> None:
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F1)
    layer = window.stack.currentWidget().findChild(PageKeys)
    assert layer
    assert layer.hasFocus()
    press(Qt.Key.Key_F1)
    assert not layer.isVisible()
    assert focused() is window.stack.currentWidget().focusProxy()


def test_an_item_taken_to_the_empty_desk_is_asked_about_at_once(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F6)
    commit("B08")
    press(Qt.Key.Key_Return, CONTROL)
    desk = window.stack.currentWidget()
    assert isinstance(desk, DeskPage)
    qtbot.wait(50)
    assert QApplication.focusWidget() is find(desk, Card, "情形")
    press(Qt.Key.Key_1)
    assert desk.model.state.answers
