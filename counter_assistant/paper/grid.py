"""表格：rows of ruled cells, for the head table of a slip and for its tables.

A row stays whole unless it is taller than a page can hold. A text that needs two lines is first tried half a point
smaller, where its column allows it. What does not fit on one line of a cell is broken anywhere: nothing is ever cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from counter_assistant.domain.papers.slip import Field, Fields, Run, Table
from counter_assistant.paper.blocks import CENTRE, LEFT, Block, Box, Text, even_lines, frame, set_lines, stack_lines
from counter_assistant.paper.geometry.columns import (
    BESIDE_NAME,
    FOLLOWING,
    NARROWEST,
    Column,
    columns_of,
    count_of,
    is_stacked,
    shared,
    usual,
)
from counter_assistant.paper.geometry.measures import Measures, Spacing
from counter_assistant.paper.line_breaking import Line, LineBreaker

NARROW, REMNANT = (
    0.5,
    0.5,
)  # in a cell narrower than this part of the paper a last line shorter than this part of it is evened out
SQUARE, APART = 2.0, 0.4  # a square to write in and the gap before it, in sizes of the text
NOTHING = ("", "—")  # what a stacked row does not say: that there is nothing to say
PIECE = 6  # lines of a taller row that stay together
KEPT_ROWS = 2048


class Cell(NamedTuple):
    """A text in its place in a row, with so many empty squares behind it."""

    runs: tuple[Run, ...]
    x: float
    column: Column
    grey: bool = False
    boxes: int = 0


class Grid:
    """Makes blocks of rows, and remembers them: most rows occur again in the next slip."""

    def __init__(self, breaker: LineBreaker, measures: Measures, spacing: Spacing) -> None:
        self._breaker, self._m = breaker, measures
        self._spacing = spacing
        self._rows = lru_cache(KEPT_ROWS)(self._row)
        self._wanted = lru_cache(KEPT_ROWS)(self._wanted_width)

    def fields(self, fields: Fields, limit: float) -> list[Block]:
        """The head table. A row taller than `limit` is split."""
        rows = [part for row in fields.rows for part in _parted(row, self._m.across)]
        widths = self._field_widths(rows)
        blocks = [block for row in rows for block in self._rows(tuple(self._field_cells(row, widths)), limit)]
        return [blocks[0]._replace(space=6.0), *blocks[1:]] if blocks else []

    def table(self, table: Table, limit: float) -> list[Block]:
        """A table; its head row stays with the first row and is repeated on every page."""
        count = count_of(table)
        if not count:
            return []
        if is_stacked(table, self._m):
            return self._stacked(table, limit)
        columns = columns_of(table.layout, count, self._m)
        if table.layout in FOLLOWING:
            columns = self._following(table, columns)
        head = self._head(table.head, columns, limit)
        blocks = [block for row in table.rows for block in self._rows(_row_cells(row, columns), limit)]
        return _headed(head, blocks)

    def _head(self, texts: Sequence[str], columns: Sequence[Column], limit: float) -> Block | None:
        if not texts:
            return None
        labels = [Column(column.width, CENTRE, (self._m.label, self._m.dense)) for column in columns]
        cells = _row_cells([Run(text) for text in texts], labels, grey=True)
        return self._rows(cells, limit)[0]._replace(keep=True)

    def _stacked(self, table: Table, limit: float) -> list[Block]:
        """A table with the name of each row and its last column above what the other columns say, each after its head."""
        beside, m = BESIDE_NAME[table.layout], self._m
        rows = [(*row, *[Run("")] * (count_of(table) - len(row))) for row in table.rows]
        heads = (*table.head, *[""] * (count_of(table) - len(table.head)))
        last = [self._wanted(row[-1], m.body) for row in rows] + [self._wanted(Run(heads[-1]), m.label)]
        ends = min(max(last), 0.4 * m.width)
        first = 2 * m.body + 2 * m.pad_x
        columns = [
            Column(first, CENTRE, usual(m)),
            Column(m.width - first - ends, LEFT, usual(m)),
            Column(ends, CENTRE, usual(m)),
        ]
        under = Column(m.width - first, LEFT, (m.dense,))
        blocks: list[Block] = []
        for row in rows:
            name = replace(row[beside - 1], strong=True)  # the heading of its row
            upper = _row_cells((*row[: beside - 1], name, row[-1]), columns)
            said = [
                run
                for head, cell in zip(heads[beside:-1], row[beside:-1], strict=True)
                if cell.text not in NOTHING
                for run in (Run(f"{head}：" if head else ""), replace(cell, text=cell.text + "　"))
            ]
            lower = (upper[0]._replace(runs=(Run(""),)), Cell(tuple(said), first, under))
            blocks += self._two_lines(upper, lower, limit) if said else self._rows(upper, limit)
        head = self._head((*heads[:beside], heads[-1]) if table.head else (), columns, limit)
        return _headed(head, blocks)

    def _two_lines(self, upper: tuple[Cell, ...], lower: tuple[Cell, ...], limit: float) -> list[Block]:
        """The two lines of a stacked row as one block; what is too tall for that as rows of their own."""
        whole = [self._draw(cells, [self._fit(cell) for cell in cells], above=above, below=not above, open_=True)
                 for cells, above in ((upper, True), (lower, False))]  # fmt: skip
        height = whole[0].height
        if height + whole[1].height > limit:
            apart = [*self._rows(upper, limit), *self._rows(lower, limit)]
            return [apart[0]._replace(keep=True), *apart[1:]]
        return [_one_below_the_other(*whole)]

    def _following(self, table: Table, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns, each as wide as its texts where there is room."""
        rows = [[(Run(text), self._m.label) for text in table.head]] if table.head else []
        rows += [[(run, column.sizes[0]) for run, column in zip(row, columns, strict=False)] for row in table.rows]
        wanted = [max(self._wanted(*row[at]) for row in rows if at < len(row)) for at in range(len(columns))]
        return tuple(
            column._replace(width=to) for column, to in zip(columns, shared(wanted, self._m.width), strict=True)
        )

    def _field_widths(self, rows: Sequence[Sequence[Field]]) -> list[tuple[float, float]]:
        """The widths of label and value in each column of the head table; the values alike unless one needs more."""
        most, m = max(map(len, rows), default=0), self._m
        columns = [[row[at] for row in rows if len(row) > at] for at in range(most)]
        labels = [
            min(m.label_width, 2 + max(self._wanted(Run(field.label), m.label) for field in column))
            for column in columns
        ]
        # a value that ends its row early has the rest of the width
        held = [[row[at] for row in rows if at < len(row) - (len(row) < most)] for at in range(most)]
        wanted = [max(self._wanted(Run(field.text, field.strong), m.body) for field in column) for column in held]
        return list(zip(labels, shared(wanted, m.width - sum(labels), alike=True), strict=True)) if most else []

    def _wanted_width(self, run: Run, size: float) -> float:
        """How wide a cell is that takes a text without breaking it."""
        return max(NARROWEST, max(self._breaker.widths((run,))) * size / 1000 + 2 * self._m.pad_x + 0.1)

    def _row(self, cells: tuple[Cell, ...], limit: float) -> tuple[Block, ...]:
        fitted = [self._fit(cell) for cell in cells]
        height = max(_height(fitted, self._spacing), self._square(cells))
        most = max(len(lines) for lines, _ in fitted)
        step = most if height <= limit else PIECE
        pieces = []
        for at in range(0, most, step):
            part = [(lines[at : at + step], size) for lines, size in fitted]
            pieces.append(self._draw(cells, part, above=at == 0, below=at + step >= most))
        return tuple(pieces)

    def _fit(self, cell: Cell) -> tuple[tuple[Line, ...], float]:
        m = self._m
        sizes, width = cell.column.sizes, cell.column.width - 2 * m.pad_x - cell.boxes * (SQUARE + APART) * m.body
        if sizes == (m.dense,) and cell.column.align == CENTRE and any(run.strong for run in cell.runs):
            sizes = (m.body, m.dense)  # what is missing is to be seen first
        for size in sizes:
            lines = set_lines(self._breaker, cell.runs, width, size)
            if len(lines) == 1:
                return lines, size
        size = cell.column.sizes[0]
        return even_lines(self._breaker, cell.runs, width, size, REMNANT if width < NARROW * m.width else 0), size

    def _field_cells(self, row: Sequence[Field], widths: Sequence[tuple[float, float]]) -> Iterator[Cell]:
        """Label and value cells; the last value takes what is left of the width."""
        x, m = 0.0, self._m
        for at, (field, (label, value)) in enumerate(zip(row, widths, strict=False)):
            yield Cell((Run(field.label),), x, Column(label, CENTRE, (m.label, m.dense)), grey=True)
            x += label
            end = m.width if at == len(row) - 1 else x + value
            yield Cell((Run(field.text, field.strong),), x, Column(end - x, LEFT, usual(m)), boxes=field.boxes)
            x = end

    def _draw(
        self,
        cells: Sequence[Cell],
        fitted: Sequence[tuple[tuple[Line, ...], float]],
        *,
        above: bool,
        below: bool,
        open_: bool = False,
    ) -> Block:
        """A row, or a part of one, which is then open above or below; `open_`: without lines between its later cells."""
        spacing, m = self._spacing, self._m
        pads = spacing.pad * (above + below)
        square = self._square(cells) if above else 0.0
        height = max(_height(fitted, spacing), m.body * spacing.cell_leading, square) + pads
        texts: list[Text] = []
        fills: list[Box] = []
        for cell, (lines, size) in zip(cells, fitted, strict=True):
            pitch, inner = size * spacing.cell_leading, cell.column.width - 2 * m.pad_x
            top = (height - len(lines) * pitch) / 2 if above and below else spacing.pad * above
            texts += stack_lines(lines, cell.x + m.pad_x, top, inner, size, pitch, cell.column.align)
            if cell.grey:
                fills.append((cell.x, 0.0, cell.column.width, height))
        end = cells[-1].x + cells[-1].column.width
        ruled = cells[:2] if open_ else cells
        rules: list[Box] = [(x, 0.0, x, height) for x in (*(cell.x for cell in ruled), end)]
        rules += [(cells[0].x, y, end, y) for y, drawn in ((0.0, above), (height, below)) if drawn]
        rules += [
            rule for cell in cells for rule in self._squares(cell, (height - square) / 2 if above else height, square)
        ]
        return Block(height, tuple(texts), tuple(rules), fills=tuple(fills))

    def _square(self, cells: Sequence[Cell]) -> float:
        """The side of the squares of a row; 0 where it has none."""
        return SQUARE * self._m.body if any(cell.boxes for cell in cells) else 0.0

    def _squares(self, cell: Cell, top: float, side: float) -> Iterator[Box]:
        """The rules of the squares at the end of a cell, in the part of a row where they are."""
        end = cell.x + cell.column.width - self._m.pad_x
        for n in range(cell.boxes if side else 0):
            left = end - side - n * (SQUARE + APART) * self._m.body
            yield from ((x0 + left, y0 + top, x1 + left, y1 + top) for x0, y0, x1, y1 in frame(side, side))


