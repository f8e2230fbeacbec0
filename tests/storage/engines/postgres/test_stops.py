"""A server that dies while windows issue: whatever was acknowledged is there once, and what was not can be done again."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from tests import hall
from tests.portion import Portion
from tests.storage.desk import Clock, issue

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
WINDOWS = 3


class Window(threading.Thread):
    """Issues slip after slip, each until it is told the number, as a clerk does who presses again."""

    def __init__(self, name: str, address: str, folder: Path, ended: threading.Event) -> None:
        super().__init__(name=name)
        self.address, self.folder, self.ended = address, folder, ended
        self.numbers: list[str] = []
        self.unexpected: list[str] = []

    def run(self) -> None:
        from counter_assistant.storage.engines.postgres.database import Database as Hall
        from counter_assistant.storage.engines.postgres.server import Address

        own = Database.open(self.folder / f"{self.name}.db", Clock())
        book = Book.open(Hall.open(Address.read(self.address), own, Clock()), "LC01")
        while not self.ended.is_set():
            self._issue(book, f"{self.name} {len(self.numbers)}")
        book.database.close()

    def _issue(self, book: Book, uuid: str) -> None:
        while True:
            try:
                self.numbers.append(issue(book, uuid).number)
                return
            except Refusal as refusal:
                if refusal.code not in {"hall-away", "hall-unsure", "hall-late", "book-locked"}:
                    self.unexpected.append(str(refusal))
                    return
                time.sleep(0.05)
            except Exception as error:
                self.unexpected.append(repr(error))
                return


@pytest.mark.nightly("hall")
@pytest.mark.slow
def test_a_server_that_is_stopped_at_once_loses_doubles_and_skips_nothing(tmp_path: Path, portion: Portion) -> None:
    """GIVEN three windows that issue WHEN the server dies again and again THEN each number that somebody was told is in the book once, none
    is skipped, and the check finds nothing."""
    with hall.running() as server:
        address, ended = f"{server.address}&schema=lc01", threading.Event()
        windows = [Window(f"pc{n}", address, tmp_path, ended) for n in range(WINDOWS)]
        for window in windows:
            window.start()
            while window.is_alive() and not window.numbers:
                time.sleep(0.01)
        for _ in range(portion.times(100, sample=2)):
            told = sum(len(window.numbers) for window in windows)
            server.stop("immediate")
            server.start()
            while sum(len(window.numbers) for window in windows) < told + WINDOWS and not any(
                one.unexpected for one in windows
            ):
                time.sleep(0.01)
        ended.set()
        for window in windows:
            window.join()
        _compare(server, tmp_path, windows)


def _compare(server: hall.Server, folder: Path, windows: list[Window]) -> None:
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.server import Address

    own = Database.open(folder / "reader.db", Clock())
    book = Book.open(Hall.open(Address.read(f"{server.address}&schema=lc01"), own, Clock()), "LC01")
    kept = [entry.payload["card"]["number"] for entry in book.entries(EntryKind.SLIP_ISSUED)]
    assert [window.unexpected for window in windows] == [[]] * WINDOWS
    assert sorted(kept) == sorted(number for window in windows for number in window.numbers)
    assert len(set(kept)) == len(kept)
    assert book.check().problems == []
    book.database.close()
