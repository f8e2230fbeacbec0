"""数据页与表结构的核对；出错以后怎样核对，才说得清是磁盘的事还是台账的事.

An error of a database tells what failed and not what is at fault: a read that came short looks like damage, and after a flush that
failed memory holds what the disk does not have. So nothing in memory is trusted then.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.errors import OF_THE_DISK, damaged, error_class, unreadable
from counter_assistant.storage.engines.sqlite.page_copy import HOLDS, PATIENCE
from counter_assistant.storage.engines.sqlite.schema import VERSION, expected_schema, schema_of
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.chain_check import chain_problems

LARGEST_REWRITTEN = 128 << 20
"""How many bytes of content are rewritten at most: it is done in memory, since names must lie in no temporary file."""
FREE_SHARE = 4
_TRIES, _ASK_AGAIN = 5, 0.05  # seconds

_HEAD = 'SELECT "seq", "hash" FROM "entry" ORDER BY "seq" DESC LIMIT 1'
_HAS = 'SELECT 1 FROM "entry" WHERE "seq" = ? AND "hash" = ?'


_CODE = re.compile(r"error code=(\d+)")


def tells_of_the_disk(found: str) -> bool:
    """Whether what `integrity_check` found is that the disk did not give a page, which it does not raise."""
    code = _CODE.search(found)
    return code is not None and driver.is_disk_error(int(code[1]))


class Others:
    """Those who issue while the pages of a book are gone through: while one question is asked nobody can commit."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, handle: Any, pragma: str) -> list[tuple[Any, ...]]:
        """What a pragma finds in the whole file; where somebody had to wait for that for longer than `HOLDS`, in one table after another.

        Table by table a page of one that lies in another too is not noticed as such, nor one that nobody uses.

        Raises:
            Refusal: `book-locked`: somebody had to wait in each of several tries.
        """
        with closing(driver.FileAsItLies(self._path)) as book:
            found = self._unless_waited(handle, f"PRAGMA {pragma}", book)
            if found is not None:
                return found
            names = ["sqlite_schema", *(table._meta.table_name for table in tables.TABLES)]
            return [row for name in names for row in self._in_the_end(handle, f'PRAGMA {pragma}("{name}")', book)]

    def _in_the_end(self, handle: Any, query: str, book: driver.FileAsItLies) -> list[tuple[Any, ...]]:
        for _ in range(_TRIES):
            ends = time.monotonic() + PATIENCE
            while book.is_reserved() and time.monotonic() < ends:
                time.sleep(_ASK_AGAIN)
            found = self._unless_waited(handle, query, book)
            if found is not None:
                return found
        raise Refusal(LOCKED, "一直有人在办理，台账的数据页没有核对完。", "请在没有人办理的时候再核对。")

    def _unless_waited(self, handle: Any, query: str, book: driver.FileAsItLies) -> list[tuple[Any, ...]] | None:
        asked = since = time.monotonic()

        def too_long() -> bool:
            nonlocal asked, since
            now = time.monotonic()
            if now - asked > _ASK_AGAIN:
                asked = now
                since = since if book.is_reserved() else now
            return now - since > HOLDS

        try:
            with driver.broken_off(handle, too_long):
                rows: list[tuple[Any, ...]] = handle.execute_sql(query).fetchall()
                return rows
        except ERRORS as error:
            if error_class(error) == "INTERRUPT":
                return None
            raise


def page_problems(handle: Any, others: Others | None = None) -> Iterator[str]:
    """Sentences about pages that are damaged, rows that refer to nothing, and a schema that is not of this version; `others` may be
    issuing meanwhile.

    Raises:
        Refusal: what `Others.rows` refuses.
    """
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in others.rows(handle, pragma) if others else handle.execute_sql(f"PRAGMA {pragma}").fetchall():
            if tells_of_the_disk(str(row[0])):
                raise driver.disk_error()
            if row != ("ok",):
                yield f"数据页有误：{' '.join(str(part) for part in row)}。"
    if schema_of(handle) != expected_schema():
        yield "表结构不符。"


def is_of_today(handle: Any) -> bool:
    """Whether a file says that it is of this version."""
    return bool(handle.pragma("user_version") == VERSION)


def version_problems(handle: Any) -> Iterator[str]:
    """Sentences about a file that is not what its version says, and about its pages where that is this one."""
    of_today = is_of_today(handle)
    if of_today != (schema_of(handle) == expected_schema()) or not 0 < handle.pragma("user_version") <= VERSION:
        yield "表结构与版本不符。"
    elif of_today:
        yield from page_problems(handle)


class Head(NamedTuple):
    """Number and hash of a book's last entry."""

    seq: int
    hash: bytes


def head_of(handle: Any) -> Head | None:
    """The head as it is stored; None where there is no entry."""
    row = handle.execute_sql(_HEAD).fetchone()
    return Head(*row) if row else None


def has(handle: Any, head: Head | None) -> bool:
    """Whether a book has this entry; None is in each."""
    return head is None or handle.execute_sql(_HAS, head).fetchone() is not None


def forget_cached(path: Path) -> None:
    """Asks the system to read a file from the disk from now on. Only while this process has it closed: closing what is opened here
    drops the locks that it holds on the file."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            try:
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def give_back(handle: Any) -> None:
    """Makes a file smaller of which a quarter or more is free. One with more content than `LARGEST_REWRITTEN` keeps its free pages, and
    fills them again."""
    if handle.pragma("freelist_count") * FREE_SHARE >= handle.pragma("page_count"):
        write_anew(handle)


def write_anew(handle: Any) -> bool:
    """Writes a file anew, so that nothing of what was erased is left in it: SQLite overwrites what it frees, and not what it copied a row from
    when it made room in a page. False, and nothing done, where there is more content than `LARGEST_REWRITTEN`."""
    used = handle.pragma("page_count") - handle.pragma("freelist_count")
    if used * handle.pragma("page_size") > LARGEST_REWRITTEN:
        return False
    handle.execute_sql("VACUUM")
    return True


def require_whole(handle: Any, path: Path, last: Head | None, *, contents: bool) -> None:
    """Verifies an open book after an error: its pages, that it has the `last` entry that it was seen to have, and where `contents`
    were in doubt its chain.

    Raises:
        Refusal: `disk-error` (it still cannot be read), `book-damaged`.
    """
    try:
        found = handle.execute_sql("PRAGMA integrity_check(1)").fetchone()[0]
        if found == "ok" and not has(handle, last):
            found = "少了最后的记录"
        if found == "ok" and contents:
            found = next(chain_problems(handle), "ok") if head_of(handle) else "记录全部缺失"
    except ERRORS as error:
        raise verdict_on(error, path) from error
    if tells_of_the_disk(found):
        raise unreadable(path)
    if found != "ok":
        raise damaged(path, str(found).removesuffix("。"))


def verdict_on(error: Exception, path: Path) -> Refusal:
    """What an error says that came a second time, from a file that was opened anew."""
    if error_class(error) in OF_THE_DISK - {"CORRUPT", "NOTADB"}:
        return unreadable(path)
    return damaged(path, "读不出")
