"""在线程里算口令：那要一秒，页面照常活着；错了要等一等才能再试。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from counter_assistant.domain.refusal import Refusal

SECOND_MS = 1000
MAY_TRY = "刚才的不对，可以再试了。"
"""What is said once the wait after a wrong try is over: whoever looked away still learns why."""
UNEXPECTED = Refusal("unexpected", "没有成功：程序遇到意外错误。", "请再试一次；还不行请告诉管理员。")


class Deriving(QObject):
    """Runs one thing at a time that takes a second on purpose, and none while a wrong try is waited for."""

    done = Signal(object)
    """What came of it."""
    refused = Signal(object)
    """The Refusal that came instead."""
    may_try = Signal()
    """The wait after a wrong try is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._running = QThreadPool(self), False
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self.may_try)
        self.done.connect(self._ended)
        self.refused.connect(self._ended)

    @property
    def busy(self) -> bool:
        """Whether nothing can be tried now."""
        return self._running or self._wait.isActive()

    def start(self, derive: Callable[[], Any]) -> None:
        """Runs it; nothing happens while it is busy."""
        if not self.busy:
            self._running = True
            self._pool.start(lambda: self._derive(derive))

    def wait(self, seconds: int) -> None:
        """Nothing is tried for so many seconds."""
        self._wait.start(seconds * SECOND_MS)

    def close_down(self) -> None:
        """Waits for what runs."""
        self._pool.waitForDone()

    def _derive(self, derive: Callable[[], Any]) -> None:
        try:
            came = derive()
        except Refusal as refusal:
            self.refused.emit(refusal)
        except Exception:  # in this thread nobody else would hear of it, and the page would wait for ever
            self.refused.emit(UNEXPECTED)
        else:
            self.done.emit(came)

    def _ended(self) -> None:
        self._running = False
