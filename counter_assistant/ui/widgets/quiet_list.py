"""清单：一行一项，选中的一行浅底加一道色，右边可以有一个淡的词；可以打勾。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from counter_assistant.ui.announcing import announce_line
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER

HINT, INK = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 64
"""What the delegate draws; the roles between are for whoever keeps something with a row."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

Index = QModelIndex | QPersistentModelIndex


class QuietList(QListWidget):
    """A list in the page's own look; `row` is the height of a row. Where there is too little room the quiet word gives way, or
    with `whole_hints` the text."""

    _from = 0

    def __init__(self, name: str, row: int = 34, parent: QWidget | None = None, *, whole_hints: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Row(row, self, whole_hints=whole_hints))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        announce_line(self)

    def add(self, text: str, hint: str = "") -> QListWidgetItem:
        """Adds a row with a quiet word at its right."""
        item = QListWidgetItem(text, self)
        self.rename(item, text, hint)
        return item

    def mark_none(self, row: int) -> None:
        """Marks no row, where one was taken away: a key too many takes nothing more, and the arrows go on from there."""
        self.setCurrentRow(-1)
        self._from = row

    def moveCursor(self, action: QListWidget.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        to = {QListWidget.CursorAction.MoveDown: self._from, QListWidget.CursorAction.MoveUp: self._from - 1}
        if self.currentRow() < 0 and action in to:
            return self.model().index(min(max(to[action], 0), self.count() - 1), 0)
        return super().moveCursor(action, modifiers)

    def press(self, item: QListWidgetItem, ink: str) -> None:
        """Shows that a row presses: bold, in a colour of the palette by its name."""
        item.setData(INK, ink)

    def rename(self, item: QListWidgetItem, text: str, hint: str) -> None:
        """Changes the text of a row and the quiet word at its right."""
        item.setText(text)
        item.setData(HINT, hint)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}　{hint}".strip())


class PickedList(QuietList):
    """A list of which one row is taken: Enter goes to the marked one, Delete takes it away."""

    entered = Signal()
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class NumberedList(QuietList):
    """A few rows, each with its digit before it. `entered`: on to what belongs to the marked one."""

    entered = Signal()

    def __init__(self, name: str, words: Sequence[str], row: int = 34) -> None:
        super().__init__(name, row)
        for n, word in enumerate(words, 1):
            self.add(f"{n}　{word}")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(theme.px(row) * len(words) + theme.px(4))
        self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = int(event.text()) - 1 if event.text() in tuple("123456789") else self.count()
        if at < self.count():
            self.setCurrentRow(at)
        elif event.key() in ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Row(QStyledItemDelegate):
    def __init__(self, row: int, parent: QWidget, *, whole_hints: bool) -> None:
        super().__init__(parent)
        self._row, self._whole_hints = row, whole_hints

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        given = index.data(Qt.ItemDataRole.SizeHintRole)
        return given if isinstance(given, QSize) else QSize(theme.px(80), theme.px(self._row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        colours = theme.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour(colours.chosen))
            painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(colours.accent))
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        left = theme.px(10)
        if checked is not None:
            self._paint_box(painter, rect, Qt.CheckState(checked) is Qt.CheckState.Checked)
            left = theme.px(34)
        self._paint_texts(painter, rect.adjusted(left, 0, -theme.px(8), 0), index)
        painter.restore()

    def _paint_texts(self, painter: QPainter, room: QRect, index: Index) -> None:
        colours = theme.palette()
        hint, gap = str(index.data(HINT) or ""), theme.px(10)
        kept = QFontMetrics(theme.type_(theme.SMALL)).horizontalAdvance(hint) + gap if self._whole_hints and hint else 0
        head = not index.flags() & Qt.ItemFlag.ItemIsEnabled
        ink = str(index.data(INK) or ("secondary" if head else "text"))
        painter.setFont(theme.type_(theme.SMALL if head else theme.DENSE, bold=head or bool(index.data(INK))))
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(room.width() - kept, 0)
        )
        width = painter.fontMetrics().horizontalAdvance(shown)
        painter.setPen(theme.colour(getattr(colours, ink)))
        painter.drawText(room, _LEFT, shown)
        painter.setFont(theme.type_(theme.SMALL))
        painter.setPen(theme.colour(colours.hint))
        rest = room.adjusted(width + gap, 0, 0, 0)
        if rest.width() > theme.px(16):
            painter.drawText(
                rest, _RIGHT, painter.fontMetrics().elidedText(hint, Qt.TextElideMode.ElideRight, rest.width())
            )

    def _paint_box(self, painter: QPainter, rect: QRect, checked: bool) -> None:
        colours, side = theme.palette(), theme.px(16)
        box = QRectF(rect.x() + theme.px(10), rect.center().y() - side / 2 + 0.5, side, side)
        painter.setPen(QPen(theme.colour(colours.done if checked else colours.field_line), 1))
        painter.setBrush(theme.colour(colours.done if checked else colours.card))
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        if checked:
            pen = QPen(theme.colour(colours.card), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            points = [
                box.topLeft() + QPointF(side * x, side * y) for x, y in ((0.24, 0.52), (0.43, 0.70), (0.76, 0.32))
            ]
            painter.drawPolyline(points)

    def editorEvent(self, event, model, option, index):  # type: ignore[no-untyped-def]
        """Toggles the box where this delegate paints it, which is not where the style would."""
        if event.type() is event.Type.MouseButtonRelease and index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
            to = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            return model.setData(index, to.value, Qt.ItemDataRole.CheckStateRole)  # the enumeration itself reads as 0
        return super().editorEvent(event, model, option, index)
