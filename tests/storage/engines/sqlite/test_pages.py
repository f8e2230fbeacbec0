"""The pages of a book are gone through while others issue, and nobody is refused for that."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite import driver, pages
from tests.storage.desk import engine_of, issue, open_book

ROWS = 40_000
"""So many terms make a question take a hundred times as long as a step, each of which is slowed down."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with a table of some thousand pages."""
    book = open_book(tmp_path / "book.db")
    with engine_of(book).writing() as handle:
        rows = [(f"{n:06} 老老老老", n) for n in range(ROWS)]
        handle.cursor().executemany('INSERT INTO "term" VALUES (?, ?)', rows)
    book.database.close()
    return tmp_path / "book.db"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked."""
    said: list[str] = []
    unheard = pages.Others._unless_waited

    def heard(self: Any, handle: Any, query: str, book: Any) -> Any:
        said.append(query)
        return unheard(self, handle, query, book)

    monkeypatch.setattr(pages.Others, "_unless_waited", heard)
    return said


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes its time."""
    fast = driver.broken_off

    def slowly(handle: Any, wanted: Callable[[], bool]) -> Any:
        def step() -> bool:
            time.sleep(0.01)
            return wanted()

        return fast(handle, step)

    monkeypatch.setattr(driver, "broken_off", slowly)


class Clerk(Thread):
    """Issues one slip after another in a window of their own, and keeps what refused one."""

    def __init__(self, path: Path, slips: int, patience: float) -> None:
        super().__init__()
        self._path, self._slips, self._patience = path, slips, patience
        self.refused: list[str] = []
        self.ready = Event()

    def run(self) -> None:
        book = open_book(self._path, patience=self._patience)
        self.ready.set()
        for n in range(self._slips):
            time.sleep(0.05)
            try:
                issue(book, f"beside {n}")
            except Refusal as refusal:
                self.refused.append(refusal.code)
        book.database.close()


def found_beside(path: Path, clerk: Clerk) -> list[str]:
    book = open_book(path)
    clerk.start()
    try:
        clerk.ready.wait()
        return list(engine_of(book).problems())
    finally:
        clerk.join()
        book.database.close()


def test_a_book_that_nobody_waits_for_is_asked_as_a_whole(path: Path, asked: list[str]) -> None:
    book = open_book(path)
    assert list(engine_of(book).problems()) == []
    assert asked == ["PRAGMA integrity_check", "PRAGMA foreign_key_check"]


@pytest.mark.usefixtures("slow")
def test_whoever_issues_waits_no_longer_than_is_allowed(
    path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a check that takes longer than a clerk waits WHEN one slip is issued THEN it is issued, and each table was asked."""
    monkeypatch.setattr(pages, "HOLDS", 0.1)
    clerk = Clerk(path, 1, patience=0.6)
    assert found_beside(path, clerk) == []
    assert clerk.refused == []
    assert 'PRAGMA integrity_check("sqlite_schema")' in asked
    assert 'PRAGMA integrity_check("term")' in asked


@pytest.mark.usefixtures("slow")
def test_without_that_the_slip_is_refused(path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "HOLDS", 60.0)
    clerk = Clerk(path, 1, patience=0.6)
    assert found_beside(path, clerk) == []
    assert clerk.refused == ["book-locked"]


@pytest.mark.usefixtures("slow")
def test_where_somebody_issues_all_the_time_the_check_says_that_it_came_to_no_end(
    path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "HOLDS", 0.1)
    clerk = Clerk(path, 40, patience=0.6)
    with pytest.raises(Refusal) as refused:
        found_beside(path, clerk)
    assert refused.value.code == "book-locked"
    assert clerk.refused == []


@pytest.mark.usefixtures("slow")
def test_damage_is_found_table_by_table_as_well(path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a term that lies out of order WHEN nobody may be kept waiting THEN it is told, once each table was asked."""
    content = bytearray(path.read_bytes())
    place = content.index("030000 老老老老".encode())
    content[place : place + 6] = b"000001"
    path.write_bytes(content)
    monkeypatch.setattr(pages, "HOLDS", 0.1)
    found = found_beside(path, Clerk(path, 1, patience=0.6))
    assert [one for one in found if "order" in one], found
    assert 'PRAGMA integrity_check("term")' in asked


@pytest.mark.parametrize(
    ("dropped", "largest", "smaller"),
    [(0.9, pages.LARGEST_REWRITTEN, True), (0.1, pages.LARGEST_REWRITTEN, False), (0.9, 0, False)],
    ids=["much is free", "little is free", "too large for memory"],
)
def test_what_a_step_left_free_is_given_back_where_it_is_much_and_fits_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch, dropped: float, largest: int, smaller: bool
) -> None:
    monkeypatch.setattr(pages, "LARGEST_REWRITTEN", largest)
    book = open_book(path)
    with engine_of(book).writing() as handle:
        handle.execute_sql('DELETE FROM "term" WHERE "term" < ?', (f"{int(ROWS * dropped):06}",))
    before = path.stat().st_size
    pages.give_back(engine_of(book).handle)
    assert (path.stat().st_size < before) is smaller
    book.database.close()
