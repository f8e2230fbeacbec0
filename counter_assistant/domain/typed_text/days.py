"""手打的日期和钟点：2026-12-01、12-1、12.1、12月1日、1201、二〇二六年十二月一日、+3；9:05、9点5分、0905 都认得。"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters

_MARK = r"[-–—−./年月]"
_WHOLE = re.compile(rf"(\d{{4}}){_MARK}?(\d{{1,2}}){_MARK}(\d{{1,2}})[日号]?|(\d{{4}})(\d{{2}})(\d{{2}})", re.ASCII)
_WITHOUT_YEAR = re.compile(rf"(\d{{1,2}}){_MARK}(\d{{1,2}})[日号]?|(\d{{2}})(\d{{2}})", re.ASCII)
_OF_MONTH = re.compile(r"(\d{1,2})[日号]?", re.ASCII)
_FROM_TODAY = re.compile(r"\+(\d{1,3})天?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.点时]?(\d{2})|[:.点时](\d)?)?分?", re.ASCII)
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile("([一二三]?)十([一二三四五六七八九]?)")


def read_day(text: str, today: date | None = None, *, ahead: bool = False) -> date:
    """The day that was typed. Without its year it is the one nearest to `today`, or the first from then on with `ahead`.

    Where there is no `today`, a day needs its year.

    Raises:
        Refusal: `bad-date`.
    """
    plain = _plain(text)
    try:
        if found := _WHOLE.fullmatch(plain):
            year, month, day = (int(part) for part in found.groups() if part)
            return date(year, month, day)
        if today and (named := _near(plain, today, ahead=ahead)):
            return named
    except (ValueError, OverflowError):
        pass
    example = f"{today.year}-12-01 或者 12-1" if today else "2026-12-01"
    shown = characters.tidy(text)[:20]
    sentence = f"日期“{shown}”无法识别。" if shown else "没有填日期。"
    raise Refusal("bad-date", sentence, f"请写成 {example} 这样。")


def read_days(text: str) -> tuple[date, ...]:
    """Several days with their years, separated by 、, commas, semicolons or blanks; empty where there are none.

    Raises:
        Refusal: `bad-date`.
    """
    return tuple(read_day(part) for part in re.split(r"[、，,;；\s]+", characters.tidy(text)) if part)


def _near(plain: str, today: date, *, ahead: bool) -> date | None:
    if found := _FROM_TODAY.fullmatch(plain):
        return today + timedelta(days=int(found[1]))
    if found := _WITHOUT_YEAR.fullmatch(plain):
        month, day = (int(part) for part in found.groups() if part)
        days = [named for year in (today.year - 1, today.year, today.year + 1) if (named := _of(year, month, day))]
        return min(day for day in days if day >= today) if ahead else min(days, key=lambda day: abs(day - today))
    if found := _OF_MONTH.fullmatch(plain):
        return today.replace(day=int(found[1]))
    return None


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time:
    """The time of day that was typed.

    Raises:
        Refusal: `bad-time`.
    """
    found = _TIME.fullmatch(_plain(text))
    try:
        if found:
            return time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        pass
    raise Refusal("bad-time", f"时间“{text}”无法识别。", "请写成 9:05 或者 0905 这样。")


def _plain(text: str) -> str:
    """Half width, without blanks and invisible characters, its Chinese numerals as digits."""
    plain = characters.without_invisible(unicodedata.normalize("NFKC", characters.tidy(text)))
    plain = _TENS.sub(lambda found: f"{found[1] or '一'}{found[2] or '〇'}", "".join(plain.split()))
    return plain.translate(_NUMERALS)
