"""打印在后台进行：the window never waits for a printer.

For a page that prints: make one with the page, connect `printed` and `refused`, call `submit`, and `wait` when the window
closes. The record is in the book before; a refusal here loses a sheet of paper and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.print_state import PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import Asked, Printer, PrintJob, Told, failed
from counter_assistant.printing.media import adjusted, media_of
from counter_assistant.ui import local_settings
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.local_settings import LocalSettings

WAIT_AT_CLOSING_MS = 5000
USUAL_SIZE = "A4"


class PrinterPort(Protocol):
    """What `printing.printers` offers; a test brings its own."""

    def print_pdf(self, pdf: bytes, title: str, printer: str | None = None, tray: str = "") -> PrintJob: ...

    def printers(self) -> list[Printer]: ...

    def trays(self, printer: str) -> tuple[str, ...]: ...
    def take_back(self, one: Asked) -> Told: ...


class PrintService(QObject):
    """Sends papers to the printer of their size, one after the other, in a worker thread. For each, `printed` or `refused` follows."""

    printed = Signal(object)
    """The PrintJob that the system took; its `sentence` is for the status line."""
    refused = Signal(object)
    """The Refusal of a paper that was not printed."""
    seen = Signal(object)
    """The list of Printers that `look` found; empty where the system has none or does not answer."""

    trays_seen = Signal(str, object)
    """A printer and its trays, as the system calls them, after `look_for_trays`."""

    def __init__(self, folder: Path, port: PrinterPort = printing, parent: QObject | None = None) -> None:
        """`folder` is the data folder, whose local settings know the printer."""
        super().__init__(parent)
        self.folder = folder
        self._port = port
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._refused_sheet = USUAL_SIZE

    def submit(self, pdf: bytes, title: str, instead_of: Asked | None = None) -> None:
        """Prints a paper. `title` is the slip's number, all that the queue may show. `instead_of`: a job of the same paper that is taken
        out of its queue before; where that has been printed meanwhile nothing is sent, and its own end is told."""
        settings = local_settings.load(self.folder)
        self._pool.start(lambda: self._send(pdf, title, settings, instead_of))

    def look(self) -> None:
        """Asks the system for its printers."""
        self._pool.start(self._see)

    def look_for_trays(self, printer: str) -> None:
        """Asks the system for the trays of a printer."""
        self._pool.start(lambda: self._see_trays(printer))

    def choose_instead(self, refusal: Refusal, window: QWidget) -> bool:
        """Asks for a printer where a refusal says that there is none to print on; True where one was chosen, which is remembered for the
        size of the paper that was refused last."""
        name = ChoosePrinter.ask(window) if refusal.code in ("no-printer", "printer-gone") else None
        if name:
            local_settings.use_printer(self.folder, self._refused_sheet, name)
        return bool(name)

    def wait(self, ms: int = WAIT_AT_CLOSING_MS) -> bool:
        """Waits for papers on their way; for closing the window, and for tests."""
        return bool(self._pool.waitForDone(ms))

    def _send(self, pdf: bytes, title: str, settings: LocalSettings, instead_of: Asked | None) -> None:
        try:
            job = self._ended(instead_of) if instead_of else None
            job = job or self._print(pdf, title, settings)
        except Refusal as refusal:
            self.refused.emit(refusal)
        except Exception:  # in this thread nobody else would hear of it, and the page would wait for ever
            self.refused.emit(failed("打印程序意外出错"))
        else:
            self.printed.emit(job)

    def _print(self, pdf: bytes, title: str, settings: LocalSettings) -> PrintJob:
        """On the printer of the paper's size, moved as that one needs it."""
        sheet = media_of(pdf)
        printer = settings.printer_for(sheet)
        adjustment = settings.adjustment_of(printer)
        try:
            return self._port.print_pdf(adjusted(pdf, adjustment), title, printer or None, adjustment.tray)
        except Refusal:
            self._refused_sheet = sheet
            raise

    def _ended(self, instead_of: Asked) -> PrintJob | None:
        """The job that was to be replaced, where it came out after all."""
        told = self._port.take_back(instead_of)
        if told.report.state is not PrintState.OUT:
            return None
        return PrintJob(told.printer, told.job, "原来的任务刚刚打完，没有重送。", report=told.report)

    def _see_trays(self, printer: str) -> None:
        try:
            self.trays_seen.emit(printer, self._port.trays(printer))
        except Exception:  # a printer that does not say prints from where it likes
            self.trays_seen.emit(printer, ())

    def _see(self) -> None:
        try:
            self.seen.emit(self._port.printers())
        except Exception:  # the list is for looking at; printing tells what is wrong
            self.seen.emit([])


class ChoosePrinter:
    """The system's own dialog, where no printer is set."""

    @classmethod
    def ask(cls, parent: QWidget) -> str | None:
        """The name of the printer chosen; None where the clerk thought better of it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("选择打印机")
        with FocusReturn():
            chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
        return printer.printerName() or None if chosen else None
