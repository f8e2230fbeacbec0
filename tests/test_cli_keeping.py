"""The command line of the registers: add, list, show; what is recorded comes from a file, never as an argument."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.cli import parser
from counter_assistant.domain.registers.register_kind import RegisterKind
from tests.hand_entries import MENDED, TYPED
from tests.make import text_of

KEYS = {
    "kind", "entry", "time", "clerk", "line", "state", "waits", "stage", "due", "void", "case", "settled",
}  # fmt: skip


class Line:
    """A command line on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch

    def run(self, *arguments: str, given: Any = None) -> tuple[int, str, str]:
        text = json.dumps(given, ensure_ascii=False).encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
        code = parser.main(["register", *arguments, "--data-dir", str(self.folder)])
        return code, *self._capsys.readouterr()

    def json(self, *arguments: str, given: Any = None) -> Any:
        code, out, err = self.run(*arguments, "--json", given=given)
        assert (code, err) == (0, "")
        return json.loads(out)

    def refused(self, *arguments: str, given: Any = None) -> str:
        code, out, err = self.run(*arguments, given=given)
        assert (code, out) == (1, "")
        return err


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(tmp_path, capsys, monkeypatch)


def test_each_register_is_written_listed_and_shown(line: Line) -> None:
    for kind, typed in TYPED.items():
        added = line.json(kind.value, "add", "-", given=typed)
        assert added.keys() == KEYS
        found = line.json(kind.value, "list")
        assert found == {"kind": kind.value, "lines": [added]}
        shown = line.json(kind.value, "show", str(added["entry"]))
        assert shown.keys() == KEYS | {"cells"}
    assert [one["line"] for one in line.json("first_contact", "list")["lines"]] == [
        "玉罕 139****2222　问租房提取额度怎样算"
    ]


def test_a_suggestion_from_the_box_to_its_answer_and_back(line: Line) -> None:
    entry = line.json("opinion", "add", "-", given=TYPED[RegisterKind.OPINION])["entry"]
    assert [one["entry"] for one in line.json("opinion", "list", "--waiting")["lines"]] == [entry]
    done = line.json("opinion", "add", "-", given={"of": entry, "text": "已加装", "to": "办公室", "posted": None})
    assert (done["state"], done["waits"]) == ("done", False)
    assert line.json("opinion", "list", "--waiting")["lines"] == []
    back = line.json("opinion", "add", "-", given={"of": str(entry), "withdraw": "还没有装"})
    assert (back["state"], back["settled"]) == ("open", None)


def test_the_list_narrows_by_words_and_days_and_is_read_by_people(line: Line) -> None:
    line.json("opinion", "add", "-", given=TYPED[RegisterKind.OPINION])
    for narrowed in (("扶手",), ("--from", "2000-01-01"), ("台阶 yw",)):
        assert len(line.json("opinion", "list", *narrowed)["lines"]) == 1
    for narrowed in (("停车",), ("--from", "2999-01-01"), ("--to", "2000-01-01")):
        assert line.json("opinion", "list", *narrowed)["lines"] == []
    code, out, _ = line.run("opinion", "list")
    assert (code, "建议　门口台阶请装扶手　待办" in out) == (0, True)
    code, out, _ = line.run("opinion", "show", "2")
    assert "内容：门口台阶请装扶手" in out
    assert line.run("absence", "list")[1] == "离岗和误时登记簿里没有。\n"
    assert line.run("opinion", "add", "-", given=TYPED[RegisterKind.OPINION])[1].startswith("已登记，第 ")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "好", "kind": "x"}, "没有“kind”这一栏"),
        ({"text": True}, "类型不对"),
        ({"of": 99, "text": "好"}, "没有第 99 条"),
        ({"of": "九", "text": "好"}, "不是登记的序号"),
        ({"of": 2, "text": "好", "leader": "x"}, "不认识“leader”"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(line: Line, given: dict[str, Any], said: str) -> None:
    line.json("opinion", "add", "-", given=TYPED[RegisterKind.OPINION])
    assert said in line.refused("opinion", "add", "-", given=given)


def test_a_book_is_exported_as_a_spreadsheet_or_to_be_printed(line: Line, tmp_path: Path) -> None:
    for n in range(3):
        line.json("overtime", "add", "-", given=TYPED[RegisterKind.OVERTIME] | {"visitors": n + 1})
    sheet, pdf = tmp_path / "a.xlsx", tmp_path / "a.pdf"
    told = line.json("overtime", "export", str(sheet))
    assert told == {"kind": "overtime", "file": str(sheet), "lines": 3}
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    assert (rows[0][0], rows[-1][0], rows[-1][4]) == ("延时服务登记簿", "合计", 6)
    line.json("overtime", "export", str(pdf), "办完两件")
    assert "只列含" in text_of(pdf.read_bytes())
    assert "写不进" in line.refused("overtime", "export", str(tmp_path / "nowhere" / "a.xlsx"))


def test_what_arises_by_itself_is_not_typed(line: Line) -> None:
    with_add = [kind for kind in RegisterKind if kind.by_hand or kind.settles]
    assert RegisterKind.FIRST_CONTACT not in with_add
    assert parser.main(["register", "first_contact", "add", "-"]) == 2
    assert "不用手工登记" in line.refused("result_filed", "add", "-", given={"text": "同意"})


def test_a_bad_rating_from_its_slip_to_what_came_of_it(line: Line, tmp_path: Path) -> None:
    added = line.json("rating", "add", "-", given=TYPED[RegisterKind.RATING])
    assert (added["clerk"], added["waits"], added["line"].split("　")[0]) == ("", True, "不满意")
    assert "整改" not in str(line.json("rating", "show", str(added["entry"]))["cells"].get("结果", ""))
    assert "要把结果告诉他" in line.refused("rating", "add", "-", given={"of": added["entry"], **MENDED, "told": ""})
    said = line.refused("rating", "add", "-", given={"of": added["entry"], "text": "好", "posted": "11-20"})
    assert "outcome、verified、text、told" in said
    done = line.json("rating", "add", "-", given={"of": added["entry"], **MENDED})
    assert (done["state"], done["waits"]) == ("done", False)
    cells = line.json("rating", "show", str(added["entry"]))["cells"]
    assert (cells["结果"], cells["怎样告知"]) == ("已整改", "11-23 电话告知")
    exported = line.json("rating", "export", str(tmp_path / "评价.xlsx"))
    assert (exported["kind"], exported["lines"]) == ("rating", 1)
    sheet = openpyxl.load_workbook(tmp_path / "评价.xlsx").active
    assert sheet is not None
    values = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"不满意", "等了一个小时", "139****3333", "已整改"} <= values
