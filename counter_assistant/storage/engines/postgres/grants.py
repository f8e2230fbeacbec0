"""谁在服务器上能做什么：台账归没有登录的角色，窗口只能添、不能改，中心只能看，清除另有角色。

PostgreSQL asks for rights before it runs anything, whatever program sends it. A window's user adds entries and writes the views that follow
from them; what would change a record, a guard or the schema is the owner's, whom nobody logs in as. Each book has roles of its own, so that
who works in one has no way into another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.storage.engines.postgres import driver, schema
from counter_assistant.storage.engines.postgres.schema import quoted
from counter_assistant.storage.engines.postgres.server import role_of

READ, ADD = "SELECT", "SELECT, INSERT"
WINDOW: dict[str, str] = {
    "entry": ADD,
    "payload": ADD,
    "chain_head": 'SELECT, UPDATE ("one")',  # which can only be 1: it lets the row be locked, and changes nothing
    "counter": 'SELECT, INSERT, UPDATE ("last")',
    "archive": 'SELECT, INSERT, UPDATE ("void_seq", "reprints")',
    "term": "SELECT, INSERT, DELETE",
    "label": ADD,
    "case_row": "SELECT, INSERT, UPDATE, DELETE",
    "telling": "SELECT, INSERT, DELETE",
    "register_row": "SELECT, INSERT, UPDATE, DELETE",
    "meta": READ,
    "schema_version": READ,
}
"""What a window may do, by table. What is not here it may not."""
OFFLINE: dict[str, str] = {
    **WINDOW,
    "payload": "SELECT, INSERT, DELETE",
    "meta": "SELECT, INSERT, DELETE",
    **dict.fromkeys(
        ("counter", "archive", "term", "label", "case_row", "telling", "register_row"), "SELECT, INSERT, UPDATE, DELETE"
    ),
}
"""What a window may do in the copy of what a PC issued offline: its entries are added as they are there, what has left them there leaves here
too, and the views follow."""
ERASURE = {"payload": "DELETE", "archive": "UPDATE, DELETE", "telling": "UPDATE", "label": "DELETE", "counter": "DELETE", "meta": "INSERT, DELETE"}  # fmt: skip
"""What whoever erases may do besides."""
ROLES = ("owner", "window", "reader", "eraser")


def role(book: str, what: str) -> str:
    """What a role of a book is called; the book by its schema."""
    return f"{book}_{what}"


def statements(book: str, of: str = "") -> Iterator[str]:
    """Gives each role of a book its rights, and takes every other one away. Run by the owner. What a PC issued offline, in the schema `book`,
    is worked with by the roles of the book that it is kept beside, given by `of`."""
    named = quoted(book)
    window, reader, eraser = (quoted(role(of or book, what)) for what in ROLES[1:])
    yield f"REVOKE ALL ON SCHEMA {named} FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {named} FROM PUBLIC, {window}, {reader}, {eraser}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {named} FROM PUBLIC, {window}, {reader}, {eraser}"
    yield f"GRANT USAGE ON SCHEMA {named} TO {window}, {reader}, {eraser}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {named} TO {reader}"
    for table, rights in (OFFLINE if of else WINDOW).items():
        yield f"GRANT {rights} ON {named}.{quoted(table)} TO {window}, {eraser}"
    for table, rights in ({} if of else ERASURE).items():
        yield f"GRANT {rights} ON {named}.{quoted(table)} TO {eraser}"


def make_roles(handle: Any, book: str) -> None:
    """Makes the roles of a book that are not there yet; nobody logs in as one of them. Run by whoever prepares the server."""
    there = {name for (name,) in handle.execute_sql("SELECT rolname FROM pg_roles").fetchall()}
    for what in ROLES:
        if (name := role(book, what)) not in there:
            driver.several(handle, f"CREATE ROLE {quoted(name)} NOLOGIN NOINHERIT")
    driver.several(handle, f"GRANT {quoted(role(book, 'owner'))} TO CURRENT_USER")


def let_in(handle: Any, book: str, who: str, password: str, what: str = "window") -> None:
    """Lets somebody, given by staff number, log in and work in a book; one who is there gets the new password. What the server keeps of it
    is made here (SCRAM-SHA-256), so that it never travels nor stands in a log."""
    name = role_of(who)
    there = handle.execute_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchall()
    verifier = driver.scrammed(handle, name, password)
    made = "ALTER" if there else "CREATE"
    driver.several(
        handle, f"{made} ROLE {quoted(name)} LOGIN INHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD '{verifier}'"
    )
    driver.several(handle, f"GRANT {quoted(role(book, what))} TO {quoted(name)}")


def problems(handle: Any, book: str, of: str = "") -> Iterator[str]:
    """Sentences about rights that a role of a book has and should not, or should have and has not; `of` as in `statements`. The connection
    looks into the schema `book`."""
    found = handle.execute_sql(_RIGHTS, (book, [role(of or book, what) for what in ROLES[1:]])).fetchall()
    here = {(str(who), str(table), str(right), str(column)) for who, table, right, column in found}
    wanted = set(_wanted(of or book, ((OFFLINE,), (OFFLINE,)) if of else ((WINDOW,), (WINDOW, ERASURE))))
    for who, table, right, column in sorted(here - wanted):
        yield f"{who} 多了权限：{right} {table}{f'.{column}' if column else ''}。"
    for who, table, right, column in sorted(wanted - here):
        yield f"{who} 少了权限：{right} {table}{f'.{column}' if column else ''}。"


_RIGHTS = """
    SELECT grantee, table_name, privilege_type, '' FROM information_schema.role_table_grants
    WHERE table_schema = %s AND (grantee = ANY(%s) OR grantee = 'PUBLIC')
    UNION ALL
    SELECT r.rolname, c.relname, a.privilege_type, t.attname FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
    CROSS JOIN LATERAL aclexplode(t.attacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE c.relnamespace = current_schema()::regnamespace"""


def _wanted(
    book: str, granted_to: tuple[tuple[dict[str, str], ...], tuple[dict[str, str], ...]]
) -> Iterator[tuple[str, str, str, str]]:
    names = [table._meta.table_name for table in schema.TABLES]
    for table in (*names, "chain_head", "schema_version"):
        yield (role(book, "reader"), table, "SELECT", "")
    for what, granted in zip(("window", "eraser"), granted_to, strict=True):
        for table, rights in {(table, rights) for one in granted for table, rights in one.items()}:
            for right in rights.replace('UPDATE ("void_seq", "reprints")', "UPDATE void_seq, UPDATE reprints").split(
                ", "
            ):
                verb, _, column = right.replace('("', "").replace('")', "").partition(" ")
                yield (role(book, what), table, verb, column)
