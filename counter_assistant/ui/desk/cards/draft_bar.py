"""上一位未出具的草稿：一行字，一个键取回。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import ShrinkingLabel


class DraftLine(QFrame):
    """The line over the desk that offers a draft."""

    wanted = Signal()
    thrown_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("未出具的草稿")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self._text = ShrinkingLabel("", "dense")
        back, self._drop = QPushButton("取回  Ctrl+Z"), QPushButton("不要了")
        back.setAccessibleName("取回草稿，Ctrl+Z")
        self._drop.setAccessibleName("丢弃这份草稿")
        row.addWidget(self._text, 1)
        for button, signal in ((back, self.wanted), (self._drop, self.thrown_away)):
            row.addWidget(button)
            button.clicked.connect(signal)
        self.hide()

    def offer(self, title: str, *, thrown: bool = False) -> None:
        """Offers the draft of that title, `thrown` away just now or not; nothing where it is empty."""
        said = "已不要的草稿，还可以取回" if thrown else "上一位未出具的草稿"
        self._text.say(f"{said}：{title}" if title else "")
        self._drop.setVisible(not thrown)
        self.setVisible(bool(title))
