"""大字：一段话在一块地方里能有多大，就多大；放不下一行的分行，字不裁掉。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, Text, even_lines, set_lines, stack_lines
from counter_assistant.paper.line_breaking import Line, LineBreaker

LEADING = 1.25
REMNANT = 0.5
"""A last line shorter than this part of the width is made longer."""
SMALLER = 0.95
"""What is tried next, by what is too large."""
GIVES_WAY = 0.6
"""Below this part of its largest size a text goes on to a further line rather than become smaller still."""


class Area(NamedTuple):
    """A place for a text, in points from the upper left of what it is drawn in."""

    left: float
    top: float
    width: float
    height: float


class Sizes(NamedTuple):
    """How large a text is set at most and at least, in points, and on how many lines at most."""

    largest: float
    smallest: float
    lines: int = 1


class Fitter:
    """Finds the size of texts that are read from afar."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker

    def fit(
        self, text: str, width: float, height: float, sizes: Sizes, *, strong: bool = False
    ) -> tuple[tuple[Line, ...], float]:
        """The lines of a text and their size: as large as goes into width and height. On more lines only where it would become small."""
        runs = (Run(text, strong=strong),)
        for most in range(1, sizes.lines + 1):
            last = most == sizes.lines
            least = sizes.smallest if last else max(sizes.smallest, sizes.largest * GIVES_WAY**most)
            size = sizes.largest
            while size >= least:
                lines = set_lines(self._breaker, runs, width, size)
                if len(lines) <= most and len(lines) * size * LEADING <= height:
                    return even_lines(self._breaker, runs, width, size, REMNANT), size
                size *= SMALLER
        return set_lines(self._breaker, runs, width, sizes.smallest), sizes.smallest

    def largest(
        self, ways: Sequence[str], width: float, height: float, sizes: Sizes, *, strong: bool = False
    ) -> tuple[tuple[Line, ...], float]:
        """Of several ways to break the same words that at which they are largest; the first where they are alike."""
        tried = [self.fit(way, width, height, sizes, strong=strong) for way in ways]
        return max(tried, key=lambda each: each[1])

    def put(
        self, text: str, area: Area, sizes: Sizes, *, strong: bool = False, align: float = CENTRE
    ) -> tuple[Text, ...]:
        """A text in the middle of the height of its place."""
        lines, size = self.fit(text, area.width, area.height, sizes, strong=strong)
        top = area.top + (area.height - len(lines) * size * LEADING) / 2
        return stack_lines(lines, area.left, top, area.width, size, size * LEADING, align)
