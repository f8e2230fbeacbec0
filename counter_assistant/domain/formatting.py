"""写法：数字、日期与并列的中文写法。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

_DIGITS = "零一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
STAR = "＊"
"""The one mark on paper for what the centre has yet to confirm; a footnote says what it means."""
_MOBILE = re.compile(r"(1[0-9]{2})([0-9]{4})([0-9]{4})")


def numeral(n: int) -> str:
    """0 to 9999 as statutes write them: 二十四, 一百零三, 一千一百二十七."""
    words = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, value)
        if digit:
            words += _DIGITS[digit] + unit
        elif words and n and not words.endswith(_DIGITS[0]):
            words += _DIGITS[0]
    return words.removeprefix("一") if words.startswith("一十") else words or _DIGITS[0]


def chinese_date(day: date) -> str:
    """2026年9月5日, without padding (GB/T 9704-2012 7.2.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_time(moment: datetime) -> str:
    """2026年9月5日 9:05."""
    return f"{chinese_date(moment)} {moment.hour}:{moment.minute:02d}"


def listed(parts: Iterable[str], mark: str = "、") -> str:
    """The parts that are not empty, joined."""
    return mark.join(part for part in parts if part)


def grouped_phone(phone: str) -> str:
    """138 0000 0461, as a mobile number is read out and compared; anything else as it is."""
    return _MOBILE.sub(r"\1 \2 \3", phone) if _MOBILE.fullmatch(phone) else phone
