"""登记页的查找框：哪几天、只看待办的、找什么字，打在一个框里.

A word that names a day, a month or a year narrows the days; two of them are from one to the other. Every other word is looked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

WAITING = "待办"
"""The word for those alone that wait."""
Span = tuple[date, date]


class RegisterSearch(NamedTuple):
    """What was typed: the words that are looked for, the first and the last day, and whether only what waits is wanted."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    waiting: bool = False


def read_search(typed: str, today: date) -> RegisterSearch:
    """What was typed into the field. A day without its year is the last one that there was, today included."""
    words, spans, waiting = [], list[Span](), False
    for word in typed.split():
        if word == WAITING:
            waiting = True
        elif span := _span(word, today):
            spans.append(span)
        else:
            words.append(word)
    first = min((span[0] for span in spans), default=None)
    last = max((span[1] for span in spans), default=None)
    return RegisterSearch(" ".join(words), first, last, waiting)


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _before(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)
    return _month(last.year, last.month)


_NAMED: Mapping[str, Callable[[date], Span]] = {
    "今天": lambda today: (today, today),
    "昨天": lambda today: (today - timedelta(days=1),) * 2,
    "本周": lambda today: (today - timedelta(days=today.weekday()), today + timedelta(days=6 - today.weekday())),
    "本月": lambda today: _month(today.year, today.month),
    "上月": _before,
    "今年": lambda today: (date(today.year, 1, 1), date(today.year, 12, 31)),
    "去年": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}
_YEAR = re.compile(r"(\d{4})年", re.ASCII)
_MONTH = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})月|(\d{4})[-/](\d{1,2})", re.ASCII)
_DAY = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?", re.ASCII)


def _span(word: str, today: date) -> Span | None:
    """The days that a word names; None where it names none that there are."""
    if named := _NAMED.get(word):
        return named(today)
    try:
        if found := _YEAR.fullmatch(word):
            return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
        if found := _MONTH.fullmatch(word):
            year, month = found[1] or found[3], int(found[2] or found[4])
            return _month(int(year) if year else today.year - (month > today.month), month)
        if found := _DAY.fullmatch(word):
            return (_day(found[1], int(found[2]), int(found[3]), today),) * 2
    except ValueError:
        pass
    return None


def _day(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year), month, day)
    return date(today.year - ((month, day) > (today.month, today.day)), month, day)
