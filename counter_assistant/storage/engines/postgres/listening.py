"""听别的窗口：服务器有了新的记录就说一声（NOTIFY），没有听到的，每两秒自己去看一次。

A connection and a thread of its own, so that a server that does not answer holds up no key. What is heard is the number of the last entry
and nothing else.
"""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import Any

from counter_assistant.storage.engines.postgres import driver, schema
from counter_assistant.storage.engines.postgres.driver import ERRORS
from counter_assistant.storage.engines.postgres.server import Address

LOOK_S, AGAIN_S, END_S = 2.0, 1.0, 1.0
"""How long is listened before it is looked, how long after an error it is tried again, and how long its end is waited for."""


class Listening:
    """What is known of the last entry of a book without asking for it; 0 until something is."""

    def __init__(self, address: Address, patience: float) -> None:
        self.seq = 0
        self._away: float | None = None
        self._address, self._patience, self._ended = address, patience, Event()
        self._handle: Any = None
        self._thread = Thread(target=self._go_on, daemon=True)
        self._thread.start()

    @property
    def silent(self) -> float:
        """For how many seconds the server has not answered; 0 while it does."""
        away = self._away
        return 0.0 if away is None else time.monotonic() - away

    def end(self) -> None:
        """Listens no more."""
        self._ended.set()
        if (handle := self._handle) is not None:
            driver.cut(handle)
        self._thread.join(END_S)

    def _go_on(self) -> None:
        while not self._ended.is_set():
            try:
                self._listen()
            except ERRORS:
                self._away = self._away or time.monotonic()
                self._ended.wait(AGAIN_S)

    def _listen(self) -> None:
        handle = driver.handle(self._address, patience=self._patience)
        handle.connect()
        self._handle = handle
        try:
            driver.several(handle, f"LISTEN {schema.quoted(schema.channel(self._address.schema))}")
            while not self._ended.is_set():
                query = f"SELECT seq FROM {schema.quoted(self._address.schema)}.chain_head"
                self.seq = max(self.seq, int(driver.several(handle, query)[0][0]))
                self._away = None
                self.seq = max([self.seq, *driver.heard(handle, LOOK_S)])
        finally:
            self._handle = None
            handle.close()
