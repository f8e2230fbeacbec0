"""One band over the pages, whatever there is to say: the first that has something to say says it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from counter_assistant.ui.shell.bands.band import Band, Bands


@pytest.fixture
def window(qtbot: Any) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_the_first_that_has_something_to_say_hides_the_others_until_it_has_nothing(
    qtbot: Any, window: QMainWindow
) -> None:
    first, second = Band("one", "好", "Alt+1", window), Band("two", "行", "Alt+2", window)
    first.hide()
    second.hide()
    both = Bands(window, first, second)
    window.setCentralWidget(both)
    told: list[bool] = []
    both.shown.connect(told.append)
    acted: list[str] = []
    first.acted.connect(lambda: acted.append("first"))
    second.acted.connect(lambda: acted.append("second"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    def seen() -> tuple[bool, bool]:
        return first.isVisible(), second.isVisible()

    assert seen() == (False, False)
    second.shown.emit(True)
    assert seen() == (False, True)
    first.shown.emit(True)
    assert seen() == (True, False)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert acted == ["first"], "a band that is not seen has no key"
    first.shown.emit(False)
    assert seen() == (False, True)
    second.shown.emit(False)
    assert seen() == (False, False)
    assert told == [True, True, True, False]
