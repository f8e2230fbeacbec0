"""The keys of a page do what they do while the focus is beside it, too: in the navigation, in the bar over the pages, in a band."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from counter_assistant.printing import printers as printing
from counter_assistant.ui.application import Desk
from counter_assistant.ui.cases.panel import CasePanel
from counter_assistant.ui.desk.overlays.earlier import EarlierOverlay
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.print_service import ChoosePrinter
from counter_assistant.ui.registers.entry_line import EntryLine
from counter_assistant.ui.shell.bands.clock_band import ClockBand
from counter_assistant.ui.shell.keys_onward import FIELDS
from counter_assistant.ui.shell.page_keys import PageKeys
from counter_assistant.ui.widgets.page import Page
from tests.portion import Portion
from tests.ui.counter import Clock
from tests.ui.desk_hand import focused
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find
from tests.ui.test_focus_return import begin
from tests.ui.whole_window import whole_window

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_asked")]  # each opens the whole window

STAYING = {"数字", "空格", "E", "回车", "Tab", "← →", "↑ ↓", "↑ ↓ ← →"}
"""What writes or moves is of what has the focus."""
SEVERAL = {
    "翻页键": "PgDown PgUp", "Ctrl+翻页键": "Ctrl+PgDown Ctrl+PgUp", "PgUp PgDn": "PgDown PgUp", "Ctrl+回车": "Ctrl+Return",
    "Ctrl+P、Ctrl+S": "Ctrl+P Ctrl+S", "Ctrl+P、H、↑、↓": "Ctrl+P Ctrl+H", "Ctrl+回车 F9": "Ctrl+Return F9",
    "Alt+1 至 4": "Alt+1 Alt+2 Alt+3 Alt+4", "Alt+1 … Alt+0": " ".join(f"Alt+{n % 10}" for n in range(1, 11)),
}  # fmt: skip
"""What F1 writes in one line; an arrow moves in the navigation, with Control too."""
BESIDE = ("设置页", "clerk_switch")
"""A button of the navigation, and one of the bar."""
HEAD = re.compile("[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}")
"""The head of a book, which is another in every book."""


@pytest.fixture
def nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked for a file or a printer thinks better of it, no printer is there, and the day does not end."""
    monkeypatch.setattr(Clock, "__call__", lambda clock: clock.now)
    for asked in ("getSaveFileName", "getOpenFileName"):
        answer_file_dialog(monkeypatch, asked, lambda *_: ("", ""))
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Desk]:
    with whole_window(qtbot, tmp_path) as made:
        yield made


def combined(written: str) -> QKeyCombination:
    """A key as it is written, such as Ctrl+P."""
    return QKeySequence(written)[0]  # type: ignore[index, no-any-return]  # which its stub does not know


def press(*pressed: str) -> None:
    """Presses keys as the system tells a window of them: shortcuts have their turn, and the focus may move in between."""
    for one in pressed:
        combination = combined(one)
        window = QGuiApplication.focusWindow()
        assert window is not None
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def keys_of(page: Page) -> list[str]:
    """The keys that F1 shows of a page and that are not of what has the focus."""
    sheet = page.findChild(PageKeys)
    assert sheet is not None
    listed = [label for label, _ in sheet.keys if label not in STAYING and label != (page.to_pages or ("",))[0]]
    every = [one for label in listed for one in SEVERAL.get(label, label).split()]
    assert [one for one in every if combined(one).key() is Qt.Key.Key_unknown] == []
    return ["F1", *every]


def place_in(page: Page) -> QWidget:
    """Something of a page that takes the focus and no text: its list, its chart, else a button."""
    stops = [stop for stop in page.findChildren(QWidget) if stop.isVisible() and stop.isEnabled()]
    stops = [stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(stop, FIELDS)]
    return min(stops, key=lambda stop: isinstance(stop, QAbstractButton))


def seen(desk: Desk) -> list[str]:
    """What the window shows: what is written where, how far it is scrolled, and what is said."""
    told = [desk.window.page.accessibleName(), desk.window.status.message.whole]
    for widget in desk.window.page.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            told.append(HEAD.sub("…", f"{widget.objectName()}: {widget.text()}"))
        elif widget.isVisible() and isinstance(widget, QAbstractScrollArea):
            told.append(f"{widget.accessibleName()} {widget.verticalScrollBar().value()}")
    return told


