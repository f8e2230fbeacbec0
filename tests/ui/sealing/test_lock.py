"""A lock is over everything: nothing reaches the book through it, nothing speaks, nothing is lost behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from counter_assistant.domain.calendar.system_clock import ClockDoubt
from counter_assistant.ui.application import Desk
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from counter_assistant.ui.shell.clock_band import ClockBand
from tests.ui.counter import CONTROL, SHIFT, press
from tests.ui.find import find
from tests.ui.sealing.test_hand_over import cheap, desk, sealed, shown

__all__ = ["cheap", "desk", "sealed"]
pytestmark = pytest.mark.slow  # every test opens the whole window

ALT = Qt.KeyboardModifier.AltModifier


def lock() -> None:
    press(Qt.Key.Key_L, CONTROL | SHIFT)


def hand_over() -> None:
    press(Qt.Key.Key_K, CONTROL)


COVERS = pytest.mark.parametrize("cover", [lock, hand_over])


def set_the_clock_back(desk: Desk) -> ClockDoubt:
    """The clock of the PC is wrong now, and the band says so."""
    database = desk.opening.office().database
    right = database.clock
    database.clock = lambda: right() - timedelta(days=400)
    band = desk.window.findChild(ClockBand)
    assert band is not None
    band.look()
    doubt = desk.opening.office().clock_doubt()
    assert doubt is not None
    return doubt


@COVERS
def test_no_key_of_the_window_reaches_the_book_through_it(desk: Desk, cover: Callable[[], None]) -> None:
    """Each shortcut of the whole program, pages and all, by its keys."""
    for key in ("cases", "archive", "items", "settings", "desk"):
        desk.window.show_page(key)
    set_the_clock_back(desk)
    office = desk.opening.office()
    cover()
    page, before = shown(desk), (office.book.head(), office.profile)
    own = {one.key().toString() for one in page.findChildren(QShortcut)}
    keys = {one.key().toString(): one.key()[0] for one in desk.window.findChildren(QShortcut)}
    assert "Alt+T" in keys
    for name in keys.keys() - own:
        QTest.keyClick(desk.window, keys[name].key(), keys[name].keyboardModifiers())
        assert isinstance(desk.window.page, SignInPage), name
    assert not find(desk.window, QPushButton, "clock_confirm").isEnabled()
    assert (office.book.head(), office.profile) == before


def test_alt_t_confirms_once_it_is_unlocked(qtbot: Any, desk: Desk) -> None:
    set_the_clock_back(desk)
    hand_over()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_T, ALT)
    assert desk.opening.office().clock_doubt() is None
