"""打印：a finished PDF goes to a printer of this PC. One small port, whatever the system is.

Linux sends the PDF itself through CUPS (cups.py, or lp.py where the library is missing), because a queue that rejects
jobs is then heard of; Windows draws it (windows.py); file.py saves it. Nothing is written to a temporary file.
"""

from __future__ import annotations

import sys
from functools import cache

from counter_assistant.printing.jobs import Printer, PrintJob, PrintSystem, submit

__all__ = ["PrintJob", "Printer", "default_printer", "print_pdf", "printers"]


def print_pdf(pdf: bytes, title: str, printer: str | None = None) -> PrintJob:
    """Prints every page once, one-sided. `title` is all that the queue shows: the slip's number, never a name.

    May take seconds and is meant for a worker thread. Raises Refusal where nothing will be printed.
    """
    return submit(_system(), pdf, title, printer)


def printers() -> list[Printer]:
    """The printers of this PC with their state."""
    return _system().printers()


def default_printer() -> str | None:
    """The name of the printer that is used where none is chosen."""
    known = printers()
    usual = [printer for printer in known if printer.is_default] or known
    return usual[0].name if len(usual) == 1 else None


@cache
def _system() -> PrintSystem:
    if sys.platform == "win32":
        from counter_assistant.printing.windows import WindowsPrinting

        return WindowsPrinting()
    from counter_assistant.printing.cups import Cups, libcups

    if libcups():
        return Cups()
    from counter_assistant.printing.lp import Lp

    return Lp()
