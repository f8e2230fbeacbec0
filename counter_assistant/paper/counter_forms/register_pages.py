"""清册：横放的表，一页至多十行，不足的补空行；每页小计，每页都印总计，末页声明、签名.

Rows that are higher than usual, because a name is long, leave a page with fewer of them; nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from counter_assistant.domain.counter_forms.amounts import in_figures
from counter_assistant.domain.counter_forms.asked import ValueKind
from counter_assistant.domain.counter_forms.filling import FilledForm
from counter_assistant.domain.counter_forms.form import RowTable
from counter_assistant.domain.counter_forms.frame_words import FrameWords
from counter_assistant.domain.counter_forms.registers import Totals, printed_row, totals_of
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, LEFT, RIGHT, Block, Box, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.counter_forms.bands import LEADING, Band, BandMaker
from counter_assistant.paper.counter_forms.form_pages import Frame
from counter_assistant.paper.counter_forms.measures import GROUP_WIDTH, OF_REGISTERS, WIDE
from counter_assistant.paper.line_breaking import LineBreaker

SIZES = (9.5, 8.5, 8.0)
NUMBER_WIDTH, PAD = 26.0, 3.0
ROW, HEAD, TOTAL = 23.0, 27.0, 20.0
PEOPLE, PAGE_TOTAL, ALL_TOTAL = "职工", "本页小计", "合计"
ALIGNED = {ValueKind.AMOUNT: RIGHT, ValueKind.PERCENT: RIGHT, ValueKind.MONTH: CENTRE}


class Span(NamedTuple):
    """The rows of a page: the first of them, how many, and how many empty ones follow."""

    first: int
    held: int
    empty: int


class RegisterMaker:
    """Fills the pages of a register."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker
        self.frame = Frame(breaker, WIDE)
        self._width = WIDE.width - GROUP_WIDTH
        self._bands = BandMaker(breaker, WIDE, self._width, 3)

    def pages(self, filled: FilledForm, words: FrameWords, table: RowTable) -> list[list[Placed]]:
        """The pages of one copy without its label. The last holds what is declared, if need be without rows."""
        m, foot = WIDE, self.frame.foot(filled, words)
        first = [band for group in filled.groups for band in self._bands.group(group, OF_REGISTERS)]
        closing = [self._bands.declaration(one, OF_REGISTERS, beside=True) for one in filled.declarations]
        rows = [self._row(table, at + 1, printed_row(table, row)) for at, row in enumerate(filled.rows)]
        rooms = [m.bottom - m.top - foot.height - self.frame.head(filled, words, at, 2).height - 2 for at in (0, 1)]
        rooms = [room - HEAD - 2 * TOTAL for room in rooms]
        spans = _spans([row.height for row in rows], table.rows, rooms[0] - _height(first), rooms[1], _height(closing))
        pages = []
        for at, span in enumerate(spans):
            bands = first if at == 0 else []
            bands = [*bands, *self._table(filled, table, rows, span), *(closing if at == len(spans) - 1 else ())]
            head = self.frame.head(filled, words, at, len(spans))
            place = m.top + head.height
            pages.append(
                [Placed(m.top, head), Placed(place, self.frame.framed(bands)), Placed(m.bottom - foot.height, foot)]
            )
        return pages

    def _table(self, filled: FilledForm, table: RowTable, rows: Sequence[Block], span: Span) -> Iterator[Band]:
        """The rows of a page under their head, what they come to, and what all of them come to."""
        yield Band(PEOPLE, self._head(table))
        for row in rows[span.first : span.first + span.held]:
            yield Band(PEOPLE, row)
        empty = tuple("" for _ in table.columns)
        for at in range(span.empty):
            yield Band(PEOPLE, self._row(table, span.first + span.held + at + 1, empty))
        of_page = filled.rows[span.first : span.first + span.held]
        for name, held in ((PAGE_TOTAL, of_page), (ALL_TOTAL, filled.rows)):
            yield Band(PEOPLE, self._totals(table, name, totals_of(table, held) if filled.rows else None))

    def _edges(self, table: RowTable) -> list[float]:
        """Where the columns begin and the last one ends, that of the number first."""
        share = (self._width - NUMBER_WIDTH) / sum(column.width for column in table.columns)
        return [0.0, *accumulate((share * column.width for column in table.columns), initial=NUMBER_WIDTH)]

    def _head(self, table: RowTable) -> Block:
        edges, texts = self._edges(table), list[Text]()
        for at, label in enumerate(("序号", *(column.label for column in table.columns))):
            texts += self._cell(label, edges[at], edges[at + 1], CENTRE, HEAD, (WIDE.label, WIDE.dense))[0]
        return Block(HEAD, tuple(texts), _upright(edges, HEAD), fills=((0.0, 0.0, self._width, HEAD),))

    def _row(self, table: RowTable, number: int, cells: Sequence[str]) -> Block:
        edges = self._edges(table)
        aligns = [CENTRE, *(ALIGNED.get(ValueKind(column.kind), LEFT) for column in table.columns)]
        height = ROW
        for at, text in enumerate((str(number), *cells)):
            height = max(height, self._cell(text, edges[at], edges[at + 1], aligns[at], ROW)[1] + 4)
        texts: list[Text] = []
        for at, text in enumerate((str(number), *cells)):
            texts += self._cell(text, edges[at], edges[at + 1], aligns[at], height)[0]
        return Block(height, tuple(texts), _upright(edges, height))

    def _totals(self, table: RowTable, name: str, totals: Totals | None) -> Block:
        """What rows come to: beneath the columns that are added up, or side by side in words; empty on a form to take along."""
        edges = self._edges(table)
        if table.sides:
            said = "；".join(_side(side) for side in totals.sides) if totals else ""
            return Block(TOTAL, tuple(self._cell(f"{name}　{said}", 0.0, self._width, LEFT, TOTAL)[0]))
        added = [at for at, column in enumerate(table.columns, 1) if column.total]
        before = edges[added[0]] if added else self._width
        texts = list(self._cell(f"{name}　{totals.count} 人" if totals else name, 0.0, before, LEFT, TOTAL)[0])
        for at in added:
            figures = in_figures(totals.sums[table.columns[at - 1].key]) if totals else ""
            texts += self._cell(figures, edges[at], edges[at + 1], RIGHT, TOTAL)[0]
        inner = edges[added[0] : -1] if added else []
        return Block(TOTAL, tuple(texts), tuple((x, 0.0, x, TOTAL) for x in inner))

    def _cell(
        self, text: str, left: float, right: float, align: float, height: float, sizes: Sequence[float] = SIZES
    ) -> tuple[tuple[Text, ...], float]:
        """A text in a cell, in the first size in which it fits on one line, else on several; and how high it is."""
        width = right - left - 2 * PAD
        for size in sizes:
            lines = set_lines(self._breaker, (Run(text),), width, size)
            if len(lines) == 1:
                break
        pitch = size * LEADING
        top = (height - pitch * len(lines)) / 2
        return stack_lines(lines, left + PAD, top, width, size, pitch, align), pitch * len(lines)


def _spans(heights: Sequence[float], most: int, first: float, further: float, closing: float) -> list[Span]:
    """The rows page by page; `first` and `further` are the rooms for rows, `closing` is what comes under the last of them."""
    spans: list[Span] = []
    at, room = 0, first
    while True:
        count, used = 0, 0.0
        while at + count < len(heights) and count < most and (used + heights[at + count] <= room or not count):
            used += heights[at + count]
            count += 1
        last = at + count == len(heights)
        fits = used + closing <= room or not count
        left = room - used - (closing if last and fits else 0.0)
        spans.append(Span(at, count, min(most - count, max(int(left // ROW), 0))))
        if last and fits:
            return spans
        at, room = at + count, further


def _height(bands: Sequence[Band]) -> float:
    return sum(band.block.height for band in bands)


def _upright(edges: Sequence[float], height: float) -> tuple[Box, ...]:
    return tuple((x, 0.0, x, height) for x in edges[1:-1])


def _side(side: tuple[str, int, Mapping[str, int]]) -> str:
    """增加 2 人，150.00 元."""
    name, count, sums = side
    amounts = "、".join(f"{in_figures(cents)} 元" for cents in sums.values())
    return f"{name} {count} 人，{amounts}"
