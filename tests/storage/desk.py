"""A desk without a window: what the tests of storage issue, and by which clock."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.schema import TRIGGERS
from counter_assistant.storage.journal.chain import content_digest
from counter_assistant.storage.journal.records import IssuedEntry, IssuedRecord
from counter_assistant.storage.sealing.book_key import BookKey
from tests.hall import Server

SERIES = "notification_slip/2026/LC01"
OPENING = datetime.fromisoformat("2026-11-23T08:30:00+08:00")
if sys.platform == "win32":
    PROCESSES = multiprocessing.get_context("spawn")
else:
    PROCESSES = multiprocessing.get_context("fork")
"""Starts other processes: forked where the system can, which is quicker."""


class Clock:
    """A clock that goes on by `step` at every reading, and can be set."""

    def __init__(self, time: datetime = OPENING, step: timedelta = timedelta(seconds=7)) -> None:
        self.time = time
        self.step = step

    def __call__(self) -> datetime:
        self.time += self.step
        return self.time


def open_book(path: Path, **options: Any) -> Book:
    """The book at a path; where a test runs on a server, the one there that belongs to the path, with that file as this PC's own."""
    clock = options.pop("clock", Clock())
    desk = Database.open(path, clock, **options)
    return Book.open(on_server(path, desk, clock) if ON_SERVER else desk, installation="LC01")


ON_SERVER: list[Server] = []
"""The server that the books of this test lie on; none where they lie in files."""


def on_server(path: Path, desk: Database, clock: Any) -> Engine:
    """The engine of the book on the server that belongs to a path."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.server import Address

    schema = f"b{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    return Hall.open(Address.read(f"{ON_SERVER[0].address}&schema={schema}"), desk, clock)


KEY = BookKey(bytes(range(32)))
"""The key of the sealed books of these tests."""


def seal(book: Book, key: BookKey = KEY) -> None:
    """Seals a book; nobody's passphrase opens it."""
    for _ in engine_of(book).sealing(key, lambda _: None):
        pass


def open_sealed(path: Path, **options: Any) -> Book:
    """A sealed book, made where there is none."""
    if not path.exists():
        made = open_book(path)
        seal(made)
        made.database.close()
    return open_book(path, key=KEY, **options)


def engine_of(book: Book) -> Database:
    """What the book lies in, as the SQLite that it is here."""
    assert isinstance(book.database, Database)
    return book.database


def card(number: str, time: datetime = OPENING, **fields: Any) -> Card:
    """A card whose fields are given or ordinary."""
    usual: dict[str, Any] = {
        "kind": "notification_slip", "applicant": "罗𠅤克", "item": "B08", "item_name": "租房提取", "day": f"{time:%Y-%m-%d}",
        "clerk": "李某", "phone_tail": "0000", "id_tail": "002X",
    }  # fmt: skip
    return Card(number=number, **{**usual, **fields})


def number(sequence: int) -> str:
    return f"LC01-GZ-2026-{sequence:06}"


def issue(book: Book, uuid: str, series: str = SERIES, **fields: Any) -> IssuedEntry:
    """Issues a slip for the request that `uuid` and `fields` are."""

    def make(sequence: int, time: datetime) -> IssuedRecord:
        return IssuedRecord(card(number(sequence), time, **fields), {"title": "一次性告知单"})

    return book.issue(lambda _: series, uuid, content_digest({key: str(value) for key, value in fields.items()}), make)


def refused(path: Path, **options: Any) -> Refusal:
    """The refusal that opening gives; the file's bytes have not changed, and nothing new lies beside it."""
    before = path.read_bytes() if path.is_file() else b""
    beside = sorted(path.parent.iterdir())
    with pytest.raises(Refusal) as refusal:
        Database.open(path, Clock(), **options)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [left for left in sorted(path.parent.iterdir()) if not left.name.endswith("-journal")] == [
        left for left in beside if not left.name.endswith("-journal")
    ]
    assert refusal.value.sentence.endswith("。")
    assert refusal.value.remedy
    return refusal.value


def as_before_codecs(handle: Any) -> None:
    """Stores the contents as books of version 3 and before have them: as the text that they are; there are no registers yet."""
    handle.execute_sql('DROP TABLE "register_row"')
    handle.execute_sql(
        'CREATE TABLE "plain" ("seq" INTEGER NOT NULL PRIMARY KEY, "salt" BLOB NOT NULL, "body" TEXT NOT NULL, '
        'FOREIGN KEY ("seq") REFERENCES "entry" ("seq")) STRICT'
    )
    handle.execute_sql('INSERT INTO "plain" SELECT "seq", "salt", unpacked("body") FROM "payload"')
    handle.execute_sql('DROP TABLE "payload"')
    handle.execute_sql('ALTER TABLE "plain" RENAME TO "payload"')
    for trigger in TRIGGERS:
        if "ON payload" in trigger:
            handle.execute_sql(trigger)


def past_guards(book: Book, *statements: str) -> None:
    """What somebody does to a book who has taken its guards away; they stand again afterwards."""
    handle = book.database.handle
    if ON_SERVER:
        for statement in ("SET session_replication_role = replica", *statements, "RESET session_replication_role"):
            handle.execute_sql(statement)
        return
    handle.connection().execute("PRAGMA foreign_keys = OFF")
    kept = [trigger for trigger in TRIGGERS if " ON entry" in trigger or " ON payload" in trigger]
    names = [trigger.split()[2] for trigger in kept]
    handle.connection().execute("; ".join([*(f"DROP TRIGGER {name}" for name in names), *statements, *kept]))
    handle.connection().execute("PRAGMA foreign_keys = ON")


@contextmanager
def tampering(path: Path) -> Iterator[Any]:
    """The handle of a file, past everything that keeps it: `packed` and `unpacked` are there to be used in statements."""
    handle = driver.handle(path)
    handle.connect()
    try:
        yield handle
    finally:
        handle.close()
