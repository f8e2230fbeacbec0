"""台账文件的结构：表怎样建、触发器怎样守住记录，和逐字的核对。"""

from __future__ import annotations

from functools import cache
from typing import Any

from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.journal import tables
from counter_assistant.storage.orm import peewee

APPLICATION_ID = 0x43414231  # "CAB1": counter assistant, book
VERSION = 5

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


class _Table(peewee.SchemaManager):
    """Makes a table that holds its columns to their types; one whose key is no number lies in the order of its key."""

    def _create_table(self, safe: bool = True, **options: Any) -> Any:
        key = self.model._meta.primary_key
        by_number = isinstance(key, peewee.AutoField | peewee.ForeignKeyField)
        made = super()._create_table(safe, **options)  # type: ignore[misc]
        return made.literal(" STRICT" if by_number else " STRICT, WITHOUT ROWID")


def create(database: Any) -> None:
    """Writes the whole schema into an empty database, within the caller's transaction."""
    for table in tables.TABLES:
        _Table(table, database).create_all(safe=False)
    for trigger in TRIGGERS:
        database.execute_sql(trigger)


def schema_of(database: Any) -> frozenset[tuple[str, str, str]]:
    """Type, name and text of everything in the file's schema; a damaged file may hold bytes where a text belongs."""
    rows = database.execute_sql("SELECT type, name, COALESCE(sql, '') FROM sqlite_master").fetchall()
    return frozenset((kind, name, " ".join(str(sql).split())) for kind, name, sql in rows)


@cache
def expected_schema() -> frozenset[tuple[str, str, str]]:
    """What `schema_of` gives for a file of this version."""
    database = driver.in_memory()
    try:
        create(database)
        return schema_of(database)
    finally:
        database.close()
