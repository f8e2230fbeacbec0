"""A secret beside the book: sealed under its key, and carried over to the next one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.exchange.installation_key import NAME, installation_key
from counter_assistant.storage.exchange.kept_secret import carry_over, kept_secret, write_secret
from counter_assistant.storage.sealing.book_key import BookKey

SECRET = bytes(range(32))
ONE, TWO = BookKey(bytes([1]) * 32), BookKey(bytes([2]) * 32)


def boxes(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text("utf-8"))["boxes"]
    return found


def test_beside_a_book_that_anybody_reads_it_stands_openly(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    assert kept_secret(path, None) is None
    write_secret(path, None, SECRET)
    assert kept_secret(path, None) == SECRET
    assert boxes(path) == {"": SECRET.hex()}
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0, "for this user alone"


def test_it_is_sealed_with_the_book(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    write_secret(path, None, SECRET)
    assert kept_secret(path, ONE) == SECRET, "the book was sealed since"
    assert SECRET.hex() not in path.read_text("utf-8")
    assert boxes(path).keys() == {ONE.name.hex()}
    assert kept_secret(path, ONE) == SECRET
    assert kept_secret(path, TWO) is None
    assert kept_secret(path, None) is None


def test_it_goes_over_to_another_key_of_the_book(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    carry_over(path, ONE, TWO)
    assert not path.exists(), "there was none"
    write_secret(path, ONE, SECRET)
    carry_over(path, ONE, TWO)
    assert kept_secret(path, ONE) == SECRET, "the change was cut off, and the book is under the old key"
    assert boxes(path).keys() == {ONE.name.hex()}
    carry_over(path, ONE, TWO)
    assert kept_secret(path, TWO) == SECRET
    assert boxes(path).keys() == {TWO.name.hex()}, "the old key opens it no more"
    carry_over(path, ONE, TWO)
    assert kept_secret(path, TWO) == SECRET


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"[]", b"{}", b'{"kind":"x"}', b"[" * 5000,
        b'{"boxes":{"":"00"},"format":1,"kind":"counter-assistant-kept-secret"}',
        b'{"boxes":{"":"zz"},"format":1,"kind":"counter-assistant-kept-secret"}',
        b'{"boxes":{"":7},"format":1,"kind":"counter-assistant-kept-secret"}',
        b'{"boxes":{},"format":2,"kind":"counter-assistant-kept-secret"}',
        b'{"boxes":{},"format":1,"kind":"counter-assistant-kept-secret","more":1}',
    ],
)  # fmt: skip
def test_what_is_none_holds_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(content)
    assert kept_secret(path, None) is None
    assert kept_secret(path, ONE) is None
    assert path.read_bytes() == content


def test_what_cannot_be_read_or_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        kept_secret(tmp_path, None)
    assert refusal.value.code == "secret-unreadable"
    with pytest.raises(Refusal) as refusal:
        write_secret(tmp_path / "nowhere" / "a.key", None, SECRET)
    assert refusal.value.code == "secret-unsaved"


def test_an_installation_has_one_key_as_long_as_its_book_has(tmp_path: Path) -> None:
    made = installation_key(tmp_path, ONE)
    again = installation_key(tmp_path, ONE)
    assert (again.signer, again.pair, again.fingerprint) == (made.signer, made.pair, made.fingerprint)
    assert len(made.fingerprint.split()) == 8
    assert made.signer.secret != made.pair.secret, "each use has its own"
    carry_over(tmp_path / NAME, ONE, TWO)
    assert installation_key(tmp_path, TWO).signer == made.signer
    assert installation_key(tmp_path, ONE).signer != made.signer, "left under a key that the book has no more"
