"""列表：细线、行高一致，选中的一行浅底加一道色。Painted by hand: never a colour without its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_assistant.ui.announcing import announce_line
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.records.search_field import TURNS

Index = QModelIndex | QPersistentModelIndex
ROW = 34
REST, WIDEST = 200, 1.5
"""The width that the column without one has first; and how many times wider the others become at most."""


_IN_THE_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft  # made once: each cell asks for it


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is written: in which ink, bold or struck, and where it gives way when it is too long."""

    ink: str
    bold: bool = False
    struck: bool = False
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight


class Looks(Protocol):
    """What a table asks its model beside the text of a cell."""

    def look(self, row: int, column: int) -> Look: ...


class QuietTable(QTableView):
    """A list of rows. Enter opens one; a letter or digit belongs to the page's search field.

    `widths` are those of all columns but the one that takes the rest.
    """

    opened = Signal()
    typed = Signal(QKeyEvent)
    WIDEST: ClassVar = WIDEST
    """How many times wider than said the columns become; one that is mostly its own text asks for less."""

    def __init__(
        self, name: str, model: QAbstractItemModel, looks: Looks, widths: dict[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Head(self))
        self.setModel(model)
        self.setItemDelegate(_Row(looks, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self._widths = widths
        for column in range(model.columnCount()):
            if column not in widths:
                self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.share_width()
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        announce_line(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Makes every column as much wider as there is room, once the one that takes the rest has enough."""
        shown = [column for column in self._widths if not self.isColumnHidden(column)]
        least = sum(theme.px(self._widths[column]) for column in shown)
        wider = (self.viewport().width() - theme.px(REST)) / least if least else 1.0
        for column in shown:
            self.setColumnWidth(column, round(theme.px(self._widths[column]) * min(max(wider, 1.0), self.WIDEST)))

    def fold(self, folded: bool) -> None:
        """Leaves out the columns that give way where there is little room; a table may have none."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in ENTER:
            self.opened.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)


class TurningTable(QuietTable):
    """One of several lists: left and right go to another."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key(event.key()) in TURNS:
            self.turned.emit(TURNS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class _Head(QHeaderView):
    """Quiet column heads over a hairline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme.px(28))
        self.setMinimumSectionSize(theme.px(40))
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = theme.palette()
        painter.fillRect(rect, theme.colour(colours.card))
        painter.setPen(theme.colour(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour(colours.secondary))
        painter.setFont(theme.type_(theme.SMALL))
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(_inside(rect), _IN_THE_MIDDLE, text)


class _Row(QStyledItemDelegate):
    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, colours = self._looks.look(index.row(), index.column()), theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.fillRect(rect, theme.colour(colours.chosen if chosen else colours.card))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(colours.accent))
        painter.setPen(theme.colour(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = theme.type_(theme.DENSE, bold=look.bold)
        font.setStrikeOut(look.struck)
        painter.setFont(font)
        painter.setPen(theme.colour(look.ink))
        room = _inside(rect)
        text = painter.fontMetrics().elidedText(str(index.data()), look.elide, room.width())
        painter.drawText(room, _IN_THE_MIDDLE, text)
        painter.restore()


def _inside(rect: QRect) -> QRect:
    return rect.adjusted(theme.px(10), 0, -theme.px(6), 0)
