"""交给另一个线程去做的一件事：谁也不必等它做完，退出时也不等."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class BackgroundJob(Generic[T]):
    """Does something in a thread of its own, which ends with the program whatever it is waiting for."""

    def __init__(self, act: Callable[[], T]) -> None:
        self._act, self._done, self._begun = act, Event(), time.monotonic()
        self._results: list[T] = []
        self._error: BaseException | None = None
        self.took = 0.0
        """How many seconds it took, once it is done."""
        Thread(target=self._run, name="journal", daemon=True).start()

    def _run(self) -> None:
        try:
            self._results.append(self._act())
        except BaseException as error:
            self._error = error
        self.took = self.age
        self._done.set()

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
