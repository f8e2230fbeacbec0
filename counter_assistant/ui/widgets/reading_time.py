"""问过的话，要看得到才算问过；刚挪了位置的，要看得到才算点了它。How long the key that asked may not answer yet, nor a click upon what has just moved."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication


class ReadingTime:
    """Runs as long as the desktop's double click: a key pressed twice in a hurry answers nothing."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()

    def begin(self) -> None:
        """A question is on the screen now."""
        self._since.start()

    @property
    def running(self) -> bool:
        """Whether it cannot have been read yet."""
        return self._since.isValid() and self._since.elapsed() < QApplication.doubleClickInterval()
