"""Where the texts of a page lie, and who cuts into whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from counter_assistant.paper.blocks import Placed

ABOVE, BELOW = 0.88, 0.12
"""The parts of its size by which an ideograph stands above and below its baseline."""


class Extent(NamedTuple):
    """A line of text: its words, and its edges in points from the upper left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def within(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether it lies in an area, to a tenth of a point."""
        return (
            self.left >= left - 0.1
            and self.top >= top - 0.1
            and self.right <= right + 0.1
            and self.bottom <= bottom + 0.1
        )

    def meets(self, other: Extent) -> bool:
        """Whether two of them overlap."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1
        )


def extents(page: Sequence[Placed], margin: float = 0.0) -> Iterator[Extent]:
    """The lines of text of a page."""
    for top, block in page:
        for text in block.texts:
            left, baseline = margin + text.x, top + text.y
            width = text.line.width * text.size / 1000
            yield Extent(text.line.text, left, baseline - ABOVE * text.size, left + width, baseline + BELOW * text.size)


def collisions(page: Sequence[Placed]) -> list[tuple[str, str]]:
    """The texts that overlap, in pairs."""
    lines = list(extents(page))
    return [(one.text, other.text) for at, one in enumerate(lines) for other in lines[:at] if one.meets(other)]
