"""台账是怎样打开的，记进台账；时间有疑问时，查清以后再补记。"""

from __future__ import annotations

from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage.book import Book


class OpeningNotes:
    """What is to be recorded of how a book was opened, such as with the recovery sheet, or of who tried in vain."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._waiting: list[tuple[EntryKind, dict[str, Any]]] = []

    def note(self, kind: EntryKind, payload: dict[str, Any]) -> None:
        """Records something of it; at a doubtful time as soon as that has been confirmed or put right.

        Raises:
            Refusal: what `Book.append` refuses.
        """
        self._waiting.append((kind, payload))
        self.record()

    def record(self) -> None:
        """Records what waits, if the clock is sound and the book is not only read.

        Raises:
            Refusal: what `Book.append` refuses.
        """
        while self._waiting and not self.book.database.barred and self.book.clock_doubt() is None:
            self.book.append(*self._waiting[0])
            del self._waiting[0]
