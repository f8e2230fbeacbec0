"""与台账服务器的连接：断了再连，错误说成话，服务器的钟记在本机。"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.postgres import driver, schema
from counter_assistant.storage.engines.postgres.driver import ERRORS
from counter_assistant.storage.engines.postgres.errors import AWAY, busy, damaged, refusal_of
from counter_assistant.storage.engines.postgres.line import connected
from counter_assistant.storage.engines.postgres.server import Address, require_fit
from counter_assistant.storage.sealing.book_key import BookKey

_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = left(%s, 63) AND pid <> pg_backend_pid()"""
_NOTICED = "; ".join(
    f"SET tcp_{name} = {value}"
    for name, value in {
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "user_timeout": 5000,
    }.items()
)
"""Has the server notice within 5 s that the PC went silent, whatever it was about to say."""


class Connection:
    """A connection to the server of a book, made anew where it has ended.

    `patience` is how long, in seconds, a server is waited for. `clock` dates the entries in the place of the server's own.
    """

    def __init__(self, address: Address, clock: Now | None, patience: float) -> None:
        self.address = address
        self.key: BookKey | None = None
        self.barred: Refusal | None = None
        self._patience, self._asks = patience, clock is None
        self.clock: Now = clock or self._reckoned
        self._connected: Any = None
        self._closed = False
        self._at: tuple[datetime, float] | None = None
        self.waiting: Callable[[float], object] = lambda _seconds: None
        self._told_of_waiting = False
        self._act_at: datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether the book was closed for good."""
        return self._closed

    @property
    def handle(self) -> Any:
        """The peewee database, connected anew where the connection has ended.

        Raises:
            Refusal: `book-locked`: an answer is waited for just now.
        """
        if self._closed:
            raise ValueError("the book has been closed")
        if self._told_of_waiting:  # the connection is in the midst of something
            raise busy()
        if self._connected is None or driver.is_lost(self._connected):
            self._connect()
        return self._connected

    def _waits(self, seconds: float) -> None:
        self._told_of_waiting = True
        try:
            self.waiting(seconds)
        finally:
            self._told_of_waiting = False

    def _connect(self) -> None:
        self._drop()
        handle = connected(self.address, patience=self._patience, waited=self._waits)
        try:
            require_fit(handle)
            self._look_into_schema(handle)
        except BaseException:
            handle.close()
            raise
        self._connected = handle

    def _look_into_schema(self, handle: Any) -> None:
        driver.several(handle, f"{_NOTICED}; SET search_path TO {schema.quoted(self.address.schema)}, pg_catalog")

    def _drop(self) -> None:
        if self._connected is not None:
            with suppress(*ERRORS):
                self._connected.close()
            self._connected = None

    def _undo(self, handle: Any) -> None:
        """Takes back what is open; a connection that has ended did so by itself."""
        if driver.is_lost(handle):
            self._drop()
        elif driver.in_transaction(handle):
            with suppress(*ERRORS):
                driver.several(handle, "ROLLBACK")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error becomes its Refusal."""
        try:
            yield
        except ERRORS as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            if refusal.code == AWAY:
                self._drop()
            raise refusal from error

    def now(self) -> datetime:
        """One reading of the clock, in whole seconds, with the offset of this PC; within an act the one that it began with."""
        if self._asks:
            asked = self._act_at or self._asked()  # with which an act may begin
            reading = self._act_at or asked
        else:
            reading = self.clock()
        if reading.tzinfo is None:
            raise ValueError("the clock must give its offset")
        return reading.replace(microsecond=0)

    def _asked(self) -> datetime:
        with self._told():
            return self._noted(self.handle.execute_sql("SELECT clock_timestamp()").fetchall()[0][0])

    def _noted(self, reading: datetime) -> datetime:
        self._at = (reading.astimezone(), time.monotonic())
        return self._at[0]

    def _reckoned(self) -> datetime:
        """The server's time as it was when it was last asked, and what has passed here since."""
        if self._at is None:
            self.now()
        assert self._at is not None
        reading, passed = self._at
        return (reading + timedelta(seconds=time.monotonic() - passed)).astimezone()

    def refusal_of(self, error: BaseException) -> Refusal | None:
        """What an error of the server says in words."""
        return refusal_of(error)

    def damaged(self, detail: str) -> Refusal:
        """The refusal for this book."""
        return damaged(self.address.schema, detail)

    def read_anew(self) -> None:
        """Connects anew."""
        self._drop()
        with self._told():
            self._connect()

    def others(self) -> int:
        """How many connections other windows have to the book, on any PC."""
        with self._told():
            return int(self.handle.execute_sql(_OTHERS, (f"{self.address.schema} {driver.PROGRAM}",)).fetchall()[0][0])

    def require_writable(self) -> None:
        """Asks whether anything may be written.

        Raises:
            Refusal: that for which the book is only read.
        """
        if self.barred:
            raise self.barred
