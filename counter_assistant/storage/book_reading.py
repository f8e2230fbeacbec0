"""从台账里读：最后一个号，最近一条，某一次办理的那条，逐条，末尾。"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.safekeeping.moved_entry import BookMoved
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.views import counter_view

_MOST_ASKED = 500


class BookReading:
    """What is read of a book, entry by entry. Every method may raise Refusal."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def last_number(self, series: str) -> int:
        """The last number given out in a series; 0 where none was."""
        with self.database.query() as handle:
            return counter_view.last_number(handle, series)

    def latest(self, kind: EntryKind) -> Entry | None:
        """The last entry of a kind: for kinds such as 单位信息 it is the one that holds."""
        with self.database.query() as handle:
            found = entries.select(handle, tables.Entry.kind == kind, newest_first=True, limit=1)
        return found[0] if found else None

    def find(self, uuid: str) -> Entry | None:
        """The entry of an act, if the act was done."""
        with self.database.query() as handle:
            found = entries.named_or_last(handle, uuid)
        return found if isinstance(found, Entry) else None

    def last_of(self, *kinds: EntryKind) -> int:
        """The number of the last entry of these kinds, 0 where there is none: what was read up to it still holds."""
        with self.database.query() as handle:
            return entries.last_of(handle, *kinds)

    def done_before(self, uuid: str) -> Entry | None:
        """The entry of an act that was done before and is kept for good, so that its paper may be printed.

        Raises:
            Refusal: `hall-unsure`: a server has it, and its standbys do not yet.
        """
        if found := self.find(uuid):
            self.database.settle()
        return found

    def at(self, seqs: Collection[int]) -> dict[int, Entry]:
        """The entries of these numbers, by number."""
        wanted, found = sorted(seqs), dict[int, Entry]()
        for place in range(0, len(wanted), _MOST_ASKED):
            with self.database.query() as handle:
                named = tables.Entry.seq.in_(wanted[place : place + _MOST_ASKED])
                found |= {entry.seq: entry for entry in entries.select(handle, named)}
        return found

    def done(self, uuids: Collection[str]) -> frozenset[str]:
        """Which of these acts were done. What they say may have been erased since."""
        wanted, found = list(uuids), set[str]()
        with self.database.query() as handle:
            for at in range(0, len(wanted), _MOST_ASKED):
                named = tables.Entry.select(tables.Entry.uuid).where(
                    tables.Entry.uuid.in_(wanted[at : at + _MOST_ASKED])
                )
                found |= {uuid for (uuid,) in tables.fetch(handle, named)}
        return frozenset(found)

    def left(self) -> BookMoved | None:
        """Where the book has left for; None where it goes on."""
        with self.database.query() as handle:
            return entries.left_for(handle)

    def is_same(self, entry: Entry, digest: str) -> bool:
        """Whether an entry is that of the act with this content."""
        return entries.is_of(entry, digest)

    def entries(self, *kinds: EntryKind, after: int = 0) -> Iterator[Entry]:
        """The entries in the book's order, from the one after `after`; only those of `kinds` where some are named."""
        conditions = [tables.Entry.kind << kinds] if kinds else []
        with self.database.query() as handle:
            yield from entries.walk(handle, *conditions, after=after)

    def head(self) -> tuple[int, str]:
        """Number and hash (in hex) of the last entry: what every backup and bundle carries."""
        with self.database.query() as handle:
            seq, _, last_hash, *_ = entries.head(handle)
        return seq, last_hash.hex()
