"""报告送打印机，或者存为 PDF、Excel：都是屏幕上的这一份."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.report import Report
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.outputs import report_pdf, report_sheet
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import OR_PDF, PrintJob
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService

OR_FILE = "，或者按 Ctrl+S 存为 PDF"
KINDS = "PDF 文件 (*.pdf);;电子表格 (*.xlsx)"


class ReportOutput(QObject):
    """Prints and saves a report. Dialogs open over `window`."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._window = office, window
        self._service = service or PrintService(office.folder, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)
        self._again: Callable[[], None] = lambda: None
        self._title = ""

    def print_report(self, report: Report) -> None:
        """Prints a report."""
        self._title, self._again = title_of(report), lambda: self.print_report(report)
        try:
            pdf = report_pdf(self._office, report)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self.reported.emit(f"{self._title}，正在送打印机。", "secondary")
        self._service.submit(pdf, self._title)

    def save_report(self, report: Report) -> None:
        """Saves a report where the clerk says: as a spreadsheet where the file is called so, else as a PDF."""
        name = file_name(title_of(report), digits=report.span.name)
        path = ask_where_to_save(self._window, name, "存为 PDF 或者 Excel", KINDS)
        if path is None:
            return
        make = report_sheet if path.suffix.lower() == ".xlsx" else report_pdf
        try:
            save_pdf(make(self._office, report), path)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self.reported.emit(f"{title_of(report)}，已存为 {path.name}。", "done")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _printed(self, job: PrintJob) -> None:
        self.reported.emit(f"{self._title}：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        if self._service.choose_instead(refusal, self._window):
            self._again()
        else:
            self.reported.emit(str(refusal).replace(OR_PDF, OR_FILE), "error")


def title_of(report: Report) -> str:
    """窗口报告 2026-11: what the queue and the file are called."""
    return f"窗口报告 {report.span.name}"
