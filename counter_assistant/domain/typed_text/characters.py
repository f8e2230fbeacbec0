"""字符：一个字只有一种写法，看不见的字符不算数。

Sources: Unicode normalisation form C; GB 18030 for the private-use codes of old input methods; 民委发〔2016〕33号 for
the middle dot (U+00B7).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.equivalents import PRIVATE_USE, RADICALS

SEARCH_LENGTH = 200
"""A longer text in a search box was pasted by mistake: nothing that is kept could match it."""

MIDDLE_DOT = "·"
LOOKALIKE_DOTS = "•‧・･∙⋅．.\u0387\u2024﹒。、●｡"
INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
"""Characters without a glyph, as the inside of a character class: format and bidi controls, variation selectors."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u2e80-\u2fd5\ue000-\uf8ff"
"""Ideographs, as the inside of a character class: with those that radicals and private-use codes stand for."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_EDGES = re.compile(f"^[\\s\\x00-\\x1f\\x7f-\\x9f{INVISIBLE}]+|[\\s\\x00-\\x1f\\x7f-\\x9f{INVISIBLE}]+$")
_APOSTROPHE = re.compile(r"^['‘’＇`](?=[^\Wa-z_])")
_COMPATIBILITY = re.compile("[\u0387\uf900-\ufaff\U0002f800-\U0002fa1f]")
_CATEGORIES = {
    "Cc": "控制字符", "Cf": "不可见的格式字符", "Zl": "换行字符", "Zp": "换行字符",
    "Co": "专用区字符（自造字）", "Cs": "残缺的字符", "Cn": "未编码的字符",
}  # fmt: skip
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def tidy(text: str) -> str:
    """Composed (NFC), without blanks, line ends and invisible characters at its edges.

    The apostrophe in front with which a spreadsheet marks a text goes too. A compatibility ideograph and the Greek dot
    stay: another character may not take their place in silence.
    """
    edged = _EDGES.sub("", text)
    edged = _EDGES.sub("", _APOSTROPHE.sub("", edged))
    parts = re.split(f"({_COMPATIBILITY.pattern})", edged)
    return "".join(part if _COMPATIBILITY.fullmatch(part) else unicodedata.normalize("NFC", part) for part in parts)


def standard(text: str) -> str:
    """The text with the ideograph for each radical, compatibility ideograph and private-use code that has one."""
    plain = "".join(PRIVATE_USE.get(character, character) for character in text)
    plain = "".join(RADICALS.get(character, character) for character in plain)
    return _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFC", found[0]), plain)


def half_width(text: str) -> str:
    """The text with ASCII for its full-width forms, and nothing else changed."""
    return "".join(
        chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else " " if character == "\u3000" else character
        for character in text
    )


def without_invisible(text: str) -> str:
    """The text without the characters that have no glyph."""
    return _INVISIBLE.sub("", text)


def is_invisible(character: str) -> bool:
    """Whether a character has no glyph."""
    return _INVISIBLE.fullmatch(character) is not None


def unprintable(character: str) -> str:
    """What keeps a character from being printed as typed, in words; empty where nothing does."""
    if ord(character) in _BIDI:
        return "改变书写方向的隐藏字符"
    if 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF:
        return "异体选择符"
    if 0x20000 <= ord(character) <= 0x3FFFF and ord(character) & 0xFFFF < 0xFFFE:
        return ""  # ideographs; Python's own tables may be older than the newest extensions, the fonts decide
    return _CATEGORIES.get(unicodedata.category(character), "")


def unprintable_text(what: str, character: str) -> Refusal:
    """That a text, called `what`, holds a character that cannot be printed as typed."""
    fault = unprintable(character) or "不可见的字符"
    return Refusal(
        "unprintable-text", f"{what}里有{fault}（U+{ord(character):04X}），无法如实打印。", "请删去后重新输入。"
    )


def printable(text: str) -> str:
    """The text with a standard character for each that has one, a blank for controls, and without invisible ones."""
    return tidy(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", without_invisible(standard(text))))


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """A name as it is compared and searched: one form of every character, without case, accents, dots and blanks."""
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKD", standard(text))).casefold().translate(_STROKES)


_STROKES = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_NOT_COMPARED = re.compile(f"[\\s\u0300-\u036f{MIDDLE_DOT}{re.escape(LOOKALIKE_DOTS)}'‘’ʻʼ`´{INVISIBLE}]")
