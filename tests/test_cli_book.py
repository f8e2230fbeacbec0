"""The command line on a sealed book: sealed, opened and looked after by commands alone; no secret is ever an argument."""

from __future__ import annotations

import getpass
import json
import os
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.office import open_office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.make import administrators, confirmed, request_file
from tests.operations.keys.book_key import key_by_passphrase
from tests.storage.sealing.canary import found_in

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"


class Line:
    """A command line on one data folder, with two clerks."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        with closing(open_office(folder / "data")) as office:
            office.decide_profile(administrators(confirmed(office.profile)))
            self.one, self.two = (clerk.staff_number for clerk in office.profile.clerks[:2])

    def run(self, *arguments: str, secrets: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Exit code, stdout, stderr; the secrets are read from a pipe, one a line."""
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{secret}\n" for secret in secrets).encode())
        os.close(writing)
        given = ("--secret-fd", str(reading)) if secrets else ()
        code = parser.main([*arguments, *given, "--data-dir", str(self.folder / "data")])
        os.close(reading)
        return code, *self._capsys.readouterr()

    def json(self, *arguments: str, secrets: tuple[str, ...] = ()) -> Any:
        code, out, err = self.run(*arguments, "--json", secrets=secrets)
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    return Line(tmp_path, capsys)


def test_from_a_plain_book_to_two_people_and_a_new_sheet(line: Line) -> None:
    sealed = line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    assert (sealed["sealed"], sealed["people"], len(sealed["sheet"])) == (True, [line.one], 12)
    added = line.json("book", "add", line.two, "--as", line.one, secrets=(OURS, THEIRS))
    assert (added["people"], "sheet" in added) == ([line.one, line.two], False)
    assert line.json("archive", "check", "--as", line.two, secrets=(THEIRS,))["ok"] is True
    line.json("book", "change", "--as", line.two, secrets=(THEIRS, "another one to open it"))
    assert line.run("archive", "check", "--as", line.two, secrets=(THEIRS,))[::2] == (
        1, "口令不对，台账没有打开。请重新输入；忘了口令的，用恢复单打开。\n",
    )  # fmt: skip
    line.json("book", "change", "--as", line.two, "--sheet", secrets=(sealed["sheet"], THEIRS))
    renewed = line.json("book", "sheet", "--as", line.two, secrets=(THEIRS,))["sheet"]
    code, _, err = line.run("archive", "check", "--as", line.one, "--sheet", secrets=(sealed["sheet"],))
    assert (code, "这张恢复单打不开" in err) == (1, True)
    assert line.json("book", "remove", line.one, "--as", line.two, "--sheet", secrets=(renewed,))["people"] == [
        line.two
    ]
    assert found_in(line.folder / "data", (OURS, THEIRS, renewed, sealed["sheet"])) == []


def test_the_sheet_opens_nothing_unnoted_at_a_doubtful_time(line: Line) -> None:
    """GIVEN a last entry of next year WHEN the sheet opens the book THEN only once the time was confirmed, and it is noted."""
    sheet = line.json("book", "seal", "--as", line.one, secrets=(OURS,))["sheet"]
    folder, later = line.folder / "data", timedelta(days=400)
    with closing(
        open_office(folder, lambda: system_clock() + later, key=key_by_passphrase(folder, line.one, OURS))
    ) as office:
        office.confirm_clock()
    search = ("archive", "search", "罗", "--as", line.two, "--sheet")
    code, out, err = line.run(*search, secrets=(sheet,))
    assert (code, out, "请先改正电脑时间" in err) == (1, "", True)
    assert line.run(*search, "--clock-confirmed", secrets=(sheet,))[0] == 0
    with closing(open_office(folder, key=key_by_passphrase(folder, line.one, OURS))) as office:
        *_, confirmed, noted = office.book.entries()
        assert (confirmed.payload["clerk"], noted.payload["act"]) == (line.two, "opened_by_sheet")


