"""Closing, checking against heads from outside and verifying papers, by commands alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter_assistant.cli.parser import main
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.operations.safekeeping.witness import NOT_COMPARED
from tests.make import content


class Line:
    """A command line over one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([*words, "--data-dir", str(self.folder / "data")])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        ended, out, err = self.run(*words, "--json")
        assert ended == code, err
        value: dict[str, Any] = json.loads(out)
        return value

    def issue(self) -> dict[str, Any]:
        request = self.folder / "request.json"
        request.write_text(json.dumps(content(), ensure_ascii=False), encoding="utf-8")
        return self.json("issue", str(request), "--out", str(self.folder / "papers"))


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_a_day_is_closed_and_its_sheet_saved(line: Line) -> None:
    numbers = [line.issue()["number"] for _ in range(2)]
    line.json("archive", "void", numbers[0], "--reason", "写错了姓名")
    closed = line.json("close", "day", "--out", str(line.folder / "sheets"))
    assert closed["counts"]["slip_issued"] == 2
    assert [(used["first_number"], used["last_number"]) for used in closed["papers"]] == [tuple(numbers)]
    assert [void["number"] for void in closed["voids"]] == [numbers[0]]
    assert (closed["gaps"], closed["oral"], closed["late"], closed["still_open"]) == ([], 0, 0, [])
    text = pypdfium2.PdfDocument(closed["pdf"])[0].get_textpage().get_text_bounded()
    assert grouped(closed["head"])[:14] in text
    assert f"第{closed['entry']}条印出" in "".join(text.split())
    code, _, err = line.run("close", "day")
    assert (code, "已经结过账了" in err) == (1, True)
    again = line.json("close", "day", "--again")
    assert {key: again[key] for key in again if key != "pdf"} == {key: closed[key] for key in closed if key != "pdf"}
    code, out, _ = line.run("close", "day", "--again")
    assert (code, "日结单" in out, "结账人（签名）：" in out) == (0, True, True)
    assert line.json("archive", "check")["ok"] is True


@pytest.mark.parametrize(
    "words", [("month",), ("year",), ("day", "2020-01-02"), ("month", "2020-01"), ("year", "2020")]
)
def test_what_cannot_be_closed_is_refused_in_one_sentence(line: Line, words: tuple[str, ...]) -> None:
    line.issue()
    code, out, err = line.run("close", *words)
    assert (code, out) == (1, "")
    assert err.strip().endswith("。")


@pytest.mark.parametrize("words", [("week",), ("month", "2020-13"), ("day", "gestern"), ()])
def test_wrong_usage_is_told(line: Line, words: tuple[str, ...]) -> None:
    assert line.run("close", *words)[0] == 2


def test_without_a_head_the_check_says_that_nothing_was_compared(line: Line) -> None:
    line.issue()
    code, out, _ = line.run("archive", "check")
    assert (code, NOT_COMPARED in out) == (0, True)
    checked = line.json("archive", "check")
    assert (checked["ok"], checked["problems"], checked["compared"]) == (True, [], None)
    head = f"{checked['head']['seq']}:{checked['head']['hash'][:12]}"
    code, out, _ = line.run("archive", "check", "--head", head)
    assert (code, NOT_COMPARED in out, "与凭据相符" in out) == (0, False, True)


def test_the_heads_of_a_backup_are_compared_without_being_asked_for(line: Line) -> None:
    """GIVEN a backup WHEN the book is checked THEN it is held against that, and an older file in its place is named."""
    line.issue()
    book = line.folder / "data" / "book.db"
    before = book.read_bytes()
    line.issue()
    assert line.run("backup")[0] == 0
    assert (line.json("archive", "check")["kept"], line.json("archive", "check")["compared"]) == (1, None)
    code, out, _ = line.run("archive", "check")
    assert (code, NOT_COMPARED in out, "与备份、流水、中心见证里留着的 1 个台账头比对过。" in out) == (0, False, True)
    book.write_bytes(before)
    code, out, _ = line.run("archive", "check")
    assert (code, "放回了旧的一份" in out) == (1, True)


def test_an_older_copy_put_back_is_named(line: Line) -> None:
    line.issue()
    book = line.folder / "data" / "book.db"
    before = book.read_bytes()
    line.issue()
    head = line.json("archive", "check")["head"]
    book.write_bytes(before)
    assert line.json("archive", "check")["ok"] is True
    words = ("archive", "check", "--head", f"{head['seq']}:{head['hash']}")
    checked = line.json(*words, code=1)
    assert checked["ok"] is False
    assert checked["compared"] == [
        {"seq": head["seq"], "hash": head["hash"], "result": "ends_before", "first": head["seq"], "last": head["seq"]}
    ]
    code, out, err = line.run(*words)
    assert (code, f"台账从第 {head['seq']} 条起就没有了" in out, "不要再出具文书" in err) == (1, True, True)
    line.issue()
    assert line.json(*words, code=1)["compared"][0]["result"] == "differs"


def test_a_head_that_was_copied_wrong_is_told_as_that(line: Line) -> None:
    line.issue()
    line.issue()
    head = line.json("archive", "check")["head"]
    code, out, err = line.run("archive", "check", "--head", "2:000000000000", "--head", f"{head['seq']}:{head['hash']}")
    assert (code, "多半是这个凭据抄错了" in out, "请核对凭据" in err) == (1, True, True)


def test_a_head_that_is_none_is_wrong_usage(line: Line) -> None:
    assert line.run("archive", "check", "--head", "57")[0] == 2


def test_a_paper_is_verified(line: Line) -> None:
    issued = line.issue()
    text = f"{issued['check_code']} {issued['number']}"
    found = line.json("archive", "verify", text)
    assert (found["genuine"], found["in_book"], found["check_code_agrees"]) == (True, True, True)
    assert (found["number"], found["kind"], found["void"], found["reprints"]) == (
        issued["number"],
        issued["kind"],
        False,
        0,
    )
    code, out, _ = line.run("archive", "verify", text)
    assert (code, "校验码相符" in out, "罗𠅤克" in out) == (0, True, False)
    found = line.json("archive", "verify", f"{issued['number']} 000000000000", code=1)
    assert (found["genuine"], found["check_code_agrees"]) == (False, False)
    found = line.json("archive", "verify", issued["number"].replace("1号", "7号"), code=1)
    assert (found["in_book"], found["void"]) == (False, None)
    code, out, err = line.run("archive", "verify", "罗𠅤克")
    assert (code, "罗𠅤克" in err) == (1, False)


def test_a_book_is_exported_once_into_a_folder(line: Line) -> None:
    line.issue()
    folder = line.folder / "export"
    done = line.json("archive", "export", str(folder))
    check = line.json("archive", "check", "--head", done["head"])
    assert (check["compared"][0]["result"], check["head"]["seq"]) == ("same", done["entries"] + 1), (
        "its own entry is after it"
    )
    assert sorted(done["files"]) == sorted(path.name for path in folder.iterdir())
    code, out, err = line.run("archive", "export", str(folder))
    assert (code, out, "不是空的" in err) == (1, "", True)
    code, out, _ = line.run("archive", "export", str(line.folder / "another"))
    assert (code, "没有加密" in out) == (0, True)
    assert f"没有 python3 的，用 {sys.executable}" in out
