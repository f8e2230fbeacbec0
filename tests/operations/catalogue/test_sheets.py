"""A sheet goes out, is filled in with the tools of an office, and comes back; what is wrong with a file is said, never run."""

from __future__ import annotations

import ast
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.approval_sheet import HEADS, SheetRow
from counter_assistant.domain.revision.revision import Batch, Revision, applied
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.operations.catalogue import revising as revising_module
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.sheets import export_sheet, read_filled_in, take_rows
from counter_assistant.operations.office import Office
from counter_assistant.storage.content import sheet_reading
from counter_assistant.storage.content.revision_file import ActTexts, write_revision
from counter_assistant.storage.content.sheet_reading import read_sheet
from counter_assistant.storage.content.sheet_writing import write_sheet
from tests.make import an_office
from tests.places import PACKAGE

FIRST = 4
"""The line of the first row in the file."""
CENTRE = Source("centre", document="临住金〔2026〕18号", day=date(2026, 11, 20))
BASIS = {"文号": "临住金〔2026〕18号", "条": "第五条", "日期": "2026-11-20"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path / "office")
    yield office
    office.close()


@pytest.fixture
def sheet(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "核定表.xlsx"
    export_sheet(office, Revising(office), path)
    return path


def fill(path: Path, line: int, **cells: Any) -> None:
    """What a person writes into a line, by the heads of its columns."""
    book = openpyxl.load_workbook(path)
    for head, value in cells.items():
        book.worksheets[0].cell(line, HEADS.index(head) + 1).value = value
    book.save(path)


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        read_sheet(path)
    return refusal.value.code


def test_a_sheet_is_written_and_read_back_the_same(office: Office, sheet: Path) -> None:
    revising = Revising(office)
    rows = read_sheet(sheet)
    assert [row.id for row in rows] == [each.statement.id for each in revising.open]
    assert [row.words for row in rows] == [each.statement.words for each in revising.open]
    assert [row.number for row in rows] == list(range(FIRST, FIRST + len(rows)))
    assert read_filled_in(office, revising, sheet) == []


@pytest.mark.slow
def test_what_was_filled_in_is_taken_and_can_be_taken_back(office: Office, sheet: Path) -> None:
    revising = Revising(office)
    before = revising.progress.answered
    fill(sheet, FIRST, 结论="同意", **BASIS)
    fill(
        sheet,
        FIRST + 1,
        结论="不要",
        **{
            **BASIS,
            "日期": datetime(2026, 11, 20),  # noqa: DTZ001 - as openpyxl reads and writes a cell
            "条": 5,
        },
    )
    readings = read_filled_in(office, revising, sheet)
    assert [reading.refusal for reading in readings] == [None, None]
    assert revising.progress.answered == before
    assert take_rows(revising, readings, sheet.name) == 2
    assert Revising(office).progress.answered == 2
    export_sheet(office, revising, sheet)
    assert read_filled_in(office, revising, sheet) == []
    revising.undo()
    assert Revising(office).progress.answered == 1


@pytest.mark.slow
def test_a_whole_sheet_is_taken_with_one_write_and_taken_back_with_one(
    office: Office, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revising, writes = Revising(office), list[int]()
    revising.do(Verdict(revising.open[-1].statement, Answer.AGREE, CENTRE))
    for line in range(FIRST, FIRST + 5):
        fill(sheet, line, 结论="同意", **BASIS)
    monkeypatch.setattr(revising_module, "write_revision", counted(writes))
    take_rows(revising, read_filled_in(office, revising, sheet), "核定表.xlsx")
    revising.do(Verdict(revising.open[-1].statement, Answer.AGREE, CENTRE))
    assert writes == [6, 7]
    assert Revising(office).last_batch == revising.last_batch == Batch(1, 5, "核定表.xlsx")
    later = revising.revision.acts[-1]
    assert revising.undo_batch().count == 5
    assert writes == [6, 7, 2]
    assert revising.revision.acts[1:] == (later,)
    assert revising.working.items == reduce(applied, Revising(office).revision.acts, revising.base).items
    assert revising.progress.answered == 2


def test_a_sheet_is_taken_whole_or_not_at_all(office: Office, sheet: Path) -> None:
    """GIVEN a sheet that was read WHEN one of its sentences is answered meanwhile THEN none of its rows is taken."""
    revising = Revising(office)
    for line in (FIRST, FIRST + 1):
        fill(sheet, line, 结论="同意", **BASIS)
    readings = read_filled_in(office, revising, sheet)
    revising.do(Verdict(revising.open[1].statement, Answer.AGREE, CENTRE))
    before = (revising.revision, revising.working)
    with pytest.raises(Refusal) as refusal:
        take_rows(revising, readings, sheet.name)
    assert refusal.value.code == "statement-gone"
    assert (revising.revision, revising.working) == before
    assert Revising(office).revision == before[0]


def counted(writes: list[int]) -> Callable[[Path, Revision, ActTexts], None]:
    """Keeps a revision as it is kept, and counts its acts."""

    def write(folder: Path, revision: Revision, texts: ActTexts) -> None:
        write_revision(folder, revision, texts)
        writes.append(len(revision.acts))

    return write


def test_nothing_is_taken_while_a_row_is_wrong(office: Office, sheet: Path) -> None:
    revising = Revising(office)
    fill(sheet, FIRST, 结论="同意", **BASIS)
    fill(sheet, FIRST + 1, 结论="好", **BASIS)
    readings = read_filled_in(office, revising, sheet)
    with pytest.raises(Refusal, match=f"第 {FIRST + 1} 行：结论“好”不认识") as refusal:
        take_rows(revising, readings, sheet.name)
    assert refusal.value.code == "sheet-faulty"
    assert Revising(office).revision.acts == ()


def test_a_forbidden_phrase_is_refused_at_its_row(office: Office, sheet: Path) -> None:
    revising = Revising(office)
    line = next(row.number for row in read_sheet(sheet) if row.part == "说明")
    fill(sheet, line, 结论="改", 改为="不知道", **BASIS)
    (reading,) = read_filled_in(office, revising, sheet)
    assert reading.refusal is not None
    assert (reading.row.number, reading.refusal.code) == (line, "forbidden-wording")


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://a")', "+1", "-1", "@SUM(1)", "http://a.b", "00123", "\tx", "<b>", "'"]
)
def test_whatever_looks_like_more_is_written_as_text(tmp_path: Path, text: str) -> None:
    row = SheetRow("a", "说明", "B08", text, text)
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_sheet([row], text, text))
    (read,) = read_sheet(path)
    assert (read.words, read.origin) == (text.strip(), text.strip())
    with zipfile.ZipFile(path) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_only_text_and_numbers_are_ever_written() -> None:
    """GIVEN the module that writes sheets THEN no other way to write a cell is called in it."""
    path = PACKAGE / "storage" / "content" / "sheet_writing.py"
    called = {
        n.func.attr
        for n in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    assert {name for name in called if name.startswith("write")} <= {"write_string", "write_number"}


@pytest.mark.parametrize("value", ["=A1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_refused_with_its_cell(sheet: Path, value: str) -> None:
    fill(sheet, FIRST + 2, 改为=value)
    with pytest.raises(Refusal, match=f"第 {FIRST + 2} 行“改为”是公式") as refusal:
        read_sheet(sheet)
    assert refusal.value.code == "sheet-formula"


def without_heads(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_cols(3)
    book.save(path)


def other_page_first(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet("别的", 0)
    book.save(path)


def with_macros(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")


def too_many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as parts:
        for n in range(sheet_reading.MOST_PARTS + 1):
            parts.writestr(f"x{n}", b"")


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/big.xml", b"0" * (sheet_reading.LARGEST_CONTENT + 1))


def damaged(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)


def endless(path: Path) -> None:
    path.write_bytes(
        write_sheet([SheetRow(f"{n}", "说明", "B08", "甲", "") for n in range(sheet_reading.MOST_ROWS)], "", "")
    )


SPOILT: list[tuple[Callable[[Path], Any], str]] = [
    (lambda path: path.write_bytes(b""), "sheet-unreadable"), (lambda path: path.write_bytes(b"PK\x03\x04"), "sheet-unreadable"),
    (lambda path: path.write_text("编号,部分"), "sheet-unreadable"), (lambda path: path.unlink(), "sheet-unreadable"),
    (lambda path: path.write_bytes(b"0" * (sheet_reading.LARGEST_FILE + 1)), "sheet-unreadable"),
    (without_heads, "sheet-heads"), (other_page_first, "sheet-heads"), (with_macros, "sheet-macros"),
    (too_many_parts, "sheet-unreadable"), (bomb, "sheet-unreadable"), (damaged, "sheet-unreadable"), (endless, "sheet-too-long"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "code"), SPOILT, ids=[f"{n}-{code}" for n, (_, code) in enumerate(SPOILT)])
def test_a_file_that_is_no_sheet_is_refused(sheet: Path, spoil: Callable[[Path], Any], code: str) -> None:
    spoil(sheet)
    assert refused(sheet) == code


def test_a_folder_that_cannot_be_written_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        export_sheet(office, Revising(office), tmp_path / "none" / "a.xlsx")
    assert refusal.value.code == "sheet-unwritable"


@pytest.mark.slow
@pytest.mark.office_suite
def test_a_sheet_that_libreoffice_saved_again_means_the_same(office: Office, sheet: Path, tmp_path: Path) -> None:
    fill(sheet, FIRST, 结论="同意", **BASIS)
    fill(sheet, FIRST + 3, 结论="不要", **BASIS)
    before = read_sheet(sheet)
    for kind in ("ods", "xlsx"):
        made = tmp_path / "again" / sheet.with_suffix(f".{kind}").name
        convert = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(made.parent),
        ]
        subprocess.run([*convert, str(sheet)], check=True, capture_output=True, timeout=300)
        sheet = made
    again = read_sheet(sheet)
    assert [re.sub(r"\s+", "", "|".join(row.cells())) for row in again] == [
        re.sub(r"\s+", "", "|".join(row.cells())) for row in before
    ]
    assert [reading.refusal for reading in read_filled_in(office, Revising(office), sheet)] == [None, None]
