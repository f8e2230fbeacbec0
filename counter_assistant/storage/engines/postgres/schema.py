"""服务器上一本台账的结构：一本一个 schema，表与单机的一样，触发器守住记录，也守住哈希链。

The tables are those of storage/journal/tables.py but the drafts, which stay on the PC. Texts are compared by code point, whatever the
locale of the database is, because the check goes through them in the order of Python. `chain_head` is the one row that an act
locks; its hash is computed anew by the trigger, so that no window can write an entry that does not follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.postgres import driver
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.chain import ALGORITHM, START
from counter_assistant.storage.orm import peewee

VERSION = 1
TABLES = tuple(table for table in tables.TABLES if table is not tables.Draft)

_FOLLOWS = f"""
DECLARE head record;
BEGIN
    SELECT seq, hash INTO STRICT head FROM chain_head FOR UPDATE;
    IF NEW.seq <> head.seq + 1 THEN RAISE EXCEPTION 'an entry is appended'; END IF;
    IF NEW.algorithm <> '{ALGORITHM}' OR NEW.hash <> sha256(
        hash_part(head.hash) || hash_part(convert_to(NEW.algorithm, 'UTF8')) || hash_part(int8send(NEW.seq))
        || hash_part(convert_to(NEW.time, 'UTF8')) || hash_part(convert_to(NEW.kind, 'UTF8'))
        || hash_part(convert_to(NEW.visibility, 'UTF8')) || hash_part(NEW.inner)
    ) THEN RAISE EXCEPTION 'an entry follows the one before it'; END IF;
    UPDATE chain_head SET seq = NEW.seq, hash = NEW.hash;
    NEW.by_role := session_user;
    PERFORM pg_notify('book_' || TG_TABLE_SCHEMA, NEW.seq::text);
    RETURN NEW;
END"""
"""What is hashed: storage/journal/chain.py. Who has logged in is written by the guard, whatever the statement says; it runs as the owner, so that
nobody else needs the right to change the head of the chain."""
_PAYLOAD_FOLLOWS = """
BEGIN
    IF NEW.seq <> (SELECT seq FROM chain_head) THEN RAISE EXCEPTION 'a payload is written once'; END IF;
    RETURN NEW;
END"""
_PAYLOAD_KEPT = """
BEGIN
    IF NOT EXISTS (SELECT 1 FROM entry WHERE uuid = 'erase:' || OLD.seq AND kind = 'payload_erased') THEN
        RAISE EXCEPTION 'a payload is erased only by an erasure entry';
    END IF;
    RETURN OLD;
END"""
_STAYS = """
BEGIN
    RAISE EXCEPTION '% never changes', TG_TABLE_NAME;
END"""

DEFINER = "entry_follows"
"""The function that runs as the owner."""
FUNCTIONS = {
    "entry_follows": _FOLLOWS, "payload_follows": _PAYLOAD_FOLLOWS, "payload_kept": _PAYLOAD_KEPT, "row_stays": _STAYS,
}  # fmt: skip
TRIGGERS = {
    "entry_follows": ("entry", "BEFORE INSERT", "ROW", "entry_follows"),
    "entry_stays": ("entry", "BEFORE UPDATE OR DELETE", "ROW", "row_stays"),
    "entry_kept": ("entry", "BEFORE TRUNCATE", "STATEMENT", "row_stays"),
    "payload_follows": ("payload", "BEFORE INSERT", "ROW", "payload_follows"),
    "payload_stays": ("payload", "BEFORE UPDATE", "ROW", "row_stays"),
    "payload_kept": ("payload", "BEFORE DELETE", "ROW", "payload_kept"),
    "payload_whole": ("payload", "BEFORE TRUNCATE", "STATEMENT", "row_stays"),
    "head_kept": ("chain_head", "BEFORE DELETE OR TRUNCATE", "STATEMENT", "row_stays"),
}
"""By name: the table, when, for each what, and the function."""


def create(handle: Any, schema: str) -> None:
    """Writes the tables and guards of a schema that has none yet, within the caller's transaction."""
    driver.several(handle, ";\n".join(_statements(schema)))


def _statements(schema: str) -> Iterator[str]:
    yield f"SET LOCAL search_path TO {quoted(schema)}"
    for table in TABLES:
        yield from _of_table(table)
    yield 'ALTER TABLE "entry" ADD COLUMN by_role TEXT COLLATE "C" NOT NULL DEFAULT session_user'
    yield "CREATE TABLE schema_version (version BIGINT NOT NULL)"
    yield f"INSERT INTO schema_version VALUES ({VERSION})"
    yield "CREATE TABLE chain_head (one BIGINT PRIMARY KEY CHECK (one = 1), seq BIGINT NOT NULL, hash BYTEA NOT NULL)"
    yield f"INSERT INTO chain_head VALUES (1, 0, decode('{START.hex()}', 'hex'))"
    yield (
        "CREATE FUNCTION hash_part(part BYTEA) RETURNS BYTEA LANGUAGE sql IMMUTABLE AS "
        "'SELECT int8send(octet_length(part)::bigint) || part'"
    )
    for name, body in FUNCTIONS.items():
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {'SECURITY DEFINER ' if name == DEFINER else ''}"
            f"SET search_path = {quoted(schema)}, pg_catalog AS $guard${body}$guard$"
        )
    for name, (table_name, when, each, function) in TRIGGERS.items():
        yield f"CREATE TRIGGER {name} {when} ON {table_name} FOR EACH {each} EXECUTE FUNCTION {function}()"


