"""A bundle is read whole or not at all; whatever else is on a stick is told apart by name, and nothing in it becomes a path."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import files
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import ciphers
from counter_assistant.storage.exchange import bundle_file, bundle_manifest
from counter_assistant.storage.exchange.bundle_file import copy_bundle, read_bundle, write_bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE, Manifest
from counter_assistant.storage.journal import chain
from tests.operations.exchange.branches import OPENING, Branch, a_sender
from tests.portion import Portion

TEXTS = ["一", '{"a":1}', "行\n行", ""]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "a.bundle")


def made(path: Path, **changes: Any) -> Path:
    """A bundle of a few texts for an installation."""
    branch = Branch(random.Random(4))
    manifest = Manifest("530926", branch.said.text, 0, chain.START.hex(), 0, "", 0, "", "", "", "", "")
    write_bundle(path, replace(manifest, **changes), a_sender()[0], OPENING.public, TEXTS)
    return path


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.sentence.endswith("。")
    assert refusal.value.remedy.endswith("。")
    return refusal.value.code


def resigned(path: Path, **changes: Any) -> Path:
    """The bundle with another manifest, signed by whoever has the key."""
    content = path.read_bytes()
    start = content.rstrip(b"\n").rfind(b"\n") + 1
    manifest = Manifest.from_line(content[start:])
    values = {name: getattr(manifest, name) for name in Manifest.__slots__} | changes
    signed = {name: value for name, value in values.items() if name != "signature"}
    message = f"{bundle_manifest.FORMAT}\0{chain.canonical(signed)}".encode()
    line = chain.canonical(signed | {"signature": a_sender()[0].signer.sign(message).hex()})
    path.write_bytes(content[:start] + f"{line}\n".encode())
    return path


def test_it_comes_back_as_it_was_written(path: Path) -> None:
    bundle = read_bundle(path)
    assert list(bundle.texts(bundle.opened(OPENING))) == TEXTS
    manifest = bundle.manifest
    assert (manifest.to, manifest.lines, manifest.sealed_to) == ("530926", len(TEXTS), OPENING.public.hex())
    assert manifest.size + len(manifest.line) == path.stat().st_size
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing is left beside it"
    assert len({read_bundle(made(path)).id for _ in range(3)}) == 3, "each is under a key of its own"


def test_who_has_another_key_reads_nothing(path: Path) -> None:
    bundle = read_bundle(path)
    assert code_of(lambda: bundle.opened(ciphers.new_pair())) == "bundle-for-another"
    assert code_of(lambda: list(bundle.texts(bytes(32)))) == "bundle-damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle-foreign"),
        (b"PK\x03\x04", "bundle-foreign"),
        (b'{"format":"counter-assistant-lines-1"}\n', "bundle-foreign"),
        (b'{"format":"counter-assistant-bundle-2"}\n{}\n', "bundle-newer"),
        (b'{"format":"counter-assistant-bundle-1"}\n', "bundle-cut-off"),
        (b'{"format":"counter-assistant-bundle-1"}\nabc\n', "bundle-cut-off"),
        (b'{"format":"counter-assistant-bundle-1"}\n' + b"x" * 40_000, "bundle-cut-off"),
        (b'{"format":"counter-assistant-bundle-1"}\n{"signature":"' + b"[" * 9000 + b'"}\n', "bundle-damaged"),
    ],
)
def test_what_is_no_bundle_is_told_apart(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "stick.bundle"
    path.write_bytes(content)
    assert code_of(lambda: read_bundle(path)) == code


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    assert code_of(lambda: read_bundle(tmp_path)) == "bundle-unreadable"
    assert code_of(lambda: read_bundle(tmp_path / "none")) == "bundle-unreadable"
    assert code_of(lambda: read_bundle(tmp_path / "a\0b")) == "bundle-unreadable"
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "link").symlink_to(made(tmp_path / "a.bundle"))
        for name in ("pipe", "link"):
            assert code_of(lambda name=name: read_bundle(tmp_path / name)) == "bundle-unreadable"  # type: ignore[misc]


@pytest.mark.nightly("bundle-bits")
def test_no_part_of_it_can_be_missing_or_otherwise(portion: Portion, path: Path) -> None:
    """GIVEN a bundle cut off at any byte, or with any bit changed THEN it is refused."""
    whole = path.read_bytes()
    for length in portion.of(range(len(whole)), sample=60):
        path.write_bytes(whole[:length])
        assert code_of(lambda: read_bundle(path)) in {"bundle-foreign", "bundle-cut-off", "bundle-damaged"}, length
    for bit in portion.of(range(8 * len(whole)), sample=200):
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        code_of(lambda: read_bundle(path))
    path.write_bytes(whole)
    read_bundle(path)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": 10**15}, "bundle-damaged"),
        ({"lines": -1}, "bundle-damaged"),
        ({"size": 10**15}, "bundle-damaged"),
        ({"after": -5}, "bundle-damaged"),
        ({"after": True}, "bundle-damaged"),
        ({"before": "../../etc"}, "bundle-damaged"),
        ({"before": "00"}, "bundle-damaged"),
        ({"statement": "{}"}, "bundle-damaged"),
        ({"statement": '{"book":"../../../../tmp/x"}'}, "bundle-damaged"),
        ({"algorithm": "SM2"}, "bundle-signature"),
        ({"key": "00" * 32}, "bundle-signature"),
        ({"key": "zz"}, "bundle-damaged"),
        ({"to": CENTRE}, "bundle-damaged"),
        ({"digest": "00" * 32}, "bundle-damaged"),
        ({"more": "x"}, "bundle-damaged"),
        ({"opens": "AB"}, "bundle-damaged"),
    ],
)
def test_what_is_signed_and_makes_no_sense_is_refused(path: Path, changes: dict[str, Any], code: str) -> None:
    resigned(path, **changes)
    if changes == {"lines": 10**15}:
        bundle = read_bundle(path)
        assert code_of(lambda: list(bundle.texts(bundle.opened(OPENING)))) == code, (
            "no room is taken for what is not there"
        )
        return
    assert code_of(lambda: read_bundle(path)) == code


def test_a_signature_has_one_spelling(path: Path) -> None:
    """GIVEN the letters of a signature written large, which would verify THEN it is another file, and refused."""
    content = path.read_bytes()
    start = content.rindex(b'"signature":"')
    path.write_bytes(content[:start] + content[start:].replace(b"a", b"A").replace(b"signA", b"signa"))
    assert code_of(lambda: read_bundle(path)) == "bundle-damaged"


def test_a_bundle_too_large_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_file, "LARGEST", 100)
    assert code_of(lambda: read_bundle(path)) == "bundle-too-large"


def test_it_is_durable_and_read_back_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = files.give_name

    def durable(file: Any) -> None:
        files.make_durable(file)
        seen.append("durable")

    def named(old: Path, new: Path) -> None:
        assert not new.exists()
        read_bundle(old)
        seen.append("named")
        real(old, new)

    monkeypatch.setattr(bundle_file, "make_durable", durable)
    monkeypatch.setattr(bundle_file, "give_name", named)
    made(tmp_path / "a.bundle")
    assert seen == ["durable", "named"]


def test_a_stick_that_gives_something_else_back_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a stick that keeps one byte otherwise WHEN a bundle is written THEN that is said, and nothing is left on it."""

    def durable(file: Any) -> None:
        file.flush()
        os.pwrite(file.fileno(), b"?", 60)

    monkeypatch.setattr(bundle_file, "make_durable", durable)
    assert code_of(lambda: made(tmp_path / "a.bundle")) == "bundle-not-same"
    assert list(tmp_path.iterdir()) == []


