"""The keys beside a sealed book: whose passphrase opens it, the sheet, and everything that a file of keys can be."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import NAME, KeyRing, new_key, new_ring, read_ring, write_ring
from tests.portion import Portion

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
SHEET = bytes(range(16))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def key() -> BookKey:
    return new_key()


@pytest.fixture
def ring(key: BookKey) -> KeyRing:
    return new_ring(key).with_passphrase(key, "0001", OURS).with_sheet(key, SHEET)


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    assert refusal.value.remedy
    return refusal.value.code


def test_each_opens_it_with_their_own(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    write_ring(tmp_path, ring.with_passphrase(key, "0002", THEIRS))
    read = read_ring(tmp_path)
    assert read.people == ("0001", "0002")
    assert read.by_passphrase("0001", OURS) == read.by_passphrase("0002", THEIRS) == read.by_sheet(SHEET) == key
    assert refused(read.by_passphrase, "0001", THEIRS) == "wrong-passphrase"
    assert refused(read.by_passphrase, "0003", THEIRS) == "no-passphrase-of"


def test_a_new_one_takes_the_place_of_the_old(key: BookKey, ring: KeyRing) -> None:
    changed = ring.with_passphrase(key, "0001", THEIRS).with_sheet(key, bytes(16))
    assert changed.by_passphrase("0001", THEIRS) == changed.by_sheet(bytes(16)) == key
    assert refused(changed.by_passphrase, "0001", OURS) == "wrong-passphrase"
    assert refused(changed.by_sheet, SHEET) == "wrong-sheet"
    assert refused(new_ring(key).by_sheet, SHEET) == "wrong-sheet"
    assert refused(ring.with_passphrase, key, "0002", "short") == "weak-passphrase"


def test_the_last_one_stays(key: BookKey, ring: KeyRing) -> None:
    assert refused(ring.without, "0001") == "last-passphrase"
    assert refused(ring.without, "0002") == "no-passphrase-of"
    assert ring.with_passphrase(key, "0002", THEIRS).without("0001").people == ("0002",)


@pytest.mark.skipif(os.name == "nt", reason="rights of the user's folder")
def test_nobody_else_may_read_it(ring: KeyRing, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_ring(tmp_path, ring)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_it_holds_neither_key_nor_passphrase(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    write_ring(tmp_path, ring)
    written = (tmp_path / NAME).read_bytes()
    assert not [secret for secret in (key.secret.hex(), OURS, SHEET.hex()) if secret.encode() in written]
    assert key.secret.hex() not in repr(key) + repr(ring)
    assert repr(key.secret) not in repr(key)


@pytest.mark.nightly("damage")
def test_no_random_sheet_opens_it(ring: KeyRing, portion: Portion) -> None:
    chance = random.Random(12)
    for _ in range(portion.times(10_000, sample=500)):
        assert refused(ring.by_sheet, chance.randbytes(16)) == "wrong-sheet"


def changed(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda written: written | changes


def in_a_wrap(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda written: written | {"wraps": [written["wraps"][0] | changes, *written["wraps"][1:]]}


FILES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a list": (lambda written: [written], "keys-foreign"),
    "another kind": (changed(kind="counter-assistant-centre-key"), "keys-foreign"),
    "a newer format": (changed(format=2), "keys-newer"),
    "no format": (changed(format="1"), "keys-damaged"),
    "a format of old": (changed(format=0), "keys-damaged"),
    "another cipher": (changed(cipher="sm4"), "keys-damaged"),
    "more": (changed(more=1), "keys-damaged"),
    "wraps of another kind": (changed(wraps={}), "keys-damaged"),
    "too many wraps": (lambda written: written | {"wraps": written["wraps"] * 300}, "keys-damaged"),
    "the same twice": (lambda written: written | {"wraps": written["wraps"] * 2}, "keys-damaged"),
    "a short name": (changed(book="00"), "keys-damaged"),
    "a name that is none": (changed(book="x" * 32), "keys-damaged"),
    "an unknown way": (in_a_wrap(how="face"), "keys-damaged"),
    "another algorithm": (in_a_wrap(sealed_by="sm3"), "keys-damaged"),
    "salt that is none": (in_a_wrap(salt="?"), "keys-damaged"),
    "more in a wrap": (in_a_wrap(more=1), "keys-damaged"),
}


@pytest.mark.parametrize("what", FILES)
def test_what_else_a_file_can_be_is_told(ring: KeyRing, tmp_path: Path, what: str) -> None:
    write_ring(tmp_path, ring)
    change, code = FILES[what]
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    (tmp_path / NAME).write_text(json.dumps(change(written)), "utf-8")
    assert refused(read_ring, tmp_path) == code


def test_a_file_that_is_away_cut_or_no_file_is_told(ring: KeyRing, tmp_path: Path) -> None:
    assert refused(read_ring, tmp_path) == "book-keys-missing"
    write_ring(tmp_path, ring)
    whole = (tmp_path / NAME).read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / NAME).write_bytes(whole[:length])
        assert refused(read_ring, tmp_path) == "keys-damaged"
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    assert refused(read_ring, tmp_path) == "book-keys-missing"
    assert refused(write_ring, tmp_path, ring) == "keys-unsaved"


@pytest.mark.parametrize(
    "change", [changed(book="00" * 16), in_a_wrap(memory=1 << 40), in_a_wrap(rounds=0), in_a_wrap(salt="00")]
)
def test_what_shows_only_when_it_is_opened(ring: KeyRing, tmp_path: Path, change: Callable[[Any], Any]) -> None:
    write_ring(tmp_path, ring)
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    (tmp_path / NAME).write_text(json.dumps(change(written)), "utf-8")
    assert refused(read_ring(tmp_path).by_passphrase, "0001", OURS) == "keys-damaged"


def test_a_sealed_text_that_was_changed_is_a_wrong_one(ring: KeyRing, tmp_path: Path) -> None:
    write_ring(tmp_path, ring)
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    box = written["wraps"][1]["box"]
    written["wraps"][1]["box"] = box[:-2] + f"{int(box[-2:], 16) ^ 1:02x}"
    (tmp_path / NAME).write_text(json.dumps(written), "utf-8")
    assert refused(read_ring(tmp_path).by_sheet, SHEET) == "wrong-sheet"
