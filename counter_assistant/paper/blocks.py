"""版块：the pieces that a page is filled with, and the geometry that all of them share.

Lengths are in points (1/72 inch), measured downwards from the top of a piece and rightwards from the left margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.line_breaking import Line, LineBreaker

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
PAUSES = tuple("，。、；")

Box = tuple[float, float, float, float]


class Text(NamedTuple):
    """A line of text: where it begins on its baseline, and its size."""

    x: float
    y: float
    size: float
    line: Line


class Code(NamedTuple):
    """The code of some digits: its left and upper edge, and its side, without the quiet zone around it."""

    left: float
    top: float
    side: float
    digits: str


class Image(NamedTuple):
    """A picture as the bytes of a JPEG file, and its size in dots."""

    width: int
    height: int
    jpeg: bytes


class Picture(NamedTuple):
    """A picture in its place: its left and upper edge, its width and its height."""

    left: float
    top: float
    width: float
    height: float
    image: Image


class Shade(NamedTuple):
    """An area in a grey of its own, 0 black and 1 white, as (left, top, width, height)."""

    area: Box
    grey: float


class Block(NamedTuple):
    """A piece that is drawn whole: a line of a paragraph, a row of a table, the signatures.

    `space` goes above it except at the top of a page; `keep` keeps it with the next block; `head` is drawn again above
    a block that begins a page. `pictures` are drawn under all else. `rules` are thin lines from point to point, all of one weight, and `bars` thicker ones;
    `fills` are light grey areas as (left, top, width, height), and `shades` those of a grey of their own, such as the bars of a chart.
    """

    height: float
    texts: tuple[Text, ...] = ()
    rules: tuple[Box, ...] = ()
    bars: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    codes: tuple[Code, ...] = ()
    space: float = 0.0
    keep: bool = False
    head: Block | None = None
    shades: tuple[Shade, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Placed(NamedTuple):
    """A block and the distance of its top from the upper edge of the page."""

    top: float
    block: Block


def moved(block: Block, right: float, down: float) -> Block:
    """A block without head, further to the right and down: several make a sheet."""

    def boxes(of: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple((x0 + right, y0 + down, x1 + right, y1 + down) for x0, y0, x1, y1 in of)

    return block._replace(
        height=block.height + down,
        texts=tuple(text._replace(x=text.x + right, y=text.y + down) for text in block.texts),
        rules=boxes(block.rules),
        bars=boxes(block.bars),
        pictures=tuple(each._replace(left=each.left + right, top=each.top + down) for each in block.pictures),
    )


def frame(width: float, height: float) -> tuple[Box, ...]:
    """The four rules around an area."""
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0))
    return tuple((*one, *other) for one, other in pairwise(corners))


def baseline(top: float, pitch: float, size: float) -> float:
    """The baseline on which ideographs of a size are in the middle of a line of height `pitch`."""
    return top + pitch / 2 + 0.38 * size


def set_lines(
    breaker: LineBreaker, runs: tuple[Run, ...], width: float, size: float, justified: bool = False
) -> tuple[Line, ...]:
    """The lines of a text at a size in a width, both in points."""
    return breaker.lines(runs, round(width * 1000 / size, 1), justified)


def even_lines(
    breaker: LineBreaker, runs: tuple[Run, ...], width: float, size: float, remnant: float, *, at_pause: bool = False
) -> tuple[Line, ...]:
    """The lines of a text; where the last is shorter than `remnant` of the width, as many lines of more even length.

    The last begins after a pause where one is near; with `at_pause` it is otherwise left as it is.
    """
    lines = set_lines(breaker, runs, width, size)
    if len(lines) == 1 or lines[-1].width * size / 1000 >= width * remnant:
        return lines
    parted = (set_lines(breaker, broken, width, size) for broken in _broken_at_pauses(runs, 1 - 1 / len(lines)))
    narrower = (set_lines(breaker, runs, width * part / 24, size) for part in range(12, 24) if not at_pause)
    return next((tried for tried in chain(parted, narrower) if len(tried) == len(lines)), lines)


def _broken_at_pauses(runs: tuple[Run, ...], part: float) -> Iterator[tuple[Run, ...]]:
    """The text with a new line after one of its pauses, the nearest to a `part` of it first; never within brackets."""
    text = "".join(run.text for run in runs)
    ends = [at for at, mark in enumerate(text, 1) if mark in PAUSES and text[:at].count("（") == text[:at].count("）")]
    for end in sorted(ends, key=lambda end: abs(end - part * len(text)))[:4]:
        starts = accumulate((len(run.text) for run in runs), initial=0)
        yield tuple(
            replace(run, text=run.text[: end - start] + "\n" + run.text[end - start :])
            if start < end <= start + len(run.text)
            else run
            for start, run in zip(starts, runs, strict=False)
        )


def stack_lines(
    lines: tuple[Line, ...], x: float, top: float, width: float, size: float, pitch: float, align: float = LEFT
) -> tuple[Text, ...]:
    """Lines one below the other, aligned within a width."""
    return tuple(
        Text(
            x + align * (width - line.width * size / 1000),
            baseline(top + at * pitch, pitch, size),
            size,
            line,
        )
        for at, line in enumerate(lines)
    )


def characters_by_file(blocks: Sequence[Block], lines: Sequence[Line]) -> dict[str, set[str]]:
    """The characters drawn from each file."""
    used: dict[str, list[str]] = {}
    for block in blocks:
        for text in block.texts:
            for span in text.line.spans:
                used.setdefault(span.file, []).append(span.text)
    for line in lines:
        for span in line.spans:
            used.setdefault(span.file, []).append(span.text)
    return {file: set().union(*texts) for file, texts in used.items()}
