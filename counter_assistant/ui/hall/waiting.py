"""等服务器回答的时候窗口不死：一秒以后说在等什么，照常重画；按下的键留着，等到了再算。

The office is used by one thread, which waits here for the server. Meanwhile that thread paints: events are processed but for what a hand does, timers and
sockets. Nothing of that may ask the book, which refuses it (`Engine.waiting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.shell.bands.band import Band

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

SAID_AFTER_S = 1.0
"""After so many seconds it is said what is waited for; what is quicker is not interrupted."""
WORDS = "正在等台账服务器回答，已经等了 {} 秒。按过的不用再按：有了回答才打印，没有回答会说清楚。"
_ONLY_PAINT = (
    QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    | QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers
    | QEventLoop.ProcessEventsFlag.X11ExcludeTimers
)


class WaitingBand(Band):
    """Says that the server is waited for, and keeps the window painted until it has answered."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__("waiting", "", "", window)
        self.hide()
        self._waits = False
        office.database.waiting = self.wait_on

    def wait_on(self, seconds: float) -> None:
        """Called while the server is waited for, and with 0 once it has answered."""
        application = QCoreApplication.instance()
        if seconds < SAID_AFTER_S:
            if self._waits and application:
                self._waits = False
                application.removeEventFilter(self)
                self.shown.emit(False)
            return
        self.label.say(WORDS.format(int(seconds)))
        if not self._waits and application:
            self._waits = True
            application.installEventFilter(self)
            self.shown.emit(True)
        QCoreApplication.processEvents(_ONLY_PAINT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """No window is closed in the midst of an act."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
