"""表格：rows of ruled cells, for the head table of a slip and for its tables.

A row stays whole unless it is taller than a page can hold. A text that needs two lines is first tried half a point
smaller, where its column allows it. What does not fit on one line of a cell is broken anywhere: nothing is ever cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from counter_assistant.domain.papers.slip import Element, Field, Fields, Run, Table
from counter_assistant.paper.blocks import (
    BODY,
    CENTRE,
    DENSE,
    LABEL,
    LEFT,
    MM,
    WIDTH,
    Block,
    Box,
    Spacing,
    Text,
    even_lines,
    set_lines,
    stack_lines,
)
from counter_assistant.paper.line_breaking import Line, LineBreaker

PAD_X = 4.0
LABEL_WIDTH = 19 * MM
SNUG = BODY - 0.5  # no smaller: two sizes in one column are seen
NARROW, REMNANT = WIDTH / 2, 0.5  # in a narrower cell a last line shorter than this part of the width is evened out
FOLLOWING = ("maybe",)  # tables whose columns are as wide as what stands in them
PIECE = 6  # lines of a taller row that stay together
NARROWEST = 20.0  # a column that holds one ideograph and its padding, with room to spare
KEPT_ROWS = 2048


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of one column look: the first of `sizes` in which a text fits on one line, else the very first."""

    width: float
    align: float = LEFT
    sizes: tuple[float, ...] = (BODY, SNUG)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in its place in a row."""

    run: Run
    x: float
    column: Column
    grey: bool = False


def columns_of(layout: str, count: int) -> tuple[Column, ...]:
    """The columns of a table: those of its layout, or equal ones where it has no widths of its own."""
    columns = _LAYOUTS.get(layout, ())
    return columns if len(columns) == count else (Column(WIDTH / count),) * count


_LAYOUTS = {
    "materials": (  # papers from before the table of what depends on an open answer
        Column(8 * MM, CENTRE),
        Column(WIDTH - 121 * MM, LEFT, (BODY,)),
        Column(29 * MM, CENTRE, (DENSE,)),
        Column(22 * MM, LEFT, (DENSE,)),
        Column(46 * MM, LEFT, (DENSE,)),
        Column(16 * MM, CENTRE, (DENSE,)),
    ),
    "needed": (
        Column(8 * MM, CENTRE),
        Column(WIDTH - 126.2 * MM, LEFT),
        Column(24 * MM, CENTRE, (DENSE,)),
        Column(28.5 * MM, LEFT, (DENSE,)),
        Column(49.7 * MM, LEFT, (DENSE,)),
        Column(16 * MM, CENTRE, (DENSE,)),
    ),
    "maybe": (Column(WIDTH / 2, LEFT, (DENSE,)),) * 2,
    "received": (  # papers from before 应交 and 实交 had columns of their own
        Column(8 * MM, CENTRE),
        Column(WIDTH - 84 * MM, LEFT),
        Column(34 * MM, CENTRE, (DENSE,)),
        Column(42 * MM, CENTRE, (DENSE,)),
    ),
    "handed_in": (
        Column(8 * MM, CENTRE),
        Column(WIDTH - 102 * MM, LEFT),
        Column(28 * MM, CENTRE, (DENSE,)),
        Column(28 * MM, CENTRE, (DENSE,)),
        Column(38 * MM, CENTRE, (DENSE,)),
    ),
    "guide_materials": (
        Column(8 * MM, CENTRE),
        Column(WIDTH - 126 * MM, LEFT, (BODY,)),
        Column(27 * MM, CENTRE, (DENSE,)),
        Column(20 * MM, LEFT, (DENSE,)),
        Column(37 * MM, LEFT, (DENSE,)),
        Column(34 * MM, LEFT, (DENSE,)),
    ),
    "day_count": (
        Column(38 * MM, CENTRE),
        Column(16 * MM, CENTRE),
        Column(20 * MM, CENTRE),
        Column(WIDTH - 124 * MM, LEFT),
        Column(24 * MM, CENTRE),
        Column(26 * MM, CENTRE),
    ),
    "volume_list": (
        Column(13 * MM, CENTRE, (DENSE,)),
        Column(44 * MM, LEFT, (DENSE,)),
        Column(15 * MM, LEFT, (DENSE,)),
        Column(WIDTH - 115 * MM, LEFT, (DENSE,)),
        Column(18 * MM, CENTRE, (DENSE,)),
        Column(10 * MM, CENTRE, (DENSE,)),
        Column(15 * MM, CENTRE, (DENSE,)),
    ),
    "closing_papers": (
        Column(40 * MM, LEFT, (DENSE,)),
        Column((WIDTH - 56 * MM) / 2, LEFT, (DENSE,)),
        Column((WIDTH - 56 * MM) / 2, LEFT, (DENSE,)),
        Column(16 * MM, CENTRE, (DENSE,)),
    ),
    "closing_voids": (
        Column(56 * MM, LEFT, (DENSE,)),
        Column(WIDTH - 98 * MM, LEFT, (DENSE,)),
        Column(20 * MM, LEFT, (DENSE,)),
        Column(22 * MM, CENTRE, (DENSE,)),
    ),
    "revision": (
        Column(10 * MM, CENTRE, (DENSE,)),
        Column(22 * MM, LEFT, (DENSE,)),
        Column((WIDTH - 32 * MM) / 2, LEFT, (DENSE,)),
        Column((WIDTH - 32 * MM) / 2, LEFT, (DENSE,)),
    ),
}


def too_narrow(element: Element) -> bool:
    """Whether a table has too many columns for the width of the paper."""
    match element:
        case Table(layout=layout):
            count = max(_count(element), 1)
            return min(column.width for column in columns_of(layout, count)) < NARROWEST
        case Fields(rows=rows):
            return WIDTH / max([1, *map(len, rows)]) - LABEL_WIDTH < NARROWEST
    return False


class Grid:
    """Makes blocks of rows, and remembers them: most rows occur again in the next slip."""

    def __init__(self, breaker: LineBreaker, spacing: Spacing) -> None:
        self._breaker = breaker
        self._spacing = spacing
        self._rows = lru_cache(KEPT_ROWS)(self._row)

    def fields(self, fields: Fields, limit: float) -> list[Block]:
        """The head table. A row taller than `limit` is split."""
        widths = self._field_widths(fields.rows)
        blocks = [block for row in fields.rows if row for block in self._rows(tuple(_field_cells(row, widths)), limit)]
        return [replace(blocks[0], space=6.0), *blocks[1:]] if blocks else []

    def table(self, table: Table, limit: float) -> list[Block]:
        """A table; its head row stays with the first row and is repeated on every page."""
        count = _count(table)
        if not count:
            return []
        columns = columns_of(table.layout, count)
        if table.layout in FOLLOWING:
            columns = self._following(table, columns)
        head = None
        if table.head:
            labels = [Column(column.width, CENTRE, (LABEL, DENSE)) for column in columns]
            cells = _row_cells([Run(text) for text in table.head], labels, grey=True)
            head = replace(self._rows(cells, limit)[0], keep=True)
        blocks = [block for row in table.rows for block in self._rows(_row_cells(row, columns), limit)]
        if head:
            blocks = [replace(head, keep=bool(blocks)), *(replace(block, head=head) for block in blocks)]
        return [replace(blocks[0], space=3.0), *blocks[1:]]

    def _following(self, table: Table, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns, each as wide as its texts where there is room."""
        rows = [[(Run(text), LABEL) for text in table.head]] if table.head else []
        rows += [[(run, column.sizes[0]) for run, column in zip(row, columns, strict=False)] for row in table.rows]
        wanted = [max(self._wanted(*row[at]) for row in rows if at < len(row)) for at in range(len(columns))]
        return tuple(replace(column, width=to) for column, to in zip(columns, shared(wanted, WIDTH), strict=True))

    def _field_widths(self, rows: Sequence[Sequence[Field]]) -> list[tuple[float, float]]:
        """The widths of label and value in each column of the head table; the values alike unless one needs more."""
        most = max(map(len, rows), default=0)
        columns = [[row[at] for row in rows if len(row) > at] for at in range(most)]
        labels = [
            min(LABEL_WIDTH, 2 + max(self._wanted(Run(field.label), LABEL) for field in column)) for column in columns
        ]
        # a value that ends its row early has the rest of the width
        held = [[row[at] for row in rows if at < len(row) - (len(row) < most)] for at in range(most)]
        wanted = [max(self._wanted(Run(field.text, field.strong), BODY) for field in column) for column in held]
        return list(zip(labels, shared(wanted, WIDTH - sum(labels), alike=True), strict=True)) if most else []

    def _wanted(self, run: Run, size: float) -> float:
        """How wide a cell is that takes a text without breaking it."""
        lines = set_lines(self._breaker, (run,), 100 * WIDTH, size)
        return max(NARROWEST, *(line.width * size / 1000 + 2 * PAD_X + 0.1 for line in lines))

    def _row(self, cells: tuple[Cell, ...], limit: float) -> tuple[Block, ...]:
        fitted = [self._fit(cell) for cell in cells]
        height = _height(fitted, self._spacing)
        most = max(len(lines) for lines, _ in fitted)
        step = most if height <= limit else PIECE
        pieces = []
        for at in range(0, most, step):
            part = [(lines[at : at + step], size) for lines, size in fitted]
            pieces.append(_draw(cells, part, self._spacing, above=at == 0, below=at + step >= most))
        return tuple(pieces)

    def _fit(self, cell: Cell) -> tuple[tuple[Line, ...], float]:
        sizes, width = cell.column.sizes, cell.column.width - 2 * PAD_X
        if sizes == (DENSE,) and cell.column.align == CENTRE and cell.run.strong:
            sizes = (BODY, DENSE)  # what is missing is to be seen first
        for size in sizes:
            lines = set_lines(self._breaker, (cell.run,), width, size)
            if len(lines) == 1:
                return lines, size
        size = cell.column.sizes[0]
        return even_lines(self._breaker, (cell.run,), width, size, REMNANT if width < NARROW else 0), size


