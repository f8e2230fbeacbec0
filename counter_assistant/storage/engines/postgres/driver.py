"""一个 PostgreSQL 连接：只有这里认得驱动；没有设定服务器的电脑从不载入它。

psycopg 3 comes with `counter-assistant[hall]`. It is imported by whoever opens a book on a server, and by nobody else.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol, cast

from counter_assistant.storage.engines.postgres.sending import Connection, Cursor, cut_off, pipeline
from counter_assistant.storage.engines.postgres.without_ssl import psycopg
from counter_assistant.storage.orm import peewee

ERRORS = (peewee.PeeweeException, psycopg.Error, UnicodeEncodeError)
"""What goes wrong between here and a server. Half a character, which no server is sent, is an error of Python's."""

PROGRAM = "counter-assistant"
"""What a connection is called by the server, after the book that it is for."""
IN_DOUBT = "01000"
"""SQLSTATE of the warning that a COMMIT was not waited for: it is here, and may not be on a standby."""

_ALL = 4096


class Handle(peewee.PostgresqlDatabase):
    """A connection as peewee uses it. Its own adapters want a driver that was there when it was imported."""

    waited: Callable[[float], object] | None = None
    appended: tuple[int, bytes] | None = None
    """Number and hash of the entry that was appended last in an act: it is looked for by them where its COMMIT has no answer."""

    def _connect(self) -> Any:
        try:
            made = Connection.connect(self.database, autocommit=True, cursor_factory=Cursor, **self.connect_params)
        except psycopg.OperationalError as error:
            if "target_session_attrs" not in self.database or not is_of_password(error) or not self._lets_in():
                raise
            raise psycopg.OperationalError("the servers that answer are standbys") from error
        made.waited = self.waited
        return made

    def _lets_in(self) -> bool:
        """Whether one of several servers takes the password, though none was what is wanted."""
        with suppress(psycopg.Error):
            psycopg.connect(self.database, **{**self.connect_params, "target_session_attrs": "any"}).close()
            return True
        return False

    def _set_server_version(self, conn: Any) -> None:
        self.server_version = conn.info.server_version


class Reached(Protocol):
    """What is connected to: what libpq takes, and what is typed at the beginning of a shift, which stands in no address."""

    @property
    def server(self) -> str: ...

    @property
    def schema(self) -> str: ...

    @property
    def signed(self) -> dict[str, str]: ...


def handle(address: Reached, *, patience: float) -> Handle:
    """The peewee database of an address, still to be connected. `patience` is how long, in seconds, a server is waited for."""
    seconds = max(2, round(patience))
    return Handle(
        address.server, **cast(dict[str, Any], address.signed), thread_safe=False, autoconnect=False, connect_timeout=seconds,
        tcp_user_timeout=round(patience * 1000) or 1, keepalives_idle=seconds, keepalives_interval=1, application_name=f"{address.schema} {PROGRAM}",
    )  # fmt: skip


def is_reached(server: str, patience: float) -> bool:
    """Whether a server answers at all, whoever asks (libpq's PQping); waited for that long, in seconds."""
    asked = f"{server} connect_timeout={max(2, round(patience))}"
    return psycopg.pq.PGconn.ping(asked.encode()) == psycopg.pq.Ping.OK


def fields_of(address: str) -> dict[str, str]:
    """The parts of an address as libpq reads it.

    Raises:
        ValueError: it is none.
    """
    try:
        return {name: str(value) for name, value in psycopg.conninfo.conninfo_to_dict(address).items()}
    except psycopg.ProgrammingError as error:
        raise ValueError(str(error)) from error


def address_of(fields: dict[str, str]) -> str:
    """The address that some parts make."""
    return psycopg.conninfo.make_conninfo("", **fields)


def several(handle: Any, statements: str) -> list[tuple[Any, ...]]:
    """Runs statements without values in one round trip, and gives the rows of the last."""
    cursor = handle.connection().execute(statements)
    while cursor.nextset():
        pass
    return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def gathered(handle: Any, first: Sequence[str], told: Callable[[tuple[Any, ...]], object]) -> Iterator[None]:
    """An act: what it begins with travels together with its first statement, and `told` is given the last answer to that; rows that are
    inserted travel with the next statement. Both fail there; who ends without any sends nothing."""
    connection = handle.connection()
    connection.first, connection.later = (first, told), []
    try:
        yield
    finally:
        connection.first = connection.later = None


def scrammed(handle: Any, user: str, password: str) -> str:
    """What a server keeps of a password, made here (libpq's PQencryptPasswordConn)."""
    kept = handle.connection().pgconn.encrypt_password(password.encode(), user.encode(), b"scram-sha-256")
    return bytes(kept).decode()


