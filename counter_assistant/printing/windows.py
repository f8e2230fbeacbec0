"""Windows：pypdfium2 draws each page at the printer's own resolution, QPrinter prints the image in full-page mode.

NOT TESTED: written from the documentation, without a Windows PC. What to try first there: a stopped queue, a printer
with wide unprintable margins, and memory at 1200 dpi (the image is limited to 600 dpi for that reason).
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_assistant.printing.jobs import Printer, failed

HIGHEST_DPI = 600


class WindowsPrinting:
    """The printers that Windows knows. Jobs have no number here; it is 0."""

    def printers(self) -> list[Printer]:
        """Every installed printer."""
        error = QPrinter.PrinterState.Error
        return [
            Printer(info.printerName(), info.printerName(), info.isDefault(), stopped=info.state() is error)
            for info in QPrinterInfo.availablePrinters()
        ]

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        """Draws page after page; no copy of the paper is kept in a file. Returns 0.

        Raises:
            Refusal: `print-failed`.
        """
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
        return 0

    def trays(self, printer: str) -> tuple[str, ...]:
        """Qt does not say which of its sources a printer has."""
        return ()

    def job_reasons(self, printer: Printer, job: int) -> tuple[str, ...]:
        """Windows does not say."""
        return ()


def _device(title: str, printer: Printer, pdf: bytes) -> QPrinter:
    device = QPrinter(QPrinterInfo.printerInfo(printer.name), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setFullPage(True)
    device.setPageLayout(QPageLayout(_size(pdf), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    device.setDuplex(QPrinter.DuplexMode.DuplexNone)
    device.setResolution(min(device.resolution(), HIGHEST_DPI))
    return device


def _size(pdf: bytes) -> QPageSize:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return QPageSize(QSizeF(*document[0].get_size()), QPageSize.Unit.Point)
    finally:
        document.close()


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
