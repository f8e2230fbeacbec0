"""听别的窗口：服务器有了新的记录就说一声（NOTIFY），没有听到的，每两秒自己去看一次；谁还开着同一位，也在这里看。

A connection and a thread of its own, so that a server that does not answer holds up no key. What is heard is the number of the last entry
and nothing else.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Event, Thread
from typing import Any, NamedTuple

from counter_assistant.storage.engines.engine import Beside
from counter_assistant.storage.engines.postgres import driver, presence, schema
from counter_assistant.storage.engines.postgres.connection import Connection
from counter_assistant.storage.engines.postgres.driver import ERRORS
from counter_assistant.storage.engines.postgres.server import Address

LOOK_S, AGAIN_S, END_S = 2.0, 1.0, 1.0
"""How long is listened before it is looked, how long after an error it is tried again, and how long its end is waited for."""


class _Attended(NamedTuple):
    """What is open at this window, and what the window is called."""

    marks: frozenset[int] = frozenset()
    window: str = ""


class Listening:
    """What is known of the last entry of a book without asking for it; 0 until something is."""

    def __init__(self, address: Address, patience: float) -> None:
        self.seq = 0
        self._away: float | None = None
        self._address, self._patience, self._ended = address, patience, Event()
        self._handle: Any = None
        self._attended = _Attended()
        self._found: tuple[_Attended, tuple[Beside, ...]] = (self._attended, ())
        self._rouse, self._roused = socket.socketpair()
        for end in (self._rouse, self._roused):
            end.setblocking(False)
        self._thread = Thread(target=self._go_on, daemon=True)
        self._thread.start()

    @property
    def silent(self) -> float:
        """For how many seconds the server has not answered; 0 while it does."""
        away = self._away
        return 0.0 if away is None else time.monotonic() - away

    def attend(self, marks: frozenset[int], window: str) -> None:
        """Has the other windows know from now on that what these marks stand for is open here; nothing is waited for."""
        if (marks, window) != self._attended:
            self._attended = _Attended(marks, window)
            self._wake()

    @property
    def beside(self) -> tuple[Beside, ...]:
        """At which other windows one of those marks is open as well, as it was seen when it was last looked."""
        attended, found = self._found
        return found if attended is self._attended else ()

    def end(self) -> None:
        """Listens no more."""
        self._ended.set()
        self._wake()
        if (handle := self._handle) is not None:
            driver.cut(handle)
        self._thread.join(END_S)

    def _wake(self) -> None:
        with suppress(OSError):  # it has more than enough to wake for, or has ended
            self._rouse.send(b"\0")

    def _go_on(self) -> None:
        with self._rouse, self._roused:
            while not self._ended.is_set():
                try:
                    self._listen()
                except ERRORS:
                    self._away, self._found = self._away or time.monotonic(), (_Attended(), ())
                    self._ended.wait(AGAIN_S)

    def _listen(self) -> None:
        handle = driver.handle(self._address, patience=self._patience)
        handle.connect()
        self._handle = handle
        held = _Attended()
        try:
            driver.several(
                handle, f"{presence.ENDS_AFTER}; LISTEN {schema.quoted(schema.channel(self._address.schema))}"
            )
            while not self._ended.is_set():
                query = f"SELECT seq FROM {schema.quoted(self._address.schema)}.chain_head"
                self.seq = max(self.seq, int(driver.several(handle, query)[0][0]))
                held = self._look_beside(handle, held)
                self._away = None
                self._hear(handle, held)
        finally:
            self._handle = None
            handle.close()

    def _hear(self, handle: Any, held: _Attended) -> None:
        """Hears what is said until it is to be looked again. What is said is known by it: no window of a hall asks after each act of all."""
        ends = time.monotonic() + LOOK_S
        while self._attended == held and (left := ends - time.monotonic()) > 0:
            said = driver.heard(handle, left, self._roused)
            if not said:
                return
            self.seq = max(self.seq, *said)

    def _look_beside(self, handle: Any, held: _Attended) -> _Attended:
        attended = self._attended
        found: tuple[Beside, ...] = ()
        try:
            if attended != held:
                presence.hold(handle, *attended)
            found = presence.others(handle, attended.marks) if attended.marks else ()
        except ERRORS:  # not all that speak PostgreSQL know such locks, and nothing depends on them
            if driver.is_lost(handle):
                raise
        self._found = (attended, found)
        return attended


class Heard(Connection):
    """A connection beside which a thread listens, from when it is first asked what it has heard."""

    _listening: Listening | None = None

    @property
    def heard(self) -> int:
        """The number of the last entry, as a thread of its own hears of it from now on; 0 until it has."""
        return self._listens.seq

    def attend(self, marks: frozenset[int], window: str) -> None:
        """Held by the connection of the thread that listens, as long as it is there."""
        self._listens.attend(marks, window)

    @property
    def beside(self) -> tuple[Beside, ...]:
        """As the thread that listens has seen it."""
        return self._listens.beside

    @property
    def _listens(self) -> Listening:
        if self._listening is None:
            self._listening = Listening(self.address, self._patience)
        return self._listening

    @property
    def silent(self) -> float:
        """For how long the server has not answered the thread that listens."""
        return self._listening.silent if self._listening else 0.0

    def _end_listening(self) -> None:
        if self._listening:
            self._listening.end()
            self._listening = None
