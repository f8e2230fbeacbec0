"""Tab goes round the whole window and leaves nothing out: over every page as it opens, forwards and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from counter_assistant.printing import printers as printing
from counter_assistant.ui.application import Desk
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.print_service import ChoosePrinter
from tests.portion import Portion
from tests.ui.counter import SHIFT, press
from tests.ui.desk_hand import focused
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.whole_window import whole_window

pytestmark = pytest.mark.slow  # each opens the whole window

Key = Qt.Key
MOST = 200


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Desk]:
    """A window with cases and papers, each page of which has its buttons."""
    with whole_window(qtbot, tmp_path) as made:
        yield made


def stops(window: QWidget) -> set[QWidget]:
    """What Tab has to come to."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not isinstance(widget.parentWidget(), QAbstractSpinBox)
    }


def gone_round(forwards: bool) -> list[QWidget]:
    """What Tab comes to until it is back."""
    seen = [focused()]
    for _ in range(MOST):
        press(Key.Key_Tab if forwards else Key.Key_Backtab, Qt.KeyboardModifier.NoModifier if forwards else SHIFT)
        if focused() is seen[0]:
            return seen
        seen.append(focused())
    raise AssertionError(f"Tab never comes back: {[widget.accessibleName() for widget in seen[:20]]}")


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_tab_comes_to_everything_and_back_again(desk: Desk, key: str) -> None:
    desk.window.show_page(key)
    there = stops(desk.window)
    forwards = gone_round(forwards=True)
    left_out = [widget.accessibleName() or type(widget).__name__ for widget in there - set(forwards)]
    assert left_out == []
    assert len(set(forwards)) == len(forwards)
    back = gone_round(forwards=False)
    assert back[1:] == list(reversed(forwards[1:]))


@pytest.mark.parametrize("key", ["cases", "registers", "items"])
def test_the_acts_of_a_page_come_after_its_list(desk: Desk, key: str) -> None:
    """What is chosen first, then what is done with it; then the other pages."""
    page = desk.window.show_page(key)
    assert page is not None
    inside = [page.isAncestorOf(widget) for widget in gone_round(forwards=True)]
    assert inside == sorted(inside, reverse=True)


def test_a_page_begins_where_it_began_however_often_tab_went_round(desk: Desk) -> None:
    page = desk.window.show_page("registers")
    assert page is not None
    begins = page.focusProxy()
    gone_round(forwards=True)
    assert page.focusProxy() is begins


LEAVES_THE_WINDOW = ("练习模式", "换经办人", "文明用语")
"""The first ends the program, the second opens a menu of Qt's own, the third may be a window of its own."""


@pytest.fixture
def nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked for a file or a printer thinks better of it, and no printer is there."""
    for asked in ("getSaveFileName", "getOpenFileName"):
        answer_file_dialog(monkeypatch, asked, lambda *_: ("", ""))
    answer_file_dialog(monkeypatch, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))


@pytest.mark.nightly("tab")
@pytest.mark.usefixtures("nothing_asked")
def test_tab_leads_out_of_whatever_is_done_by_its_name_and_back(desk: Desk, qtbot: Any, portion: Portion) -> None:
    """GIVEN an act that left the focus anywhere WHEN Tab is pressed on and on, or Shift+Tab, THEN it comes back there."""
    held = []
    for offered in portion.of(desk.context.offered, sample=12):
        name = offered.action.names[0]
        if name in LEAVES_THE_WINDOW:
            continue
        desk.window.end_over()
        desk.window.end_instead()
        desk.window.show_page("desk")
        desk.window.activateWindow()
        qtbot.waitUntil(lambda: desk.window.isActiveWindow() and QApplication.focusWidget() is not None)
        before = focused()
        offered.act()
        qtbot.wait(30)
        if QApplication.focusWidget() is None or not desk.window.isActiveWindow():
            # A window of its own, such as a sign.
            close_others(desk)
            qtbot.waitUntil(lambda: desk.window.isActiveWindow() and QApplication.focusWidget() is not None)
            if focused() is not before:
                held.append(f"{name}: closed, the focus is at {focused().accessibleName()}")
            continue
        for forwards in (True, False):
            try:
                gone_round(forwards)
            except AssertionError as error:
                held.append(f"{name} {'Tab' if forwards else 'Shift+Tab'}: {error}")
        for _ in range(2):
            if QApplication.focusWidget():
                press(Key.Key_Escape)
        close_others(desk)
    assert held == []


def close_others(desk: Desk) -> None:
    """Closes whatever is a window of its own."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and window is not desk.window:
            window.close()
