"""拼接：比纸大的牌子和公示分印在几张纸上，边上重叠一条，照着角上的记号对齐、粘好。

Each sheet says which one it is, beside its edge and outside what is glued; the overlap lies under the next sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from counter_assistant.domain.displays.display_kind import DisplaySize
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import LEFT, Block, Box, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

EDGE, OVERLAP = 10.0, 10.0
"""Millimetres: what stays white at each edge of a sheet, and what two sheets have in common."""
MARK, SMALL = 6.0, 7.0  # points: an arm of a mark beside a corner; the size of what is said at the edge
SAID = "第 {} 张，共 {} 张　第 {} 行第 {} 列　沿角上的记号裁白边，重叠 {:.0f} 毫米粘贴"


class Spread(NamedTuple):
    """How a display is spread: so many sheets beside and below each other, each showing so much, in millimetres."""

    columns: int
    rows: int
    sheet: tuple[int, int]

    @property
    def shown(self) -> tuple[float, float]:
        """What of the display one sheet shows at most."""
        return self.sheet[0] - 2 * EDGE, self.sheet[1] - 2 * EDGE


def spread(size: DisplaySize) -> Spread:
    """The way to lay sheets that needs the fewest of them."""
    short, long = size.stock.mm
    ways = []
    for sheet in ((short, long), (long, short)):
        columns, rows = (
            max(ceil((own - OVERLAP) / (side - 2 * EDGE - OVERLAP)), 1)
            for own, side in ((size.width, sheet[0]), (size.height, sheet[1]))
        )
        ways.append(Spread(columns, rows, sheet))
    return min(ways, key=lambda way: way.columns * way.rows)


def tiled(breaker: LineBreaker, size: DisplaySize, m: Measures) -> list[Leaf]:
    """The sheets of a display of one page, row by row. `m` are those of the whole, without margins."""
    way = spread(size)
    count = way.columns * way.rows
    leaves = []
    for at in range(count):
        row, column = divmod(at, way.columns)
        seen = _seen(size, way, row, column)
        left, top, width, height = (mm * MM for mm in seen)
        own = _marks(seen)
        words = SAID.format(at + 1, count, row + 1, column + 1, OVERLAP) if count > 1 else ""
        texts = _words(breaker, words, left, top + height, way.shown[0] * MM)
        placed = (Placed(0.0, Block(0.0, texts, tuple(own))),)
        sheet = way.sheet[0] * MM, way.sheet[1] * MM
        bottom = m.page[1] - top - height
        shift, lift = EDGE * MM - left, sheet[1] - EDGE * MM - height - bottom
        leaves.append(Leaf(sheet, 0, (Part(placed, lift, shift, (left, bottom, width, height)),)))
    return leaves


def _seen(size: DisplaySize, way: Spread, row: int, column: int) -> Box:
    """What one sheet shows, as (left, top, width, height) in millimetres; the last of a row or column ends with the display."""
    wide, high = way.shown
    left, top = column * (wide - OVERLAP), row * (high - OVERLAP)
    return left, top, min(wide, size.width - left), min(high, size.height - top)


def _marks(seen: Box) -> Iterator[Box]:
    """A mark outside each corner of what is shown, to cut along."""
    left, top, width, height = (mm * MM for mm in seen)
    for x, out in ((left, -1), (left + width, 1)):
        for y, down in ((top, -1), (top + height, 1)):
            yield x, y + down * 2, x, y + down * (2 + MARK)
            yield x + out * 2, y, x + out * (2 + MARK), y


def _words(breaker: LineBreaker, words: str, left: float, bottom: float, width: float) -> tuple[Text, ...]:
    if not words:
        return ()
    lines = set_lines(breaker, (Run(words),), width - 4 * MARK, SMALL)
    return stack_lines(lines, left + 2 * MARK, bottom + 3, width, SMALL, SMALL * 1.3, LEFT)
