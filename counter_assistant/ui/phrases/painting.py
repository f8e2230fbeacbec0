"""一句用语怎么画：数字键，填好的粗，空着的琥珀色加虚线。

A line is laid out once for a width and kept, because the list is filtered on every key.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.phrases.rows import Row, Run, Tone

Index = QModelIndex | QPersistentModelIndex
_LEFT, _TEXT, _RIGHT, _PAD, _LINE, _BADGE, _HEADING = 12, 40, 14, 8, 21, 19, 30
_KEPT = 1000
ROW = Qt.ItemDataRole.UserRole
"""Under this role the model of the list gives the `Row` that is painted."""


class PhrasePainter(QStyledItemDelegate):
    """Paints the lines of the list. Which one is chosen is asked of the list, since it never has the focus."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._layouts: dict[tuple[object, ...], QTextLayout] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = _row(index), self._view.viewport().width()
        if row.phrase is None:
            return QSize(width, theme.px(_HEADING))
        lines = self._layout(row.runs, width).lineCount()
        return QSize(width, lines * theme.px(_LINE) + 2 * theme.px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row, colours = _row(index), theme.palette()
        painter.save()
        if row.phrase is None:
            self._paint_heading(painter, rect, row.heading)
        else:
            if index.row() == self._view.currentIndex().row():
                painter.fillRect(rect, theme.colour(colours.chosen))
            self._paint_key(painter, rect, row.key)
            painter.setPen(theme.colour(colours.text))
            place = QPointF(rect.x() + theme.px(_TEXT), rect.y() + theme.px(_PAD))
            layout = self._layout(row.runs, rect.width())
            layout.draw(painter, place)
            self._underline(painter, layout, row.runs, place)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRect, heading: str) -> None:
        painter.setFont(theme.type_(theme.DENSE))
        painter.setPen(theme.colour(theme.palette().secondary))
        room = rect.adjusted(theme.px(_LEFT), 0, -theme.px(_RIGHT), 0)
        shown = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _paint_key(painter: QPainter, rect: QRect, key: str) -> None:
        if not key:
            return
        colours, side = theme.palette(), theme.px(_BADGE)
        badge = QRectF(rect.x() + theme.px(_LEFT) + 0.5, rect.y() + theme.px(_PAD) + 1.5, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.field_line), 1))
        painter.setBrush(theme.colour(colours.card))
        painter.drawRoundedRect(badge, theme.px(3), theme.px(3))
        painter.setFont(theme.type_(theme.SMALL))
        painter.setPen(theme.colour(colours.secondary))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, key)

    @staticmethod
    def _underline(painter: QPainter, layout: QTextLayout, runs: tuple[Run, ...], place: QPointF) -> None:
        """Dots under every open blank, on each of its lines, so that it is not known by its colour alone."""
        pen = QPen(theme.colour(theme.palette().attention), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        for start, length in _spans(runs, Tone.OPEN):
            for n in range(layout.lineCount()):
                line = layout.lineAt(n)
                begin = max(start, line.textStart())
                end = min(start + length, line.textStart() + line.textLength())
                if begin < end:
                    left, right = _x(line.cursorToX(begin)), _x(line.cursorToX(end))
                    y = place.y() + line.y() + line.height() + 0.5
                    painter.drawLine(QPointF(place.x() + left, y), QPointF(place.x() + right, y))

    def _layout(self, runs: tuple[Run, ...], width: int) -> QTextLayout:
        colours = theme.palette()
        key = (runs, width, colours.text, theme.px(100))
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) >= _KEPT:
                self._layouts.clear()
            found = self._layouts[key] = _laid_out(runs, width - theme.px(_TEXT + _RIGHT))
        return found


def _row(index: Index) -> Row:
    row: Row = index.data(ROW)
    return row


def _laid_out(runs: tuple[Run, ...], room: int) -> QTextLayout:
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
    y, step = 0.0, theme.px(_LINE)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1))
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout


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
