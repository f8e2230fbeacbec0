"""Several windows at once, each a process of its own: numbers stay unique and contiguous, and nobody sees a lock."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_assistant.storage.views.archive import Archive
from tests.portion import Portion
from tests.storage.desk import issue, number, open_book

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks the windows")


def fork(*tasks: Callable[[], object]) -> list[int]:
    """Runs each task in a process of its own, all at once; their exit codes."""
    workers = []
    for task in tasks:
        worker = os.fork()
        if worker == 0:
            code = 1
            try:
                task()
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        workers.append(worker)
    return [os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) for worker in workers]


def window(path: Path, name: str, slips: int, **options: float) -> None:
    """Issues slips one after the other."""
    book = open_book(path, **options)
    for n in range(slips):
        assert not issue(book, f"{name}-{n}").again
    book.database.close()


@pytest.mark.nightly("windows")
def test_four_windows_at_once_get_unique_contiguous_numbers(tmp_path: Path, portion: Portion) -> None:
    path, each = tmp_path / "book.db", portion.times(500, sample=50)

    assert fork(*(lambda name=name: window(path, name, each) for name in "abcd")) == [0] * 4
    book = open_book(path)
    rows = Archive(book.database).search(limit=10**6)
    assert sorted(row.number for row in rows) == [number(n + 1) for n in range(4 * each)]
    assert book.check().problems == []
    book.database.close()


def test_a_request_sent_by_four_at_once_is_one_slip(tmp_path: Path) -> None:
    """GIVEN the same forty requests WHEN four processes send them all THEN there are forty slips."""
    path = tmp_path / "book.db"

    def hurry() -> None:
        book = open_book(path)
        for n in range(40):
            assert issue(book, f"{n}").card.applicant == "罗𠅤克"
        book.database.close()

    assert fork(hurry, hurry, hurry, hurry) == [0] * 4
    book = open_book(path)
    assert len(Archive(book.database).search()) == 40
    assert book.check().ok
    book.database.close()


def test_where_nobody_waits_for_the_other_somebody_sees_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    open_book(path).database.close()
    assert 1 in fork(*(lambda name=name: window(path, name, 200, patience=0.0) for name in "abcd"))
