"""The command line of packs and statutes: made, looked at, taken, gone back from; a passphrase is never an argument."""

from __future__ import annotations

import getpass
import io
import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.operations.office import open_office
from counter_assistant.storage import ciphers
from tests.operations.catalogue.packing import CHEAP, PASSPHRASE, approve_renamed
from tests.places import TESTS

STATUTES = TESTS / "fixtures" / "statutes"


class Line:
    """A command line on the data folders of a centre and a branch."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def run(self, where: str, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = parser.main(["content", *arguments, "--data-dir", str(self.folder / where)])
        return code, *self._capsys.readouterr()

    def json(self, where: str, *arguments: str) -> Any:
        """The one JSON value on stdout."""
        code, out, err = self.run(where, *arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def approve(self, name: str, number: str, days: int) -> None:
        """The centre approves another name of B08."""
        office = open_office(self.folder / "centre")
        today = office.today()
        approve_renamed(office, name, Approval(number, today, "主任办公会", today + timedelta(days=days)))
        office.close()


def secret(passphrase: str = PASSPHRASE) -> tuple[str, str]:
    """The option that names where a passphrase is read from."""
    reading, writing = os.pipe()
    os.write(writing, f"{passphrase}\n".encode())
    os.close(writing)
    return "--secret-fd", str(reading)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    monkeypatch.chdir(tmp_path)
    return Line(tmp_path, capsys)


@pytest.mark.slow
def test_from_the_centre_to_a_branch_and_back(line: Line) -> None:
    """GIVEN the whole catalogue THEN what the centre approved is what the branch tells, and goes back from in one step."""
    key = line.folder / "centre" / "centre.key"
    line.approve("租房提取", "临住金〔2026〕18号", 7)
    made = line.json("centre", "pack", "--new-key", str(key), *secret())
    assert set(made) == {"key_file", "algorithm", "key", "fingerprint"}
    packed = line.json("centre", "pack", *secret())
    assert packed["fingerprint"] == made["fingerprint"]
    file = Path(packed["file"])
    assert file == line.folder / f"{packed['first_day']}.pack"
    assert any("“租赁市场住房提取”改为“租房提取”" in change for change in packed["changes"])

    looked = line.json("branch", "take", str(file), "--look")
    assert (looked["pack"], looked["trusted"], looked["entry"], looked["faults"]) == (packed["pack"], False, None, [])
    assert looked["hindrance"]["code"] == "pack-key-unconfirmed"
    assert [(each["item"], each["happened"]) for each in looked["differences"]] == [("B08", "changed")]
    code, out, err = line.run("branch", "take", str(file), "--confirmed-by", "0002")
    assert (code, out) == (1, "")
    assert made["fingerprint"] in err
    trusting = ("--confirmed-by", "0002", "--trust", made["fingerprint"])
    taken = line.json("branch", "take", str(file), *trusting)
    assert (taken["hindrance"], taken["trusted"]) == (None, True)

    line.approve("租赁住房提取", "临住金〔2026〕19号", 8)
    later = line.json("centre", "pack", "--out", str(line.folder / "later"), *secret())
    code, out, _ = line.run("branch", "take", str(line.folder / "later"), "--look")
    assert (code, "已信任" in out, out.endswith("只是查看，没有施行。\n")) == (0, True, True)
    code, out, _ = line.run("branch", "take", str(line.folder / "later"), "--confirmed-by", "0002")
    assert (code, "已施行" in out) == (0, True)
    back = line.json("branch", "back", str(taken["entry"]))
    assert (back["pack"], back["version"]) == (packed["pack"], packed["version"])
    assert (back["entry"] > taken["entry"], later["version"] > back["version"]) == (True, True)
    assert line.run("branch", "back", "1")[2].startswith("台账第 1 条不是一版目录。")

    name = (
        "住房公积金管理条例",
        str(STATUTES / "2026.txt"),
        "--version",
        "2028",
        "--from",
        "2028-01-01",
        "--label",
        "x",
    )
    assert "网点不能自行改动" in line.run("branch", "statute", *name)[2]


def test_a_statute_goes_into_the_revision_with_what_it_touches(line: Line) -> None:
    named = ("--version", "2028", "--from", "2028-01-01", "--label", "2028年修订", "--source", "某令")
    seen = line.json(
        "centre",
        "statute",
        "住房公积金管理条例",
        str(STATUTES / "2019.txt"),
        *named,
        "--before",
        str(STATUTES / "2026.txt"),
    )
    assert (seen["version"], seen["from"], seen["articles"]["24"], seen["missing"]) == (
        2028,
        "2028-01-01",
        [6, 0, 0],
        [],
    )
    assert len(seen["items"]) > 30
    gone = {each["cites"]: each["became"] for each in seen["touched"]}
    assert gone["第二十四条第一款第一项"] == "gone"
    assert {each["now"] for each in seen["touched"] if each["cites"] == "第二十四条第一款第二项"} == {
        "第二十四条第一款第一项"
    }
    assert (line.folder / "centre" / "revision.json").exists()
    code, out, _ = line.run("centre", "statute", "住房公积金管理条例", str(STATUTES / "2026.txt"), *named)
    assert (code, out.splitlines()[0]) == (0, "《住房公积金管理条例》（2028年修订）21 条，已收进正在改的一稿。")
    assert "没有旧版正文，请自行对照" in out
    code, _, err = line.run("centre", "statute", "条例", str(line.folder / "none.txt"), *named)
    assert (code, err.startswith("无法读取 none.txt")) == (1, True)


class TestPassphrase:
    """It is asked for at a terminal, twice where it is new, or read from a descriptor."""

    def test_it_is_asked_for_twice_where_it_is_new(self, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
        typed = [PASSPHRASE, PASSPHRASE + "x", PASSPHRASE, PASSPHRASE]
        terminal = io.StringIO()
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(getpass, "getpass", lambda *_: typed.pop(0))
        assert line.run("centre", "pack", "--new-key", "a.key")[2] == "两遍口令不一样。请重新输入。\n"
        code, out, _ = line.run("centre", "pack", "--new-key", "a.key")
        assert (code, "指纹" in out, typed) == (0, True, [])

    @pytest.mark.parametrize("stdin", [None, io.StringIO("typed into a pipe")])
    def test_without_a_terminal_nothing_is_read(self, line: Line, monkeypatch: pytest.MonkeyPatch, stdin: Any) -> None:
        monkeypatch.setattr(sys, "stdin", stdin)
        code, _, err = line.run("centre", "pack", "--new-key", "a.key")
        assert (code, err) == (1, "没有口令。请在终端里输入，或者用 --secret-fd 指明从哪里读。\n")
        assert not Path("a.key").exists()

    @pytest.mark.parametrize("passphrase", ["", "太短"])
    def test_an_empty_or_a_short_one_makes_no_key(self, line: Line, passphrase: str) -> None:
        assert line.run("centre", "pack", "--new-key", "a.key", *secret(passphrase))[0] == 1
        assert not Path("a.key").exists()

    def test_a_descriptor_that_is_not_open_is_named(self, line: Line) -> None:
        code, _, err = line.run("centre", "pack", "--new-key", "a.key", "--secret-fd", "987")
        assert (code, err) == (1, "从描述符 987 读不到口令。请核对 --secret-fd。\n")


def test_nothing_to_pack_is_a_refusal(line: Line) -> None:
    line.run("centre", "pack", "--new-key", "a.key", *secret())
    assert line.run("centre", "pack", "--key", "a.key", *secret())[2].startswith("本中心还没有核定施行过目录")
    assert line.run("centre", "pack", "--key", "b.key", *secret())[2].startswith("无法读取密钥文件 b.key")
    assert line.run("centre", "take", "a.key", "--look")[2].startswith("a.key 不是柜台助手的内容包。")


@pytest.mark.slow
def test_a_pack_that_cannot_be_written_is_refused(line: Line) -> None:
    line.approve("租房提取", "18号", 7)
    line.run("centre", "pack", "--new-key", "a.key", *secret())
    code, _, err = line.run("centre", "pack", "--key", "a.key", "--out", str(line.folder / "no" / "x"), *secret())
    assert (code, err.startswith("内容包没有写出去：没有这个文件或文件夹。")) == (1, True)


@pytest.mark.slow
def test_a_faulty_pack_is_shown_with_its_faults(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.approve("租房提取", "18号", 7)
    line.run("centre", "pack", "--new-key", "a.key", *secret())
    line.json("centre", "pack", "--key", "a.key", "--out", "a.pack", *secret())
    monkeypatch.setattr("counter_assistant.domain.revision.edition_check.guard", _finds_rent)
    looked = line.json("branch", "take", "a.pack", "--look", "--trust", _fingerprint(line))
    assert looked["hindrance"]["code"] == "pack-faulty"
    assert {"place", "fault"} == set(looked["faults"][0])
    assert (looked["differences"], looked["visits"]) == ([], [])
    checked = json.loads(line.run("branch", "check", "a.pack", "--json")[1])
    assert (checked["ok"], checked["faults"][0]) == (False, {**looked["faults"][0], "warning": False})


@pytest.mark.slow
@pytest.mark.nightly("compared")
def test_a_typical_visit_that_fails_is_shown_with_the_pack(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.approve("租房提取", "18号", 7)
    line.run("centre", "pack", "--new-key", "a.key", *secret())
    line.json("centre", "pack", "--key", "a.key", "--out", "a.pack", *secret())
    monkeypatch.setattr("counter_assistant.domain.revision.visits._list_failings", lambda *_: {"少了": ["id-card"]})
    looked = line.json("branch", "take", "a.pack", "--look", "--trust", _fingerprint(line))
    assert looked["hindrance"]["code"] == "visit-fails"
    first = looked["visits"][0]
    assert (first["passed"], first["failings"]) == (False, ["少了申请人有效身份证件"])
    code, out, _ = line.run("branch", "take", "a.pack", "--look")
    assert (code, f"典型来访“{first['item']} {first['name']}”不对：少了申请人有效身份证件。" in out) == (0, True)


def _fingerprint(line: Line) -> str:
    return str(line.json("branch", "take", "a.pack", "--look")["fingerprint"])


def _finds_rent(words: str, _: Any) -> list[Any]:
    from counter_assistant.domain.wording.guard import Hit

    return [Hit(0, 1, "租", "租", "租")] if words == "租房提取" else []
