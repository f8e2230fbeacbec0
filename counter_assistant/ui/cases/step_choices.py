"""能登记的各项，一个数字或字母一项。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.cases.case import Step
from counter_assistant.operations.cases.choices import Choice, Further
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.flow import FlowLayout

KEYS: dict[Choice, str] = {
    Step.DONE: "1", Step.ANSWERED: "2", Step.SENT_UP: "3", Step.CONTACT: "4", Step.FOLLOW_UP: "5", Step.HANDED_ON: "6",
    Step.PAUSED: "7", Step.RESUMED: "7", Step.DUE_CHANGED: "8", Further.DELAY: "9", Step.DELAY_TOLD: "A",
    Step.WITHDRAWN: "B", Step.RETURNED: "C", Further.TAKE_BACK: "D",
}  # fmt: skip
"""The key of every choice, the same for every case, so that it is learnt once. Only one of 7 can ever be taken."""
NAMES = {key: choice.label for choice, key in KEYS.items() if choice is not Step.RESUMED}


class StepChoices(QWidget):
    """What can be registered, as chips with their keys. `missed`: a key was pressed that is offered for other cases only, whose
    name it gives, or for none.
    """

    chosen = Signal(object)
    missed = Signal(str)

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
        self._choices = {KEYS[choice]: choice for choice, _ in choices}
        labels = {KEYS[choice]: label for choice, label in choices}
        for key in sorted(labels):
            label, choice = labels[key], self._choices[key]
            chip = Chip(key, label, parent=self)
            chip.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self._line.addWidget(chip)
            chip.show()
        named = "，".join(f"{key} {labels[key]}" for key in sorted(labels))
        self.setAccessibleName(f"登记哪一步：{named}")
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if choice := self._choices.get(key):
            self.chosen.emit(choice)
        elif key.strip() and key.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.missed.emit(NAMES.get(key, ""))
        else:
            super().keyPressEvent(event)
