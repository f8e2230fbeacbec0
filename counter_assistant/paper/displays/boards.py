"""公示表的纸面：一张表，字大到放得下为止；人多、话长的，缩到还看得清的大小，再多就换页。

Nothing is cut off: a cell takes as many lines as it needs, and a row that is higher than a page goes on to the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from counter_assistant.domain.displays.board import Board
from counter_assistant.domain.displays.display_kind import DisplaySize
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import (
    CENTRE,
    LEFT,
    RIGHT,
    Block,
    Box,
    Placed,
    Text,
    even_lines,
    set_lines,
    stack_lines,
)
from counter_assistant.paper.displays.fitting import REMNANT, SMALLER, Area, Fitter, Sizes
from counter_assistant.paper.displays.tiles import tiled
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import Line, LineBreaker

NARROW_SIDE = 210
"""All sizes of text are for a board whose narrower side is so many millimetres, and grow with it."""
EDGE = 13 * MM
TITLE, UNIT, LEAD, NOTE, MARK = 26.0, 13.0, 12.0, 12.0, 11.0
LARGEST, SMALLEST = 24.0, 9.5
PITCH, PAD, PAD_X = 1.3, 0.45, 0.5  # times the size of the text
PIECE = 6
"""Lines of a row that stay together where the row is broken."""
AIRY = 8.0
"""By how many times the size of the text the rows of a board that is one page may be higher than they need to be, to fill it."""
HIGHEST = 0.4
"""The part of a page that a row may take without being broken, once a board needs more than one."""


class _Row(NamedTuple):
    """A row, or a piece of one: the lines of its cells, and whether it begins and ends a row."""

    cells: tuple[tuple[Line, ...], ...]
    first: bool = True
    last: bool = True

    def height(self, size: float) -> float:
        """Its height at a size."""
        return max((len(lines) for lines in self.cells), default=0) * size * PITCH + 2 * PAD * size


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the table lies on a page, and what stands around it."""

    m: Measures
    scale: float
    above: Block
    below: Block

    @property
    def top(self) -> float:
        """Where the table begins."""
        return self.m.top + self.above.height

    @property
    def room(self) -> float:
        """How high the table may be."""
        return self.m.bottom - self.below.height - self.top


