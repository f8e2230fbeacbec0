"""页面：what surrounds the text of a slip: letterhead, title, number, signatures, foot, watermark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import LAYOUT, BlankBelow, Draft, Run, SignatureLine, Signatures, Summary
from counter_assistant.paper.blocks import CENTRE, LEFT, RIGHT, Block, Box, Code, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import Measures, Spacing
from counter_assistant.paper.layout import Layout, paginate
from counter_assistant.paper.line_breaking import SCRIPT_GAP, Line, LineBreaker
from counter_assistant.paper.truetype import EM

KEPT_PARTS = 64
CLOSE = 5_000  # thousandths of an em: more than what the marks in a line and at its ends may give way
OVER = 1.12  # from line to line over the label, in sizes of its text: a printer reaches no higher on continuous paper
TRACKING = 200  # between the letters of a title, thousandths of an em


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: a draft with the three things that an issued slip adds, each of which may be empty.

    A sheet is no record: it has no number, mostly no signatures, and only a foot.
    """

    draft: Draft | Sheet
    number: str
    check: str
    qr: str = ""
    labels: tuple[str, ...] = ()
    layout: int = LAYOUT


class PageMaker:
    """Fills the pages of one copy in one format."""

    def __init__(self, breaker: LineBreaker, measures: Measures) -> None:
        self._breaker, self.measures = breaker, measures
        spacings = (measures.normal, *measures.tighter, *measures.tightest)
        self._layouts = {spacing: Layout(breaker, measures, spacing) for spacing in spacings}
        self.label, self._above = lru_cache(KEPT_PARTS)(self._label), lru_cache(KEPT_PARTS)(self._above_number)
        self._signed = lru_cache(KEPT_PARTS)(self._signature_block)

    def pages(self, paper: Paper) -> list[list[Placed]]:
        """Everything on each page except the copy label, which differs between the copies.

        What needs more than one page at normal spacing is set at the first tighter one at which it fits on one page.
        Where there is none, the spacing is normal on all pages; a format that is `sparing` takes the first of those that
        need the fewest.
        """
        m = self.measures
        pages = self._pages(paper, m.normal)
        if len(pages) == 1:
            return pages
        boxed = any(isinstance(element, Summary) for element in paper.draft.body)
        tighter = (*m.tighter, *(m.tightest if boxed else ()))
        tried: dict[Spacing, list[list[Placed]]] = {}
        if m.sparing:
            every = [pages, *(self._pages(paper, spacing) for spacing in tighter)]
            return min(every, key=len)

        def fits(spacing: Spacing) -> bool:
            tried[spacing] = self._pages(paper, spacing)
            return len(tried[spacing]) == 1

        first = bisect_left(tighter, True, key=fits)
        return tried[tighter[first]] if first < len(tighter) else pages

    def _pages(self, paper: Paper, spacing: Spacing) -> list[list[Placed]]:
        m, frame = self.measures, self._frame(paper, spacing)
        first, further, closing = frame
        tops = (m.top + first.height + 4, m.top + further + 4)
        limit = min(m.row_limit, self._room(*frame) - m.row_spare)
        layout, body = self._layouts[spacing], paper.draft.body
        pages = paginate(layout.blocks(body, limit), tops, m.bottom, closing.height)
        if body and isinstance(body[-1], BlankBelow):
            end = pages[-1][-1].top + pages[-1][-1].block.height if pages[-1] else tops[len(pages) > 1]
            blank = layout.blank_below(body[-1], m.bottom - closing.height - end)
            pages[-1] += [Placed(end, blank)] if blank else []
        for at, page in enumerate(pages):
            page.insert(0, Placed(m.top, self._letterhead(paper, first=False) if at else first))
            if len(pages) > 1:
                page.append(Placed(m.top, self._folio(at + 1, len(pages), page[0].block)))
        pages[-1].append(Placed(m.bottom - closing.height, closing))
        return pages

    def _label(self, text: str, mark: str) -> Block:
        """The copy label above the thick rule; a reprint is marked before it, and over it, in the margin, where the mark is long."""
        m, half = self.measures, self.measures.width / 2
        marked = (Run(mark, strong=True),) if mark else ()
        lines = set_lines(self._breaker, (*marked, Run(f"　{text}" if mark else text)), half, m.label)
        if mark and len(lines) > 1:
            own = set_lines(self._breaker, (Run(text),), half, m.label)
            lines = (*set_lines(self._breaker, marked, m.width, m.label), *own)
        up = range(len(lines) - 1, -1, -1)
        texts = [
            stack_lines((line,), 0, -OVER * m.label * n, m.width, m.label, m.label_pitch, RIGHT)
            for line, n in zip(lines, up, strict=True)
        ]
        return Block(m.label_pitch, tuple(chain.from_iterable(texts)))

    def room(self, paper: Paper) -> float:
        """The height left for text on a further page with the signatures; negative if they do not fit."""
        return self._room(*self._frame(paper, self.measures.normal))

    def _frame(self, paper: Paper, spacing: Spacing) -> tuple[Block, float, Block]:
        """The letterhead of the first page, the height of that of a further one, and what is at the bottom of the last one."""
        return self._letterhead(paper, first=True), self._further_height(paper), self.closing(paper, spacing)

    def _further_height(self, paper: Paper) -> float:
        """How tall the letterhead of a further page is, which most papers do not have: it is set only where that is close."""
        m, (_, _, y) = self.measures, self._above(_joined(paper.draft.unit, paper.draft.branch), paper.labels)
        most = len(self._numbered(paper, first=False)) * (EM + SCRIPT_GAP) * m.label / EM
        return y + m.label_pitch if most <= m.width - m.inset else self._letterhead(paper, first=False).height

    def _letterhead(self, paper: Paper, *, first: bool) -> Block:
        """The unit over the thick rule; then the title and the number, in one small line on a further page."""
        draft, m = paper.draft, self.measures
        title = (draft.title, draft.mark) if first else None
        texts, bars, y = self._above(_joined(draft.unit, draft.branch), paper.labels, title)
        width = m.width - (2 if first else 1) * m.inset
        lines = set_lines(self._breaker, (Run(self._numbered(paper, first=first)),), width, m.label)
        x, align = (m.inset, CENTRE) if first else (0.0, LEFT)
        below = stack_lines(lines, x, y, width, m.label, m.label_pitch, align)
        return Block(y + m.label_pitch * len(lines), (*texts, *below), bars=bars)

    def _numbered(self, paper: Paper, *, first: bool) -> str:
        number = f"编号：{paper.number}" if paper.number else ""
        return number if first else _joined(f"{paper.draft.title}（续）", number)

    def _above_number(
        self, unit: str, labels: tuple[str, ...], title: tuple[str, str] | None = None
    ) -> tuple[tuple[Text, ...], tuple[Box, ...], float]:
        """The unit beside the labels over the thick rule, and the title with its mark; and how far down that goes."""
        m = self.measures
        beside = max((self.label(label, "补打 第99次").texts[-1].line.width for label in labels), default=0)
        lines = set_lines(self._breaker, (Run(unit),), self._left(beside), m.label)
        y = m.label_pitch * len(lines)
        texts = stack_lines(lines, 0, 0, m.width, m.label, m.label_pitch)
        bars = ((0.0, y + 1.5, m.width, y + 1.5),)
        if title is None:
            return texts, bars, y + 3.5
        titled, y = self._title(*title, y + 3.5)
        return (*texts, *titled), bars, y

    def _title(self, title: str, mark: str, y: float) -> tuple[list[Text], float]:
        """The letter-spaced title in the middle, with its mark beside it where both fit, else below it."""
        m = self.measures
        narrow = m.width * 1000 / (1000 + TRACKING)
        lines = [_tracked(line) for line in set_lines(self._breaker, (Run(title, strong=True),), narrow, m.title)]
        small = set_lines(self._breaker, (Run(f"（{mark}）"),), m.width, m.mark) if mark else ()
        widths = [lines[-1].width * m.title / 1000, small[0].width * m.mark / 1000 if small else 0.0]
        texts: list[Text] = []
        end = y + m.title_pitch * len(lines)
        if len(lines) == len(small) == 1 and sum(widths) + m.mark <= m.width:
            x = (m.width - sum(widths) - m.mark) / 2
            texts += stack_lines(tuple(lines), x, y, m.width, m.title, m.title_pitch)
            beside = Text(x + widths[0] + m.mark, texts[0].y, m.mark, small[0])
            return [*texts, beside], end
        texts += stack_lines(tuple(lines), 0, y, m.width, m.title, m.title_pitch, CENTRE)
        texts += stack_lines(small, 0, end, m.width, m.mark, m.label_pitch, CENTRE)
        return texts, end + m.label_pitch * len(small)

    def _folio(self, page: int, pages: int, letterhead: Block) -> Block:
        m = self.measures
        lines = set_lines(self._breaker, (Run(f"第{page}页　共{pages}页"),), m.width, m.label)
        return Block(
            0, stack_lines(lines, 0, letterhead.height - m.label_pitch, m.width, m.label, m.label_pitch, RIGHT)
        )

    def closing(self, paper: Paper, spacing: Spacing) -> Block:
        """The signatures with the QR code beside them, and the foot line; the foot line alone under a sheet that nobody signs."""
        notes, m = paper.draft.notes, self.measures
        signatures, top = paper.draft.signatures, spacing.closing
        if isinstance(paper.draft, Sheet) and not signatures.left:
            return self._foot(notes, 6.0, [], [], ())
        texts, rules, height = self._signed(signatures, top, coded=bool(paper.qr))
        codes = (Code(m.width - m.qr, top - 2, m.qr, paper.qr),) if paper.qr else ()
        foot = (*notes[:1], f"校验码 {paper.check}", *notes[1:]) if paper.check else notes
        return self._foot(foot, max(height, top + m.qr) + 6, texts, rules, codes)

    def _signature_block(
        self, signatures: Signatures, top: float, *, coded: bool
    ) -> tuple[tuple[Text, ...], tuple[Box, ...], float]:
        """The lines to sign on from `top` down, with what the code beside them is for; and how far down they go."""
        texts, rules, height = self._signatures(signatures.left, signatures.right, top)
        caption = self._caption(signatures.caption, top - 2) if coded else ()
        return (*texts, *caption), tuple(rules), height

    def _caption(self, caption: str, top: float) -> Iterator[Text]:
        """What the QR code is for: beside it, from top to bottom, in the middle of its height."""
        m = self.measures
        top += (m.qr - m.foot_pitch * len(caption)) / 2
        for at, character in enumerate(caption):
            lines = set_lines(self._breaker, (Run(character),), m.width, m.small)
            yield from stack_lines(
                lines, m.width - m.qr - m.qr_quiet - m.small, top + m.foot_pitch * at, m.small, m.small, m.foot_pitch
            )

    def _foot(
        self, notes: Sequence[str], y: float, texts: Sequence[Text], rules: Sequence[Box], codes: tuple[Code, ...]
    ) -> Block:
        """The notes under a rule at `y`, as many to a line as fit whole, with what is above it."""
        rows, end, m = [""], -EM, self.measures
        for note in notes:
            wide = self._breaker.widths((Run(note),))
            joined, end = _joined(rows[-1], note), end + EM + wide[0]
            room = m.width * EM / m.small - end
            if abs(room) < CLOSE or "\n" in joined:
                room = 2 - len(set_lines(self._breaker, (Run(joined),), m.width, m.small))
            fits = room > 0 or not rows[-1]
            rows[-1:], end = ([joined], end) if fits else ([rows[-1], note], wide[0])
        lines = tuple(line for row in rows for line in set_lines(self._breaker, (Run(row),), m.width, m.small))
        drawn = (*texts, *stack_lines(lines, 0, y + 3, m.width, m.small, m.foot_pitch))
        height = y + 3 + m.foot_pitch * len(lines)
        return Block(height, drawn, rules=(*rules, (0.0, y, m.width, y)), codes=codes)

    def _signatures(
        self, left: Sequence[SignatureLine], right: Sequence[SignatureLine], y: float
    ) -> tuple[list[Text], list[Box], float]:
        """Both sides beside each other; one below the other on paper that is too narrow to sign in half of it."""
        m = self.measures
        texts: list[Text] = []
        rules: list[Box] = []
        column = m.width - m.qr_column - m.gutter if m.stacked else (m.width - m.qr_column - 2 * m.gutter) / 2
        rows = (
            [((0.0, one),) for one in (*left, *right)] if m.stacked else _side_by_side(left, right, column + m.gutter)
        )
        for row in rows:
            height = 0.0
            for x, line in row:
                lines = set_lines(self._breaker, (Run(line.text),), column, m.body)
                texts += stack_lines(lines, x, y, column, m.body, m.sign_pitch)
                used = len(lines)
                if line.ruled:
                    rule = self._rule_after(lines[-1], x, y + m.sign_pitch * (used - 1), column)
                    rules.append(rule)
                    used += rule[1] > y + m.sign_pitch * used
                height = max(height, m.sign_pitch * used)
            y += height
        return texts, rules, y

    def _room(self, first: Block, further: float, closing: Block) -> float:
        return self.measures.bottom - self.measures.top - max(first.height, further) - closing.height

    def _rule_after(self, line: Line, x: float, top: float, column: float) -> Box:
        """The rule to write on: after the text, or under it where too little of the column is left."""
        m = self.measures
        start = line.width * m.body / 1000 if line.text else 0.0
        y = top + m.sign_pitch / 2 + 0.5 * m.body
        if column - start < m.shortest_rule:
            start, y = 0.0, y + m.sign_pitch
        return (x + start, y, x + min(column, start + m.sign_rule), y)

    def _left(self, beside: float) -> float:
        """The width that a copy label of `beside` thousandths of an em leaves for the unit."""
        m = self.measures
        return max(m.width / 2, m.width - beside * m.label / 1000 - m.label)


def _side_by_side(
    left: Sequence[SignatureLine], right: Sequence[SignatureLine], beside: float
) -> list[tuple[tuple[float, SignatureLine], ...]]:
    """The lines of both sides in rows, each line with where it begins."""
    pairs = zip_longest(left, right)
    return [tuple((x, line) for x, line in zip((0.0, beside), pair, strict=True) if line is not None) for pair in pairs]


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _tracked(line: Line) -> Line:
    """The line with its letters spaced apart."""
    spans = tuple(span._replace(spacing=span.spacing + TRACKING) for span in line.spans)
    return line._replace(spans=spans, width=line.width + TRACKING * (len(line.text) - 1), spoken=line.text)
