"""登记簿的纸面：横放的 A4，每页表头和小计，末页合计和签名.

A row is as high as its highest cell; one that is higher than a page is broken over pages. Nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from counter_assistant.domain.papers.ruled_book import BookColumn, Cell, RuledBook, sums_of
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, LEFT, RIGHT, Block, Box, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import Line, LineBreaker

LANDSCAPE = Measures((297 * MM, 210 * MM), 12 * MM, 273 * MM, 11 * MM, 200 * MM, title=17.0, title_pitch=25.0)
PITCH, PAD, PAD_Y = 11.5, 3.0, 3.0
SIZES = (9.0, 8.5)
HEAD, TOTAL, SIGN = 22.0, 19.0, 30.0
SIGN_RULE = 34 * MM
PAGE_TOTAL, ALL_TOTAL = "本页小计", "合计"


class Span(NamedTuple):
    """The rows of a page: the pieces of the book's rows from one to before another."""

    first: int
    after: int


class BookMaker:
    """Fills the pages of a book."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker

    def pages(self, book: RuledBook) -> list[list[Placed]]:
        """The pages, each whole."""
        m, edges = LANDSCAPE, _edges(book.columns)
        head, foot = self._column_heads(book.columns, edges), self._foot(book.notes)
        signed = self._signatures(book.signatures)
        pieces = [
            (row if not at else None, block)
            for row in book.rows
            for at, block in enumerate(self._row(book.columns, edges, row))
        ]
        room = m.bottom - m.top - self._letterhead(book, 1, 1).height - head.height - TOTAL - foot.height
        spans = _spans([block.height for _, block in pieces], room, TOTAL + signed.height)
        pages = []
        for number, span in enumerate(spans, 1):
            y, page = m.top, list[Placed]()
            blocks = [self._letterhead(book, number, len(spans)), head]
            blocks += [block for _, block in pieces[span.first : span.after]]
            own = [row for row, _ in pieces[span.first : span.after] if row is not None]
            blocks.append(self._total(PAGE_TOTAL, book.columns, edges, own))
            if number == len(spans):
                blocks += [self._total(ALL_TOTAL, book.columns, edges, book.rows), signed]
            for block in blocks:
                page.append(Placed(y, block))
                y += block.height
            page.append(Placed(m.bottom - foot.height, foot))
            pages.append(page)
        return pages

    def label(self) -> Block:
        """What differs between copies: nothing, there is one."""
        return Block(0.0)

    def _letterhead(self, book: RuledBook, number: int, of: int) -> Block:
        m = LANDSCAPE
        title = f"{book.title}（{book.mark}）" if book.mark else book.title
        texts = [*self._line(Run(title, strong=True), 0.0, m.width, 0.0, m.title, m.title_pitch, CENTRE)]
        y, third = m.title_pitch + 2, m.width / 3
        said = ((book.unit, LEFT), (book.extent, CENTRE), (f"第{number}页　共{of}页", RIGHT))
        height = 0.0
        for at, (text, align) in enumerate(said):
            lines = set_lines(self._breaker, (Run(text),), third, m.label)
            texts += stack_lines(lines, at * third, y, third, m.label, m.label_pitch, align)
            height = max(height, m.label_pitch * len(lines))
        return Block(y + height + 3, tuple(texts))

    def _column_heads(self, columns: Sequence[BookColumn], edges: Sequence[float]) -> Block:
        fitted = [
            self._fit(column.head, right - left) for column, (left, right) in zip(columns, pairwise(edges), strict=True)
        ]
        height = max(HEAD, *(PITCH * len(lines) + 2 * PAD_Y for lines, _ in fitted))
        texts = [
            text
            for (lines, size), (left, right) in zip(fitted, pairwise(edges), strict=True)
            for text in self._put(lines, size, left, right, height, CENTRE)
        ]
        rules = (*_upright(edges, height), (0.0, 0.0, edges[-1], 0.0), (0.0, height, edges[-1], height))
        return Block(height, tuple(texts), rules, fills=((0.0, 0.0, edges[-1], height),))

    def _row(self, columns: Sequence[BookColumn], edges: Sequence[float], row: Sequence[Cell]) -> list[Block]:
        """A row as one block, or as several where it is higher than most of a page."""
        fitted = [self._fit(str(cell), right - left) for cell, (left, right) in zip(row, pairwise(edges), strict=True)]
        most = max(len(lines) for lines, _ in fitted)
        step = most if most * PITCH < HIGHEST else PIECE
        blocks = []
        for at in range(0, most, step):
            height = PITCH * max(len(lines[at : at + step]) for lines, _ in fitted) + 2 * PAD_Y
            texts = [
                text
                for (lines, size), column, (left, right) in zip(fitted, columns, pairwise(edges), strict=True)
                for text in self._put(lines[at : at + step], size, left, right, height, RIGHT if column.adds else LEFT)
            ]
            below = ((0.0, height, edges[-1], height),) if at + step >= most else ()
            blocks.append(Block(height, tuple(texts), (*_upright(edges, height), *below)))
        return blocks

    def _total(
        self, name: str, columns: Sequence[BookColumn], edges: Sequence[float], rows: Sequence[Sequence[Cell]]
    ) -> Block:
        """How many rows there are, and what the columns that are added up come to."""
        sums = sums_of(columns, rows)
        end = min((edges[at] for at in sums), default=edges[-1])
        texts = list(self._line(Run(f"{name}　{len(rows)} 条"), PAD, end - 2 * PAD, 0.0, SIZES[0], TOTAL, LEFT))
        for at, amount in sums.items():
            width = edges[at + 1] - edges[at] - 2 * PAD
            texts += self._line(Run(str(amount)), edges[at] + PAD, width, 0.0, SIZES[0], TOTAL, RIGHT)
        inner = tuple((x, 0.0, x, TOTAL) for at in sums for x in (edges[at], edges[at + 1]))
        sides = ((0.0, 0.0, 0.0, TOTAL), (edges[-1], 0.0, edges[-1], TOTAL))
        return Block(TOTAL, tuple(texts), (*inner, *sides, (0.0, TOTAL, edges[-1], TOTAL)))

    def _signatures(self, signatures: Sequence[str]) -> Block:
        if not signatures:
            return Block(0.0)
        m = LANDSCAPE
        share, texts, rules = m.width / len(signatures), list[Text](), list[Box]()
        for at, text in enumerate(signatures):
            lines = set_lines(self._breaker, (Run(text),), share, m.body)
            texts += stack_lines(lines[:1], at * share, 8.0, share, m.body, m.sign_pitch)
            start = at * share + lines[0].width * m.body / 1000
            rules.append((start, 8.0 + m.sign_pitch, min(start + SIGN_RULE, (at + 1) * share), 8.0 + m.sign_pitch))
        return Block(SIGN, tuple(texts), tuple(rules))

    def _foot(self, notes: Sequence[str]) -> Block:
        m = LANDSCAPE
        lines = set_lines(self._breaker, (Run("　".join(notes)),), m.width, m.small)
        texts = stack_lines(lines, 0.0, 3.0, m.width, m.small, m.foot_pitch)
        return Block(3 + m.foot_pitch * len(lines), texts, rules=((0.0, 0.0, m.width, 0.0),))

    def _fit(self, text: str, width: float) -> tuple[tuple[Line, ...], float]:
        """The lines of a cell and their size: the first at which it fits on one line, else the smallest."""
        for size in SIZES:
            lines = set_lines(self._breaker, (Run(text),), width - 2 * PAD, size)
            if len(lines) == 1:
                break
        return lines, size

    def _put(
        self, lines: tuple[Line, ...], size: float, left: float, right: float, height: float, align: float
    ) -> tuple[Text, ...]:
        top = (height - PITCH * len(lines)) / 2 if align == CENTRE else PAD_Y
        return stack_lines(lines, left + PAD, top, right - left - 2 * PAD, size, PITCH, align)

    def _line(
        self, run: Run, x: float, width: float, top: float, size: float, pitch: float, align: float
    ) -> tuple[Text, ...]:
        return stack_lines(set_lines(self._breaker, (run,), width, size), x, top, width, size, pitch, align)


HIGHEST, PIECE = 260.0, 8
"""A row up to this height, in points, stays whole; a higher one is broken into pieces of so many lines."""


def _edges(columns: Sequence[BookColumn]) -> list[float]:
    """Where the columns begin, and the last one ends."""
    share = LANDSCAPE.width / sum(column.width for column in columns)
    return list(accumulate((share * column.width for column in columns), initial=0.0))


def _upright(edges: Sequence[float], height: float) -> tuple[Box, ...]:
    return tuple((x, 0.0, x, height) for x in edges)


def _spans(heights: Sequence[float], room: float, closing: float) -> list[Span]:
    """The pieces page by page; under the last of them `closing` has its place as well, if need be on a page of its own."""
    spans: list[Span] = []
    first = 0
    while True:
        after, used = first, 0.0
        while after < len(heights) and used + heights[after] <= room:
            used += heights[after]
            after += 1
        if after == len(heights) and used + closing <= room:
            return [*spans, Span(first, after)]
        if after == len(heights) and after - first > 1:
            after -= 1  # the last row goes on to the page with what closes the book
        spans.append(Span(first, after))
        first = after
