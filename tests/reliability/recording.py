"""What a program does to a disk, operation by operation, and what a crash between two of them may leave of it.

SQLite's operations are seen by a VFS of its own interface through which every connection of the program goes, all others where
the program asks the system to make something durable or gives it another name. A file's content is durable once it was
synced, a name once its folder was. Of all that was not, a crash leaves what it likes: each sector that was written is there,
is not, or is something else; a length is the old or the new one; of the names any.

Assumed is what SQLite assumes too (powersafe overwrite): a write that was cut off spoils no byte that it was not to write.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import apsw

SECTOR = 512
_BASE, _CIPHERING = "unix", "multipleciphers-recording"
_NEW_NAME = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_CREATE
"""SQLite's own VFS makes the name of a journal durable with its first sync."""


class Written(NamedTuple):
    """Bytes that were written into a file at a place."""

    file: int
    place: int
    content: bytes


class Cut(NamedTuple):
    """A file was given a length."""

    file: int
    length: int


class Synced(NamedTuple):
    """A file's content, or the names in a folder, were made durable."""

    file: int


class Named(NamedTuple):
    """Names that changed at once: in which folder, which name, which file has it now (None: none)."""

    changes: tuple[tuple[int, str, int | None], ...]


class Folder(NamedTuple):
    """A file that is a folder."""

    file: int


class Acknowledged(NamedTuple):
    """What somebody was told from here on."""

    words: tuple[str, ...]


Operation = Written | Cut | Synced | Named | Folder | Acknowledged


class Recording:
    """What is done below a folder from now on, in its order; what lies there before is durable. The folder is number 0."""

    def __init__(self, root: Path) -> None:
        self.operations: list[Operation] = []
        self._root = root
        self._numbers: dict[tuple[int, int], int] = {}
        self._held: list[int] = []  # an open descriptor of each file, so that no other one gets its number
        self._contents: list[bytes | None] = []
        self._names: dict[int, dict[str, int]] = {}
        self._number_of(root)
        self.look()
        self.operations += [Synced(number) for number in range(len(self._held))]
        self.begins = len(self.operations)
        """How many operations say what was there before."""

    def acknowledge(self, *words: str) -> None:
        """Notes that somebody was told something."""
        self.operations.append(Acknowledged(words))

    def look(self) -> None:
        """Notes what has changed without having been seen: names, and what was written through Python."""
        changes: list[tuple[int, str, int | None]] = []
        self._walk(self._root, 0, changes)
        for number, content in enumerate(self._contents):
            if content is not None:
                self._compare(number, content)
        if changes:
            self.operations.append(Named(tuple(changes)))

    def number_at(self, path: str | Path) -> int | None:
        """Which file has a name; None where it is none of these."""
        try:
            found = Path(path).stat()
        except OSError:
            return None
        return self._numbers.get((found.st_dev, found.st_ino))

    def number_of_descriptor(self, descriptor: int) -> int | None:
        """Which file is open."""
        found = os.fstat(descriptor)
        return self._numbers.get((found.st_dev, found.st_ino))

    def wrote(self, number: int, place: int, length: int) -> None:
        """Notes what now lies at a place of a file, as it lies there."""
        content = os.pread(self._held[number], length, place)
        self.operations.append(Written(number, place, content))
        before = self._contents[number] or b""
        self._contents[number] = before[:place].ljust(place, b"\0") + content + before[place + length :]

    def cut(self, number: int, length: int) -> None:
        """Notes that a file has a length now."""
        self.operations.append(Cut(number, length))
        self._contents[number] = (self._contents[number] or b"")[:length].ljust(length, b"\0")

    def synced(self, number: int) -> None:
        """Notes that a file or folder was made durable."""
        self.operations.append(Synced(number))

    def close(self) -> None:
        """Lets all files go."""
        for descriptor in self._held:
            os.close(descriptor)

    def _walk(self, folder: Path, number: int, changes: list[tuple[int, str, int | None]]) -> None:
        before, now = self._names.setdefault(number, {}), dict[str, int]()
        with os.scandir(folder) as found:
            for entry in sorted(found, key=lambda entry: entry.name):
                if entry.is_symlink():
                    continue
                now[entry.name] = self._number_of(Path(entry))
                if entry.is_dir():
                    self._walk(Path(entry), now[entry.name], changes)
        changes += [(number, name, file) for name, file in now.items() if before.get(name) != file]
        changes += [(number, name, None) for name in before if name not in now]
        self._names[number] = now

    def _number_of(self, path: Path) -> int:
        descriptor = os.open(path, os.O_RDONLY)
        found = os.fstat(descriptor)
        identity = (found.st_dev, found.st_ino)
        if identity in self._numbers:
            os.close(descriptor)
            return self._numbers[identity]
        self._numbers[identity] = len(self._held)
        self._held.append(descriptor)
        self._contents.append(None if path.is_dir() else b"")
        if path.is_dir():
            self.operations.append(Folder(self._numbers[identity]))
        return self._numbers[identity]

    def _compare(self, number: int, before: bytes) -> None:
        length = os.fstat(self._held[number]).st_size
        now = os.pread(self._held[number], length, 0)
        if now == before:
            return
        if length < len(before):
            self.cut(number, length)
        same = next((n for n, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), len(before))
        if same < length:
            self.wrote(number, same, length - same)


