"""报告送打印机，或者存为 PDF、Excel：都是屏幕上的这一份."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.report import Report
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.outputs import report_pdf, report_sheet
from counter_assistant.printing.file import file_name
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.printing.output import Paper, PaperOutput

OR_FILE = "，或者按 Ctrl+S 存为 PDF"
KINDS = "PDF 文件 (*.pdf);;电子表格 (*.xlsx)"


class ReportOutput(PaperOutput):
    """Prints and saves a report."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(office, service, window)
        self._office = office

    def print_report(self, report: Report) -> None:
        """Prints a report."""
        title = title_of(report)
        try:
            pdf = report_pdf(self._office, report)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self.send(pdf, title, Paper(title, lambda: self.print_report(report), OR_FILE), f"{title}，")

    def save_report(self, report: Report) -> None:
        """Saves a report where the clerk says: as a spreadsheet where the file is called so, else as a PDF."""
        name = file_name(title_of(report), digits=report.span.name)
        if path := ask_where_to_save(self._window, name, "存为 PDF 或者 Excel", KINDS):
            make = report_sheet if path.suffix.lower() == ".xlsx" else report_pdf
            self.keep(path, lambda: make(self._office, report), f"{title_of(report)}，")


def title_of(report: Report) -> str:
    """窗口报告 2026-11: what the queue and the file are called."""
    return f"窗口报告 {report.span.name}"
