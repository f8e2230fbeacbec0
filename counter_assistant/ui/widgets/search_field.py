"""查找框：上下键在列表里走，字还在框里。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.widgets.entry_edit import EntryEdit


class SearchField(EntryEdit):
    """The one field that finds everything."""

    stepped = Signal(int)

    def __init__(self, name: str, example: str, parent: QWidget | None = None) -> None:
        super().__init__(name, example, parent)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if not self.composing and Qt.Key(event.key()) in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