def _parted(row: Sequence[Field], across: int) -> Iterator[Sequence[Field]]:
    """A row of the head table in rows of at most so many fields: the first, who or what it is about, has the room."""
    start = len(row) % across
    if start:
        yield row[:start]
    for at in range(start, len(row), across):
        yield row[at : at + across]


def _row_cells(runs: Sequence[Run], columns: Sequence[Column], grey: bool = False) -> tuple[Cell, ...]:
    cells, x = [], 0.0
    for at, column in enumerate(columns):
        cells.append(Cell((runs[at] if at < len(runs) else Run(""),), x, column, grey))
        x += column.width
    return tuple(cells)


def _height(fitted: Sequence[tuple[tuple[Line, ...], float]], spacing: Spacing) -> float:
    return max(len(lines) * size * spacing.cell_leading for lines, size in fitted)


def _headed(head: Block | None, blocks: list[Block]) -> list[Block]:
    """The rows of a table under their head, if it has one."""
    if head:
        blocks = [head._replace(keep=bool(blocks)), *(block._replace(head=head) for block in blocks)]
    return [blocks[0]._replace(space=3.0), *blocks[1:]]


def _one_below_the_other(upper: Block, lower: Block) -> Block:
    down = upper.height
    texts = (*upper.texts, *(text._replace(y=text.y + down) for text in lower.texts))
    rules = (*upper.rules, *((x0, y0 + down, x1, y1 + down) for x0, y0, x1, y1 in lower.rules))
    return Block(down + lower.height, texts, rules)
