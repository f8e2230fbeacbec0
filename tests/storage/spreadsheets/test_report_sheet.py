"""A report as a spreadsheet: a sheet for each table, whole numbers and texts, and nothing that a spreadsheet would do something with."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from counter_assistant.domain.report.counted import Counted, Counts, Lacking, ToldMatter
from counter_assistant.domain.report.printed import PrintedReport
from counter_assistant.domain.report.report import report_of
from counter_assistant.domain.report.span import Span
from counter_assistant.storage.spreadsheets.report_sheet import HEAD_ROW, write_report
from tests.storage.spreadsheets.test_book_sheet import LURES


def printed(*materials: str) -> PrintedReport:
    told = [ToldMatter(f"t{n}", "B05", "购买二手房提取", True, n > 2) for n in range(27)]
    now = Counted(told=tuple(told), lacking=tuple(Lacking(text, text) for text in materials), counts=Counts(voids=3))
    made = report_of(Span(2026, 11), now, Counted(), time(17, 30), unfinished=False)
    return PrintedReport(made, "某中心", "窗口月报告", "示例", "2026年11月", (), ())


def test_every_table_has_its_sheet_and_every_cell_its_type() -> None:
    report = printed("购房发票")
    book = openpyxl.load_workbook(BytesIO(write_report(report)))
    assert book.sheetnames == ["办了什么", "什么时候人多", "一次说清了吗", "承诺守住了吗", "在等什么"]
    for section in report.report.sections:
        page = book[section.title]
        rows = list(page.iter_rows(values_only=True))
        assert rows[0][0] == f"窗口月报告（示例）　{section.title}"
        assert rows[1][0] == "某中心　2026年11月"
        assert (rows[2][0] or "") == section.words
        assert [head or "" for head in rows[HEAD_ROW]] == [column.head for column in section.columns]
        assert rows[HEAD_ROW + 1 :] == [tuple(row) for row in section.rows]
        for row in rows[HEAD_ROW + 1 :]:
            assert [type(cell) for cell in row[1:]] in ([int] * (len(row) - 1), [int, int, int, str])
    assert book["一次说清了吗"]["D5"].value == 88


@pytest.mark.parametrize("text", LURES)
def test_a_material_that_looks_like_a_formula_or_a_link_stays_a_text(text: str) -> None:
    printable = "".join(character for character in text if character.isprintable())
    cell = openpyxl.load_workbook(BytesIO(write_report(printed(printable))))["在等什么"].cell(HEAD_ROW + 2, 1)
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", printable, None)


@pytest.mark.nightly("spreadsheet")
def test_libreoffice_reads_the_same_figures(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    report = printed("=1+1")
    (tmp_path / "report.xlsx").write_bytes(write_report(report))
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [office, f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", every]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "report.xlsx")], check=True, timeout=120)
    for section in report.report.sections:
        text = (tmp_path / f"report-{section.title}.csv").read_text("utf-8")
        rows = list(csv.reader(text.splitlines()))[HEAD_ROW + 1 :]
        assert [row[: len(section.columns)] for row in rows] == [[str(cell) for cell in row] for row in section.rows]
