"""忌语守护：印出或复制之前，找出守则 三的忌语和它们的变化，指出在哪里、改说什么.

`guard` is pure. It reduces the text to a bare one (domain/wording/variant_rule.py), tries on it every rule of the
forbidden phrases that it is given, and maps what it finds back to the text as it was typed. A forbidden phrase that is
quoted as forbidden (不得以“不知道”为由) is no hit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrase, ForbiddenPhrases
from counter_assistant.domain.wording.variant_rule import VariantRule

_SIMPLE = str.maketrans(
    "哕您妳恁辦煩麼麽沒見嗎誰囉囉羅嗩準備遲點兒問還這樣態導領時間開閑閒馬級幹著來對說講訴過慣們個為幫應該給嚷瞧瞅俺咱跟門後誰叫別喲聽廢話",
    "啰你你你办烦么么没见吗谁啰啰罗唆准备迟点儿问还这样态导领时间开闲闲马级干着来对说讲诉过惯们个为帮应该给嚷看看我我跟门后谁叫别哟听废话",
)
"""Polite, traditional and dialect forms of the words that the rules name, one character for one."""

_EDGES = frozenset("。，！？；：…—～,.!?;:~\n\r\t()（）[]【】{}<>《》〈〉“”\"‘’'「」『』｜|")
_SENTENCE_ENDS = "。！？!?；;\n\r"
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
_CIVIL = re.compile("请|对不起|抱歉|不好意思|劳驾|麻烦[您你]|谢谢|辛苦|欢迎|如需|如果|建议")
_HELP_NEXT = re.compile(
    r"[，,\s]*(?:请(?![问回便走自])|可以(?:先|再|随时|咨询|拨打|向|问|网上|改)|也(?:可以?|行|没|不)|建议)"
    r"|[，,。！？!?\s]*(?:没关系|没事|不要紧|别担心|别着急|不着急|不用急|我们?(?:来|再|帮|给[你您]|慢慢|马上|这就))"
)
_OPENING = "“\"‘'「『《【（("
_FORBIDS = re.compile("不得|不准|不许|不可|不能|不应|不要|不说|不用|禁|忌|严防|避免|杜绝|拒绝|别说|切忌|勿")
_AS_GROUND = re.compile(
    "[”\"’'」』]?(?:[、，,和或]?[“\"‘'「『][^”\"’'」』]{1,12}[”\"’'」』])*等?(?:为由|为借口|为理由|一类|之类|等语|等忌语)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A find: `text` is the given text from `start` to `end`; `forbidden` the forbidden phrase, `instead` an approved one.

    Both are to the letter of the service code.
    """

    start: int
    end: int
    text: str
    forbidden: str
    instead: str


@dataclass(frozen=True, slots=True)
class _Bare:
    """The bare text, which begins and ends with |, and for each of its characters the position where it was typed."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Find:
    """Where a phrase occurs in the bare text."""

    start: int
    end: int
    phrase: ForbiddenPhrase


def guard(text: str, forbidden: ForbiddenPhrases) -> list[Hit]:
    """The forbidden phrases in a text, in its order; they never overlap.

    Where two rules match at the same place, the longer match wins, then the earlier rule.
    """
    bare = _strip(text)
    found = [
        _Find(start, end, phrase)
        for phrase, rule in forbidden.possible_in(bare.text)
        for start, end in rule.finds(bare.text)
        if not _is_excused(rule, text, bare.places[start], bare.places[end - 1] + 1)
    ]
    chosen: list[_Find] = []
    for find in sorted(found, key=lambda find: (find.start, -find.end)):
        last = chosen[-1] if chosen else None
        if last and find.start < last.end:
            continue
        if last and find.phrase is last.phrase and not bare.text[last.end : find.start].strip("|"):
            chosen[-1] = _Find(last.start, find.end, find.phrase)  # 快点儿，啰嗦什么: two clauses of one sentence
        else:
            chosen.append(find)
    return [_hit(text, bare, find) for find in chosen]


def _hit(text: str, bare: _Bare, find: _Find) -> Hit:
    start, end = bare.places[find.start], bare.places[find.end - 1] + 1
    return Hit(start, end, text[start:end], find.phrase.text, find.phrase.instead)


def _is_excused(rule: VariantRule, text: str, start: int, end: int) -> bool:
    """Whether the sentence around a find is polite, where that matters, or forbids what it quotes."""
    if rule.unless_help_follows and _HELP_NEXT.match(text, end):
        return True
    quoted = text[max(start - 3, 0) : start].rstrip()[-1:]
    is_quoted = quoted != "" and quoted in _OPENING
    if not (rule.unless_civil or is_quoted):
        return False
    begin = 1 + max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS)
    stop = _SENTENCE_END.search(text, end)
    if rule.unless_civil and _CIVIL.search(text, begin, stop.start() if stop else len(text)):
        return True
    return is_quoted and bool(_FORBIDS.search(text, begin, start) or _AS_GROUND.match(text, end))


def _strip(text: str) -> _Bare:
    """Letters and digits alone, in one form of each; | for a run of punctuation, and for a blank between two words."""
    letters: list[str] = ["|"]
    places = [0]
    for place, typed in enumerate(text):
        kept = _bare_of(typed)
        if kept == " ":
            kept = "|" if _divides(text, place) else ""
        if kept == "|" == letters[-1]:
            continue
        letters.extend(kept)
        places.extend([place] * len(kept))
    if letters[-1] != "|":
        letters.append("|")
        places.append(len(text))
    return _Bare("".join(letters), tuple(places))


@lru_cache(maxsize=8192)
def _bare_of(typed: str) -> str:
    """What replaces a character: its letters and digits in one form, | for punctuation, a blank, or nothing."""
    plain = unicodedata.normalize("NFKC", typed)
    if typed in _EDGES or plain in _EDGES:
        return "|"
    return " " if plain.isspace() else "".join(filter(str.isalnum, plain.lower().translate(_SIMPLE)))


def _divides(text: str, place: int) -> bool:
    """Whether a blank separates two words of at least two characters: 不 知 道 is spaced out, 同志 不办 is not."""
    before, after = text[max(place - 2, 0) : place], text[place + 1 : place + 3]
    return len(before) == len(after) == 2 and not any(char.isspace() for char in before + after)
