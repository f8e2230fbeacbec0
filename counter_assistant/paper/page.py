"""页面：what surrounds the text of a slip: letterhead, title, number, signatures, foot, watermark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import BlankBelow, Draft, Run, SignatureLine, Summary
from counter_assistant.paper.blocks import (
    BODY,
    CENTRE,
    LABEL,
    LEFT,
    MM,
    NORMAL,
    RIGHT,
    SMALL,
    TIGHTER,
    TIGHTEST,
    WIDTH,
    Block,
    Box,
    Placed,
    Spacing,
    Text,
    set_lines,
    stack_lines,
)
from counter_assistant.paper.layout import Layout, paginate
from counter_assistant.paper.line_breaking import Line, LineBreaker
from counter_assistant.paper.qr import qr_boxes

PAGE = (210 * MM, 297 * MM)
MARGIN, TOP, BOTTOM = 22 * MM, 15 * MM, 285 * MM  # from the left and the upper edge
TITLE, TITLE_PITCH, TRACKING = 20.0, 31.0, 200  # points, points, thousandths of an em
MARK, LABEL_PITCH = 9.0, 13.5
QR, QR_COLUMN, GUTTER = 22 * MM, 26 * MM, 6 * MM
QR_QUIET = 4 * MM  # between the code and its caption: four modules of the code
SIGN_PITCH, SIGN_RULE, SHORTEST_RULE = 18.5, 30 * MM, 15 * MM
FOOT_PITCH = 11.5
ROW_LIMIT, ROW_SPARE = 480.0, 60.0  # the tallest row that stays whole, beside its table's head and the signatures


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


class PageMaker:
    """Fills the pages of one copy."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker
        self._layouts = {spacing: Layout(breaker, spacing) for spacing in (NORMAL, *TIGHTER, *TIGHTEST)}

    def pages(self, paper: Paper) -> list[list[Placed]]:
        """Everything on each page except the copy label, which differs between the copies.

        What needs more than one page at normal spacing is set at the first tighter one at which it fits on one page.
        Where there is none, the spacing is normal on all pages.
        """
        pages = self._pages(paper, NORMAL)
        if len(pages) == 1:
            return pages
        boxed = any(isinstance(element, Summary) for element in paper.draft.body)
        tighter = (*TIGHTER, *(TIGHTEST if boxed else ()))
        tried: dict[Spacing, list[list[Placed]]] = {}

        def fits(spacing: Spacing) -> bool:
            tried[spacing] = self._pages(paper, spacing)
            return len(tried[spacing]) == 1

        first = bisect_left(tighter, True, key=fits)
        return tried[tighter[first]] if first < len(tighter) else pages

    def _pages(self, paper: Paper, spacing: Spacing) -> list[list[Placed]]:
        first, further, closing = self._frame(paper, spacing)
        tops = (TOP + first.height + 4, TOP + further.height + 4)
        limit = min(ROW_LIMIT, _room(first, further, closing) - ROW_SPARE)
        layout, body = self._layouts[spacing], paper.draft.body
        pages = paginate(layout.blocks(body, limit), tops, BOTTOM, closing.height)
        if body and isinstance(body[-1], BlankBelow):
            end = pages[-1][-1].top + pages[-1][-1].block.height if pages[-1] else tops[len(pages) > 1]
            blank = layout.blank_below(body[-1], BOTTOM - closing.height - end)
            pages[-1] += [Placed(end, blank)] if blank else []
        for at, page in enumerate(pages):
            page.insert(0, Placed(TOP, further if at else first))
            if len(pages) > 1:
                page.append(Placed(TOP, self._folio(at + 1, len(pages), page[0].block)))
        pages[-1].append(Placed(BOTTOM - closing.height, closing))
        return pages

    def label(self, text: str, mark: str) -> Block:
        """The copy label above the thick rule; a reprint is marked before it."""
        runs = (Run(mark, strong=True), Run("　" + text)) if mark else (Run(text),)
        lines = set_lines(self._breaker, runs, WIDTH / 2, LABEL)
        return Block(LABEL_PITCH * len(lines), stack_lines(lines, 0, 0, WIDTH, LABEL, LABEL_PITCH, RIGHT))

    def watermark(self, text: str) -> Line:
        """The large word behind the text."""
        return set_lines(self._breaker, (Run(text, strong=True),), 10_000, 1)[0]

    def room(self, paper: Paper) -> float:
        """The height left for text on a further page with the signatures; negative if they do not fit."""
        return _room(*self._frame(paper, NORMAL))

    def _frame(self, paper: Paper, spacing: Spacing) -> tuple[Block, Block, Block]:
        """The letterhead of the first and of a further page, and what is at the bottom of the last one."""
        return self._letterhead(paper, first=True), self._letterhead(paper, first=False), self.closing(paper, spacing)

    def _letterhead(self, paper: Paper, *, first: bool) -> Block:
        """The unit over the thick rule; then the title and the number, in one small line on a further page."""
        draft = paper.draft
        beside = max((self.label(label, "补打 第99次").texts[0].line.width for label in paper.labels), default=0)
        unit = set_lines(self._breaker, (Run(_joined(draft.unit, draft.branch)),), _left(beside), LABEL)
        y = LABEL_PITCH * len(unit)
        texts = list(stack_lines(unit, 0, 0, WIDTH, LABEL, LABEL_PITCH))
        bars: tuple[Box, ...] = ((0.0, y + 1.5, WIDTH, y + 1.5),)
        y += 3.5
        if first:
            title, y = self._title(draft.title, draft.mark, y)
            texts += title
        number = f"编号：{paper.number}" if paper.number else ""
        number = number if first else _joined(f"{draft.title}（续）", number)
        width = WIDTH - 140 if first else WIDTH - 70
        lines = set_lines(self._breaker, (Run(number),), width, LABEL)
        texts += stack_lines(lines, 70 if first else 0, y, width, LABEL, LABEL_PITCH, CENTRE if first else LEFT)
        return Block(y + LABEL_PITCH * len(lines), tuple(texts), bars=bars)

    def _title(self, title: str, mark: str, y: float) -> tuple[list[Text], float]:
        """The letter-spaced title in the middle, with its mark beside it where both fit, else below it."""
        narrow = WIDTH * 1000 / (1000 + TRACKING)
        lines = [_tracked(line) for line in set_lines(self._breaker, (Run(title, strong=True),), narrow, TITLE)]
        small = set_lines(self._breaker, (Run(f"（{mark}）"),), WIDTH, MARK) if mark else ()
        widths = [lines[-1].width * TITLE / 1000, small[0].width * MARK / 1000 if small else 0.0]
        texts: list[Text] = []
        end = y + TITLE_PITCH * len(lines)
        if len(lines) == len(small) == 1 and sum(widths) + MARK <= WIDTH:
            x = (WIDTH - sum(widths) - MARK) / 2
            texts += stack_lines(tuple(lines), x, y, WIDTH, TITLE, TITLE_PITCH)
            beside = Text(x + widths[0] + MARK, texts[0].y, MARK, small[0])
            return [*texts, beside], end
        texts += stack_lines(tuple(lines), 0, y, WIDTH, TITLE, TITLE_PITCH, CENTRE)
        texts += stack_lines(small, 0, end, WIDTH, MARK, LABEL_PITCH, CENTRE)
        return texts, end + LABEL_PITCH * len(small)

    def _folio(self, page: int, pages: int, letterhead: Block) -> Block:
        lines = set_lines(self._breaker, (Run(f"第{page}页　共{pages}页"),), WIDTH, LABEL)
        return Block(0, stack_lines(lines, 0, letterhead.height - LABEL_PITCH, WIDTH, LABEL, LABEL_PITCH, RIGHT))

    def closing(self, paper: Paper, spacing: Spacing) -> Block:
        """The signatures with the QR code beside them, and the foot line; the foot line alone under a sheet that nobody signs."""
        notes = paper.draft.notes
        signatures, top = paper.draft.signatures, spacing.closing
        if isinstance(paper.draft, Sheet) and not signatures.left:
            return self._foot(notes, 6.0, [], [], ())
        texts, rules, height = self._signatures(signatures.left, signatures.right, top)
        boxes = qr_boxes(paper.qr, WIDTH - QR, top - 2, QR) if paper.qr else []
        texts += self._caption(signatures.caption, top - 2) if paper.qr else ()
        foot = (*notes[:1], f"校验码 {paper.check}", *notes[1:]) if paper.check else notes
        return self._foot(foot, max(height, top + QR) + 6, texts, rules, tuple(boxes))

    def _caption(self, caption: str, top: float) -> Iterator[Text]:
        """What the QR code is for: beside it, from top to bottom, in the middle of its height."""
        top += (QR - FOOT_PITCH * len(caption)) / 2
        for at, character in enumerate(caption):
            lines = set_lines(self._breaker, (Run(character),), WIDTH, SMALL)
            yield from stack_lines(
                lines, WIDTH - QR - QR_QUIET - SMALL, top + FOOT_PITCH * at, SMALL, SMALL, FOOT_PITCH
            )

    def _foot(
        self, notes: Sequence[str], y: float, texts: list[Text], rules: list[Box], boxes: tuple[Box, ...]
    ) -> Block:
        """The notes under a rule at `y`, as many to a line as fit whole, with what is above it."""
        rows = [""]
        for note in notes:
            joined = _joined(rows[-1], note)
            fits = len(set_lines(self._breaker, (Run(joined),), WIDTH, SMALL)) == 1
            rows[-1:] = [joined] if fits or not rows[-1] else [rows[-1], note]
        lines = set_lines(self._breaker, (Run("\n".join(rows)),), WIDTH, SMALL)
        drawn = (*texts, *stack_lines(lines, 0, y + 3, WIDTH, SMALL, FOOT_PITCH))
        height = y + 3 + FOOT_PITCH * len(lines)
        return Block(height, drawn, rules=(*rules, (0.0, y, WIDTH, y)), boxes=boxes)

    def _signatures(
        self, left: Sequence[SignatureLine], right: Sequence[SignatureLine], y: float
    ) -> tuple[list[Text], list[Box], float]:
        column = (WIDTH - QR_COLUMN - 2 * GUTTER) / 2
        texts: list[Text] = []
        rules: list[Box] = []
        for pair in zip_longest(left, right):
            height = 0.0
            for x, line in zip((0.0, column + GUTTER), pair, strict=True):
                if line is not None:
                    lines = set_lines(self._breaker, (Run(line.text),), column, BODY)
                    texts += stack_lines(lines, x, y, column, BODY, SIGN_PITCH)
                    used = len(lines)
                    if line.ruled:
                        rule = _rule_after(lines[-1], x, y + SIGN_PITCH * (used - 1), column)
                        rules.append(rule)
                        used += rule[1] > y + SIGN_PITCH * used
                    height = max(height, SIGN_PITCH * used)
            y += height
        return texts, rules, y


def _room(first: Block, further: Block, closing: Block) -> float:
    return BOTTOM - TOP - max(first.height, further.height) - closing.height


def _rule_after(line: Line, x: float, top: float, column: float) -> Box:
    """The rule to write on: after the text, or under it where too little of the column is left."""
    start = line.width * BODY / 1000 if line.text else 0.0
    y = top + SIGN_PITCH / 2 + 0.5 * BODY
    if column - start < SHORTEST_RULE:
        start, y = 0.0, y + SIGN_PITCH
    return (x + start, y, x + min(column, start + SIGN_RULE), y)


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _left(beside: float) -> float:
    """The width that a copy label of `beside` thousandths of an em leaves for the unit."""
    return max(WIDTH / 2, WIDTH - beside * LABEL / 1000 - LABEL)


def _tracked(line: Line) -> Line:
    """The line with its letters spaced apart."""
    spans = tuple(span._replace(spacing=span.spacing + TRACKING) for span in line.spans)
    return line._replace(spans=spans, width=line.width + TRACKING * (len(line.text) - 1), spoken=line.text)
