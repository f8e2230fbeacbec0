"""练习模式的标记：在顶栏里，一眼就知道这不是真的办件，旁边就是退出。

For the main window: seat `TrainingMark(self)` in the bar when `office.training`; it takes no focus and closes with the
window. The way in is `restart(training=True)`, as on the settings page, the first-run page and by its name in the search.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.restart import restart
from counter_assistant.ui.widgets.labels import PlainLabel

TEXT = "练习模式：数据另存，纸上有“样本”"


class TrainingMark(QWidget):
    """What says in the bar that this is training, with the way to the exercises and the way out."""

    exercises_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_mark")
        self.setAccessibleName(TEXT)
        self.label = PlainLabel(TEXT)
        self.label.setObjectName("training_words")
        self.exercises = QPushButton("上岗练习")
        self.exercises.setAccessibleName("上岗练习")
        self.exercises.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.exercises.clicked.connect(self.exercises_wanted)
        self.leave = QPushButton("退出练习")
        self.leave.setAccessibleName("退出练习")
        self.leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave.clicked.connect(self._leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        line.addWidget(self.label)
        line.addWidget(self.exercises)
        line.addWidget(self.leave)

    def _leave(self) -> None:
        try:
            restart(training=False)
        except Refusal as refusal:
            self.label.say(str(refusal), "error")