def test_a_sealed_book_asks_who_and_for_a_secret(line: Line) -> None:
    assert line.run("book", "seal", secrets=(OURS,))[2].startswith("没有写明是谁在办。")
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    said = line.run("items", "租房")[2]
    assert (said.startswith("台账是密封的。"), "用 --as 写明工号" in said) == (True, True)
    assert line.run("items", "租房", "--as", line.one)[2].startswith("没有口令。")
    assert line.run("items", "租房", "--as", "9999", secrets=(OURS,))[2].startswith("工号 9999 还没有打开台账的口令。")
    assert line.json("items", "租房", "--as", line.one, secrets=(OURS,))
    code, out, _ = line.run("book", "add", line.two, "--as", line.one, secrets=(OURS, THEIRS))
    assert (code, out) == (0, f"已添加 {line.two} 的口令。\n能打开台账的工号：{line.one}、{line.two}\n")


def test_who_opens_it_and_the_clerk_of_a_request_are_one(line: Line) -> None:
    line.json("book", "seal", "--as", line.two, secrets=(OURS,))
    out = ("--out", str(line.folder / "out"), "--as", line.two)

    def issue(clerk: str, *more: str) -> tuple[int, str, str]:
        return line.run("issue", str(request_file(line.folder, clerk=clerk)), *more, secrets=(OURS,))

    assert issue(line.one, *out)[2].startswith(f"打开台账的是工号 {line.two}，经办人却写着“{line.one}”。")
    assert issue("", "--as", line.two)[2].startswith("没有写明 PDF 存到哪里：")
    assert issue(line.two, *out)[0] == 0
    code, said, err = issue("", *out, "--json")
    assert (code, err) == (0, "")
    number = json.loads(said)["number"]
    void = ("archive", "void", number, "--reason", "姓名录错", "--as", line.two)
    assert "经办人却写着" in line.run(*void, "--clerk", line.one, secrets=(OURS,))[2]
    assert line.run(*void, "--clerk", line.two, secrets=(OURS,))[0] == 0
    again = ("archive", "reprint", number, *out)
    assert "经办人却写着" in line.run(*again, "--clerk", line.one, secrets=(OURS,))[2]
    assert line.run(*again, secrets=(OURS,))[0] == 0
    data = line.folder / "data"
    with closing(open_office(data, key=key_by_passphrase(data, line.two, OURS))) as office:
        clerks = {row.clerk for row in office.archive.search()}
        assert clerks == {office.profile.clerk(line.two).name}


class Terminal:
    """Somebody at a terminal who copies the sheet and types it back, or does not."""

    def __init__(self, line: Line, monkeypatch: pytest.MonkeyPatch, *, careful: bool) -> None:
        self.prompts: list[str] = []
        self._careful, self._written = careful, ""
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", self._answer)
        monkeypatch.setattr(sys, "stderr", self)

    def write(self, text: str) -> int:
        self._written += text
        return len(text)

    def flush(self) -> None: ...

    def _answer(self, prompt: str, _: object) -> str:
        self.prompts.append(prompt)
        if "个字" not in prompt:
            return OURS
        words = self._written.partition("恢复单：")[2].partition("\n")[0].replace("　", "")
        places = prompt.partition("第 ")[2].partition(" 个")[0].split("、")
        return "".join(words[int(place) - 1] for place in places) if self._careful else "不知道"


@pytest.mark.parametrize("careful", [True, False])
def test_at_a_terminal_the_sheet_is_asked_back_before_anything_is_sealed(
    line: Line, monkeypatch: pytest.MonkeyPatch, careful: bool
) -> None:
    terminal = Terminal(line, monkeypatch, careful=careful)
    code, out, _ = line.run("book", "seal", "--as", line.one)
    assert (code, "台账已密封" in out) == ((0, True) if careful else (1, False))
    assert terminal.prompts[:2] == ["新口令：", "新口令，再输一遍："]
    assert (line.folder / "data" / "book.keys").exists() is careful
