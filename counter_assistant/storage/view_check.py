"""逐条走一遍台账：链、内容、编号，和各视图该是什么；再把存着的一段一段读来比，谁也不必久等.

Entries and tables are read in batches, each with what other windows have written meanwhile, so that a book in use is checked
as one at rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book_views import ARRIVING, MARK, BookViews, stored_mark
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.erasing.erasure_check import erasure_problems
from counter_assistant.storage.expected import Expected, Row, Sums
from counter_assistant.storage.journal import chain, entries, tables
from counter_assistant.storage.journal.chain_check import Looked, looked_at
from counter_assistant.storage.journal.number_check import NumberCheck
from counter_assistant.storage.views.archive_view import add_stored

BATCH = 5000


class Erased(Exception):
    """Another window has erased what had been read: what was counted of it is not known any more."""


class EntryCheck:
    """What the entries of a book say of themselves: chain, contents and numbers; and what they give, unless it is `alone` that is asked."""

    def __init__(self, database: Engine, *, alone: bool = False) -> None:
        self._database, self._numbers = database, NumberCheck()
        self._views = None if alone else BookViews(database.digest_secret)
        self.expected = Expected()
        self.faults: list[str] = []
        """Where entries contradict those before them."""
        self.unreadable: Refusal | None = None
        """Why what the entries give is not known: one of them cannot be read."""
        self._last, self._hash = 0, chain.START
        self._known = entries.head(database.handle)[0]

    def problems(self) -> Iterator[str]:
        """Reads the entries that have not been read yet."""
        handle = self._database.handle
        for entry in looked_at(handle, self._last, self._hash):
            yield from entry.problems
            if entry.link.seq == 1 and entry.link.kind != EntryKind.BOOK_OPENED:
                yield "第 1 条记录不是启用台账。"
            self._last, self._hash = entry.link.seq, entry.hash
            if self.unreadable is None:
                self._expect(handle, entry)

    def catch_up(self, handle: Any) -> list[str]:
        """Reads what has been written meanwhile, while nobody else writes; everything that the entries give is counted then."""
        found = list(self.problems())
        if self._views:
            self._views.settle(handle, self.expected)
        return found

    def _expect(self, handle: Any, looked: Looked) -> None:
        link = looked.link
        if link.kind == EntryKind.PAYLOAD_ERASED and link.seq > self._known:
            raise Erased
        try:
            entry = entries.read(handle, link.seq, link.time, link.kind, looked.hash, looked.uuid, looked.said)
            self.faults += self._numbers.follow(entry)
            if link.kind == EntryKind.PAYLOAD_ERASED:
                self.faults += erasure_problems(handle, looked)
            if self._views:
                self.faults += self._views.expect(handle, entry, self.expected)
        except Refusal as refusal:
            self.unreadable = refusal


class ViewCheck:
    """Holds the stored tables of the views against what the entries give."""

    def __init__(self, database: Engine, entries_: EntryCheck) -> None:
        self._database, self._entries = database, entries_

    def differences(self) -> Iterator[str]:
        """A sentence about each table that is not what the entries give; one is enough to rebuild."""
        views, expected = BookViews(self._database.digest_secret), self._entries.expected
        stored = expected.beside()
        expected.add(tables.Meta, self._mark(views))
        for table, said in views.models.items():
            yield from self._read(table, stored)
            if table is tables.Term:
                seq = stored.first_misfiled(expected)
                if seq is not None:
                    yield said.format(seq)
            elif not stored.same(table, expected):
                yield said

    def _mark(self, views: BookViews) -> tuple[str, str]:
        """By which rules the file must say that its views were made; a book that is being moved in says none yet."""
        with self._database.query() as handle:
            found = stored_mark(handle)
        return (MARK, found) if found.startswith(ARRIVING) else views.facts[0]

    def _read(self, table: type[Any], stored: Sums) -> Iterator[str]:
        """Reads a table in the order of its key, batch by batch."""
        key = [f'"{field.column_name}"' for field in tables.key_of(table)]  # the first columns of each table
        by, rows, after = ", ".join(key), list[Row](), None
        while after is None or len(rows) == BATCH:
            with self._database.reading() as handle:
                yield from self._entries.catch_up(handle)
                beyond = f"WHERE ({by}) > ({', '.join([handle.param] * len(key))})" if after else ""
                query = f'SELECT * FROM "{table._meta.table_name}" {beyond} ORDER BY {by} LIMIT {BATCH}'
                rows = handle.execute_sql(query, after or ()).fetchall()
            _count_in(table, rows, stored)
            last = rows[-1][: len(key)] if rows else ()
            if after and last and last <= after:  # as a damaged tree of pages may give
                raise self._database.damaged("数据页次序错乱")
            after = last
            self._entries.expected.read_to(table, after if len(rows) == BATCH else None)


def _count_in(table: type[Any], rows: list[Row], stored: Sums) -> None:
    if table is tables.Term:
        stored.add_filed(rows)
    elif table is tables.Archive:
        for row in rows:
            add_stored(stored, row)
    else:
        for row in rows:
            stored.add(table, row)
