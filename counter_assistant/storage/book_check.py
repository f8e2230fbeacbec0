"""核对台账：哈希链、内容摘要、编号、档案与检索词、数据页.

`integrity_check` alone noticed 3 % of single changed bytes; the chain notices every one that changes content. What the
chain cannot see is its own tail cut off: compare the head with a backup or with the check code on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.storage import drafts
from counter_assistant.storage.book_views import BookViews
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.errors import ERRORS, error_class
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.chain_check import chain_problems
from counter_assistant.storage.journal.records import CheckReport

_LIMIT = 100


def check(database: Database) -> CheckReport:
    """Every finding, at most a hundred. Never raises for a damaged file; a locked one is refused.

    Entries are read in batches, because a reader that holds the file for long keeps every window from committing.
    """
    problems: list[str] = []
    parts: tuple[tuple[str, Callable[[Database], Iterator[str]]], ...] = (
        ("数据页", _pages), ("哈希链", _chain), ("台账内容", _contents), ("草稿", _drafts)
    )  # fmt: skip
    for name, part in parts:
        try:
            problems += islice(part(database), _LIMIT)
        except Exception as error:
            # Whatever cannot be read is itself a finding, but that another program holds the file is not.
            if error_class(error) in {"BUSY", "LOCKED"} or getattr(error, "code", "") == "book-locked":
                raise
            problems.append(f"{name}读不出：{error if isinstance(error, Refusal) else '文件已损坏'}。")
    return CheckReport(_count(database.handle), [readable(problem) for problem in problems[:_LIMIT]])


def _pages(database: Database) -> Iterator[str]:
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in database.handle.execute_sql(f"PRAGMA {pragma}").fetchall():
            if row != ("ok",):
                yield f"数据页有误：{' '.join(str(part) for part in row)}。"
    if tables.schema_of(database.handle) != tables.expected_schema():
        yield "表结构不符。"


def _chain(database: Database) -> Iterator[str]:
    return chain_problems(database.handle.connection())


def _contents(database: Database) -> Iterator[str]:
    expected, faults, last = BookViews(), list[str](), 0
    for entry in entries.walk(database.handle):
        if entry.seq == 1 and entry.kind is not EntryKind.BOOK_OPENED:
            yield "第 1 条记录不是启用台账。"
        faults += expected.add(database.handle, entry)
        last = entry.seq
    with database.reading() as handle:
        for entry in entries.walk(handle, after=last):
            faults += expected.add(handle, entry)
        yield from faults
        yield from expected.differences(handle)


def _drafts(database: Database) -> Iterator[str]:
    return drafts.faults(database.handle)


def _count(handle: Any) -> int:
    try:
        return int(tables.Entry.select().count(handle))
    except (*ERRORS, TypeError, ValueError):
        return 0
