"""A head goes to the centre and comes back, by commands alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli.parser import main
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import make_key_file
from tests.make import content
from tests.operations.catalogue.packing import CHEAP, PASSPHRASE


class Line:
    """A command line on the data folders of a centre and a branch."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.sent, self.back = str(folder / "sent.jsonl"), str(folder / "back.jsonl")
        self.shown = fingerprint(ciphers.ED25519, make_key_file(folder / "centre.key", PASSPHRASE).key)

    def run(self, *words: str, where: str = "branch") -> tuple[int, str, str]:
        code = main([*words, "--data-dir", str(self.folder / where)])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def json(self, *words: str, where: str = "branch", code: int = 0) -> dict[str, Any]:
        ended, out, err = self.run(*words, "--json", where=where)
        assert ended == code, err
        value: dict[str, Any] = json.loads(out)
        return value

    def issue(self) -> None:
        request = self.folder / "request.json"
        request.write_text(json.dumps(content(), ensure_ascii=False), encoding="utf-8")
        self.json("issue", str(request), "--out", str(self.folder / "papers"))

    def cosign(self, *more: str) -> list[str]:
        """The command with which the centre signs; its passphrase is read from a descriptor."""
        reading, writing = os.pipe()
        os.write(writing, f"{PASSPHRASE}\n".encode())
        os.close(writing)
        key = str(self.folder / "centre.key")
        return ["archive", "cosign", self.sent, "--key", key, "--out", self.back, "--secret-fd", str(reading), *more]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    return Line(tmp_path, capsys)


def test_a_head_is_stated_signed_taken_in_and_compared(line: Line) -> None:
    line.issue()
    stated = line.json("archive", "head", "--out", line.sent)
    assert stated["head"].startswith("2:")
    signed = line.json(*line.cosign(), where="centre")
    assert {name: signed[name] for name in ("book", "head", "installation", "time")} == {
        name: stated[name] for name in ("book", "head", "installation", "time")
    }
    assert (signed["again"], signed["begun"], signed["fingerprint"]) == (False, True, line.shown)
    assert line.json(*line.cosign(), where="centre")["again"] is True
    code, _, err = line.run("archive", "witness", line.back)
    assert (code, line.shown in err) == (1, True)
    taken = line.json("archive", "witness", line.back, "--trust", line.shown)
    assert (taken["entry"], taken["head"]) == (3, stated["head"])
    record = str(line.folder / "centre" / "witnessed-heads.jsonl")
    for file in (record, line.back):
        checked = line.json("archive", "check", "--heads", file)
        assert (checked["ok"], checked["witnessed"], len(checked["compared"])) == (True, 1, 1)
    code, out, _ = line.run("archive", "check")
    assert (code, "中心见证过 1 次" in out, "未比对" in out) == (0, True, False)
    assert "与备份、流水、中心见证里留着的 1 个台账头比对过。" in out


def test_a_book_turned_back_to_before_a_signed_head_is_seen_by_the_centre_and_by_its_record(line: Line) -> None:
    line.issue()
    book = line.folder / "branch" / "book.db"
    before = book.read_bytes()
    line.issue()
    line.json("archive", "head", "--out", line.sent)
    line.json(*line.cosign(), where="centre")
    line.json("archive", "witness", line.back, "--trust", line.shown)
    book.write_bytes(before)
    code, out, err = line.run("archive", "check", "--heads", line.back)
    assert (code, "从第 3 条起就没有了" in out, "不要再出具文书" in err) == (1, True, True)
    line.json("archive", "head", "--out", line.sent)
    code, _, err = line.run(*line.cosign(), where="centre")
    assert (code, "从第 3 条起没有了" in err, len(err.splitlines())) == (1, True, 1)
    with pytest.raises(AssertionError, match="中心的见证"):
        line.issue()
    (line.folder / "branch" / "centre-heads.jsonl").unlink()  # as somebody does who wants to go on
    for _ in range(3):
        line.issue()
    line.json("archive", "head", "--out", line.sent, "--since", "0")
    code, _, err = line.run(*line.cosign(), where="centre")
    assert (code, "第 3 条与凭据不符" in err) == (1, True)
    assert line.json("archive", "check", "--heads", line.back, code=1)["compared"][0]["result"] == "differs"
    signed = line.json(*line.cosign("--anew", "硬盘坏了"), where="centre")
    assert signed["again"] is False
    assert line.json("archive", "witness", line.back, "--trust", line.shown)["entry"] == 6


def test_what_cannot_be_written_or_read_is_said_in_one_sentence(line: Line) -> None:
    line.issue()
    nowhere = str(line.folder / "no" / "file")
    for words in (
        ["archive", "head", "--out", nowhere], ["archive", "head", "--out", line.sent, "--since", "9"],
        ["archive", "witness", nowhere], ["archive", "check", "--heads", nowhere], line.cosign(),
    ):  # fmt: skip
        code, out, err = line.run(*words)
        assert (code, out, len(err.strip().splitlines())) == (1, "", 1), words
    line.json("archive", "head", "--out", line.sent)
    words = line.cosign()
    words[words.index("--out") + 1] = nowhere
    code, _, err = line.run(*words, where="centre")
    assert (code, "已经签了" in err) == (1, True)
    assert line.json(*line.cosign(), where="centre")["again"] is True, "it is signed once, and given again"
    assert line.run("archive", "cosign", line.sent)[0] == 2
