"""证件芯片里的文字：256 个字节，UTF-16LE，各栏的位置按证件种类而定.

居民身份证 has no mark of its kind; 外国人永久居留身份证 of 2017 is marked `I` and that of 2023 `Y`, 港澳台居民居住证 `J`. The layouts
are those that makers of readers publish, `J` after 《港澳台居民居住证机读信息规范（试行版）》 and `Y` after 《新版外国人永久居留身份证机读信息规则》.

What an issuer's chip holds twice is compared: the number bears the date of birth, and its own check digit (GB 11643).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from counter_assistant.devices.identity_card import IdentityCard
from counter_assistant.domain import check_digits
from counter_assistant.domain.typed_text.id_type import IdType

LENGTH = 256
LONG_TERM = "长期"


class DamagedRecordError(ValueError):
    """What was read is no record of an identity card, or does not agree with itself. The text says what, without the person."""


class _Layout(NamedTuple):
    """Where the fields lie, in bytes. `first` is what the number begins with; a name of Latin letters may lie in two parts."""

    kind: IdType
    first: str
    name: slice
    birth: slice
    latin: tuple[slice, ...] = ()


_NUMBER, _UNTIL, _MARK = slice(122, 158), slice(204, 220), slice(248, 250)
_LAYOUTS = {
    "": _Layout(IdType.RESIDENT, "[1-7]", slice(0, 30), slice(36, 52)),
    "J": _Layout(IdType.OTHER, "8[123]", slice(0, 30), slice(36, 52)),
    "Y": _Layout(IdType.FOREIGN_PERMANENT, "9", slice(0, 30), slice(36, 52), (slice(52, 122), slice(220, 242))),
    "I": _Layout(IdType.FOREIGN_PERMANENT, "[A-Z]", slice(158, 188), slice(220, 236), (slice(0, 120),)),
}
_OLD_NUMBER = slice(122, 152)


def read_record(record: bytes) -> IdentityCard:
    """The card of a text record.

    Raises:
        DamagedRecordError: a wrong length, an unknown kind of document, a number or a date that cannot be.
    """
    if len(record) != LENGTH:
        raise DamagedRecordError("文字部分的长度不对")
    layout = _LAYOUTS.get(_text(record, _MARK))
    if layout is None:
        raise DamagedRecordError("不认识这种证件")
    number, birth = _number(record, layout), _text(record, layout.birth)
    _check_number(number, birth, layout)
    chinese, latin = _text(record, layout.name), _text(record, *layout.latin)
    name, room = (latin, layout.latin) if latin and not chinese else (chinese, (layout.name,))
    full = len(name) >= sum(part.stop - part.start for part in room) // 2
    return IdentityCard(name, number, layout.kind, _last_day(record), full, bool(latin and chinese))


def _text(record: bytes, *parts: slice) -> str:
    """A field, which may lie in two parts, without the blanks that fill it up. What is no character is shown as �, and so is what cannot be printed."""
    text = b"".join(record[part] for part in parts).decode("utf-16-le", "replace").rstrip(" \0")
    return re.sub("[\0-\x1f\x7f]", "\ufffd", text)


def _number(record: bytes, layout: _Layout) -> str:
    return _text(record, _OLD_NUMBER if layout.first == "[A-Z]" else _NUMBER)


def _check_number(number: str, birth: str, layout: _Layout) -> None:
    if layout.first == "[A-Z]":  # three letters of the country, four digits, birth in six, two digits
        right = bool(re.fullmatch("[A-Z]{3}[0-9]{12}", number) and re.fullmatch("[0-9]{8}", birth))
    else:
        right = bool(re.fullmatch(f"(?={layout.first})[0-9]{{17}}[0-9X]", number)) and number[6:14] == birth
        right = right and check_digits.of_identity_number(number) == number[-1]
    if not right:
        raise DamagedRecordError("证件号码校验不符")


def _last_day(record: bytes) -> date | None:
    text = _text(record, _UNTIL)
    if text in ("", LONG_TERM):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise DamagedRecordError("有效期限读不出") from None
