"""What a window's user may do on the server, and what it may not: whatever program sends the statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import chain
from tests import hall
from tests.storage.desk import Clock, issue

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
BOOK, OTHER = f"b{'1' * 16}", f"b{'2' * 16}"
HEAD = "(SELECT seq FROM chain_head)"
ENTRY = (
    'INSERT INTO entry (seq, time, kind, visibility, algorithm, "inner", hash, uuid, by_role) '
    "SELECT seq + 1, time, kind, visibility, algorithm, \"inner\", hash, {uuid}, 'clerk_0002' FROM entry WHERE seq = {of}"
)


@pytest.fixture(scope="module")
def connection(server: hall.Server, tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Any]:
    """What a clerk's program holds, with whatever it may send: a connection as the clerk, in a book with three slips."""
    import psycopg

    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.preparing import grant_problems, let_in, prepare
    from counter_assistant.storage.engines.postgres.server import Address
    from counter_assistant.storage.server.book_place import Shift

    folder = tmp_path_factory.mktemp("grants")
    for schema in (BOOK, OTHER):
        address = Address.read(f"{server.address}&schema={schema}")
        prepare(address)
        prepare(address)  # once more is no mistake
        assert grant_problems(address) == []
        owner = Hall.open(
            address.as_role(f"{schema}_owner"), Database.open(folder / f"{schema}-0.db", Clock()), Clock()
        )
        with closing(Book.open(owner, "LC01").database):
            pass
    let_in(Address.read(f"{server.address}&schema={BOOK}"), "0001", "口令 一")
    address = Address.read(f"{server.address}&schema={BOOK}").for_shift(Shift("0001", "口令 一"))
    book = Book.open(Hall.open(address, Database.open(folder / "w.db", Clock()), Clock()), "LC01")
    for act in "abc":
        issue(book, act)
    with closing(book.database):
        assert book.check().problems == []
    with psycopg.connect(f"host={server.folder} user=clerk_0001 dbname={hall.DATABASE}", autocommit=True) as opened:
        opened.execute(f"SET search_path TO {BOOK}, pg_catalog")
        yield opened
    server.clear()
    for name in (
        *(f"{b}_{what}" for b in (BOOK, OTHER) for what in ("owner", "window", "reader", "eraser")),
        "clerk_0001",
    ):
        server.tell(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_who_wrote_an_entry_is_the_server_s_to_say(connection: Any) -> None:
    rows = connection.execute("SELECT DISTINCT by_role FROM entry WHERE kind = 'slip_issued'").fetchall()
    assert rows == [("clerk_0001",)]


GUARDED = [
    "entry", "payload", "counter", "archive", "term", "label", "case_row", "telling", "register_row", "meta", "schema_version", "chain_head",
]  # fmt: skip
FORBIDDEN = [
    *(f"TRUNCATE {table} CASCADE" for table in GUARDED),
    *(f"DROP TABLE {table} CASCADE" for table in GUARDED),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("entry", "payload", "chain_head")),
    *(f"DROP TRIGGER {name} ON {table}" for name, table in (
        ("entry_follows", "entry"), ("entry_stays", "entry"), ("entry_kept", "entry"), ("payload_follows", "payload"),
        ("payload_stays", "payload"), ("payload_kept", "payload"), ("payload_whole", "payload"), ("head_kept", "chain_head"))),
    *(f"DELETE FROM {table}" for table in ("entry", "payload", "chain_head", "counter", "archive", "label", "meta", "schema_version")),
    "UPDATE entry SET kind = 'slip_voided'",
    "UPDATE entry SET hash = '\\x00'",
    "UPDATE entry SET by_role = 'clerk_0002'",
    "UPDATE payload SET body = '\\x00'",
    "UPDATE chain_head SET seq = 0",
    "UPDATE chain_head SET hash = '\\x00'",
    "UPDATE chain_head SET one = 2",
    "UPDATE counter SET series = 'x'",
    "UPDATE archive SET number = 'x'",
    "UPDATE archive SET applicant = 'x'",
    "UPDATE archive SET check_code = 'x'",
    "UPDATE meta SET value = 'x'",
    "UPDATE schema_version SET version = 9",
    "INSERT INTO chain_head VALUES (1, 9, '\\x00')",
    "INSERT INTO meta VALUES ('x', 'y')",
    "INSERT INTO schema_version VALUES (2)",
    ENTRY.format(uuid="'wrong hash'", of=HEAD),
    ENTRY.format(uuid="'a gap'", of="1"),
    f"INSERT INTO payload (seq, salt, body) VALUES ({HEAD}, '\\x00', '\\x00')",
    "INSERT INTO payload (seq, salt, body) VALUES (1, '\\x00', '\\x00')",
    "CREATE OR REPLACE FUNCTION entry_follows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE another (one INT)",
    f"CREATE TRIGGER mine BEFORE INSERT ON {BOOK}.entry FOR EACH ROW EXECUTE FUNCTION entry_follows()",
    "ALTER FUNCTION entry_follows() SECURITY INVOKER",
    "ALTER TABLE entry OWNER TO clerk_0001",
    "ALTER TABLE entry ALTER COLUMN by_role DROP DEFAULT",
    "ALTER TABLE entry RENAME TO other",
    f"ALTER SCHEMA {BOOK} RENAME TO mine",
    f"DROP SCHEMA {BOOK} CASCADE",
    "CREATE SCHEMA mine",
    f"SET ROLE {BOOK}_owner",
    f"SET ROLE {BOOK}_eraser",
    "SET SESSION AUTHORIZATION postgres",
    "SET session_replication_role = replica",
    f"SELECT * FROM {OTHER}.entry",
    f"INSERT INTO {OTHER}.label SELECT * FROM label",
    f"UPDATE {OTHER}.counter SET last = 9",
    f"GRANT {BOOK}_owner TO clerk_0001",
    f"GRANT SELECT ON {OTHER}.entry TO clerk_0001",
    "ALTER ROLE clerk_0001 SUPERUSER",
    "ALTER ROLE postgres PASSWORD 'x'",
    "CREATE ROLE other LOGIN",
    "SELECT rolpassword FROM pg_authid",
    "COPY entry TO '/dev/shm/x'",
    "COPY entry FROM PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
    "ALTER SYSTEM SET fsync = off",
    "BEGIN; LOCK TABLE entry IN ACCESS EXCLUSIVE MODE",
]  # fmt: skip


