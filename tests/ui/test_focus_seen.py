"""Where the focus is can be seen: whatever Tab comes to looks otherwise with it, in high contrast too, and what is clicked is large enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from counter_assistant.printing import printers as printing
from counter_assistant.ui.appearance import focus_frame, theme
from counter_assistant.ui.appearance.palette import CONTRAST, LIGHT, Palette
from counter_assistant.ui.application import Desk
from counter_assistant.ui.pages import PAGES
from tests.ui.counter import press
from tests.ui.desk_hand import focused
from tests.ui.targets import small_targets
from tests.ui.test_focus_return import begin
from tests.ui.whole_window import whole_window

pytestmark = pytest.mark.slow  # each opens the whole window

MOST = 150
SEEN = 3.0
"""The contrast that what shows the focus has to what is there without it (WCAG 2.2, 2.4.13)."""
LEAST = 40
"""So many pixels must have it: a bar beside a line has more."""
VISITOR = "visitor"


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colours: Palette) -> Iterator[Desk]:
    """A window with cases and papers, in some colours."""
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    flash = application.cursorFlashTime()
    with monkeypatch.context() as dressed:
        dressed.setattr(theme, "preferred", lambda **_: colours)
        theme.apply(application)
        application.setCursorFlashTime(0)
        with whole_window(qtbot, tmp_path) as made:
            yield made
    application.setCursorFlashTime(flash)
    theme.apply(application)


def picture(window: QWidget, place: QRect) -> QImage:
    return window.grab(place).toImage()


def differing(with_: QImage, without: QImage) -> int:
    """How many pixels stand out against what is there without the focus."""
    seen: dict[tuple[int, int], bool] = {}
    found = 0
    for y in range(with_.height()):
        for x in range(with_.width()):
            both = with_.pixel(x, y), without.pixel(x, y)
            if both[0] != both[1]:
                if both not in seen:
                    lighter, darker = sorted((luminance(QColor(one)) for one in both), reverse=True)
                    seen[both] = (lighter + 0.05) / (darker + 0.05) >= SEEN
                found += seen[both]
    return found


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def go_to(desk: Desk, key: str, qtbot: Any) -> None:
    desk.window.show_page("desk" if key == VISITOR else key)
    if key == VISITOR:
        begin(desk.page)
    qtbot.wait(200)


@pytest.mark.nightly("focus", by_day=4)
@pytest.mark.parametrize("colours", [CONTRAST, LIGHT], ids=["contrast", "light"])
@pytest.mark.parametrize("key", [*(spec.key for spec in PAGES), VISITOR])
def test_whatever_tab_comes_to_shows_it_and_can_be_hit(desk: Desk, qtbot: Any, key: str) -> None:
    go_to(desk, key, qtbot)
    assert small_targets(desk.window) == []
    first, unseen = focused(), []
    for _ in range(MOST):
        here = focused()
        place = QRect(here.mapTo(desk.window, QPoint(0, 0)), here.size()).adjusted(-3, -3, 3, 3) & desk.window.rect()
        with_focus = picture(desk.window, place)
        press(Qt.Key.Key_Tab)
        without = picture(desk.window, place)
        if with_focus.size() == without.size() and differing(with_focus, without) < LEAST:
            unseen.append(f"{type(here).__name__} {here.accessibleName()}")
        if focused() is first:
            break
    assert unseen == []


@pytest.mark.parametrize("colours", [LIGHT], ids=["light"])
def test_the_frame_goes_with_the_focus_and_takes_no_room(desk: Desk, qtbot: Any) -> None:
    desk.window.show_page("settings")
    listed = next(view for view in desk.window.page.findChildren(QListWidget) if view.isVisible())
    before = listed.viewport().geometry()
    listed.setFocus()
    (frame,) = desk.window.findChildren(focus_frame.FocusFrame)
    assert (frame.parentWidget(), frame.geometry(), listed.viewport().geometry()) == (listed, listed.rect(), before)
    desk.window.resize(1366, 700)
    qtbot.waitUntil(lambda: frame.size() == listed.size())
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: desk.window.findChildren(focus_frame.FocusFrame) == [])
