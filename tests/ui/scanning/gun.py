"""A scanner and a quick hand at the keyboard of a counter: keys as the system hands them to the window, on a clock of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_assistant.ui.scanning.watch import KeyClock, ScanWatch

FAST, SLOW = 4.0, 45.0
"""Milliseconds between the keys of a scanner on a cable, and of a slow wireless one."""
PATIENCE = 60.0
HAND = 33.0
"""Milliseconds between digits of a hand that never was so quick: three within a tenth of a second."""


class TurnedClock(KeyClock):
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self.time = 1000.0

    def now(self) -> float:
        return self.time

    def struck(self, event: QKeyEvent) -> int:
        return 0


@dataclass
class Gun:
    """What types. `every`: milliseconds between two keys."""

    watch: ScanWatch
    clock: TurnedClock = field(default_factory=TurnedClock)
    every: float = FAST

    def __post_init__(self) -> None:
        self.watch.clock = self.clock

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.clock.time += self.every
        QTest.keyClick(window(), key, modifier)

    def type(self, text: str) -> None:
        for sign in text:
            self.clock.time += self.every
            QTest.keyClick(window(), ord(sign))

    def commit(self, text: str) -> None:
        """As an input method does that makes full-width digits of the keys."""
        for sign in text:
            self.clock.time += self.every
            event = QInputMethodEvent()
            event.setCommitString(sign)
            focused = QGuiApplication.focusObject()
            assert focused is not None
            QApplication.sendEvent(focused, event)

    def hold_down(self, key: Qt.Key, times: int) -> None:
        """A key that somebody holds down, as the system repeats it."""
        for n in range(times):
            self.clock.time += 500 if n == 1 else self.every
            press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, chr(key), n > 0)
            QApplication.sendEvent(window(), press)

    def pause(self, milliseconds: float = 1000) -> None:
        """Nobody types for so long, and the watch has seen it."""
        self.clock.time += milliseconds
        end = monotonic() + PATIENCE
        while self.watch.holding and monotonic() < end:
            QTest.qWait(5)


def window() -> QWindow:
    """Whose keys they are."""
    focused = QGuiApplication.focusWindow()
    assert focused is not None, "no window has the keyboard"
    return focused
