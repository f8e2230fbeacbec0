"""拼接：合起来是完整的一块，相邻两张重叠一条，每张说是第几张。"""

from __future__ import annotations

from itertools import pairwise

import pytest

from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize
from counter_assistant.paper.displays.tiles import EDGE, OVERLAP, spread, tiled
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.imposition import Leaf
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker
from tests.paper.displays.extents import extents
from tests.places import FONTS

BREAKER = LineBreaker(FontFallback(FONTS))
SPREAD = [size for kind in DisplayKind for size in kind.sizes if size.is_spread]


def leaves_of(size: DisplaySize) -> list[Leaf]:
    width, height = size.width * MM, size.height * MM
    return tiled(BREAKER, size, Measures((width, height), 0.0, width, 0.0, height))


@pytest.mark.parametrize(
    ("kind", "code", "sheets"),
    [
        (DisplayKind.WINDOW_PLATE, "500x250-a4", 3), (DisplayKind.WINDOW_PLATE, "500x250-a3", 2),
        (DisplayKind.STAFF_LIST, "600x900-a4", 15), (DisplayKind.STAFF_LIST, "600x900-a3", 8),
    ],
)  # fmt: skip
def test_no_more_sheets_are_used_than_must_be(kind: DisplayKind, code: str, sheets: int) -> None:
    way = spread(kind.size(code))
    assert way.columns * way.rows == sheets == len(leaves_of(kind.size(code)))


@pytest.mark.parametrize("size", SPREAD, ids=lambda size: size.code)
def test_the_sheets_show_all_of_it_and_overlap_by_as_much_as_they_say(size: DisplaySize) -> None:
    way, leaves = spread(size), leaves_of(size)
    windows = [leaf.parts[0].window for leaf in leaves]
    seen = [(left / MM, bottom / MM, width / MM, height / MM) for left, bottom, width, height in filter(None, windows)]
    for row in range(way.rows):
        of_row = seen[row * way.columns : (row + 1) * way.columns]
        assert of_row[0][0] == 0
        assert of_row[-1][0] + of_row[-1][2] == pytest.approx(size.width)
        assert [one[0] + one[2] - other[0] for one, other in pairwise(of_row)] == pytest.approx(
            [OVERLAP] * (way.columns - 1)
        )
    for column in range(way.columns):
        of_column = seen[column :: way.columns]
        assert of_column[0][1] + of_column[0][3] == pytest.approx(size.height)
        assert of_column[-1][1] == pytest.approx(0)
        assert [other[1] + other[3] - one[1] for one, other in pairwise(of_column)] == pytest.approx(
            [OVERLAP] * (way.rows - 1)
        )


@pytest.mark.parametrize("size", SPREAD, ids=lambda size: size.code)
def test_what_a_sheet_shows_lies_within_its_edges_and_begins_at_its_upper_left(size: DisplaySize) -> None:
    for leaf in leaves_of(size):
        (part,) = leaf.parts
        assert part.window is not None
        left, bottom, width, height = part.window
        assert part.shift + left == pytest.approx(EDGE * MM)
        assert part.lift + bottom + height == pytest.approx(leaf.size[1] - EDGE * MM)
        assert part.shift + left + width <= leaf.size[0] - EDGE * MM + 0.1
        assert part.lift + bottom >= EDGE * MM - 0.1


@pytest.mark.parametrize("size", SPREAD, ids=lambda size: size.code)
def test_each_sheet_says_which_it_is_outside_what_is_glued_and_has_marks_at_its_corners(size: DisplaySize) -> None:
    leaves, height = leaves_of(size), size.height * MM
    for at, leaf in enumerate(leaves, 1):
        (part,) = leaf.parts
        assert part.window is not None
        left, bottom, width, high = part.window
        (line,) = extents(part.own)
        assert line.text.startswith(f"第 {at} 张，共 {len(leaves)} 张")
        assert height - bottom < line.top
        assert line.bottom < height - bottom + (EDGE - 3) * MM
        assert part.shift + line.right < leaf.size[0] - EDGE * MM
        for x0, y0, x1, y1 in part.own[0].block.rules:
            inside = left < (x0 + x1) / 2 < left + width and height - bottom - high < (y0 + y1) / 2 < height - bottom
            assert not inside
        assert len(part.own[0].block.rules) == 8
