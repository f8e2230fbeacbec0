"""一句话怎么送到服务器：等回答时说一声，开头的几句和要写的几行跟下一句一起送，送完就停。"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import chain, islice
from math import inf
from typing import Any

from counter_assistant.storage.engines.postgres.without_ssl import psycopg

_TOGETHER = 500
"""How many rows one statement inserts."""


class Connection(psycopg.Connection[Any]):
    """A connection that tells while it waits for an answer; psycopg resumes what waits every tenth of a second."""

    waited: Callable[[float], object] | None = None
    """Called with for how many seconds an answer has been waited for, and with 0 once it came, if it was called before."""
    first: tuple[Sequence[str], Callable[[tuple[Any, ...]], object]] | None = None
    """Statements that begin an act, and who is told what the last of them answers; they travel with the next one."""
    later: list[tuple[Any, Any]] | None = None
    """Statements whose answers nobody asks for, within `gathered`."""

    _until = inf
    """When an answer is no longer waited for, in seconds of time.monotonic."""

    @contextmanager
    def no_longer(self, seconds: float) -> Iterator[None]:
        """Cuts it off where an answer has not come after so long, so that whoever waits hears of it."""
        self._until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._until = inf

    def wait(self, gen: Any, *options: Any, **named: Any) -> Any:
        return super().wait(self._watched(gen), *options, **named)

    def _watched(self, waiting: Any) -> Generator[Any, Any, Any]:
        """The same generator, which tells each time that it is resumed without anything having come, and cuts off what took too long."""
        began, told = time.monotonic(), False
        try:
            wanted = next(waiting)
            while True:
                ready = yield wanted
                if not ready:
                    now = time.monotonic()
                    if self.waited:
                        told = True
                        self.waited(now - began)
                    if now > self._until:
                        cut_off(self)
                wanted = waiting.send(ready)
        except StopIteration as end:
            return end.value
        finally:
            if told and self.waited:
                self.waited(0.0)


def cut_off(connection: Connection) -> None:
    """Ends what a connection goes by, so that whoever waits on it, in whatever thread, hears of it."""
    with suppress(OSError, psycopg.Error):
        line = socket.socket(fileno=connection.fileno())
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()  # it is the connection's, which closes it


def pipeline(connection: Connection) -> AbstractContextManager[object]:
    """Statements without waiting for what becomes of each; one after the other where the system's libpq is older than 14."""
    return connection.pipeline() if psycopg.Pipeline.is_supported() else nullcontext()


class Cursor(psycopg.Cursor[Any]):
    """A cursor whose statements reach the server whole, one message each. What psycopg sends as a pipeline is one command to the server until
    its end: a window that stands still within it is not idle, and would hold the lock of its act for ever."""

    connection: Connection

    def execute(self, query: Any, params: Any = None, **named: Any) -> Cursor:
        """With what begins the act and what was kept for later before it, in one message; an error of theirs is raised here."""
        first, later = self.connection.first, self.connection.later
        if not (first or later):
            return super().execute(query, params, **named)
        kept, self.connection.first = (later or [])[:], None
        if later:
            later.clear()
        # A pipeline takes one statement at a time, and is for a book that nobody else writes.
        if self.connection.pgconn.pipeline_status:
            for each in kept:
                psycopg.Cursor(self.connection).execute(*each)
            return super().execute(query, params, **named)
        written, (beginning, told) = psycopg.ClientCursor(self.connection).mogrify, first or ((), None)
        super().execute(";".join((*beginning, *(written(*each) for each in (*kept, (query, params))))), prepare=False)
        if told:
            for _ in beginning[1:]:
                self.nextset()
            told(self.fetchall()[0])
        while self.nextset():
            pass
        return self

    def executemany(self, query: Any, params_seq: Iterable[Any], *, returning: bool = False) -> None:
        """Inserts rows, many by one statement, but for those that may be written over each other."""
        rows = iter(params_seq)
        together = 1 if "DO UPDATE" in query else _TOGETHER
        later = self.connection.later
        while several := list(islice(rows, together)):
            marks = f"({', '.join('%s' for _ in several[0])})"
            said = query.replace(marks, ", ".join(marks for _ in several), 1), list(chain.from_iterable(several))
            if later is None:
                self.execute(*said)
            else:
                later.append(said)
