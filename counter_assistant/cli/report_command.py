"""命令行 report：一个月或者一年的报告，文字、JSON，或者连同 PDF 和电子表格存到一个文件夹."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.domain.report.report import Report
from counter_assistant.domain.report.span import read_span
from counter_assistant.operations.archive.reprint_and_void import paper_folder
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.making import make_report
from counter_assistant.operations.report.outputs import report_pdf, report_sheet
from counter_assistant.paths import named_folder
from counter_assistant.printing.file import file_name, save_pdf


def report(options: Namespace) -> None:
    """Counts a period, and with `--out` writes its paper and its spreadsheet."""
    with open_named(options) as office:
        made = make_report(office, read_span(options.period, office.today()))
        folder = paper_folder(named_folder(options.out, "--out")) if options.out else None
        files = [path_in_words(path) for path in _saved(office, made, folder)] if folder else []
    text = [*_lines(made), *(f"存到 {path}" for path in files)]
    answer(options, made.to_payload() | {"files": files}, text, done="文件已经写好。" if files else "")


def add_command(subparsers: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds the command; `command` makes one with the options that all have, `words` reads texts."""
    made = command(
        subparsers, "report", report, "一个月或者一年的报告：来了多少、说清没有、守诺没有、在等什么，与上一期对照"
    )
    made.add_argument("period", type=words, metavar="PERIOD", help="2026-11，或者 2026")
    made.add_argument("--out", metavar="DIR", help="PDF 和电子表格存放的文件夹")


def _saved(office: Office, made: Report, folder: Path) -> Iterator[Path]:
    name = f"窗口报告-{made.span.name}"
    for content, ending in ((report_pdf(office, made), ".pdf"), (report_sheet(office, made), ".xlsx")):
        yield save_pdf(content, folder / file_name(name, digits=made.span.name, ending=ending))


def _lines(made: Report) -> Iterator[str]:
    """The tables, a line for each row."""
    unfinished = "（还没有过完）" if made.unfinished else ""
    yield f"{made.span.in_words}{unfinished}，与{made.span.turned(-1).in_words}对照"
    for section in made.sections:
        yield ""
        yield "　".join((section.title, *(column.head for column in section.columns[1:])))
        for row in section.rows:
            yield "　".join(map(str, row))
        if section.words:
            yield section.words
