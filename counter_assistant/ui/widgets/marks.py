"""勾、叹号与徽标：手画的小记号。Each has a shape of its own; colour only helps."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from counter_assistant.ui.appearance import theme


def draw_box(painter: QPainter, place: QRectF, kind: str) -> None:
    """A box: empty, dashed, ticked, mend (an exclamation mark); none draws nothing."""
    if kind == "none":
        return
    colours = theme.palette()
    fill = {"ticked": colours.done, "mend": colours.attention}.get(kind)
    pen = QPen(theme.colour(fill or colours.hint), 1.2)
    pen.setStyle(Qt.PenStyle.DashLine if kind == "dashed" else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 3, 3)
    if kind == "ticked":
        painter.setPen(QPen(theme.colour(colours.card), 2))
        x, y, w, h = place.x(), place.y(), place.width(), place.height()
        points = [
            QPointF(x + w * 0.22, y + h * 0.52),
            QPointF(x + w * 0.43, y + h * 0.72),
            QPointF(x + w * 0.78, y + h * 0.3),
        ]
        painter.drawPolyline(QPolygonF(points))
    elif kind == "mend":
        painter.setPen(theme.colour(colours.card))
        painter.setFont(theme.type_(theme.SMALL, bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "!")


def draw_badge(painter: QPainter, place: QRectF, text: str) -> None:
    """A soft label such as 现场填写, at the left of its place."""
    colours = theme.palette()
    painter.setFont(theme.type_(theme.SMALL))
    width = painter.fontMetrics().horizontalAdvance(text) + theme.px(12)
    height = theme.px(20)
    badge = QRectF(place.x(), place.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(colours.done_soft))
    painter.drawRoundedRect(badge, 3, 3)
    painter.setPen(theme.colour(colours.done))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
