"""放备份的文件夹：每份备份一个子文件夹，里面是台账、钥匙文件和说明；手工恢复就是把前两个拷回去.

A copy is made under a name that is none of a copy, and gets its own when it is whole and durable: what is killed leaves the
copies that there were, and something that is cleared an hour later.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.free_space import SPARE
from counter_assistant.domain.safekeeping.full_copy import CopiedFile, FullCopy, State
from counter_assistant.files import (
    ABANDONED,
    UNFINISHED,
    give_name,
    make_durable,
    make_folder,
    new_file,
    read_plain,
    reason_of,
    unfinished,
    wipe,
    write_atomic,
)
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS

MANIFEST, SINCE = "backup.json", "since.jsonl"
"""What stands beside a copy: what it is, and the entries that are new since, as lines."""
BOOK = "book.db"
LEFT_BESIDE = ("book-v*.db", "book-replaced-*.db")
"""The names of old files of a book: from before an upgrade, and from before a restore."""
OF_A_BOOK = "counter-assistant-"
"""What the folder of one book is called in a place that may hold those of several: this, and the beginning of the book's unique name."""
FOLDER_NAME = re.compile(r"\d{8}-\d{6}(?:-\d{1,3})?")
_LARGEST = 1 << 16
_PIECE = 1 << 20
_FLUSH = 8 << 20


class Backup(NamedTuple):
    """A copy and the folder that it lies in."""

    folder: Path
    copy: FullCopy


def backups_in(place: Path) -> list[Backup]:
    """The copies of a place, the oldest first. What is not described as one is passed over, and so is a place that cannot be read."""
    found = []
    with suppress(OSError):
        for folder in place.iterdir():
            if FOLDER_NAME.fullmatch(folder.name) and not folder.is_symlink() and (copy := _described(folder)):
                found.append(Backup(folder, copy))
    return sorted(found, key=lambda backup: (backup.copy.made, backup.folder.name))


def newest_of(backups: Sequence[Backup]) -> Backup | None:
    """The last of these copies that is not known to be unsound; None where there is none."""
    return next((backup for backup in reversed(backups) if backup.copy.state is not State.UNSOUND), None)


@contextmanager
def being_made(place: Path, needed: int) -> Iterator[Path]:
    """A folder in a place for a copy that takes so many bytes. What is left in it at the end goes, unless `finish` gave it its name.

    The place itself is not made: where a share is not there, its name may be an empty folder on the disk of the book.

    Raises:
        Refusal: `no-backup-place` (it cannot be written), `backup-no-room`; what a block that the system refuses something raises.
    """
    try:
        free = shutil.disk_usage(place).free
        if free < needed + SPARE:
            raise Refusal(
                "backup-no-room",
                f"{place} 只剩 {free >> 20} MB，放不下一份备份（要 {(needed + SPARE) >> 20} MB）。",
                "请清理磁盘，或者另选一个地方存放备份。",
            )
        unborn = unfinished(place / BOOK, "new")
        make_folder(unborn, 0o700)
    except (OSError, ValueError) as error:
        raise not_writable(place, error) from error
    try:
        yield unborn
    except OSError as error:
        raise not_writable(place, error) from error
    finally:
        shutil.rmtree(unborn, ignore_errors=True)


def finish(unborn: Path, copy: FullCopy) -> Backup:
    """Describes what was made, makes it durable, and gives it its name.

    Raises:
        OSError: the system refuses it.
    """
    describe(Backup(unborn, copy))
    name = f"{copy.made:%Y%m%d-%H%M%S}"
    names = (name, *(f"{name}-{n}" for n in range(2, 1000)))
    folder = next(path for path in map(unborn.with_name, names) if not path.exists())
    give_name(unborn, folder)
    return Backup(folder, copy)


def describe(backup: Backup) -> None:
    """Writes what a copy is beside it.

    Raises:
        OSError: the system refuses it.
    """
    write_atomic(backup.folder / MANIFEST, json.dumps(backup.copy.to_json(), ensure_ascii=False, indent=1).encode())


