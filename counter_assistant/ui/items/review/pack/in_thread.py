"""要等一会儿的事在线程里做，页面照常活着；要做别的了，前一件的结果就不听了。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from counter_assistant.domain.refusal import Refusal

WAIT_AT_CLOSING_MS = 5000
UNEXPECTED = Refusal("unexpected", "没有读成：程序遇到意外错误。", "请换一份文件再试；还不行请告诉管理员。")

Work = tuple[Callable[[Any], object], Callable[[Refusal], object]]


class InThread(QObject):
    """Does one thing after the other in a thread; only what was asked for last is heard of."""

    _came = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._asked = QThreadPool(self), object()
        self._pool.setMaxThreadCount(1)
        self._then: Work | None = None
        self._came.connect(self._take_in)

    def start(
        self, act: Callable[[], Any], then: Callable[[Any], object], refused: Callable[[Refusal], object]
    ) -> None:
        """Does it, and tells what came of it in the window's own thread."""
        asked = self._asked = object()
        self._then = then, refused
        self._pool.start(lambda: self._do(asked, act))

    def forget(self) -> None:
        """Nothing more is heard of what is being done."""
        self._asked, self._then = object(), None

    @property
    def running(self) -> bool:
        """Whether something is waited for."""
        return self._then is not None

    def close_down(self) -> None:
        """Waits for what runs: the window closes."""
        self.forget()
        self._pool.waitForDone(WAIT_AT_CLOSING_MS)

    def _do(self, asked: object, act: Callable[[], Any]) -> None:
        """In the thread."""
        try:
            came = act()
        except Refusal as refusal:
            came = refusal
        except Exception:  # in this thread nobody else would hear of it, and the page would wait for ever
            came = UNEXPECTED
        self._came.emit(asked, came)

    def _take_in(self, asked: object, came: Any) -> None:
        if asked is not self._asked or self._then is None:
            return
        (then, refused), self._then = self._then, None
        refused(came) if isinstance(came, Refusal) else then(came)
