"""A disk that fails when it is told to: the Nth call that reaches a folder, or every one from then on, as when a stick is pulled.

SQLite goes through a file system of its own (an apsw VFS, under the one that encrypts), everything else through `os` and
`io.open`, whose calls are counted in the order in which they come. Nothing outside the folder is touched or counted.
"""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import apsw

READS, WRITES = "reads", "writes"
SHORT = -1
"""Instead of the number of an error: what is read comes to its end too early."""
NAME = "failing"
CIPHERED = f"multipleciphers-{NAME}"
USUAL = "multipleciphers-unix"
_OF_SQLITE = {
    "open": apsw.SQLITE_CANTOPEN, "read": apsw.SQLITE_IOERR_READ, "write": apsw.SQLITE_IOERR_WRITE,
    "truncate": apsw.SQLITE_IOERR_TRUNCATE, "fsync": apsw.SQLITE_IOERR_FSYNC, "size": apsw.SQLITE_IOERR_FSTAT,
    "access": apsw.SQLITE_IOERR_ACCESS, "unlink": apsw.SQLITE_IOERR_DELETE, "lock": apsw.SQLITE_IOERR_LOCK,
}  # fmt: skip
_READING = {"read", "size", "access", "stat", "scandir", "listdir"}


class FailingDisk:
    """What reaches the files below `root`. It is quiet until `fail` says which call fails, and with what."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._turn = threading.RLock()
        self.quiet()

    def quiet(self) -> None:
        """Lets everything through, and counts anew."""
        self.calls: list[str] = []
        self.struck: list[str] = []
        self._at, self._error, self._lasting, self._only = 0, errno.EIO, False, frozenset[str]()

    def fail(self, at: int, error: int = errno.EIO, *, lasting: bool = False, only: str = "") -> None:
        """Lets the call number `at` from now on fail with an `error` of the system, and where it is `lasting` all after it;
        `only` `READS` or `WRITES` are counted."""
        self.quiet()
        self._at, self._error, self._lasting = at, error, lasting
        self._only = frozenset({READS} if error == SHORT else {only} if only else ())

    def error_at(self, call: str, path: Any) -> int:
        """The error that a call ends with; 0 where it goes through."""
        if path is None or isinstance(path, int) or not self._covers(path):
            return 0
        kind = READS if call in _READING else WRITES
        with self._turn:
            if (self._only and kind not in self._only) or (self._error == SHORT and call != "read"):
                return 0
            self.calls.append(f"{call} {Path(os.fsdecode(path)).name}")
            here = len(self.calls)
            if not self._at or not (here == self._at or (self._lasting and here > self._at)):
                return 0
            self.struck.append(self.calls[-1])
            return self._error

    def reach(self, call: str, path: Any) -> None:
        """Raises what a call ends with, as the system's own."""
        found = self.error_at(call, path)
        if found not in {0, SHORT}:
            raise OSError(found, os.strerror(found), os.fsdecode(path))

    def _covers(self, path: Any) -> bool:
        text = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  a link is not followed, and nothing is read
        return text == self._root or text.startswith(self._root + os.sep)


_disks: list[FailingDisk] = []


