"""办件列表下面的一行：按数字选一步，填日期和说明，回车登记。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.choices import Choice, label_of, offered, registers
from counter_assistant.ui.cases.step_choices import StepChoices
from counter_assistant.ui.cases.step_form import StepForm
from counter_assistant.ui.widgets.records.asking_line import AskingLine


@dataclass(frozen=True, slots=True)
class StepInput:
    """A choice as the clerk filled it in; `request_id` names the act, so that a key pressed twice is one act."""

    choice: Choice
    particulars: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""


class StepLine(AskingLine):
    """Chooses what to register by a digit, then asks what it needs."""

    chosen = Signal(object)
    confirmed = Signal(object)
    """A `StepInput`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        steps = StepChoices()
        super().__init__("下一步", steps, StepForm(), parent)
        self._steps = steps
        self._choice: Choice | None = None
        self._words, self._request_id = "", ""
        self._typed_for: tuple[str, Choice] | None = None
        self.choices.chosen.connect(self.chosen)
        self.form.fault_changed.connect(self.fault.say)

    @property
    def asking(self) -> bool:
        return self._choice is not None

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
        self._steps.offer([(choice, label_of(choice, case)) for choice in offered(case)])
        self.offer("登记一步", "按数字或字母选")

    def ask(self, choice: Choice, case: Case, clerks: Sequence[Clerk], now: datetime, follow_up: date) -> None:
        """Asks what a choice needs. `follow_up` stands there as the day on which to look again, `now` as that of the act.

        What was typed for the same choice of the same case, and not recorded, still stands there.
        """
        again, self._typed_for = (case.id, choice) == self._typed_for, (case.id, choice)
        self._choice, self._words, self._request_id = choice, registers(choice, case), str(uuid4())
        self.form.open_for(choice, case, clerks, now, follow_up, again=again)
        self.ask_for(f"{label_of(choice, case)}　{case.applicant}".strip(), self._words)

    def forget_choice(self, *, recorded: bool = False) -> None:
        self._choice, self._words = None, ""
        if recorded:
            self._typed_for = None

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
