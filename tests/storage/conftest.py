from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.storage.book import Book
from tests.storage.desk import Clock, engine_of, issue, open_book


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    book = open_book(tmp_path / "book.db", clock=clock)
    yield book
    book.database.close()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The closed file of a small book."""
    book = open_book(tmp_path / "book.db")
    for uuid in "abc":
        issue(book, uuid)
    book.database.close()
    return engine_of(book).path
