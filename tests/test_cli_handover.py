"""The command line of handovers: added, listed, shown, printed, exported, ended, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.hand_entries import TYPED
from tests.make import text_of
from tests.test_cli_keeping import Line

LEAVING = {"until": "+1", "reason": "培训", "witness": "张某", "seals": "业务专用章 1 枚 编号 03"}
KEYS = {
    "entry", "time", "who", "receiver", "witness", "since", "until", "back", "reason", "cases", "waiting", "state", "returned",
}  # fmt: skip


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(tmp_path, capsys, monkeypatch)


def test_from_leaving_to_the_return(line: Line, tmp_path: Path) -> None:
    left = line.json("handover", "add", "-", given=LEAVING)
    assert left.keys() == KEYS
    assert (left["who"], left["receiver"], left["witness"]) == ("0001", "0002", "0003")
    assert (left["state"], left["returned"], left["cases"]) == ("open", None, 0)
    entry = str(left["entry"])
    sheet = tmp_path / "sheet.pdf"
    assert line.json("handover", "sheet", entry, str(sheet)) == {
        "entry": left["entry"],
        "file": str(sheet),
        "returned": False,
    }
    assert text_of(sheet.read_bytes()).count("AB角工作交接单") == 3
    back = line.json("handover", "add", "-", given={"of": left["entry"], "witness": "0003", "seals": LEAVING["seals"]})
    assert (back["entry"], back["state"]) == (left["entry"], "done")
    shown = line.json("handover", "show", entry)
    assert [sheet[1] for sheet in shown["sheets"]] == ["AB 角工作交接单（示例）", "AB 角返岗交回单（示例）"]
    line.json("handover", "sheet", entry, str(sheet))
    assert "返岗交回单" in text_of(sheet.read_bytes())
    again = line.json("handover", "add", "-", given={"of": left["entry"], "withdraw": "还没有回来"})
    assert (again["state"], again["returned"]) == ("open", None)
    gone = line.json("handover", "add", "-", given={"of": left["entry"], "withdraw": "不走了"})
    assert gone["state"] == "withdrawn"


def test_what_is_listed_and_the_line_in_the_register_of_absences(line: Line) -> None:
    assert line.run("handover", "list")[1] == "没有工作交接。\n"
    first = line.json("handover", "add", "-", given=LEAVING)["entry"]
    line.json("absence", "add", "-", given=TYPED_ABSENCE)
    second = line.json(
        "handover", "add", "-", given=LEAVING | {"who": "赵某", "receiver": "陈某", "clerk": "0002"}
    )["entry"]  # fmt: skip
    line.json("handover", "add", "-", given={"of": first, "witness": "0003"})
    assert [each["entry"] for each in line.json("handover", "list")["handovers"]] == [second, first]
    assert [each["entry"] for each in line.json("handover", "list", "--waiting")["handovers"]] == [second]
    assert len(line.json("absence", "list")["lines"]) == 3
    code, out, _ = line.run("handover", "list")
    assert (code, "赵某交陈某" in out, "李某交王某" in out, "已办结" in out) == (0, True, True, True)
    code, out, _ = line.run("handover", "show", str(first))
    assert (code, "培训" in out) == (0, True)


TYPED_ABSENCE: dict[str, Any] = next(typed for kind, typed in TYPED.items() if kind.value == "absence")


def test_the_book_is_exported(line: Line, tmp_path: Path) -> None:
    line.json("handover", "add", "-", given=LEAVING)
    sheet, pdf = tmp_path / "a.xlsx", tmp_path / "a.pdf"
    assert line.json("handover", "export", str(sheet)) == {"file": str(sheet), "lines": 1}
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    assert rows[0][0] == "AB角工作交接登记簿"
    assert any(row[2:5] == ("李某", "王某", "张某") for row in rows)
    line.json("handover", "export", str(pdf), "--waiting")
    assert "只列待办的" in text_of(pdf.read_bytes())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"until": "+1"}, "还没有填“监交人”"),
        (LEAVING | {"reason": "生病"}, "“事由”没有“生病”"),
        (LEAVING | {"kind": "x"}, "没有“kind”这一栏"),
        (LEAVING | {"who": "某人"}, "没有经办人“某人”"),
        (LEAVING | {"who": "赵某"}, "没有设 B 角"),
        ({"of": 1, "witness": "0003"}, "没有等着交回的工作交接"),
        ({"of": 1, "withdraw": "记错"}, "不是工作交接"),
        ({"of": "九", "witness": "0003"}, "不是登记的序号"),
    ],
)
def test_what_is_wrong_is_named(line: Line, given: dict[str, Any], said: str) -> None:
    assert said in line.refused("handover", "add", "-", given=given)


def test_the_return_from_a_handover_is_no_line_of_the_register_of_absences(line: Line) -> None:
    entry = line.json("handover", "add", "-", given=LEAVING)["entry"]
    assert "返岗要当面交回" in line.refused("absence", "add", "-", given={"of": entry, "text": "回来了"})
