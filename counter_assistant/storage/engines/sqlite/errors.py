"""数据库的错误，说成经办人看得懂的话；磁盘出的错和台账坏了分开说。

Full disk, I/O error, lock, damage: the transaction has failed as a whole, the draft stays, nothing is printed. What one error
alone cannot tell, whether the book or only the disk is at fault, is found out by `book_file.py`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of
from counter_assistant.storage.engines.engine import DISK, DISK_DONE, LOCKED, NOTHING_HAPPENED, NUMBERS, number_taken
from counter_assistant.storage.engines.sqlite.driver import ERRORS, error_name
from counter_assistant.storage.journal.chain import not_encodable

DAMAGED = "book-damaged"
OF_THE_DISK = frozenset(("IOERR", "CANTOPEN", "CORRUPT", "NOTADB"))
"""Of what may be the disk's fault or the book's: a read that failed or came short looks like damage, too."""

OF_DISK = "这是磁盘、接线或权限的问题，不等于台账坏了。请先检查；要恢复的，换一块磁盘，不要恢复到这一块上。"

_SENTENCES = {
    "BUSY": (LOCKED, "台账正被另一个程序占用。", "请关闭其他窗口里的柜台助手，稍候再试。"),
    "LOCKED": (LOCKED, "台账正被另一个程序占用。", "请关闭其他窗口里的柜台助手，稍候再试。"),
    "FULL": ("disk-full", "磁盘已满，无法保存。", "请清理磁盘后重试。"),
    "READONLY": ("book-read-only", "台账文件只能读，不能写。", "请联系管理员恢复写入权限后重新打开。"),
    "READONLY_DBMOVED": ("book-moved", "台账文件被移走或改了名。", "请管理员查明后放回原处，再重新打开。"),
    "READONLY_DIRECTORY": ("book-read-only", "数据文件夹只能读，不能写。", "请联系管理员恢复写入权限后重新打开。"),
    "CORRUPT": (DAMAGED, "台账文件已损坏。", "请不要再操作，保留原文件，从最近的备份恢复。"),
    "NOTADB": (DAMAGED, "台账文件已损坏。", "请不要再操作，保留原文件，从最近的备份恢复。"),
    "IOERR": (DISK, "读写磁盘出错。", OF_DISK),
    "IOERR_NOMEM": ("memory-full", "内存不足。", "请关闭其他程序后重试。"),
    "CANTOPEN": (DISK, "打不开台账文件。", OF_DISK),
    "NOMEM": ("memory-full", "内存不足。", "请关闭其他程序后重试。"),
}
"""By the exact name of an error, else by the class that the name begins with."""


def damaged(path: Path, detail: str) -> Refusal:
    """The refusal for a file that is ours but cannot be trusted. Its bytes stay as they are."""
    return Refusal(
        DAMAGED,
        f"台账文件已损坏（{detail}）：{path.name}。",
        "请保留原文件，从最近的备份恢复。",
    )


def unreadable(path: Path, error: OSError | None = None) -> Refusal:
    """The refusal for a file that the disk does not give, or the system does not let this user read: nothing is known against the
    book itself."""
    reason = f"（{reason_of(error)}）" if error and error.errno else ""
    return Refusal(
        DISK,
        f"读不出台账文件{reason}：{path}。",
        OF_DISK,
    )


def passed(*, done: bool) -> Refusal:
    """The refusal for an error of the disk after which the book was read again and found whole; `done` says that the act is in it."""
    if done:
        sentence = "磁盘读写出错，已重新打开并核对：这一步已经记入台账。"
        return Refusal(DISK_DONE, sentence, "请再按一次，接着办的是同一份，不会重复；反复出现时请检查磁盘。")
    sentence = "磁盘读写出错，已重新打开并核对，台账没有丢。"
    return Refusal("disk-error-passed", sentence, f"{NOTHING_HAPPENED}请再试一次；反复出现时请检查磁盘。")


def _name(error: BaseException) -> str:
    """What SQLite calls an error that the driver may have wrapped; empty where it is none of its."""
    for seen in (error, *error.args, error.__cause__, error.__context__):
        if name := error_name(seen):
            return name.removeprefix("SQLITE_")
    return ""


def error_class(error: BaseException) -> str:
    """The class of an SQLite error, such as BUSY or IOERR; empty where the driver gives none."""
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        return "CORRUPT"
    return _name(error).partition("_")[0]


def refusal_of(error: BaseException) -> Refusal | None:
    """What to tell the clerk, or None where the error is the program's own fault and must not be hidden."""
    if isinstance(error, UnicodeEncodeError):
        return not_encodable()
    if error_class(error) == "CONSTRAINT" and str(error).endswith(f": {'.'.join(NUMBERS)}"):
        return number_taken()
    found = _SENTENCES.get(_name(error)) or _SENTENCES.get(error_class(error))
    if found is None:
        return None
    code, sentence, remedy = found
    return Refusal(code, sentence, NOTHING_HAPPENED + remedy)


def full_disk(handle: Any) -> Refusal | None:
    """The refusal for a disk, or a share of one, that is full, where that is what the system said last; SQLite calls some of it an error."""
    number = 0 if handle is None or handle.is_closed() else handle.connection().system_errno
    if number not in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return None
    code, sentence, remedy = _SENTENCES["FULL"]
    return Refusal(code, sentence, NOTHING_HAPPENED + remedy)


@contextmanager
def told() -> Iterator[None]:
    """Turns a database error inside the block into a Refusal."""
    try:
        yield
    except ERRORS as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