def test_a_full_stick_is_refused_and_an_earlier_bundle_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def full(_file: Any) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(bundle_file, "make_durable", full)
    assert code_of(lambda: made(path)) == "bundle-unsaved"
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert code_of(lambda: made(path.parent / "none" / "a.bundle")) == "bundle-unsaved"


def test_a_bundle_is_copied_as_it_was_verified(path: Path, tmp_path: Path) -> None:
    bundle = read_bundle(path)
    copied = copy_bundle(bundle, tmp_path / "copy")
    assert (copied.path.read_bytes(), copied.id) == (path.read_bytes(), bundle.id)
    path.write_bytes(b"exchanged since")
    assert code_of(lambda: copy_bundle(bundle, tmp_path / "other")) == "bundle-damaged"
    assert code_of(lambda: copy_bundle(bundle, tmp_path / "copy")) == "bundle-unsaved"


def _lines(path: Path) -> Iterator[bytes]:
    yield from path.read_bytes().splitlines()


def test_nothing_of_what_it_says_can_be_read_without_the_key(path: Path) -> None:
    *body, last = _lines(path)
    assert json.loads(body[0]) == {"format": "counter-assistant-bundle-1"}
    assert all("一".encode() not in line for line in (*body, last))
    said = json.loads(last)
    assert said.keys() == set(Manifest.__slots__)
