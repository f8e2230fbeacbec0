"""The command that checks a stick, as the installer asks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_assistant.cli.parser import main
from counter_assistant.storage.packs.signed_sums import SUMS, sign_sums
from tests.storage.packs.test_signed_sums import SHOWN, signer, stick

__all__ = ["stick"]


def test_it_says_who_signed_and_opens_no_book(stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign_sums(stick, signer())
    data = tmp_path / "data"
    assert main(["stick", str(stick), "--signed-by", SHOWN, "--data-dir", str(data)]) == 0
    assert SHOWN in capsys.readouterr().out
    assert main(["stick", str(stick), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": 4, "fingerprint": SHOWN, "unlisted": []}
    assert not data.exists()


def test_an_unsigned_one_is_said_to_be_so(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stick / "System Volume Information").write_bytes(b"")
    assert main(["stick", str(stick)]) == 0
    said = capsys.readouterr().out
    assert "没有签名" in said
    assert "不在单子上的文件：System Volume Information" in said


def test_a_damaged_one_ends_with_a_sentence(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stick / "linux" / "a.deb").write_bytes(b"cut")
    assert main(["stick", str(stick)]) == 1
    assert "linux/a.deb 不完整，或者被改过" in capsys.readouterr().err
    (stick / SUMS).unlink()
    assert main(["stick", str(stick)]) == 1
