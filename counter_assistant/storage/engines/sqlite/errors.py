"""数据库的错误，说成经办人看得懂的话。

Full disk, I/O error, lock, damage: the transaction has failed as a whole, the draft stays, nothing is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.engines.sqlite.driver import ERRORS, error_name
from counter_assistant.storage.journal.chain import not_encodable

NOTHING_HAPPENED = "本次操作没有生效，未出具任何文书，草稿仍在。"

_SENTENCES = {
    "BUSY": (LOCKED, "台账正被另一个程序占用。", "请关闭其他窗口里的柜台助手，稍候再试。"),
    "LOCKED": (LOCKED, "台账正被另一个程序占用。", "请关闭其他窗口里的柜台助手，稍候再试。"),
    "FULL": ("disk-full", "磁盘已满，无法保存。", "请清理磁盘后重试。"),
    "READONLY": ("book-read-only", "台账文件只能读，不能写。", "请联系管理员恢复写入权限后重新打开。"),
    "CORRUPT": ("book-damaged", "台账文件已损坏。", "请不要再操作，保留原文件，从最近的备份恢复。"),
    "NOTADB": ("book-damaged", "台账文件已损坏。", "请不要再操作，保留原文件，从最近的备份恢复。"),
    "IOERR": ("disk-error", "读写磁盘出错。", "请检查磁盘；程序会重新打开并核对台账。"),
    "CANTOPEN": ("disk-error", "打不开台账文件。", "请检查磁盘和文件夹权限后重试。"),
    "NOMEM": ("memory-full", "内存不足。", "请关闭其他程序后重试。"),
}


def damaged(path: Path, detail: str) -> Refusal:
    """The refusal for a file that is ours but cannot be trusted. Its bytes stay as they are."""
    return Refusal(
        "book-damaged",
        f"台账文件已损坏（{detail}）：{path.name}。",
        "请保留原文件，从最近的备份恢复。",
    )


def error_class(error: BaseException) -> str:
    """The class of an SQLite error, such as BUSY or IOERR; empty where the driver gives none."""
    for seen in (error, *error.args, error.__cause__, error.__context__):
        if name := error_name(seen):
            return name.removeprefix("SQLITE_")
    return ""


def refusal_of(error: BaseException) -> Refusal | None:
    """What to tell the clerk, or None where the error is the program's own fault and must not be hidden."""
    if isinstance(error, UnicodeEncodeError):
        return not_encodable()
    found = _SENTENCES.get(error_class(error))
    if isinstance(error, UnicodeDecodeError) or (found is None and "decode to UTF-8" in str(error)):
        found = _SENTENCES["CORRUPT"]
    if found is None:
        return None
    code, sentence, remedy = found
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
