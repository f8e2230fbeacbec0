"""手打的日期和钟点：2026-12-01、12-1、12.1、12月1日、1201；9:05、9点5分、0905 都认得。"""

from __future__ import annotations

import re
from datetime import date, time

from counter_assistant.domain.refusal import Refusal

_DAY = re.compile(r"(?:(\d{4})[-./年]?)?(?:(\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:：.点时]?(\d{2})|[:：.点时](\d)?)?分?", re.ASCII)


def read_day(text: str, today: date, *, ahead: bool) -> date:
    """The day that a clerk typed. Without its year it is this year's, or the next year's where it must lie `ahead`.

    Raises:
        Refusal: `bad-date`.
    """
    found = _DAY.fullmatch(text.strip())
    try:
        year, month, day = (int(part) for part in _parts(found, today)) if found else (0, 0, 0)
        named = date(year, month, day)
        passed = ahead and found is not None and not found[1] and named < today
        return date(year + 1, month, day) if passed else named
    except ValueError:
        raise Refusal("bad-date", f"日期“{text}”无法识别。", "请写成 2026-12-01 或者 12-1 这样。") from None


def _parts(found: re.Match[str], today: date) -> tuple[str, str, str]:
    return found[1] or str(today.year), found[2] or found[4], found[3] or found[5]


def read_time(text: str) -> time:
    """The time of day that a clerk typed.

    Raises:
        Refusal: `bad-time`.
    """
    found = _TIME.fullmatch(text.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        pass
    raise Refusal("bad-time", f"时间“{text}”无法识别。", "请写成 9:05 或者 0905 这样。")
