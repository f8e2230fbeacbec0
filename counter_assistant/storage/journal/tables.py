"""台账文件的表：本程序唯一的数据库结构。

`entry` and `payload` are the book. Every other table but `draft` is a view of it, written in the same transaction and
rebuilt from it by one command (storage/views/). Models are never bound to a database: a query is given the one it runs on,
because the training book and the real one may be open at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

from counter_assistant.storage.orm import peewee

# peewee logs every query with its values at DEBUG: names and telephone numbers stay out of every log.
logging.getLogger("peewee").setLevel(logging.WARNING)


class _Table(peewee.Model):
    class Meta:
        database = None
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
    body = peewee.BlobField()
    """Packed as `body_codec` says."""

    class Meta:
        table_name = "payload"


class Counter(_Table):
    """The last number given out in a series."""

    series = peewee.TextField(primary_key=True)
    last = peewee.IntegerField()

    class Meta:
        table_name = "counter"


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


class Label(_Table):
    """The words behind a term that many slips share: an item's name, a clerk's name."""

    term = peewee.TextField()
    text = peewee.TextField()

    class Meta:
        table_name = "label"
        primary_key = peewee.CompositeKey("term", "text")


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
        indexes = ((("open", "look_at", "words"), False), (("open", "stage"), False))


class Telling(_Table):
    """An act that told or ended a matter (storage/views/telling_view.py): what a month's figures are made from, and no more.

    The columns are those of `Telling` in domain/notification/tellings.py, where each is explained.
    """

    seq = peewee.ForeignKeyField(Entry, column_name="seq", primary_key=True)
    recorded = peewee.TextField(index=True)
    day = peewee.TextField()
    item = peewee.TextField()
    clerk = peewee.TextField()
    ends = peewee.IntegerField()
    began = peewee.IntegerField()
    number = peewee.TextField()
    named = peewee.TextField()
    content = peewee.TextField()

    class Meta:
        table_name = "telling"


class RegisterRow(_Table):
    """One line of a register (storage/views/registers/register_view.py). The columns are those of `RegisterRow` in domain/registers/, and `words`
    what it is found by; an entry may have a line in two registers."""

    kind = peewee.TextField()
    seq = peewee.IntegerField()
    time = peewee.TextField()
    clerk = peewee.TextField()
    state = peewee.TextField()
    settled = peewee.IntegerField()
    stage = peewee.TextField()
    case = peewee.TextField(column_name="case_id")
    due = peewee.TextField()
    line = peewee.TextField()
    words = peewee.TextField()

    class Meta:
        table_name = "register_row"
        primary_key = peewee.CompositeKey("kind", "seq")
        indexes = ((("state", "stage"), False),)


class Draft(_Table):
    """A slip not yet issued. `digest` shows damage, since drafts are not part of the chain."""

    uuid = peewee.TextField(primary_key=True)
    body = peewee.TextField()
    saved_at = peewee.TextField()
    digest = peewee.TextField()

    class Meta:
        table_name = "draft"


class Meta(_Table):
    """Facts about the file itself, such as the rules by which its views were built."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "meta"


TABLES: tuple[type[_Table], ...] = (
    Entry,
    Payload,
    Counter,
    Archive,
    Term,
    Label,
    CaseRow,
    Telling,
    RegisterRow,
    Draft,
    Meta,
)


def fetch(database: Any, query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as they are stored, all at once, so that no lock is held afterwards."""
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return rows


def listed(numbers: Iterable[int]) -> Any:
    """Whole numbers of our own, written out: two hundred parameters cost peewee more than a database needs for the rows."""
    return peewee.SQL(f"({','.join(map(str, numbers)) or 'NULL'})")


def insert_rows(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts whole rows, in the order of the table's columns."""
    database.cursor().executemany(_insert(table, database.param), rows)


def insert_missing(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts whole rows; those whose key is there already are left as they are."""
    database.cursor().executemany(_insert(table, database.param, "ON CONFLICT DO NOTHING"), rows)


def replace_rows(database: Any, table: type[_Table], rows: Iterable[tuple[Any, ...]]) -> None:
    """Writes whole rows over those with the same key."""
    database.cursor().executemany(_insert(table, database.param, _over(table)), rows)


def key_of(table: type[_Table]) -> tuple[Any, ...]:
    """The columns of a table's key."""
    key: tuple[Any, ...] = table._meta.get_primary_keys()  # type: ignore[no-untyped-call]
    return key


@cache
def _over(table: type[_Table]) -> str:
    key, columns = _names(key_of(table)), _names(table._meta.sorted_fields)
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


@cache
def _insert(table: type[_Table], mark: str, on_conflict: str = "") -> str:
    """One statement for all rows: peewee would build one for each, which takes many times as long."""
    columns = _names(table._meta.sorted_fields)
    into, marks = f'"{table._meta.table_name}" ({", ".join(columns)})', ", ".join(mark for _ in columns)
    return f"INSERT INTO {into} VALUES ({marks}) {on_conflict}"


def _names(fields: Iterable[Any]) -> list[str]:
    return [f'"{field.column_name}"' for field in fields]
