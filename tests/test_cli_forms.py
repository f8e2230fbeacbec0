"""免填单 by a command alone: what is needed is listed, filled in for signature, or blank to take along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli.parser import main
from tests.make import ID_NUMBER, request_file, text_of

ANSWERS = {"who": "self", "marital": "married", "lease": "registered", "fund_loan_open": "no", "spouse_also": "no"}
VALUES = {"account": "530900001234", "card": "6228480012345678901", "amount": "12000", "mode": "partial"}


class Line:
    """The command over a data folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.request = request_file(
            folder,
            item="B08",
            answers=ANSWERS,
            applicant={"name": "罗𠅤克", "phone": "13800000000", "id_number": ID_NUMBER},
        )

    def run(self, *words: str, values: Any = None, data: bool = True) -> tuple[int, Any, str]:
        path = self.folder / "values.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        given = ["--values", str(path)] if values is not None else []
        as_json = ["--json"] if data else []
        code = main(["forms", str(self.request), *given, *words, "--data-dir", str(self.folder / "data"), *as_json])
        said = self._capsys.readouterr()
        return code, json.loads(said.out) if data and said.out else said.out, said.err


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def words_in(path: str) -> str:
    return text_of(Path(path).read_bytes())


def test_what_a_request_needs_is_listed_with_what_it_asks_for(line: Line) -> None:
    code, said, _ = line.run()
    assert code == 0
    assert [(one["number"], one["pdf"]) for one in said["forms"]] == [("P-01", None), ("P-02", None)]
    assert "card" in said["forms"][0]["missing"]
    assert {"key": "mode", "label": "提取方式", "kind": "choice", "options": ["partial", "closing"]} in said["asked"]
    code, text, _ = line.run(data=False)
    assert "P-01　住房公积金提取申请表" in text
    assert "还要问：个人公积金账号" in text


def test_forms_are_saved_filled_and_a_second_time_beside(line: Line, tmp_path: Path) -> None:
    code, said, _ = line.run("--out", str(tmp_path / "out"), values=VALUES)
    assert code == 0
    first, second = (words_in(one["pdf"]) for one in said["forms"])
    assert "人民币壹万贰仟元整" in first
    assert all("罗𠅤克" in words and "530900001234" in words for words in (first, second))
    _, again, _ = line.run("--out", str(tmp_path / "out"), values=VALUES | {"amount": "1"})
    assert again["forms"][0]["pdf"] != said["forms"][0]["pdf"]


def test_blank_ones_name_nobody(line: Line, tmp_path: Path) -> None:
    _, said, _ = line.run("--out", str(tmp_path / "out"), "--blank", values=VALUES | {"amount": "much"})
    assert not any("罗𠅤克" in words_in(one["pdf"]) for one in said["forms"])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "much"}, "不是金额"),
        ({"amount": "5", "balance": "3"}, "多于余额"),
        ({"weight": "3"}, "不是问到的值"),
        ({"amount": 3}, "不是问到的值"),
        ({"card": "12"}, "收款卡号的位数"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_saved(
    line: Line, tmp_path: Path, values: dict[str, Any], words: str
) -> None:
    code, _, said = line.run("--out", str(tmp_path / "out"), values=values)
    assert (code, words in said) == (1, True)
    assert not (tmp_path / "out").exists()


def test_faults_are_listed_without_a_folder(line: Line) -> None:
    code, said, _ = line.run(values={"amount": "much"})
    assert code == 0
    assert [(one["key"], "不是金额" in one["fault"]) for one in said["faults"]] == [("amount", True)]