def settled(desk: Desk, qtbot: Any) -> list[str]:
    """What the window shows once nothing changes by itself any more."""
    shown: list[list[str]] = [[]]

    def stands_still() -> bool:
        shown.append(seen(desk))
        return shown[-1] == shown[-2] and "Esc 停" not in shown[-1][1]

    while not stands_still():
        qtbot.wait(60)
    return shown[-1]


def arrange(desk: Desk, page: str, qtbot: Any) -> None:
    """The page with nothing over it, and the focus in its list; on the desk a visitor."""
    if menu := QApplication.activePopupWidget():
        menu.close()
    desk.window.end_over()
    desk.window.end_instead()
    desk.window.show_page(page)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    settled(desk, qtbot)
    press("Esc", "Esc")
    if page == "desk":
        place_in(desk.page).setFocus()
        press("Esc", "Esc", "Esc")
        assert desk.page.model.state.vacant
        find(desk.page, QLineEdit, "item_search").setFocus()
        begin(desk.page)
        qtbot.waitUntil(lambda: not find(desk.page, QWidget, "上次告知").isHidden())
    place_in(desk.window.page).setFocus()
    desk.window.status.say("")


def what_the_keys_show(desk: Desk, page: str, keys: Sequence[str], beside: str, qtbot: Any) -> dict[str, list[str]]:
    """For each of the keys of a page what is seen after it, from where the focus is; nothing where nothing is different then."""
    shown = {}
    for one in keys:
        arrange(desk, page, qtbot)
        if beside:
            find(desk.window, QAbstractButton, beside).setFocus()
        before = settled(desk, qtbot)
        press(one)
        after = settled(desk, qtbot)
        shown[one] = after if after != before else []
    return shown


@pytest.mark.nightly("keys_onward", by_day=1)
@pytest.mark.parametrize("page", [spec.key for spec in PAGES])
def test_a_key_of_a_page_shows_the_same_wherever_the_focus_is(
    qtbot: Any, tmp_path: Path, page: str, portion: Portion
) -> None:
    """GIVEN the focus in the page, in the navigation or in the bar WHEN a key is pressed that F1 shows THEN it does the same."""
    shown, keys = {}, list[str]()
    for beside in ("", *BESIDE):
        with whole_window(qtbot, tmp_path / f"at {beside}") as desk:
            desk.window.show_page(page)
            keys = keys or portion.of(keys_of(desk.window.page), sample=6)
            shown[beside] = what_the_keys_show(desk, page, keys, beside, qtbot)
    assert any(shown[""].values())
    for beside in BESIDE:
        assert shown[beside] == shown[""], beside


def beside(desk: Desk) -> QWidget:
    """A button of the navigation, which has the focus."""
    button = find(desk.window, QAbstractButton, BESIDE[0])
    button.setFocus()
    assert focused() is button
    return button


def with_a_visitor(desk: Desk, qtbot: Any) -> int:
    """Somebody is on the desk. Returns how many entries the book has."""
    begin(desk.page)
    qtbot.waitUntil(lambda: not find(desk.page, QWidget, "上次告知").isHidden())
    return entries(desk)


def entries(desk: Desk) -> int:
    return desk.page.model.office.book.head()[0]


