"""几样里选一样，一个数字或字母一样."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.flow import FlowLayout


class KeyChoices(QFrame):
    """What can be chosen, as chips with their keys. `missed`: a key was pressed that is none of them."""

    chosen = Signal(object)
    missed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self.setAccessibleName(name)
        self._choices: dict[str, Any] = {}
        self._line = FlowLayout(theme.px(6), theme.px(6), self)

    def show_choices(self, choices: Mapping[str, tuple[Any, str]]) -> None:
        """Shows these choices by their keys, each with its label."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._choices = {key: choice for key, (choice, _) in choices.items()}
        for key in sorted(choices):
            choice, label = choices[key]
            chip = Chip(key, label, parent=self)
            chip.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self._line.addWidget(chip)
            chip.show()
        named = "，".join(f"{key} {choices[key][1]}" for key in sorted(choices))
        self.setAccessibleName(f"{self._name}：{named}")
        self.updateGeometry()

    def name_of(self, key: str) -> str:
        """What a key means that is not offered now; empty where it means nothing."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if choice := self._choices.get(key):
            self.chosen.emit(choice)
        elif key.strip() and key.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.missed.emit(self.name_of(key))
        else:
            super().keyPressEvent(event)
