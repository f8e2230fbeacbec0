"""条件写成一句话：当〔婚姻状况〕是〔已婚〕或〔离异〕且〔办理人〕不是〔本人〕；一句话又读成条件，没有公式.

What is one level of 且 or 或 over answers, each of them 是 or 不是, can be changed; what is deeper is shown and not changed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_assistant.domain.assessment.situation import condition_phrase
from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal

TOO_DEEP = "这个条件里“且”和“或”套了两层，在这里只能看；要改，请分成几行写，一行一种情形。"
"""Why a condition is shown and cannot be changed."""
ALWAYS = "任何情形"


class Joined(StrEnum):
    """How the claims of a sentence hang together."""

    ALL = "all"
    ANY = "any"

    @property
    def word(self) -> str:
        """What stands between two claims. 或者 is said of claims, 或 of answers."""
        return {"all": "且", "any": "或者"}[self.value]

    @property
    def other(self) -> Joined:
        """The other way."""
        return Joined.ANY if self is Joined.ALL else Joined.ALL


@dataclass(frozen=True, slots=True)
class Claim:
    """〔问题〕是〔回答〕或〔回答〕; `negated`: 不是."""

    question: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ConditionSentence:
    """The claims in their order. Without any the sentence holds in every situation; a single one is joined by nothing."""

    claims: tuple[Claim, ...] = ()
    joined: Joined = Joined.ALL


class Kind(StrEnum):
    """What a word of a sentence is, and so what can be done with it."""

    PLAIN = "plain"
    QUESTION = "question"
    IS = "is"
    ANSWER = "answer"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence; `claim` is which claim it belongs to, `code` the answer that it names."""

    kind: Kind
    words: str
    claim: int = 0
    code: str = ""


def sentence_of(condition: Condition) -> ConditionSentence | None:
    """The condition as a sentence of the same truth in every situation; None where it is deeper than one can be."""
    match condition:
        case Always():
            return ConditionSentence()
        case Answered(question=question, values=values):
            return ConditionSentence((Claim(question, values),))
        case Not(part=part):
            return _denied(sentence_of(part))
        case All(parts=parts):
            return _joined(parts, Joined.ALL)
        case AnyOf(parts=parts):  # pragma: no branch - the last kind there is
            return _joined(parts, Joined.ANY) if parts else None


def _denied(sentence: ConditionSentence | None) -> ConditionSentence | None:
    if sentence is None or len(sentence.claims) != 1:
        return None
    return ConditionSentence((replace(sentence.claims[0], negated=not sentence.claims[0].negated),))


def _joined(parts: tuple[Condition, ...], joined: Joined) -> ConditionSentence | None:
    """The parts as one level; a part that is joined in the same way is told without brackets."""
    claims: list[Claim] = []
    for part in parts:
        inner = sentence_of(part)
        if inner is None or (len(inner.claims) > 1 and inner.joined is not joined):
            return None
        if not inner.claims and joined is Joined.ANY:
            return None
        claims += inner.claims
    return sentence(claims, joined)


def sentence(claims: list[Claim] | tuple[Claim, ...], joined: Joined) -> ConditionSentence:
    """The sentence of these claims."""
    return ConditionSentence(tuple(claims), joined if len(claims) > 1 else Joined.ALL)


def condition_of(sentence: ConditionSentence) -> Condition:
    """What the sentence says, in the vocabulary of the item files."""
    parts: list[Condition] = [
        Not(Answered(claim.question, claim.values)) if claim.negated else Answered(claim.question, claim.values)
        for claim in sentence.claims
    ]
    if len(parts) < 2:
        return parts[0] if parts else Always()
    return All(tuple(parts)) if sentence.joined is Joined.ALL else AnyOf(tuple(parts))


def in_words(item: ServiceItem, condition: Condition) -> str:
    """当〔婚姻状况〕是〔已婚〕或〔离异〕且〔办理人〕不是〔本人〕; a deeper one as it reads on paper, with 当 before it."""
    if isinstance(condition, Always):
        return ALWAYS
    read = sentence_of(condition)
    if read is None:
        return f"当{condition_phrase(item, condition)}"
    return "当" + "".join(
        f"〔{word.words}〕" if word.kind in (Kind.QUESTION, Kind.ANSWER) else word.words for word in words(item, read)
    )


