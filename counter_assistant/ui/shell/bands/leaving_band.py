"""关窗以前的一句：备份还有没放到另存的地方的，那里又没有接上；再关一次就关上."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.shell.bands.band import Band

SHOWN_MS = 60_000
"""How long the sentence stands: whoever closes the window later is told anew."""


class LeavingBand(Band):
    """Keeps the window open once where `says` has something to say to whoever closes it, and shows that."""

    def __init__(self, says: Callable[[], str], window: QWidget) -> None:
        super().__init__("leaving", "", "", window)
        self._says = says
        self._standing = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._standing.timeout.connect(self._end)
        self.hide()

    def asks_to_stay(self) -> bool:
        """Whether the window is to stay open now. Never a second time while the sentence stands, nor where the system shuts down."""
        app = QGuiApplication.instance()
        if self._standing.isActive() or (isinstance(app, QGuiApplication) and app.isSavingSession()):
            return False
        if not (said := self._says()):
            return False
        self._standing.start()
        self.show()
        self.shown.emit(True)
        self.label.say(said)
        self.setAccessibleName(said)
        return True

    def _end(self) -> None:
        self.hide()
        self.shown.emit(False)
