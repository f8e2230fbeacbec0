"""查到的各行：事项、要做的事、办件和文书，一组一个淡的标题；常办的前面有一个数字键。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QWidget

from counter_assistant.ui.announcing import announce_choice, announce_line
from counter_assistant.ui.appearance import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from counter_assistant.storage.content.catalogue_index import IndexEntry

Index = QModelIndex | QPersistentModelIndex
ROW = 32
INSET = 10
"""Where the words of a line begin, under whatever stands over the list."""
_NAME = 104
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Row(NamedTuple):
    """A line of a list. `act` is what Enter or a click does; a line without one is the head of a group.

    `key`: the digit that does it too. `person`: `text` is a name, which has a column of its own. `detail` follows in the same
    size, `more` in a smaller one; `note` stands at the right, and `alarming` in the colour of what is overdue.
    """

    text: str
    note: str = ""
    act: Callable[[], object] | None = None
    detail: str = ""
    more: str = ""
    key: str = ""
    item: IndexEntry | None = None
    person: bool = False
    alarming: bool = False

    @property
    def words(self) -> str:
        """The whole line, as a screen reader says it."""
        return " ".join(part for part in (self.key, self.text, self.detail, self.more, self.note) if part)


class Results(QAbstractListModel):
    """The lines of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def fill(self, rows: Sequence[Row]) -> None:
        """Shows other lines."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].words
        return None


class RowList(QListView):
    """A list of such lines. `marked_only_in_focus`: a line is shown as chosen only while the keys go to the list."""

    taking = Signal(object)
    """The Row that is about to be taken."""

    def __init__(self, name: str, *, marked_only_in_focus: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = Results()
        self.marked_only_in_focus = marked_only_in_focus
        self.field: QWidget | None = None
        """The field whose keys choose the line: there a screen reader says which one it is."""
        self.setAccessibleName(name)
        self.setModel(self.results)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.clicked.connect(lambda index: self.take(index.row()))

    @property
    def row(self) -> int:
        """The place of the chosen line; -1 where none is."""
        return self.currentIndex().row()

    @property
    def said(self) -> str:
        """The chosen line, as a screen reader says it; nothing where none is."""
        return self.results.rows[self.row].words if 0 <= self.row < len(self.results.rows) else ""

    def choose(self, row: int) -> None:
        """Chooses a line, or none where there is no such line or it is a head."""
        rows = self.results.rows
        takable = 0 <= row < len(rows) and rows[row].act is not None
        self.setCurrentIndex(self.results.index(row) if takable else QModelIndex())
        if self.field is not None:
            announce_choice(self.field, self.said)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        announce_line(self)

    def step(self, by: int) -> None:
        """Chooses the line so many places on, leaving out the heads."""
        places = [n for n, row in enumerate(self.results.rows) if row.act]
        if places:
            at = places.index(self.row) + by if self.row in places else (0 if by > 0 else -1)
            self.choose(places[min(max(at, 0), len(places) - 1)])

    def take(self, row: int) -> bool:
        """Does what a line is for; False where there is none."""
        rows = self.results.rows
        if not 0 <= row < len(rows) or (act := rows[row].act) is None:
            return False
        self.taking.emit(rows[row])
        act()
        return True


class _Painter(QStyledItemDelegate):
    """A line: its key, its words, and its note at the right.

    Which line is chosen is asked of the list: QStyle's enumerations would cost the first paint ten milliseconds.
    """

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(100), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, colours = self._view, theme.palette()
        row, rect = view.results.rows[index.row()], QRect(option.rect)  # type: ignore[attr-defined]
        if row.act is None:
            _write(painter, rect.adjusted(theme.px(INSET), theme.px(6), 0, 0), row.text, theme.SMALL, colours.secondary)
            return
        marked = index.row() == view.row and (view.hasFocus() or not view.marked_only_in_focus)
        if marked:
            theme.fill(painter, rect, colours.chosen)
            theme.fill(painter, QRect(rect.x(), rect.y(), theme.px(3), rect.height()), colours.accent)
        painter.setPen(theme.colour(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(theme.px(INSET), 0, -theme.px(8), 0)
        if row.key:
            _draw_key(painter, inside, row.key)
            inside.setLeft(inside.left() + theme.px(30))
        if row.note:
            ink = colours.overdue if row.alarming else colours.hint
            width = _write(painter, inside, row.note, theme.SMALL, ink, _RIGHT)
            inside.setRight(inside.right() - width - theme.px(10))
        self._paint_words(painter, inside, row)

    def _paint_words(self, painter: QPainter, inside: QRect, row: Row) -> None:
        colours = theme.palette()
        room = QRect(inside)
        if row.person:
            room.setWidth(min(theme.px(_NAME), room.width()))
        width = _write(painter, room, row.text, theme.BODY, colours.text, bold=row.person)
        at = (theme.px(_NAME) if row.person else width) + theme.px(12)
        for text, size, ink in ((row.detail, theme.DENSE, colours.text), (row.more, theme.SMALL, colours.secondary)):
            if text and inside.width() > at + theme.px(24):
                at += _write(painter, inside.adjusted(at, 0, 0, 0), text, size, ink) + theme.px(10)


def _write(
    painter: QPainter, room: QRect, text: str, size: int, ink: str, where: Qt.AlignmentFlag = _LEFT, *, bold: bool = False
) -> int:  # fmt: skip
    """Writes a text as far as there is room; returns how wide it became."""
    painter.setFont(theme.type_(size, bold=bold))
    painter.setPen(theme.colour(ink))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, where, shown)
    return metrics.horizontalAdvance(shown)


def _draw_key(painter: QPainter, inside: QRect, key: str) -> None:
    colours, side = theme.palette(), theme.px(20)
    box = QRectF(inside.left() + 0.5, inside.center().y() - side / 2 + 0.5, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour(colours.field_line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(theme.type_(theme.SMALL))
    painter.setPen(theme.colour(colours.secondary))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
