"""还可能留着整个号码的旧记录：按种类和年份找，已经没有号码的不再看."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables

_BATCH = 200


def papers_before(database: Engine, kinds: Collection[SlipKind], day: date) -> Iterator[Entry]:
    """The slips of some kinds that were issued before a day and whose content is as it was written, oldest first."""
    row = tables.Archive

    def after(seq: int) -> Any:
        return row.select(row.seq).where(
            row.seq > seq, row.kind.in_(sorted(kinds)), row.issued_at < day.isoformat(), row.seq.in_(_written())
        )

    return _walk(database, after, row.seq)


def others_before(database: Engine, kind: EntryKind, day: date) -> Iterator[Entry]:
    """The entries of a kind without a paper, as `papers_before`; of one kind, because its index gives them in their order."""
    row = tables.Entry

    def after(seq: int) -> Any:
        return row.select(row.seq).where(
            row.seq > seq, row.kind == kind, row.time < day.isoformat(), row.seq.in_(_written())
        )

    return _walk(database, after, row.seq)


def _written() -> Any:
    return tables.Payload.select(tables.Payload.seq)


def _walk(database: Engine, after: Callable[[int], Any], seq: Any) -> Iterator[Entry]:
    """Entry after entry, in batches so that no lock is held between them."""
    last = 0
    while True:
        with database.reading() as handle:
            seqs = [found for (found,) in tables.fetch(handle, after(last).order_by(seq).limit(_BATCH))]
            batch = entries.select(handle, tables.Entry.seq.in_(tables.listed(seqs)), limit=_BATCH) if seqs else []
        yield from batch
        if len(seqs) < _BATCH:
            return
        last = seqs[-1]
