"""测试页：尺子、角上的记号和几行大小不同的字，量一量就知道打印机偏了多少。

Everything lies at whole millimetres from the edges of the sheet, so that a ruler laid on it says by how much a printer is off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, Block, Box, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

CROSS = 20
"""How far the crosses lie from both edges of their corner, in millimetres."""
ARM, RULER = 6 * MM, 12 * MM  # of a cross; how far the line of a ruler lies from its edge
TICKS = {10: 4 * MM, 5: 2.6 * MM, 1: 1.4 * MM}
NUMBER, SAMPLES = 8.0, (8.0, 9.0, 10.5, 15.0)
SAMPLE = "住房公积金 0123456789"


def ruler_page(breaker: LineBreaker, m: Measures, words: Sequence[str]) -> list[Placed]:
    """A page with a cross in each corner, rulers at the upper and the left edge, and `words` in the middle, the first as title."""
    rules = [*_rulers(m), *_crosses(m)]
    texts = [*_numbers(breaker, m), *_said(breaker, m, words)]
    return [Placed(0.0, Block(m.page[1], tuple(texts), tuple(_shifted(rule, m) for rule in rules)))]


def _shifted(rule: Box, m: Measures) -> Box:
    x0, y0, x1, y1 = rule
    return x0 - m.margin, y0, x1 - m.margin, y1


def _crosses(m: Measures) -> Iterator[Box]:
    width, height = m.page
    for x in (CROSS * MM, width - CROSS * MM):
        for y in (CROSS * MM, height - CROSS * MM):
            yield x - ARM, y, x + ARM, y
            yield x, y - ARM, x, y + ARM


def _rulers(m: Measures) -> Iterator[Box]:
    """A tick to each millimetre from the edge of the sheet; what a printer does not reach is seen by the first that is there."""
    width, height = m.page
    yield 0.0, RULER, width, RULER
    yield RULER, 0.0, RULER, height
    for at in range(round(width / MM) + 1):
        yield at * MM, RULER - _tick(at), at * MM, RULER
    for at in range(round(height / MM) + 1):
        yield RULER - _tick(at), at * MM, RULER, at * MM


def _tick(at: int) -> float:
    return next(length for step, length in TICKS.items() if at % step == 0)


def _numbers(breaker: LineBreaker, m: Measures) -> Iterator[Text]:
    """Every tenth millimetre beside its tick, but where the rulers meet."""
    for at in range(30, round(m.page[0] / MM) - 5, 10):
        (line,) = set_lines(breaker, (Run(str(at)),), m.width, NUMBER)
        yield Text(at * MM - m.margin - line.width * NUMBER / 2000, RULER - TICKS[10] - 2, NUMBER, line)
    for at in range(30, round(m.page[1] / MM) - 5, 10):
        (line,) = set_lines(breaker, (Run(str(at)),), m.width, NUMBER)
        yield Text(RULER - TICKS[10] - m.margin - 2 - line.width * NUMBER / 1000, at * MM + 0.38 * NUMBER, NUMBER, line)


def _said(breaker: LineBreaker, m: Measures, words: Sequence[str]) -> Iterator[Text]:
    """What to measure and what to set, and a line in each size of text that papers have."""
    inset = (CROSS + 12) * MM
    width, y = m.page[0] - 2 * inset, (CROSS + 8) * MM
    for at, text in enumerate(words):
        size = m.title if at == 0 else m.body
        lines = set_lines(breaker, (Run(text, strong=at == 0),), width, size)
        yield from stack_lines(lines, inset - m.margin, y, width, size, size * 1.5, CENTRE if at == 0 else 0.0)
        y += size * 1.5 * len(lines) + 3
    for size in SAMPLES:
        lines = set_lines(breaker, (Run(f"{size:g} 磅　{SAMPLE}"),), width, size)
        yield from stack_lines(lines, inset - m.margin, y + 4, width, size, size * 1.4)
        y += size * 1.4 * len(lines) + 2
