"""读核定表：只读文字，不算公式，不跟链接，不开宏；读不懂的说出是哪一行哪一格."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.approval_sheet import HEADS, SheetRow, row_of
from counter_assistant.files import read_plain, reason_of

MOST_ROWS = 5_000
LARGEST_FILE, LARGEST_CONTENT, MOST_PARTS = 10 << 20, 100 << 20, 200
"""Bytes of the file and of what it unpacks to, and how many parts: a real sheet is a hundredth of that."""
MACROS = "vbaProject"


def read_sheet(path: Path) -> list[SheetRow]:
    """The rows below the heads of the first page, blank ones left out, each with its line in the file.

    Raises:
        Refusal: `sheet-unreadable` (no such file, not an .xlsx file, too large, damaged), `sheet-macros`, `sheet-heads` (the
            columns are not those of the sheet), `sheet-formula` (a cell holds a formula or an error), `sheet-too-long`.
    """
    content = BytesIO(_content(path))
    try:
        with closing(openpyxl.load_workbook(content, read_only=True, keep_links=False)) as book:
            return _rows(_lines(book.worksheets[0]) if book.worksheets else iter(()))
    except Refusal:
        raise
    except Exception as error:  # whatever a damaged file makes the library do
        raise _unreadable(path, "文件损坏") from error


def _content(path: Path) -> bytes:
    """What the file holds, looked at before anything is unpacked."""
    try:
        content = read_plain(path, LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise _unreadable(path, "文件太大")
        with zipfile.ZipFile(BytesIO(content)) as parts:
            listed = parts.infolist()
    except (OSError, ValueError) as error:
        raise _unreadable(path, reason_of(error)) from error
    except zipfile.BadZipFile as error:
        raise _unreadable(path, "不是 .xlsx 文件") from error
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_CONTENT:
        raise _unreadable(path, "展开以后太大")
    if any(MACROS in part.filename for part in listed):
        raise Refusal("sheet-macros", f"{path.name} 带有宏。", "请另存为不带宏的 .xlsx 文件，再导入。")
    return content


def _lines(page: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Each line with its number. How far the page says that it reaches is not believed."""
    page.reset_dimensions()
    for number, cells in enumerate(page.iter_rows(values_only=False), 1):
        if number > MOST_ROWS:
            raise Refusal("sheet-too-long", f"核定表超过 {MOST_ROWS} 行。", "请只留核定表自己的行。")
        yield number, cells


def _rows(lines: Iterator[tuple[int, Sequence[Any]]]) -> list[SheetRow]:
    for _, cells in lines:
        if tuple(str(cell.value or "").strip() for cell in cells[: len(HEADS)]) == HEADS:
            return [row for number, cells in lines if (row := _row(number, cells)).id or row.filled_in]
    raise Refusal(
        "sheet-heads",
        f"这不是核定表：找不到“{'、'.join(HEADS)}”这一行表头。",
        "请在本程序导出的核定表上填写，不要增删列。",
    )


def _row(number: int, cells: Sequence[Any]) -> SheetRow:
    texts = [_text(cell, number, head) for cell, head in zip(cells, HEADS, strict=False)]
    return row_of([*texts, *[""] * (len(HEADS) - len(texts))], number)


def _text(cell: Any, number: int, head: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") in ("f", "e"):
        raise Refusal("sheet-formula", f"第 {number} 行“{head}”是公式或者错误值。", "请改成文字，再导入。")
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _unreadable(path: Path, why: str) -> Refusal:
    return Refusal(
        "sheet-unreadable", f"{path.name} 无法读取：{why}。", "请选本程序导出、用 Excel 或 WPS 填好的 .xlsx 文件。"
    )
