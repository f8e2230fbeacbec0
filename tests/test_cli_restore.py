"""A book restored by commands: what would be lost is named, numbers go on, and it is said until somebody confirms it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage import ciphers
from tests.make import request_file
from tests.test_cli_book import OURS, THEIRS, Line


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    return Line(tmp_path, capsys)


def issue(line: Line, uuid: str, *who: str, secrets: tuple[str, ...] = ()) -> str:
    request = request_file(line.folder, request_id=uuid)
    code, out, _ = line.run("issue", str(request), "--out", str(line.folder), "--json", *who, secrets=secrets)
    assert code == 0
    return out


def test_a_week_old_copy_is_refused_then_taken_and_confirmed(line: Line) -> None:
    issue(line, "a")
    made = line.json("backup")["made"]
    papers = issue(line, "b")
    code, _, err = line.run("restore", made)
    assert (code, "里有 1 条记录，恢复的一本里没有" in err) == (1, True)
    done = line.json("restore", made, "--over", "--as", line.one)
    assert done.keys() == {
        "entry",
        "copy",
        "replayed",
        "journal",
        "damaged",
        "old",
        "lost",
        "skipped",
        "kept",
        "branches",
        "warnings",
    }
    assert (done["lost"], done["replayed"], list(done["skipped"].values())) == (1, 0, [[2, 2]])
    assert Path(done["kept"]).is_file()
    later = line.run("issue", str(request_file(line.folder, request_id="c")), "--out", str(line.folder))
    assert "恢复以后还没有确认" in later[2]
    assert "〕3号" in later[1]
    assert "〕2号" in papers
    code, _, err = line.run("backup")
    assert (code, err.startswith("恢复以后还没有确认，备份停着。")) == (1, True)
    assert line.json("restore", "--confirmed", "--as", line.one)["confirmed"] is True
    assert line.run("backup")[0] == 0
    code, _, err = line.run("restore", "--confirmed")
    assert (code, err.startswith("没有要确认的恢复。")) == (1, True)
    assert line.json("archive", "check")["ok"] is True


def test_a_sealed_book_is_restored_with_one_passphrase_and_its_journal(line: Line) -> None:
    who = ("--as", line.one)
    (line.folder / "stick").mkdir()
    line.json("book", "seal", *who, secrets=(OURS,))
    line.json("journal", str(line.folder / "stick"), *who, secrets=(OURS,))
    made = line.json("backup", *who, secrets=(OURS,))["made"]
    issue(line, "a", *who, secrets=(OURS,))
    code, _, err = line.run("restore", made)
    assert (code, "没有写明是谁在办" in err) == (1, True)
    code, _, err = line.run("restore", made, *who, secrets=(THEIRS,))
    assert (code, "口令不对" in err) == (1, True)
    (line.folder / "data" / BOOK_NAME).write_bytes(b"")
    code, out, err = line.run("restore", made, *who, secrets=(OURS,))
    assert (code, err) == (0, "")
    assert "其中 1 条来自备份以后的记录" in out
    assert "restore --confirmed" in out
    assert line.json("archive", "check", *who, secrets=(OURS,))["ok"] is True


def test_without_a_journal_the_numbers_are_read_from_paper(line: Line) -> None:
    made = line.json("backup")["made"]
    paper = next(part for part in issue(line, "a").split('"') if "〕1号" in part)
    (line.folder / "data" / BOOK_NAME).unlink()
    code, _, err = line.run("restore", made)
    assert (code, "--last" in err) == (1, True)
    code, out, _ = line.run("restore", made, "--last", paper)
    assert (code, "不再出的号" in out, "其中" in out) == (0, True, False)
    shutil.rmtree(made)


def test_a_number_before_that_of_the_copy_is_refused(line: Line) -> None:
    first = next(part for part in issue(line, "a").split('"') if "〕1号" in part)
    issue(line, "b")
    made = line.json("backup")["made"]
    (line.folder / "data" / BOOK_NAME).unlink()
    code, _, err = line.run("restore", made, "--last", first)
    assert (code, "比备份里的 2 号还小" in err) == (1, True)


def test_what_is_wanted_must_be_said(line: Line) -> None:
    for given in ((), ("somewhere", "--confirmed")):
        code, _, err = line.run("restore", *given)
        assert (code, err.startswith("没有看懂要做什么。")) == (1, True)
    assert line.run("restore", "x", "--training")[0] == 1
