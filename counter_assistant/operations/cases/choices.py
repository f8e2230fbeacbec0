"""一件办件现在可以登记什么：各步，延期告知单，撤销上一步。"""

from __future__ import annotations

from enum import StrEnum

from counter_assistant.domain.cases.case import Case, Step
from counter_assistant.operations.cases.delays import old_day
from counter_assistant.operations.cases.steps import possible_steps


class Further(StrEnum):
    """What is offered for a case besides its steps: a delay notice, made at the 受理台, and undoing its newest step."""

    DELAY = "delay"
    TAKE_BACK = "take_back"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"delay": "延期（出告知单）", "take_back": "撤销上一步"}[self.value]


Choice = Step | Further


def offered(case: Case) -> tuple[Choice, ...]:
    """What can be registered for a case now, in the order in which it is offered; a closed one's end can be withdrawn."""
    choices: list[Choice] = list(possible_steps(case))
    if old_day(case):
        choices.insert(choices.index(Step.DELAY_TOLD), Further.DELAY)
    if case.newest_step:
        choices.append(Further.TAKE_BACK)
    return tuple(choices)


def label_of(choice: Choice, case: Case) -> str:
    """What a choice is called; a withdrawal names the step that it is about."""
    newest = case.newest_step
    return f"撤销“{newest.name}”" if choice is Further.TAKE_BACK and newest else choice.label


def registers(choice: Choice, case: Case) -> str:
    """What the key that confirms a choice does."""
    match choice:
        case Further.DELAY:
            return "到受理台出延期告知单"
        case Further.TAKE_BACK:
            return label_of(choice, case)
        case _:
            return f"登记{choice.label}"