def words(item: ServiceItem, sentence: ConditionSentence) -> Iterator[Word]:
    """The words of a sentence after 当, in their order; what can be changed stands alone. A code that the item does not know
    is shown as it is."""
    for i, claim in enumerate(sentence.claims):
        if i:
            yield Word(Kind.JOINT, sentence.joined.word, i)
        asked = item.asked(claim.question)
        yield Word(Kind.QUESTION, asked.question.topic if asked else claim.question, i)
        yield Word(Kind.IS, "不是" if claim.negated else "是", i)
        for n, code in enumerate(claim.values):
            if n:
                yield Word(Kind.PLAIN, "或", i)
            option = asked.question.option(code) if asked else None
            yield Word(Kind.ANSWER, option.label if option else code, i, code)


def with_claim(item: ServiceItem, said: ConditionSentence, joined: Joined) -> ConditionSentence:
    """One claim more, ＋且 or ＋或: about the first question that the sentence does not name yet.

    Raises:
        Refusal: `condition-too-deep` (it is joined in the other way), `no-question` (the item asks none).
    """
    if len(said.claims) > 1 and joined is not said.joined:
        raise Refusal(
            "condition-too-deep", TOO_DEEP, f"这一句里都用“{said.joined.word}”，或者先把它改成“{joined.word}”。"
        )
    named = {claim.question for claim in said.claims}
    asked = next((asked for asked in item.questions if asked.id not in named), next(iter(item.questions), None))
    if asked is None:
        raise Refusal("no-question", "本事项没有问情形，条件无从写起。", "请先在“情形”里加一个问题。")
    return sentence((*said.claims, Claim(asked.id, (asked.question.options[0].code,))), joined)


def without_claim(said: ConditionSentence, i: int) -> ConditionSentence:
    """The sentence without one of its claims (去掉)."""
    return sentence((*said.claims[:i], *said.claims[i + 1 :]), said.joined)


def asking(item: ServiceItem, said: ConditionSentence, i: int, question: str) -> ConditionSentence:
    """A claim about another question, whose first answer stands there until another is picked.

    Raises:
        Refusal: `unknown-question`.
    """
    asked = item.asked(question)
    if asked is None:
        raise Refusal("unknown-question", f"本事项不问“{question}”。", "请先在“情形”里加上这个问题。")
    if said.claims[i].question == question:
        return said
    return _with(said, i, Claim(question, (asked.question.options[0].code,), said.claims[i].negated))


def turned(said: ConditionSentence, i: int) -> ConditionSentence:
    """是 becomes 不是, and 不是 becomes 是."""
    return _with(said, i, replace(said.claims[i], negated=not said.claims[i].negated))


def joined_otherwise(said: ConditionSentence) -> ConditionSentence:
    """且 becomes 或者 everywhere in the sentence, and the other way about."""
    return sentence(said.claims, said.joined.other)


def answered(item: ServiceItem, said: ConditionSentence, i: int, codes: tuple[str, ...]) -> ConditionSentence:
    """A claim with these answers, in the order in which the question offers them.

    Raises:
        Refusal: `answer-missing` (there is none), `unknown-answer`.
    """
    asked = item.asked(said.claims[i].question)
    offered = [option.code for option in asked.question.options] if asked else []
    unknown = [code for code in codes if code not in offered]
    if unknown:
        raise Refusal("unknown-answer", f"这个问题没有“{unknown[0]}”这个回答。", "请从列出的回答里选。")
    if not codes:
        raise Refusal("answer-missing", "一个回答也没有选。", "请至少选一个回答；不要这一段的，按“去掉”。")
    return _with(said, i, replace(said.claims[i], values=tuple(code for code in offered if code in codes)))


def _with(said: ConditionSentence, i: int, claim: Claim) -> ConditionSentence:
    return sentence((*said.claims[:i], claim, *said.claims[i + 1 :]), said.joined)
