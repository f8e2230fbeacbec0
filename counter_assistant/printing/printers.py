"""打印：sends a finished PDF to a printer of this PC, in the same way on every system.

Linux sends the PDF itself through CUPS (cups.py), which reports a queue that rejects jobs and how each job ends; Windows draws it
(windows.py); file.py saves it. Nothing is written to a temporary file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

from counter_assistant.printing.jobs import Asked, Printer, PrintJob, PrintSystem, Told, follow, service_down, submit


def print_pdf(pdf: bytes, title: str, printer: str | None = None, tray: str = "") -> PrintJob:
    """Prints every page once, one-sided, on a sheet of the size that it has. `title` is all that the queue shows: the slip's number,
    never a name. `tray` as `trays` names it; empty for the printer's own choice.

    May take seconds, so it is meant for a worker thread.

    Raises:
        Refusal: `no-printer`, `printer-gone`, `printer-rejects`, `print-failed`, `print-service-down`; nothing is
            printed then.
    """
    return submit(_system(), pdf, title, printer, tray)


def printers() -> list[Printer]:
    """The printers of this PC with their state.

    Raises:
        Refusal: `print-service-down`, `print-failed` (no answer within half a minute).
    """
    return _system().printers()


def trays(printer: str) -> tuple[str, ...]:
    """The trays of a printer, as the system calls them; none where it does not say.

    Raises:
        Refusal: what `printers` refuses.
    """
    return _system().trays(printer)


def look(asked: Sequence[Asked] = ()) -> tuple[list[Printer], dict[str, Told]]:
    """The printers of this PC, and how each of these jobs stands.

    Raises:
        Refusal: what `printers` refuses.
    """
    system = _system()
    known = system.printers()
    return known, follow(system, asked, known)


def take_back(one: Asked) -> Told:
    """Takes a job out of its queue, so that it can be sent anew, and says how it ended: a job may have been quicker.

    Raises:
        Refusal: what `printers` refuses.
    """
    system = _system()
    if one.job:
        system.cancel(one.printer, one.job)
    return follow(system, [one], system.printers())[one.number]


@cache
def _system() -> PrintSystem:
    if sys.platform == "win32":
        from counter_assistant.printing.windows import WindowsPrinting

        return WindowsPrinting()
    from counter_assistant.printing.cups import Cups, libcups

    if not libcups():
        raise service_down()
    return Cups()
