"""可以看进度、可以中途停下的计算：一段一段地做，做一段说一声."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a computation has come, in steps of its own."""

    done: int
    all: int


Stoppable = Generator[Reached, None, T]
"""A computation that says now and then how far it is and returns its result. It stops where nobody asks for more."""


def run_through(work: Generator[S, None, T], told: Callable[[S], bool] = lambda _: True) -> T | None:
    """The result of what is done piece by piece; None where `told`, which hears how far it is, said False and so stopped it."""
    while True:
        try:
            reached = next(work)
        except StopIteration as end:
            result: T = end.value
            return result
        if not told(reached):
            work.close()
            return None


def share_of(work: Stoppable[T], nth: int, of: int) -> Stoppable[T]:
    """One of several computations, the first being number 0, which says how far they have come together."""
    while True:
        try:
            reached = next(work)
        except StopIteration as end:
            result: T = end.value
            return result
        yield Reached(nth * reached.all + reached.done, of * reached.all)
