"""别的窗口办了什么，不用按键就看见：服务器一有新的记录，正看着的那一页重读一遍。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.safekeeping.heads import stamps_after

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.shell.main_window import MainWindow
    from counter_assistant.ui.shell.page_spec import PageContext

LOOK_MS, AGAIN_MS = 500, 2000
"""How often it is looked, and how soon after something was read again: in a hall others record three times a second."""
_APPROVALS = frozenset((EntryKind.ITEM_APPROVED, EntryKind.APPROVAL_WITHDRAWN, EntryKind.CONTENT_TAKEN))


class OthersWatch(QObject):
    """Follows what other windows record in a book on a server; in a file nothing is watched."""

    def __init__(self, office: Office, context: PageContext, window: MainWindow) -> None:
        super().__init__(window)
        self._office, self._context, self._window = office, context, window
        self._seen, self._written = 0, 0
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        if office.database.shared:
            self._seen, self._written = office.book.head()[0], office.book.written
            self._timer.start()

    def look(self) -> None:
        """Whether others have recorded something since; then what is shown is read again."""
        if self._office.database.closed:
            return
        self._timer.start(LOOK_MS)
        heard = self._office.database.heard
        if heard <= self._seen:
            return
        before, own = self._seen, self._office.book.written - self._written
        self._seen, self._written = heard, self._office.book.written
        if heard - before <= own:
            return
        self._timer.start(AGAIN_MS)
        try:
            self._follow(before)
        except Refusal:
            self._seen = before  # the server is away: once it is back

    def _follow(self, before: int) -> None:
        context, kinds = self._context, {stamp.kind for stamp in stamps_after(self._office.database, before)}
        decided = (
            (context.office_changed, EntryKind.OFFICE_PROFILE in kinds),
            (context.calendar_changed, EntryKind.CALENDAR in kinds),
            (context.phrases_changed, EntryKind.PHRASES in kinds),
            (context.approvals_changed, bool(kinds & _APPROVALS)),
        )
        if any(is_another for _, is_another in decided):
            self._office.reread()
        for changed, is_another in decided:
            if is_another:
                changed.emit()
        context.recorded.emit()
        self._window.page.refresh()
