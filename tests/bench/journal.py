"""Issuing with a journal in a second folder, beside a bare transaction that writes the same rows and one append that is made durable.

By turns, each in a book of its own, so that a busy machine is busy for all: `issue_ms` is `Book.issue` with its journal, `alone_ms` without,
`bare_ms` what no program could leave out. `cpu_ratio` is the CPU of issuing with a journal, its thread's too, beside without. Milliseconds,
medians; for a plain book and a sealed one.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.connection import set_pragmas
from counter_assistant.storage.journal.records import IssuedRecord
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from tests.storage.desk import SERIES, card, engine_of, number, open_book, open_sealed
from tests.storage.safekeeping.second_place import keep

SLIPS = 300
WORDS = "请您携带身份证、银行卡和租房合同，到窗口办理租房提取。"
SLIP = {"title": "一次性告知单", "elements": [f"{n} {WORDS}" for n in range(90)]}
ROWS = {"entry": "seq", "payload": "seq", "archive": "seq", "term": "entry"}


def run() -> dict[str, float]:
    """Issues in three books by turns, and measures."""
    figures: dict[str, float] = {}
    for name, opening in (("plain", open_book), ("sealed", open_sealed)):
        with tempfile.TemporaryDirectory() as folder:
            figures |= {f"{name}_{what}": round(value, 3) for what, value in measured(Path(folder), opening).items()}
    return figures


def measured(folder: Path, opening: Callable[[Path], Book]) -> dict[str, float]:
    for each in ("with/data", "alone/data", "bare/data", "with/second", "bare/second"):
        (folder / each).mkdir(parents=True)
    books = {name: opening(folder / name / "data" / "book.db") for name in ("with", "alone", "bare")}
    keep(books["with"], folder / "with" / "second")
    key = books["bare"].database.key
    bare = driver.handle(engine_of(books["bare"]).path, key=key)
    books.pop("bare").database.close()
    bare.connect()
    set_pragmas(bare, bare.timeout)
    took: dict[str, list[float]] = {"with": [], "alone": [], "bare": []}
    cpu: dict[str, list[float]] = {"with": [], "alone": []}
    for n in range(1, SLIPS + 1):
        for name, book in books.items():
            before, started = time.process_time(), time.perf_counter()
            issue(book, n)
            took[name].append((time.perf_counter() - started) * 1000)
            cpu[name].append((time.process_time() - before) * 1000)
        rows = written_by(books["with"], n + 1)
        line = Spelling(key).write(lines_after(books["with"].database.handle, n, 1)[0]) + b"\n"
        started = time.perf_counter()
        write_bare(bare, rows, folder / "bare" / "second" / "journal", line)
        took["bare"].append((time.perf_counter() - started) * 1000)
    for book in books.values():
        book.database.close()
    bare.close()
    with_, alone, least = (median(took[name]) for name in ("with", "alone", "bare"))
    return {
        "issue_ms": with_, "alone_ms": alone, "bare_ms": least, "ratio": with_ / least,
        "cpu_ratio": median(cpu["with"]) / median(cpu["alone"]),
    }  # fmt: skip


def issue(book: Book, n: int) -> None:
    def make(sequence: int, moment: datetime) -> IssuedRecord:
        return IssuedRecord(card(number(sequence), moment), SLIP)

    book.issue(lambda _: SERIES, f"{n}", "", make)


def written_by(book: Book, seq: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that an act has written."""
    found = {}
    for table, column in ROWS.items():
        query = f'SELECT * FROM "{table}" WHERE "{column}" = ?'  # noqa: S608: our own names
        found[table] = book.database.handle.execute_sql(query, (seq,)).fetchall()
    return found


def write_bare(handle: Any, rows: dict[str, list[tuple[Any, ...]]], journal: Path, line: bytes) -> None:
    """The same rows in one transaction, and the same line, durably."""
    handle.execute_sql("BEGIN IMMEDIATE")
    for table, values in rows.items():
        marks = ", ".join("?" * len(values[0]))
        handle.cursor().executemany(f'INSERT INTO "{table}" VALUES ({marks})', values)  # noqa: S608: our own names
    handle.execute_sql(
        'INSERT INTO "counter" VALUES (?, 1) ON CONFLICT ("series") DO UPDATE SET "last" = "last" + 1', (SERIES,)
    )
    handle.execute_sql("COMMIT")
    with journal.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
