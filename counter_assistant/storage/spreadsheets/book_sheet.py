"""写登记簿的电子表格：一行一条，末行合计。Every cell is written as text or as a number, never as anything else."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from counter_assistant.domain.papers.ruled_book import RuledBook, sums_of
from counter_assistant.storage.content.sheet_writing import NOTHING_BUT_TEXT

HEAD_ROW = 2
WIDTH = 1.4
"""How many characters wide a part of the page is."""
LONGEST_NAME = 31


def write_book(book: RuledBook) -> bytes:
    """The file: a title, of which days it is, the heads, the rows, and what the columns that are added up come to."""
    held = BytesIO()
    made = xlsxwriter.Workbook(held, NOTHING_BUT_TEXT)
    page = made.add_worksheet(book.title[:LONGEST_NAME])
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#b8c0c8", "font_size": 10}
    text, number = made.add_format({**cell, "num_format": "@"}), made.add_format({**cell, "num_format": "0"})
    head = made.add_format({**cell, "num_format": "@", "bold": True, "bg_color": "#dfe6ee"})
    page.write_string(0, 0, book.title, made.add_format({"bold": True, "font_size": 16}))
    page.write_string(1, 0, f"{book.unit}　{book.extent}", made.add_format({"font_size": 10}))
    for at, column in enumerate(book.columns):
        page.set_column(at, at, max(column.width * WIDTH, 5))
        page.write_string(HEAD_ROW, at, column.head, head)
    for line, row in enumerate(book.rows, HEAD_ROW + 1):
        for at, said in enumerate(row):
            if isinstance(said, int):
                page.write_number(line, at, said, number)
            else:
                page.write_string(line, at, said, text)
    last = HEAD_ROW + 1 + len(book.rows)
    page.write_string(last, 0, "合计", head)
    page.write_number(last, 1, len(book.rows), number)
    for at, amount in sums_of(book.columns, book.rows).items():
        page.write_number(last, at, amount, number)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.autofilter(HEAD_ROW, 0, last - 1, len(book.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_footer("&L&F&R第 &P 页，共 &N 页")
    made.close()
    return held.getvalue()
