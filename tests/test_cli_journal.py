"""`journal` on the command line: a folder is named, a copy and the journal make the book again, sealed or not."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.operations.office import open_office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.make import administrators, confirmed, request_file
from tests.storage.sealing.canary import found_in

OURS = "san yue de yu luo zai gengma"


class Line:
    """A command line on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys, self.given = folder, capsys, ()
        (folder / "second").mkdir()

    def run(self, *arguments: str, secret: str = "") -> tuple[int, str, str]:
        reading, writing = os.pipe()
        os.write(writing, f"{secret}\n".encode())
        os.close(writing)
        secrets = ("--secret-fd", str(reading), "--as", "0001") if secret else ()
        code = parser.main([*arguments, *secrets, "--data-dir", str(self.folder / "data")])
        os.close(reading)
        return code, *self._capsys.readouterr()

    def json(self, *arguments: str, secret: str = "") -> Any:
        code, out, err = self.run(*arguments, "--json", secret=secret)
        assert (code, err) == (0, "")
        return json.loads(out)

    def issue(self, request: str, secret: str = "") -> tuple[int, str, str]:
        path = request_file(self.folder, request_id=request, clerk="0001")
        return self.run("issue", str(path), "--out", str(self.folder / "out"), secret=secret)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    return Line(tmp_path, capsys)


def test_a_plain_book_from_a_copy_and_its_journal(line: Line) -> None:
    assert line.json("journal")["folder"] is None
    named = line.json("journal", str(line.folder / "second"))
    assert (named["last"], named["entries"], named["one_disk"], named["warning"]) == (1, 1, True, None)
    assert "同一块盘" in line.run("journal")[1]
    line.issue("a")
    (line.folder / "copy.db").write_bytes((line.folder / "data" / "book.db").read_bytes())
    line.issue("b")
    made = line.json("journal", "replay", str(line.folder / "copy.db"))
    assert (made["entries"], made["from_copy"], made["replayed"], made["damaged"]) == (3, 2, 1, None)
    assert made["file"] == str(line.folder / "copy-replayed.db")
    (line.folder / "data" / "book.db").unlink()
    (line.folder / "copy-replayed.db").replace(line.folder / "data" / "book.db")
    assert line.json("archive", "check")["ok"] is True
    code, out, _ = line.issue("c")
    assert (code, "3号" in out) == (0, True)
    assert line.json("journal")["last"] == 4
    alone = line.json("journal", "replay", "-", "--out", str(line.folder / "alone.db"))
    assert (alone["entries"], alone["from_copy"]) == (4, 0)
    assert line.json("journal", "--off")["folder"] is None


def test_a_sealed_journal_gives_nothing_away_and_opens_with_its_keys_beside_it(line: Line) -> None:
    with closing(open_office(line.folder / "data")) as office:
        office.decide_profile(administrators(confirmed(office.profile)))
    line.json("journal", str(line.folder / "second"))
    assert line.run("book", "seal", secret=OURS)[0] == 0
    for request in "ab":
        assert line.issue(request, secret=OURS)[0] == 0
    assert found_in(line.folder / "second", ("罗𠅤克", "13800000000", "耿马", "租房")) == []
    for path in (line.folder / "data").iterdir():  # the disk of the book is gone
        if path.is_file():
            path.unlink()
    source = next((line.folder / "second").glob("*.jsonl"))
    replay = ("journal", "replay", "-", "--journal", str(source), "--out", str(line.folder / "data" / "book.db"))
    assert "没有写明是谁在办" in line.run(*replay)[2]
    assert "口令不对" in line.run(*replay, secret="another passphrase")[2]
    assert line.json(*replay, secret=OURS)["entries"] == 5
    (line.folder / "data" / "book.keys").write_bytes(source.with_suffix(".keys").read_bytes())
    assert line.json("archive", "check", secret=OURS)["ok"] is True


def test_a_missing_place_is_told_on_stderr_and_stops_nothing(line: Line) -> None:
    line.json("journal", str(line.folder / "second"))
    (line.folder / "second").rename(line.folder / "away")
    code, out, err = line.issue("a")
    assert (code, "1号" in out, "不在" in err) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("journal", "relative"), "不是完整的路径"),
        (("journal", "/nowhere/at/all"), "没有这个文件夹"),
        (("journal", "replay"), "没有写明用哪一份拷贝"),
        (("journal", "replay", "/nowhere/copy.db"), "没有这份拷贝"),
        (("journal", "replay", "-"), "不知道是哪一份流水"),
        (("journal", "/tmp", "copy.db"), "没有看懂"),
        (("journal", "/tmp", "--off"), "没有看懂"),
    ],
)
def test_what_cannot_be_done_is_said(line: Line, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, err = line.run(*arguments)
    assert (code, out, sentence in err) == (1, "", True)
