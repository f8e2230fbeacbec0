"""胸牌的纸面：三种尺寸，一张 A4 上排几张，沿虚线裁开；照片印上，或者留一个贴照片的框。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from counter_assistant.domain.displays.cards import Badge
from counter_assistant.domain.displays.display_kind import DisplaySize
from counter_assistant.paper.blocks import CENTRE, LEFT, Block, Box, Image, Picture, Placed, Text, frame, moved
from counter_assistant.paper.displays.fitting import Area, Fitter, Sizes
from counter_assistant.paper.geometry.imposition import Leaf, Part, dashes
from counter_assistant.paper.geometry.measures import A4, MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

STICK_HERE = "贴照片"
UNPRINTED = 5.0
"""Millimetres at the edges of a sheet that printers do not reach."""


class _Layout(NamedTuple):
    """Where the parts of a badge of one size lie, in millimetres: the photo, the name, and the rows as (left, top, width, height)."""

    unit: Area
    rule: float
    photo: Area
    name: Area
    rows: Area
    largest: float
    align: float


_LAYOUTS = {
    "86x54": _Layout(Area(4, 3, 78, 8), 12.0, Area(57, 15, 25, 35), Area(5, 14, 49, 14), Area(5, 29, 49, 21), 24.0, LEFT),
    "70x100": _Layout(Area(4, 5, 62, 10), 16.5, Area(22.5, 20, 25, 35), Area(4, 57, 62, 14), Area(6, 72, 58, 24), 28.0, CENTRE),
    "85x125": _Layout(Area(5, 6, 75, 12), 20.0, Area(25, 24, 35, 49), Area(5, 75, 75, 17), Area(8, 93, 69, 27), 34.0, CENTRE),
}  # fmt: skip
"""Photos of one inch (25×35) and of two (35×49)."""


class BadgeMaker:
    """Fills sheets with badges."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._fitter = Fitter(breaker)

    def sheets(
        self, badges: Sequence[tuple[Badge, Image | None]], size: DisplaySize
    ) -> tuple[Measures, list[list[Placed]], list[Leaf]]:
        """The pages with the badges, as many to a sheet as go on it, and the sheets."""
        columns, rows, across = grid(size)
        width, height = (297, 210) if across else (210, 297)
        m = replace(A4, page=(width * MM, height * MM), margin=0.0, width=width * MM)
        left, top = (width - columns * size.width) / 2, (height - rows * size.height) / 2
        pages = []
        for start in range(0, len(badges), columns * rows):
            some = badges[start : start + columns * rows]
            used = -(-len(some) // columns)
            page = [Placed(0.0, Block(m.page[1], rules=tuple(_cuts(size, min(columns, len(some)), used, left, top))))]
            for at, (badge, photo) in enumerate(some):
                x, y = left + at % columns * size.width, top + at // columns * size.height
                page.append(Placed(0.0, moved(self.badge(badge, photo, size), x * MM, y * MM)))
            pages.append(page)
        return m, pages, [Leaf(m.page, at, (Part(()),)) for at in range(len(pages))]

    def badge(self, badge: Badge, photo: Image | None, size: DisplaySize) -> Block:
        """One badge, from its upper left corner."""
        layout = _LAYOUTS[size.code]
        texts = [
            *self._put(badge.unit, layout.unit, Sizes(layout.largest * 0.6, 8.0, 2), strong=True),
            *self._put(badge.name, layout.name, Sizes(layout.largest, 9.0, 2), strong=True, align=layout.align),
            *self._rows(badge, layout),
        ]
        bars = ((layout.unit.left * MM, layout.rule * MM, (size.width - layout.unit.left) * MM, layout.rule * MM),)
        place = _points(layout.photo)
        if photo is None:
            texts += self._put(STICK_HERE, layout.photo, Sizes(9.0, 9.0))
            edges = tuple(moved(Block(0.0, rules=frame(place.width, place.height)), place.left, place.top).rules)
            return Block(size.height * MM, tuple(texts), edges, bars)
        return Block(size.height * MM, tuple(texts), bars=bars, pictures=(Picture(*place, photo),))

    def _rows(self, badge: Badge, layout: _Layout) -> Iterator[Text]:
        height = layout.rows.height / len(badge.rows)
        for at, (label, text) in enumerate(badge.rows):
            row = layout.rows._replace(top=layout.rows.top + at * height, height=height)
            yield from self._put(f"{label}　{text}", row, Sizes(layout.largest / 2, 5.0, 2), align=layout.align)

    def _put(
        self, text: str, area: Area, sizes: Sizes, *, strong: bool = False, align: float = CENTRE
    ) -> tuple[Text, ...]:
        return self._fitter.put(text, _points(area), sizes, strong=strong, align=align)


def _points(area: Area) -> Area:
    return Area(*(mm * MM for mm in area))


def grid(size: DisplaySize) -> tuple[int, int, bool]:
    """How many badges go beside and below each other on a sheet, and whether it lies across: as many as go on one."""
    ways = []
    for across in (False, True):
        width, height = (297, 210) if across else (210, 297)
        columns, rows = (
            int((side - 2 * UNPRINTED) // own) for side, own in ((width, size.width), (height, size.height))
        )
        ways.append((columns, rows, across))
    return max(ways, key=lambda way: way[0] * way[1])


def _cuts(size: DisplaySize, columns: int, rows: int, left: float, top: float) -> Iterator[Box]:
    """Dashes to cut along, from the first badge to the last."""
    right, bottom = left + columns * size.width, top + rows * size.height
    for at in range(rows + 1):
        y = (top + at * size.height) * MM
        yield from dashes(left * MM, right * MM, y)
    for at in range(columns + 1):
        x = (left + at * size.width) * MM
        yield from ((x, y0, x, y1) for y0, _, y1, _ in dashes(top * MM, bottom * MM, 0.0))
