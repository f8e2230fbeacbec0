"""Locks, full disks, I/O errors and unfinished commits: the state before or after, said in words."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import tables
from tests.storage.desk import PROCESSES, Clock, engine_of, issue, number, open_book, refused


def test_a_file_that_stays_locked(small: Path) -> None:
    with closing(apsw.Connection(str(small))) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refused(small, patience=0.1).code == "book-locked"


def test_a_lock_during_an_act_leaves_everything_as_it_was(small: Path) -> None:
    book = open_book(small, patience=0.1)
    with closing(apsw.Connection(str(small))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal, match="被另一个程序占用") as refusal:
            issue(book, "d")
    assert refusal.value.code == "book-locked"
    assert issue(book, "d").number == number(4)
    book.database.close()


def test_a_lock_is_not_taken_for_damage(small: Path) -> None:
    book = open_book(small, patience=0.05)
    with closing(apsw.Connection(str(small))) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refusal) as refusal:
            book.check()
    assert refusal.value.code == "book-locked"
    assert book.check().ok
    book.database.close()


def test_an_unfinished_commit_is_undone_at_opening(small: Path, tmp_path: Path) -> None:
    """GIVEN a file and its journal as a dead process left them WHEN the book is opened THEN it is the book before."""
    book = open_book(small)
    handle = book.database.handle
    handle.execute_sql("PRAGMA cache_size = 1")
    handle.execute_sql("PRAGMA cache_spill = 1")
    handle.execute_sql("BEGIN IMMEDIATE")
    filler = [(f"term {n}", n) for n in range(20_000)]
    tables.insert_rows(handle, tables.Term, filler)
    left = tmp_path / "left"
    left.mkdir()
    for path in (small, small.with_name("book.db-journal")):
        (left / path.name).write_bytes(path.read_bytes())
    handle.execute_sql("ROLLBACK")
    book.database.close()
    assert (left / "book.db-journal").stat().st_size > 0
    assert (left / "book.db").read_bytes() != small.read_bytes()
    again = open_book(left / "book.db")
    assert again.check().ok
    assert issue(again, "d").number == number(4)
    again.database.close()


def test_a_closed_book_is_not_opened_again_by_accident(small: Path) -> None:
    book = open_book(small)
    book.database.close()
    book.database.close()
    with pytest.raises(ValueError, match="closed"):
        issue(book, "d")


def test_after_a_disk_error_the_file_is_closed_and_verified_before_the_next_act(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book(small)
    handle = engine_of(book)._peewee

    def fails(*_: object) -> None:
        raise apsw.exception_for(apsw.SQLITE_IOERR_FSYNC)

    with monkeypatch.context() as patched:
        patched.setattr("counter_assistant.storage.journal.entries.done_or_last", fails)
        with pytest.raises(Refusal, match="磁盘读写出错，已重新打开并核对") as refusal:
            issue(book, "d")
    assert refusal.value.code == "disk-error-passed"
    assert engine_of(book)._peewee is not handle
    assert issue(book, "d").number == number(4)
    book.database.close()


def test_a_full_disk_is_said_in_words(small: Path) -> None:
    book = open_book(small)
    book.database.handle.execute_sql(f"PRAGMA max_page_count = {book.database.handle.pragma('page_count')}")
    with pytest.raises(Refusal, match="磁盘已满") as refusal:
        issue(book, "d", applicant="岩" * 20_000)
    assert refusal.value.code == "disk-full"
    assert "没有生效" in refusal.value.remedy
    assert book.check().ok
    book.database.close()


def test_the_same_file_twice_in_one_process_keeps_its_locks(small: Path) -> None:
    """GIVEN an open transaction WHEN this process opens the file again THEN other processes are still kept out."""
    first = open_book(small)
    with first.database.writing():
        with pytest.raises(Refusal, match="被另一个程序占用"):
            Database.open(small, Clock(), patience=0.05)
        process = PROCESSES.Process(target=_try_lock, args=(small,))
        process.start()
        process.join()
        assert process.exitcode == 3
    first.database.close()


def _try_lock(path: Path) -> None:
    try:
        apsw.Connection(str(path)).execute("BEGIN IMMEDIATE")
    except apsw.BusyError:
        os._exit(3)
    os._exit(0)
