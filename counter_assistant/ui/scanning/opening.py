"""扫码在哪里都是扫码：打开扫到的那一份，打进去的字收回来。"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.scanning.taking_back import remember_focus
from counter_assistant.ui.scanning.watch import KeyClock, ScanWatch
from counter_assistant.ui.shell.requests import ShowIssuedOffline, ShowScanned

if TYPE_CHECKING:
    from counter_assistant.domain.typed_text.scan import Scan
    from counter_assistant.ui.shell.main_window import MainWindow
    from counter_assistant.ui.shell.page_spec import PageContext

NO_CODE = "扫到的不是本程序文书上的二维码，打进来的数字没有填到任何地方。"
FIRST_THIS = "请先做完这一页，再扫码。"


class ScannedPapers(QObject):
    """Opens what is scanned, whichever window of the program has the focus. A refusal is said in the status line."""

    def __init__(self, window: MainWindow, context: PageContext, clock: KeyClock | None = None) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self.watch = ScanWatch(self._remember, clock, self)
        self.watch.scanned.connect(self.open)

    def open(self, scan: Scan | None) -> None:
        """Shows what belongs to a scanned paper; None is what no paper of this program holds."""
        window = self._window
        if QApplication.activeWindow() is not window:
            window.raise_()
        waits = window.waits_for_another
        if scan is None:
            window.page.tell(NO_CODE) if waits else window.status.say(NO_CODE)
        elif waits:
            window.status.say("") if window.page.take_scan(scan) else window.page.tell(FIRST_THIS)
        else:
            self._show(scan)

    def _show(self, scan: Scan) -> None:
        from counter_assistant.domain.closing.outside_head import is_sheet_code
        from counter_assistant.operations.cases.find_case import ELSEWHERE, KIT_NOT_RECORDED, number_of_scan

        if is_sheet_code(scan.digits):
            self._compare(scan)
            return
        try:
            number = number_of_scan(self._context.office(), scan)
        except Refusal as refusal:
            if refusal.code == KIT_NOT_RECORDED:
                self._context.kit_asked.emit(scan.digits)
            elif refusal.code == ELSEWHERE and (number := self._issued_offline(scan)):
                self._window.status.say("")
                self._context.ask(ShowIssuedOffline(number))
            else:
                self._window.status.say(str(refusal))
        else:
            self._window.status.say("")  # what was said of the scan before
            self._context.ask(ShowScanned(number))

    def _issued_offline(self, scan: Scan) -> str:
        """The number of what another PC of the hall issued while the server was away."""
        office = self._context.office()
        if not office.database.shared:
            return ""
        # It needs what speaks to a server, which a PC with a book of its own has not.
        from counter_assistant.operations.offline.copies import OfflineCopies

        with suppress(Refusal):
            return OfflineCopies(office).number_of(scan)
        return ""

    def _compare(self, scan: Scan) -> None:
        """Holds the book against the head on a day sheet, and says whether it is still that one."""
        from counter_assistant.domain.closing.outside_head import read_head
        from counter_assistant.operations.safekeeping.witness import compare_heads

        try:
            (compared,) = compare_heads(self._context.office(), [read_head(scan.digits)])
        except Refusal as refusal:
            self._window.status.say(str(refusal))
        else:
            self._window.status.say(f"日结单：{compared.sentence}")

    def _remember(self) -> Callable[[], None]:
        """How the fields and the page stand now."""
        page, focused = self._window.page.remember(), remember_focus()

        def take_back() -> None:
            focused()
            page()

        return take_back
