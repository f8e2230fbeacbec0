"""能登记的各项，一个数字或字母一项。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.cases.case import Step
from counter_assistant.operations.cases.choices import Choice, Further
from counter_assistant.ui.widgets.records.key_choices import KeyChoices

KEYS: dict[Choice, str] = {
    Step.DONE: "1", Step.ANSWERED: "2", Step.SENT_UP: "3", Step.CONTACT: "4", Step.FOLLOW_UP: "5", Step.HANDED_ON: "6",
    Step.PAUSED: "7", Step.RESUMED: "7", Step.DUE_CHANGED: "8", Further.DELAY: "9", Step.DELAY_TOLD: "A",
    Step.WITHDRAWN: "B", Step.RETURNED: "C", Further.TAKE_BACK: "D",
}  # fmt: skip
"""The key of every choice, the same for every case, so that it is learnt once. Only one of 7 can ever be taken."""
NAMES = {key: choice.label for choice, key in KEYS.items() if choice is not Step.RESUMED}


class StepChoices(KeyChoices):
    """What can be registered of a case. A key that is offered for other cases only is `missed` by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("登记哪一步", parent)

    def offer(self, choices: Sequence[tuple[Choice, str]]) -> None:
        """Shows these choices, each with its label."""
        self.show_choices({KEYS[choice]: (choice, label) for choice, label in choices})

    def name_of(self, key: str) -> str:
        return NAMES.get(key, "")
