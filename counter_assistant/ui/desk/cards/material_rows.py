"""材料清单的模型与画法。One item view instead of a widget per line: a changed answer redraws it in a millisecond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.marks import draw_badge, draw_box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from counter_assistant.ui.desk.presentation.view_model import MaterialRow

Index = QModelIndex | QPersistentModelIndex
NAME_AT, BOX, COUNTS_WIDTH, STATE_WIDTH = 46, 18, 76, 86
ROOMY, TIGHT, OPEN = 50, 40, 28


class MaterialRows(QAbstractListModel):
    """The lines of the checklist, which of them just moved, and whether reasons are shown instead of details."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MaterialRow, ...] = ()
        self.tinted: frozenset[str] = frozenset()
        self.reasons = False

    def fill(self, rows: tuple[MaterialRow, ...], tinted: frozenset[str]) -> None:
        """Shows other lines. Where the lines are the same materials the selection stays."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.tinted = rows, tinted
        if same:
            self.redraw()
        else:
            self.endResetModel()

    def redraw(self) -> None:
        """Something about the lines looks different now."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class MaterialPainter(QStyledItemDelegate):
    """Draws a line: box, name over detail, counts, state."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.height = theme.px(ROOMY)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, MaterialRows)
        return QSize(theme.px(200), theme.px(OPEN) if model.rows[index.row()].tone == "open" else self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, MaterialRows)
        row, colours = model.rows[index.row()], theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        if row.id in model.tinted:
            painter.fillRect(rect, theme.colour(colours.attention_soft))
        if selected:
            painter.fillRect(rect, theme.colour(colours.chosen))
            painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(colours.focus))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour(colours.line))
        side = theme.px(BOX)
        place = QRectF(rect.x() + theme.px(8), rect.center().y() - side / 2, side, side)
        draw_box(painter, place, row.box)
        second = row.why if model.reasons else row.detail
        (self._open if row.tone == "open" else self._texts)(painter, rect, row, second)
        painter.restore()

    def _texts(self, painter: QPainter, rect: QRect, row: MaterialRow, second: str) -> None:
        colours = theme.palette()
        width = rect.width() - theme.px(NAME_AT + COUNTS_WIDTH + STATE_WIDTH + 8)
        half, left = rect.height() // 2, rect.x() + theme.px(NAME_AT)
        upper = QRect(left, rect.y() + theme.px(2), width, half)
        lower = QRect(left, rect.y() + half - theme.px(1), width, half - theme.px(1))
        write(painter, upper, row.name, theme.BODY, colours.text)
        write(painter, lower, second, theme.SMALL, colours.attention if row.defect else colours.hint)
        x = rect.right() - theme.px(STATE_WIDTH + COUNTS_WIDTH)
        write(painter, QRect(x, rect.y(), theme.px(COUNTS_WIDTH), rect.height()), row.counts, theme.DENSE, colours.text)
        place = QRect(rect.right() - theme.px(STATE_WIDTH), rect.y(), theme.px(STATE_WIDTH), rect.height())
        if row.tone == "badge":
            draw_badge(painter, QRectF(place), row.state)
        elif row.tone == "loud":
            write(painter, place, row.state, theme.BODY, colours.attention, bold=True)
        else:
            write(painter, place, row.state, theme.DENSE, colours.secondary)

    @staticmethod
    def _open(painter: QPainter, rect: QRect, row: MaterialRow, second: str) -> None:
        """A line that hangs on an open answer is lower and quieter."""
        colours = theme.palette()
        left = rect.x() + theme.px(NAME_AT)
        place = QRect(left, rect.y(), rect.right() - theme.px(STATE_WIDTH) - left, rect.height())
        write(painter, place, f"{row.name}：{second}", theme.DENSE, colours.secondary)
        state = QRect(rect.right() - theme.px(STATE_WIDTH), rect.y(), theme.px(STATE_WIDTH), rect.height())
        write(painter, state, row.state, theme.SMALL, colours.hint)


def write(painter: QPainter, place: QRect, text: str, size: int, ink: str, *, bold: bool = False) -> None:
    """One line of text, ending in … where there is no room."""
    painter.setFont(theme.type_(size, bold=bold))
    painter.setPen(theme.colour(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
