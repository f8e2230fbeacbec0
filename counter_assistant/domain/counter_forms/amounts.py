"""金额：读小写，写大写.

Amounts are held in whole cents (分), as integers. In capitals they are written as the rules for filling in bills have it
(支付结算办法 附一): to the yuan they end in 整, with cents they do not, and of adjoining zeros one is written.
"""

from __future__ import annotations

import re
import unicodedata

from counter_assistant.domain.refusal import Refusal

MOST_CENTS = 99_999_999_999_99
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


def read_amount(text: str) -> int:
    """The cents of an amount as it was typed: 12000, 12,000.5, ¥12000.50 or 12000元.

    Raises:
        Refusal: `bad-amount` (no amount, more than two decimals, or more than `MOST_CENTS`).
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removeprefix("¥").removesuffix("元")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise Refusal("bad-amount", f"“{text.strip()[:20]}”不是金额。", "请写成 12000 或者 12000.50 这样，单位是元。")
    cents = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise Refusal("bad-amount", f"金额“{text.strip()[:20]}”太大。", "请核对位数，单位是元。")
    return cents


def in_figures(cents: int) -> str:
    """12,000.50."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def in_capitals(cents: int) -> str:
    """人民币壹万贰仟元伍角, 人民币壹万贰仟元整."""
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif words:
        words += _DIGITS[0]
    return f"人民币{words}{_DIGITS[fen]}分" if fen else f"人民币{words}"


def _whole(number: int) -> str:
    """A whole number in capitals, by sections of four digits; 零 stands once for the zeros between two figures."""
    if not number:
        return _DIGITS[0]
    words, gap = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit)
        gap = gap or bool(words and section < 1000)
        if section:
            words += (_DIGITS[0] if gap and words else "") + _section(section) + name
            gap = False
    return words


def _section(number: int) -> str:
    """1 to 9999, or the many of a hundred million and more."""
    if number >= 10**4:
        return _whole(number)
    words, gap = "", False
    for value, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            words += (_DIGITS[0] if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words
