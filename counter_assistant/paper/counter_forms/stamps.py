"""盖在别人的表上的字：一处一个值，太宽的缩小，再宽的分行，什么也不裁掉."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import Block, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.counter_forms.bands import LEADING
from counter_assistant.paper.geometry.measures import Measures
from counter_assistant.paper.line_breaking import LineBreaker

SMALLEST = 6.0
STEP = 0.5


class Stamp(NamedTuple):
    """A text: the left end and the middle of its first line, from the upper left corner, its width and size, all in points."""

    text: str
    x: float
    y: float
    width: float
    size: float


def sheet_of(size: tuple[float, float]) -> Measures:
    """The measures of a sheet that is all margin."""
    return Measures(size, 0.0, size[0], 0.0, size[1])


def stamp_page(breaker: LineBreaker, stamps: Sequence[Stamp], lower: float = 0.0) -> list[Placed]:
    """One page with its texts; it is so much lower than the highest of its document."""
    texts = [text for stamp in stamps for text in _set(breaker, stamp)]
    return [Placed(lower, Block(0.0, tuple(texts)))]


def _set(breaker: LineBreaker, stamp: Stamp) -> tuple[Text, ...]:
    size = stamp.size
    lines = set_lines(breaker, (Run(stamp.text),), stamp.width, size)
    while len(lines) > 1 and size - STEP >= SMALLEST:
        size -= STEP
        lines = set_lines(breaker, (Run(stamp.text),), stamp.width, size)
    pitch = size * LEADING
    top = stamp.y - pitch * len(lines) / 2
    return stack_lines(lines, stamp.x, top, stamp.width, size, pitch)
