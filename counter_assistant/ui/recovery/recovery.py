"""开在哪种方式里，由这里定：只读，恢复向导；打开以后与备份、流水比一比，不是它的就停下来."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK, Mode, mode_after

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.safekeeping.recovering.comparing import Watch
    from counter_assistant.operations.sealing import Opened
    from counter_assistant.storage.sealing.book_key import BookKey
    from counter_assistant.storage.server.book_place import Shift
    from counter_assistant.ui.shell.main_window import MainWindow

AT_ONCE, LOOK_MS, AGAIN_MS = 0.05, 200, 60_000
"""Seconds that the opening waits for what is kept outside; how often it is looked whether it was read, and how often it is read again."""
WHY = "只读：{}"


class Recovery(QObject):
    """Opens the book in the mode that it can be opened in, and leads to the guide where it can be made again."""

    reopened = Signal(object)
    """The book is to be opened, by an `Opened` where somebody has shown who they are."""

    def __init__(self, window: MainWindow, folder: Path, *, training: bool) -> None:
        super().__init__(window)
        self._window, self._folder, self._training = window, folder, training
        self._viewing: Refusal | None = None
        self._office: Office | None = None
        self._watch: Watch | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def open(self, key: BookKey | None, shift: Shift | None = None) -> Office:
        """The office in its mode. What is kept outside is read meanwhile; where it is soon enough the book is held against it.

        Raises:
            Refusal: `book-turned-back`; what `open_in_mode` refuses.
        """
        from counter_assistant.operations.safekeeping.recovering.comparing import Watch
        from counter_assistant.operations.safekeeping.recovering.stated_mode import open_in_mode

        watch = self._watch = Watch(self._folder)
        compares = not (self._training or self._viewing)
        if compares:
            watch.begin()
        folder = self._folder.parent if self._training else self._folder
        office = open_in_mode(folder, training=self._training, key=key, barred=self._viewing, shift=shift)
        if compares:
            try:
                found = watch.look(office, AT_ONCE)
            except Refusal:
                office.close()
                raise
            if found:
                office.close()
                raise found.refusal
            office.before_acts = partial(watch.before_acts, office)
        return office

    def opened(self, office: Office) -> None:
        """The office is there: the comparison goes on behind it, and a book that is only read says why, one that was
        restored what came in."""
        self._office = office
        if barred := office.database.barred:
            self._window.status.say(WHY.format(barred.sentence))
        elif not self._training:
            self._timer.start()
            if office.journal.pauses:
                self._say_what_came(office)

    def _say_what_came(self, office: Office) -> None:
        from counter_assistant.operations.safekeeping.restored import awaited

        if came := awaited(office):
            self._window.status.say(came.in_short)

    def refused(self, refusal: Refusal, opened: Opened | None = None, book: str = "") -> None:
        """Shows the guide where the book can be made again, else one sentence."""
        if self._training or self._is_on_server() or mode_after(refusal.code) is not Mode.RECOVERY:
            self._window.show_trouble(refusal)
            return
        from counter_assistant.ui.recovery.guide_page import GuidePage

        page = GuidePage(self._folder, refusal, opened, book)
        page.restored.connect(self._reopen)
        page.retried.connect(lambda: self._reopen(opened))
        page.look_wanted.connect(lambda: self._look_only(refusal, opened))
        page.leave_wanted.connect(self._window.close)
        if self._office:
            page.begun.connect(self._office.database.let_go)
            page.not_done.connect(self._office.database.take_up)
        self._window.status.show_mode(Mode.RECOVERY)
        self._window.show_instead(page)

    def _is_on_server(self) -> bool:
        """Whether whoever runs a server would make the book again."""
        from counter_assistant.storage.server.book_place import read_book_place

        try:
            return read_book_place(self._folder).on_server
        except Refusal:
            return True

    def _look_only(self, refusal: Refusal, opened: Opened | None) -> None:
        self._viewing = refusal
        self._reopen(opened)

    def _reopen(self, opened: Opened | None) -> None:
        """A window that has the book open already begins anew: everything in it is of the file that was there."""
        if self._office is None:
            self.reopened.emit(opened)
        elif self._viewing:
            self._window.end_instead()
            self._window.show_office(self._office)
        else:
            from counter_assistant.ui.restart import restart

            try:
                restart(training=False)
            except Refusal as refusal:
                self._window.status.say(str(refusal))

    def _look(self) -> None:
        """Holds the book against what was read, as soon as it was; later again, since a stick may come."""
        office, watch = self._office, self._watch
        if office is None or watch is None or office.database.closed:
            return
        if self._has_turned_back(office):  # an act that waited for it has found it
            return
        if watch.is_done():
            watch.begin()
            self._timer.setInterval(LOOK_MS)
            return
        try:
            watch.look(office)
        except Refusal:
            return
        if not self._has_turned_back(office) and watch.is_done():
            self._timer.setInterval(AGAIN_MS)

    def _has_turned_back(self, office: Office) -> bool:
        """Whether the book that is open is not the one: the guide is shown over what stands on the pages, which stays there."""
        from counter_assistant.operations.safekeeping.recovering.comparing import name_of

        barred = office.database.barred
        if barred is None:
            return False
        self._timer.stop()
        if barred.code == TURNED_BACK:
            self.refused(barred, None, name_of(office))
        return True
