"""A place for copies: what lies there is a copy or is passed over; another place gets the same bytes or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.free_space import SPARE
from counter_assistant.domain.safekeeping.full_copy import FullCopy
from counter_assistant.files import unfinished
from counter_assistant.storage.safekeeping import backup_folder
from counter_assistant.storage.safekeeping.backup_folder import (
    BOOK,
    MANIFEST,
    SINCE,
    Backup,
    backups_in,
    being_made,
    carry,
    clear_left,
    describe,
    drop,
    files_of,
    finish,
    is_on_another_disk,
    put_beside,
)
from tests.make import NOW

KEYS = "book.keys"


def make(place: Path, *, key: str = "", content: bytes = b"a book") -> Backup:
    with being_made(place, 10) as unborn:
        (unborn / BOOK).write_bytes(content)
        if key:
            (unborn / KEYS).write_bytes(b"keys")
        return finish(unborn, FullCopy(NOW, key, "0.1.0", files_of(unborn)))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.code == code


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_copy_is_found_again_and_a_second_of_the_same_second_too(tmp_path: Path) -> None:
    first, second = make(tmp_path), make(tmp_path, key="ab")
    assert [first.folder.name, second.folder.name] == ["20261123-104200", "20261123-104200-2"]
    assert backups_in(tmp_path) == [first, second]
    assert second.copy.files.keys() == {BOOK, KEYS}
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.folder.name, second.folder.name]


def test_what_fails_while_it_is_made_leaves_nothing(tmp_path: Path) -> None:
    with refused("no-backup-place"), being_made(tmp_path, 10) as unborn:
        (unborn / "none" / BOOK).write_bytes(b"half")
    with pytest.raises(ZeroDivisionError), being_made(tmp_path, 10):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with refused("no-backup-place"):
        make(tmp_path / "share")
    assert list(tmp_path.iterdir()) == []
    assert backups_in(tmp_path / "share") == []


def test_room_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, SPARE + 9))
    with refused("backup-no-room"):
        make(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, SPARE + 10))
    make(tmp_path)


@pytest.mark.parametrize("spoil", ["no", "garbage", "other", "more", "link", "name"])
def test_what_is_no_copy_is_passed_over(tmp_path: Path, spoil: str) -> None:
    made = make(tmp_path)
    manifest = made.folder / MANIFEST
    match spoil:
        case "no":
            manifest.unlink()
        case "garbage":
            manifest.write_bytes(b"\xff{")
        case "other":
            manifest.write_text("[]")
        case "more":
            files = {"../book.db": made.copy.files[BOOK]}
            manifest.write_text(json.dumps(replace(made.copy, files=files).to_json()))
        case "link":
            made.folder.rename(tmp_path / "elsewhere")
            made.folder.symlink_to(tmp_path / "elsewhere")
        case "name":
            made.folder.rename(tmp_path / "copy of 20261123-104200")
    assert backups_in(tmp_path) == []


def test_another_place_gets_the_same_bytes_and_reads_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, stick = tmp_path / "own", tmp_path / "stick"
    own.mkdir()
    stick.mkdir()
    made = make(own, key="ab", content=os.urandom(3 << 20))
    carried = carry(made, stick)
    assert (carried.folder.name, files_of(carried.folder)) == (made.folder.name, made.copy.files)
    assert backups_in(stick)[0].copy == made.copy
    monkeypatch.setattr(backup_folder, "_carry", lambda _, to: to.write_bytes(b"what a bad stick keeps"))
    with refused("backup-not-same"):
        carry(made, stick)
    assert [backup.folder for backup in backups_in(stick)] == [carried.folder]


@pytest.mark.parametrize("key", ["", "ab"])
def test_what_anybody_can_read_is_overwritten_before_it_goes(tmp_path: Path, key: str) -> None:
    made = make(tmp_path, key=key)
    os.link(made.folder / BOOK, tmp_path / "seen")
    drop(made)
    assert [path.name for path in tmp_path.iterdir()] == ["seen"]
    assert (tmp_path / "seen").read_bytes() == b"a book", "what has another name is somebody's"
    made, wiped = make(tmp_path, key=key), list[Path]()
    put_beside(made, b"new entries")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup_folder, "wipe", wiped.append)
        drop(made)
    assert {path.name for path in wiped} == (set() if key else {BOOK, MANIFEST, SINCE})


def test_what_was_cut_off_is_cleared_an_hour_later(tmp_path: Path) -> None:
    old, new, file = (unfinished(tmp_path / BOOK, "new") for _ in range(3))
    for folder in (old, new):
        folder.mkdir()
        (folder / BOOK).write_bytes(b"half")
    file.write_bytes(b"")
    os.utime(old, (0, 0))
    os.utime(file, (0, 0))
    made = make(tmp_path)
    os.utime(made.folder, (0, 0))
    clear_left(tmp_path)
    clear_left(tmp_path / "none")
    assert {path.name for path in tmp_path.iterdir()} == {new.name, file.name, made.folder.name}


def test_whether_it_is_off_the_disk(tmp_path: Path) -> None:
    assert not is_on_another_disk(tmp_path / "to come", tmp_path)
    assert not is_on_another_disk(tmp_path, tmp_path / "none")
    if Path("/proc").is_dir():
        assert is_on_another_disk(Path("/proc"), tmp_path)


def test_what_is_new_stands_beside_the_copy_or_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(tmp_path)
    put_beside(made, b"one")
    put_beside(made, b"one, two")
    assert (made.folder / SINCE).read_bytes() == b"one, two"
    assert backups_in(tmp_path) == [made]
    monkeypatch.setattr(backup_folder, "write_atomic", lambda *_: None)
    with refused("backup-not-same"):
        put_beside(made, b"three")
    (made.folder / SINCE).unlink()
    with refused("no-backup-place"):
        put_beside(made, b"three")


def test_a_description_is_written_anew(tmp_path: Path) -> None:
    made = make(tmp_path)
    later: Any = replace(made.copy, program="0.2.0")
    describe(Backup(made.folder, later))
    assert backups_in(tmp_path)[0].copy == later
