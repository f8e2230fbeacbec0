"""情形：对本事项各问题的回答，以及它在纸上的写法。

An answer may be unknown; it then prints 未定, never the negative. No question has a preset answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counter_assistant.domain.catalogue.conditions import NOT_ASKED, All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import AskedQuestion
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Situation:
    """The answers given for one item, and all its questions settled: answered, open (None) or not arising (NOT_ASKED)."""

    item: ServiceItem
    given: Mapping[str, str]
    settled: Mapping[str, str | None]

    @classmethod
    def of(cls, item: ServiceItem, given: Mapping[str, str]) -> Situation:
        """The situation for these answers.

        An answer to a question that the other answers have made moot stays in `given` and settles nothing.

        Raises:
            Refusal: `unknown-question`, `unknown-answer` (the item does not ask it, or does not offer it).
        """
        for question_id, answer in given.items():
            _check_answer(item, question_id, answer)
        return cls(item, dict(given), item.settle(given))

    def arising(self) -> list[AskedQuestion]:
        """The questions that arise, in the item's order: answered or still open."""
        return [asked for asked in self.item.questions if self.settled[asked.id] != NOT_ASKED]

    def in_words(self) -> str:
        """本人办理；未领不动产权证；配偶是否同时提取：未定."""
        return listed((self.phrase(asked) for asked in self.arising()), "；") or "无须区分情形"

    def phrase(self, asked: AskedQuestion) -> str:
        """One answer as it prints."""
        option = asked.question.option(self.settled[asked.id] or "")
        return option.phrase if option else f"{asked.question.topic}：未定"


def _check_answer(item: ServiceItem, question_id: str, answer: str) -> None:
    asked = item.asked(question_id)
    if asked is None:
        known = "、".join(asked.id for asked in item.questions) or "无"
        raise Refusal("unknown-question", f"事项 {item.id} 不问“{question_id}”。", f"本事项的情形有：{known}。")
    if asked.question.option(answer) is None:
        codes = "、".join(f"{o.code}（{o.label}）" for o in asked.question.options)
        raise Refusal("unknown-answer", f"“{question_id}”没有“{answer}”这个回答。", f"可以是：{codes}。")


def condition_phrase(item: ServiceItem, condition: Condition) -> str:
    """A condition as it reads after 如 on paper: 配偶同时提取且房屋在户籍地."""
    match condition:
        case Always():
            return ""
        case Answered(question=question, values=values):
            return _phrases(item, question, set(values))
        case Not(part=Answered()):
            return condition_phrase(item, _positive(item, condition))
        case Not(part=part):
            return f"不属于“{condition_phrase(item, part)}”"
        case All(parts=parts):
            return listed((_in_brackets(item, part) for part in parts), "且")
        case AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return listed((condition_phrase(item, part) for part in _joined(item, parts)), "或者")


def _in_brackets(item: ServiceItem, part: Condition) -> str:
    """A part of an `all`. An `any` within it is bracketed, because 甲或者乙且丙 can be read in two ways."""
    phrase = condition_phrase(item, part)
    return f"（{phrase}）" if isinstance(part, AnyOf) and len(part.parts) > 1 else phrase


def _positive(item: ServiceItem, part: Condition) -> Condition:
    """The answers to a question that remain once some are ruled out."""
    match part:
        case Not(part=Answered(question=question, values=values)):
            asked = item.asked(question)
            options = asked.question.options if asked else ()
            return Answered(question, tuple(option.code for option in options if option.code not in values))
        case _:
            return part


def _joined(item: ServiceItem, parts: tuple[Condition, ...]) -> list[Condition]:
    """The parts of an `any`, those about one question merged: 配偶代办或其他人代办, never 配偶代办或者配偶代办."""
    merged: dict[Condition | str, Condition] = {}
    for part in (_positive(item, part) for part in parts):
        if not isinstance(part, Answered):
            merged[part] = part
            continue
        before = merged.get(part.question, Answered(part.question, ()))
        values = before.values if isinstance(before, Answered) else ()
        merged[part.question] = Answered(part.question, (*values, *part.values))
    return list(merged.values())


def _phrases(item: ServiceItem, question_id: str, codes: set[str]) -> str:
    asked = item.asked(question_id)
    options = asked.question.options if asked else ()
    return listed((option.phrase for option in options if option.code in codes), "或")
