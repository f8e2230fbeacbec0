"""清单里的一行怎么画：组的标题，或者数字键和一句用语。

A line is laid out once for a width and kept, because the list is filtered on every key.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextLayout
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.phrases.rows import Row
from counter_assistant.ui.widgets.phrase_text import BADGE, LINE, Run, draw_key, draw_phrase, lay_out

Index = QModelIndex | QPersistentModelIndex
_LEFT, _TEXT, _RIGHT, _PAD, _HEADING = 12, 40, 14, 8, 30
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
        return QSize(width, lines * theme.px(LINE) + 2 * theme.px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row, colours = _row(index), theme.palette()
        painter.save()
        if row.phrase is None:
            self._paint_heading(painter, rect, row.heading)
        else:
            if index.row() == self._view.currentIndex().row():
                painter.fillRect(rect, theme.colour(colours.chosen))
            left, top, side = rect.x() + theme.px(_LEFT), rect.y() + theme.px(_PAD), theme.px(BADGE)
            if row.key:
                draw_key(painter, QRectF(left + 0.5, top + 1.5, side, side), row.key)
            place = QPointF(rect.x() + theme.px(_TEXT), top)
            draw_phrase(painter, self._layout(row.runs, rect.width()), row.runs, place)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRect, heading: str) -> None:
        painter.setFont(theme.type_(theme.DENSE))
        painter.setPen(theme.colour(theme.palette().secondary))
        room = rect.adjusted(theme.px(_LEFT), 0, -theme.px(_RIGHT), 0)
        shown = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _layout(self, runs: tuple[Run, ...], width: int) -> QTextLayout:
        colours = theme.palette()
        key = (runs, width, colours.text, theme.px(100))
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) >= _KEPT:
                self._layouts.clear()
            found = self._layouts[key] = lay_out(runs, width - theme.px(_TEXT + _RIGHT))
        return found


def _row(index: Index) -> Row:
    row: Row = index.data(ROW)
    return row
