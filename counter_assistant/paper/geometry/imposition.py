"""拼版：一份文书的两联怎样落在一张张纸上。

A4, A5 and large print give each copy sheets of its own. Halves put both on one sheet: a dashed line to cut along, and on it
the number, so that each half carries a half of it (骑缝号). Two-part continuous paper is printed once, because its parts
write through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counter_assistant.domain.papers.formats import FORMATS, PaperFormat
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import Block, Box, Placed, Text, set_lines
from counter_assistant.paper.geometry.measures import HALVES, MEASURES, MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

PARTS = "两联同文：上联存档，下联交当事人"
"""In the place of the copy's label where both parts are printed at once."""
CUT, SEAM = "沿此虚线剪开", "骑缝号"
CUT_SIZE, SEAM_SIZE = 8.0, 13.0
DASH, GAP, CUT_INSET = 4.0, 3.0, 5 * MM
CLEAR = 6.0  # between the dashes and what stands in the line


class Part(NamedTuple):
    """A copy on a sheet: what it has of its own, and how far its page lies above the foot of the sheet and to the right of its edge.

    Of a page that is larger than the sheet only the `window` is seen, an area as (left, bottom, width, height) from the lower
    left of the page. `turned`: the page stands on its head, and what would be its lower left corner is the upper right one.
    """

    own: tuple[Placed, ...]
    lift: float = 0.0
    shift: float = 0.0
    window: Box | None = None
    turned: bool = False


class Leaf(NamedTuple):
    """One side of a sheet of `size`: which page of the paper it shows, and in which copies."""

    size: tuple[float, float]
    page: int
    parts: tuple[Part, ...]


def labels_of(which: PaperFormat, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels of the copies as they are printed: one for both where they are printed at once."""
    return (PARTS,) if which is PaperFormat.CONTINUOUS and len(labels) > 1 else tuple(labels)


def impose(which: PaperFormat, pages: int, labels: Sequence[Block], cut: Block | None) -> list[Leaf]:
    """The sheets of a paper of so many `pages`; `cut` is what stands on the line between two halves."""
    size = FORMATS[which].width_mm * MM, FORMATS[which].height_mm * MM
    top = MEASURES[which].top
    if which is PaperFormat.HALVES:
        above = [Part((Placed(top, label),), HALVES.page[1]) for label in labels[:1]]
        line = (Placed(0.0, cut),) if cut else ()
        below = [Part((Placed(top, label), *line)) for label in labels[1:]]
        return [Leaf(size, page, (*above, *below)) for page in range(pages)]
    return [Leaf(size, page, (Part((Placed(top, label),)),)) for label in labels for page in range(pages)]


def cut_line(breaker: LineBreaker, number: str, m: Measures = HALVES) -> Block:
    """The line between two halves: dashes from edge to edge, what to do with it, and the number in the middle of it."""
    left, right = CUT_INSET - m.margin, m.page[0] - m.margin - CUT_INSET
    (said,) = set_lines(breaker, (Run(CUT),), m.width, CUT_SIZE)
    (seam,) = set_lines(breaker, (Run(f"{SEAM}　{number}", strong=True),), 3 * m.width, SEAM_SIZE)
    words, wide = said.width * CUT_SIZE / 1000, seam.width * SEAM_SIZE / 1000
    start = (m.width - wide) / 2
    texts = (
        Text(left + 8 * MM, 0.38 * CUT_SIZE, CUT_SIZE, said),
        Text(start, 0.38 * SEAM_SIZE, SEAM_SIZE, seam),
    )
    clear = ((left + 8 * MM, words), (start, wide))
    return Block(0.0, texts, rules=tuple(dashes(left, right, clear=clear)))


def dashes(left: float, right: float, y: float = 0.0, clear: Sequence[tuple[float, float]] = ()) -> list[Box]:
    """Dashes from `left` to `right` at `y`, but none through what stands at (place, width)."""
    made: list[Box] = []
    x = left
    while x + DASH <= right:
        if not any(start - CLEAR < x + DASH and x < start + width + CLEAR for start, width in clear):
            made.append((x, y, x + DASH, y))
        x += DASH + GAP
    return made
