"""文明用语：守则 二的二十五句和本单位自己的，空处填好才出口.

The approved phrases are read-only. Each XX in them is a `Blank` with a type, and a phrase with an open blank is never
said, copied or printed: `fill` refuses it, `open_blanks` names what is missing (守则 二；一(二)1⑴ 表述清楚).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from counter_assistant.domain.refusal import Refusal

APPROVED = 25
"""How many phrases the service code approves."""
CENTRE = 1_000_000
"""What is added to the number of a phrase of the centre where a branch says it: no phrase of a branch has such a number."""
MARK = "XX"
"""What stands for a blank, in the service code and in an office's own phrases."""
_FULL_WIDTH = str.maketrans(",!?:;()", "，！？：；（）")


class PhraseChannel(StrEnum):
    """在电话里说，还是当面说."""

    PHONE = "phone"
    COUNTER = "counter"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"phone": "电话", "counter": "柜台"}[self.value]


class Moment(StrEnum):
    """说这句话的时候."""

    WELCOME = "welcome"
    ASKING = "asking"
    WAITING = "waiting"
    POLICY = "policy"
    WRONG_OFFICE = "wrong_office"
    FILLING_IN = "filling_in"
    WRONG_FORM = "wrong_form"
    MISSING_MATERIAL = "missing_material"
    ACCEPTED = "accepted"
    PENDING = "pending"
    DONE = "done"
    SIGNING = "signing"
    EXPLAINING = "explaining"
    THANKS = "thanks"
    FAREWELL = "farewell"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "welcome": "迎接", "asking": "询问", "waiting": "请稍候", "policy": "讲政策", "wrong_office": "不归这里办",
            "filling_in": "填表", "wrong_form": "表格有误", "missing_material": "材料不全", "accepted": "已受理",
            "pending": "审批中", "done": "办结", "signing": "签名", "explaining": "解答", "thanks": "答谢",
            "farewell": "送别",
        }[self.value]  # fmt: skip


AT_THE_COUNTER_ONLY = frozenset({Moment.FILLING_IN, Moment.WRONG_FORM, Moment.SIGNING})
"""Moments that do not occur on the telephone."""


