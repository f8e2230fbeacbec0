"""报告的纸面：竖放的 A4，先是四幅图，每幅下面一句话，再是与上一期对照的数表，末页签名."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from counter_assistant.domain.papers.ruled_book import BookColumn, Cell
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.report.printed import PrintedReport
from counter_assistant.domain.report.report import Compared, Section
from counter_assistant.paper.blocks import (
    CENTRE,
    LEFT,
    RIGHT,
    Block,
    Box,
    Placed,
    Shade,
    Text,
    frame,
    set_lines,
    stack_lines,
)
from counter_assistant.paper.charts.chart import GREYS, chart
from counter_assistant.paper.charts.marks import Area, Stroke, Word, marks_of
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import A4
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.typesetter import Typesetter

GAP, CARD, INSIDE = 10.0, 232.0, 8.0
"""Between the four charts, how high each is, and what is kept free inside its frame."""
HEAD, ROW, PAD, SIZE, CHART_SIZE = 18.0, 15.5, 4.0, 9.5, 8.5
SIGN = 40.0


def set_report(typesetter: Typesetter, printed: PrintedReport, watermark: str = "") -> bytes:
    """The PDF of a report, its charts first.

    Raises:
        Refusal: `missing-glyph`.
    """
    typesetter.refuse_missing([*printed.texts(), watermark])
    pages = ReportMaker(typesetter.breaker).pages(printed)
    leaves = [Leaf(A4.page, at, (Part(()),)) for at in range(len(pages))]
    return typesetter.write(printed.title, A4, pages, leaves, watermark)


class ReportMaker:
    """Fills the pages of a report."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker

    def pages(self, printed: PrintedReport) -> list[list[Placed]]:
        """The pages, each whole."""
        m, foot = A4, self._foot(printed.notes)
        blocks = [self._letterhead(printed), *self._charts(printed.report.pictures)]
        for section in printed.report.sections:
            blocks += self._table(section)
        blocks.append(self._signatures(printed.signatures))
        pages: list[list[Placed]] = [[]]
        y, limit = m.top, m.bottom - foot.height - 6
        for at, block in enumerate(blocks):
            needed = block.height + (blocks[at + 1].height if block.keep else 0.0)
            if y + needed > limit and pages[-1]:
                pages.append([])
                y = m.top
                if block.head and not block.keep:
                    pages[-1].append(Placed(y, block.head))
                    y += block.head.height
            pages[-1].append(Placed(y, block))
            y += block.height
        for number, page in enumerate(pages, 1):
            page.append(Placed(m.bottom - foot.height, foot))
            page.append(Placed(m.bottom - foot.height, self._folio(number, len(pages), foot.height)))
        return pages

    def _letterhead(self, printed: PrintedReport) -> Block:
        m = A4
        title = f"{printed.title}（{printed.mark}）" if printed.mark else printed.title
        texts = [*self._line(printed.unit, 0.0, m.width, 0.0, m.label, m.label_pitch)]
        texts += self._line(title, 0.0, m.width, m.label_pitch + 6, m.title, m.title_pitch, CENTRE, strong=True)
        y = m.label_pitch + m.title_pitch + 8
        texts += self._line(printed.extent, 0.0, m.width, y, m.label, m.label_pitch, CENTRE)
        bar = (0.0, m.label_pitch + 2, m.width, m.label_pitch + 2)
        return Block(y + m.label_pitch + 8, tuple(texts), bars=(bar,))

    def _charts(self, pictures: Sequence[Compared]) -> list[Block]:
        """Two beside each other, twice."""
        width = (A4.width - GAP) / 2
        found = []
        for first in range(0, len(pictures), 2):
            cards = [self._card(one, at * (width + GAP), width) for at, one in enumerate(pictures[first : first + 2])]
            found.append(
                Block(
                    CARD + GAP,
                    tuple(text for card in cards for text in card.texts),
                    tuple(rule for card in cards for rule in card.rules),
                    shades=tuple(shade for card in cards for shade in card.shades),
                )
            )
        return found

    def _card(self, one: Compared, left: float, width: float) -> Block:
        """A chart in its frame, with its question above and its sentence beneath."""
        inner = width - 2 * INSIDE
        texts = [*self._line(one.now.subject.question, left + INSIDE, inner, 6.0, 11.0, HEAD, strong=True)]
        of = f"{one.now.total} 件"
        texts += self._line(of, left + INSIDE, inner, 6.0, CHART_SIZE, HEAD, RIGHT)
        said = set_lines(self._breaker, (Run(one.advice.words),), inner, CHART_SIZE)
        end = CARD - 6.0 - 12.0 * len(said)
        texts += stack_lines(said, left + INSIDE, end, inner, CHART_SIZE, 12.0)
        top = 6.0 + HEAD + 4.0
        drawn = self._chart(one, left + INSIDE, top, inner, end - top - 6.0)
        rules = tuple((x0 + left, y0, x1 + left, y1) for x0, y0, x1, y1 in frame(width, CARD))
        return Block(CARD, (*texts, *drawn.texts), (*rules, *drawn.rules), shades=drawn.shades)

    def _chart(self, one: Compared, left: float, top: float, width: float, height: float) -> Block:
        texts, rules, shades = list[Text](), list[Box](), list[Shade]()
        for mark in marks_of(chart(one.now, width, height, CHART_SIZE, GREYS).drawing):
            match mark:
                case Area():
                    shades.append(Shade((left + mark.x, top + mark.y, mark.width, mark.height), _grey(mark.colour)))
                case Stroke():
                    rules.append((left + mark.x0, top + mark.y0, left + mark.x1, top + mark.y1))
                case Word():
                    (line,) = set_lines(self._breaker, (Run(mark.text),), 1000, mark.size)
                    x = left + mark.x - mark.align * line.width * mark.size / 1000
                    texts.append(Text(x, top + mark.y, mark.size, line))
        return Block(height, tuple(texts), tuple(rules), shades=tuple(shades))

    def _table(self, section: Section) -> list[Block]:
        """The title and the heads, kept with the first row, and the rows."""
        edges = _edges(section.columns)
        title = Block(HEAD + 10, self._line(section.title, 0.0, A4.width, 8.0, 11.0, HEAD, strong=True), keep=True)
        heads = self._row(section.columns, edges, [column.head for column in section.columns], head=True)
        rows = [self._row(section.columns, edges, row)._replace(head=heads) for row in section.rows]
        return [title, heads._replace(keep=bool(rows)), *rows]

    def _row(
        self, columns: Sequence[BookColumn], edges: Sequence[float], row: Sequence[Cell], *, head: bool = False
    ) -> Block:
        texts: list[Text] = []
        for at, (cell, (left, right)) in enumerate(zip(row, pairwise(edges), strict=True)):
            align = LEFT if at == 0 else RIGHT
            texts += self._line(str(cell), left + PAD, right - left - 2 * PAD, 0.0, SIZE, ROW, align, strong=head)
        whole = (0.0, 0.0, edges[-1], ROW)
        return Block(ROW, tuple(texts), ((0.0, ROW, edges[-1], ROW),), fills=(whole,) if head else ())

    def _signatures(self, signatures: Sequence[str]) -> Block:
        share = A4.width / max(len(signatures), 1)
        texts, rules = list[Text](), list[Box]()
        for at, text in enumerate(signatures):
            lines = set_lines(self._breaker, (Run(text),), share, A4.body)
            texts += stack_lines(lines[:1], at * share, SIGN / 2, share, A4.body, A4.sign_pitch)
            begins, y = at * share + lines[0].width * A4.body / 1000, SIGN / 2 + A4.sign_pitch
            rules.append((begins, y, (at + 1) * share - GAP, y))
        return Block(SIGN + A4.sign_pitch, tuple(texts), tuple(rules))

    def _foot(self, notes: Sequence[str]) -> Block:
        lines = set_lines(self._breaker, (Run("　".join(notes)),), A4.width * 0.85, A4.small)
        texts = stack_lines(lines, 0.0, 3.0, A4.width, A4.small, A4.foot_pitch)
        return Block(3 + A4.foot_pitch * len(lines), texts, rules=((0.0, 0.0, A4.width, 0.0),))

    def _folio(self, number: int, of: int, height: float) -> Block:
        return Block(height, self._line(f"第{number}页　共{of}页", 0.0, A4.width, 3.0, A4.small, A4.foot_pitch, RIGHT))

    def _line(
        self, text: str, x: float, width: float, top: float, size: float, pitch: float, align: float = LEFT, *,
        strong: bool = False,
    ) -> tuple[Text, ...]:  # fmt: skip
        lines = set_lines(self._breaker, (Run(text, strong=strong),), width, size)
        return stack_lines(lines[:1], x, top, width, size, pitch, align)


def _edges(columns: Sequence[BookColumn]) -> list[float]:
    """Where the columns begin, and the last one ends."""
    share = A4.width / sum(column.width for column in columns)
    return list(accumulate((share * column.width for column in columns), initial=0.0))


def _grey(colour: str) -> float:
    return int(colour[1:3], 16) / 255
