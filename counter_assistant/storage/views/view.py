"""视图：由台账的记录推得的表，随记录一起写入，也能整个重建，再与记录核对.

A register, a search, a statistic: whatever is looked up in a table of its own and follows from the entries is a `View`.
storage/book_views.py lists them all, and the book walks that list.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_left, content_of


class View(ABC):
    """What the entries of some kinds give, in tables of its own.

    `write` follows one entry in the entry's own transaction; to rebuild, `replay` does so again for every entry of these kinds, oldest
    first. To check, `expect` says what each of them gives, and all of it is held against what is stored; it shares no state with the
    writing, so that each answers for the other. `content` is what the entry says, as an object of its kind's class
    (storage/journal/entry_readers.py): a `SlipErased` for a slip whose payload is erased, None for any other entry that is. A view
    is rebuilt when its `rules` change, so they name what its rows depend on.

    Nothing that grows with the book is held in memory by a rebuild; a check holds as little of an entry as it can.
    """

    kinds: ClassVar[frozenset[EntryKind]]
    models: ClassVar[Mapping[type[Any], str]]
    """Its tables, and what is said of each that is not what the entries give; with {} for the first entry that is filed wrongly."""
    rules: ClassVar[str] = ""

    secret: bytes = b""
    """That of the book's digests (storage/engines/engine.py), given to each view before its first entry."""

    @abstractmethod
    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Stores what an entry just appended changes. Raises Refusal for one that contradicts those before it."""

    @abstractmethod
    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> Iterable[str]:
        """Counts in what the next entry gives, and says in sentences where it contradicts those before it."""

    def replay(self, handle: Any, entry: Entry, content: Any) -> None:
        """As `write`, of an entry that had been appended long before; what contradicts those before it changes nothing."""
        self.write(handle, entry, content)

    def settle(self, handle: Any, expected: Expected | None = None) -> None:  # noqa: B027 - most hold nothing back
        """Stores what a rebuild, or counts in what a check, has held back of the entries so far."""


def erased_seq(erasure: Entry) -> int:
    """The number of the entry that an erasure names."""
    return int((erasure.uuid or "").removeprefix(ERASURE))


def erased_content(handle: Any, erasure: Entry, erased: PayloadErased) -> tuple[int, Any, Any]:
    """Of an erasure just appended: the number of the entry that it names, what that says until it is carried out, and what it
    says then."""
    seq = erased_seq(erasure)
    before = entries.select(handle, tables.Entry.seq == seq)
    return seq, content_of(before[0]) if before else None, content_left(erased)
