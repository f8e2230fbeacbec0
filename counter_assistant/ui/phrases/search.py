"""用语的查找框：输入就找，上下键和数字键选，Tab 填空。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from counter_assistant.ui.phrases.rows import KEYS
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PhraseField(EntryEdit):
    """The field. `walked`: so many phrases on; `digit`: a phrase by its key; `pressed`: the mouse wants to type here."""

    walked = Signal(int)
    digit = Signal(str)
    pressed = Signal()

    def __init__(self, take_tab: Callable[[], bool]) -> None:
        super().__init__("查找用语", "搜索：bzbq、补齐…")
        self._take_tab = take_tab

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() in _PLAIN
        if self.composing or not plain:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.walked.emit(_STEPS[key])
        elif event.text() and event.text() in KEYS:
            self.digit.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Opens the blanks on Tab where there are any; else Tab goes on as it always does."""
        if self.composing or (forward and self._take_tab()):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)
