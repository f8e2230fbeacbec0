"""一包收到哪里：核对、放进去、逐条问过、做出各视图；听的人说停，就在那里停下."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
EVERY = 200
"""After so many entries it is said how far it is, and may be stopped."""


class Step(StrEnum):
    """What is done with the entries of a bundle, one step after the other."""

    VERIFIED = "verified"
    PUT_IN = "put_in"
    ASKED = "asked"
    SHOWN = "shown"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    Step.VERIFIED: "核对包里的记录",
    Step.PUT_IN: "放进网点的台账",
    Step.ASKED: "逐条再核对",
    Step.SHOWN: "编排档案和检索",
}
Heard = Callable[[Step, int], object]
"""Hears how many entries a step has done. What it raises ends the taking there; nothing has changed then."""


def unheard(_step: Step, _done: int) -> None:
    """Nobody hears it."""


def telling(step: Step, entries: Iterable[T], heard: Heard) -> Iterator[T]:
    """The same entries; now and then it is said how many there were."""
    for n, entry in enumerate(entries):
        if n % EVERY == 0:
            heard(step, n)
        yield entry
