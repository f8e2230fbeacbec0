"""台账文件的表：本程序唯一的数据库结构。

`entry` and `payload` are the book. Every other table but `draft` is a view of it, written in the same transaction and
rebuilt from it by one command (views.py). Models are never bound to a database: a query is given the one it runs on,
because the training book and the real one may be open at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

import peewee

# peewee logs every query with its values at DEBUG: names and telephone numbers stay out of every log.
logging.getLogger("peewee").setLevel(logging.WARNING)

APPLICATION_ID = 0x43414231  # "CAB1": counter assistant, book
VERSION = 2


class _Table(peewee.Model):
    class Meta:
        database = None
        strict_tables = True
        legacy_table_names = False


class Entry(_Table):
    """One link of the chain (chain.py). `time` is ISO 8601 with its offset; `uuid` names the act."""

    seq = peewee.AutoField()
    time = peewee.TextField()
    kind = peewee.TextField()
    visibility = peewee.TextField()
    algorithm = peewee.TextField()
    inner = peewee.BlobField()
    hash = peewee.BlobField()
    uuid = peewee.TextField(null=True, unique=True)

    class Meta:
        table_name = "entry"
        indexes = ((("kind", "seq"), False),)


class Payload(_Table):
    """The content of an entry, apart from it so that it can be erased when its retention ends."""

    seq = peewee.ForeignKeyField(Entry, column_name="seq", primary_key=True)
    salt = peewee.BlobField()
    body = peewee.TextField()

    class Meta:
        table_name = "payload"


class Counter(_Table):
    """The last number given out in a series."""

    series = peewee.TextField(primary_key=True)
    last = peewee.IntegerField()

    class Meta:
        table_name = "counter"
        without_rowid = True


class Archive(_Table):
    """One issued slip as the archive page lists it; tails only, never a whole identity or telephone number."""

    seq = peewee.ForeignKeyField(Entry, column_name="seq", primary_key=True)
    number = peewee.TextField(unique=True)
    kind = peewee.TextField()
    applicant = peewee.TextField()
    other_names = peewee.TextField()
    item = peewee.TextField()
    item_name = peewee.TextField()
    issued_at = peewee.TextField()
    day = peewee.TextField()
    clerk = peewee.TextField()
    phone_tail = peewee.TextField()
    id_tail = peewee.TextField()
    channel = peewee.TextField()
    qr = peewee.TextField()
    check_code = peewee.TextField()
    void_seq = peewee.IntegerField(null=True)
    reprints = peewee.IntegerField(default=0)

    class Meta:
        table_name = "archive"


class Term(_Table):
    """A search term and a slip it leads to (storage/views/search_terms.py). Rows can be erased, unlike a full-text index."""

    term = peewee.TextField()
    entry = peewee.IntegerField()

    class Meta:
        table_name = "term"
        primary_key = peewee.CompositeKey("term", "entry")
        without_rowid = True


class Label(_Table):
    """The words behind a term that many slips share: an item's name, a clerk's name."""

    term = peewee.TextField()
    text = peewee.TextField()

    class Meta:
        table_name = "label"
        primary_key = peewee.CompositeKey("term", "text")
        without_rowid = True


class CaseRow(_Table):
    """A case folded from its entries (storage/views/case_view.py): the columns that the lists are made by, and the case as JSON.

    The words stand in an index too, so that a search goes through them without reading every case.
    """

    id = peewee.TextField(primary_key=True)
    stage = peewee.TextField()
    open = peewee.IntegerField()
    due = peewee.TextField()
    look_at = peewee.TextField()
    handler = peewee.TextField()
    words = peewee.TextField()
    body = peewee.TextField()

    class Meta:
        table_name = "case_row"
        without_rowid = True
        indexes = ((("open", "look_at", "words"), False), (("open", "stage"), False))


class Draft(_Table):
    """A slip not yet issued. `digest` shows damage, since drafts are not part of the chain."""

    uuid = peewee.TextField(primary_key=True)
    body = peewee.TextField()
    saved_at = peewee.TextField()
    digest = peewee.TextField()

    class Meta:
        table_name = "draft"
        without_rowid = True


class Meta(_Table):
    """Facts about the file itself, such as the rules by which its views were built."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "meta"
        without_rowid = True