@contextmanager
def recording(root: Path) -> Iterator[Recording]:
    """Records what this process does below a folder, which lies still before."""
    made, before = Recording(root), apsw.vfs_names()[0]
    vfs = _Vfs(made)
    apsw.Connection(
        ":memory:", vfs=_CIPHERING
    ).close()  # makes it: it seals above this one, which sees what reaches the disk
    apsw.set_default_vfs(_CIPHERING)
    try:
        with ExitStack() as stack:
            for name in (
                "fsync",
                "replace",
                "rename",
                "link",
                "unlink",
                "remove",
                "rmdir",
                "mkdir",
                "ftruncate",
                "write",
            ):
                stack.enter_context(mock.patch.object(os, name, _seen(made, getattr(os, name))))
            yield made
    finally:
        apsw.set_default_vfs(before)
        apsw.unregister_vfs(_CIPHERING)
        vfs.unregister()
        made.close()


def _seen(made: Recording, call: Callable[..., Any]) -> Callable[..., Any]:
    """A call of the system that is noted; what was done before it is noted first."""

    def noted(*given: Any, **options: Any) -> Any:
        made.look()
        done = call(*given, **options)
        if call.__name__ == "fsync":
            number = made.number_of_descriptor(given[0])
            if number is not None:
                made.synced(number)
        else:
            made.look()
        return done

    return noted


class _Vfs(apsw.VFS):
    def __init__(self, made: Recording) -> None:
        self._made = made
        super().__init__("recording", _BASE)

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(self._made, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self._made.look()
        folder = self._made.number_at(Path(filename).parent)
        if syncdir and folder is not None:
            self._made.synced(folder)


class _File(apsw.VFSFile):
    def __init__(self, made: Recording, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        new = path is not None and not Path(path).exists()
        super().__init__(_BASE, name, flags)
        if new:
            made.look()
        self._made, self._number = made, made.number_at(path) if path else None
        names_too = new and flags[0] & _NEW_NAME == _NEW_NAME
        self._folder = made.number_at(Path(path).parent) if path and names_too else None

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        if self._number is not None:
            self._made.wrote(self._number, offset, len(data))

    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        if self._number is not None:
            self._made.cut(self._number, newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        if self._number is not None:
            self._made.synced(self._number)
        if self._folder is not None:
            self._made.synced(self._folder)
            self._folder = None


@dataclass
class Surviving:
    """What is durable after some operations, and what is not yet."""

    _durable: dict[int, bytes] = field(default_factory=dict)
    _pending: dict[int, list[Written | Cut]] = field(default_factory=dict)
    _names: dict[int, dict[str, int]] = field(default_factory=dict)
    _groups: list[Named] = field(default_factory=list)
    told: list[tuple[str, ...]] = field(default_factory=list)

    def advance(self, operation: Operation) -> None:
        """One operation more."""
        match operation:
            case Written(file) | Cut(file):
                self._pending.setdefault(file, []).append(operation)
            case Folder(file):
                self._names.setdefault(file, {})
            case Named():
                self._groups.append(operation)
            case Acknowledged(words):
                self.told.append(words)
            case Synced(file):
                self._durable[file] = self._content(file, None)
                self._pending.pop(file, None)
                waiting, self._groups = self._groups, []
                for group in waiting:
                    if any(folder == file for folder, _, _ in group.changes):
                        _rename(self._names, group)
                    else:
                        self._groups.append(group)

    def write_image(self, place: Path, chance: random.Random) -> None:
        """Writes what a crash may leave into a new folder."""
        names = {folder: dict(found) for folder, found in self._names.items()}
        mood = _Mood(chance)
        for group in self._groups:
            if mood.keeps():
                _rename(names, group)
        self._write(place, 0, names, mood)

    def _write(self, place: Path, folder: int, names: dict[int, dict[str, int]], mood: _Mood) -> None:
        place.mkdir()
        for name, file in names.get(folder, {}).items():
            if file in names:
                self._write(place / name, file, names, mood)
            else:
                (place / name).write_bytes(self._content(file, mood))

    def _content(self, file: int, mood: _Mood | None) -> bytes:
        content = bytearray(self._durable.get(file, b""))
        for operation in self._pending.get(file, ()):
            match operation:
                case Cut(_, length):
                    if mood is None or mood.keeps():
                        content[length:] = bytes(max(length - len(content), 0))
                case Written(_, place, written):
                    _put(content, place, written, mood)
        return bytes(content)


def _rename(names: dict[int, dict[str, int]], group: Named) -> None:
    for folder, name, file in group.changes:
        if file is None:
            names.setdefault(folder, {}).pop(name, None)
        else:
            names.setdefault(folder, {})[name] = file


def _put(content: bytearray, place: int, written: bytes, mood: _Mood | None) -> None:
    """Puts what was written into a content, sector by sector, as far as it came there."""
    if mood is None:
        content[len(content) :] = bytes(max(place - len(content), 0))
        content[place : place + len(written)] = written
        return
    done = 0
    while done < len(written):
        at = place + done
        part = written[done : done + SECTOR - at % SECTOR]
        done += len(part)
        came = mood.comes_of(part)
        if came is None:
            continue
        content[len(content) :] = bytes(max(at - len(content), 0))
        content[at : at + len(came)] = came


class _Mood:
    """How one crash treats what was not durable: it keeps all or nothing, or keeps, drops and garbles at random."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._kept, self._garbled = chance.choice(
            [(1.0, 0.0), (0.0, 0.0), (0.5, 0.0), (0.9, 0.05), (0.1, 0.05), (0.4, 0.3)]
        )

    def keeps(self) -> bool:
        return self._chance.random() < self._kept

    def comes_of(self, part: bytes) -> bytes | None:
        """What comes of a part that was written: itself, something else, or nothing."""
        if self._chance.random() < self._garbled:
            return self._chance.choice([self._chance.randbytes(len(part)), bytes(len(part))])
        return part if self.keeps() else None
