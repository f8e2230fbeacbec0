"""The book of a register as a spreadsheet: texts and numbers as they are, totals, nothing that a spreadsheet would do something with."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.domain.papers.ruled_book import sums_of
from counter_assistant.storage.spreadsheets.book_sheet import HEAD_ROW, write_book
from tests.hostile import MARKUP, PATHS, QUERIES
from tests.paper.test_register_book import COLUMNS, book

LURES = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "http://example.com",
    "mailto:a@example.com",
    "file:///etc/passwd",
    "'=1",
    "007",
    "1e5",
    "\t=1",
    "<b>",
)


def read(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data)).active


def test_it_says_what_the_printed_book_says() -> None:
    page = read(write_book(book(40)))
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "意见建议登记簿"
    assert rows[1][0].endswith("2026年11月1日至2026年11月30日")
    assert rows[HEAD_ROW] == ("序号", "内容", "件数")
    assert rows[HEAD_ROW + 1 : -1] == list(book(40).rows)
    assert rows[-1] == ("合计", 40, sums_of(COLUMNS, book(40).rows)[2])
    assert [type(cell) for cell in rows[HEAD_ROW + 1]] == [int, str, int]


@pytest.mark.parametrize("text", [*LURES, *MARKUP, *QUERIES, *PATHS])
def test_whatever_a_text_looks_like_it_stays_a_text(text: str) -> None:
    printable = "".join(character for character in text if character.isprintable()) or "空"
    data = write_book(replace(book(1), rows=((1, printable, 2),)))
    cell = read(data).cell(HEAD_ROW + 2, 2)
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", printable, None)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in whole
    assert b"<hyperlink" not in whole


def test_an_empty_book_is_a_file_all_the_same() -> None:
    assert list(read(write_book(book(0))).iter_rows(values_only=True))[-1] == ("合计", 0, 0)


@pytest.mark.nightly("spreadsheet")
def test_libreoffice_reads_the_same_types_and_totals(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made = replace(book(30), rows=(*book(30).rows, *((31 + n, lure, n) for n, lure in enumerate(LURES))))
    (tmp_path / "book.xlsx").write_bytes(write_book(made))
    run = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
    ]
    subprocess.run(
        [*run, "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")], check=True, capture_output=True, timeout=180
    )
    rows = list(csv.reader((tmp_path / "book.csv").read_text("utf-8").splitlines()))[HEAD_ROW + 1 :]
    assert [row[1] for row in rows[:-1]] == [str(row[1]) for row in made.rows]
    assert rows[-1] == ["合计", str(len(made.rows)), str(sums_of(COLUMNS, made.rows)[2])]
