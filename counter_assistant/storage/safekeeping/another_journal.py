"""流水里有恢复的台账所没有的：另起一个名字留着，从头另写一份."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.safekeeping.book_journal import trouble
from counter_assistant.storage.safekeeping.journal_file import JournalFile
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.sealing.book_key import BookKey


def set_aside_another(database: Engine, beside: Path, ending: str) -> None:
    """Gives the journal of a book another ending where the book does not go on from it, and its name to the one that was begun instead.

    Raises:
        OSError: the place cannot be reached or written.
        Refusal: what reading the book refuses.
    """
    place = read_place(beside)
    if place is None:
        return
    if not place.is_there(beside):
        raise FileNotFoundError(errno.ENOENT, "", str(place.folder))
    with database.query() as handle:
        book = book_name(handle)
        file, waiting = (JournalFile(path, beside) for path in (place.file_of(book), place.waiting_file_of(book)))
        if _goes_on(handle, book, file, database.key):
            return
        file.set_aside(ending)
        if waiting.path.exists():
            waiting.take_place_of(file)
            waiting.path.with_suffix(".keys").unlink(missing_ok=True)


def _goes_on(handle: Any, book: str, file: JournalFile, key: BookKey | None) -> bool:
    try:
        end = file.end(Spelling(key))
    except Refusal:
        return False
    if end.known:
        return not trouble(handle, book, end)
    return key is not None and file.count() <= entries.head(handle)[0]
