"""Windows：pypdfium2 draws each page at the printer's own resolution, QPrinter prints the image in full-page mode.

NOT TESTED: written from the documentation, without a Windows PC. What to try first there stands in docs/windows-printing.md; the image is
limited to 600 dpi for its memory.
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_assistant.printing.jobs import JobFacts, JobStatus, Printer, failed
from counter_assistant.printing.media import lies_across
from counter_assistant.printing.winspool import PRINTER_ERROR, Spooler, printer_reasons

HIGHEST_DPI = 600


class WindowsPrinting:
    """The printers that Windows knows. A job has the number of the spooler, by which it is followed."""

    def __init__(self) -> None:
        self._spooler = Spooler()
        self._seen: set[tuple[str, int]] = set()

    def printers(self) -> list[Printer]:
        """Every installed printer."""
        error, found = QPrinter.PrinterState.Error, []
        for info in QPrinterInfo.availablePrinters():
            status = self._spooler.printer_status(info.printerName())
            stopped = info.state() is error or bool(status & PRINTER_ERROR)
            reasons = printer_reasons(status)
            found.append(
                Printer(info.printerName(), info.printerName(), info.isDefault(), stopped=stopped, reasons=reasons)
            )
        return found

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        """Draws page after page; no copy of the paper is kept in a file. Returns the number of the job, 0 where it was quicker.

        Raises:
            Refusal: `print-failed`.
        """
        before = self._spooler.find(printer.name, title)
        device = _device(title, printer, pdf)
        painter = QPainter()
        if not painter.begin(device):
            raise failed("打印机打不开")
        try:
            _draw(pdf, device, painter)
        finally:
            painter.end()
        if device.printerState() is QPrinter.PrinterState.Error:
            raise failed()
        job = self._spooler.find(printer.name, title)
        return job if job != before else 0

    def trays(self, printer: str) -> tuple[str, ...]:
        """Qt does not say which of its sources a printer has."""
        return ()

    def job(self, printer: str, job: int) -> JobFacts | None:
        """How a job stands. Windows forgets one that is printed: of a job that was seen in good order, gone is printed."""
        facts = self._spooler.job(printer, job) if job else None
        if facts is None:
            return JobFacts(JobStatus.COMPLETED, began=True) if (printer, job) in self._seen else None
        calm = facts.status in (JobStatus.PENDING, JobStatus.PROCESSING) and not facts.reasons
        (self._seen.add if calm else self._seen.discard)((printer, job))
        return facts

    def find(self, title: str) -> tuple[str, int] | None:
        """The job of this title in whichever queue."""
        names = (info.printerName() for info in QPrinterInfo.availablePrinters())
        return next(((name, job) for name in names if (job := self._spooler.find(name, title))), None)

    def cancel(self, printer: str, job: int) -> None:
        """Takes a job out of its queue."""
        self._seen.discard((printer, job))
        self._spooler.cancel(printer, job)


def _device(title: str, printer: Printer, pdf: bytes) -> QPrinter:
    device = QPrinter(QPrinterInfo.printerInfo(printer.name), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setFullPage(True)
    device.setPageLayout(layout_of(pdf))
    device.setDuplex(QPrinter.DuplexMode.DuplexNone)
    device.setResolution(min(device.resolution(), HIGHEST_DPI))
    return device


def layout_of(pdf: bytes) -> QPageLayout:
    """The sheet of a paper, without margins; what lies across is the same sheet turned, as a printer has no other."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        width, height = document[0].get_size()
    finally:
        document.close()
    across = lies_across(pdf)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    size = QSizeF(height, width) if across else QSizeF(width, height)
    return QPageLayout(QPageSize(size, QPageSize.Unit.Point), turned, QMarginsF(0, 0, 0, 0))


def _draw(pdf: bytes, device: QPrinter, painter: QPainter) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            if number:
                device.newPage()
            bitmap = page.render(scale=device.resolution() / 72, prefer_bgrx=True, maybe_alpha=False)
            size = (bitmap.width, bitmap.height, bitmap.stride)
            image = QImage(bitmap.buffer, *size, QImage.Format.Format_RGB32)
            painter.drawImage(QRectF(painter.viewport()), image)
    finally:
        document.close()
