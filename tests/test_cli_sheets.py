"""`content export|import`: a sheet goes out and comes back without a window; what cannot be taken is said row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.cli import parser
from counter_assistant.domain.revision.approval_sheet import HEADS
from counter_assistant.operations.catalogue.revising import Revising, acts_unsent
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.content.sheet_reading import read_sheet

FIRST = 4
"""The line of the first row in the file."""
BASIS = {"文号": "临住金〔2026〕18号", "条": "第五条", "日期": "2026-11-20"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path / "office")
    yield office
    office.close()


class Line:
    """The command line beside an office that is open on the same data."""

    def __init__(self, office: Office, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.office, self.file, self._capsys = office, file, capsys

    def run(self, command: str, *options: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        folder = str(self.office.folder)
        code = parser.main(["content", command, str(self.file), "--data-dir", folder, *options])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, command: str, *options: str, code: int = 0) -> Any:
        """The one JSON value on stdout."""
        got, out, _ = self.run(command, "--json", *options)
        assert got == code
        return json.loads(out)

    def fill(self, line: int, **cells: str) -> None:
        """What a person writes into a line, by the heads of its columns."""
        book = openpyxl.load_workbook(self.file)
        for head, value in cells.items():
            book.worksheets[0].cell(line, HEADS.index(head) + 1).value = value
        book.save(self.file)


@pytest.fixture
def line(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(office, tmp_path / "核定表.xlsx", capsys)
    made.run("export")
    return made


def test_a_sheet_is_written(line: Line, office: Office) -> None:
    found = line.json("export")
    many = len(Revising(office).open)
    assert found == {"file": str(line.file), "rows": many, "open": many, "answered": 0}
    assert len(read_sheet(line.file)) == many
    code, out, _ = line.run("export")
    assert (code, out) == (0, f"已存为 {line.file}：{many} 行，待核定的 {many} 行，已经答过的 0 行。\n")


def test_a_sheet_is_shown_first_and_taken_only_when_asked(line: Line, office: Office) -> None:
    first, second = read_sheet(line.file)[:2]
    line.fill(FIRST, 结论="同意", **BASIS)
    line.fill(FIRST + 1, 结论="不要", **BASIS)
    found = line.json("import")
    assert (found["taken"], found["faults"]) == (0, [])
    assert found["rows"][0] == {
        "line": FIRST, "id": first.id, "part": found["rows"][0]["part"], "items": first.items.split("、"), "words": first.words,
        "answer": "agree", "new": "", "document": BASIS["文号"], "clause": "第五条", "day": "2026-11-20",
    }  # fmt: skip
    code, out, _ = line.run("import")
    assert code == 0
    assert out.splitlines() == [
        f"第 {FIRST} 行　同意　{first.words}　{first.items}　〔临住金〔2026〕18号，第五条，2026-11-20〕",
        f"第 {FIRST + 1} 行　不要　{second.words}　{second.items}　〔临住金〔2026〕18号，第五条，2026-11-20〕",
        "还没有记。要记进这一稿，请加 --take。",
    ]
    assert acts_unsent(office) == 0
    code, out, _ = line.run("import", "--take")
    assert (code, out.splitlines()[-1]) == (0, "2 处已记进这一稿。")
    batch = Revising(office).last_batch
    assert batch is not None
    assert (batch.count, batch.origin) == (2, "核定表.xlsx")
    assert line.json("import", "--take") == {"taken": 0, "rows": [], "faults": []}
    assert "没有新填的行" in line.run("import")[1]
    assert line.json("export")["answered"] == 2


def test_what_is_changed_is_shown_with_both_wordings(line: Line) -> None:
    row = next(row for row in read_sheet(line.file) if row.part == "说明")
    line.fill(row.number, 结论="改", 改为="改过的一句", **BASIS)
    _, out, _ = line.run("import")
    assert f"改　{row.words} → 改过的一句" in out


def test_nothing_is_taken_while_a_row_is_faulty(line: Line, office: Office) -> None:
    line.fill(FIRST, 结论="同意", **BASIS)
    line.fill(FIRST + 1, 结论="好", **BASIS)
    found = line.json("import", "--take", code=1)
    assert (found["taken"], [row["line"] for row in found["rows"]]) == (0, [FIRST])
    (fault,) = found["faults"]
    assert (fault["line"], fault["code"], fault["fault"]) == (FIRST + 1, "answer-unknown", "结论“好”不认识。")
    code, out, err = line.run("import", "--take")
    assert code == 1
    assert out.splitlines()[0] == f"第 {FIRST + 1} 行　不能导入：结论“好”不认识。结论请写同意、改、不要。"
    assert "一行也没有记" in err
    assert acts_unsent(office) == 0


def test_a_file_that_is_no_sheet_is_refused(line: Line) -> None:
    line.file.write_text("编号", encoding="utf-8")
    code, out, err = line.run("import", "--take")
    assert (code, out) == (1, "")
    assert "无法读取" in err
