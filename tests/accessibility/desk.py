"""The desk as it is started, but for its printer, which takes every paper and prints none: python -m tests.accessibility.desk FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.start import assemble


def print_nothing(pdf: bytes, title: str, printer: str | None = None, tray: str = "") -> PrintJob:
    """A printer that is well."""
    return PrintJob("HP", 1, "已送打印机 HP。", report=JobReport(PrintState.OUT))


def main(folder: Path) -> int:
    """Opens the desk of a data folder; returns the exit code of the program."""
    printing.print_pdf = print_nothing
    printing.printers = list
    printing.look = lambda asked=(): ([], {})
    application, desk = assemble(folder, training=False)
    return desk.run(application)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
