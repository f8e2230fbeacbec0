"""事项清单：按 A 归集、B 提取、C 贷款、D 其他分组。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QWidget

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.groups import GROUPS
from counter_assistant.ui.appearance import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from counter_assistant.storage.content.catalogue_index import IndexEntry

ROW, GROUP_ROW = 30, 28
ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ItemList(QListWidget):
    """The items found, in groups whose heads cannot be chosen. The keyboard stays in the search field."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("事项清单")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.states: Mapping[str, ApprovalState] = {}
        self.setItemDelegate(_Painter(self))
        self.currentRowChanged.connect(lambda _row: self.chosen.emit())

    def fill(self, entries: list[IndexEntry], keep: str) -> None:
        """Shows other items, best first within each group, and chooses the one of that id, else the first found."""
        self.blockSignals(True)
        self.clear()
        best = entries[0].id if entries else ""
        chosen = keep if keep in [entry.id for entry in entries] else best
        for letter, name in GROUPS.items():
            group = [entry for entry in entries if entry.id.startswith(letter)]
            if group:
                self._add_head(f"{name}　{len(group)} 项")
            for entry in group:
                row = QListWidgetItem(f"{entry.name} {entry.id}", self)
                row.setData(ENTRY, entry)
                self._describe(row, entry)
                if entry.id == chosen:
                    self.setCurrentItem(row)
        self.blockSignals(False)
        self.scrollToTop() if self.current_row_is_first() else self.scrollToItem(self.currentItem())
        self.chosen.emit()

    def show_states(self, states: Mapping[str, ApprovalState]) -> None:
        """Marks each item with how far it is approved: 已核定, 待生效, 已改动, 示例."""
        self.states = states
        for n in range(self.count()):
            if entry := self.item(n).data(ENTRY):
                self._describe(self.item(n), entry)
        self.viewport().update()

    def state_of(self, item_id: str) -> ApprovalState:
        """How far an item is approved."""
        return self.states.get(item_id, ApprovalState.EXAMPLE)

    def _describe(self, row: QListWidgetItem, entry: IndexEntry) -> None:
        """The row for a screen reader, with its mark."""
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.name} {entry.id}，{self.state_of(entry.id).label}")

    def current_row_is_first(self) -> bool:
        """Whether nothing but a group's head stands above the chosen row."""
        return self.currentRow() <= 1

    @property
    def entry(self) -> IndexEntry | None:
        """The item that is chosen; None where nothing was found."""
        item = self.currentItem()
        return item.data(ENTRY) if item else None

    def step(self, rows: int) -> None:
        """Chooses the item so many rows on, passing over the heads of groups."""
        places = [n for n in range(self.count()) if self.item(n).data(ENTRY)]
        if places:
            at = places.index(self.currentRow()) + rows
            self.setCurrentRow(places[min(max(at, 0), len(places) - 1)])

    def names(self) -> list[str]:
        """The rows as they read, heads too."""
        return [self.item(n).text() for n in range(self.count())]

    def _add_head(self, text: str) -> None:
        head = QListWidgetItem(text, self)
        head.setFlags(Qt.ItemFlag.NoItemFlags)


class _Painter(QStyledItemDelegate):
    """The name on the left, its mark and the code on the right; a group's head is small and quiet."""

    def __init__(self, items: ItemList) -> None:
        super().__init__(items)
        self._items = items

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(100), theme.px(ROW if index.data(ENTRY) else GROUP_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, colours = index.data(ENTRY), theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        inside = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.save()
        if entry is None:
            painter.setFont(theme.type_(theme.SMALL, bold=True))
            painter.setPen(theme.colour(colours.secondary))
            painter.drawText(inside, left, str(index.data()))
        else:
            if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
                painter.fillRect(rect, theme.colour(colours.chosen))
                painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(colours.accent))
            painter.setFont(theme.type_(theme.SMALL))
            painter.setPen(theme.colour(colours.hint))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.id)
            state = self._items.state_of(entry.id)
            inks = {ApprovalState.APPROVED: colours.done, ApprovalState.CHANGED: colours.attention}
            painter.setPen(theme.colour(inks.get(state, colours.hint)))
            before_code = inside.adjusted(0, 0, -theme.px(32), 0)
            painter.drawText(before_code, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state.label)
            painter.setFont(theme.type_(theme.DENSE))
            painter.setPen(theme.colour(colours.text))
            room = inside.width() - theme.px(36 + 44)
            name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inside, left, name)
        painter.restore()
