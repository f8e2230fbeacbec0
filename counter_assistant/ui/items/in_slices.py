"""一小片一小片地算：停手片刻才开始，键盘和鼠标从不等它；要算别的了就放下。"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import Reached, Stoppable

PAUSE = 250
"""Milliseconds without a key before anything is computed."""
SLICE = 0.008
"""Seconds of computing before whatever waits, a key above all, has its turn."""


class InSlices(QObject):
    """Goes through one computation at a time, between events, as long as it is `wanted`; another one, or `stop`, lets go of it."""

    reached = Signal(object)
    """How far it is, a `Reached`, now and then."""
    found = Signal(object)
    """Its result."""
    refused = Signal(object)
    """The `Refusal` that it ended with."""

    def __init__(self, wanted: Callable[[], bool] = lambda: True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._work: Stoppable[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def begin(self, work: Stoppable[Any], after: int = PAUSE) -> None:
        """Begins after so many milliseconds without anything else to begin."""
        self.stop()
        self._work = work
        self._timer.start(after)

    def stop(self) -> None:
        """Nothing more is heard of what is computed."""
        self._timer.stop()
        if self._work:
            self._work.close()
            self._work = None

    @property
    def running(self) -> bool:
        """Whether something is still to be computed."""
        return self._work is not None

    def _go_on(self) -> None:
        work, end, reached = self._work, perf_counter() + SLICE, Reached(0, 1)
        if work is None or not self._wanted():
            self.stop()
            return
        try:
            while perf_counter() < end:
                reached = next(work)
        except StopIteration as last:
            self._work = None
            self.found.emit(last.value)
            return
        except Refusal as refusal:
            self._work = None
            self.refused.emit(refusal)
            return
        self.reached.emit(reached)
        if self._work is work:
            self._timer.start(0)
