"""就地改的一个字：键盘、鼠标都能点."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from counter_assistant.ui.widgets.action_button import SinglePress


class WordButton(SinglePress):
    """A word of the sentence that a key or a click changes."""

    def __init__(self, text: str, name: str, act: Callable[[], object], *, quiet: bool = False) -> None:
        super().__init__(text)
        self.setObjectName("quiet_word" if quiet else "word")
        self.setAccessibleName(name)
        self.clicked.connect(lambda _=False: act())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the sentence's: left to itself a button gives the focus to another by its own order."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
