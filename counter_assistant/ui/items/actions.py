"""打印和存办事指南、核定稿：单页不编号，也不留记录。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.roster_notice import roster_notice
from counter_assistant.printing.file import file_name
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.printing.output import Paper, PaperOutput

ROSTER = "AB角公示"


class SheetActions(PaperOutput):
    """Prints a sheet and saves it to a file; `what` it is called (办事指南)."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget, what: str = "办事指南") -> None:
        super().__init__(office, service, window)
        self._office, self._what = office, what

    def print(self, which: str, sheet: Sheet) -> None:
        """Sends a sheet to the printer; `which` one it is, such as the item's code."""
        if pdf := self._pdf(sheet):
            self.send(pdf, self._title(which), Paper(self._what, lambda: self.print(which, sheet)), self._what)

    def save(self, which: str, sheet: Sheet) -> None:
        """Saves a sheet where the clerk says."""
        pdf = self._pdf(sheet)
        if pdf and (path := ask_where_to_save(self._window, file_name(self._title(which)))):
            self.keep(path, lambda: pdf)

    def _pdf(self, sheet: Sheet) -> bytes:
        """A sheet as it is printed; empty where it cannot be set, which is reported."""
        try:
            return self._office.program.typesetter.sheet(sheet, self._office.watermark)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return b""

    def _title(self, which: str) -> str:
        """What the printer's queue and a file are called."""
        return f"{self._what}-{which}"


class RosterActions(SheetActions):
    """Prints the public notice of who is A角 and B角 here (守则 一(八)6)."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(office, service, window, ROSTER)

    def print_notice(self) -> None:
        """Prints the notice as the office is set up today; says what keeps it from being printed."""
        try:
            self.print(self._office.today().isoformat(), roster_notice(self._office))
        except Refusal as refusal:
            self.reported.emit(str(refusal), "attention")
