"""事项：按名称、拼音首字母、编码查找；回车取第一条，向下键选别的。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QWidget

from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER, EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from counter_assistant.storage.content.catalogue_index import IndexEntry

Index = QModelIndex | QPersistentModelIndex
ROW = 32
MOST_ROWS = 8


class Results(QAbstractListModel):
    """The items found."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[IndexEntry] = []

    def fill(self, entries: list[IndexEntry]) -> None:
        """Shows other items."""
        if entries != self.entries:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.name} {entry.id}"
        return None


class _Painter(QStyledItemDelegate):
    """The name on the left, the code on the right.

    Which line is chosen is asked of the list: QStyle's enumerations would cost the first paint ten milliseconds.
    """

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(100), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Results)
        entry, colours = model.entries[index.row()], theme.palette()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if index.row() == self._view.currentIndex().row():
            theme.fill(painter, rect, colours.chosen)
        inside = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        code_font = theme.type_(theme.SMALL)
        painter.setFont(code_font)
        painter.setPen(theme.colour(colours.hint))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.id)
        painter.setFont(theme.type_(theme.BODY))
        painter.setPen(theme.colour(colours.text))
        room = inside.width() - theme.px(40)
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


class SearchEdit(EntryEdit):
    """The search field. The arrows walk the results without leaving it."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        step = steps.get(Qt.Key(event.key())) if not self.composing else None
        if step:
            self.walked.emit(step)
        elif self.composing and event.key() in ENTER:
            event.accept()
        else:
            super().keyPressEvent(event)


class ItemSearch(Card):
    """The card 事项: the field, and under it the results, which stay open until an item is taken."""

    chosen = Signal(str, str)
    opened = Signal()
    numbered = Signal(str)
    """The number of a paper was typed, or its QR code scanned, where an item is looked for."""

    def __init__(self, search: Callable[[str], list[IndexEntry]], parent: QWidget | None = None) -> None:
        super().__init__("事项", "拼音首字母、名称、编码", parent)
        self._search = search
        self._taken: IndexEntry | None = None
        self.open = True
        self.field = SearchEdit("查找事项", "例如 gmxj、租房、B08")
        self.field.setObjectName("item_search")
        self.results = Results()
        self.list = QListView()
        self.list.setObjectName("items_found")
        self.list.setAccessibleName("查到的事项")
        self.list.setModel(self.results)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.nothing = PlainLabel("", "secondary", wrap=True)
        self.nothing.setObjectName("nothing_found")
        for widget in (self.field, self.list, self.nothing):
            self.rows.addWidget(widget, 1 if widget is self.list else 0)
        self.rows.addStretch(0)
        self.field.textEdited.connect(self._typed)
        self.field.walked.connect(self._walk)
        self.field.entered.connect(self._take_current)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self._fill("")

    def clear(self) -> None:
        """Back to the start: an empty field over all items."""
        self._taken, self.open = None, True
        self.field.setText("")  # unlike clear(), leaves nothing to undo: Ctrl+Z is the draft's
        self._fill("")

    def take(self, item_id: str, name: str) -> None:
        """Shows an item as taken, as when a draft is brought back."""
        self._taken = next((entry for entry in self._search("") if entry.id == item_id), None)
        self.field.setText(name)
        self._close()

    def close_results(self) -> bool:
        """Esc: shows the item taken before again; False where there is none or nothing is open."""
        if not (self.open and self._taken):
            return False
        self.field.setText(self._taken.name)
        self._close()
        return True

    def wanted_height(self) -> int:
        """The height that shows the field and what is under it."""
        rows = min(len(self.results.entries), MOST_ROWS) if self.open else 1
        return theme.px(12 + 24 + 6 + 36 + 6 + max(rows, 1) * ROW + 10)

    def _typed(self, text: str) -> None:
        scan = read_scan(text)
        if scan is not None and scan.sound:
            return self._take_number(text)
        was_open, self.open = self.open, True
        self._fill(text)
        if not was_open:
            self.opened.emit()
        return None

    def _fill(self, text: str) -> None:
        found = self._search(text)
        self.results.fill(found)
        self.nothing.say("" if found else f"没有找到“{text}”。可以输入名称里的任意两个字、拼音首字母或编码。")
        self.list.setVisible(bool(found))
        if (
            found
        ):  # nothing typed chooses nothing: one Enter too many after the last applicant must not take the first item
            self.list.setCurrentIndex(self.results.index(0) if text.strip() else QModelIndex())

    def _walk(self, step: int) -> None:
        if not self.open:
            return self._typed("")
        last = len(self.results.entries) - 1
        row = min(max(self.list.currentIndex().row() + step, 0), last)
        self.list.setCurrentIndex(self.results.index(row))
        return None

    def _take_current(self) -> None:
        text = self.field.text().strip()
        if is_number(text):
            self._take_number(text)
        elif self.open:
            self._take(self.list.currentIndex().row())
        elif self._taken:
            self.chosen.emit(self._taken.id, self._taken.name)

    def _take_number(self, text: str) -> None:
        """Another page shows what belongs to a number; the search stands as it did before it was typed."""
        if self._taken:
            self.field.setText(self._taken.name)
            self._close()
        else:
            self.clear()
        self.numbered.emit(text)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.results.entries):
            self._taken = self.results.entries[row]
            self._close()
            self.chosen.emit(self._taken.id, self._taken.name)

    def _close(self) -> None:
        self.open = False
        self.nothing.say("")
        self.list.show()
        if self._taken:
            self.results.fill([self._taken])
            self.list.setCurrentIndex(self.results.index(0))
        self.opened.emit()


def is_number(text: str) -> bool:
    """Whether a text can only be a paper's number, or what a scanner makes of its QR code."""
    return read_scan(text) is not None or ("〔" in text and text.endswith("号"))
