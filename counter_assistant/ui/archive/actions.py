"""补打、存为 PDF、把没打出来的一次全打出来。"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.unprinted import ToPrint, to_print
from counter_assistant.operations.office import Office
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.printing.sending import PaperSending

PROGRESS = "正在送第 {} 份，共 {} 份。Esc 停下。"
ASK_FIRST = "另有 {} 份可能还会打出来，没有重送：选中一份按 Ctrl+P，会先问。"


class ArchiveActions(QObject):
    """Prints slips and saves them to files. Each call names the slip; dialogs open over `window`."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    counted = Signal()
    """A reprint was recorded: the archive says something else of the slip now."""
    label_changed = Signal()
    """What is known of the printing of slips is something else, and with it what Ctrl+P does: see `reprint_label`."""
    progress = Signal(str)
    """How far printing all at once has come; empty once it is over."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._window = office, window
        self._service = service or PrintService(office.folder, parent=self)
        sending = self._sending = PaperSending(office, self._service, self)
        sending.said.connect(self.reported)
        sending.counted.connect(self.counted)
        sending.changed.connect(self.label_changed)
        sending.answered.connect(self._answered)
        self._queue: deque[str] = deque()
        self._whole = ToPrint((), ())
        self._done = 0

    def reprint(self, number: str) -> None:
        """Counts a reprint and prints it; sheets that were counted and never printed go again without a count."""
        self._sending.again(number)

    def reprint_label(self, number: str) -> str:
        """What Ctrl+P does with a slip."""
        return self._sending.label(number)

    def save(self, number: str) -> None:
        """Saves a slip where the clerk says."""
        self._sending.save(number, self._window)

    def show(self, number: str) -> None:
        """This slip is the one that is shown: what becomes of its printing is said."""
        self._sending.show(number)

    def print_all(self) -> None:
        """Prints what was not printed, one after the other. What may still come out is not sent again."""
        if self._queue or self._sending.busy:
            return
        self._whole, self._done = to_print(self._office), 0
        self._queue.extend(self._whole.send)
        self._next()

    def stop(self) -> bool:
        """Sends no more of them; False where nothing was being sent."""
        if not self._queue:
            return False
        self._queue.clear()
        self.progress.emit("")
        self.reported.emit(f"已停下，送了 {self._done} 份，正在送的一份不再停。", "attention")
        return True

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self.stop()
        self._service.wait()

    def _next(self) -> None:
        """Sends the next one. What came out meanwhile, or was voided, is passed over."""
        still = set(to_print(self._office).send)
        while self._queue and self._queue[0] not in still:
            self._queue.popleft()
        if not self._queue:
            self._end()
            return
        paper = self._office.prints.of(self._queue[0])
        assert paper is not None
        self.progress.emit(PROGRESS.format(self._done + 1, len(self._whole.send)))
        self._sending.send_known(paper)

    def _answered(self, number: str, refusal: Refusal | None) -> None:
        if self._queue and self._queue[0] == number:
            self._queue.popleft()
            if refusal:
                left = f"送了 {self._done} 份，还有 {len(self._queue) + 1} 份没有送。"
                self._queue.clear()
                self.progress.emit("")
                self.reported.emit(f"{refusal}{left}", "error")
            else:
                self._done += 1
                self._next()
        elif refusal and self._service.choose_instead(refusal, self._window):
            self.reprint(number)

    def _end(self) -> None:
        self.progress.emit("")
        asked = ASK_FIRST.format(len(self._whole.ask)) if self._whole.ask else ""
        sent = f"送了 {self._done} 份。" if self._done or not asked else ""
        self.reported.emit(f"{sent}{asked}", "attention" if asked else "done")
        self._whole = ToPrint((), ())
