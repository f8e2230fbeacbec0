"""补打、存为 PDF、作废：a record is changed first and paper comes after, so that nothing printed lacks its record.

A reprint is counted before it is printed. Where the printer then fails, Ctrl+P sends the same sheets again and counts nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.printing import PrintJob
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import ChoosePrinter, PrintService

if TYPE_CHECKING:
    from counter_assistant.ui.archive.page import ArchivePage

FILE_MARK = "电子副本"
"""Printed on a saved file in the place of 补打, so that its print-out is never taken for one of the two copies."""
REPRINT, SEND_AGAIN = "补打一式二份", "再送打印机"


class SaveFile:
    """The system's file dialog."""

    @classmethod
    def ask(cls, parent: QWidget, name: str) -> Path | None:
        """Where to save; None where the clerk thought better of it."""
        path, _ = QFileDialog.getSaveFileName(parent, "存为 PDF", name, "PDF (*.pdf)")
        return Path(path) if path else None


class ArchiveActs(QObject):
    """What the keys of the archive page do."""

    def __init__(self, page: ArchivePage, service: PrintService | None) -> None:
        super().__init__(page)
        self._page = page
        self._service = service or PrintService(page.office.database.path.parent, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)
        self._unprinted: dict[str, tuple[bytes, int]] = {}
        self._sent: tuple[str, bytes, int] | None = None

    def reprint(self) -> None:
        """Counts a reprint and prints it; sheets that were counted and never printed go again without a count."""
        record = self._page.record
        if record is None or self._sent:  # a second press: one reprint is one pair of sheets
            return
        number = record.row.number
        if number not in self._unprinted:
            try:
                self._unprinted[number] = reprint_and_void.reprint(self._page.office, number)
            except Refusal as refusal:
                self._page.say(str(refusal), "error")
                return
            self._show_again()
        pdf, count = self._unprinted[number]
        self._sent = (number, pdf, count)
        self._page.say(f"第 {count} 次补打已登记，正在送打印机。", "secondary")
        self._service.submit(pdf, number)

    def reprint_label(self, number: str) -> str:
        """What Ctrl+P does with a slip."""
        return SEND_AGAIN if number in self._unprinted else REPRINT

    def save(self) -> None:
        """Saves the open slip where the clerk says."""
        record = self._page.record
        if record is None:
            return
        number = record.row.number
        counted = self._unprinted.get(number)
        mark = f"补打{counted[1]}" if counted else FILE_MARK
        path = SaveFile.ask(self._page, file_name(number, mark, record.slip.qr))
        if path is None:
            return
        try:
            save_pdf(counted[0] if counted else reprint_and_void.pdf_of(self._page.office, record, FILE_MARK), path)
        except Refusal as refusal:
            self._page.say(str(refusal), "error")
        else:
            self._page.say(f"已存为 {path.name}。")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def ask_void(self) -> None:
        """Opens the question about voiding."""
        if self._page.record:
            self._page.void_line.ask(self._page.record.row.number)

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        record = self._page.record
        if record is None:
            self._page.say("先选一份文书，按回车打开。", "attention")
        else:
            self._page.say(f"{record.row.number} 已经作废，无须再次作废。", "attention")

    def void(self, number: str, reason: str, copy_returned: bool) -> None:
        """Voids a slip. Its line stays, struck."""
        try:
            reprint_and_void.void(self._page.office, number, reason, copy_returned=copy_returned)
        except Refusal as refusal:
            self._page.void_line.fault.say(str(refusal))
            return
        self._page.void_line.done()
        self._show_again()
        self._page.table.setFocus()
        rest = "" if copy_returned else "当事人联没有收回，请设法收回并注明作废。"
        self._page.say(f"已作废：{number}。编号保留，不再使用。{rest}", "done" if copy_returned else "attention")

    def _show_again(self) -> None:
        if self._page.record:
            self._page.open(self._page.record.row.number)
        self._page.refresh()

    def _name_button(self) -> None:
        if self._page.record:
            self._page.panel.reprint.rename(self.reprint_label(self._page.record.row.number))

    def _printed(self, job: PrintJob) -> None:
        if self._sent is None:
            return
        number, _, count = self._sent
        self._sent = None
        self._unprinted.pop(number, None)
        self._name_button()
        self._page.say(f"第 {count} 次补打：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        if self._sent is None:
            return
        number, pdf, count = self._sent
        self._sent = None
        self._unprinted[number] = (pdf, count)
        self._name_button()
        self._page.say(f"{refusal}（再按 Ctrl+P 重送，不另计次数）", "error")
        if refusal.code in ("no-printer", "printer-gone"):
            self._choose()

    def _choose(self) -> None:
        name = ChoosePrinter.ask(self._page)
        if name:
            local_settings.change(self._service.folder, printer=name)
            self.reprint()
