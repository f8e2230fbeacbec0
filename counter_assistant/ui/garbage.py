"""垃圾回收：窗口画好以后才开始，而且只在窗口自己的线程里做。

Python itself collects in whichever thread happens to allocate. Imports and printing have threads of their own, and a
widget that ended in one of them would take the program with it. What the start has made stays as long as the window: to
look for garbage in it would only hold up the first paint.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_AGAIN_MS = 1000


class GarbageCollector(QObject):
    """Collects what became garbage since it was made, as often as Python would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collects the oldest generation that has grown beyond its threshold."""
        grown = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if grown:
            gc.collect(grown[-1])
