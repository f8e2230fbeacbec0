"""盯着打印队列：任务打完没有、打印机怎么样；在后台问，窗口不等它。

While papers are on their way the system is asked each second, else now and then. What it says of jobs goes to the office's prints, what
it says of the printer to the status line. Two looks in a row must agree before a job is called held: a queue is connecting for a moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from counter_assistant.domain.papers.print_state import PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import Asked, Printer, Told
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import USUAL_SIZE

BUSY_MS, CALM_MS = 1000, 5000
WAIT_AT_CLOSING_MS = 6000
NONE, AWAY = "没有打印机，请在设置里选", "打印服务没有响应"


class QueuePort(Protocol):
    """What `printing.printers` offers; a test brings its own."""

    def look(self, asked: Sequence[Asked] = ()) -> tuple[list[Printer], dict[str, Told]]: ...


class PrinterWatch(QObject):
    """Follows jobs and printers for one office."""

    said = Signal(str, bool)
    """How the printer is that would be used, in a few words, and whether that is a trouble."""
    _seen = Signal(object)

    def __init__(self, office: Office, port: QueuePort = printing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._port, self._folder = office, port, office.folder
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._looking, self._over = False, False
        self._suspects: set[str] = set()
        self._timer = QTimer(self, interval=CALM_MS)
        self._timer.timeout.connect(self.look)
        self._seen.connect(self._take)
        office.prints.listen(self._hurry)

    def watch(self) -> None:
        """Looks again and again from now on."""
        self._timer.start()

    def look(self) -> None:
        """Asks the system once, unless it has not answered yet."""
        if self._looking or self._office.database.closed:
            return
        try:
            asked = self._office.prints.asked()
        except Refusal:  # whoever needs the book is told so elsewhere
            return
        self._looking = True
        self._pool.start(lambda: self._ask(asked))

    def close_down(self) -> None:
        """The window closes: nothing is asked any more, and an answer that still comes is not heard, because the book is closed then."""
        self._over = True
        self._timer.stop()
        self._pool.waitForDone(WAIT_AT_CLOSING_MS)

    def _ask(self, asked: Sequence[Asked]) -> None:
        try:
            self._seen.emit(self._port.look(asked))
        except Exception:  # whatever it is, nobody knows more than before
            self._seen.emit(None)

    def _take(self, seen: tuple[list[Printer], dict[str, Told]] | None) -> None:
        if self._over:
            return
        self._looking = False
        if seen is None:
            self.said.emit(AWAY, True)
        else:
            printers, told = seen
            self._tell(told)
            self.said.emit(*self._in_words(printers))
        self._hurry()

    def _tell(self, told: Mapping[str, Told]) -> None:
        held = {number for number, one in told.items() if one.report.state is PrintState.HELD}
        sure = {number: one for number, one in told.items() if number not in held or number in self._suspects}
        self._suspects = held
        try:
            self._office.prints.told(sure)
        except Refusal:
            return

    def _hurry(self) -> None:
        """Papers that are on their way are looked after more often."""
        interval = BUSY_MS if self._office.prints.waiting else CALM_MS
        if self._timer.interval() != interval:
            self._timer.setInterval(interval)

    def _in_words(self, printers: Sequence[Printer]) -> tuple[str, bool]:
        wanted = local_settings.load(self._folder).printer_for(USUAL_SIZE)
        used = [printer for printer in printers if printer.name == wanted or (not wanted and printer.is_default)]
        used = used or (list(printers) if len(printers) == 1 and not wanted else [])
        waiting = self._office.prints.waiting
        queued = f"，{waiting} 份没打完" if waiting else ""
        if not used:
            return (f"打印机 {wanted} 找不到" if wanted else NONE) + queued, True
        return f"打印机 {used[0].label} {used[0].trouble or '就绪'}{queued}", bool(used[0].trouble)
