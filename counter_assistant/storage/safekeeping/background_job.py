"""交给另一个线程去做的一件事：谁也不必等它做完，退出时也不等."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class BackgroundJob(Generic[T]):
    """Does something in another thread, which ends with the program whatever it is waiting for."""

    def __init__(self, act: Callable[[], T]) -> None:
        self._act, self._done, self._begun = act, Event(), time.monotonic()
        self._results: list[T] = []
        self._error: BaseException | None = None
        self.took = 0.0
        """How many seconds it took, once it is done."""
        _idle_worker().begin(self._run, self._done)

    def _run(self) -> None:
        try:
            self._results.append(self._act())
        except BaseException as error:
            self._error = error
        self.took = self.age

    @property
    def age(self) -> float:
        """Seconds since it was begun."""
        return time.monotonic() - self._begun

    def wait(self, seconds: float) -> bool:
        """Whether it is done, after so many seconds at most."""
        return self._done.wait(max(seconds, 0.0))

    def result(self) -> T:
        """What it gave, once it is done; what it raised is raised."""
        if self._error:
            raise self._error
        return self._results[0]


class _Worker:
    """A thread that does one job after the other: to start one for each act takes as long as writing the line. While one hangs at a
    place that does not answer, the next job gets another."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[], None], Event]] = SimpleQueue()
        Thread(target=self._work, name="journal", daemon=True).start()

    def begin(self, run: Callable[[], None], done: Event) -> None:
        """Gives it something to do; it is idle until then."""
        self._jobs.put((run, done))

    def _work(self) -> None:
        while True:
            run, done = self._jobs.get()
            run()
            _IDLE.append(self)
            done.set()


_IDLE: list[_Worker] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_IDLE.clear)  # no thread goes over into another process


def _idle_worker() -> _Worker:
    try:
        return _IDLE.pop()
    except IndexError:
        return _Worker()
