"""受理台上方的一行字：同一件事上次告知过，一个键对照。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import ShrinkingLabel
from counter_assistant.ui.widgets.styling import set_style


class EarlierBar(QFrame):
    """The line over the desk that says that the same matter was told before. `resized`: it came or went."""

    wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("上次告知")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self._gives_way = False
        self.words, self.text = "", ShrinkingLabel("", "dense")
        self.text.setObjectName("earlier_words")
        self.button = QPushButton("对照  Ctrl+L")
        self.button.setAccessibleName("与上次告知对照，Ctrl+L")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.wanted)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str, *, attention: bool = False, comparable: bool = True) -> None:
        """Shows the line, or nothing where it is empty. `attention`: told wrong, for the second time today, or a number
        that stands under another name."""
        self.words = words
        self.text.say(words)
        self.button.setVisible(comparable)
        set_style(self, attention=attention)
        self._appear()

    def give_way(self, on: bool) -> None:
        """Another banner is to be read first; the words of this one are asked for before anything is issued."""
        self._gives_way = on
        self._appear()

    def _appear(self) -> None:
        shown = bool(self.words) and not self._gives_way
        if self.isHidden() is shown:
            self.setVisible(shown)
            self.resized.emit()
