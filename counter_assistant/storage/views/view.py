"""视图：由台账的记录推得的表，随记录一起写入，也能整个重建，再与记录核对.

A register, a search, a statistic: whatever is looked up in a table of its own and follows from the entries is a `View`.
storage/book_views.py lists them all, and the book walks that list.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, ClassVar

from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_left, content_of


class View(ABC):
    """What the entries of some kinds give, in tables of its own.

    `write` follows one entry in the entry's own transaction. To rebuild and to check, `add` folds every entry of these
    kinds, oldest first, in an instance that has seen none before; then `store` writes what they give, and `differences`
    holds it against what is stored. `content` is what the entry says, as an object of its kind's class
    (storage/journal/entry_readers.py): a `SlipErased` for a slip whose payload is erased, None for any other entry that is. A view
    is rebuilt when its `rules` change, so they name what its rows depend on.
    """

    kinds: ClassVar[frozenset[EntryKind]]
    models: ClassVar[tuple[type[Any], ...]]
    rules: ClassVar[str] = ""

    secret: bytes = b""
    """That of the book's digests (storage/engines/engine.py), given to each view before its first entry."""

    @abstractmethod
    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Stores what an entry just appended changes. Raises Refusal for one that contradicts those before it."""

    @abstractmethod
    def add(self, handle: Any, entry: Entry, content: Any) -> Iterable[str]:
        """Folds the next entry, and says in sentences where it contradicts those before it."""

    @abstractmethod
    def store(self, handle: Any) -> None:
        """Writes what the entries give into tables that have been emptied."""

    @abstractmethod
    def differences(self, handle: Any) -> Iterator[str]:
        """Sentences about what is stored and is not what the entries give. One a table is enough to rebuild."""


def erased_seq(erasure: Entry) -> int:
    """The number of the entry that an erasure names."""
    return int((erasure.uuid or "").removeprefix(ERASURE))


def erased_content(handle: Any, erasure: Entry, erased: PayloadErased) -> tuple[int, Any, Any]:
    """Of an erasure just appended: the number of the entry that it names, what that says until it is carried out, and what it
    says then."""
    seq = erased_seq(erasure)
    before = entries.select(handle, tables.Entry.seq == seq)
    return seq, content_of(before[0]) if before else None, content_left(erased)


def differs(handle: Any, table: type[Any], rows: Iterable[tuple[Any, ...]]) -> bool:
    """Whether a table holds anything but these rows, which come in the order of its key.

    It is read once beside them, so that a row too many is seen like one too few, and no table is held as a whole.
    """
    stored = handle.execute(table.select().order_by(*tables.key_of(table)))
    return any(there != right for there, right in zip_longest(stored, rows))
