"""草稿：最多一秒写一次，离开一栏时写，关闭时写。未出具的一直在，随时取回。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft, to_draft

if TYPE_CHECKING:
    from datetime import datetime

    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.state import DeskState

AT_MOST_EVERY_MS = 1000


class Waiting(NamedTuple):
    """A draft that waits, when it was saved, by whom, by name, where that is not whoever is at the window, and the same by staff
    number, whoever that is."""

    state: DeskState
    saved: datetime
    other: str
    clerk: str


class Autosave(QObject):
    """Writes what changed on the desk, and knows the draft that can be restored."""

    saved = Signal(str)
    status_message = Signal(str)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._state: DeskState | None = None
        self._written: tuple[str, dict[str, object]] | None = None
        self._stored: dict[str, object] = {}
        self._restored: dict[str, object] = {}
        self._timer = QTimer(self, singleShot=True, interval=AT_MOST_EVERY_MS)
        self._timer.timeout.connect(self.flush)
        self._clerk = office.profile.current_clerk
        self.offered = self._next()
        self.discarded: DeskState | None = None

    def note(self, state: DeskState) -> None:
        """Something changed; it is written within a second."""
        self._state = state
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Writes now what is not written yet; where that cannot be done it is said, and tried again with the next change."""
        try:
            self._write()
        except Refusal as refusal:
            self.status_message.emit(f"草稿没有保存：{refusal}")

    def _write(self) -> None:
        self._timer.stop()
        state, self._state = self._state, None
        if state is None or state.pristine or self._office.database.closed:
            return
        content = (state.uuid, to_draft(state))
        drafted = self._written is not None and self._written[0] == state.uuid
        if content == self._written or (content[1] == self._stored and not drafted):
            return
        try:
            self._office.drafts.save(*content, clerk=self._office.profile.current_clerk)
        except Refusal:
            self._state = state
            raise
        self._written = content
        self.saved.emit(f"草稿已保存 {self._office.clock():%H:%M:%S}")

    def note_stored(self, state: DeskState) -> None:
        """What is on the desk is stored elsewhere already: as long as nobody changes it, it is no draft."""
        self._timer.stop()
        self._state, self._stored = None, to_draft(state)

    def is_as_restored(self, state: DeskState) -> bool:
        """Whether this still is the draft as it was restored."""
        return to_draft(state) == self._restored

    def put_aside(self, state: DeskState) -> DeskState | None:
        """A new applicant comes: what is on the desk is kept as the draft that can be restored; None where that needs
        no keeping.

        Raises:
            Refusal: it cannot be kept; then it must stay on the desk.
        """
        if state.pristine or to_draft(state) == self._stored:
            return None
        self._state = state
        self._write()
        self.offered, self.discarded = state, None
        return state

    def make_own(self) -> None:
        """What is on the desk is the current clerk's from now on, though not a letter of it was changed."""
        self._written = None

    def settle(self) -> None:
        """What was on the desk has been issued; the book dropped its draft."""
        self._timer.stop()
        self._state, self.discarded = None, None
        self.offered = self._next()

    def offer_own(self) -> None:
        """Another clerk may be at the window: then their own drafts are offered first."""
        if self._clerk != self._office.profile.current_clerk:
            self._clerk = self._office.profile.current_clerk
            self.offered, self.discarded = self._next(), None

    def waiting(self) -> list[Waiting]:
        """Every draft, those of whoever is at the window first, then the newest first; what cannot be read is said."""
        current, names = self._office.profile.current_clerk, self._office.profile.clerk_names
        try:
            return [
                Waiting(
                    from_draft(saved.uuid, saved.body),
                    saved.saved_at,
                    names.get(saved.clerk, "") if saved.clerk != current else "",
                    saved.clerk,
                )
                for saved in self._office.drafts.all(first=current)
            ]
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return []

    def restore_draft(self, uuid: str = "") -> DeskState | None:
        """The draft of that id; without one the draft discarded last, as long as the desk stands empty, else the one
        offered. It is on the desk now, and the next older one is offered. As long as it is unchanged it may be left for
        that one."""
        discarded = None if uuid else self.discarded
        state = self._load(uuid) if uuid else discarded or self.offered
        self.discarded = None
        if state is None:
            return None
        if discarded:
            self.note(state)
            self.flush()
        self._restored = to_draft(state)
        if self._state is None:
            self._written = (state.uuid, self._restored)  # who only looks at it does not become who typed it
        self.offered = self._next(state.uuid)
        return state

    @property
    def next_uuid(self) -> str:
        """The id of the draft that is restored next; empty where that is the one discarded last, or there is none."""
        return self.offered.uuid if self.offered and not self.discarded else ""

    def discard(self, uuid: str) -> None:
        """Drops a draft; until the next is begun it can be restored."""
        if (state := self._load(uuid)) is None:
            return
        try:
            self._office.drafts.drop(uuid)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return
        self.discarded, self._written = state, None
        self.offered = self._next()

    def _load(self, uuid: str) -> DeskState | None:
        try:
            saved = self._office.drafts.load(uuid)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return None
        return from_draft(saved.uuid, saved.body) if saved else None

    def _next(self, after: str = "") -> DeskState | None:
        """The newest draft, or the one next in age to that of the id `after`: the newest again where that is the oldest."""
        try:
            saved = self._office.drafts.next_older(after, first=self._office.profile.current_clerk)
        except Refusal as refusal:
            sentence = str(refusal)
            QTimer.singleShot(0, self, lambda: self.status_message.emit(sentence))
            return None
        return from_draft(saved.uuid, saved.body) if saved else None
