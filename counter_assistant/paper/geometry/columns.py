"""列宽：每种表格各列有多宽、字多大。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from counter_assistant.domain.papers.slip import Element, Fields, Table
from counter_assistant.paper.blocks import CENTRE, LEFT
from counter_assistant.paper.geometry.measures import MM, Measures

FOLLOWING = ("maybe",)  # tables whose columns are as wide as what stands in them
NARROWEST = 20.0  # a column that holds one ideograph and its padding, with room to spare
BESIDE_NAME = {"materials": 2, "needed": 2, "handed_in": 2, "received": 2}
"""Tables that can be stacked: how many of their first columns stand in the upper line of a row, with the last one."""


class Column(NamedTuple):
    """How the cells of one column look: the first of `sizes` in which a text fits on one line, else the very first."""

    width: float
    align: float
    sizes: tuple[float, ...]


def columns_of(layout: str, count: int, m: Measures) -> tuple[Column, ...]:
    """The columns of a table: those of its layout, or equal ones where it has no widths of its own."""
    columns = _layouts(m).get(layout, ())
    return columns if len(columns) == count else (Column(m.width / count, LEFT, usual(m)),) * count


def usual(m: Measures) -> tuple[float, ...]:
    """The sizes of a cell of running text; no smaller than half a point less: two sizes in one column are seen."""
    return m.body, m.body - 0.5


Layouts = dict[str, tuple[Column, ...]]


@cache
def _layouts(m: Measures) -> Layouts:
    return _of_slips(m) | _of_sheets(m) | _of_handovers(m) | _of_content(m)


def _of_slips(m: Measures) -> Layouts:
    dense, col = (m.dense,), partial(Column, sizes=usual(m))
    return {
        "materials": (  # papers from before the table of what depends on an open answer
            col(8 * MM, CENTRE),
            col(m.width - 121 * MM, LEFT, sizes=(m.body,)),
            col(29 * MM, CENTRE, sizes=dense),
            col(22 * MM, LEFT, sizes=dense),
            col(46 * MM, LEFT, sizes=dense),
            col(16 * MM, CENTRE, sizes=dense),
        ),
        "needed": (
            col(8 * MM, CENTRE),
            col(m.width - 126.2 * MM, LEFT),
            col(24 * MM, CENTRE, sizes=dense),
            col(28.5 * MM, LEFT, sizes=dense),
            col(49.7 * MM, LEFT, sizes=dense),
            col(16 * MM, CENTRE, sizes=dense),
        ),
        "maybe": (col(m.width / 2, LEFT, sizes=dense),) * 2,
        "received": (  # papers from before 应交 and 实交 had columns of their own
            col(8 * MM, CENTRE),
            col(m.width - 84 * MM, LEFT),
            col(34 * MM, CENTRE, sizes=dense),
            col(42 * MM, CENTRE, sizes=dense),
        ),
        "handed_in": (
            col(8 * MM, CENTRE),
            col(m.width - 102 * MM, LEFT),
            col(28 * MM, CENTRE, sizes=dense),
            col(28 * MM, CENTRE, sizes=dense),
            col(38 * MM, CENTRE, sizes=dense),
        ),
    }


def _of_sheets(m: Measures) -> Layouts:
    dense, col = (m.dense,), partial(Column, sizes=usual(m))
    return {
        "guide_materials": (
            col(8 * MM, CENTRE),
            col(m.width - 126 * MM, LEFT, sizes=(m.body,)),
            col(27 * MM, CENTRE, sizes=dense),
            col(20 * MM, LEFT, sizes=dense),
            col(37 * MM, LEFT, sizes=dense),
            col(34 * MM, LEFT, sizes=dense),
        ),
        "day_count": (
            col(38 * MM, CENTRE),
            col(16 * MM, CENTRE),
            col(20 * MM, CENTRE),
            col(m.width - 124 * MM, LEFT),
            col(24 * MM, CENTRE),
            col(26 * MM, CENTRE),
        ),
        "volume_list": (
            col(13 * MM, CENTRE, sizes=dense),
            col(44 * MM, LEFT, sizes=dense),
            col(15 * MM, LEFT, sizes=dense),
            col(m.width - 115 * MM, LEFT, sizes=dense),
            col(18 * MM, CENTRE, sizes=dense),
            col(10 * MM, CENTRE, sizes=dense),
            col(15 * MM, CENTRE, sizes=dense),
        ),
        "closing_papers": (
            col(40 * MM, LEFT, sizes=dense),
            *(col((m.width - 56 * MM) / 2, LEFT, sizes=dense),) * 2,
            col(16 * MM, CENTRE, sizes=dense),
        ),
        "closing_voids": (
            col(56 * MM, LEFT, sizes=dense),
            col(m.width - 98 * MM, LEFT, sizes=dense),
            col(20 * MM, LEFT, sizes=dense),
            col(22 * MM, CENTRE, sizes=dense),
        ),
    }


def _of_content(m: Measures) -> Layouts:
    """Of what is printed about the catalogue itself."""
    dense, col = (m.dense,), partial(Column, sizes=usual(m))
    return {
        "statute_versions": (
            col(m.width - 100 * MM, LEFT),
            col(64 * MM, LEFT, sizes=dense),
            col(36 * MM, CENTRE, sizes=dense),
        ),
        "revision": (
            col(10 * MM, CENTRE, sizes=dense),
            col(22 * MM, LEFT, sizes=dense),
            *(col((m.width - 32 * MM) / 2, LEFT, sizes=dense),) * 2,
        ),
    }


def _of_handovers(m: Measures) -> Layouts:
    dense, col = (m.dense,), partial(Column, sizes=usual(m))
    return {
        "handover_cases": (
            col(46 * MM, LEFT, sizes=dense),
            col(m.width - 132 * MM, LEFT, sizes=dense),
            col(14 * MM, LEFT, sizes=dense),
            col(20 * MM, LEFT, sizes=dense),
            col(30 * MM, LEFT, sizes=dense),
            col(22 * MM, CENTRE, sizes=dense),
        ),
        "handover_lines": (
            col(18 * MM, CENTRE, sizes=dense),
            col(m.width - 40 * MM, LEFT, sizes=dense),
            col(22 * MM, CENTRE, sizes=dense),
        ),
        "handover_seals": (
            col(m.width - 80 * MM, LEFT),
            col(20 * MM, CENTRE),
            col(60 * MM, LEFT),
        ),
        "destruction_list": (
            col(14 * MM, CENTRE, sizes=dense),
            col(m.width - 96 * MM, LEFT, sizes=dense),
            col(46 * MM, LEFT, sizes=dense),
            col(36 * MM, CENTRE, sizes=dense),
        ),
        "roster": (
            col(m.width - 120 * MM, LEFT),
            *(col(60 * MM, LEFT),) * 2,
        ),
    }


def count_of(table: Table) -> int:
    """How many columns a table has."""
    return max([len(table.head), *(len(row) for row in table.rows)], default=0)


def is_stacked(table: Table, m: Measures) -> bool:
    """Whether the rows of a table are set in two lines, the name above and what belongs to it beneath."""
    return m.stacked and count_of(table) > BESIDE_NAME.get(table.layout, 99) + 1


def too_narrow(element: Element, m: Measures) -> bool:
    """Whether a table has too many columns for the width of the paper."""
    match element:
        case Table(layout=layout) if not is_stacked(element, m):
            count = max(count_of(element), 1)
            return min(column.width for column in columns_of(layout, count, m)) < NARROWEST
        case Fields(rows=rows):
            most = min(max([1, *map(len, rows)]), m.across)
            return m.width / most - m.label_width < NARROWEST
    return False


def shared(wanted: Sequence[float], width: float, *, alike: bool = False) -> list[float]:
    """Widths that fill `width`: what each column wants and an equal part of the rest; `alike` where that does for all.

    Where there is too little, no column is wider than another that has less than it wants.
    """
    if not wanted:
        return []
    if alike and max(wanted) <= width / len(wanted):
        return [width / len(wanted)] * len(wanted)
    left, widths = width, dict.fromkeys(range(len(wanted)), 0.0)
    for done, at in enumerate(sorted(widths, key=wanted.__getitem__)):
        widths[at] = min(wanted[at], left / (len(wanted) - done))
        left -= widths[at]
    return [widths[at] + left / len(wanted) for at in range(len(wanted))]