def _count(table: Table) -> int:
    return max([len(table.head), *(len(row) for row in table.rows)], default=0)


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


def _field_cells(row: Sequence[Field], widths: Sequence[tuple[float, float]]) -> Iterator[Cell]:
    """Label and value cells; the last value takes what is left of the width."""
    x = 0.0
    for at, (field, (label, value)) in enumerate(zip(row, widths, strict=False)):
        yield Cell(Run(field.label), x, Column(label, CENTRE, (LABEL, DENSE)), grey=True)
        x += label
        end = WIDTH if at == len(row) - 1 else x + value
        yield Cell(Run(field.text, field.strong), x, Column(end - x))
        x = end


def _row_cells(runs: Sequence[Run], columns: Sequence[Column], grey: bool = False) -> tuple[Cell, ...]:
    cells, x = [], 0.0
    for at, column in enumerate(columns):
        cells.append(Cell(runs[at] if at < len(runs) else Run(""), x, column, grey))
        x += column.width
    return tuple(cells)


def _height(fitted: Sequence[tuple[tuple[Line, ...], float]], spacing: Spacing) -> float:
    return max(len(lines) * size * spacing.cell_leading for lines, size in fitted)


def _draw(
    cells: Sequence[Cell],
    fitted: Sequence[tuple[tuple[Line, ...], float]],
    spacing: Spacing,
    *,
    above: bool,
    below: bool,
) -> Block:
    """A row, or a part of one, which is then open above or below."""
    pads = spacing.pad * (above + below)
    height = max(_height(fitted, spacing), BODY * spacing.cell_leading) + pads
    texts: list[Text] = []
    fills: list[Box] = []
    for cell, (lines, size) in zip(cells, fitted, strict=True):
        pitch, inner = size * spacing.cell_leading, cell.column.width - 2 * PAD_X
        top = (height - len(lines) * pitch) / 2 if above and below else spacing.pad * above
        texts += stack_lines(lines, cell.x + PAD_X, top, inner, size, pitch, cell.column.align)
        if cell.grey:
            fills.append((cell.x, 0.0, cell.column.width, height))
    end = cells[-1].x + cells[-1].column.width
    rules: list[Box] = [(x, 0.0, x, height) for x in (*(cell.x for cell in cells), end)]
    rules += [(cells[0].x, y, end, y) for y, drawn in ((0.0, above), (height, below)) if drawn]
    return Block(height, tuple(texts), tuple(rules), fills=tuple(fills))