class _System(apsw.VFS):
    def __init__(self) -> None:
        super().__init__(NAME, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> _Opened:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        _strike("open", path)
        return _Opened(name, flags, path)

    def xDelete(self, name: str, sync: bool) -> None:
        _strike("unlink", name)
        super().xDelete(name, sync)

    def xAccess(self, name: str, flags: int) -> bool:
        _strike("access", name)
        return bool(super().xAccess(name, flags))


class _Opened(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], path: str | None) -> None:
        super().__init__("unix", name, flags)
        self._path = path

    def xRead(self, amount: int, offset: int) -> bytes:
        short = _strike("read", self._path)
        found = bytes(super().xRead(amount, offset))
        return found[: len(found) // 2] if short else found

    def xWrite(self, data: bytes, offset: int) -> None:
        _strike("write", self._path)
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        _strike("truncate", self._path)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        _strike("fsync", self._path)
        super().xSync(flags)

    def xFileSize(self) -> int:
        _strike("size", self._path)
        return int(super().xFileSize())

    def xLock(self, level: int) -> None:
        _strike("lock", self._path)
        super().xLock(level)


def _strike(call: str, path: str | None) -> bool:
    """Whether what is read comes short; raises every other error as SQLite's own system does."""
    found = _disks[-1].error_at(call, path) if _disks else 0
    if found in {0, SHORT}:
        return found == SHORT
    if found == errno.ENOSPC and call == "write":
        raise apsw.exception_for(apsw.SQLITE_FULL)
    raise apsw.exception_for(_OF_SQLITE[call])


class _File(io.FileIO):
    """A file of Python's that reaches the disk."""

    def __init__(self, disk: FailingDisk, file: Any, mode: str, closefd: bool, opener: Any) -> None:
        super().__init__(file, mode, closefd, opener)
        self._disk, self._where = disk, _path_of(file)

    def _reach(self, call: str) -> bool:
        """Whether what is read comes short; raises every other error."""
        found = self._disk.error_at(call, self._where)
        if found not in {0, SHORT}:
            raise OSError(found, os.strerror(found), self._where)
        return found == SHORT

    def readinto(self, buffer: Any) -> int | None:
        room = memoryview(buffer).cast("B")
        return super().readinto(room[: len(room) // 2] if self._reach("read") and len(room) > 1 else room)

    def readall(self) -> bytes:
        short, found = self._reach("read"), super().readall()
        return found[: len(found) // 2] if short else found

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return self.readall()
        short, found = self._reach("read"), super().read(size)
        return found[: len(found) // 2] if short else found

    def write(self, content: Any) -> int:
        self._reach("write")
        return super().write(content)

    def truncate(self, size: int | None = None) -> int:
        self._reach("truncate")
        return super().truncate(size)


def _path_of(file: Any) -> str:
    return str(Path(f"/proc/self/fd/{file}").readlink()) if isinstance(file, int) else os.fsdecode(file)


def _opening(disk: FailingDisk) -> Any:
    real = io.open

    def opened(
        file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, errors: str | None = None,
        newline: str | None = None, closefd: bool = True, opener: Any = None,
    ) -> Any:  # fmt: skip
        if not disk._covers(_path_of(file)):
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if not isinstance(file, int):
            disk.reach("open", file)
        raw = _File(disk, file, mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        kinds = {"+": io.BufferedRandom, "r": io.BufferedReader}
        made: Any = next((kind for sign, kind in kinds.items() if sign in mode), io.BufferedWriter)(raw)
        return made if "b" in mode else io.TextIOWrapper(made, encoding, errors, newline)

    return opened


def _reaching(disk: FailingDisk, name: str, call: str) -> Any:
    """A call of `os` that counts; the file is named by path or by descriptor."""
    real = getattr(os, name)

    def called(target: Any = ".", *rest: Any, **options: Any) -> Any:
        where = _path_of(target) if isinstance(target, int) else target
        disk.reach(call, where)
        return real(target, *rest, **options)

    return called


_CALLS = {
    "open": "open", "write": "write", "fsync": "fsync", "ftruncate": "truncate", "replace": "rename", "rename": "rename",
    "link": "link", "unlink": "unlink", "mkdir": "mkdir", "rmdir": "rmdir", "scandir": "scandir", "listdir": "listdir",
    "stat": "stat", "lstat": "stat",
}  # fmt: skip


@contextmanager
def failing_disk(root: Path) -> Iterator[FailingDisk]:
    """The files below a folder on a disk that can fail. A database that was opened here is closed before the end."""
    if NAME not in apsw.vfs_names():
        _systems.append(_System())
        apsw.Connection(":memory:", vfs=CIPHERED).close()  # which makes the file system that encrypts on top of ours
    disk = FailingDisk(root)
    calls = {name: _reaching(disk, name, call) for name, call in _CALLS.items()}
    with mock.patch.multiple(os, **calls), mock.patch.object(io, "open", _opening(disk)):
        apsw.set_default_vfs(CIPHERED)
        _disks.append(disk)
        try:
            yield disk
        finally:
            _disks.remove(disk)
            apsw.set_default_vfs(USUAL)


_systems: list[_System] = []
