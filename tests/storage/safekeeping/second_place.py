"""A book with its journal in a second folder, and what is read of that."""

from __future__ import annotations

import time
from pathlib import Path

from counter_assistant.storage.book import Book
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.book_journal import BookJournal
from counter_assistant.storage.safekeeping.journal_place import JournalPlace, write_place
from counter_assistant.storage.safekeeping.journal_reading import read_journal
from counter_assistant.storage.safekeeping.line import Line, Spelling
from counter_assistant.storage.safekeeping.stored_lines import book_name, lines_after
from tests.storage.desk import engine_of


def second(book: Book) -> Path:
    """The second folder, which is made beside that of the book."""
    folder = engine_of(book).path.parent.parent / "second"
    folder.mkdir(exist_ok=True)
    return folder


def keep(book: Book, folder: Path | None = None) -> BookJournal:
    """Has a journal kept of a book: what it commits from now on is written there."""
    beside = engine_of(book).path.parent
    write_place(beside, JournalPlace(folder or second(book), apart=False))
    journal = BookJournal(book.database, beside)
    book.committed = journal.keep_up
    return journal


def settle(journal: BookJournal) -> None:
    """Lets a journal do what it does when nobody is served, to the end."""
    while not journal.keep_up(idle=True):
        assert journal.is_working, journal.warning
        time.sleep(0.001)


def file_of(book: Book, folder: Path | None = None) -> Path:
    return (folder or second(book)) / f"journal-{book_name(book.database.handle)}.jsonl"


def lines_of(path: Path, spelling: Spelling) -> list[Line]:
    """The lines of a journal, each of which follows the one before it."""
    _, written = read_journal(path)
    found: list[Line] = []
    previous = chain.START
    for line in map(spelling.read, written):
        assert line.follows(len(found), previous)
        found.append(line)
        previous = line.hash
    return found


def is_whole(book: Book, folder: Path | None = None) -> bool:
    """Whether the journal holds what the book does, to the letter."""
    return lines_of(file_of(book, folder), Spelling(book.database.key)) == lines_after(book.database.handle, 0, 10**6)
