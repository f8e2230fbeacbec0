"""一次贴进来的“姓名 号码 电话”，各归各栏。

A clerk copies a whole line from the business system, a sheet or a message. What is clearly a name, an identity number or a
phone is taken; what is none of these, such as a running number, is left behind. A text that is only a name stays one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.characters import HAN
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import compact_number, likely_type, read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone

LONGEST_LINE = 300

_LABELS = re.compile(
    "(?:^|(?<=[\\s,，;；、|/]))(?:申请人|姓\\s*名|名字|(?:居民|公民)?身份证?(?:号码|号)|证件(?:号码|号)|护照(?:号码|号)?|"
    "(?:联系|移动)?电话(?:号码)?|手机(?:号码|号)?|号码)\\s*[:：]?\\s*"
)
_SEPARATORS = re.compile(r"[\s,，;；、|/]+")
_PHONE = re.compile(r"\+?[0-9()（）-]{7,20}")
_GROUPED = re.compile(
    r"(?<![0-9])(?:(1[3-9][0-9])[ -]([0-9]{4})[ -]([0-9]{4})|([0-9]{6})[ -]([0-9]{8})[ -]([0-9]{3}[0-9Xx]))(?![0-9])"
)
_RUN_ON = re.compile(
    rf"(?<=[{HAN}])(?=(?:1[3-9][0-9]{{9}}|[1-9][0-9]{{16}}[0-9Xx])(?![0-9]))|(?<=[0-9]{{11}})(?<![0-9]{{19}})(?=[{HAN}])"
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """The parts of a line, in their printed form; empty where the line has none."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    id_type: IdType = IdType.RESIDENT


def split_person(text: str, today: date) -> PersonLine | None:
    """The parts of a text that holds a name and a number, or two numbers; None for any other text."""
    if len(text) > LONGEST_LINE:
        return None
    plain = characters.without_invisible(characters.half_width(text))
    plain = _GROUPED.sub(lambda found: "".join(part for part in found.groups() if part), plain)
    plain = _RUN_ON.sub(" ", plain)
    parts = [part for part in _SEPARATORS.split(_LABELS.sub(" ", plain.strip())) if part.strip("'‘’\"“”")]
    names: list[str] = []
    number = phone = ""
    kind = IdType.RESIDENT
    for part in (part.strip("'‘’\"“”") for part in parts):
        found = _number_of(part, today)
        if found and not number:
            number, kind = found
        elif not phone and _PHONE.fullmatch(part) and not (read := read_phone(part)).fault and len(read.value) >= 7:
            phone = read.value
        elif re.search(r"[0-9]", part) is None and re.search(r"\w", part):
            names.append(part)
    name = _joined(names)
    if sum(map(bool, (name, number, phone))) < 2 or (name and read_name(name).fault and not read_name(name).comparable):
        return None
    return PersonLine(name, number, phone, kind)


def _number_of(part: str, today: date) -> tuple[str, IdType] | None:
    """A part that can only be an identity number, with the kind of document that it is of."""
    number = compact_number(part)
    kind = likely_type(number)
    long = re.fullmatch(r"[0-9]{17}[0-9X]|[A-Z]{3}[0-9]{12}", number)
    passport = kind is IdType.PASSPORT and re.fullmatch(r"(?=(?:.*[0-9]){4})[A-Z][0-9A-Z]{7,8}(?:\([0-9]\))?", number)
    if not (long or passport):
        return None
    read = read_id_number(number, kind, today)
    return (read.value, kind) if not read.fault or read.comparable else None


def _joined(names: list[str]) -> str:
    """One name of its parts: Latin parts with a blank between them; of Chinese ones the first is the name."""
    if not names:
        return ""
    return names[0] if any(re.search(f"[{HAN}]", name) for name in names) else " ".join(names)
