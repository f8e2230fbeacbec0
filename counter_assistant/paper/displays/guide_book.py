"""办事指南成册：封面、目录、每个事项的指南、法规版本，连着编页码，左边留出装订的地方."""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.displays.guide_book import BookCover, ContentsLine
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, RIGHT, Block, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.displays.fitting import Area, Fitter, Sizes
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import A4, MM
from counter_assistant.paper.line_breaking import LineBreaker

GUTTER = 5 * MM
"""By how much the text of each sheet is moved away from the edge that is bound: 27 mm stay free at the left, 15 at the right."""
LINE, HEAD, PITCH, HEAD_PITCH, TITLE = 11.0, 12.0, 20.0, 30.0, 24.0
LED_BY = "…"
FOLIO = 9.5


class GuideBookMaker:
    """Draws what surrounds the guides, and binds them."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker, self._fitter = breaker, Fitter(breaker)

    def cover(self, cover: BookCover) -> list[Placed]:
        """The cover: the unit above, the title in the middle, what the book goes by below."""
        texts = [*self._fitter.put(cover.unit, Area(0, 50 * MM, A4.width, 20 * MM), Sizes(26.0, 14.0, 2))]
        texts += self._fitter.put(cover.title, Area(0, 95 * MM, A4.width, 34 * MM), Sizes(58.0, 30.0), strong=True)
        y = 138 * MM
        for line in cover.lines:
            texts += self._fitter.put(line, Area(0, y, A4.width, 11 * MM), Sizes(15.0, 9.0, 2))
            y += 11 * MM
        y = 226 * MM
        for line in cover.foot:
            texts += self._fitter.put(line, Area(0, y, A4.width, 9 * MM), Sizes(13.0, 9.0, 2))
            y += 9 * MM
        rule = 134 * MM
        return [Placed(0.0, Block(A4.page[1], tuple(texts), bars=((A4.width / 4, rule, A4.width * 3 / 4, rule),)))]

    def contents(self, title: str, lines: Sequence[ContentsLine]) -> list[list[Placed]]:
        """The table of contents, on as many pages as it needs: that does not depend on the numbers of the pages."""
        pages: list[list[Placed]] = [[self._title(title)]]
        y = A4.top + TITLE * 2.4
        for at, line in enumerate(lines):
            height = PITCH if line.page else HEAD_PITCH
            needed = height + (PITCH if not line.page and at + 1 < len(lines) else 0)
            if y + needed > A4.bottom:
                pages.append([])
                y = A4.top
            pages[-1].append(Placed(y, self._line(line) if line.page else self._head(line.text)))
            y += height
        return pages

    def _title(self, title: str) -> Placed:
        lines = set_lines(self._breaker, (Run(title, strong=True),), A4.width, TITLE)
        return Placed(A4.top, Block(TITLE, stack_lines(lines, 0, 0, A4.width, TITLE, TITLE * 1.5, CENTRE)))

    def _head(self, text: str) -> Block:
        lines = set_lines(self._breaker, (Run(text, strong=True),), A4.width, HEAD)
        return Block(HEAD_PITCH, stack_lines(lines[:1], 0, HEAD_PITCH - PITCH, A4.width, HEAD, PITCH))

    def _line(self, line: ContentsLine) -> Block:
        """What stands on a page, dots, and the number of the page."""
        number = set_lines(self._breaker, (Run(str(line.page)),), A4.width, LINE)
        room = A4.width - 16 * MM
        said, size = self._fitter.fit(line.text, room, PITCH, Sizes(LINE, LINE / 2))
        start = said[0].width * size / 1000 + LINE / 2
        (dot,) = set_lines(self._breaker, (Run(LED_BY),), A4.width, LINE)
        dots = int((A4.width - 12 * MM - start) // (dot.width * LINE / 1000))
        texts: list[Text] = [*stack_lines(said, 0, 0, A4.width, size, PITCH)]
        if dots > 0:
            led = set_lines(self._breaker, (Run(LED_BY * dots),), A4.width, LINE)
            texts += stack_lines(led, 0, 0, A4.width - 11 * MM, LINE, PITCH, RIGHT)
        texts += stack_lines(number, 0, 0, A4.width, LINE, PITCH, RIGHT)
        return Block(PITCH, tuple(texts))

    def bind(
        self, cover: Sequence[Placed], pages: Sequence[Sequence[Placed]]
    ) -> tuple[list[Sequence[Placed]], list[Leaf]]:
        """The book: the cover, and the other pages with their numbers, from 1."""
        whole = [cover, *pages]
        return whole, [
            Leaf(A4.page, at, (Part((self._folio(at),) if at else (), shift=GUTTER),)) for at in range(len(whole))
        ]

    def _folio(self, page: int) -> Placed:
        lines = set_lines(self._breaker, (Run(f"— {page} —"),), A4.width, FOLIO)
        return Placed(
            A4.bottom + 1.5 * MM, Block(FOLIO, stack_lines(lines, 0, 0, A4.width, FOLIO, FOLIO * 1.3, CENTRE))
        )
