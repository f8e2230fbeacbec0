"""问到的值：什么样子才收，印成什么样子，屏上怎样遮.

Each value is asked once for a case and stands on every form that needs it. It is kept in one plain form (`value`), whatever way
it was typed in. Numbers of accounts and cards are typed twice, because nothing else would notice a wrong digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_assistant.domain.counter_forms.amounts import in_figures, read_amount
from counter_assistant.domain.counter_forms.form import Option
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.people.identity import TAIL, mask_id
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone

LONGEST = 400
AGAIN = "again:"
"""Before the key under which the second typing of a number is kept until both agree."""
MASK = "****"
"""How a number begins of which the last characters alone are left."""
COMPARED_BY_PEN = "请对照证件逐位核对；确是这样的，不录在这里，由当事人手写。"
"""What to do about a number that its document has with a fault: nobody can note on a form that it was compared."""
READ_AGAIN = "请对照卡、证件或者业务系统"
_MONTH = re.compile(r"(\d{4})(?:[-–./年]?)(\d{1,2})月?", re.ASCII)


class ValueKind(StrEnum):
    """What a value is."""

    TEXT = "text"
    NAME = "name"
    AMOUNT = "amount"
    PERCENT = "percent"
    COUNT = "count"
    DAY = "day"
    MONTH = "month"
    ACCOUNT = "account"
    CARD = "card"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    CHOICE = "choice"


TWICE = frozenset((ValueKind.ACCOUNT, ValueKind.CARD))
"""What is typed twice."""
SECRET = TWICE | {ValueKind.ID_NUMBER}
"""What is shown and, once the case is over, kept by its last characters alone."""


@dataclass(frozen=True, slots=True)
class AskedValue:
    """A value to be asked for. `hint` says how it is written or where it stands; `options` are those of a choice."""

    key: str
    label: str
    kind: ValueKind
    hint: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    longest: int = LONGEST

    @property
    def twice(self) -> bool:
        """Whether it is typed twice."""
        return self.kind in TWICE


def read_value(kind: ValueKind, label: str, text: str, today: date, longest: int = LONGEST) -> str:
    """A value of a kind, called `label`, in its one plain form; empty where nothing was typed.

    Raises:
        Refusal: `bad-percent`, `bad-count`, `bad-month`, `bad-number`; what `read_amount`, `read_day`, `read_name`,
            `read_phone`, `read_id_number` and `check_text` refuse.
    """
    if not text.strip():
        return ""
    reader = _READERS.get(kind)
    return reader(label, text, today) if reader else check_text(text, label, longest)


def read_asked(asked: AskedValue, text: str, today: date) -> str:
    """What was typed for an asked value, in its plain form.

    Raises:
        Refusal: `unknown-choice`; what `read_value` refuses.
    """
    if asked.kind is ValueKind.CHOICE and text.strip():
        if not any(text in option.codes for option in asked.options):
            offered = "、".join(option.label for option in asked.options)
            raise Refusal("unknown-choice", f"{asked.label}没有“{text[:20]}”这一项。", f"可以是：{offered}。")
        return text
    return read_value(asked.kind, asked.label, text, today, asked.longest)


def read_twice(asked: AskedValue, typed: Mapping[str, str], today: date) -> str:
    """The value of what was typed, and typed again where it must be; empty where nothing was.

    Raises:
        Refusal: `not-typed-twice` (it stands in one of both places only), `not-the-same-twice`; what `read_asked` refuses.
    """
    value = read_asked(asked, typed.get(asked.key, ""), today)
    again = typed.get(AGAIN + asked.key, "") if asked.twice else ""
    if not asked.twice or not (value or again.strip()):
        return value
    if not value or not again.strip():
        missing = "二" if value else "一"
        raise Refusal("not-typed-twice", f"{asked.label}还没有录第{missing}遍。", f"{READ_AGAIN}再录一遍。")
    if read_asked(asked, again, today) != value:
        raise Refusal("not-the-same-twice", f"{asked.label}两遍不一样。", f"{READ_AGAIN}重录。")
    return value


def printed(kind: ValueKind, value: str) -> str:
    """A value as it stands on paper: amounts with their two decimals, days in words, numbers in fours."""
    if not value:
        return ""
    writer = _WRITERS.get(kind)
    return writer(value) if writer else value


def masked(kind: ValueKind, value: str) -> str:
    """A value as a screen shows it once it is settled: of a number its last characters."""
    return f"{MASK} {value[-TAIL:]}" if kind in SECRET and value else printed(kind, value)


def at_rest(kind: ValueKind, value: str) -> str:
    """A plain value as a paper on the screen has it: of a number of a document as much as papers show, of an account or a card its last
    characters. What is no number of this sort stays as it is."""
    if kind is ValueKind.ID_NUMBER:
        return mask_id(value)
    return MASK + value[-TAIL:] if kind in SECRET and value else value


def _read_amount(_label: str, text: str, _today: date) -> str:
    return str(read_amount(text))


def _read_percent(label: str, text: str, _today: date) -> str:
    plain = _narrow(text).removesuffix("%")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", plain, re.ASCII) or float(plain) > 100:
        raise Refusal(
            "bad-percent", f"{label}“{text.strip()[:20]}”不是百分数。", "请写成 12 或者 8.5 这样，不大于 100。"
        )
    return f"{float(plain):g}"


def _read_count(label: str, text: str, _today: date) -> str:
    plain = _narrow(text)
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII):
        raise Refusal("bad-count", f"{label}“{text.strip()[:20]}”不是数。", "请写成 12 这样的整数。")
    return str(int(plain))


def _read_month(label: str, text: str, _today: date) -> str:
    found = _MONTH.fullmatch(_narrow(text))
    if found is None or not 1 <= int(found[2]) <= 12:
        raise Refusal("bad-month", f"{label}“{text.strip()[:20]}”不是年月。", "请写成 202609 或者 2026-9 这样。")
    return f"{found[1]}{int(found[2]):02d}"


def _read_number(fewest: int, most: int, pattern: str) -> Callable[[str, str, date], str]:
    def read(label: str, text: str, _today: date) -> str:
        plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
        if not re.fullmatch(pattern, plain, re.ASCII) or not fewest <= len(plain) <= most:
            raise Refusal("bad-number", f"{label}的位数或者字符不对。", f"应为 {fewest} 到 {most} 位，请看着原件重录。")
        return plain

    return read


def _read_id_number(label: str, text: str, today: date) -> str:
    """A resident's number by its check digit; another document's as it stands, if it cannot be a mistyped one of a resident."""
    plain = _narrow(text).upper()
    if re.fullmatch(r"\d{13,18}[\dX]?", plain, re.ASCII):
        reading = read_id_number(text, IdType.RESIDENT, today)
        if reading.fault and reading.comparable:
            raise Refusal(reading.fault.code, reading.fault.sentence, COMPARED_BY_PEN)
        return reading.accepted()
    return _read_number(5, 30, "[0-9A-Z]+")(label, plain, today)


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_READERS: Mapping[ValueKind, Callable[[str, str, date], str]] = {
    ValueKind.NAME: lambda _label, text, _today: read_name(text).accepted(compared=True),
    ValueKind.AMOUNT: _read_amount,
    ValueKind.PERCENT: _read_percent,
    ValueKind.COUNT: _read_count,
    ValueKind.DAY: lambda _label, text, today: read_day(text, today).isoformat(),
    ValueKind.MONTH: _read_month,
    ValueKind.ACCOUNT: _read_number(4, 30, "[0-9A-Z]+"),
    ValueKind.CARD: _read_number(12, 21, "[0-9]+"),
    ValueKind.ID_NUMBER: _read_id_number,
    ValueKind.PHONE: lambda _label, text, _today: read_phone(text).accepted(compared=True),
}


def _in_fours(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


_WRITERS: Mapping[ValueKind, Callable[[str], str]] = {
    ValueKind.AMOUNT: lambda value: in_figures(int(value)),
    ValueKind.DAY: lambda value: chinese_date(date.fromisoformat(value)),
    ValueKind.MONTH: lambda value: f"{value[:4]}年{int(value[4:])}月",
    ValueKind.ACCOUNT: _in_fours,
    ValueKind.CARD: _in_fours,
}