class BoardMaker:
    """Draws boards."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker, self._fitter = breaker, Fitter(breaker)

    def sheets(self, boards: Sequence[Board], size: DisplaySize) -> tuple[Measures, list[list[Placed]], list[Leaf]]:
        """The pages of boards one after the other, and the sheets they are printed on. One that is spread over sheets is one page."""
        m = measures_of(size)
        return self.laid([page for board in boards for page in self.pages(board, m)], size)

    def laid(self, pages: list[list[Placed]], size: DisplaySize) -> tuple[Measures, list[list[Placed]], list[Leaf]]:
        """Pages that were made, on the sheets they are printed on."""
        m = measures_of(size)
        if size.is_spread:
            leaves = [leaf._replace(page=at) for at in range(len(pages)) for leaf in tiled(self._breaker, size, m)]
        else:
            leaves = [Leaf(m.page, at, (Part(()),)) for at in range(len(pages))]
        return m, pages, leaves

    def pages(self, board: Board, m: Measures) -> list[list[Placed]]:
        """The pages of one board: one, at the largest size of text at which it is one; else several at the smallest."""
        frame = self._frame(board, m)
        size = LARGEST * frame.scale
        rows = self._rows(board, m.width, size)
        while not _good(board, rows, size, frame.room) and size * SMALLER >= SMALLEST * frame.scale:
            size *= SMALLER
            rows = self._rows(board, m.width, size)
        heads, high = rows[: _is_headed(board)], _height(rows, size)
        parts = [rows] if high <= frame.room else _parted(heads, rows[len(heads) :], size, frame.room)
        airy = min((frame.room - high) / len(rows), AIRY * size) if high <= frame.room and rows else 0.0
        return [
            [
                Placed(m.top, frame.above),
                Placed(frame.top, _table(board, part, (size, airy), m.width)),
                Placed(m.bottom - frame.below.height, frame.below),
                *([Placed(m.top, self._folio(at, len(parts), frame))] if len(parts) > 1 else []),
            ]
            for at, part in enumerate(parts, 1)
        ]

    def _rows(self, board: Board, width: float, size: float) -> list[_Row]:
        edges = _edges(board, width)
        heads = [column.head for column in board.columns]
        rows = [_Row(tuple(self._cells(heads, board, edges, size, head=True)))] if _is_headed(board) else []
        return rows + [_Row(tuple(self._cells(row, board, edges, size, head=False))) for row in board.rows]

    def _cells(
        self, texts: Sequence[str], board: Board, edges: Sequence[float], size: float, *, head: bool
    ) -> Iterator[tuple[Line, ...]]:
        for at, (text, column) in enumerate(zip(texts, board.columns, strict=True)):
            runs = (Run(text, strong=head or column.strong),)
            width = edges[at + 1] - edges[at] - 2 * PAD_X * size
            yield even_lines(self._breaker, runs, width, size, REMNANT if column.centred else 0.0)

    def _frame(self, board: Board, m: Measures) -> _Frame:
        """What stands around the table: the unit over a thick rule, the title with its mark, the lead; the notes."""
        scale = min(m.page) / MM / NARROW_SIDE
        unit, title, lead, mark = (size * scale for size in (UNIT, TITLE, LEAD, MARK))
        texts = list(self._line(board.unit, 0.0, m.width, unit, align=LEFT))
        y = unit * 1.6
        bars = ((0.0, y, m.width, y),)
        y += 6 * scale
        area = Area(0.0, y, m.width, title * 2.6)
        lines, size = self._fitter.fit(board.title, area.width, area.height, Sizes(title, title / 2, 2), strong=True)
        texts += stack_lines(lines, 0.0, y, m.width, size, size * 1.4, CENTRE)
        y += len(lines) * size * 1.4
        for said, large in ((f"（{board.mark}）" if board.mark else "", mark), (board.lead, lead)):
            if said:
                made = self._line(said, y, m.width, large)
                texts += made
                y += len(made) * large * PITCH
        above = Block(y + 6 * scale, tuple(texts), bars=bars)
        return _Frame(m, scale, above, self._below(board, m.width, NOTE * scale))

    def _below(self, board: Board, width: float, size: float) -> Block:
        texts: list[Text] = []
        y = size * 0.6
        for note in board.notes:
            made = self._line(note, y, width, size, align=LEFT)
            texts += made
            y += len(made) * size * PITCH
        return Block(y, tuple(texts))

    def _line(self, text: str, top: float, width: float, size: float, *, align: float = CENTRE) -> tuple[Text, ...]:
        lines = set_lines(self._breaker, (Run(text),), width, size)
        return stack_lines(lines, 0.0, top, width, size, size * PITCH, align)

    def _folio(self, page: int, pages: int, frame: _Frame) -> Block:
        said = f"第{page}页　共{pages}页"
        return Block(0.0, self._line(said, 0.0, frame.m.width, UNIT * frame.scale, align=RIGHT))


def measures_of(size: DisplaySize) -> Measures:
    """Those of a board of a size: its edges and the weight of its lines grow with it."""
    width, height = size.width * MM, size.height * MM
    scale = min(size.width, size.height) / NARROW_SIDE
    edge = EDGE * scale
    return Measures(
        (width, height), edge, width - 2 * edge, edge, height - edge, thin=0.6 * scale, bar=1.5 * scale,
    )  # fmt: skip


def _is_headed(board: Board) -> bool:
    return any(column.head for column in board.columns)


def _edges(board: Board, width: float) -> list[float]:
    share = width / sum(column.width for column in board.columns)
    return list(accumulate((share * column.width for column in board.columns), initial=0.0))


def _height(rows: Sequence[_Row], size: float) -> float:
    return sum(row.height(size) for row in rows)


def _good(board: Board, rows: Sequence[_Row], size: float, room: float) -> bool:
    """Whether it goes on one page, and neither a head nor what stays whole is broken."""
    heads = _is_headed(board)
    broken = any(
        len(lines) > 1
        for at, row in enumerate(rows)
        for lines, column in zip(row.cells, board.columns, strict=True)
        if column.whole or (heads and not at)
    )
    return not broken and _height(rows, size) <= room


def _parted(heads: Sequence[_Row], body: Sequence[_Row], size: float, room: float) -> list[list[_Row]]:
    """The rows page by page, each page beginning with the head where there is one."""
    left = room - _height(heads, size)
    parts: list[list[_Row]] = [[]]
    used = 0.0
    for piece in (piece for row in body for piece in _pieces(row, size, left)):
        if parts[-1] and used + piece.height(size) > left:
            parts.append([])
            used = 0.0
        parts[-1].append(piece)
        used += piece.height(size)
    return [[*heads, *part] for part in parts]


def _pieces(row: _Row, size: float, room: float) -> Iterator[_Row]:
    """A row whole, or in pieces where it would take too much of a page."""
    lines = max(len(cell) for cell in row.cells)
    if row.height(size) <= room * HIGHEST:
        yield row
        return
    for start in range(0, lines, PIECE):
        cells = tuple(cell[start : start + PIECE] for cell in row.cells)
        yield _Row(cells, first=start == 0, last=start + PIECE >= lines)


def _table(board: Board, rows: Sequence[_Row], sizes: tuple[float, float], width: float) -> Block:
    """The table of one page; `sizes` are that of the text, and by how much each row is higher than it needs to be."""
    size, airy = sizes
    edges, y = _edges(board, width), 0.0
    texts: list[Text] = []
    rules: list[Box] = []
    for at, row in enumerate(rows):
        height = row.height(size) + airy
        if row.first or not at:
            rules.append((0.0, y, width, y))
        for column, lines in enumerate(row.cells):
            inner = edges[column + 1] - edges[column] - 2 * PAD_X * size
            headed = at == 0 and _is_headed(board)
            align = CENTRE if board.columns[column].centred or headed else LEFT
            spare = height - len(lines) * size * PITCH
            top = y + (spare / 2 if row.first and row.last else PAD * size)
            texts += stack_lines(lines, edges[column] + PAD_X * size, top, inner, size, size * PITCH, align)
        y += height
    rules.append((0.0, y, width, y))
    rules += [(x, 0.0, x, y) for x in edges]
    return Block(y, tuple(texts), tuple(rules))
