"""Whatever is opened and closed again, the focus is where it was before: over every layer, dialog and page of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.wording.suggestions import CurrentMatter
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.lead.chart_view import ChartView
from counter_assistant.ui.lead.page import LeadPage
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.phrases.dock import PhraseDock
from counter_assistant.ui.print_service import ChoosePrinter
from counter_assistant.ui.ratings.offering import RatingOffer
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.ui.shell.page_spec import PageContext
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.ui.counter import CONTROL, NO_KEY, opened, press
from tests.ui.desk_hand import FakePrinting, commit, focused, type_
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

Key = Qt.Key
Press = tuple[Qt.Key, Qt.KeyboardModifier]
ESC: Press = (Key.Key_Escape, NO_KEY)


SETTINGS, LEAD = "settings", "lead"


class Layer(NamedTuple):
    """Something that opens over a page: the page's key, or its name where it has none, a widget with the focus, what opens it, what closes it."""

    page: Qt.Key | str
    kind: type[QWidget]
    name: str
    opened_by: Press
    closed_by: Press | None = ESC


LAYERS = {
    "desk, keys": Layer(Key.Key_F2, QLineEdit, "phone", (Key.Key_F1, NO_KEY)),
    "desk, circumstances": Layer(Key.Key_F2, QLineEdit, "phone", (Key.Key_F10, NO_KEY)),
    "desk, another paper": Layer(Key.Key_F2, QLineEdit, "name", (Key.Key_F7, NO_KEY)),
    "desk, parts": Layer(Key.Key_F2, QLineEdit, "name", (Key.Key_N, CONTROL)),
    "desk, comparison": Layer(Key.Key_F2, QLineEdit, "phone", (Key.Key_L, CONTROL)),
    "desk, what to mend": Layer(Key.Key_F2, QAbstractItemView, "材料清单", (Key.Key_E, NO_KEY)),
    "desk, phrases": Layer(Key.Key_F2, QLineEdit, "name", (Key.Key_J, CONTROL)),
    "cases, keys": Layer(Key.Key_F3, QAbstractItemView, "办件列表", (Key.Key_F1, NO_KEY)),
    "cases, a step": Layer(Key.Key_F3, QLineEdit, "查找办件", (Key.Key_F7, NO_KEY)),
    "cases, the month": Layer(Key.Key_F3, QAbstractItemView, "办件列表", (Key.Key_M, CONTROL)),
    "cases, phrases": Layer(Key.Key_F3, QLineEdit, "查找办件", (Key.Key_J, CONTROL)),
    "archive, keys": Layer(Key.Key_F4, QLineEdit, "查找文书", (Key.Key_F1, NO_KEY)),
    "archive, voiding": Layer(Key.Key_F4, QAbstractItemView, "文书列表", (Key.Key_Delete, NO_KEY)),
    "archive, a file": Layer(Key.Key_F4, QAbstractItemView, "文书列表", (Key.Key_S, CONTROL), None),
    "registers, keys": Layer(Key.Key_F5, QLineEdit, "查找登记", (Key.Key_F1, NO_KEY)),
    "registers, a line": Layer(Key.Key_F5, QLineEdit, "查找登记", (Key.Key_F7, NO_KEY)),
    "items, keys": Layer(Key.Key_F6, QLineEdit, "guide_day", (Key.Key_F1, NO_KEY)),
    "items, approval": Layer(Key.Key_F6, QLineEdit, "guide_day", (Key.Key_F9, NO_KEY)),
    "items, displays": Layer(Key.Key_F6, QLineEdit, "guide_day", (Key.Key_B, CONTROL)),
    "items, a file": Layer(Key.Key_F6, QLineEdit, "查找事项", (Key.Key_S, CONTROL), None),
    "lead, keys": Layer(LEAD, ChartView, "chart_visits", (Key.Key_F1, NO_KEY)),
    "lead, one clerk": Layer(LEAD, ChartView, "chart_promises", (Key.Key_F8, NO_KEY)),
    "lead, a figure": Layer(LEAD, ChartView, "chart_promises", (Key.Key_Return, NO_KEY)),
    "settings, keys": Layer(SETTINGS, QLineEdit, "branch", (Key.Key_F1, NO_KEY)),
    "settings, review": Layer(SETTINGS, QLineEdit, "branch", (Key.Key_Return, CONTROL)),
    "settings, phrases": Layer(SETTINGS, QLineEdit, "window", (Key.Key_J, CONTROL)),
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window with a matter on the desk whose applicant was told before, and a paper open in the archive."""

    def choose(*_: object) -> tuple[str, str]:
        find(made, QPushButton, "issue").setFocus()  # as a dialog leaves it that knows nothing of the window
        return "", ""

    answer_file_dialog(monkeypatch, "getSaveFileName", choose)
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    with opened(tmp_path, "欧阳雪") as office:
        issue_slip(office, a_request(**ROWS["3-held"][0]))
        context = PageContext(lambda: office, read_index().search)
        desk = DeskPage(context.search, context.office, FakePrinting())
        made = MainWindow(PAGES, desk, context)
        phrases = PhraseDock(made, tmp_path)
        desk.attach(office)
        phrases.attach(office, lambda: CurrentMatter(desk.matter, desk.served))
        qtbot.addWidget(made)
        made.resize(1366, 768)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        qtbot.waitUntil(find(desk, QLineEdit, "item_search").hasFocus)
        begin(desk)
        qtbot.waitUntil(lambda: not find(desk, QWidget, "上次告知").isHidden())
        press(Key.Key_F4)
        press(Key.Key_Return)
        yield made
        phrases.close_down()
        made.close()


def begin(desk: DeskPage) -> None:
    type_("B08")
    press(Key.Key_Return)
    type_("122")
    find(desk, QLineEdit, "name").setFocus()
    commit("欧阳雪")
    find(desk, QLineEdit, "phone").setFocus()
    type_("13800001000")


def go_to(window: MainWindow, page: Qt.Key | str) -> None:
    """Goes to a page as the clerk does: by its key, or by a click."""
    if page == LEAD:
        lead = window.show_page(LEAD)  # nobody has a role here, and it is not listed
        assert isinstance(lead, LeadPage)
        while lead.report is None:
            QApplication.processEvents()
    elif isinstance(page, str):
        find(window.navigation, QAbstractButton, "设置页").click()
    else:
        press(page)


def put_focus(window: MainWindow, layer: Layer) -> QWidget:
    """Goes to the page and puts the focus where the layer is opened from."""
    go_to(window, layer.page)
    widget = find(window.stack.currentWidget(), layer.kind, layer.name)
    widget.setFocus()
    assert focused() is widget
    return widget


@pytest.mark.nightly("focus_return", by_day=3)
@pytest.mark.parametrize("page", ["desk", "cases", "archive", "registers", "items", "lead", "settings"])
def test_what_is_closed_gives_the_focus_back(window: MainWindow, page: str) -> None:
    for name, layer in LAYERS.items():
        if name.startswith(page):
            widget = put_focus(window, layer)
            press(*layer.opened_by)
            if layer.closed_by:
                assert focused() is not widget or name == "desk, keys", (
                    name
                )  # the desk's own sheet leaves the focus alone
                press(*layer.closed_by)
            assert focused() is widget, name


@pytest.mark.nightly("focus_return", by_day=3)
@pytest.mark.parametrize("page", ["desk", "cases", "archive", "registers", "items", "lead", "settings"])
def test_what_is_opened_is_closed_by_the_mouse_too(window: MainWindow, page: str) -> None:
    for name, layer in LAYERS.items():
        if name.startswith(page) and layer.closed_by == ESC and name not in ("desk, keys", "desk, what to mend"):
            widget = put_focus(window, layer)
            press(*layer.opened_by)
            closing = [
                b for b in window.findChildren(QPushButton) if "Esc" in b.text() + b.accessibleName() and b.isVisible()
            ]
            assert len(closing) == 1, name
            closing[0].click()
            assert not closing[0].isVisible(), name
            assert focused() is widget, name


def test_a_page_that_is_come_back_to_goes_on_where_it_was(window: MainWindow) -> None:
    left_at = {layer.page: put_focus(window, layer) for layer in LAYERS.values()}
    assert len(left_at) == len(PAGES)
    for page, widget in left_at.items():
        go_to(window, page)
        assert focused() is widget


def test_the_key_of_the_page_that_is_shown_goes_to_where_it_begins(window: MainWindow) -> None:
    put_focus(window, LAYERS["archive, voiding"])
    press(Key.Key_F4)
    assert focused() is find(window.stack.currentWidget(), QLineEdit, "查找文书")


def test_what_is_typed_goes_on_at_the_cursor(window: MainWindow) -> None:
    """GIVEN the cursor within a name WHEN another page was looked at THEN what is typed stands where the cursor was."""
    press(Key.Key_F2)
    name = find(window.stack.currentWidget(), QLineEdit, "name")
    name.setFocus()
    name.setCursorPosition(2)
    press(Key.Key_F3)
    press(Key.Key_F2)
    commit("小")
    assert name.text() == "欧阳小雪"


def test_a_widget_that_is_gone_gets_nothing(window: MainWindow) -> None:
    gone, back = EntryEdit("查找", parent=window), FocusReturn()
    gone.show()
    gone.setFocus()
    back.keep()
    gone.hide()
    assert not back.give_back()


def test_the_page_that_was_turned_to_the_visitor_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    widget = put_focus(window, LAYERS["registers, a line"])
    office = find(window, RegisterPage).office
    context = PageContext(lambda: office, read_index().search)
    offer = RatingOffer(office, context, window, lambda: CurrentMatter(None), lambda: lambda: None)
    offer.open()
    page = offer.page
    assert page is not None
    qtbot.waitUntil(page.isActiveWindow)
    assert focused() is page
    press(*ESC)
    qtbot.waitUntil(widget.hasFocus)
    assert offer.page is None
