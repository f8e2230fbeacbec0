"""每个连接都有的设置，和一次操作一个的事务。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.write_lock import take_write_lock

PRAGMAS: Mapping[str, tuple[object, object]] = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "recursive_triggers": ("ON", 1),
    "temp_store": ("MEMORY", 2),  # what is sorted or rewritten holds names
    "cache_size": (
        -65536,
        -65536,
    ),  # KiB at most: a search of a large book reads the upper pages of its indices only once
}


@contextmanager
def transaction(handle: Any, folder: Path) -> Iterator[None]:
    """An immediate transaction on the book of a folder.

    Not peewee's, which rolls back what SQLite has rolled back by itself after a full disk or an I/O error, and then
    reports that instead of the error.
    """
    take_write_lock(handle, folder)
    try:
        yield
        handle.execute_sql("COMMIT")
    except BaseException:
        undo(handle)
        raise


def undo(handle: Any) -> None:
    """Rolls back what is open; SQLite may have done so by itself."""
    if not handle.is_closed() and handle.connection().in_transaction:
        with suppress(*ERRORS):
            handle.execute_sql("ROLLBACK")


def set_pragmas(handle: Any, patience: float) -> None:
    """Sets what every connection has, and reads it back.

    Raises:
        Refusal: `book-settings`.
    """
    for name, (value, expected) in PRAGMAS.items():
        handle.pragma(name, value)
        if handle.pragma(name) != expected:
            raise Refusal("book-settings", f"数据库不接受设置 {name}={value}。", "请联系维护人员，换用受支持的版本。")
    if handle.pragma("busy_timeout") != round(patience * 1000):
        raise Refusal("book-settings", "数据库不接受等待时间的设置。", "请联系维护人员，换用受支持的版本。")
