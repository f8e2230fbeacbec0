"""In every size of type, on the screens that counters have, no word of a button or a label is cut: what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_assistant.printing import printers as printing
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.application import Desk
from counter_assistant.ui.local_settings import TYPE_SIZES
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.print_service import ChoosePrinter
from tests.portion import Portion
from tests.ui.counter import press
from tests.ui.cut import cut_texts
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find
from tests.ui.test_focus_return import ESC, LAYERS, begin, put_focus
from tests.ui.whole_window import whole_window

pytestmark = pytest.mark.slow  # each opens the whole window

SCREENS = {"1366x768": (1366, 696), "1093x614": (1093, 542)}
"""What a title bar and a taskbar leave of the screens that counters have."""
LEAVE_THE_WINDOW = ("练习模式", "换经办人")
"""The first ends the program, the second opens a menu of Qt's own."""
EVERY_SIZE = [pytest.param(size, screen, id=f"{n}-{screen}") for n, size in enumerate(TYPE_SIZES) for screen in SCREENS]


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str, screen: str) -> Iterator[Desk]:
    """A window with cases and papers, in a size of type, as large as a screen allows."""
    for asked in ("getSaveFileName", "getOpenFileName"):
        answer_file_dialog(monkeypatch, asked, lambda *_: ("", ""))
    answer_file_dialog(monkeypatch, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, TYPE_SIZES[size])
    with whole_window(qtbot, tmp_path, size=SCREENS[screen]) as made:
        yield made
    theme.apply(application)


def cut(qtbot: Any, desk: Desk, where: str) -> list[str]:
    """What is cut in any window of the program's, once it has come to rest."""
    found: list[str] = []
    for pause in (30, 300):
        qtbot.wait(pause)
        assert desk.window.isVisible(), where
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        found = [f"{where}: {fault}" for window in windows for fault in cut_texts(window)]
        if not found:
            break
    return found


@pytest.mark.nightly("type_sizes", by_day=2)
@pytest.mark.parametrize(("size", "screen"), EVERY_SIZE)
def test_no_word_of_a_page_is_cut_and_the_visitor_is_served(qtbot: Any, desk: Desk) -> None:
    found = []
    for spec in PAGES:
        desk.window.show_page(spec.key)
        found += cut(qtbot, desk, spec.title)
    desk.window.show_page("desk")
    begin(desk.page)
    found += cut(qtbot, desk, "a visitor")
    number = find(desk.page, QLabel, "issued_number")
    for _ in range(3):  # what was told before is said once
        if not number.isVisible():
            press(Qt.Key.Key_F9)
    qtbot.waitUntil(number.isVisible)
    found += cut(qtbot, desk, "the number")
    assert found == []


def left(desk: Desk) -> None:
    """Esc, until nothing is over the page; a panel that floats is let go."""
    for _ in range(3):
        if QApplication.focusWidget():
            press(*ESC)


def left_to_the_start(qtbot: Any, desk: Desk) -> None:
    """Closes whatever lies over the pages."""
    desk.window.end_over()
    desk.window.end_instead()
    desk.window.show_page("desk")
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.window.isActiveWindow() and QApplication.focusWidget() is not None)


@pytest.mark.nightly("type_sizes", by_day=1)
@pytest.mark.parametrize(("size", "screen"), EVERY_SIZE)
def test_no_word_of_what_opens_over_a_page_is_cut(qtbot: Any, desk: Desk) -> None:
    begin(desk.page)
    desk.window.show_page("archive")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_Return)  # a paper is open there
    found = []
    for name, layer in LAYERS.items():
        left_to_the_start(qtbot, desk)
        widget = put_focus(desk.window, layer)
        press(*layer.opened_by)
        opened = QApplication.focusWidget() is not widget
        assert opened or layer.closed_by is None or name == "desk, keys", name  # a dialog for files is answered at once
        found += cut(qtbot, desk, name)
        press(*ESC) if QApplication.focusWidget() else None
    assert found == []


@pytest.mark.nightly("type_sizes", by_day=1)
@pytest.mark.parametrize(("size", "screen"), EVERY_SIZE)
def test_no_word_of_what_is_opened_by_its_name_is_cut(qtbot: Any, desk: Desk, portion: Portion) -> None:
    found = []
    for offered in portion.of(desk.context.offered, sample=12):
        name = offered.action.names[0]
        if name not in LEAVE_THE_WINDOW:
            left_to_the_start(qtbot, desk)
            offered.act()
            found += cut(qtbot, desk, name)
            left(desk)
    assert found == []
