"""写文件：先写好、落了盘，再换上名字；断电不留半份，也不跟着别人放好的链接走。

Everything that this program writes besides the book goes through `write_atomic`. Nothing that somebody else may have
put into a folder is trusted: a link, a pipe or a file that waits under the expected name is neither followed nor
opened.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

UNFINISHED = re.compile(r"\.(?:[^/]+\.)?[0-9a-f]{16}\.(?:part|new)(?:-journal)?")
"""The names of files that are still being written."""

ABANDONED = 3600
"""Seconds after which an unfinished file is taken for abandoned, after a power cut or a killed process."""

_PIECE = 1 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
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
    errno.EIO: "读写磁盘出错",
}


def unfinished(path: Path, ending: str) -> Path:
    """A name in the same folder that cannot be guessed, for a file that is renamed to `path` once it is complete."""
    return path.with_name(f".{secrets.token_hex(8)}.{ending}")


def write_atomic(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Writes a file so that it is complete and durable, or not there at all; a file of that name is replaced.

    `mode` is who may read it, less what the process forbids.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: no file can have this name here.
    """
    partial = unfinished(path, "part")
    try:
        with os.fdopen(os.open(partial, _NEW, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        with suppress(OSError, ValueError):
            partial.unlink()
        raise
    sync_names(path.parent)


def append_line(path: Path, line: str) -> None:
    """Appends a line to a plain file, which is created where it is missing.

    Raises:
        OSError: it cannot be written, or is not a plain file.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags, 0o666), "ab") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
        file.write(line.encode("utf-8", "replace"))


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
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
            for start in range(0, found.st_size, _PIECE):
                os.write(descriptor, bytes(min(_PIECE, found.st_size - start)))
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
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
