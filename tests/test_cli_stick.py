"""The command that checks a stick, as the installer asks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_assistant.cli.parser import main
from counter_assistant.storage.packs import signed_sums
from counter_assistant.storage.packs.signed_sums import SUMS, sign_sums
from tests.storage.packs.test_signed_sums import SHOWN, signer, stick

__all__ = ["stick"]


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this PC keeps whose sticks it takes: nothing yet."""
    path = tmp_path_factory.mktemp("etc") / "stick-signed-by"
    monkeypatch.setattr(signed_sums, "KEPT_SIGNER", path)
    return path


def test_it_says_who_signed_and_opens_no_book(stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign_sums(stick, signer())
    data = tmp_path / "data"
    assert main(["stick", str(stick), "--signed-by", SHOWN, "--data-dir", str(data)]) == 0
    assert SHOWN in capsys.readouterr().out
    assert main(["stick", str(stick), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": 4, "fingerprint": SHOWN, "unlisted": []}
    assert not data.exists()


def test_an_unsigned_one_is_said_to_be_so(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stick", str(stick)]) == 0
    assert "没有签名" in capsys.readouterr().out


def test_files_beside_the_list_are_named_and_the_exit_code_is_1(
    stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stick / "linux" / "more.deb").write_bytes(b"more")
    assert main(["stick", str(stick)]) == 1
    said = capsys.readouterr()
    assert "不在清单里的文件：linux/more.deb" in said.out
    assert "1 个文件不在清单里" in said.err
    assert main(["stick", str(stick), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"files": 4, "fingerprint": None, "unlisted": ["linux/more.deb"]}


def test_a_pc_that_keeps_to_somebody_takes_no_other_unasked(
    stick: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN the fingerprint that install.sh kept THEN an unsigned stick and one of another key are refused, and what is asked for by name counts before it."""
    kept.write_text(f"{SHOWN}\n", "ascii")
    assert main(["stick", str(stick)]) == 1
    assert "没有签名，这台电脑只认签过名的" in capsys.readouterr().err
    sign_sums(stick, signer(b"t" * 32))
    assert main(["stick", str(stick)]) == 1
    assert "用别的密钥签的" in capsys.readouterr().err
    other = signed_sums.check_stick(stick).fingerprint
    assert main(["stick", str(stick), "--signed-by", other]) == 0
    sign_sums(stick, signer())
    assert main(["stick", str(stick)]) == 0


def test_a_damaged_one_ends_with_a_sentence(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stick / "linux" / "a.deb").write_bytes(b"cut")
    assert main(["stick", str(stick)]) == 1
    assert "linux/a.deb 不完整，或者被改过" in capsys.readouterr().err
    (stick / SUMS).unlink()
    assert main(["stick", str(stick)]) == 1
