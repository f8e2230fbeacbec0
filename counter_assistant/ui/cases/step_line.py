"""列表下面的一行：按数字选一步，填日期和说明，回车登记。Beneath the list, never a dialog: the case stays visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.choices import Choice, label_of, offered, registers
from counter_assistant.ui.cases.step_choices import StepChoices
from counter_assistant.ui.cases.step_form import StepForm
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel


@dataclass(frozen=True, slots=True)
class StepInput:
    """A choice as the clerk filled it in; `request_id` names the act, so that a key pressed twice is one act."""

    choice: Choice
    particulars: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""


class StepLine(Card):
    """Chooses what to register by a digit, then asks what it needs. Enter goes on and in the end records; Esc closes."""

    chosen = Signal(object)
    confirmed = Signal(object)
    """A `StepInput`."""
    state_changed = Signal()
    """It opened, asks for something else, or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("下一步", "", parent)
        self.mark(attention=True)
        self._choice: Choice | None = None
        self._words, self._request_id = "", ""
        self._typed_for: tuple[str, Choice] | None = None
        self.focus = FocusReturn()
        """Where the focus was when the line opened."""
        self.choices, self.form = StepChoices(), StepForm()
        self.button = ActionButton("登记", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.head.addWidget(LinkButton("Esc", "不登记", self.close_line))
        self.head.addWidget(self.button)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("fault")
        for widget in (self.choices, self.form, self.fault):
            self.rows.addWidget(widget)
        self.choices.chosen.connect(self.chosen)
        self.form.fault_changed.connect(self.fault.say)
        self.form.finished.connect(self.confirm)
        self.button.clicked.connect(self.confirm)
        self.close_line()

    @property
    def choice(self) -> Choice | None:
        """What is asked about; None while it is being chosen."""
        return self._choice

    @property
    def registers(self) -> str:
        """What confirming does, in words; empty while nothing is chosen."""
        return self._words

    def choose(self, case: Case) -> None:
        """Offers what can be registered of the case."""
        self._choice, self._words = None, ""
        self.title.setText("登记一步")
        self.hint.setText("按数字或字母选")
        self.choices.offer([(choice, label_of(choice, case)) for choice in offered(case)])
        self._show(choosing=True)

    def ask(self, choice: Choice, case: Case, clerks: Sequence[Clerk], now: datetime, follow_up: date) -> None:
        """Asks what a choice needs. `follow_up` stands there as the day on which to look again, `now` as that of the act.

        What was typed for the same choice of the same case, and not recorded, still stands there.
        """
        again, self._typed_for = (case.id, choice) == self._typed_for, (case.id, choice)
        self._choice, self._words, self._request_id = choice, registers(choice, case), str(uuid4())
        self.title.setText(f"{label_of(choice, case)}　{case.applicant}".strip())
        self.hint.setText("")
        self.button.rename(self._words)
        self.form.open_for(choice, case, clerks, now, follow_up, again=again)
        self._show(choosing=False)

    def take_focus(self) -> None:
        """Puts the cursor where the next key belongs."""
        target = self.form.first if self._choice else self.choices
        self.setFocusProxy(target)
        target.setFocus()

    def _show(self, *, choosing: bool) -> None:
        self.choices.setVisible(choosing)
        self.form.setVisible(not choosing)
        self.button.setVisible(not choosing)
        self.fault.say("")
        if self.isHidden():
            self.focus.keep()
        self.show()
        self.state_changed.emit()
        self.take_focus()

    def close_line(self, *, recorded: bool = False) -> None:
        """Closes the line. What was typed and is not `recorded` stands there when the same is asked again."""
        self._choice, self._words = None, ""
        if recorded:
            self._typed_for = None
        self.fault.say("")
        self.hide()
        self.state_changed.emit()

    def confirm(self) -> None:
        """Emits what is filled in; what cannot be read is said beneath the fields."""
        if self._choice is None:
            return
        try:
            particulars = self.form.read()
        except Refusal as refusal:
            self.fault.say(str(refusal))
        else:
            self.confirmed.emit(StepInput(self._choice, particulars, self._request_id))

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why it was not recorded, and goes to the field that it is about."""
        self.fault.say(str(refusal))
        self.form.mark(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self._choice is not None:
            self.focusNextChild()  # Enter in a choice goes on to the next field
        else:
            super().keyPressEvent(event)
