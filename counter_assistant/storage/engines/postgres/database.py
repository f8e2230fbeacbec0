"""服务器上的台账：打开、一次操作一个事务、没有回答时先查清再说。

One act is one transaction at READ COMMITTED that begins by locking the one row of `chain_head`, so that acts follow each other as they
do in a file. See docs/decisions/0056-a-second-engine.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine, JsonAt, JsonKeys, JsonParts
from counter_assistant.storage.engines.postgres import driver, schema
from counter_assistant.storage.engines.postgres.driver import ERRORS
from counter_assistant.storage.engines.postgres.errors import away, refusal_of, unsure
from counter_assistant.storage.engines.postgres.listening import Heard
from counter_assistant.storage.engines.postgres.parts import parts_of
from counter_assistant.storage.engines.postgres.server import Address
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.sealing.book_key import BookKey

PATIENCE = 5.0
"""How long, in seconds, another window is waited for, and a server that does not answer."""
STOPPED = 3
"""After so many seconds in which a window says nothing in the middle of an act the server takes the act back, and lets others write."""
GIVEN_UP = 3.0
"""After so many seconds without an answer to the thread that listens nobody else waits for one."""
ASK_AGAIN, AT_LEAST = 0.2, 1.0
"""After how many seconds a question is asked again, and how long its answer is waited for at the least."""


class Database(Heard, Engine):
    """An open book on a server, which many windows have open. Drafts lie on this PC, in its own book `desk`; whoever looks after the server
    has none."""

    shared, offline = True, False

    def __init__(self, address: Address, desk: Engine | None, clock: Now | None, patience: float) -> None:
        super().__init__(address, clock, patience)
        self.barred, self._desk = desk.barred if desk else None, desk

    @classmethod
    def open(
        cls, address: Address, desk: Engine | None, clock: Now | None = None, *, patience: float = PATIENCE
    ) -> Database:
        """Opens the book of an address, making it where there is none and the user may. The server's clock dates its entries, unless
        another `clock` is given, as while training.

        Raises:
            Refusal: `hall-away`, `hall-settings`, `hall-version`, `book-damaged` (its schema is not as it was made); what `refusal_of` says.
        """
        opened = cls(address, desk, clock, patience)
        try:
            with opened._told():
                handle = opened.handle
                if schema.version_of(handle) is None:
                    opened._make(handle)
                opened._require_ours(handle)
        except BaseException:
            opened.close()
            raise
        return opened

    def _make(self, handle: Any) -> None:
        """Makes the book, unless another window was faster."""
        self.require_writable()
        # A table that is read has the connection hear of what others have made; waiting for an advisory lock has not.
        lock = "SELECT pg_advisory_xact_lock(hashtext('counter-assistant'))"
        driver.several(handle, f"BEGIN; {lock}; SELECT count(*) FROM pg_namespace")
        try:
            self._look_into_schema(handle)
            if schema.version_of(handle) is None:
                driver.several(handle, f"CREATE SCHEMA IF NOT EXISTS {schema.quoted(self.address.schema)}")
                schema.create(handle, self.address.schema)
            driver.commit(handle, self._patience)
        finally:
            self._undo(handle)

    def _require_ours(self, handle: Any) -> None:
        schema.require_version(schema.version_of(handle))
        for problem in schema.schema_problems(handle):
            raise self.damaged(problem.rstrip("。"))

    @property
    def desk(self) -> Engine:
        """This PC's own book."""
        return self._desk or self

    @property
    def digest_secret(self) -> bytes:
        """Empty: the disk of a server is sealed by whoever runs it."""
        return b""

    def work_as(self, address: Address) -> None:
        """From now on whoever the address names works here, whom the thread that listens is too."""
        self.address = address
        self._end_listening()
        self.read_anew()

    @property
    def handle(self) -> Any:
        """The connection. A server that has been silent for a while is not asked: each key would wait for it.

        Raises:
            Refusal: `hall-away`.
        """
        if self.silent > GIVEN_UP:
            raise away()
        return super().handle

    def let_go(self) -> None:
        """Ends the connection until it is next used, and lets go of this PC's own book."""
        self._drop()
        if self._desk:
            self._desk.let_go()

    def take_up(self) -> None:
        """Takes up this PC's own book."""
        if self._desk:
            self._desk.take_up()

    def close(self) -> None:
        """Ends the connection, and closes this PC's own book."""
        self._end_listening()
        self._drop()
        self._closed = True
        if self._desk:
            self._desk.close()

    @contextmanager
    def query(self) -> Iterator[Any]:
        """Each query by itself."""
        with self._told():
            yield self.handle

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Several queries that see one state of the book."""
        with self._told():
            handle = self.handle
            driver.several(handle, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                yield handle
            finally:
                self._undo(handle)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One act, alone in writing from the first thing it asks: durable when the block is left, undone when it raises.

        Raises:
            Refusal: `book-locked` (another window writes for longer), `hall-unsure`, `hall-away`; what the book is barred for.
        """
        self.require_writable()
        with self._told():
            handle, began = self.handle, 0
            handle.appended = None

            def told(answer: tuple[Any, ...]) -> None:
                nonlocal began
                began, self._act_at = int(answer[0]), self._noted(answer[1])

            try:
                with driver.gathered(handle, self._beginning, told):
                    yield handle
                    written = handle.appended or handle.execute_sql("SELECT seq, hash FROM chain_head").fetchall()[0]
                    self._commit(handle, began, *written)
            except BaseException:
                self._undo(handle)
                raise
            finally:
                self._act_at = None

    together = staticmethod(driver.together)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps every other window from writing until the end, or until nothing was said for `STOPPED` seconds."""
        self.require_writable()
        with self._told():
            handle = self.handle
            try:
                self._begin(handle)
                yield
            finally:
                self._undo(handle)

    def settle(self) -> None:
        """Asks as an act, which waits for the standbys: a server that died while it waited for them has what they may not have.

        Raises:
            Refusal: `hall-unsure`.
        """
        try:
            handle = self.handle
            self._begin(handle)
            if driver.commit(handle, self._patience) == "COMMIT":
                return
        except ERRORS as error:
            self._drop()
            raise unsure() from error
        raise unsure()

    @property
    def _beginning(self) -> tuple[str, ...]:
        """What begins an act, with the lock; its answer is the number of the last entry, and the time at which it had the lock.

        A row that others wait for takes two locks, and lock_timeout is for each of them."""
        return (
            "BEGIN",
            f"SET LOCAL idle_in_transaction_session_timeout = '{STOPPED}s'",
            f"SET LOCAL statement_timeout = {round(self._patience * 1000) or 1}",
            "SELECT seq FROM chain_head FOR UPDATE",
            "SET LOCAL statement_timeout = DEFAULT",
            "SELECT seq, clock_timestamp() FROM chain_head",
        )

    def _begin(self, handle: Any) -> None:
        """Begins what is asked as an act is."""
        self._noted(driver.several(handle, "; ".join(self._beginning))[0][1])

    def _commit(self, handle: Any, began: int, seq: int, entry_hash: bytes) -> None:
        try:
            said = driver.commit(handle, self._patience)
        except ERRORS as error:
            if not driver.is_lost(handle):
                self._undo(handle)
                raise
            if seq == began:
                raise unsure() from error  # what writes no entry cannot be looked up, and may be done again
            if self._has(seq, entry_hash):
                return
            raise refusal_of(error) or error from error
        if said == driver.IN_DOUBT:
            raise unsure()

    def _has(self, seq: int, entry_hash: bytes) -> bool:
        """Whether an entry of which no answer came is in the book, asked until the server answers or the patience ends.

        The question is an act itself: it waits for the lock that the other may still hold, and for the standbys.

        Raises:
            Refusal: `hall-unsure`: nobody says.
        """
        ends = time.monotonic() + self._patience
        while True:
            try:
                handle = self.handle
                self._begin(handle)
                query = "SELECT 1 FROM entry WHERE seq = %s AND hash = %s"
                found = handle.execute_sql(query, (seq, entry_hash)).fetchall()
                if driver.commit(handle, max(ends - time.monotonic(), AT_LEAST)) == "COMMIT":
                    return bool(found)
            except (*ERRORS, Refusal):
                self._drop()
            if time.monotonic() > ends:
                raise unsure()
            time.sleep(ASK_AGAIN)

    def sealing(self, key: BookKey, write_keys: Callable[[Engine], None]) -> Generator[str, None, None]:
        """Refused: a server has its disk sealed, not a book of it.

        Raises:
            Refusal: `hall-not-sealed`.
        """
        yield from ()
        raise Refusal("hall-not-sealed", "服务器上的台账不在这里密封。", "服务器磁盘的加密由它的管理员负责。")

    def problems(self) -> Iterator[str]:
        """What of the schema is not as it was made; the pages are the server's own to check."""
        return schema.schema_problems(self.handle)

    def write_anew(self) -> bool:
        """Left to whoever looks after the server: it locks everybody out."""
        return False

    @staticmethod
    def contains(text: Any, part: str) -> Any:
        """The condition that a text holds a part as it stands. No text here holds NUL, and so no part that does is found."""
        return peewee.SQL("1 = 0") if "\0" in part else peewee.fn.STRPOS(text, part) > 0

    def json_parts(self, body: Any, *wanted: JsonKeys | JsonAt) -> JsonParts:
        """The parts are taken out here: contents travel packed, and no server unpacks them."""

        def read(stored: tuple[Any, ...]) -> tuple[str | None, ...]:
            try:
                return parts_of(stored[0], wanted)
            except ValueError as error:
                raise self.damaged("内容读不出") from error

        return JsonParts((body,), read)
