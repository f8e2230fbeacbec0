"""在大厅查离线出具的：服务器上每台电脑送来的那一份，只看，不在大厅的档案里混着."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.archive.reprint_and_void import Record, record_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.book_reading import BookReading
from counter_assistant.storage.engines.postgres.database import Database as Hall
from counter_assistant.storage.engines.postgres.offline_books import copies_beside
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.archive import Archive

BESIDE = "离线出具的，送到服务器的一份。补打、作废、更正，在出具它的那台电脑上搜“离线出具”进去办。"


class OfflineCopies:
    """The slips that the PCs of a hall issued offline, as its server has them. What was found last can be shown."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._found: dict[str, Archive] = {}

    def search(self, text: str, limit: int) -> list[ArchiveRow]:
        """The newest slips that every word of a text finds, of all PCs.

        Raises:
            Refusal: what reading the copies refuses.
        """
        hall = self._office.database
        assert isinstance(hall, Hall)
        rows: list[ArchiveRow] = []
        for copy in copies_beside(hall):
            archive = Archive(copy)
            found = archive.search(text, limit=limit)
            self._found |= {row.number: archive for row in found}
            rows += found
        return sorted(rows, key=lambda row: row.issued_at, reverse=True)[:limit]

    def number_of(self, scan: Scan) -> str:
        """The number of the slip whose code was scanned; empty where no PC of the hall issued it offline.

        Raises:
            Refusal: what reading the copies refuses.
        """
        return next((row.number for row in self.search(scan.digits, 1)), "")

    def has(self, number: str) -> bool:
        """Whether a number was found here."""
        return number in self._found

    def voids(self, rows: Sequence[ArchiveRow]) -> Mapping[str, SlipVoided]:
        """How those of these slips that are void were voided, by number."""
        said: dict[str, SlipVoided] = {}
        for row in rows:
            said |= self._found[row.number].voids((row,)) if row.void_seq else {}
        return said

    def show(self, number: str) -> Record:
        """The record of a number that was found here, which can be looked at.

        Raises:
            Refusal: `number-unknown`, `content-sealed-away`, `content-destroyed`.
        """
        archive = self._found[number]
        return replace(record_of(archive, BookReading(archive.database), number), beside=BESIDE)
