"""受理台上方的一行字：上一位未出具的草稿，一个键取回；同一件事上次告知过，一个键对照。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import ShrinkingLabel
from counter_assistant.ui.widgets.styling import set_style


class DraftBar(QFrame):
    """The line over the desk that offers a draft. `resized`: it came or went."""

    wanted = Signal()
    discarded = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("未出具的草稿")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self._text = ShrinkingLabel("", "dense")
        self._text.setObjectName("draft_words")
        back, self._drop = QPushButton("取回  Ctrl+Z"), QPushButton("不要了")
        back.setAccessibleName("取回草稿，Ctrl+Z")
        self._drop.setAccessibleName("丢弃这份草稿")
        row.addWidget(self._text, 1)
        for button, signal in ((back, self.wanted), (self._drop, self.discarded)):
            row.addWidget(button)
            button.clicked.connect(signal)
        self.hide()

    def offer(self, title: str, *, discarded: bool = False) -> None:
        """Offers the draft of that title, `discarded` just now or not; nothing where it is empty."""
        said = "已不要的草稿，还可以取回" if discarded else "上一位未出具的草稿"
        self._text.say(f"{said}：{title}" if title else "")
        self._drop.setVisible(not discarded)
        if self.isHidden() is bool(title):
            self.setVisible(bool(title))
            self.resized.emit()


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
        if self.isHidden() is bool(words):
            self.setVisible(bool(words))
            self.resized.emit()
