from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.storage.book import Book
from tests.storage import desk
from tests.storage.desk import Clock, engine_of, issue, open_book


@pytest.fixture(autouse=True, scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has the books of tests lie on a server, and takes them away at the end. What is opened once for many asks for it."""
    if getattr(request, "param", "sqlite") != "postgres":
        yield
        return
    desk.ON_SERVER[:] = [request.getfixturevalue("server")]
    try:
        yield
    finally:
        made = desk.ON_SERVER.pop()
        made.clear()


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
