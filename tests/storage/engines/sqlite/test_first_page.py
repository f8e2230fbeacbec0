"""A first page that was being written when the power went: its journal says whose it is, and opening puts it right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import tables
from counter_assistant.storage.sealing.book_key import BookKey
from tests.storage.desk import KEY, Clock, engine_of, issue, number, open_book, open_sealed

SPOILT = [bytes(512), bytes(range(256)) * 2]


@pytest.fixture(params=[None, KEY], ids=["plain", "sealed"])
def cut_off(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, BookKey | None]:
    """A book of one slip and its journal in the middle of a commit."""
    key: BookKey | None = request.param
    book = open_sealed(tmp_path / "book.db") if key else open_book(tmp_path / "book.db")
    issue(book, "a")
    handle, left = book.database.handle, tmp_path / "left"
    handle.execute_sql("PRAGMA cache_spill = 1")
    handle.execute_sql("PRAGMA cache_size = 1")
    handle.execute_sql("BEGIN IMMEDIATE")
    handle.pragma("user_version", 99)
    tables.insert_rows(handle, tables.Term, [(f"term {n}", n) for n in range(5_000)])
    left.mkdir()
    for name in ("book.db", "book.db-journal"):
        shutil.copyfile(engine_of(book).path.with_name(name), left / name)
    handle.execute_sql("ROLLBACK")
    book.database.close()
    return left / "book.db", key


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_first_page_that_is_spoilt_is_put_right(cut_off: tuple[Path, BookKey | None], spoilt: bytes) -> None:
    path, key = cut_off
    path.write_bytes(spoilt + path.read_bytes()[len(spoilt) :])
    assert Database.needs_key(path) is bool(key)
    assert not key or Database.name_of(path) == key.name
    book = open_book(path, key=key)
    assert book.check().problems == []
    assert issue(book, "b").number == number(2)
    book.database.close()


@pytest.mark.parametrize("spoilt", SPOILT)
def test_no_other_journal_speaks_for_it(cut_off: tuple[Path, BookKey | None], spoilt: bytes) -> None:
    """GIVEN a journal that says nothing of the first page, or has it of another file, THEN what lies there is no book of ours."""
    path, key = cut_off
    journal = path.with_name("book.db-journal")
    pages = journal.read_bytes()
    path.write_bytes(spoilt + path.read_bytes()[len(spoilt) :])
    whose = key.name if key else b"SQLite format 3\0"
    for changed in (pages[:100], b"not one " + pages[8:], pages.replace(whose, bytes(16))):
        journal.write_bytes(changed)
        before = path.read_bytes()
        with pytest.raises(Refusal) as refusal:
            Database.open(path, Clock(), key=key)
        assert refusal.value.code in {"book-not-ours", "book-of-another-key", "book-damaged"}
        assert path.read_bytes() == before
