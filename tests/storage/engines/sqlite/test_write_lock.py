"""Who writes next: nobody is passed over for long, and a turn that is not given back refuses nobody."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import peewee
import pytest

from counter_assistant.storage.engines.sqlite import driver, write_lock
from counter_assistant.storage.engines.sqlite.write_lock import Turn, take_write_lock
from tests.storage.desk import issue, open_book

MANY = 60_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folder")


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    """The turn as another process sees it."""
    with closing(Turn(tmp_path)) as made:
        yield made


def handle_of(folder: Path, patience: float = 60) -> Any:
    made = driver.handle(folder / "a.db", driver.MAKE, patience=patience)
    made.connect()
    return made


def test_who_has_waited_for_long_writes_before_the_one_that_has_just_written(
    tmp_path: Path, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lock, "LONG", 0)
    busy, wrote = handle_of(tmp_path), list[str]()
    take_write_lock(busy, tmp_path)

    def waiting() -> None:
        handle = handle_of(tmp_path)
        take_write_lock(handle, tmp_path)
        wrote.append("who waited")
        handle.execute_sql("COMMIT")
        handle.close()

    thread = Thread(target=waiting)
    thread.start()
    for _ in range(MANY):
        if not turn.take():
            break
        turn.leave()
        time.sleep(0.001)
    else:
        pytest.fail("nobody took the turn")
    busy.execute_sql("COMMIT")
    take_write_lock(busy, tmp_path)
    wrote.append("who has just written")
    busy.execute_sql("COMMIT")
    thread.join()
    busy.close()
    assert wrote == ["who waited", "who has just written"]


def test_who_waits_only_a_little_keeps_nobody_back(tmp_path: Path, turn: Turn) -> None:
    busy, other = handle_of(tmp_path), handle_of(tmp_path, patience=0)
    take_write_lock(busy, tmp_path)
    with pytest.raises(peewee.OperationalError, match="locked"):
        take_write_lock(other, tmp_path)
    assert turn.take()
    assert (busy.timeout, other.timeout) == (60, 0)
    for handle in (busy, other):
        handle.close()


def test_a_turn_that_nobody_gives_back_delays_and_refuses_nobody(tmp_path: Path, turn: Turn) -> None:
    book = open_book(tmp_path / "book.db", patience=0.05)
    assert turn.take()
    assert issue(book, "a").sequence == 1
    book.database.close()


def test_the_turn_of_a_process_that_was_killed_is_free(tmp_path: Path, turn: Turn) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"taken" if Turn(tmp_path).take() else b"not")
        time.sleep(600)
        os._exit(0)
    assert os.read(reading, 5) == b"taken"
    assert not turn.take()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert turn.take()
