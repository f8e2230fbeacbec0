"""打印和存办事指南：单页不编号，也不留记录。"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService, printer_chosen


class GuideActions(QObject):
    """Prints the guide to an item and saves it to a file. Dialogs open over `window`."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._window = office, window
        self._service = service or PrintService(office.database.path.parent, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)
        self._sent: tuple[str, Sheet] | None = None

    def print_guide(self, item_id: str, sheet: Sheet) -> None:
        """Sends a guide to the printer."""
        if pdf := self._pdf(sheet):
            self._sent = (item_id, sheet)
            self.reported.emit("办事指南正在送打印机。", "secondary")
            self._service.submit(pdf, _title(item_id))

    def save(self, item_id: str, sheet: Sheet) -> None:
        """Saves a guide where the clerk says."""
        pdf = self._pdf(sheet)
        path = ask_where_to_save(self._window, file_name(_title(item_id))) if pdf else None
        if not pdf or path is None:
            return
        try:
            save_pdf(pdf, path)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
        else:
            self.reported.emit(f"已存为 {path.name}。", "done")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _pdf(self, sheet: Sheet) -> bytes:
        """A guide as it is printed; empty where it cannot be set, which is reported."""
        try:
            return self._office.program.typesetter.sheet(sheet, self._office.watermark)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return b""

    def _printed(self, job: PrintJob) -> None:
        self.reported.emit(f"办事指南：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        self.reported.emit(str(refusal), "error")
        if self._sent and printer_chosen(refusal, self._service.folder, self._window):
            self.print_guide(*self._sent)


def _title(item_id: str) -> str:
    """What the printer's queue and a file are called."""
    return f"办事指南-{item_id}"
