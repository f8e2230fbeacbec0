"""姓名：以证件为准。像写错的问一次，不能印的不收，更好的写法一个键换上。

Sources: 民委发〔2016〕33号 (间隔符一律用 “·” U+00B7, 姓名不少于 50 个字符). A name is never changed in silence but for what
nobody sees: composition (NFC) and blanks at its edges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.characters import HAN, LOOKALIKE_DOTS, MIDDLE_DOT
from counter_assistant.domain.typed_text.other_forms import UNCODED
from counter_assistant.domain.typed_text.reading import Reading

NAME_LENGTH = 50
COMPARE = "请对照证件。"

_DOTS = re.escape(MIDDLE_DOT + LOOKALIKE_DOTS)
_DOT = re.compile(f"(?<=[{HAN}])[\\s]*[{_DOTS}][{_DOTS}\\s]*(?=[{HAN}])")
_LATIN_DOT = re.compile(f"(?<=\\w)[{re.escape(LOOKALIKE_DOTS.replace('.', ''))}](?=\\w)")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
_BLANKS = re.compile(r"\s+")
_MARKS_AND_DIGITS = frozenset("PZSN")
_NUMBER = re.compile(r"[0-9Xx*+()\s-]{5,}")
_PLACEHOLDER = re.compile(r"[?？□*＊〓○◯●#＃×\ufffd]|锟斤拷|烫烫|屯屯")
_ALLOWED = re.compile(f"[{HAN}\\w＿\\s{re.escape(MIDDLE_DOT)}.'’‘ʻʼ-]")


def read_name(text: str) -> Reading:
    """A name as it stands on the document."""
    name = characters.tidy(text)
    if refused := _impossible(name):
        return Reading(name, refused)
    changes = [(words, change) for words, change in _CHANGES if change(name) != name]
    if changes:
        return _offered(name, changes)
    if doubt := _doubt(name):
        return Reading(name, Refusal("name-doubtful", doubt, COMPARE), comparable=True)
    return Reading(name)


def _impossible(name: str) -> Refusal | None:
    """Why a text cannot be a name at all."""
    if len(name) > NAME_LENGTH:
        return Refusal("name-too-long", f"姓名有 {len(name)} 个字符，超过 {NAME_LENGTH} 个。", "请核对证件上的姓名。")
    for character in name:
        fault = characters.unprintable(character)
        if fault and unicodedata.category(character) != "Co" and not characters.is_invisible(character):
            return characters.unprintable_text("姓名", character)
    letters = [
        character
        for character in characters.standard(name)
        if unicodedata.category(character)[0] not in _MARKS_AND_DIGITS
    ]
    if name and (not letters or _NUMBER.fullmatch(characters.half_width(name))):
        what = "姓名里没有一个字，像是别的栏的内容。" if not letters else "姓名栏里像是一个号码。"
        return Refusal("bad-name", what, "请填证件上的姓名；电话、证件号码填在各自的栏里。")
    return None


def _offered(name: str, changes: list[tuple[str, Callable[[str], str]]]) -> Reading:
    instead = name
    for _, change in changes:
        instead = change(instead)
    instead = characters.tidy(instead)
    words = "，".join(words for words, _ in changes)
    hidden = next(filter(characters.is_invisible, name), "")
    if hidden:
        refusal = characters.unprintable_text("姓名", hidden)
        return Reading(name, Refusal(refusal.code, refusal.sentence, f"应为“{instead}”，请核对后采用。"), instead)
    sentence = f"姓名里{words}，应为“{instead}”。"
    return Reading(name, Refusal("name-form", sentence, COMPARE), instead, comparable=True)


def _dots(name: str) -> str:
    return _LATIN_DOT.sub(MIDDLE_DOT, _DOT.sub(MIDDLE_DOT, name))


def _blanks(name: str) -> str:
    """Without the blanks by which two characters were set apart; longer parts of a name are parted by the dot."""
    parts = _BETWEEN_HAN.split(name)
    mark = "" if len("".join(parts)) <= 4 else MIDDLE_DOT
    return _BLANKS.sub(" ", mark.join(parts))


def _narrow(name: str) -> str:
    return "".join(characters.half_width(c) if ("Ａ" <= c <= "ｚ" and c != UNCODED) or c in "－＇" else c for c in name)


_CHANGES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("有看不见的字符", characters.without_invisible),
    ("有部首字符、兼容字符或旧输入法的字", characters.standard),
    ("字母是全角的", _narrow),
    ("间隔号应为“·”", _dots),
    ("字之间有空格", _blanks),
)


def _doubt(name: str) -> str:
    """What makes a name look like a slip or a stand-in, as a sentence; empty where nothing does."""
    if found := _PLACEHOLDER.search(name):
        return f"姓名里有“{found[0]}”，像是占位或者乱码。"
    if any(unicodedata.category(c) == "Co" for c in name):
        return "姓名里有旧输入法的自造字，不知道是哪个字。"
    if re.search(r"\d", name):
        return "姓名里有数字。"
    if re.search(f"[{HAN}]", name) and re.search("[A-Za-z]", name):
        return "姓名里汉字和字母混在一起。"
    parted = name if re.search(f"[{HAN}]", name) else name.replace(",", "")  # as a foreigner's card parts its names
    if other := next((c for c in parted if not _ALLOWED.match(c) and unicodedata.category(c)[0] != "M"), ""):
        return f"姓名里有“{other}”。"
    return ""
