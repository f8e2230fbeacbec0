"""没有人在台前的时候自己做的事：保存期满的整个号码离开台账，每天一遍。"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.items.in_slices import InSlices

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

LOOK_MS, FIRST_MS = 120_000, 20_000
"""How often it is looked whether nobody is there, and how long after the opening first."""


class Housekeeping(QObject):
    """Of a book on this PC, goes once a day through what has reached its end, in slices, as long as nobody is served; else it begins again later.

    Nothing is asked and nothing is said: what keeps it from its work, such as a doubtful clock, keeps whoever issues from theirs.
    """

    def __init__(self, office: Office, nobody_is_served: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._nobody_is_served = office, nobody_is_served
        self._begun, self._done = date.min, date.min
        self._work = InSlices(self._may_go_on, self)
        self._work.found.connect(self._finish)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(FIRST_MS, self, self.look)

    def look(self) -> None:
        """Begins, if it has not been done today and nobody is served."""
        if self._work.running or not self._may_go_on() or self._done == self._office.today():
            return
        from counter_assistant.operations.archive.erasing import finish
        from counter_assistant.operations.archive.number_keeping import leave_expired

        with suppress(Refusal):  # another window works with the book: the next day's look ends it
            finish(self._office)
        self._begun = self._office.today()
        self._work.begin(leave_expired(self._office))

    def _may_go_on(self) -> bool:
        database = self._office.database
        return not (database.closed or database.barred or database.shared) and self._nobody_is_served()

    def _finish(self, _left: int) -> None:
        self._done = self._begun
