"""练习的一条：来人说了什么、带了什么；办完在同一个地方说对不对。它只在练习模式里，占顶栏下面的位置。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.labels import PlainLabel

LINES = 4
"""So many remarks stand in the band; all of them are on the page at the end."""
RIGHT, NEXT = "全对。", "按回车看下一题。"
LAST = "这是最后一题，按回车看这一轮。"


class ExerciseBand(QWidget):
    """A band with the situation, or with what came of it."""

    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("exercise_band")
        self.title, self.text = PlainLabel("", "title"), PlainLabel("", "dense", wrap=True)
        self.title.setObjectName("exercise_title")
        self.text.setObjectName("exercise_text")
        self.stop = LinkButton("", "不练了", self.ended.emit)
        head, rows = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.title, 1)
        head.addWidget(self.stop)
        rows.setContentsMargins(*(theme.px(n) for n in (16, 4, 16, 6)))
        rows.setSpacing(theme.px(2))
        rows.addLayout(head)
        rows.addWidget(self.text)
        self._right = True

    def ask(self, place: int, of: int, lines: Sequence[str]) -> None:
        """Shows a situation."""
        self._show(f"上岗练习 {place}/{of}", "\n".join(lines), right=True)

    def tell(self, place: int, of: int, remarks: Sequence[str]) -> None:
        """Shows what came of a situation."""
        found = f"有 {len(remarks)} 处不对。" if remarks else RIGHT
        title = f"上岗练习 {place}/{of}　{found}{LAST if place == of else NEXT}"
        self._show(title, "\n".join(remarks[:LINES]), right=not remarks)

    def _show(self, title: str, text: str, *, right: bool) -> None:
        self._right = right
        self.title.setText(title)
        self.text.say(text)
        self.setAccessibleName(title)
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The soft colour of what is done, or of attention, with its edge at the left."""
        painter, colours = QPainter(self), theme.palette()
        soft, edge = (colours.done_soft, colours.done) if self._right else (colours.attention_soft, colours.attention)
        painter.fillRect(self.rect(), theme.colour(soft))
        painter.fillRect(0, 0, theme.px(4), self.height(), theme.colour(edge))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(edge))
