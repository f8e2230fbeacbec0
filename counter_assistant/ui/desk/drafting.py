"""草稿：最多一秒写一次，离开一栏时写，关闭时写。未出具的一直在，随时取回。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.state import DeskState

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

AT_MOST_EVERY_MS = 1000


class Drafting(QObject):
    """Writes what changed on the desk, and knows the draft that can be brought back."""

    saved = Signal(str)
    troubled = Signal(str)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._state: DeskState | None = None
        self._written: tuple[str, dict[str, object]] | None = None
        self._timer = QTimer(self, singleShot=True, interval=AT_MOST_EVERY_MS)
        self._timer.timeout.connect(self.flush)
        self.offered = self._newest()

    def note(self, state: DeskState) -> None:
        """Something changed; it is written within a second."""
        self._state = state
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Writes now what is not written yet."""
        self._timer.stop()
        state, self._state = self._state, None
        if state is None or state.pristine:
            return
        content = (state.uuid, state.to_dict())
        if content == self._written:
            return
        try:
            self._office.drafts.save(*content)
        except Refusal as refusal:
            self._state = state
            self.troubled.emit(f"草稿没有保存：{refusal}")
            return
        self._written = content
        self.saved.emit(f"草稿已保存 {self._office.clock():%H:%M:%S}")

    def put_aside(self, state: DeskState) -> None:
        """A new applicant comes: what is on the desk is kept as the draft that can be brought back."""
        if not state.pristine:
            self._state = state
            self.flush()
            self.offered = state

    def settle(self) -> None:
        """What was on the desk has been issued; the book dropped its draft."""
        self._timer.stop()
        self._state = None
        self.offered = self._newest()

    def bring_back(self) -> DeskState | None:
        """The draft that was offered; it is on the desk now and offered no more."""
        state, self.offered = self.offered, None
        return state

    def throw_away(self) -> None:
        """Drops the draft that is offered."""
        if self.offered:
            try:
                self._office.drafts.drop(self.offered.uuid)
            except Refusal as refusal:
                self.troubled.emit(str(refusal))
            self.offered = self._newest()

    def _newest(self) -> DeskState | None:
        try:
            saved = self._office.drafts.newest()
        except Refusal as refusal:
            sentence = str(refusal)
            QTimer.singleShot(0, self, lambda: self.troubled.emit(sentence))
            return None
        return DeskState.from_dict(saved.uuid, saved.body) if saved else None
