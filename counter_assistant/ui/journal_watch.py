"""没有人等的时候把流水补齐；写不上时在状态行里说一声，好了就不再说。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

LOOK_MS, GO_ON_MS = 10_000, 100
"""How often it is looked whether the second place is there, and how often while something is being written to it."""


class JournalWatch(QObject):
    """Writes the journal on while nobody waits for it, and `says` what is wrong with it, nothing where nothing is, and
    whether its file is not where it was begun."""

    def __init__(self, office: Office, says: Callable[[str, bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._says = office, says
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)
        self._looks = True

    def _go_on(self) -> None:
        if self._office.database.closed:
            return
        journal = self._office.journal
        done = journal.look_again(idle=True) if self._looks else journal.keep_up(idle=True)
        self._says(journal.notice, journal.astray)
        self._looks = done or not journal.is_working
        self._timer.start(LOOK_MS if self._looks else GO_ON_MS)
