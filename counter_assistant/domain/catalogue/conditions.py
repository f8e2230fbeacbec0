"""条件：材料、资格与办理方式取决于哪些回答。

A small closed vocabulary (`q … in`, `all`, `any`, `not`) under Kleene's strong three-valued logic: a question that is
not answered is unknown (None), and unknown stays unknown unless the known answers settle the matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Truth = bool | None
NOT_ASKED = "\0not-asked"
"""The answer to a question that does not arise, such as one about the spouse of somebody who is not married."""

Answers = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Always:
    """Holds in every situation."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds when the answer to `question` is one of `values`."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


Condition = Always | Answered | Not | All | AnyOf


def truth(condition: Condition, answers: Answers) -> Truth:
    """True, False, or None where an unanswered question leaves it open."""
    match condition:
        case Always():
            return True
        case Answered(question=question, values=values):
            given = answers.get(question)
            return None if given is None else given in values
        case Not(part=part):
            inner = truth(part, answers)
            return None if inner is None else not inner
        case All(parts=parts):
            return all_of([truth(part, answers) for part in parts])
        case AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return any_of([truth(part, answers) for part in parts])


def all_of(truths: list[Truth]) -> Truth:
    """Kleene's conjunction; of nothing it is true."""
    if False in truths:
        return False
    return None if None in truths else True


def any_of(truths: list[Truth]) -> Truth:
    """Kleene's disjunction; of nothing it is false."""
    if True in truths:
        return True
    return None if None in truths else False


def questions_in(condition: Condition) -> frozenset[str]:
    """The questions that the condition depends on."""
    match condition:
        case Always():
            return frozenset()
        case Answered(question=question):
            return frozenset((question,))
        case Not(part=part):
            return questions_in(part)
        case All(parts=parts) | AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return frozenset().union(*map(questions_in, parts))


def leaves(condition: Condition) -> list[Answered]:
    """Every `q … in` of the condition, in its order."""
    match condition:
        case Always():
            return []
        case Answered():
            return [condition]
        case Not(part=part):
            return leaves(part)
        case All(parts=parts) | AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return [leaf for part in parts for leaf in leaves(part)]


def residual(condition: Condition, answers: Answers) -> Condition:
    """What is left open of a condition whose truth is unknown: the parts that the answers have not settled."""
    match condition:
        case Not(part=part):
            return Not(residual(part, answers))
        case All(parts=parts) | AnyOf(parts=parts):
            still = tuple(residual(part, answers) for part in parts if truth(part, answers) is None)
            if len(still) == 1:
                return still[0]
            return All(still) if isinstance(condition, All) else AnyOf(still)
        case _:
            return condition


def implies(condition: Condition, other: Condition) -> bool:
    """Whether `other` holds wherever `condition` does, judged by their structure; False where it does not show that."""
    if condition == other or isinstance(other, Always):
        return True
    match condition, other:
        case Answered(question=question, values=values), Answered(question=asked, values=allowed):
            return question == asked and set(values) <= set(allowed)
        case AnyOf(parts=parts), _:
            return all(implies(part, other) for part in parts)
        case _, All(parts=parts):
            return all(implies(condition, part) for part in parts)
        case All(parts=parts), _ if any(implies(part, other) for part in parts):
            return True
        case _, AnyOf(parts=parts):
            return any(implies(condition, part) for part in parts)
    return False


def settling(condition: Condition, answers: Answers) -> list[str]:
    """The questions whose answers make a condition true or false: the reason for a line or for its absence."""
    verdict = truth(condition, answers)
    match condition:
        case Answered(question=question):
            return [question]
        case Not(part=part):
            return settling(part, answers)
        case All(parts=parts) | AnyOf(parts=parts):
            decisive = [part for part in parts if truth(part, answers) is verdict]
            one_suffices = verdict is isinstance(condition, AnyOf)
            chosen = decisive[:1] if one_suffices else decisive
            return list(dict.fromkeys(q for part in chosen for q in settling(part, answers)))
        case _:
            return []


def asking_as(condition: Condition, before: str, after: str) -> Condition:
    """The condition, looking at the question `after` where it looked at `before`."""
    match condition:
        case Always():
            return condition
        case Answered(question=question, values=values):
            return Answered(after, values) if question == before else condition
        case Not(part=part):
            return Not(asking_as(part, before, after))
        case All(parts=parts):
            return All(tuple(asking_as(part, before, after) for part in parts))
        case AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return AnyOf(tuple(asking_as(part, before, after) for part in parts))
