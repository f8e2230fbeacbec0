"""打印和存办事指南：单页不编号，也不留记录。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import PrintJob
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import ChoosePrinter, PrintService

if TYPE_CHECKING:
    from counter_assistant.ui.items.page import ItemsPage

NOTHING = "先选一个事项，再打印、存文件、登记核定或者办理。"


class SaveGuide:
    """The system's file dialog."""

    @classmethod
    def ask(cls, parent: QWidget, name: str) -> Path | None:
        """Where to save; None where the clerk thought better of it."""
        path, _ = QFileDialog.getSaveFileName(parent, "存为 PDF", name, "PDF (*.pdf)")
        return Path(path) if path else None


class ItemActs(QObject):
    """What the keys of the page do."""

    def __init__(self, page: ItemsPage, service: PrintService | None) -> None:
        super().__init__(page)
        self._page = page
        self._service = service or PrintService(page.office.database.path.parent, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(self._refused)

    def print_guide(self) -> None:
        """Sends the guide that is shown to the printer."""
        pdf = self._pdf()
        if pdf:
            self._page.say("办事指南正在送打印机。", "secondary")
            self._service.submit(pdf, self._title())

    def save(self) -> None:
        """Saves the guide that is shown where the clerk says."""
        pdf = self._pdf()
        path = SaveGuide.ask(self._page, file_name(self._title())) if pdf else None
        if not pdf or path is None:
            return
        try:
            save_pdf(pdf, path)
        except Refusal as refusal:
            self._page.say(str(refusal), "error")
        else:
            self._page.say(f"已存为 {path.name}。", "done")

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        self._page.say(self._page.day.fault if self._page.entry and self._page.day.fault else NOTHING, "attention")

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _title(self) -> str:
        entry = self._page.entry
        return f"办事指南-{entry.id}" if entry else "办事指南"

    def _pdf(self) -> bytes:
        """The guide that is shown; empty where there is none, or where it cannot be set, which is said."""
        sheet = self._page.sheet
        if sheet is None:
            self.explain()
            return b""
        try:
            return self._page.office.program.typesetter.sheet(sheet, self._page.office.watermark)
        except Refusal as refusal:
            self._page.say(str(refusal), "error")
            return b""

    def _printed(self, job: PrintJob) -> None:
        self._page.say(f"办事指南：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        self._page.say(str(refusal), "error")
        if refusal.code in ("no-printer", "printer-gone"):
            name = ChoosePrinter.ask(self._page)
            if name:
                local_settings.change(self._service.folder, printer=name)
                self.print_guide()
