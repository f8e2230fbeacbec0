"""补打、存为 PDF：a record is changed first and paper comes after, so that nothing printed lacks its record.

A reprint is counted before it is printed. Where the printer then fails, Ctrl+P sends the same sheets again and counts nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.reprint_and_void import Record
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import PrintJob, of_slip
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService, printer_chosen

FILE_MARK = "电子副本"
"""Printed on a saved file in the place of 补打, so that its print-out is never taken for one of the two copies."""
REPRINT, SEND_AGAIN = "补打一式二份", "再送打印机"


class ArchiveActions(QObject):
    """Reprints a slip and saves it to a file. Each call names the slip; dialogs open over `window`."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    counted = Signal()
    """A reprint was recorded: the archive says something else of the slip now."""
    label_changed = Signal()
    """Ctrl+P does something else now: see `reprint_label`."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._window = office, window
        self._service = service or PrintService(office.database.path.parent, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)
        self._unprinted: dict[str, tuple[bytes, int]] = {}
        self._sent: tuple[str, bytes, int] | None = None

    def reprint(self, number: str) -> None:
        """Counts a reprint and prints it; sheets that were counted and never printed go again without a count."""
        if self._sent:  # a second press: one reprint is one pair of sheets
            return
        if number not in self._unprinted:
            try:
                self._unprinted[number] = reprint_and_void.reprint(self._office, number)
            except Refusal as refusal:
                self.reported.emit(str(refusal), "error")
                return
            self.counted.emit()
        pdf, count = self._unprinted[number]
        self._sent = (number, pdf, count)
        self.reported.emit(f"第 {count} 次补打已登记，正在送打印机。", "secondary")
        self._service.submit(pdf, number)

    def reprint_label(self, number: str) -> str:
        """What Ctrl+P does with a slip."""
        return SEND_AGAIN if number in self._unprinted else REPRINT

    def save(self, record: Record) -> None:
        """Saves a slip where the clerk says."""
        number = record.row.number
        counted = self._unprinted.get(number)
        mark = f"补打{counted[1]}" if counted else FILE_MARK
        path = ask_where_to_save(self._window, file_name(number, mark, record.slip.qr))
        if path is None:
            return
        try:
            save_pdf(counted[0] if counted else reprint_and_void.pdf_of(self._office, record, FILE_MARK), path)
        except Refusal as refusal:
            self.reported.emit(str(of_slip(refusal)), "error")
        else:
            self.reported.emit(f"已存为 {path.name}。", "done")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _printed(self, job: PrintJob) -> None:
        if self._sent is None:
            return
        number, _, count = self._sent
        self._sent = None
        self._unprinted.pop(number, None)
        self.label_changed.emit()
        self.reported.emit(f"第 {count} 次补打：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        if self._sent is None:
            return
        number, pdf, count = self._sent
        self._sent = None
        self._unprinted[number] = (pdf, count)
        self.label_changed.emit()
        self.reported.emit(f"{of_slip(refusal)}（再按 Ctrl+P 重送，不另计次数）", "error")
        if printer_chosen(refusal, self._service.folder, self._window):
            self.reprint(number)
