"""By commands alone: another key of the book, key files, keepers of registers, and the centre's key from its making to the day when nobody
else is left."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.operations.office import open_office
from counter_assistant.operations.registers.calls import note_call
from tests.storage.sealing.canary import found_in
from tests.test_cli_book import OURS, THEIRS, Line

CENTRE = "san tai shan xia de hui yi"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    from counter_assistant.storage import ciphers

    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    return Line(tmp_path, capsys)


@pytest.fixture
def sealed(line: Line) -> Line:
    """A book that two people open."""
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    line.json("book", "add", line.two, "--as", line.one, secrets=(OURS, THEIRS))
    return line


def test_somebody_is_taken_away_and_the_key_changed(sealed: Line) -> None:
    code, out, _ = sealed.run("book", "remove", sealed.two, "--as", sealed.one, secrets=(OURS,))
    assert (code, "book new-key" in out) == (0, True)
    before = (sealed.folder / "data" / "book.db").read_bytes()[:16]
    assert sealed.json("book", "new-key", "--as", sealed.one, secrets=(OURS,))["people"] == [sealed.one]
    between = (sealed.folder / "data" / "book.db").read_bytes()[:16]
    sealed.json("book", "add", "0003", "--as", sealed.one, secrets=(OURS, THEIRS))
    code, out, _ = sealed.run("book", "remove", "0003", "--new-key", "--as", sealed.one, secrets=(OURS,))
    assert (code, "以前的钥匙文件只打得开以前的拷贝" in out) == (0, True)
    after = (sealed.folder / "data" / "book.db").read_bytes()[:16]
    assert len({before, between, after}) == 3
    assert sealed.json("archive", "check", "--as", sealed.one, secrets=(OURS,))["ok"] is True


def test_a_key_file_on_a_stick(sealed: Line) -> None:
    stick = sealed.folder / "stick"
    stick.mkdir()
    mine, theirs = str(stick / "mine.key"), str(stick / "theirs.key")
    made = ("book", "key-file", sealed.one, mine, "--with-passphrase", "--as", sealed.one)
    assert sealed.run(*made, secrets=(OURS, THEIRS))[2].startswith("原来的口令不对")
    assert sealed.json(*made, secrets=(OURS, OURS))["people"] == [sealed.two, sealed.one]
    assert sealed.json("archive", "check", "--as", sealed.one, "--key-file", mine)["ok"] is True
    assert sealed.run("archive", "check", "--as", sealed.two, "--key-file", mine)[2].startswith(
        f"这是工号 {sealed.one} 的钥匙文件，不是 {sealed.two} 的。"
    )
    sealed.json("book", "key-file", sealed.two, theirs, "--as", sealed.two, secrets=(THEIRS,))
    assert sealed.run("archive", "check", "--as", sealed.two, secrets=(THEIRS,))[2].startswith(
        f"工号 {sealed.two} 没有口令，用的是钥匙文件。"
    )
    beside = str(sealed.folder / "data" / "mine.key")
    assert (
        "不能放在台账旁边" in sealed.run("book", "key-file", sealed.one, beside, "--as", sealed.one, secrets=(OURS,))[2]
    )
    assert found_in(sealed.folder / "data", (OURS, THEIRS)) == []


def test_keepers_are_named_and_dismissed(sealed: Line) -> None:
    assert sealed.json("book", "keeper", sealed.two, "--as", sealed.one, secrets=(OURS,))["keepers"] == [sealed.two]
    assert "保管人自己" in sealed.run("book", "keeper", sealed.one, "--as", sealed.one, secrets=(OURS,))[2]
    named = sealed.json("book", "keeper", sealed.one, "--as", sealed.two, secrets=(THEIRS,))["keepers"]
    assert set(named) == {sealed.one, sealed.two}
    gone = ("book", "keeper", sealed.two, "--dismiss", "--as", sealed.one)
    assert sealed.json(*gone, secrets=(OURS,))["keepers"] == [sealed.one]


def test_who_names_a_keeper_is_told_of_complaints_that_lie_in_the_open(line: Line) -> None:
    with closing(open_office(line.folder / "data")) as office:
        note_call(office, "反映等候太久", item="D02")
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    name = ("book", "keeper", line.one, "--as", line.one)
    code, out, _ = line.run(*name, secrets=(OURS,))
    assert (code, out.count("以前的投诉件 1 份还在公开的台账里")) == (0, 1)
    code, out, _ = line.run(*name, "--dismiss", secrets=(OURS,))
    assert "以前的投诉件" not in out


def test_from_the_centres_key_to_a_branch_where_nobody_is_left(line: Line) -> None:
    sign, opening, handed = (str(line.folder / name) for name in ("sign.key", "open.key", "handed"))
    fingerprint = line.json("content", "pack", "--new-key", sign, secrets=(CENTRE,))["fingerprint"]
    made = line.json("content", "centre-key", "--new-key", opening, secrets=(CENTRE,))
    assert set(made) == {"key_file", "algorithm", "key"}
    line.json("content", "centre-key", "--hand-out", opening, handed, "--key", sign, secrets=(CENTRE,))
    take = ("book", "take-centre-key", handed, "--as", line.one)
    assert "指纹还没有核对" in line.run(*take)[2]
    assert line.json(*take, "--trust", fingerprint)["key"] == made["key"]
    line.json("book", "seal", "--as", line.one, secrets=(OURS,))
    change = ("book", "change", "--as", line.two, "--centre-key", opening)
    assert line.run(*change, secrets=(OURS, THEIRS))[2].startswith("口令不对")
    assert line.json(*change, secrets=(CENTRE, THEIRS))["people"] == [line.one, line.two]
    assert line.json("archive", "check", "--as", line.two, secrets=(THEIRS,))["ok"] is True
