"""说明、理由一类的文字：照写的印，印不出的字符不收。"""

from __future__ import annotations

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.reading import Reading

TEXT_LENGTH = 500


def read_text(text: str, what: str, longest: int = TEXT_LENGTH) -> Reading:
    """A text in the clerk's own words, `what` the field is called. Its inside is kept but for composition (NFC)."""
    value = characters.tidy(text)
    if len(value) > longest:
        return Reading(
            value, Refusal("text-too-long", f"{what}有 {len(value)} 个字，超过 {longest} 个字。", "请缩短。")
        )
    wrong = next((character for character in value if characters.unprintable(character)), "")
    if not wrong:
        return Reading(value)
    fault = characters.unprintable_text(what, wrong)
    instead = characters.printable(value)
    return Reading(value, fault, instead if all(not characters.unprintable(c) for c in instead) else "")


def check_code(text: str, what: str, longest: int) -> str:
    """A name that a program gives, as it came: unlike a text it is not tidied, since two names must not become one.

    Raises:
        Refusal: `unprintable-text`, `text-too-long`.
    """
    for character in text:
        if characters.unprintable(character):
            raise characters.unprintable_text(what, character)
    if len(text) > longest:
        raise Refusal("text-too-long", f"{what}有 {len(text)} 个字，超过 {longest} 个字。", "请缩短。")
    return text


def check_text(text: str, what: str, longest: int = TEXT_LENGTH) -> str:
    """The text, if it can be printed.

    Raises:
        Refusal: `unprintable-text` (a control, format, bidi, private-use or unassigned character, or half of one),
            `text-too-long` (more than `longest` characters).
    """
    return read_text(text, what, longest).accepted()