def files_of(folder: Path) -> dict[str, CopiedFile]:
    """The book and the keys in a folder, as they lie on the disk now.

    Raises:
        OSError: they cannot be read.
    """
    return {name: file_of(folder / name) for name in (BOOK, KEYS) if (folder / name).is_file()}


def file_of(path: Path) -> CopiedFile:
    """A file as it lies on the disk now.

    Raises:
        OSError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return CopiedFile(size, digest.hexdigest())


def put_beside(backup: Backup, lines: bytes) -> None:
    """Puts the entries that are new since a copy beside it, in place of those that were, and reads them again.

    Raises:
        Refusal: `backup-not-same`, `no-backup-place`.
    """
    path = backup.folder / SINCE
    try:
        write_atomic(path, lines, 0o600)
        same = path.read_bytes() == lines
    except OSError as error:
        raise not_writable(backup.folder, error) from error
    if not same:
        raise _not_same(backup.folder)


def size_beside(folder: Path) -> int:
    """How many bytes of entries that are new since stand beside the copy in a folder; 0 where none do."""
    try:
        return (folder / SINCE).stat().st_size
    except OSError:
        return 0


def carry(backup: Backup, place: Path) -> Backup:
    """Puts the same copy into another place, under the same name, and reads it again there.

    Raises:
        Refusal: `backup-not-same` (the disk gives back something else); what `being_made` refuses.
    """
    with being_made(place, backup.copy.size) as unborn:
        for name in backup.copy.files:
            _carry(backup.folder / name, unborn / name)
        if files_of(unborn) != backup.copy.files:
            raise _not_same(place)
        return finish(unborn, backup.copy)


def drop(backup: Backup) -> None:
    """Removes a copy; one that anybody can read is overwritten before. It is none any more as soon as that begins.

    Raises:
        OSError: the system refuses it.
    """
    going = unfinished(backup.folder, "new")
    give_name(backup.folder, going)
    if not backup.copy.key:
        for file in going.iterdir():
            wipe(file)
    shutil.rmtree(going)


def drop_beside(folder: Path, cut: datetime) -> None:
    """Overwrites and removes the old files of a book that an upgrade or a restore left beside it, if they were last written up to a moment:
    they still say what was destroyed then.

    Raises:
        OSError: the system refuses it.
    """
    for pattern in LEFT_BESIDE:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime <= cut.timestamp():
                wipe(path)


def clear_left(place: Path) -> None:
    """Removes what was cut off in the middle of being made or dropped an hour ago; what cannot be removed is left."""
    with suppress(OSError):
        for left in place.iterdir():
            if not UNFINISHED.fullmatch(left.name) or left.is_symlink() or not left.is_dir():
                continue
            if left.stat().st_mtime < time.time() - ABANDONED:
                shutil.rmtree(left, ignore_errors=True)


def not_writable(place: Path, error: OSError | ValueError) -> Refusal:
    """That nothing was written to a place, and what the system says of it."""
    return Refusal("no-backup-place", f"备份没有写进 {place}：{reason_of(error)}。", "请检查这块盘，或者另选一个地方。")


def is_on_another_disk(place: Path, folder: Path) -> bool:
    """Whether two places are in different file systems, as a stick and a share are; False where one cannot be looked at."""
    try:
        return _existing(place).stat().st_dev != folder.stat().st_dev
    except OSError:
        return False


def _existing(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())


def _described(folder: Path) -> FullCopy | None:
    try:
        copy = FullCopy.from_json(json.loads(read_plain(folder / MANIFEST, _LARGEST)))
    except (OSError, ValueError, RecursionError):
        return None
    return copy if copy.files.keys() <= {BOOK, KEYS} else None


def _carry(source: Path, made: Path) -> None:
    with source.open("rb") as content, new_file(made) as out:
        while piece := content.read(_FLUSH):
            out.write(piece)
            make_durable(out)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # what is read next comes from the disk


def _not_same(place: Path) -> Refusal:
    return Refusal("backup-not-same", f"{place} 上读回来的和写进去的不一样。", "请换一块盘存放备份。")
