"""要想一想的一步：一行话，说明会怎样；回车才做，Esc 不做。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel


class EnterButton(SinglePress):
    """A button that Enter presses while it has the focus; one that is held down does not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat():
            self.click()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)


class ConfirmLine(Card):
    """Asks once before something that cannot be taken back."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.mark(attention=True)
        self.words = PlainLabel("", "body", wrap=True)
        self.words.setObjectName("confirm_words")
        self.button = EnterButton("确认")
        self.button.setAccessibleName(self.button.text())
        self.button.setObjectName("confirm_act")
        self._act: Callable[[], object] = lambda: None
        self._focus = FocusReturn()
        self.head.addWidget(LinkButton("Esc", "不做", self.close_line))
        self.rows.addWidget(self.words)
        self.rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._confirm)

    def ask(self, title: str, words: str, button: str, act: Callable[[], object]) -> None:
        """Asks. `act` is done when the button is pressed."""
        self.title.setText(title)
        self.words.setText(words)
        self.button.setText(f"{button}　回车")
        self.button.setAccessibleName(button)
        self._act = act
        self._focus.keep()

    def close_line(self) -> None:
        """Nothing is done."""
        self.closed.emit()
        self._focus.give_back()

    def _confirm(self) -> None:
        self._focus.forget()
        self.closed.emit()
        self._act()
