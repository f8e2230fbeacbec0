"""写核定表：一页一句一行，给不装本程序的人看和填。Every cell is written as text or as a number, never as anything else."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from counter_assistant.domain.revision.approval_sheet import ANSWERS, HEADS, SheetRow

PAGE = "核定表"
WIDTHS = (12, 9, 18, 56, 26, 7, 40, 20, 9, 12)
FILLED_IN = HEADS.index("结论")
"""From this column on the centre fills in; what is before stays as it was sent."""
USED = HEADS.index("用于")
NOTHING_BUT_TEXT = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_HEAD_ROW = 2


def write_sheet(rows: Sequence[SheetRow], title: str, hint: str) -> bytes:
    """The file: a title, a line that says what to do, the heads, and the rows."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, NOTHING_BUT_TEXT)
    page = book.add_worksheet(PAGE)
    looks = _looks(book)
    page.write_string(0, 0, title, looks["title"])
    page.write_string(1, 0, hint, looks["hint"])
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(_HEAD_ROW, column, head, looks["head"])
    for line, row in enumerate(rows, _HEAD_ROW + 1):
        for column, text in enumerate(row.cells()):
            open_ = column >= FILLED_IN or column == USED
            page.write_string(line, column, text, looks["open" if open_ else "fixed"])
    _arrange(page, _HEAD_ROW + len(rows))
    book.close()
    return held.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": "#b8c0c8",
        "num_format": "@",
        "font_size": 10,
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "hint": book.add_format({"font_size": 10, "font_color": "#5a6672"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#dfe6ee", "valign": "vcenter"}),
        "fixed": book.add_format({**cell, "locked": True, "bg_color": "#f5f7f9"}),
        "open": book.add_format({**cell, "locked": False}),
    }


def _arrange(page: Any, last: int) -> None:
    """A head that stays, a filter, a list of answers, cells that cannot be overwritten by mistake, and a page that prints."""
    page.freeze_panes(_HEAD_ROW + 1, 0)
    page.autofilter(_HEAD_ROW, 0, max(last, _HEAD_ROW + 1), len(HEADS) - 1)
    page.data_validation(
        _HEAD_ROW + 1, FILLED_IN, max(last, _HEAD_ROW + 1), FILLED_IN,
        {
            "validate": "list", "source": list(ANSWERS), "error_title": "结论",
            "error_message": f"请写{'、'.join(ANSWERS)}，或者留空。",
        },
    )  # fmt: skip
    allowed = dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter"), True)
    page.protect("", allowed)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.set_footer("&L&F&R第 &P 页，共 &N 页")
