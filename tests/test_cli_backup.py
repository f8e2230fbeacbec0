"""Copies by commands: verified where somebody opens the book, and also where nobody does, as a task of the night would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_assistant.operations.safekeeping.backup_state import SAME_DISK
from counter_assistant.storage.safekeeping.backup_settings import load
from tests.storage.sealing.canary import found_in
from tests.test_cli_book import OURS, Line


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    from counter_assistant.storage import ciphers

    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    return Line(tmp_path, capsys)


def test_a_copy_is_made_and_a_second_place_named(line: Line) -> None:
    code, out, err = line.run("backup")
    assert (code, err) == (0, "")
    assert out.startswith("备份做好了，已核对，共 2 条记录：")
    assert SAME_DISK in out
    stick = line.folder / "stick"
    stick.mkdir()
    assert line.run("backup", str(stick), "--once")[0] == 0
    assert len(line.json("backup")["elsewhere"]) == 0
    made = line.json("backup", str(stick))
    assert made.keys() == {
        "made", "state", "entries", "head", "bytes", "elsewhere", "off_disk", "verified_earlier", "branches", "warnings",
    }  # fmt: skip
    assert (made["state"], made["entries"], made["head"][:2]) == ("verified", 2, "2:")
    assert len(line.json("backup")["elsewhere"]) == 1
    shutil.rmtree(stick)
    code, out, _ = line.run("backup")
    assert (code, out.count("只备份在本机；放备份的地方"), SAME_DISK in out) == (0, 1, False)


def test_how_much_room_they_take_is_said(line: Line) -> None:
    assert line.run("backup", "--cap", "0")[2].startswith("备份的空间至少是 1 GB。")
    assert line.run("backup", "--cap", "2")[0] == 0
    assert load(line.folder / "data").cap == 2 << 30


def test_of_a_sealed_book_nobody_need_be_there(line: Line) -> None:
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    made = line.json("backup")
    assert (made["state"], made["entries"], made["head"]) == ("unchecked", None, None)
    made = line.json("backup", "--as", line.one, secrets=(OURS,))
    assert (made["state"], made["verified_earlier"]) == ("verified", 1)
    assert found_in(line.folder, (OURS,)) == []
    restored = line.folder / "restored"
    restored.mkdir()
    for name in ("book.db", "book.keys"):
        shutil.copy(Path(made["made"]) / name, restored / name)
    (line.folder / "data").rename(line.folder / "burnt")
    restored.rename(line.folder / "data")
    assert line.json("archive", "check", "--as", line.one, secrets=(OURS,))["ok"] is True


def test_naming_a_place_of_a_sealed_book_asks_who(line: Line) -> None:
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    code, _, err = line.run("backup", str(line.folder))
    assert (code, err.startswith("台账是密封的。")) == (1, True)


def test_where_there_is_no_book_none_is_begun(line: Line) -> None:
    (line.folder / "data" / "book.db").unlink()
    for more in ((), (str(line.folder),)):
        code, _, err = line.run("backup", *more)
        assert (code, "里没有台账" in err) == (1, True)
    assert not (line.folder / "data" / "book.db").exists()


def test_training_is_not_copied(line: Line) -> None:
    code, _, err = line.run("backup", "--training")
    assert (code, err.startswith("练习用的台账不备份。")) == (1, True)


def test_the_help_does_not_name_what_is_not_for_people(line: Line) -> None:
    assert "--piped" not in line.run("backup", "--help")[1]
