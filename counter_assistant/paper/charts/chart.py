"""一幅图怎样画：reportlab 的一张 Drawing，屏幕和纸上是同一张，只是墨色不同.

Every bar has its number beside it, and what is said by colour stands in words too. Lengths are those of whoever asks: points on
paper, pixels on the screen. reportlab counts upwards from the lower edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from counter_assistant.domain.report.pictures import Bar, Ink, Picture, Subject

LOOK_FIRST = "（先看）"
"""Stands beside the bar that is marked, because its colour alone would say nothing in print."""
MOST_ROWS = 6
LABEL, NUMBERS = 0.40, 0.27
"""The shares of the width that the name of a row and its numbers take."""
THIN = 1


class Inks(NamedTuple):
    """The colours of a chart, as #RRGGBB: of bars by what they say, of the ground behind a bar, of words and of the line they stand on."""

    plain: str
    apart: str
    attention: str
    overdue: str
    ground: str
    text: str
    hint: str
    line: str

    def of(self, ink: Ink) -> str:
        """The colour of a bar."""
        return {
            Ink.PLAIN: self.plain, Ink.APART: self.apart, Ink.ATTENTION: self.attention, Ink.OVERDUE: self.overdue,
        }[ink]  # fmt: skip


GREYS = Inks("#404040", "#B8B8B8", "#808080", "#000000", "#F0F0F0", "#000000", "#000000", "#000000")
"""A printer in one colour: dark for what is usual, light for what is apart."""


class Place(NamedTuple):
    """Where a bar and all that belongs to it is drawn, from the upper left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, and which bar lies where."""

    drawing: Drawing
    bars: tuple[Bar, ...]
    places: tuple[Place, ...]


def chart(picture: Picture, width: float, height: float, size: float, inks: Inks) -> Chart:
    """The picture in so much room, with words of a size."""
    drawing = Drawing(width, height)
    if picture.subject in (Subject.VISITS, Subject.PROMISES):
        return _columns(drawing, picture.bars, size, inks)
    return _rows(drawing, shown(picture), size, inks)


def shown(picture: Picture) -> tuple[Bar, ...]:
    """The bars that there is room for; the table has them all. One that is marked is always among them."""
    bars = picture.bars
    if len(bars) <= MOST_ROWS or picture.subject is not Subject.TOLD:
        return bars
    marked = [bar for bar in bars if bar.ink is Ink.ATTENTION]
    first = bars[:MOST_ROWS]
    return first if all(bar in first for bar in marked) else (*bars[: MOST_ROWS - 1], *marked)


def _columns(drawing: Drawing, bars: Sequence[Bar], size: float, inks: Inks) -> Chart:
    pitch = drawing.width / max(len(bars), 1)
    gap = min(pitch * 0.22, size)
    words = [_broken(bar.label, pitch / size) for bar in bars]
    foot = size * (1.3 * max((len(lines) for lines in words), default=1) + 0.4)
    room = drawing.height - foot - size * 1.5
    most = max((bar.count for bar in bars), default=0) or 1
    places = []
    for at, (bar, lines) in enumerate(zip(bars, words, strict=True)):
        left, high = at * pitch, max(room * bar.count / most, THIN if bar.count else 0)
        middle = left + pitch / 2
        drawing.add(_area(left + gap / 2, foot, pitch - gap, high, inks.of(bar.ink)))
        drawing.add(_word(middle, foot + high + size * 0.35, str(bar.count), size, inks.text, "middle"))
        for line, text in enumerate(lines):
            drawing.add(_word(middle, foot - size * 1.3 * (line + 1) + size * 0.1, text, size, inks.hint, "middle"))
        places.append(Place(left, 0, pitch, drawing.height))
    if bars:
        drawing.add(Line(0, foot, drawing.width, foot, strokeColor=HexColor(inks.line), strokeWidth=THIN))
    return Chart(drawing, tuple(bars), tuple(places))


def _rows(drawing: Drawing, bars: Sequence[Bar], size: float, inks: Inks) -> Chart:
    pitch = min(size * 2.1, drawing.height / max(len(bars), 1))
    left, right = drawing.width * LABEL, drawing.width * (1 - NUMBERS)
    of_rates = any(bar.of for bar in bars)
    most = max((bar.count for bar in bars if bar.ink is not Ink.APART), default=0) or 1
    places = []
    for at, bar in enumerate(bars):
        top = drawing.height - at * pitch
        baseline, thick = top - pitch / 2 - size * 0.36, min(size * 0.95, pitch * 0.6)
        label = f"{bar.label}{LOOK_FIRST}" if bar.ink is Ink.ATTENTION else bar.label
        drawing.add(_word(0, baseline, _fitted(label, (left - size / 2) / size), size, inks.text))
        if bar.ink is not Ink.APART:  # the rest is many things, and a bar of them would dwarf each
            share = bar.count / (bar.of or most)
            drawing.add(_area(left, top - pitch / 2 - thick / 2, right - left, thick, inks.ground))
            drawing.add(_area(left, top - pitch / 2 - thick / 2, (right - left) * share, thick, inks.of(bar.ink)))
        if of_rates:
            drawing.add(_word(drawing.width - size * 3.4, baseline, f"{bar.percent}%", size, inks.text, "end"))
        said = f"{bar.of}件" if of_rates else str(bar.count)
        drawing.add(_word(drawing.width, baseline, said, size, inks.hint if of_rates else inks.text, "end"))
        places.append(Place(0, at * pitch, drawing.width, pitch))
    return Chart(drawing, tuple(bars), tuple(places))


def _area(x: float, y: float, width: float, height: float, colour: str) -> Rect:
    return Rect(x, y, width, height, fillColor=HexColor(colour), strokeColor=None)


def _word(x: float, y: float, text: str, size: float, colour: str, anchor: str = "start") -> String:
    return String(x, y, text, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)


def _ems(text: str) -> float:
    """About how wide a text is, in its own size: what draws it knows the font, a chart only that letters are half as wide as ideographs."""
    return sum(0.58 if char.isascii() else 1.0 for char in text)


def _fitted(text: str, ems: float) -> str:
    """As much of a text as there is room for. What stands in brackets at its end is kept."""
    if _ems(text) <= ems:
        return text
    name, mark = (text.removesuffix(LOOK_FIRST), LOOK_FIRST) if text.endswith(LOOK_FIRST) else (text, "")
    while name and _ems(f"{name}…{mark}") > ems:
        name = name[:-1]
    return f"{name}…{mark}"


def _broken(text: str, ems: float) -> list[str]:
    """A label on one line, or on two where it is too wide: what is written in figures above the rest."""
    if _ems(text) <= ems:
        return [text]
    figures = text.rstrip("".join(char for char in text if not char.isascii()))
    rest = text.removeprefix(figures)
    return [part for part in (figures, rest) if part]