def test_at_least_sixty_are_tried() -> None:
    assert len(set(FORBIDDEN)) >= 60


@pytest.mark.parametrize("statement", sorted(set(FORBIDDEN)))
def test_a_window_s_user_is_refused(connection: Any, statement: str) -> None:
    import psycopg

    before = connection.execute("SELECT seq, hash, by_role FROM entry ORDER BY seq").fetchall()
    with pytest.raises(psycopg.Error) as told:
        connection.execute(statement)
    if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        connection.execute("ROLLBACK")
    assert told.value.sqlstate in {"42501", "P0001", "23505", "23514", "42P17"}, (told.value.sqlstate, str(told.value))
    assert connection.execute("SELECT seq, hash, by_role FROM entry ORDER BY seq").fetchall() == before


def test_a_forged_author_is_written_over(connection: Any) -> None:
    """GIVEN an entry that follows, and says that a colleague wrote it THEN the server writes who has logged in."""
    link = chain.Link(
        seq := connection.execute(f"SELECT {HEAD} + 1").fetchone()[0],
        "2026-11-23T09:00:00+08:00",
        "call",
        "internal",
        b"i" * 32,
    )
    before = connection.execute("SELECT hash FROM chain_head").fetchone()[0]
    connection.execute("BEGIN")
    connection.execute(
        'INSERT INTO entry (seq, time, kind, visibility, algorithm, "inner", hash, uuid, by_role) VALUES (%s, %s, %s, %s, %s, %s, %s, NULL, %s)',
        (seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, link.hash(before), "clerk_0002"),
    )
    wrote = connection.execute("SELECT by_role FROM entry WHERE seq = %s", (seq,)).fetchall()
    connection.execute("ROLLBACK")
    assert wrote == [("clerk_0001",)]


def test_what_the_server_keeps_of_a_password_is_none(connection: Any, server: hall.Server) -> None:
    ((kept,),) = server.tell("SELECT rolpassword FROM pg_authid WHERE rolname = 'clerk_0001'")
    assert kept.startswith("SCRAM-SHA-256$")


def test_a_right_too_many_and_one_too_few_are_told(connection: Any, server: hall.Server) -> None:
    from counter_assistant.storage.engines.postgres.preparing import grant_problems, prepare
    from counter_assistant.storage.engines.postgres.server import Address

    address = Address.read(f"{server.address}&schema={BOOK}")
    server.tell(f"GRANT DELETE ON {BOOK}.entry TO {BOOK}_window")
    server.tell(f"REVOKE INSERT ON {BOOK}.payload FROM {BOOK}_window")
    assert grant_problems(address) == [
        f"{BOOK}_window 多了权限：DELETE entry。", f"{BOOK}_window 少了权限：INSERT payload。",
    ]  # fmt: skip
    prepare(address)
    assert grant_problems(address) == []
