"""一张图拆成的面、线、字：纸上和屏幕上各自画它们，谁都不再想一遍怎样画.

Lengths are measured downwards from the upper left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Rect, String


class Area(NamedTuple):
    """A filled area; the colour as #RRGGBB."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Stroke(NamedTuple):
    """A thin line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str


class Word(NamedTuple):
    """A text on its baseline. `align` is the share of its width that lies to the left of `x`."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    align: float


Mark = Area | Stroke | Word
_ALIGN = {"start": 0.0, "middle": 0.5, "end": 1.0}


def marks_of(drawing: Drawing) -> Iterator[Mark]:
    """Everything of a drawing, in its order.

    Raises:
        TypeError: it holds a shape that nobody here can draw.
    """
    height = drawing.height
    for shape in drawing.contents:
        match shape:
            case Rect():
                yield Area(shape.x, height - shape.y - shape.height, shape.width, shape.height, _hex(shape.fillColor))
            case Line():
                yield Stroke(shape.x1, height - shape.y1, shape.x2, height - shape.y2, _hex(shape.strokeColor))
            case String():
                yield Word(
                    shape.x, height - shape.y, shape.text, shape.fontSize, _hex(shape.fillColor),
                    _ALIGN[shape.textAnchor],
                )  # fmt: skip
            case _:
                raise TypeError(type(shape).__name__)


def _hex(colour: object) -> str:
    return f"#{colour.hexval()[2:]}"  # type: ignore[attr-defined]