def commit(handle: Any, patience: float) -> str:
    """Ends the transaction: `COMMIT`, `ROLLBACK` where it had failed before, and IN_DOUBT where the server did not wait for its standbys.
    No answer is waited for longer than the `patience`, in seconds: what waits for a standby that is not there would never come.

    Raises:
        psycopg.Error: no answer came, or another.
    """
    connection = handle.connection()
    with connection.no_longer(patience), _warnings(connection) as warned:
        said = str(connection.execute("COMMIT").statusmessage)
    return IN_DOUBT if IN_DOUBT in warned else said


@contextmanager
def together(handle: Any) -> Iterator[None]:
    """Sends statements without waiting for what becomes of each; the first that fails raises at the end at the latest."""
    if handle.connection().first:
        several(handle, "SELECT 1")  # a pipeline takes one statement at a time, and an act begins with several
    with pipeline(handle.connection()):
        yield


def cut(handle: Any) -> None:
    """Ends a connection that another thread waits on, so that it hears of it."""
    if not handle.is_closed():
        cut_off(handle.connection())


@contextmanager
def _warnings(connection: Any) -> Iterator[list[str]]:
    """The SQLSTATEs of what the server says beside its answers."""
    said: list[str] = []

    def hear(diagnostic: Any) -> None:
        said.append(str(diagnostic.sqlstate))

    connection.add_notice_handler(hear)
    try:
        yield said
    finally:
        connection.remove_notice_handler(hear)


def heard(handle: Any, seconds: float, rouse: socket.socket) -> list[int]:
    """The numbers that other connections said, as soon as one does; none where nobody says anything for so long, or something came by
    `rouse`, which is emptied."""
    connection = handle.connection()
    if said := list(connection.notifies(timeout=0)):
        return [int(one.payload) for one in said]
    with selectors.DefaultSelector() as waits:
        waits.register(connection.fileno(), selectors.EVENT_READ)
        waits.register(rouse, selectors.EVENT_READ)
        waits.select(seconds)
    with suppress(BlockingIOError):
        rouse.recv(_ALL)
    return [int(one.payload) for one in connection.notifies(timeout=0)]


def is_lost(handle: Any) -> bool:
    """Whether the connection has ended."""
    return bool(handle.is_closed() or handle.connection().closed or handle.connection().broken)


def in_transaction(handle: Any) -> bool:
    """Whether a transaction is open, be it one that failed."""
    return bool(handle.connection().info.transaction_status != psycopg.pq.TransactionStatus.IDLE)


def state_of(error: BaseException) -> str:
    """The SQLSTATE of an error that peewee may have wrapped; empty where the server gave none."""
    return next((str(seen.sqlstate) for seen in _said(error) if seen.sqlstate), "")


def is_of_connection(error: BaseException) -> bool:
    """Whether an error came without a SQLSTATE because no server answered."""
    said = _said(error)
    not_sent = any(isinstance(seen, psycopg.errors.PipelineAborted) for seen in said)  # what came after one that failed
    return not (state_of(error) or not_sent) and any(isinstance(seen, psycopg.OperationalError) for seen in said)


def is_of_password(error: BaseException) -> bool:
    """Whether a connection was not let in for its user or password. libpq gives no SQLSTATE of that, and the server's sentence may be of
    any language; but what is said of a user names it, unlike that there is no room or no such database."""
    told = [one for one in _said(error) if isinstance(one, psycopg.OperationalError)]
    return not state_of(error) and any(_is_about_user(one) for one in told)


def _is_about_user(told: psycopg.OperationalError) -> bool:
    asked = told.pgconn
    return bool(asked and (asked.needs_password or (asked.used_password and asked.user.decode() in str(told))))


def is_not_text(error: BaseException) -> bool:
    """Whether a text was refused before it was sent: the driver sends no NUL."""
    return not state_of(error) and any(isinstance(seen, psycopg.DataError) for seen in _said(error))


def is_twice(error: BaseException, table: str, column: str) -> bool:
    """Whether a column that holds each value once would have held one twice."""
    unique = f"{table}_{column}_key"  # as PostgreSQL names it
    return any(
        isinstance(seen, psycopg.errors.UniqueViolation) and seen.diag.constraint_name == unique
        for seen in _said(error)
    )


def _said(error: BaseException) -> list[psycopg.Error]:
    """The driver's own errors behind one that peewee may have wrapped."""
    seen = (error, *error.args, error.__cause__, error.__context__)
    return [one for one in seen if isinstance(one, psycopg.Error)]
