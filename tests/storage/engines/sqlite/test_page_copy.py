"""A book copied as it lies there, plain or sealed, is one state of it, whoever writes meanwhile."""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite import driver, page_copy
from counter_assistant.storage.engines.sqlite.page_copy import copy_file
from counter_assistant.storage.sealing.book_key import BookKey
from tests.storage.desk import KEY, PROCESSES, engine_of, issue, open_book, open_sealed

FILL = "老" * 4000


def a_book(folder: Path, key: BookKey | None, slips: int = 3) -> Path:
    path = folder / "book.db"
    book = open_sealed(path) if key else open_book(path)
    for n in range(slips):
        issue(book, f"{n}", item_name=FILL)
    book.database.close()
    return path


def numbers_in(path: Path, key: BookKey | None) -> int:
    book = open_book(path, key=key)
    try:
        assert book.check().problems == []
        return book.last_number("notification_slip/2026/LC01")
    finally:
        book.database.close()


@pytest.mark.parametrize("key", [None, KEY])
def test_a_copy_is_the_file_byte_for_byte(tmp_path: Path, key: BookKey | None) -> None:
    path = a_book(tmp_path, key)
    copy_file(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == path.read_bytes()
    assert numbers_in(tmp_path / "copy.db", key) == 3


def test_what_was_never_committed_is_not_copied(tmp_path: Path) -> None:
    path = a_book(tmp_path, None)
    book = open_book(path)
    with suppress(ZeroDivisionError), book.database.writing() as handle:
        handle.execute_sql("DELETE FROM term")
        copy_file(path, tmp_path / "copy.db")
        raise ZeroDivisionError
    book.database.close()
    assert numbers_in(tmp_path / "copy.db", None) == 3


def test_the_locks_of_this_process_stay(tmp_path: Path) -> None:
    """GIVEN a book that this process is writing WHEN it is copied here THEN no other process may write."""
    path = a_book(tmp_path, None)
    book = open_book(path)
    with engine_of(book).writing():
        copy_file(path, tmp_path / "copy.db")
        with PROCESSES.Pool(1) as others:
            assert others.apply(tries_to_write, (path,)) == "book-locked"
    book.database.close()


def tries_to_write(path: Path) -> str:
    try:
        open_book(path, patience=0.05).database.close()
    except Refusal as refusal:
        return refusal.code
    return "open"


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize("sweeps", [1, 8])
@pytest.mark.slow
def test_while_another_process_writes_it_is_one_state(
    tmp_path: Path, key: BookKey | None, sweeps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a single sweep, every copy is made under one lock; with more, they are taken piece by piece."""
    path = a_book(tmp_path, key, slips=40)
    monkeypatch.setattr(page_copy, "PIECE", 16384)
    monkeypatch.setattr(page_copy, "SWEEPS", sweeps)
    stop = PROCESSES.Event()
    writer = PROCESSES.Process(target=write_until, args=(path, key, stop))
    writer.start()
    try:
        seen = []
        for n in range(6):
            copy_file(path, tmp_path / f"{n}.db")
            seen.append(numbers_in(tmp_path / f"{n}.db", key))
            time.sleep(0.05)
    finally:
        stop.set()
        writer.join(60)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "somebody wrote meanwhile"


def write_until(path: Path, key: BookKey | None, stop: Any) -> None:
    with closing(open_book(path, key=key).database) as database:
        book, n = Book.open(database, ""), 0
        while not stop.is_set():
            issue(book, f"more {n}", item_name=FILL)
            n += 1


def test_a_sweep_that_a_commit_came_into_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path, KEY)
    book, seen = open_book(path, key=KEY), list[int]()
    write = page_copy._write

    def meanwhile(out: Any, start: int, content: bytes) -> None:
        if len(seen) < 3:
            seen.append(start)
            issue(book, f"meanwhile {len(seen)}")
        write(out, start, content)

    monkeypatch.setattr(page_copy, "_write", meanwhile)
    copy_file(path, tmp_path / "copy.db")
    book.database.close()
    assert len(seen) == 3
    assert numbers_in(tmp_path / "copy.db", KEY) == 6


def test_nobody_waits_for_a_book_that_never_settles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a book so large that every sweep meets a commit WHEN it cannot be copied within the time that an act may wait THEN the copy
    is given up, and the next act is done."""
    path = a_book(tmp_path, None, slips=40)
    monkeypatch.setattr(page_copy, "SWEEPS", 1)
    monkeypatch.setattr(page_copy, "HOLDS", 0.0)
    with pytest.raises(Refusal) as refusal:
        copy_file(path, tmp_path / "copy.db")
    assert refusal.value.code == "copy-busy"
    with closing(open_book(path).database) as database:
        issue(Book.open(database, ""), "afterwards")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
def test_what_a_killed_process_left_half_done_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path, None)
    worker = os.fork()
    if worker == 0:
        handle = driver.handle(path)
        handle.connect()
        for pragma, value in (("journal_mode", "TRUNCATE"), ("cache_size", 1), ("cache_spill", 1)):
            handle.pragma(pragma, value)
        handle.execute_sql("BEGIN IMMEDIATE")
        handle.execute_sql("DELETE FROM term")  # too much for the cache: it reaches the file
        handle.execute_sql("DELETE FROM archive")
        os._exit(0)
    os.waitpid(worker, 0)
    journal = path.with_name("book.db-journal")
    assert journal.stat().st_size
    monkeypatch.setattr(page_copy, "LOOKS", 2)
    with pytest.raises(Refusal) as refusal:
        copy_file(path, tmp_path / "copy.db")
    assert refusal.value.code == "copy-unsettled"
    assert numbers_in(path, None) == 3, "opening puts it right"
    copy_file(path, tmp_path / "again.db")
    assert numbers_in(tmp_path / "again.db", None) == 3


def test_a_book_that_another_process_writes_for_long_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_book(tmp_path, None)
    monkeypatch.setattr(page_copy, "PATIENCE", 0.05)
    handle = driver.handle(path)
    handle.connect()
    handle.execute_sql("BEGIN EXCLUSIVE")
    with pytest.raises(Refusal) as refusal:
        copy_file(path, tmp_path / "copy.db")
    handle.execute_sql("ROLLBACK")
    handle.close()
    assert refusal.value.code == "book-locked"


def test_a_book_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        copy_file(tmp_path / "none.db", tmp_path / "copy.db")
    assert refusal.value.code == "disk-error"
