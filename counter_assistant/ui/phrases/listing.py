"""用语清单：左边一个数字键，右边一句话；组的标题选不中。The keys stay with the search field."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from counter_assistant.ui.phrases.painting import ROW, PhrasePainter
from counter_assistant.ui.phrases.rows import Row

Index = QModelIndex | QPersistentModelIndex


class PhraseRows(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def fill(self, rows: list[Row]) -> None:
        """Shows other lines."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].text
        return self.rows[index.row()] if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].phrase is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class PhraseList(QListView):
    """The list. It never takes the focus: the keys stay with the search field. `taken`: a line was clicked.

    `chosen_changed` is the line that Enter copies now, in words, for a screen reader.
    """

    taken = Signal(int)
    chosen_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("用语")
        self.lines = PhraseRows(self)
        self.setModel(self.lines)
        self._painter = PhrasePainter(self)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    def show_rows(self, rows: list[Row], chosen: int | None = None) -> None:
        """Shows lines, and chooses the phrase of that number where it is among them, else the first."""
        self.lines.fill(rows)
        places = self._places()
        again = [place for place in places if self._number(place) == chosen]
        if places:
            self.choose((again or places)[0])
        if not again:
            self.scrollToTop()

    @property
    def chosen(self) -> Row | None:
        """The line that Enter copies."""
        place = self.currentIndex().row()
        return self.lines.rows[place] if 0 <= place < len(self.lines.rows) else None

    def walk(self, step: int) -> bool:
        """Chooses the phrase so many lines on; False at an end."""
        places = self._places()
        if not places:
            return False
        at = places.index(self.currentIndex().row()) if self.currentIndex().row() in places else 0
        goal = min(max(at + step, 0), len(places) - 1)
        self.choose(places[goal])
        if goal == 0:
            self.scrollToTop()  # so that the heading over it is seen
        return goal != at

    def choose(self, place: int) -> None:
        """Chooses a line."""
        self.setCurrentIndex(self.lines.index(place))
        self.chosen_changed.emit(self.lines.rows[place].text)

    def choose_key(self, key: str) -> bool:
        """Chooses the phrase with a digit; False where none has it."""
        place = next((n for n, row in enumerate(self.lines.rows) if row.key == key), None)
        if place is not None:
            self.choose(place)
        return place is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))  # a form opened under it takes room

    def _places(self) -> list[int]:
        return [n for n, row in enumerate(self.lines.rows) if row.phrase is not None]

    def _number(self, place: int) -> int | None:
        phrase = self.lines.rows[place].phrase
        return phrase.number if phrase else None
