"""谁还开着同一位：各窗口在服务器上占着记号，会话一断就没有了；台账里没有它的表。

A mark is held as a shared advisory lock, which waits for nobody and keeps nobody waiting, and which the server lets go with the
connection, however that ends. Who holds it is the user of the connection; at which window, its application name. Both can be seen by whoever may
log in at the server; what a mark stands for, only by whoever may read the book. See docs/decisions/0065-two-windows-one-visitor.md.
"""

from __future__ import annotations

from typing import Any

from counter_assistant.storage.engines.engine import Beside
from counter_assistant.storage.engines.postgres import driver
from counter_assistant.storage.engines.postgres.server import staff_number_of

PROGRAM = "counter-assistant"
"""What a connection is called at which nobody stands."""
LONGEST = 63
"""The longest name of a connection, of bytes that are ASCII: another one is cut, or shown as question marks."""
ENDS_AFTER = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""A PC that has lost its power or its line says no goodbye: after 25 s the server takes it for gone."""
_OTHERS = """SELECT DISTINCT a.usename::text, a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.pid <> pg_backend_pid()
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (l.classid::bigint << 32 | l.objid::bigint) = ANY(%s) ORDER BY 2, 1"""


def hold(handle: Any, marks: frozenset[int], window: str) -> None:
    """Holds these marks and no others from now on, at a window that is called so. It is the connection's own to hold them: they
    go with it."""
    taken = (f"SELECT pg_try_advisory_lock_shared({mark})" for mark in sorted(marks))
    driver.several(handle, "; ".join(("SELECT pg_advisory_unlock_all()", *taken)))
    handle.execute_sql("SELECT set_config('application_name', %s, false)", (named(window) if marks else PROGRAM,))


def others(handle: Any, marks: frozenset[int]) -> tuple[Beside, ...]:
    """At which other connections one of these marks is held, by the name of their windows."""
    found = handle.execute_sql(_OTHERS, (sorted(marks),)).fetchall()
    return tuple(Beside(window_of(name), staff_number_of(user)) for user, name in found)


def named(window: str) -> str:
    """A name for a connection that says at which window it is: in Punycode (RFC 3492), because it may hold nothing but ASCII. One that is
    too long names no window."""
    name = f"{PROGRAM} {window.encode('punycode').decode()}"
    return name if len(name) <= LONGEST and name.isascii() and name.isprintable() else PROGRAM


def window_of(name: str) -> str:
    """The window of a connection's name; empty where it names none."""
    program, _, written = name.partition(" ")
    try:
        found = written.encode("ascii").decode("punycode") if program == PROGRAM else ""
    except UnicodeError:
        return ""
    return found if found.isprintable() else ""