def _of_table(table: Any) -> Iterator[str]:
    meta = table._meta
    columns = [_column(field) for field in meta.sorted_fields]
    columns.append(f"PRIMARY KEY ({_names(tables.key_of(table))})")
    for field in meta.sorted_fields:
        if field.unique:
            columns.append(f"UNIQUE ({_names([field])})")
        if isinstance(field, peewee.ForeignKeyField):
            columns.append(f'FOREIGN KEY ({_names([field])}) REFERENCES "{field.rel_model._meta.table_name}"')
    yield f'CREATE TABLE "{meta.table_name}" ({", ".join(columns)})'
    for fields in _indexed(table):
        name = "_".join((meta.table_name, *(field.column_name for field in fields)))
        yield f'CREATE INDEX "{name}" ON "{meta.table_name}" ({_names(fields)})'


def _indexed(table: Any) -> Iterator[list[Any]]:
    meta = table._meta
    for field in meta.sorted_fields:
        if field.index and not field.unique and not field.primary_key:
            yield [field]
    for names, _ in meta.indexes:
        yield [meta.fields[name] for name in names]


def _column(field: Any) -> str:
    return f'"{field.column_name}" {_type(field)}{"" if field.null else " NOT NULL"}'


def _type(field: Any) -> str:
    if isinstance(field, peewee.BlobField):
        return "BYTEA"
    return 'TEXT COLLATE "C"' if isinstance(field, peewee.TextField) else "BIGINT"


def _names(fields: Any) -> str:
    return ", ".join(f'"{field.column_name}"' for field in fields)


def channel(schema: str) -> str:
    """On which the server says the number of each entry that was written into a book."""
    return f"book_{schema}"


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def version_of(handle: Any) -> int | None:
    """The version of the schema that the connection looks into; None where no book is there."""
    if not handle.execute_sql("SELECT to_regclass('schema_version') IS NOT NULL").fetchall()[0][0]:
        return None
    return next((int(version) for (version,) in handle.execute_sql("SELECT version FROM schema_version").fetchall()), 0)


def require_version(version: int | None) -> None:
    """Asks whether this program can work with a schema of a version.

    Raises:
        Refusal: `hall-version`.
    """
    if version != VERSION:
        remedy = "请升级本机的程序。" if version is not None and version > VERSION else "请服务器的管理员升级台账。"
        raise Refusal("hall-version", f"服务器上台账的版本是 {version}，本程序用的是 {VERSION}。", remedy)


_COLUMNS = """SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull, COALESCE(l.collname, '') <> 'C'
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"""
_INDICES = """SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_class i
    WHERE i.relnamespace = current_schema()::regnamespace AND i.relkind = 'i'"""
_TRIGGERS = """SELECT t.tgname, c.relname, p.proname, t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal"""
_FUNCTIONS = "SELECT proname, prosrc, prosecdef FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname <> 'hash_part'"


def schema_problems(handle: Any) -> Iterator[str]:
    """Sentences about what of the schema is not as it was made."""
    ours = {
        (table._meta.table_name, field.column_name, _type(field).split()[0].lower(), not field.null)
        for table in TABLES for field in table._meta.sorted_fields
    } | {("entry", "by_role", "text", True)}  # fmt: skip
    found = handle.execute_sql(_COLUMNS).fetchall()
    here = {tuple(row[:4]) for row in found if row[0] not in {"schema_version", "chain_head"}}
    if here != ours or any(kind == "text" and differs for _, _, kind, _, differs in found):
        yield "表结构不符。"
    here = {tuple(row) for row in handle.execute_sql(_TRIGGERS).fetchall()}
    if here != {(name, table, function, "O") for name, (table, _, _, function) in TRIGGERS.items()}:
        yield "守住记录的触发器不全，或被关掉。"
    here = {tuple(row) for row in handle.execute_sql(_FUNCTIONS).fetchall()}
    if here != {(name, body, name == DEFINER) for name, body in FUNCTIONS.items()}:
        yield "守住记录的函数被改动。"
    if not _wanted_indices() <= {name for name, _ in handle.execute_sql(_INDICES).fetchall()}:
        yield "索引不全。"


def _wanted_indices() -> set[str]:
    return {
        "_".join((table._meta.table_name, *(field.column_name for field in fields)))
        for table in TABLES for fields in _indexed(table)
    }  # fmt: skip
