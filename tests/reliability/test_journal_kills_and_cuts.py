"""Whatever was acknowledged stands in the journal, however the process or the power ended; and the harness that shows it can fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import CHECK_CODE_LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.replaying import replay
from counter_assistant.storage.book import Book
from counter_assistant.storage.safekeeping import book_journal, journal_file
from counter_assistant.storage.safekeeping.journal_reading import read_journal
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views.archive import Archive
from tests.portion import Portion
from tests.reliability.disk import Disk, make_disk
from tests.reliability.harness import Opening, Tally, kill_again_and_again
from tests.storage.desk import KEY, Clock, open_book, open_sealed
from tests.storage.safekeeping.second_place import file_of, is_whole, keep

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its workers")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = make_disk(tmp_path)
    yield made
    made.remove()


class WithJournal:
    """Opens books whose journals lie in a folder beside, and holds what was acknowledged against the journals."""

    def __init__(self, folder: Path, opening: Opening = open_book) -> None:
        self.path, self.second = folder / "data" / "book.db", folder / "second"
        self.path.parent.mkdir()
        self.second.mkdir()
        self._opening = opening
        self.spelling = Spelling(KEY if opening is open_sealed else None)
        self.missing: set[str] = set()

    def open(self, path: Path) -> Book:
        book = self._opening(path)
        keep(book, self.second)
        return book

    def lost(self, tally: Tally) -> bool:
        """Whether the journals lack a slip that was acknowledged. The book itself has it, and would write it on."""
        held = {code for path in self.second.glob("*.jsonl") for code in self._codes(path)}
        self.missing = {number for number, code in tally.issued.items() if code not in held}
        return bool(self.missing)

    def _codes(self, path: Path) -> set[str]:
        """The check codes in a journal; none where it cannot be read at all."""
        try:
            _, written = read_journal(path)
        except Refusal:
            return set()
        return {self.spelling.read(line).hash.hex()[:CHECK_CODE_LENGTH] for line in written}

    def run(self, kills: int, **options: Any) -> Tally:
        return kill_again_and_again(self.path, kills, until=self.lost, opening=self.open, **options)

    def whole(self) -> bool:
        with closing(self.open(self.path).database) as database:
            book = Book(database)
            journal = keep(book, self.second)
            return journal.write_all() and is_whole(book, self.second)

    def holds_all(self, tally: Tally) -> bool:
        """Whether the journal alone gives a book with everything that was acknowledged, once the disk of the book is lost."""
        with closing(self.open(self.path).database) as database:
            source = file_of(Book(database), self.second)
        key: BookKey | None = self.spelling.key
        replay(None, source, self.path.with_name("again.db"), Clock(), key=key)
        with closing(open_book(self.path.with_name("again.db"), key=key).database) as again:
            rows = {row.number: row for row in Archive(again).search(limit=10**6)}
        kept = {number for number, code in tally.issued.items() if rows[number].check_code == code}
        return kept == tally.issued.keys() and all(rows[number].void for number in tally.voided)


@pytest.mark.nightly("journal_kills")
@pytest.mark.parametrize("opening", [open_book, open_sealed])
def test_a_kill_loses_nothing_from_the_journal(tmp_path: Path, portion: Portion, opening: Opening) -> None:
    journals = WithJournal(tmp_path, opening)
    tally = journals.run(portion.times(200, sample=8))
    print(tally)
    assert (tally.clean, journals.missing) == (True, set()), (str(tally), tally.problems, tally.faults)
    assert journals.holds_all(tally)
    assert journals.whole()


def test_the_harness_fails_where_the_journal_comes_after_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_journal, "LIMIT", 0.0)
    journals = WithJournal(tmp_path)
    tally = journals.run(200)
    print(tally)
    assert journals.missing


@pytest.mark.nightly("journal_power")
@pytest.mark.parametrize("opening", [open_book, open_sealed])
def test_no_power_cut_loses_anything_from_the_journal(disk: Disk, portion: Portion, opening: Opening) -> None:
    journals = WithJournal(disk.place, opening)
    tally = journals.run(portion.times(1000, sample=4), cut=disk.cut, power_on=disk.power_on)
    print(tally)
    assert (tally.clean, journals.missing) == (True, set()), (str(tally), tally.problems, tally.faults)
    assert journals.holds_all(tally)
    assert journals.whole()


@pytest.mark.nightly("journal_power_controls")
def test_the_harness_fails_without_fsync_in_the_journal(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_file.os, "fsync", lambda _: None)  # type: ignore[attr-defined]
    journals = WithJournal(disk.place)
    tally = journals.run(100, cut=disk.cut, power_on=disk.power_on)
    print(tally)
    assert journals.missing
