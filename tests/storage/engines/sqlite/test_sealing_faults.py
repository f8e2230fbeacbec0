"""What hinders sealing, or looking at a sealed book, is told as what it is, and leaves the book as it was."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import apsw
import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite import driver, file_state
from counter_assistant.storage.views.archive import Archive
from tests.places import TESTS
from tests.storage.desk import KEY, issue, open_book, open_sealed, refused, seal

OLD = TESTS / "storage" / "fixtures" / "book_v3.db"


def cannot_be_opened(*_: object) -> NoReturn:
    """As SQLite says of a file that this user may not read."""
    raise apsw.exception_for(apsw.SQLITE_CANTOPEN)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_file_that_cannot_be_read_is_told_as_a_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed: bool
) -> None:
    path = tmp_path / "book.db"
    (open_sealed if sealed else open_book)(path).database.close()
    with monkeypatch.context() as patched:
        patched.setattr(apsw, "VFSFile", cannot_be_opened)
        patched.setattr(driver, "as_it_lies", cannot_be_opened)
        assert not file_state.needs_key(path)
        assert not file_state.is_unsealed(path)
        assert refused(path, key=KEY if sealed else None).code == "disk-error"


def test_a_copy_that_cannot_be_read_keeps_nobody_from_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.db"
    open_sealed(path).database.close()
    shutil.copy(OLD, tmp_path / "book-v3-20260101-080000.db")
    real = apsw.VFSFile

    def opened(vfs: str, name: str, flags: list[int]) -> object:
        return cannot_be_opened() if "-v3-" in name else real(vfs, name, flags)

    monkeypatch.setattr(apsw, "VFSFile", opened)
    book = open_book(path, key=KEY)
    assert book.check().ok
    book.database.close()


def sealing_refused(book: Book) -> str:
    """The code that sealing is refused with; the book stays as it was."""
    with pytest.raises(Refusal) as refusal:
        seal(book)
    assert book.database.key is None
    assert book.check().ok
    return refusal.value.code


def test_a_copy_that_cannot_be_read_is_not_left_readable_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(OLD, tmp_path / "book.db")
    book = open_book(tmp_path / "book.db")  # brings it up, beside a copy
    real = apsw.VFSFile

    def opened(vfs: str, name: str, flags: list[int]) -> object:
        return cannot_be_opened() if "-v3-" in name else real(vfs, name, flags)

    with monkeypatch.context() as patched:
        patched.setattr(apsw, "VFSFile", opened)
        assert sealing_refused(book) == "disk-error"
    seal(book)
    assert not list(tmp_path.glob("book-v3-*"))
    book.database.close()


@pytest.mark.skipif(os.name == "nt", reason="no open file is removed there")
def test_what_an_earlier_sealing_left_of_a_book_that_was_replaced_since_is_cleared(tmp_path: Path) -> None:
    """GIVEN the old file of a sealing that was cut off, and the book put back from a copy THEN it can be sealed."""
    path, aside = tmp_path / "book.db", tmp_path / ".book.db.unsealed"
    book = open_book(path)
    issue(book, "a")
    book.database.close()
    os.link(path, aside)
    shutil.copy(path, tmp_path / "backup")
    (tmp_path / "backup").replace(path)
    book = open_book(path)
    with aside.open("rb") as old:
        seal(book)
        assert set(old.read()) == {0}
    assert book.check().ok
    assert not aside.exists()
    book.database.close()


def test_what_an_earlier_sealing_left_stays_where_it_holds_more(tmp_path: Path) -> None:
    """GIVEN a copy put back that is older than what the sealing left THEN nothing of that is wiped unasked."""
    path, aside = tmp_path / "book.db", tmp_path / ".book.db.unsealed"
    book = open_book(path)
    shutil.copy(path, tmp_path / "backup")
    issued = issue(book, "a")
    book.database.close()
    path.replace(aside)
    (tmp_path / "backup").replace(path)
    book = open_book(path)
    assert sealing_refused(book) == "copy-not-older"
    aside.replace(tmp_path / "kept.db")
    seal(book)
    book.database.close()
    kept = open_book(tmp_path / "kept.db")
    assert [row.number for row in Archive(kept.database).search()] == [issued.number]
    kept.database.close()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (apsw.SQLITE_FULL, "disk-full"),
        (apsw.SQLITE_IOERR, "disk-error"),
        (apsw.SQLITE_NOMEM, "memory-full"),
        (apsw.SQLITE_CORRUPT, "book-damaged"),
        (apsw.SQLITE_ERROR, "seal-not-sound"),
    ],
)
def test_what_keeps_the_sealed_file_from_being_written_has_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    def fails(*_: object) -> NoReturn:
        raise apsw.exception_for(code)

    monkeypatch.setattr(driver, "sealed_copy", fails)
    book = open_book(tmp_path / "book.db")
    assert sealing_refused(book) == told
    book.database.close()
