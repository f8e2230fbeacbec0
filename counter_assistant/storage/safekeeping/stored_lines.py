"""台账里的记录取出来写成行，行再放回一本台账：哈希一字不差."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from counter_assistant.domain.entry import ERASURE, BookOpened, EntryKind
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.body_codec import packed, unpacked
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.safekeeping.line import Line

_AFTER = (
    'SELECT e."seq", e."time", e."kind", e."visibility", e."algorithm", e."inner", e."hash", e."uuid", p."salt", p."body" '
    'FROM "entry" e LEFT OUTER JOIN "payload" p ON p."seq" = e."seq" WHERE e."seq" > {} ORDER BY e."seq" LIMIT {}'
)
"""Written out, because every act asks this, and peewee takes longer to put it together than the database to answer it."""


def book_name(handle: Any) -> str:
    """The unique name of a book, which its first entry gives it; empty of a book that has no entry."""
    first = entries.select(handle, tables.Entry.seq == 1)
    return BookOpened.from_payload(first[0].payload).book if first else ""


def numbers_of(handle: Any) -> dict[str, int]:
    """The last number of each series that a book has given out."""
    return dict(tables.fetch(handle, tables.Counter.select(tables.Counter.series, tables.Counter.last)))


def awaits_confirmation(handle: Any) -> bool:
    """Whether a book was restored, and nobody has said since that all is right."""
    latest = entries.select(handle, tables.Entry.kind == EntryKind.RESTORED, newest_first=True, limit=1)
    return bool(latest) and Restored.from_payload(latest[0].payload).act is RestoredAct.RESTORED


def was_restored_since(handle: Any, time: datetime) -> bool:
    """Whether the book was restored, or that was confirmed, at a time or after it."""
    latest = entries.select(handle, tables.Entry.kind == EntryKind.RESTORED, newest_first=True, limit=1)
    return bool(latest) and latest[0].time >= time


def lines_after(handle: Any, seq: int, most: int) -> list[Line]:
    """The entries after number `seq` as they are stored, at most so many."""
    mark = handle.param
    return [_line(row) for row in handle.execute_sql(_AFTER.format(mark, mark), (seq, most)).fetchall()]


def erased_after(handle: Any, erasure: int) -> tuple[int, list[Line]]:
    """The entries whose content was erased after the erasure with number `erasure`, and the number of the last erasure."""
    entry = tables.Entry
    named = entry.select(entry.seq, entry.uuid).where(entry.kind == EntryKind.PAYLOAD_ERASED, entry.seq > erasure)
    rows = tables.fetch(handle, named.order_by(entry.seq))
    seqs = [int(uuid.removeprefix(ERASURE)) for _, uuid in rows]
    return (rows[-1][0] if rows else erasure), _lines(
        handle, entry.seq.in_(tables.listed(seqs)), len(seqs)
    ) if seqs else []


def last_erasure(handle: Any) -> int:
    """The number of the last erasure; 0 where nothing was erased."""
    query = tables.Entry.select(peewee.fn.MAX(tables.Entry.seq)).where(tables.Entry.kind == EntryKind.PAYLOAD_ERASED)
    return tables.fetch(handle, query)[0][0] or 0


def put_in(handle: Any, lines: Iterable[Line]) -> None:
    """Puts the next entries into a book as they are, within the caller's transaction; what they erase is erased.

    Whether they follow is asked by whoever read them (`Line.follows`). The views are still to be made.
    """
    for line in lines:
        row = (line.seq, line.time, line.kind, line.visibility, line.algorithm, line.inner, line.hash, line.uuid)
        tables.insert_rows(handle, tables.Entry, [row])
        if line.salt is not None and line.body is not None:
            tables.insert_rows(handle, tables.Payload, [(line.seq, line.salt, packed(line.body))])
        if line.kind == EntryKind.PAYLOAD_ERASED:
            entries.drop_content(handle, int((line.uuid or "").removeprefix(ERASURE)))


def _lines(handle: Any, condition: Any, most: int) -> list[Line]:
    entry, payload = tables.Entry, tables.Payload
    query = (
        entry.select(
            entry.seq, entry.time, entry.kind, entry.visibility, entry.algorithm, entry.inner, entry.hash, entry.uuid,
            payload.salt, payload.body,
        )
        .join(payload, peewee.JOIN.LEFT_OUTER, on=(payload.seq == entry.seq))
        .where(condition).order_by(entry.seq).limit(most)
    )  # fmt: skip
    return [_line(row) for row in tables.fetch(handle, query)]


def _line(row: tuple[Any, ...]) -> Line:
    seq, time, kind, visibility, algorithm, inner, entry_hash, uuid, salt, stored = row
    try:
        body = None if stored is None else unpacked(stored)
    except ValueError as error:
        raise entries.unreadable(seq) from error
    return Line(seq, time, kind, visibility, algorithm, inner, entry_hash, uuid, salt, body)