class BlankKind(StrEnum):
    """What goes into a blank. `TEXT` is what an office left open in a phrase of its own."""

    OWN_DEPARTMENT = "own_department"
    DEPARTMENT = "department"
    POLICY = "policy"
    CONDITION = "condition"
    MATERIALS = "materials"
    LIMIT = "limit"
    MATTER = "matter"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Blank:
    """一个空处。`covers` is the part of the text that the value replaces, `hint` what the clerk reads there until then.

    `name` is the key of its value: the kind, followed by a number from the second blank of that kind on (text, text2).
    """

    name: str
    kind: BlankKind
    covers: str
    hint: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """一句用语。`text` is to the letter, with the marks of its blanks; `blanks` are in the order of the text.

    `number` is that of 守则 二 for an approved phrase, and from 26 on for an office's `own`. `clause` is its source.
    `pinned` ones come first (置顶), `hidden` ones (only own ones) are not offered, `order` sorts the rest.
    """

    number: int
    text: str
    channel: PhraseChannel
    moment: Moment
    clause: str
    blanks: tuple[Blank, ...] = ()
    own: bool = False
    hidden: bool = False
    pinned: bool = False
    order: int = 0

    @property
    def name(self) -> str:
        """第 3 句; one of the centre's is named by the centre's number."""
        return f"第 {self.number} 句" if self.number < CENTRE else f"本中心第 {self.number - CENTRE} 句"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a phrase as it is shown: plain words, a value that was filled in, or a blank that is still open."""

    text: str
    blank: Blank | None = None
    open: bool = False


def pieces(phrase: Phrase, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """The phrase in runs, with full-width punctuation; an open blank shows its hint, never an XX."""
    found: list[Piece] = []
    at = 0
    for blank in phrase.blanks:
        start = phrase.text.index(blank.covers, at)
        found.append(Piece(typeset(phrase.text[at:start])))
        is_open = _is_open(blank, values)
        found.append(Piece(blank.hint if is_open else values[blank.name].strip(), blank, is_open))
        at = start + len(blank.covers)
    found.append(Piece(typeset(phrase.text[at:])))
    return tuple(piece for piece in found if piece.text)


def open_blanks(phrase: Phrase, values: Mapping[str, str]) -> tuple[Blank, ...]:
    """The blanks without a value; one that is empty or still contains an XX does not count as a value."""
    return tuple(blank for blank in phrase.blanks if _is_open(blank, values))


def fill(phrase: Phrase, values: Mapping[str, str]) -> str:
    """The phrase as it is said or copied; values for other blanks are ignored.

    Raises:
        Refusal: `blank-open`, naming every blank that is open.
    """
    still_open = open_blanks(phrase, values)
    if still_open:
        hints = "、".join(f"“{blank.hint}”" for blank in still_open)
        raise Refusal("blank-open", f"这句用语还有空处没有填：{hints}。", "请填好再使用。")
    return "".join(piece.text for piece in pieces(phrase, values))


def shown(phrase: Phrase, values: Mapping[str, str] = MappingProxyType({})) -> str:
    """The phrase for display only: an open blank appears as 〔应去的部门〕."""
    return "".join(f"〔{piece.text}〕" if piece.open else piece.text for piece in pieces(phrase, values))


def typeset(text: str) -> str:
    """Half-width punctuation, as on the page of the service code, in the full width of Chinese typesetting."""
    return text.translate(_FULL_WIDTH)


def phrases_for(phrases: Iterable[Phrase], moment: Moment, channel: PhraseChannel) -> tuple[Phrase, ...]:
    """What is said at a moment. On the telephone the counter's phrases follow, where they can be said there at all."""
    fitting = [phrase for phrase in phrases if phrase.moment is moment and not phrase.hidden]
    own_channel = tuple(phrase for phrase in fitting if phrase.channel is channel)
    if channel is PhraseChannel.COUNTER or moment in AT_THE_COUNTER_ONLY:
        return own_channel
    return own_channel + tuple(phrase for phrase in fitting if phrase.channel is PhraseChannel.COUNTER)


def own_phrase(number: int, text: str, channel: PhraseChannel, moment: Moment, *, hidden: bool = False) -> Phrase:
    """A phrase of the office's own; each XX in it is a blank.

    Raises:
        Refusal: `phrase-approved` (the number is that of an approved phrase), `phrase-empty`.
    """
    if number <= APPROVED:
        raise Refusal("phrase-approved", f"第 {number} 句是守则里的用语，不能改。", "请另加一句本单位的用语。")
    if not text.strip():
        raise Refusal("phrase-empty", "用语不能为空。", "请写好这一句。")
    blanks = tuple(_text_blanks(text.strip()))
    return Phrase(number, text.strip(), channel, moment, "本单位", blanks, own=True, hidden=hidden, order=number)


def arrange(approved: Sequence[Phrase], own: Sequence[Phrase], pinned: Sequence[int]) -> tuple[Phrase, ...]:
    """All phrases in the order in which they are offered: the pinned as pinned, the approved, the office's own."""
    first = {number: place for place, number in enumerate(pinned)}
    placed = [
        replace(phrase, pinned=phrase.number in first, order=first.get(phrase.number, len(first) + place))
        for place, phrase in enumerate((*approved, *own))
    ]
    return tuple(sorted(placed, key=lambda phrase: phrase.order))


def _is_open(blank: Blank, values: Mapping[str, str]) -> bool:
    value = values.get(blank.name, "").strip()
    return not value or MARK in value.upper()


def _text_blanks(text: str) -> Iterator[Blank]:
    for place, mark in enumerate(re.findall("[Xx]{2,}", text), 1):
        yield Blank(f"text{place if place > 1 else ''}", BlankKind.TEXT, mark, "待填")
