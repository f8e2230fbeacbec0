"""评价条的纸面：一张 A4 上三张，之间的虚线剪开；五个方框，写字的横线，右边留贴二维码的地方。"""

from __future__ import annotations

from collections.abc import Iterator

from counter_assistant.domain.papers.rating_slip import RatingSlip
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, LEFT, RIGHT, Block, Box, Placed, Text, frame, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import A4, MM
from counter_assistant.paper.line_breaking import LineBreaker

ON_A_SHEET = 3
MARGIN, WIDTH = A4.margin, A4.width
EACH = A4.page[1] / ON_A_SHEET
INSET = 8 * MM  # from the upper edge of a slip to its title
TITLE, LEVEL, BODY, SMALL, SMALL_PITCH = 16.0, 13.0, 10.5, 8.5, 12.0
PITCH, SQUARE, GAP = 24.0, 13.0, 5.0
CODE = 30 * MM  # the side of the place for the QR code
COLUMN = WIDTH - CODE - 6 * MM  # what is left of it, to write in
DASH = 4.0


def rating_slips(breaker: LineBreaker, slip: RatingSlip) -> list[Placed]:
    """A sheet of slips, and the lines between them."""
    one = _Drawing(breaker).slip(slip)
    cuts = [Placed(n * EACH, Block(0.0, rules=tuple(_dashes()))) for n in range(1, ON_A_SHEET)]
    return [*(Placed(n * EACH + INSET, one) for n in range(ON_A_SHEET)), *cuts]


class _Drawing:
    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker
        self._texts: list[Text] = []
        self._rules: list[Box] = []

    def slip(self, slip: RatingSlip) -> Block:
        self._say(Run(slip.title, strong=True), 0.0, 0.0, WIDTH, TITLE, CENTRE)
        self._say(Run(slip.unit), 0.0, PITCH, WIDTH / 2, SMALL, LEFT)
        self._say(Run(slip.ask), WIDTH / 2, PITCH, WIDTH / 2, SMALL, RIGHT)
        y = 2 * PITCH
        self._levels(slip.levels, y)
        y += 1.6 * PITCH
        top = y
        self._side_by_side(slip.about, y)
        y += PITCH
        self._ruled(slip.remarks, 0.0, y, COLUMN)
        for _ in range(2):
            y += PITCH
            self._rules.append((0.0, y + PITCH - 5, COLUMN, y + PITCH - 5))
        y += PITCH
        self._side_by_side(slip.wanted, y)
        self._place_of_code(slip.code, top + GAP)
        y += PITCH + GAP
        lines = set_lines(self._breaker, (Run(slip.note),), WIDTH, SMALL)
        self._texts += stack_lines(lines, 0.0, y, WIDTH, SMALL, SMALL_PITCH, LEFT)
        y += SMALL_PITCH * len(lines)
        return Block(y, tuple(self._texts), tuple(self._rules))

    def _levels(self, levels: tuple[str, ...], y: float) -> None:
        """A square and its words for each level, evenly over the width."""
        share = WIDTH / len(levels)
        for at, level in enumerate(levels):
            x, top = at * share, y + (PITCH - SQUARE) / 2
            self._rules += [(a + x, b + top, c + x, d + top) for a, b, c, d in frame(SQUARE, SQUARE)]
            self._say(Run(level), x + SQUARE + GAP, y, share - SQUARE - GAP, LEVEL, LEFT)

    def _side_by_side(self, labels: tuple[str, ...], y: float) -> None:
        share = (COLUMN + GAP) / len(labels)
        for at, label in enumerate(labels):
            self._ruled(label, at * share, y, share - GAP)

    def _ruled(self, label: str, x: float, y: float, width: float) -> None:
        """A label with a line after it to write on."""
        said = self._say(Run(label), x, y, width, BODY, LEFT)
        self._rules.append((x + said + GAP, y + PITCH - 5, x + width, y + PITCH - 5))

    def _place_of_code(self, words: str, top: float) -> None:
        left = WIDTH - CODE
        self._rules += [(a + left, b + top, c + left, d + top) for a, b, c, d in frame(CODE, CODE)]
        self._say(Run(words), left, top + (CODE - PITCH) / 2, CODE, SMALL, CENTRE)

    def _say(self, run: Run, x: float, top: float, width: float, size: float, align: float) -> float:
        """Sets a text on one line and returns how wide it is, in points."""
        lines = set_lines(self._breaker, (run,), 10 * WIDTH, size)
        self._texts += stack_lines(lines, x, top, width, size, PITCH, align)
        return lines[0].width * size / 1000


def _dashes() -> Iterator[Box]:
    """A line to cut along, from edge to edge of the sheet."""
    x, right = -MARGIN, A4.page[0] - MARGIN
    while x < right:
        yield x, 0.0, min(x + DASH, right), 0.0
        x += 2 * DASH
