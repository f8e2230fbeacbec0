"""档案列表的样子：细线、行高一致；作废的一行划去，并写明“作废”。Painted by hand: never a colour without its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_assistant.ui import theme
from counter_assistant.ui.archive.model import (
    APPLICANT,
    CLERK,
    ITEM,
    NUMBER,
    STATE,
    TIME,
    TITLE,
    ArchiveModel,
)
from counter_assistant.ui.widgets.entry_edit import ENTER

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {NUMBER: 192, TITLE: 106, APPLICANT: 98, TIME: 96, CLERK: 64, STATE: 76}
ROW = 34


class ArchiveTable(QTableView):
    """The list of slips. Enter opens one; a letter or digit belongs to the search field."""

    opened = Signal()
    typed = Signal(QKeyEvent)

    def __init__(self, model: ArchiveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("文书列表")
        self.setHorizontalHeader(_Head(self))
        self.setModel(model)
        self.setItemDelegate(_Row(model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def fold(self, folded: bool) -> None:
        """Leaves the item and the clerk out where the paper needs the room."""
        for column in (ITEM, CLERK, TITLE):
            self.setColumnHidden(column, folded)
        stretch = QHeaderView.ResizeMode.Stretch
        self.horizontalHeader().setSectionResizeMode(
            APPLICANT, stretch if folded else QHeaderView.ResizeMode.Interactive
        )
        self.horizontalHeader().setSectionResizeMode(ITEM, stretch)
        if not folded:
            self.setColumnWidth(APPLICANT, theme.px(WIDTHS[APPLICANT]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in ENTER:
            self.opened.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event)
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
        painter.drawText(_inside(rect), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class _Row(QStyledItemDelegate):
    def __init__(self, model: ArchiveModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column, colours = self._model.row(index.row()), index.column(), theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.fillRect(rect, theme.colour(colours.chosen if chosen else colours.card))
        if chosen and column == NUMBER:
            painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(colours.accent))
        painter.setPen(theme.colour(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(_font(column, void=row.void))
        painter.setPen(theme.colour(_ink(column, void=row.void, again=bool(row.reprints))))
        room = _inside(rect)
        mode = Qt.TextElideMode.ElideMiddle if column == NUMBER else Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(str(index.data()), mode, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


def _font(column: int, *, void: bool) -> QFont:
    font = theme.type_(theme.DENSE, bold=column == STATE and void)
    font.setStrikeOut(void and column != STATE)
    return font


def _ink(column: int, *, void: bool, again: bool) -> str:
    colours = theme.palette()
    if column == STATE:
        return colours.overdue if void else colours.attention if again else colours.secondary
    if void:
        return colours.hint
    return colours.text if column in (NUMBER, APPLICANT, ITEM) else colours.secondary


def _inside(rect: QRect) -> QRect:
    return rect.adjusted(theme.px(10), 0, -theme.px(6), 0)
