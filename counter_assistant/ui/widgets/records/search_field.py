"""查找框：上下键在列表里走，字还在框里；框空着时左右键换清单。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TURNS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class SearchField(EntryEdit):
    """A field that searches a list beneath it. `stepped`: so many rows on; `turned`: so many lists on, while it is empty.

    The whole code of a paper needs no Enter, whether it was pasted or a slow scanner typed it.
    """

    stepped = Signal(int)
    turned = Signal(int)

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(name, placeholder)
        self.textEdited.connect(self._enter_code)

    def _enter_code(self, text: str) -> None:
        scan = read_scan(text)
        if scan is not None and scan.sound:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not self.composing and key in STEPS:
            self.stepped.emit(STEPS[key])
        elif not self.composing and not self.text() and plain and key in TURNS:
            self.turned.emit(TURNS[key])
        else:
            super().keyPressEvent(event)
