"""排版：a slip as blocks, and the blocks on pages.

The signatures and the foot are at the bottom of the last page, and never alone: where the text leaves no room for them,
its last lines go with them to another page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from counter_assistant.domain.papers.slip import BlankBelow, Element, Fields, Heading, Paragraph, Run, Summary, Table
from counter_assistant.paper.blocks import CENTRE, Block, Placed, Text, even_lines, frame, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import Measures, Spacing
from counter_assistant.paper.grid import Grid
from counter_assistant.paper.line_breaking import LineBreaker

KEPT_ELEMENTS = 2048
SUMMARY_PAD, LEAST_SUMMARY = 8.0, 3.0  # points: room beside and above the text of the box
REMNANT = 0.2  # in the box a last line shorter than this part of the width is evened out
BLANK_FROM, BLANK_GAP = (
    12.0,
    16.0,
)  # points: with what is empty above a signature a line could be written here; the gap above


class Layout:
    """Turns the elements of a slip into blocks at one spacing.

    It remembers headings and paragraphs, because most of the wording is fixed.
    """

    def __init__(self, breaker: LineBreaker, measures: Measures, spacing: Spacing) -> None:
        self._breaker, self._m = breaker, measures
        self._spacing = spacing
        self._grid = Grid(breaker, measures, spacing)
        self._running = lru_cache(KEPT_ELEMENTS)(self._running_blocks)

    def blocks(self, body: Sequence[Element], limit: float) -> list[Block]:
        """The blocks of a slip's body, from top to bottom. Rows taller than `limit` are split."""
        blocks: list[Block] = []
        after_table = False
        for element in _run_in(body) if self._spacing.run_in else body:
            made = list(self._element(element, limit))
            if after_table and made and isinstance(element, Paragraph | Table):
                made[0] = made[0]._replace(space=self._spacing.after_table)
            blocks += made
            after_table = isinstance(element, Table | Fields)
        return blocks

    def _element(self, element: Element, limit: float) -> Sequence[Block]:
        match element:
            case Fields():
                return self._grid.fields(element, limit)
            case Table(layout="maybe"):
                return self._whole(self._grid.table(element, limit))
            case Table():
                return self._grid.table(element, limit)
            case Summary():
                return self._summary(element, limit)
            case BlankBelow():
                return []  # placed once the pages are filled
            case _:
                return self._running(element)

    def _summary(self, element: Summary, limit: float) -> Sequence[Block]:
        """The box at the head, larger than the text beneath it; without its frame where it is taller than `limit`."""
        size, inner = self._spacing.summary, self._m.width - 2 * SUMMARY_PAD
        pitch = size * self._spacing.leading
        y = pad = LEAST_SUMMARY + self._spacing.pad / 2
        texts: list[Text] = []
        for runs in element.lines:
            lines = even_lines(self._breaker, runs, inner, size, REMNANT, at_pause=True)
            texts += stack_lines(lines, SUMMARY_PAD, y, inner, size, pitch)
            y += pitch * len(lines)
        if y + pad > limit:
            return [block for line in element.lines for block in self._running(Paragraph(line))]
        return [Block(y + pad, tuple(texts), frame(self._m.width, y + pad), space=self._spacing.after_table)]

    def blank_below(self, element: BlankBelow, room: float) -> Block | None:
        """以下空白 in the middle of the line; None where there is too little `room` to write into."""
        if room < BLANK_FROM:
            return None
        width, size = self._m.width, self._m.dense
        lines, gap = set_lines(self._breaker, (Run(element.text),), width, size), min(BLANK_GAP, (room - size) / 2)
        return Block(gap + size, stack_lines(lines, 0, gap, width, size, size, CENTRE))

    def _running_blocks(self, element: Heading | Paragraph) -> tuple[Block, ...]:
        """One block per line; the first two and the last two lines stay together, a heading with what follows."""
        heading = isinstance(element, Heading)
        runs = (Run(element.number + element.text, strong=True),) if isinstance(element, Heading) else element.runs
        body, width = self._m.body, self._m.width
        pitch, space = body * self._spacing.leading, self._spacing.heading if heading else self._spacing.paragraph
        lines = set_lines(self._breaker, runs, width, body, justified=True)
        return tuple(
            Block(
                pitch,
                stack_lines((line,), 0, 0, width, body, pitch),
                space=0.0 if at else space,
                keep=heading or (len(lines) > 1 and at in (0, len(lines) - 2)),
            )
            for at, line in enumerate(lines)
        )

    def _whole(self, blocks: list[Block]) -> list[Block]:
        """A table whose rows stay together, unless it would leave too much of a page empty."""
        if _height(blocks) > self._m.kept_whole:
            return blocks
        return [block._replace(keep=at < len(blocks) - 1) for at, block in enumerate(blocks)]


def _run_in(body: Sequence[Element]) -> list[Element]:
    """The body with each heading at the beginning of the paragraph that follows it."""
    joined: list[Element] = []
    for element in body:
        if isinstance(element, Paragraph) and joined and isinstance(heading := joined[-1], Heading):
            lead = Run(f"{heading.number}{heading.text}\u3000", strong=True)
            joined[-1] = Paragraph((lead, *element.runs))
        else:
            joined.append(element)
    return joined


def paginate(blocks: Sequence[Block], tops: tuple[float, float], bottom: float, closing: float) -> list[list[Placed]]:
    """The blocks of each page. `tops` are where the text begins on the first and on any other page.

    The last page ends `closing` above `bottom`, to leave room for the signatures.
    """
    pages: list[list[Placed]] = [[]]
    y = tops[0]
    for group in _groups(blocks):
        if pages[-1] and y + _height(group) > bottom:
            pages.append([])
            y = tops[1]
        for block in group:
            if pages[-1] and y + block.space + block.height > bottom:
                pages.append([])
                y = tops[1]
            y = _place(pages[-1], block, y)
    if y > bottom - closing and blocks:
        _make_room(pages, tops, bottom - closing)
    return pages


def _make_room(pages: list[list[Placed]], tops: tuple[float, float], bottom: float) -> None:
    """Moves the end of the text to another page: the last group, or its last block where the group is too tall."""
    body = [placed.block for placed in pages[-1]]
    last = len(list(_groups(body))[-1])
    if last == len(body) and len(body) > 1:
        last = 1
    while last > 1 and tops[1] + _height(body[-last:]) + _head_height(body[-last]) > bottom:
        last -= 1
    if last == len(body):
        return  # a single block: the limit of a row ensures that it leaves room
    del pages[-1][-last:]
    pages.append([])
    y = tops[1]
    for block in body[-last:]:
        y = _place(pages[-1], block, y)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Strips that stay together."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _height(group: Sequence[Block]) -> float:
    return sum(block.space + block.height for block in group)


def _head_height(block: Block) -> float:
    return block.head.height if block.head else 0.0


def _place(page: list[Placed], block: Block, y: float) -> float:
    """Puts a block below what is on the page; returns the y below it."""
    if page:
        y += block.space
    elif block.head:
        page.append(Placed(y, block.head))
        y += block.head.height
    page.append(Placed(y, block))
    return y + block.height
