"""Single bytes changed in the file: whatever changes content is reported or refused, and never ends in a traceback."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal.body_codec import unpacked
from tests.portion import Portion
from tests.storage.desk import Clock
from tests.storage.engines.sqlite.test_migrations import write_fixture

# The inside of a long run of zeros is free space of a page; a few bytes of either end are tried.
MARGIN = 32
UNUSED = re.compile(rb"\0{64,}")


@pytest.mark.slow
@pytest.mark.nightly("damage")
def test_every_changed_byte_that_changes_content_is_noticed(tmp_path: Path, portion: Portion) -> None:
    path = tmp_path / "book.db"
    write_fixture(path)
    whole, content = path.read_bytes(), dump(path)
    counts = {"refused": 0, "reported": 0, "no change of content": 0}
    unused = {n for zeros in UNUSED.finditer(whole) for n in range(zeros.start() + MARGIN, zeros.end() - MARGIN)}
    for position in portion.of(sorted(set(range(len(whole))) - unused), sample=100):
        flipped = bytearray(whole)
        flipped[position] ^= 0xFF if position % 2 else 1 << position // 2 % 8
        path.write_bytes(flipped)
        path.with_name("book.db-journal").unlink(missing_ok=True)
        verdict = verdict_on(path)
        if verdict == "no change of content":
            assert dump(path) == content, f"byte {position}"
        counts[verdict] += 1
    print(f"{sum(counts.values())} bytes changed of {len(whole)}: {counts}")
    assert counts["refused"] > 0 < counts["reported"]


def verdict_on(path: Path) -> str:
    try:
        with Database.open(path, Clock(), patience=0.2) as database:
            report = Book.open(database, "LC01").check()
            return "no change of content" if report.ok else "reported"
    except Refusal:
        return "refused"


def dump(path: Path) -> object:
    """Everything that the file says, read without the program; of what is packed what it says, because the last byte of a deflated
    text may have bits that say nothing.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    rows["payload"] = [(seq, salt, unpacked(body)) for seq, salt, body in rows["payload"]]
    return {name: sorted(map(repr, held)) for name, held in rows.items()}
