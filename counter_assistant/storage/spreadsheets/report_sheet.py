"""写报告的电子表格：一张数表一页。Every cell is written as text or as a number, never as anything else."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from counter_assistant.domain.report.printed import PrintedReport
from counter_assistant.domain.report.report import Section
from counter_assistant.storage.content.sheet_writing import NOTHING_BUT_TEXT

HEAD_ROW = 3
WIDTH = 1.4
"""How many characters wide a part of the page is."""


def write_report(printed: PrintedReport) -> bytes:
    """The file: a sheet for each table, under the title and the period, with the sentence that belongs to it."""
    held = BytesIO()
    made = xlsxwriter.Workbook(held, NOTHING_BUT_TEXT)
    for section in printed.report.sections:
        _write(made, printed, section)
    made.close()
    return held.getvalue()


def _write(made: Any, printed: PrintedReport, section: Section) -> None:
    page = made.add_worksheet(section.title)
    cell = {"valign": "top", "border": 1, "border_color": "#b8c0c8", "font_size": 10}
    text, number = made.add_format({**cell, "num_format": "@"}), made.add_format({**cell, "num_format": "0"})
    head = made.add_format({**cell, "num_format": "@", "bold": True, "bg_color": "#dfe6ee"})
    plain = made.add_format({"font_size": 10})
    mark = f"（{printed.mark}）" if printed.mark else ""
    page.write_string(0, 0, f"{printed.title}{mark}　{section.title}", made.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, f"{printed.unit}　{printed.extent}", plain)
    page.write_string(2, 0, section.words, plain)
    for at, column in enumerate(section.columns):
        page.set_column(at, at, max(column.width * WIDTH, 5))
        page.write_string(HEAD_ROW, at, column.head, head)
    for line, row in enumerate(section.rows, HEAD_ROW + 1):
        for at, said in enumerate(row):
            if isinstance(said, int):
                page.write_number(line, at, said, number)
            else:
                page.write_string(line, at, said, text)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&R第 &P 页，共 &N 页")
