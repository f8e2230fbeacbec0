"""列表下面的一行：先按键选做什么，再问它要的几栏。Beneath the list, never a dialog: the record stays visible."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.key_choices import KeyChoices


class AskingLine(Card):
    """Offers what can be recorded, by its key, then asks what that needs. Enter goes on and in the end records; Esc closes.

    `form` asks: it has a `first` field, `mark`s what a refusal is about and is `finished` by Enter in the last field.
    """

    state_changed = Signal()
    """It opened, asks for something else, or closed."""

    def __init__(self, title: str, choices: KeyChoices, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self.mark(attention=True)
        self.focus = FocusReturn()
        """Where the focus was when the line opened."""
        self.choices, self.form = choices, form
        self.button = ActionButton("登记", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.head.addWidget(LinkButton("Esc", "不登记", self.close_line))
        self.head.addWidget(self.button)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("fault")
        for widget in (choices, form, self.fault):
            self.rows.addWidget(widget)
        form.finished.connect(self.confirm)
        self.button.clicked.connect(self.confirm)
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether something was chosen, whose fields are asked for now."""
        return False

    def forget_choice(self, *, recorded: bool = False) -> None:
        """Drops what was chosen; what was typed for it and is not `recorded` may stay."""

    def confirm(self) -> None:
        """Emits what is filled in."""

    def take_focus(self) -> None:
        """Puts the cursor where the next key belongs."""
        target = self.form.first if self.asking else self.choices
        self.setFocusProxy(target)
        target.setFocus()

    def offer(self, title: str, hint: str) -> None:
        """Shows what can be chosen."""
        self.forget_choice()
        self._open(title, hint)

    def ask_for(self, title: str, act: str) -> None:
        """Shows the fields of what was chosen; `act` is what confirming does."""
        self.button.rename(act)
        self._open(title, "")

    def _open(self, title: str, hint: str) -> None:
        self.title.setText(title)
        self.hint.setText(hint)
        self.choices.setVisible(not self.asking)
        self.form.setVisible(self.asking)
        self.button.setVisible(self.asking)
        self.fault.say("")
        if self.isHidden():
            self.focus.keep()
        self.show()
        self.state_changed.emit()
        self.take_focus()

    def close_line(self, *, recorded: bool = False) -> None:
        """Closes the line. What was typed and is not `recorded` stands there when the same is asked again."""
        self.forget_choice(recorded=recorded)
        self.fault.say("")
        self.hide()
        self.state_changed.emit()

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why it was not recorded, and goes to the field that it is about."""
        self.fault.say(str(refusal))
        self.form.mark(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.asking:
            self.focusNextChild()  # Enter in a choice goes on to the next field
        else:
            super().keyPressEvent(event)
