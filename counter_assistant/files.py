"""写文件：先写好、落了盘，再换上名字；断电不留半份，也不跟着别人放好的链接走。

Whatever this program writes, but for the pages that SQLite writes, it writes here (docs/decisions/0035-the-disk-is-doubted.md): under a name
that cannot be guessed, made durable, then given its name, and that made durable. Nothing that somebody else may have put into a
folder is trusted: a link, a pipe or a file that waits under the expected name is neither followed nor opened.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = re.compile(r"\.(?:[^/]+\.)?[0-9a-f]{16}\.(?:part|new)(?:-journal)?")
"""The names of files that are still being written."""

ABANDONED = 3600
"""Seconds after which an unfinished file is taken for abandoned, after a power cut or a killed process."""

_PIECE = 1 << 20
_MOST = 256 << 20  # bytes that are read of a file at once, so that a foolish one does not fill the memory
_AS_IT_LIES = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | _AS_IT_LIES
_NO_SUCH_CALL = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.ENOSYS}
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名的文件已经在那里",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕回了自己",
    errno.EPIPE: "接收的一方已经关闭",
    errno.EBADF: "输出已经关闭",
    errno.EINVAL: "不是普通文件",
    errno.EIO: "读写磁盘出错",
    getattr(errno, "ESTALE", -1): "网络位置断开了",
    errno.ENODEV: "磁盘已拔出",
    getattr(errno, "EDQUOT", -2): "分给这个用户的磁盘空间已满",
    errno.EBUSY: "正被别的程序占用",
}


def unfinished(path: Path, ending: str) -> Path:
    """A name in the same folder that cannot be guessed, for a file that is renamed to `path` once it is complete."""
    return path.with_name(f".{os.urandom(8).hex()}.{ending}")


def write_atomic(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Writes a file so that it is complete and durable, or not there at all; a file of that name is replaced.

    `mode` is who may read it, less what the process forbids.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: no file can have this name here.
    """
    partial = unfinished(path, "part")
    try:
        with new_file(partial, mode) as file:
            file.write(content)
        give_name(partial, path)
    except BaseException:
        with suppress(OSError, ValueError):
            partial.unlink()
        raise


@contextmanager
def new_file(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file that was not there, to write and to read again; its content is durable when the block is left.

    Raises:
        FileExistsError: something has this name.
        OSError: it cannot be written. What is there of it is for the caller to remove.
    """
    with os.fdopen(os.open(path, _NEW, mode), "w+b") as file:
        yield file
        make_durable(file)


def make_durable(file: BinaryIO) -> None:
    """Has what was written reach the disk.

    Raises:
        OSError: the system refuses it.
    """
    file.flush()
    os.fsync(file.fileno())


def give_name(old: Path, new: Path) -> None:
    """Gives a file or a folder, whose content is durable, a name, durably; a file of that name gives way.

    Raises:
        OSError: the system refuses it.
    """
    old.replace(new)
    sync_names(new.parent)


def give_free_name(old: Path, new: Path) -> None:
    """Gives a file a name that nothing has; where the system has such names, it keeps its own as well.

    Raises:
        FileExistsError: something has it.
        OSError: the system refuses it.
    """
    if os.name == "nt":
        old.rename(new)  # refuses an existing name there, unlike elsewhere
    else:
        give_second_name(old, new)


def give_second_name(path: Path, other: Path) -> None:
    """Gives a file one more name, which nothing has.

    Raises:
        FileExistsError: something has it.
        OSError: the system refuses it, or knows no such names.
    """
    os.link(path, other)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Makes a folder where there is none, and those above it, durably: what is saved in it is not lost with its name.

    Raises:
        OSError: the system refuses it, or something else has the name.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    for each in missing:
        sync_names(each.parent)


@contextmanager
def plain_file(path: Path, *, writes: bool = False) -> Iterator[BinaryIO]:
    """A file that is there, to read or to write into; a link is not followed, and a pipe not waited for.

    Raises:
        OSError: it cannot be opened, or is no plain file.
    """
    descriptor = os.open(path, (os.O_RDWR if writes else os.O_RDONLY) | _AS_IT_LIES)
    with os.fdopen(descriptor, "r+b" if writes else "rb") as file:
        _require_plain(file, path)
        yield file


def read_plain(path: Path, most: int = _MOST) -> bytes:
    """What a plain file holds, but for what is beyond `most` bytes; a link is followed, since somebody named the file, and nothing else
    is opened: reading a pipe or a device may never end.

    Raises:
        OSError: it cannot be read, or is no plain file.
        ValueError: no file can have this name.
    """
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        _require_plain(file, path)
        return file.read(most)


def real_path(path: Path) -> Path:
    """Where a path leads, its links followed; one that leads to itself leads nowhere else."""
    return Path(os.path.realpath(path))


def write_on(file: BinaryIO, content: bytes) -> None:
    """Writes at the end of an open file, durably; where that fails, what was written of it goes again, if the place lets it.

    Raises:
        OSError: the system refuses it.
    """
    start, descriptor = file.seek(0, os.SEEK_END), file.fileno()
    try:
        os.lseek(descriptor, start, os.SEEK_SET)
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, start)
        raise


def overwrite(file: BinaryIO) -> None:
    """Overwrites what an open file holds, as far as the system lets it.

    Raises:
        OSError: the system refuses it.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    for start in range(0, size, _PIECE):
        file.write(bytes(min(_PIECE, size - start)))
    make_durable(file)


def append_line(path: Path, line: str) -> None:
    """Appends a line to a plain file, which is created where it is missing.

    Raises:
        OSError: it cannot be written, or is not a plain file.
    """
    with standing_file(path) as file:
        file.write(line.encode("utf-8", "replace"))


@contextmanager
def standing_file(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A plain file to read from its beginning and append to, created where it is missing; a link is not followed, and a pipe not waited for.

    Raises:
        OSError: it cannot be opened, or is no plain file.
    """
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _AS_IT_LIES, mode), "a+b") as file:
        _require_plain(file, path)
        file.seek(0)
        yield file


def _require_plain(file: BinaryIO, path: Path) -> None:
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise OSError(errno.EINVAL, "not a plain file", str(path))


def sync(path: Path) -> None:
    """Makes a file's content, or the names in a folder, durable. Windows has no such call for folders, and needs none.

    Raises:
        OSError: the system refuses it.
    """
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_names(folder: Path) -> None:
    """Makes the names in a folder durable, where it is of a kind whose names can be.

    Raises:
        OSError: the system refuses it.
    """
    try:
        sync(folder)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:  # as on a network share or a USB stick, where a folder cannot be synced
            raise


def wipe(path: Path) -> None:
    """Overwrites a file and removes it. One that has another name as well belongs to somebody's backup: only this name goes.

    Raises:
        OSError: the system refuses it.
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "r+b") as file:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
            overwrite(file)
    path.unlink()


def clear_abandoned(folder: Path) -> None:
    """Removes abandoned unfinished files; one that cannot be removed is left."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if UNFINISHED.fullmatch(entry.name):
                with suppress(OSError):
                    _clear(entry)


def _clear(entry: os.DirEntry[str]) -> None:
    found = entry.stat(follow_symlinks=False)
    if stat.S_ISREG(found.st_mode) and found.st_mtime < time.time() - ABANDONED:
        Path(entry).unlink()


def reason_of(error: OSError | ValueError) -> str:
    """Why the system would not, in Chinese. A ValueError is how a name comes back that no file can have."""
    if not isinstance(error, OSError):
        return "名称里有这台电脑写不出的字符"
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
