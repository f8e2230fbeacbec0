"""What hinders sealing, or looking at a sealed book, is told as what it is, and leaves the book as it was."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import apsw
import pytest

from counter_assistant.storage.engines.sqlite import driver, file_state
from tests.places import TESTS
from tests.storage.desk import KEY, open_book, open_sealed, refused

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
