"""怎样进到台账里：密封的要口令或钥匙，服务器上的要上班的密码；都在第一页问，问清再开。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.sealing import Opened
    from counter_assistant.storage.server.book_place import Shift
    from counter_assistant.ui.recovery.recovery import Recovery
    from counter_assistant.ui.shell.main_window import MainWindow
    from counter_assistant.ui.shell.opening import Opening

SEALED, DOUBTFUL, SIGN_IN, AWAY = "book-sealed", "clock-doubtful", "hall-sign-in", "hall-away"


class WayIn(QObject):
    """Asks whoever opens the book who they are, where it wants to know, and opens it with that."""

    def __init__(self, window: MainWindow, folder: Path, opening: Opening, recovery: Recovery) -> None:
        super().__init__(window)
        self._window, self._folder, self._opening, self._recovery = window, folder, opening, recovery
        self._opener: Opened | None = None
        self._shift: Shift | None = None
        recovery.reopened.connect(self.open_with)

    def open(self) -> Office:
        """The office, opened with what was shown.

        Raises:
            Refusal: what `Recovery.open` and `let_in` refuse.
        """
        from counter_assistant.operations.sealing import let_in

        opener = self._opener
        office = self._recovery.open(opener.key if opener else None, self._shift)
        if office.database.offline:
            self._come_in_offline(office)
        if opener:
            self._opener = None
            try:
                let_in(office, opener)
            except Refusal:
                office.close()
                raise
        return office

    def open_with(self, opener: Opened | None) -> None:
        """Tries once more, with what somebody has shown."""
        self._opener = opener
        self._opening.retry()

    def refused(self, refusal: Refusal) -> None:
        """A sealed book is asked for a passphrase, one on a server for a password; one that can be made again leads to the guide, whatever
        else to one sentence."""
        from counter_assistant.ui.hall.shift_page import ShiftPage
        from counter_assistant.ui.sealing.opening_page import OpeningPage

        shown = self._window.page
        if refusal.code == AWAY and self._may_go_offline():
            self._shift = None
            self._offer_offline()
        elif isinstance(shown, ShiftPage) and self._shift:
            self._shift = None
            shown.say_refused(refusal)
        elif refusal.code == DOUBTFUL and isinstance(shown, OpeningPage):
            shown.ask_about_clock(refusal)
        elif refusal.code == SIGN_IN and not isinstance(shown, ShiftPage):
            self._ask_shift()
        elif refusal.code != SEALED:
            self._recovery.refused(refusal, self._opener)
        elif not isinstance(shown, OpeningPage):
            self._ask_passphrase()

    def _ask_passphrase(self) -> None:
        from counter_assistant.ui.sealing.opening_page import OpeningPage

        page = OpeningPage(self._folder)
        page.opened.connect(self.open_with)
        self._opening.opened.connect(page.keep_opener)
        page.leave.connect(self._window.close)
        self._window.status.show_mode(Mode.SEALED)
        self._window.show_instead(page)

    def _ask_shift(self) -> None:
        from counter_assistant.ui.hall.shift_page import ShiftPage

        page = ShiftPage(self._folder)
        page.begun.connect(self._begin_shift)
        self._opening.opened.connect(page.keep_who)
        page.leave.connect(self._window.close)
        self._window.status.show_mode(Mode.NOT_OPEN)
        self._window.show_instead(page)

    def _may_go_offline(self) -> bool:
        from counter_assistant.operations.offline.working import is_ready

        return is_ready(self._folder)

    def _offer_offline(self) -> None:
        from counter_assistant.ui.hall.away_page import AwayPage

        if isinstance(self._window.page, AwayPage):
            return
        page = AwayPage(self._folder)
        page.offline_wanted.connect(self._go_offline)
        page.answered.connect(self._opening.retry)
        page.leave.connect(self._window.close)
        self._window.status.show_mode(Mode.NOT_OPEN)
        self._window.show_instead(page)

    def _go_offline(self, who: str) -> None:
        from counter_assistant.operations.book_opening import system_clock
        from counter_assistant.ui import local_settings
        from counter_assistant.ui.restart import restart

        since = local_settings.load(self._folder).offline_since or system_clock().isoformat()
        local_settings.change(self._folder, opener=who, offline_since=since)
        try:
            restart(training=False, offline=True)
        except Refusal as refusal:
            self._window.status.say(str(refusal))

    def _come_in_offline(self, office: Office) -> None:
        """Whoever was at the window in the hall, or chose themselves, is at it."""
        from counter_assistant.operations.offline.working import come_in
        from counter_assistant.ui import local_settings

        try:
            come_in(office, local_settings.load(self._folder).opener)
        except Refusal as refusal:
            self._window.status.say(str(refusal))

    def _begin_shift(self, shift: Shift) -> None:
        self._shift = shift
        self._opening.retry()
