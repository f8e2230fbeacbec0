"""中间：一个事项的一句一句，选中的一句就在原处展开。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_assistant.domain.revision.statements import Statement
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.presentation import Row
from counter_assistant.ui.items.review.sentence_box import CARRIED, SentenceBox

ROW = Qt.ItemDataRole.UserRole
HEAD, BESIDE, ABOVE = 30, 10, 5
"""Height of a heading; room at the sides of a row, and above it."""
Index = QModelIndex | QPersistentModelIndex


class SentenceList(QListWidget):
    """The sentences under their headings; the box lies over the marked one. It takes no focus: the keys are the mode's."""

    chosen = Signal(object)
    """A `Statement` that was clicked."""

    def __init__(self, box: SentenceBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("一句一句")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Painter(self))
        self.box, self._marked = box, -1
        self._shown: list[Row | str] = []
        box.setParent(self.viewport())
        box.hide()
        box.grown.connect(self.place)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._move())
        self.itemClicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Row], marked: Statement | None) -> None:
        """Shows these sentences, and opens the marked one. What is the same stays where it is."""
        wanted = _with_heads(rows)
        if wanted != self._shown:
            self._fill(wanted)
        was, self._marked = self._marked, _place(wanted, marked)
        if was != self._marked and 0 <= was < self.count():
            self.item(was).setSizeHint(self._size(self._shown[was]))
        self.box.setVisible(self._marked >= 0)
        self.place()
        self._reveal()

    @property
    def marked(self) -> int:
        """The row that the box lies over; below 0 for none."""
        return self._marked

    def place(self) -> None:
        """Gives the box the height that it needs."""
        if self._marked >= 0:
            size = QSize(self._width, self.box.height_for(self._width))
            if self.item(self._marked).sizeHint() != size:
                self.item(self._marked).setSizeHint(size)
                self.doItemsLayout()
            self._move()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for n, each in enumerate(self._shown):
            self.item(n).setSizeHint(self._size(each))
        self.place()

    @property
    def _width(self) -> int:
        return max(self.viewport().width(), theme.px(120))

    def _fill(self, wanted: list[Row | str]) -> None:
        """Rows that stay the same at the beginning and the end are left alone: an answer changes one or two."""
        old, self._shown = self._shown, wanted
        head = next((n for n, pair in enumerate(zip(old, wanted, strict=False)) if pair[0] != pair[1]), None)
        start = min(len(old), len(wanted)) if head is None else head
        end = 0
        while end < min(len(old), len(wanted)) - start and old[-1 - end] == wanted[-1 - end]:
            end += 1
        for _ in range(len(old) - end - start):
            self.takeItem(start)
        for n in range(start, len(wanted) - end):
            self.insertItem(n, self._made(wanted[n]))
        self._marked = -1
        for n in range(len(wanted) if old else 0):
            self.item(n).setSizeHint(self._size(wanted[n]))

    def _made(self, each: Row | str) -> QListWidgetItem:
        row = QListWidgetItem(each if isinstance(each, str) else each.words)
        row.setData(ROW, each)
        row.setFlags(Qt.ItemFlag.NoItemFlags if isinstance(each, str) else Qt.ItemFlag.ItemIsEnabled)
        row.setSizeHint(self._size(each))
        return row

    def _size(self, each: Row | str) -> QSize:
        if isinstance(each, str):
            return QSize(self._width, theme.px(HEAD))
        room = self._width - theme.px(CARRIED + 3 * BESIDE)
        metrics = QFontMetrics(theme.type_(theme.DENSE))
        lines = metrics.boundingRect(QRect(0, 0, room, 10000), Qt.TextFlag.TextWordWrap, each.words)
        return QSize(self._width, lines.height() + 2 * theme.px(ABOVE))

    def _move(self) -> None:
        if self._marked >= 0:
            self.box.setGeometry(self.visualItemRect(self.item(self._marked)))

    def _reveal(self) -> None:
        """The marked sentence is seen, and its heading where it stands right under one."""
        if self._marked >= 0:
            above = self._marked - 1
            if above >= 0 and isinstance(self._shown[above], str):
                self.scrollToItem(self.item(above))
            self.scrollToItem(self.item(self._marked))

    def _clicked(self, row: QListWidgetItem) -> None:
        if isinstance(row.data(ROW), Row):
            self.chosen.emit(row.data(ROW).statement)


def _with_heads(rows: Sequence[Row]) -> list[Row | str]:
    shown: list[Row | str] = []
    heading = ""
    for row in rows:
        if row.heading != heading:
            heading = row.heading
            shown.append(heading)
        shown.append(row)
    return shown


def _place(shown: Sequence[Row | str], marked: Statement | None) -> int:
    found = (n for n, each in enumerate(shown) if isinstance(each, Row) and each.statement == marked)
    return next(found, -1)


class _Painter(QStyledItemDelegate):
    """The words at the left; at the right what carries them, green with a mark, or where they were taken from."""

    def __init__(self, owner: SentenceList) -> None:
        super().__init__(owner)
        self._owner = owner

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() == self._owner.marked:
            return  # the box lies there
        each, colours = index.data(ROW), theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        beside, above, carried = theme.px(BESIDE), theme.px(ABOVE), theme.px(CARRIED)
        inside = rect.adjusted(beside, above, -beside, -above)
        painter.save()
        if isinstance(each, str):
            painter.setFont(theme.type_(theme.DENSE, bold=True))
            painter.setPen(theme.colour(colours.text))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, each)
            painter.restore()
            return
        if each.open:
            theme.fill(painter, rect.adjusted(0, 1, 0, -1), colours.attention_soft)
            theme.fill(painter, QRect(rect.x(), rect.y() + 1, theme.px(3), rect.height() - 2), colours.attention)
        painter.setFont(theme.type_(theme.DENSE))
        painter.setPen(theme.colour(colours.text))
        painter.drawText(inside.adjusted(0, 0, -carried - beside, 0), Qt.TextFlag.TextWordWrap, each.words)
        painter.setFont(theme.type_(theme.SMALL))
        painter.setPen(theme.colour(colours.hint if each.open else colours.done))
        mark = "" if each.open else " ✓"
        room = carried - painter.fontMetrics().horizontalAdvance(mark)
        told = painter.fontMetrics().elidedText(each.carried, Qt.TextElideMode.ElideRight, room) + mark
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, told)
        painter.restore()
