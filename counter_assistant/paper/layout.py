"""排版：a slip as strips, and the strips on pages.

The signatures and the foot are at the bottom of the last page, and never alone: where the text leaves no room for them,
its last lines go with them to another page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from counter_assistant.domain.papers.slip import Element, Fields, Heading, Paragraph, Run, Table
from counter_assistant.paper.blocks import BODY, WIDTH, Placed, Spacing, Strip, block, set_lines
from counter_assistant.paper.grid import Grid
from counter_assistant.paper.line_breaking import LineBreaker

KEPT_ELEMENTS = 2048


class Layout:
    """Turns the elements of a slip into strips at one spacing.

    It remembers headings and paragraphs, because most of the wording is fixed.
    """

    def __init__(self, breaker: LineBreaker, spacing: Spacing) -> None:
        self._breaker = breaker
        self._spacing = spacing
        self._grid = Grid(breaker, spacing)
        self._running = lru_cache(KEPT_ELEMENTS)(self._running_strips)

    def strips(self, body: Sequence[Element], limit: float) -> list[Strip]:
        """The strips of a slip's body, from top to bottom. Rows taller than `limit` are split."""
        strips: list[Strip] = []
        after_table = False
        for element in body:
            made = list(self._element(element, limit))
            if after_table and made and isinstance(element, Paragraph):
                made[0] = replace(made[0], space=self._spacing.after_table)
            strips += made
            after_table = isinstance(element, Table | Fields)
        return strips

    def _element(self, element: Element, limit: float) -> Sequence[Strip]:
        match element:
            case Fields():
                return self._grid.fields(element, limit)
            case Table():
                return self._grid.table(element, limit)
            case _:
                return self._running(element)

    def _running_strips(self, element: Heading | Paragraph) -> tuple[Strip, ...]:
        """One strip per line; the first two and the last two lines stay together, a heading with what follows."""
        heading = isinstance(element, Heading)
        runs = (Run(element.number + element.text, strong=True),) if isinstance(element, Heading) else element.runs
        pitch, space = BODY * self._spacing.leading, self._spacing.heading if heading else self._spacing.paragraph
        lines = set_lines(self._breaker, runs, WIDTH, BODY, justified=True)
        return tuple(
            Strip(
                pitch,
                block((line,), 0, 0, WIDTH, BODY, pitch),
                space=0.0 if at else space,
                keep=heading or (len(lines) > 1 and at in (0, len(lines) - 2)),
            )
            for at, line in enumerate(lines)
        )


def paginate(strips: Sequence[Strip], tops: tuple[float, float], bottom: float, closing: float) -> list[list[Placed]]:
    """The strips of each page. `tops` are where the text begins on the first and on any other page.

    The last page ends `closing` above `bottom`, to leave room for the signatures.
    """
    pages: list[list[Placed]] = [[]]
    y = tops[0]
    for group in _groups(strips):
        if pages[-1] and y + _height(group) > bottom:
            pages.append([])
            y = tops[1]
        for strip in group:
            if pages[-1] and y + strip.space + strip.height > bottom:
                pages.append([])
                y = tops[1]
            y = _place(pages[-1], strip, y)
    if y > bottom - closing and strips:
        _make_room(pages, tops, bottom - closing)
    return pages


def _make_room(pages: list[list[Placed]], tops: tuple[float, float], bottom: float) -> None:
    """Moves the end of the text to another page: the last group, or its last strip where the group is too tall."""
    body = [placed.strip for placed in pages[-1]]
    last = len(list(_groups(body))[-1])
    if last == len(body) and len(body) > 1:
        last = 1
    while last > 1 and tops[1] + _height(body[-last:]) + _head_height(body[-last]) > bottom:
        last -= 1
    if last == len(body):
        return  # a single strip: the limit of a row ensures that it leaves room
    del pages[-1][-last:]
    pages.append([])
    y = tops[1]
    for strip in body[-last:]:
        y = _place(pages[-1], strip, y)


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Strips that stay together."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def _height(group: Sequence[Strip]) -> float:
    return sum(strip.space + strip.height for strip in group)


def _head_height(strip: Strip) -> float:
    return strip.head.height if strip.head else 0.0


def _place(page: list[Placed], strip: Strip, y: float) -> float:
    """Puts a strip below what is on the page; returns the y below it."""
    if page:
        y += strip.space
    elif strip.head:
        page.append(Placed(y, strip.head))
        y += strip.head.height
    page.append(Placed(y, strip))
    return y + strip.height
