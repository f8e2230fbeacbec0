"""查找框和它下面的清单：字打在框里，上下键选行；在清单里打字，字也进框。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_assistant.ui.announcing import announce_choice, words_of_line
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.quiet_table import QuietTable
from counter_assistant.ui.widgets.records.search_field import SearchField


class SearchedTable(Card):
    """A search field over a table; where nothing is found a sentence stands in its place."""

    def __init__(self, title: str, hint: str, search: SearchField, table: QuietTable, *between: QWidget) -> None:
        super().__init__(title, hint)
        self.search, self.table = search, table
        self.empty = PlainLabel("", "secondary", wrap=True, aloud=True)
        self.empty.setObjectName("empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (search, *between):
            self.rows.addWidget(widget)
        for filling in (table, self.empty):
            self.rows.addWidget(filling, 1)
        search.stepped.connect(self._step)
        table.typed.connect(self._type_on)

    @property
    def found(self) -> int:
        """How many rows the table has now."""
        return self.table.model().rowCount()

    @property
    def marked(self) -> int:
        """The row that is marked; -1 where none is."""
        return self.table.currentIndex().row()

    def show_found(self, nothing: str) -> None:
        """Shows the table, or in its place a sentence that says why it is empty."""
        some = self.found > 0
        self.table.setVisible(some)
        self.empty.say("" if some else nothing)
        self._tell_marked()

    def to_search(self) -> None:
        """Puts the cursor into the search field, so that typing replaces what stands there."""
        self.search.setFocus()
        self.search.selectAll()

    def clear_search(self) -> None:
        """Empties the search field, unless an input method is at work in it."""
        if not self.search.composing:
            self.search.clear()
            self.search.setFocus()

    def _step(self, rows: int) -> None:
        if self.found:
            self.table.selectRow(min(max(self.marked + rows, 0), self.found - 1))
            self._tell_marked()

    def _tell_marked(self) -> None:
        announce_choice(self.search, words_of_line(self.table) if self.found else "")

    def _type_on(self, event: QKeyEvent) -> None:
        self.to_search()
        key = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        QApplication.sendEvent(self.search, key)
