"""台账里各条的序号、日期和哈希：结账、与台账以外的凭据比对时只读这些，不读内容."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_assistant.domain.closing.open_days import Stamp
from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import chain, entries, tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views import archive_view

_BATCH, _MANY, _BEYOND = 500, 5000, 2**62


def stamps_after(database: Engine, after: int = 0) -> Iterator[Stamp]:
    """The entries after one, the newest first, fetched in batches as far as they are asked for."""
    entry, before = tables.Entry, _BEYOND
    columns = entry.select(entry.seq, entry.time, entry.kind).order_by(entry.seq.desc()).limit(_BATCH)
    while True:
        with database.query() as handle:
            rows = tables.fetch(handle, columns.where(entry.seq > after, entry.seq < before))
        for seq, time, kind in rows:
            yield Stamp(seq, date.fromisoformat(time[:10]), EntryKind(kind))
        if len(rows) < _BATCH:
            return
        before = rows[-1][0]


def slips_between(database: Engine, first: int, last: int) -> list[ArchiveRow]:
    """The slips whose entries lie between two, both included, in their order."""
    row = tables.Archive
    with database.query() as handle:
        found = tables.fetch(handle, row.select().where(row.seq >= first, row.seq <= last).order_by(row.seq))
    return [archive_view.from_columns(columns) for columns in found]


def hash_at(database: Engine, seq: int) -> str:
    """The hash of an entry in hex.

    Raises:
        Refusal: `book-damaged` (there is no such entry).
    """
    with database.query() as handle:
        return entries.hash_of(handle, seq).hex()


def all_hashes(database: Engine) -> bytes:
    """The hashes of all entries in a row, after that before the first."""
    entry, found = tables.Entry, bytearray(chain.START)
    columns, after = entry.select(entry.seq, entry.hash).order_by(entry.seq).limit(_MANY), 0
    while True:
        with database.query() as handle:
            rows = tables.fetch(handle, columns.where(entry.seq > after))
        for _, entry_hash in rows:
            found += entry_hash
        if len(rows) < _MANY:
            return bytes(found)
        after = rows[-1][0]
