"""What a server holds by itself: entries are appended, each to the one before it, and stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.storage.book import Book
from tests import hall
from tests.storage import desk
from tests.storage.desk import issue, open_book, past_guards

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture
def book(server: hall.Server, tmp_path: Path) -> Iterator[Book]:
    desk.ON_SERVER[:] = [server]
    made = open_book(tmp_path / "book.db")
    issue(made, "a")
    yield made
    made.database.close()
    desk.ON_SERVER.clear()
    server.clear()


SAME = 'algorithm, "inner", hash, NULL FROM entry WHERE seq = 2'


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entry SET kind = 'inquiry' WHERE seq = 2", "entry never changes"),
        ("DELETE FROM entry WHERE seq = 2", "entry never changes"),
        ("TRUNCATE entry CASCADE", "never changes"),
        (f"INSERT INTO entry SELECT 9, time, kind, visibility, {SAME}", "an entry is appended"),
        (f"INSERT INTO entry SELECT 2, time, kind, visibility, {SAME}", "an entry is appended"),
        (f"INSERT INTO entry SELECT 3, time, kind, visibility, {SAME}", "follows the one before"),
        ("INSERT INTO payload SELECT 1, salt, body FROM payload WHERE seq = 2", "written once"),
        ("UPDATE payload SET body = salt", "payload never changes"),
        ("DELETE FROM payload WHERE seq = 2", "only by an erasure"),
        ("TRUNCATE payload", "payload never changes"),
        ("DELETE FROM chain_head", "chain_head never changes"),
        ("TRUNCATE chain_head", "chain_head never changes"),
    ],
)
def test_the_server_holds_entries_as_they_are(book: Book, server: hall.Server, statement: str, words: str) -> None:
    """GIVEN a book WHEN somebody who may do everything but take guards away writes into it THEN the server refuses."""
    import psycopg

    schema = book.database.handle.execute_sql("SELECT current_schema()").fetchall()[0][0]
    with pytest.raises(psycopg.errors.RaiseException, match=words):
        server.tell(f"SET search_path TO {schema}, pg_catalog; {statement}")
    assert book.check().problems == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP INDEX register_row_state_stage", "索引不全。"),
        ("ALTER TABLE entry DISABLE TRIGGER entry_follows", "守住记录的触发器不全，或被关掉。"),
        ("DROP TRIGGER payload_stays ON payload", "守住记录的触发器不全，或被关掉。"),
        ("CREATE OR REPLACE FUNCTION row_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "守住记录的函数被改动。"),
        ("ALTER TABLE archive ADD COLUMN remark TEXT", "表结构不符。"),
        ("ALTER TABLE archive ALTER COLUMN applicant TYPE TEXT COLLATE \"C.utf8\"", "表结构不符。"),
    ],
)  # fmt: skip
def test_the_check_says_what_of_the_schema_is_not_as_it_was_made(book: Book, statement: str, words: str) -> None:
    book.database.handle.execute_sql(statement)
    assert words in book.check().problems


def test_an_erasure_takes_a_content_and_the_chain_verifies(book: Book) -> None:
    from counter_assistant.domain.entry import EntryKind

    kept = {"issue": next(book.entries(after=1)).payload["issue"], "card": {"number": "LC01-GZ-2026-000001"}}
    book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid="erase:2")
    book.database.handle.execute_sql("DELETE FROM payload WHERE seq = 2")
    book.rebuild()
    assert book.check().problems == []
    assert [entry.erased for entry in book.entries()] == [False, True, False]


def test_what_is_changed_past_the_guards_the_check_finds(book: Book) -> None:
    past_guards(book, "UPDATE entry SET kind = 'inquiry' WHERE seq = 2")
    assert "第 2 条记录与哈希链不符。" in book.check().problems
