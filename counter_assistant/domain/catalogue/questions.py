"""情形问答：问什么、可以怎样回答。"""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.sources import Source


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: what its button says, and how it reads in the situation on paper."""

    code: str
    label: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that all items share. It has no preset answer; unknown prints 未定, never the negative."""

    id: str
    text: str
    topic: str
    options: tuple[Option, ...]

    def option(self, code: str) -> Option | None:
        """The option of that code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as one item asks it: with the options that apply there, when it arises at all, and what the centre has it asked by."""

    question: Question
    when: Condition = field(default_factory=Always)
    source: Source | None = None

    @property
    def id(self) -> str:
        return self.question.id
