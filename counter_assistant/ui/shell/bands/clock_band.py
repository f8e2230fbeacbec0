"""电脑时间的提示：可疑的时间先问一声，确认了才能出文书。

For the main window: `ClockBand(office)` under the top bar. It shows itself when the clock is doubtful, looks again every
so often, and goes when the clock was put right or the time was confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.shell.bands.band import Band

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

LOOK_AGAIN_MS = 10_000


class ClockBand(Band):
    """A band with the doubt in words and the way on."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__("clock", "时间没错", "Alt+T", window)
        self._office = office
        self.acted.connect(self._confirm)
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Shows what is doubtful now, or hides; nobody looks into a book that is closed."""
        if self._office.database.closed:
            return
        try:
            doubt = self._office.clock_doubt()
            self._office.openings.record()
        except Refusal:
            return
        self.setVisible(doubt is not None)
        self.shown.emit(doubt is not None)
        if doubt:
            self.label.say(f"{doubt.in_words}不对的，{doubt.mended_by}；没错的，请确认，记入台账。")
            self.setAccessibleName(doubt.in_words)

    def _confirm(self) -> None:
        try:
            confirmed = self._office.confirm_clock()
        except Refusal as refusal:
            self.told.emit(str(refusal))
            return
        self.look()
        if confirmed:
            self.told.emit("电脑时间已确认，记入台账。")
