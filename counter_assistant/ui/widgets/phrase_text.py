"""一句用语的字：填好的粗，空着的琥珀色加虚线，左边一个键。"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from counter_assistant.domain.wording.phrases import Piece
from counter_assistant.ui.appearance import theme

LINE, BADGE = 21, 19


class Tone(Enum):
    """How a run is drawn."""

    PLAIN = "plain"
    FILLED = "filled"
    OPEN = "open"
    QUIET = "quiet"


Run = tuple[str, Tone]


def runs_of(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """The pieces of a phrase with their tones."""
    return tuple((piece.text, _tone(piece)) for piece in pieces)


def _tone(piece: Piece) -> Tone:
    if piece.blank is None:
        return Tone.PLAIN
    return Tone.OPEN if piece.open else Tone.FILLED


def cut(runs: tuple[Run, ...], units: int) -> tuple[Run, ...]:
    """The first so many UTF-16 units of a phrase, as Qt counts them, and an ellipsis."""
    shown: list[Run] = []
    for text, tone in runs:
        part = text.encode("utf-16-le")[: max(units, 0) * 2].decode("utf-16-le", "ignore")
        shown.append((part, tone))
        units -= len(text.encode("utf-16-le")) // 2
    return (*(run for run in shown if run[0]), ("…", Tone.PLAIN))


def lay_out(runs: tuple[Run, ...], room: int) -> QTextLayout:
    """The lines of a phrase in so much room, each `LINE` high."""
    layout = QTextLayout("".join(text for text, _ in runs), theme.type_(theme.BODY))
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    formats = []
    for tone, look in _looks().items():
        for start, length in _spans(runs, tone):
            place = QTextLayout.FormatRange()
            place.start, place.length, place.format = start, length, look  # type: ignore[attr-defined]
            formats.append(place)
    layout.setFormats(formats)
    layout.beginLayout()
    y, step = 0.0, theme.px(LINE)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1))
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout


def draw_phrase(painter: QPainter, layout: QTextLayout, runs: tuple[Run, ...], place: QPointF) -> None:
    """Draws it, with dots under every open blank, on each of its lines, so that it is not known by its colour alone."""
    painter.setPen(theme.colour(theme.palette().text))
    layout.draw(painter, place)
    painter.setPen(QPen(theme.colour(theme.palette().attention), 1, Qt.PenStyle.DashLine))
    for start, length in _spans(runs, Tone.OPEN):
        for n in range(layout.lineCount()):
            line = layout.lineAt(n)
            begin = max(start, line.textStart())
            end = min(start + length, line.textStart() + line.textLength())
            if begin < end:
                left, right = _x(line.cursorToX(begin)), _x(line.cursorToX(end))
                y = place.y() + line.y() + line.height() + 0.5
                painter.drawLine(QPointF(place.x() + left, y), QPointF(place.x() + right, y))


def draw_key(painter: QPainter, place: QRectF, key: str) -> None:
    """The key that takes a phrase, in a small frame."""
    colours = theme.palette()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(colours.field_line), 1))
    painter.setBrush(theme.colour(colours.card))
    painter.drawRoundedRect(place, theme.px(3), theme.px(3))
    painter.setFont(theme.type_(theme.SMALL))
    painter.setPen(theme.colour(colours.secondary))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)


def _looks() -> dict[Tone, QTextCharFormat]:
    colours = theme.palette()
    filled, still_open, quiet = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    filled.setFontWeight(QFont.Weight.Bold)
    filled.setForeground(theme.colour(colours.accent))
    still_open.setForeground(theme.colour(colours.attention))
    quiet.setForeground(theme.colour(colours.hint))
    return {Tone.FILLED: filled, Tone.OPEN: still_open, Tone.QUIET: quiet}


def _spans(runs: tuple[Run, ...], wanted: Tone) -> list[tuple[int, int]]:
    """Start and length, as Qt counts them (in UTF-16 units), of the runs of a tone."""
    spans, at = [], 0
    for text, tone in runs:
        length = len(text.encode("utf-16-le")) // 2
        if tone is wanted:
            spans.append((at, length))
        at += length
    return spans


def _x(found: object) -> float:
    """PySide gives the place of a cursor alone, or with the cursor."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
