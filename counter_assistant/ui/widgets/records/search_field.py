"""查找框：上下键在列表里走，字还在框里；框空着时左右键换清单。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TURNS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class SearchField(EntryEdit):
    """A field that searches a list beneath it. `stepped`: so many rows on; `turned`: so many lists on, while it is empty."""

    stepped = Signal(int)
    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not self.composing and key in STEPS:
            self.stepped.emit(STEPS[key])
        elif not self.composing and not self.text() and plain and key in TURNS:
            self.turned.emit(TURNS[key])
        else:
            super().keyPressEvent(event)
