"""边写边核对：停手片刻才开始，一小片一小片地做，打字从不等它。"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.catalogue.checks.check import check_in_slices
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.content_fault import Fault

PAUSE = 250
"""Milliseconds without a key before the check begins."""
SLICE = 0.008
"""Seconds of checking before whatever waits, a key above all, has its turn."""


class Checking(QObject):
    """Checks one text at a time; another one, or `stop`, lets go of it."""

    found = Signal(object)
    """All faults of the text, as a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slices: Iterator[Fault | None] = iter(())
        self._faults: list[Fault] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def check(self, item: ServiceItem, catalogue: Catalogue) -> None:
        """Begins at once, between events."""
        self._slices, self._faults = check_in_slices(item, catalogue), []
        self._timer.start(0)

    def stop(self) -> None:
        """Says nothing more of the text that is checked."""
        self._timer.stop()

    @property
    def running(self) -> bool:
        """Whether a text is being checked."""
        return self._timer.isActive()

    def _go_on(self) -> None:
        end = perf_counter() + SLICE
        for fault in self._slices:
            if fault:
                self._faults.append(fault)
            if perf_counter() > end:
                self._timer.start(0)
                return
        self.found.emit(self._faults)
