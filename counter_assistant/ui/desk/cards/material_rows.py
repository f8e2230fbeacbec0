"""材料清单的模型与画法。One item view instead of a widget per line: a changed answer redraws it in a millisecond."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.marks import draw_badge, draw_box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from counter_assistant.ui.desk.presentation.view_model import MaterialRow

Index = QModelIndex | QPersistentModelIndex
NAME_AT, BOX, COUNTS_WIDTH, STATE_WIDTH = 46, 18, 76, 86
ROOMY, TIGHT, OPEN = 50, 38, 28
PAUSES = "，；、·"
LINE = 17
"""What a second line of the detail takes."""
NAMES, LEAST_WHY = 262, 160
"""A list with room for both has the reasons beside the names, without being asked."""


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

    def otherwise(self, rows: tuple[MaterialRow, ...]) -> list[MaterialRow]:
        """Which of `rows` stand otherwise than the same materials do that are shown now."""
        before = {row.id: row for row in self.rows}
        return [row for row in rows if row.id in before and row.spoken() != before[row.id].spoken()]

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
        self.tall: frozenset[str] = frozenset()
        """The lines whose detail has two lines."""
        self.higher = 0
        """So many lines from the top are a pixel higher, so that the last in view is seen whole."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, MaterialRows)
        row = model.rows[index.row()]
        if row.tone == "open":
            return QSize(theme.px(200), theme.px(OPEN))
        more = (theme.px(LINE) if row.id in self.tall else 0) + (index.row() < self.higher)
        return QSize(theme.px(200), self.height + more)

    def fit(self, rows: Sequence[MaterialRow], width: int, room: int, *, reasons: bool) -> bool:
        """Makes the lines as low as they must be for all to be seen, down to a limit, below which as many are seen as are seen
        whole; where there is room, a long detail has two lines. True where that changed anything."""
        closed = [row for row in rows if row.tone != "open"]
        spare = room - (len(rows) - len(closed)) * theme.px(OPEN) - len(closed) * theme.px(TIGHT)
        metrics, names = QFontMetrics(theme.type_(theme.SMALL)), columns_of(width, reasons=reasons)[0]
        long = [row.id for row in closed if metrics.horizontalAdvance(row.why if reasons else row.detail) > names]
        tall = frozenset(long[: max(spare, 0) // theme.px(LINE)])
        if spare < 0:
            height, higher = self._whole_lines(rows, room)
        else:
            more = (spare - len(tall) * theme.px(LINE)) // max(len(closed), 1)
            height, higher = min(theme.px(TIGHT) + more, theme.px(ROOMY)), 0
        changed = (height, tall, higher) != (self.height, self.tall, self.higher)
        self.height, self.tall, self.higher = height, tall, higher
        return changed

    @staticmethod
    def _whole_lines(rows: Sequence[MaterialRow], room: int) -> tuple[int, int]:
        """The height of the lines at which the last in view is seen whole, and how many are a pixel higher."""
        tight = theme.px(TIGHT)
        ends = list(accumulate(theme.px(OPEN) if row.tone == "open" else tight for row in rows))
        seen = rows[: bisect_right(ends, room)]
        closed = sum(row.tone != "open" for row in seen)
        if not closed:
            return tight, 0
        more, higher = divmod(room - ends[len(seen) - 1], closed)
        return tight + more, higher

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
        names, why = columns_of(rect.width(), reasons=model.reasons)
        if row.tone == "open":
            self._open(painter, rect, row, row.why if model.reasons else row.detail)
        else:
            self._texts(painter, rect, row, names, row.why if model.reasons else row.detail)
            beside = QRect(rect.x() + theme.px(NAME_AT + NAMES), rect.y(), why, rect.height())
            write_lines(painter, beside.adjusted(0, theme.px(5), 0, 0), row.why if why else "", 2, colours.hint)
        painter.restore()

    def _texts(self, painter: QPainter, rect: QRect, row: MaterialRow, width: int, second: str) -> None:
        colours = theme.palette()
        half, left = self.height // 2, rect.x() + theme.px(NAME_AT)
        ink = colours.attention if row.defect else colours.hint
        write(painter, QRect(left, rect.y() + theme.px(2), width, half), row.name, theme.BODY, colours.text)
        top = rect.y() + half - theme.px(1)
        if row.id in self.tall:
            air = min(theme.px(4), (self.height - theme.px(TIGHT)) // 2)
            lower = QRect(left, top + air, width, rect.bottom() - top)
            write_lines(painter, lower, second, 2, ink)
        else:
            write(painter, QRect(left, top, width, half - theme.px(1)), second, theme.SMALL, ink)
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


def columns_of(width: int, *, reasons: bool) -> tuple[int, int]:
    """The widths of the names and of the reasons beside them in a list of that width; no reasons where there is no room for
    them, or where they stand beneath the names."""
    names = width - theme.px(NAME_AT + COUNTS_WIDTH + STATE_WIDTH + 8)
    if reasons or names < theme.px(NAMES + LEAST_WHY):
        return names, 0
    return theme.px(NAMES - 12), names - theme.px(NAMES + 8)


def write_lines(painter: QPainter, place: QRect, text: str, lines: int, ink: str) -> None:
    """A few small lines of text, ending in … where there is no room."""
    if not text:
        return
    painter.setFont(theme.type_(theme.SMALL))
    painter.setPen(theme.colour(ink))
    metrics = painter.fontMetrics()
    room = place.width() * lines - metrics.averageCharWidth() * 2 * (lines - 1)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    if lines > 1:
        shown = parted(shown, place.width(), metrics)
    wrapped = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWrapAnywhere
    painter.drawText(place, wrapped, shown)


def parted(text: str, width: int, metrics: QFontMetrics) -> str:
    """A text of two lines with its end of line after a mark, where both then fit; else as it is."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    for at in range(len(text), 0, -1):
        first, second = text[:at], text[at:].lstrip()
        if first[-1] in PAUSES and max(map(metrics.horizontalAdvance, (first, second))) <= width:
            return f"{first}\n{second}"
    return text


def write(painter: QPainter, place: QRect, text: str, size: int, ink: str, *, bold: bool = False) -> None:
    """One line of text, ending in … where there is no room."""
    painter.setFont(theme.type_(size, bold=bold))
    painter.setPen(theme.colour(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
