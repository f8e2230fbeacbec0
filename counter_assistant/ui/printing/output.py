"""不编号、不留记录的纸：送打印机；没有那一台的，请人另选一台再送；存成文件；结果说一句。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import save_pdf
from counter_assistant.printing.jobs import OR_PDF, PrintJob
from counter_assistant.ui.print_service import PrintService


class Paper(NamedTuple):
    """A paper on its way to the printer: what it is called in a sentence, and how it is sent once more. Where it did not come out, `before` goes
    before the reason, `instead` stands in the place of the advice to save it as a PDF, and `besides` follows."""

    name: str
    again: Callable[[], object]
    instead: str = OR_PDF
    besides: str = ""
    before: str = ""


class PaperOutput(QObject):
    """Prints and saves papers, and says what came of it. Dialogs open over `window`."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._paper: Paper | None = None
        self._service = service or PrintService(office.folder, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)

    def send(self, pdf: bytes, title: str, paper: Paper, meanwhile: str) -> None:
        """Sends a paper to the printer; the `title` is all that the queue shows, and what is said `meanwhile` goes before 正在送打印机."""
        self._paper = paper
        self.reported.emit(f"{meanwhile}正在送打印机。", "secondary")
        self._service.submit(pdf, title)

    def keep(self, path: Path, make: Callable[[], bytes], what: str = "") -> None:
        """Saves what `make` gives as a file; `what` goes before 已存为."""
        try:
            save_pdf(make(), path)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
        else:
            self.reported.emit(f"{what}已存为 {path.name}。", "done")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _printed(self, job: PrintJob) -> None:
        if self._paper:
            self.reported.emit(f"{self._paper.name}：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        paper = self._paper
        if paper is None:
            return
        if self._service.choose_instead(refusal, self._window):
            paper.again()
        else:
            self.reported.emit(f"{paper.before}{str(refusal).replace(OR_PDF, paper.instead)}{paper.besides}", "error")