TABLES: tuple[type[_Table], ...] = (Entry, Payload, Counter, Archive, Term, Label, CaseRow, Draft, Meta)

# Written as BEFORE INSERT too, because INSERT OR REPLACE removes a row without firing a delete trigger.
TRIGGERS = (
    """CREATE TRIGGER entry_follows BEFORE INSERT ON entry
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entry) OR EXISTS (SELECT 1 FROM entry WHERE uuid = NEW.uuid)
    BEGIN SELECT RAISE(ABORT, 'an entry is appended'); END""",
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry never changes'); END",
    "CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    """CREATE TRIGGER payload_follows BEFORE INSERT ON payload
    WHEN NEW.seq <> (SELECT MAX(seq) FROM entry) OR EXISTS (SELECT 1 FROM payload WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'a payload is written once'); END""",
    "CREATE TRIGGER payload_stays BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'a payload never changes'); END",
    """CREATE TRIGGER payload_kept BEFORE DELETE ON payload
    WHEN NOT EXISTS (SELECT 1 FROM entry WHERE uuid = 'erase:' || OLD.seq AND kind = 'payload_erased')
    BEGIN SELECT RAISE(ABORT, 'a payload is erased only by an erasure entry'); END""",
)


def create(database: Any) -> None:
    """Writes the whole schema into an empty database, within the caller's transaction."""
    for table in TABLES:
        peewee.SchemaManager(table, database).create_all(safe=False)
    for trigger in TRIGGERS:
        database.execute_sql(trigger)


def schema_of(database: Any) -> frozenset[tuple[str, str, str]]:
    """Type, name and text of everything in the file's schema; a damaged file may hold bytes where a text belongs."""
    rows = database.execute_sql("SELECT type, name, COALESCE(sql, '') FROM sqlite_master").fetchall()
    return frozenset((kind, name, " ".join(str(sql).split())) for kind, name, sql in rows)


@cache
def expected_schema() -> frozenset[tuple[str, str, str]]:
    """What `schema_of` gives for a file of this version."""
    database = peewee.SqliteDatabase(":memory:", thread_safe=False)
    database.connect()
    try:
        create(database)
        return schema_of(database)
    finally:
        database.close()


def fetch(database: Any, query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as they are stored, all at once, so that no lock is held afterwards."""
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return rows


def listed(numbers: Iterable[int]) -> Any:
    """Whole numbers of our own, written out: two hundred parameters cost peewee more than SQLite needs for the rows."""
    return peewee.SQL(f"({','.join(map(str, numbers))})")


def insert_rows(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts whole rows, in the order of the table's columns."""
    _write_rows(database, table, rows)


def insert_missing(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts whole rows; those whose key is there already are left as they are."""
    _write_rows(database, table, rows, "ON CONFLICT DO NOTHING")


def replace_rows(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Writes whole rows over those with the same key."""
    key, columns = _names(key_of(table)), _names(table._meta.sorted_fields)
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    _write_rows(database, table, rows, f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}")


def key_of(table: type[_Table]) -> tuple[Any, ...]:
    """The columns of a table's key."""
    key: tuple[Any, ...] = table._meta.get_primary_keys()  # type: ignore[no-untyped-call]
    return key


def _write_rows(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]], on_conflict: str = "") -> None:
    """One statement for all rows: peewee would build one for each, which takes many times as long."""
    columns = _names(table._meta.sorted_fields)
    into, marks = f'"{table._meta.table_name}" ({", ".join(columns)})', ", ".join(database.param for _ in columns)
    database.cursor().executemany(f"INSERT INTO {into} VALUES ({marks}) {on_conflict}", rows)


def _names(fields: Iterable[Any]) -> list[str]:
    return [f'"{field.column_name}"' for field in fields]