class Counted(QObject):
    """Counts the keys that come to a widget from anywhere in it."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.keys: list[int] = []
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keys.append(event.key())
        return False


@pytest.mark.nightly("keys_onward", by_day=3)
@pytest.mark.parametrize("page", [spec.key for spec in PAGES])
def test_a_key_that_means_nothing_comes_to_the_page_once_and_nothing_is_different(
    desk: Desk, qtbot: Any, page: str
) -> None:
    desk.window.show_page(page)
    before, button, counted = settled(desk, qtbot), beside(desk), Counted(desk.window.page)
    press("Ctrl+U", "F13")
    assert counted.keys == [Qt.Key.Key_U, Qt.Key.Key_F13]
    assert (settled(desk, qtbot), focused()) == (before, button)


@pytest.mark.nightly("keys_onward", by_day=3)
@pytest.mark.parametrize("page", [spec.key for spec in PAGES])
def test_what_writes_or_moves_stays_in_the_navigation(desk: Desk, page: str) -> None:
    desk.window.show_page(page)
    button, counted = beside(desk), Counted(desk.window.page)
    press("1", "E", "Shift+E", "Home", "Backspace")
    assert (counted.keys, focused()) == ([], button)
    press("Up")
    assert (counted.keys, focused()) == ([], find(desk.window, QAbstractButton, "事项页，F6"))


@pytest.mark.parametrize("opening", ["Space", "Return"])
def test_space_and_enter_open_the_page_that_is_marked_in_the_navigation(desk: Desk, opening: str) -> None:
    """GIVEN a page on which Enter means something THEN it is of the navigation all the same."""
    desk.window.show_page("cases")
    counted = Counted(desk.window.page)
    beside(desk)
    press("Up", opening)
    assert (counted.keys, desk.window.page.accessibleName()) == ([], "事项")


@pytest.mark.parametrize("page", ["desk", "cases", "archive", "registers", "items"])
def test_what_is_typed_in_a_field_is_not_touched_from_beside(desk: Desk, qtbot: Any, page: str) -> None:
    """GIVEN a field that was left with something typed WHEN keys that edit are pressed in the navigation THEN it stands as it was."""
    desk.window.show_page(page)
    field = focused()
    assert isinstance(field, QLineEdit)
    QApplication.clipboard().setText("旧")
    press("Q", "X")
    settled(desk, qtbot)
    field.setCursorPosition(1)
    beside(desk)
    press("Ctrl+Z", "Del", "Ctrl+V", "Ctrl+A", "Ctrl+X", "Backspace", "W")
    assert field.text() == "qx"


def test_a_layer_over_the_page_keeps_the_keys(desk: Desk, qtbot: Any) -> None:
    """GIVEN the comparison over the desk and the focus beside it WHEN F9 is pressed THEN nothing is issued beneath; Esc closes the layer alone."""
    before = with_a_visitor(desk, qtbot)
    press("Ctrl+L")
    layer = find(desk.page, EarlierOverlay)
    assert layer.isVisible()
    beside(desk)
    press("F9", "F7")
    assert (layer.isVisible(), entries(desk)) == (True, before)
    press("Esc")
    assert (layer.isVisible(), desk.page.model.state.item, entries(desk)) == (False, "B08", before)


def test_what_a_line_asks_for_is_not_lost_by_a_key_from_beside(desk: Desk, qtbot: Any) -> None:
    """GIVEN something half typed in the line of 登记 WHEN Esc is pressed in the navigation THEN the line closes, and keeps it for the next time."""
    press("F5", "F7", "1", "Q", "X")
    typed = focused()
    assert isinstance(typed, QLineEdit)
    before = entries(desk)
    beside(desk)
    press("F9", "Esc")
    assert (find(desk.window, EntryLine).isVisible(), entries(desk)) == (False, before)
    press("F7", "1")
    qtbot.waitUntil(lambda: isinstance(focused(), QLineEdit))  # a digit is held back for a moment
    again = focused()
    assert isinstance(again, QLineEdit)
    assert again.text() == "qx"


def test_nothing_is_done_beneath_what_covers_the_pages(desk: Desk, qtbot: Any) -> None:
    """GIVEN a page over everything, such as a lock, and the focus in the bar WHEN F9 is pressed THEN it is that page's."""
    before = with_a_visitor(desk, qtbot)
    cover = Page()
    desk.window.show_over(cover)
    counted = Counted(cover)
    find(desk.window, QAbstractButton, BESIDE[1]).setFocus()
    press("F9", "Ctrl+F9", "Esc")
    assert counted.keys == [Qt.Key.Key_F9, Qt.Key.Key_F9, Qt.Key.Key_Escape]
    desk.window.end_over()
    assert (desk.page.model.state.item, entries(desk)) == ("B08", before)


def test_the_keys_of_the_page_work_from_a_band(desk: Desk, qtbot: Any) -> None:
    with_a_visitor(desk, qtbot)
    band = find(desk.window, ClockBand)
    band.shown.emit(True)
    confirm = find(band, QAbstractButton, "clock_confirm")
    confirm.setFocus()
    press("F1")
    sheet = desk.page.findChild(PageKeys)
    assert sheet is not None
    assert sheet.isVisible()
    press("Esc")
    assert (sheet.isVisible(), focused()) == (False, confirm)
    press("F9", "F9")
    assert desk.page.served


def test_a_key_held_down_acts_once(desk: Desk) -> None:
    """GIVEN F9 held down in the navigation THEN what acts once for it in the page acts once."""
    desk.window.show_page("cases")
    acted = []
    find(desk.window.page, CasePanel).next.clicked.connect(lambda: acted.append(1))
    button = beside(desk)
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "", repeated)
        QApplication.sendEvent(button, event)
    assert acted == [1]
