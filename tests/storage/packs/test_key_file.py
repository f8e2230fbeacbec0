"""The centre's key: one file that a passphrase opens, which only this user may read."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.people import passphrase
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import ED25519, KNOWN, Cost
from counter_assistant.storage.packs.key_file import make_key_file, open_key, read_key_file

PASSPHRASE = "三月的雨 落在耿马 的屋檐上"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.key"


def refused(act: object, *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)  # type: ignore[operator]
    return refusal.value.code


def test_what_it_signs_is_verified_with_its_public_half(path: Path) -> None:
    made = make_key_file(path, PASSPHRASE)
    signer = open_key(path, PASSPHRASE)
    assert (signer.algorithm, signer.key) == (made.algorithm, made.key) == (ED25519, read_key_file(path).key)
    assert made.fingerprint == read_key_file(path).fingerprint
    key, signature = bytes.fromhex(signer.key), signer.sign(b"content")
    assert KNOWN[ED25519](key, b"content", signature)
    assert not KNOWN[ED25519](key, b"Content", signature)
    assert not KNOWN[ED25519](key, b"content", signature[:-1])
    assert not KNOWN[ED25519](key[:-1], b"content", signature)


@pytest.mark.skipif(os.name == "nt", reason="rights of the user's folder")
def test_nobody_else_may_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        make_key_file(path, PASSPHRASE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_passphrase_does_not_open_it_and_another_spelling_of_it_does(path: Path) -> None:
    make_key_file(path, "café au lait twice")
    assert refused(open_key, path, "cafe au lait twice") == "wrong-passphrase"
    assert open_key(path, "cafe\u0301 au lait twice").algorithm == ED25519


def test_a_key_is_never_written_over(path: Path, tmp_path: Path) -> None:
    make_key_file(path, PASSPHRASE)
    before = path.read_bytes()
    assert refused(make_key_file, path, PASSPHRASE) == "key-file-exists"
    assert path.read_bytes() == before
    link = tmp_path / "link.key"
    link.symlink_to(tmp_path / "nowhere")
    assert refused(make_key_file, link, PASSPHRASE) == "key-file-exists"
    assert refused(make_key_file, tmp_path / "no" / "folder.key", PASSPHRASE) == "key-unsaved"


@pytest.mark.parametrize("passphrase", ["", "123456", "十一个字的口令不够长"])
def test_a_short_passphrase_makes_no_key(path: Path, passphrase: str) -> None:
    assert refused(make_key_file, path, passphrase) == "weak-passphrase"
    assert not path.exists()


def test_what_is_not_there_or_damaged_is_refused(path: Path) -> None:
    assert refused(read_key_file, path) == "no-key-file"
    make_key_file(path, PASSPHRASE)
    whole: dict[str, Any] = json.loads(path.read_bytes())
    changes: list[dict[str, Any]] = [
        {"kind": "letter"}, {"format": 2}, {"algorithm": "SM2"}, {"key": "zz"}, {"key": 1}, {"rounds": 99},
        {"memory": 1 << 40}, {"rounds": 0}, {"salt": "00"}, {"box": "zz"}, {"sealed_by": "nothing"},
    ]  # fmt: skip
    for change in changes:
        path.write_text(json.dumps(whole | change), "utf-8")
        assert refused(open_key, path, PASSPHRASE) == "broken-key-file", change
    for content in (b"", b"[]", b"{", b"[" * 60_000, b"\xff\xfe"):
        path.write_bytes(content)
        assert refused(open_key, path, PASSPHRASE) == "broken-key-file"
    for box in ("", "00" * 72):
        path.write_text(json.dumps(whole | {"box": box}), "utf-8")
        assert refused(open_key, path, PASSPHRASE) == "wrong-passphrase"
    path.write_text(json.dumps(whole | {"key": "00" * 32}), "utf-8")
    assert refused(open_key, path, PASSPHRASE) == "broken-key-file", "the public half is another key's"


def test_guessing_costs_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert Cost(3, 256 << 20) == ciphers.COST
    assert passphrase.SHORTEST >= 12
