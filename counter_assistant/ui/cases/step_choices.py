"""能登记的各项，一个数字或字母一项。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.operations.case_choices import Choice
from counter_assistant.ui import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.flow import FlowLayout


class StepChoices(QWidget):
    """What can be registered, as chips; a digit takes one, the tenth and on have letters."""

    chosen = Signal(object)
    KEYS = "123456789ABCDEF"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choices: dict[str, Choice] = {}
        self._line = FlowLayout(theme.px(6), theme.px(6), self)

    def offer(self, choices: Sequence[tuple[Choice, str]]) -> None:
        """Shows these choices, each with its label."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._choices = dict(zip(self.KEYS, (choice for choice, _ in choices), strict=False))
        for key, (choice, label) in zip(self.KEYS, choices, strict=False):
            chip = Chip(key, label, parent=self)
            chip.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self._line.addWidget(chip)
            chip.show()
        named = "，".join(f"{key} {label}" for key, (_, label) in zip(self.KEYS, choices, strict=False))
        self.setAccessibleName(f"登记哪一步：{named}")
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = self._choices.get(event.text().upper())
        if choice is not None:
            self.chosen.emit(choice)
        else:
            super().keyPressEvent(event)
