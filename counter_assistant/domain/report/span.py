"""报告管哪一段：一个月，或者一年；一年就是它的十二个月加起来."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width, without_invisible

EARLIEST = 1991
"""The first housing provident fund in the country was set up in Shanghai in 1991; no book reaches further back."""
_TYPED = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})月?|年)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or with `month` 0 a whole year."""

    year: int
    month: int = 0

    @property
    def name(self) -> str:
        """2026-11, or 2026."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    @property
    def in_words(self) -> str:
        """2026年11月, or 2026年."""
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"

    @property
    def in_short(self) -> str:
        """11月, or 2026年: beside another of its kind."""
        return f"{self.month}月" if self.month else f"{self.year}年"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        """The first day after it."""
        following = self.turned(1)
        return date(following.year, following.month or 1, 1)

    @property
    def months(self) -> tuple[Span, ...]:
        """The months that it is made of."""
        return (self,) if self.month else tuple(Span(self.year, month) for month in range(1, 13))

    def turned(self, by: int) -> Span:
        """The period so many of its kind later, or earlier."""
        if not self.month:
            return Span(self.year + by)
        months = self.year * 12 + self.month - 1 + by
        return Span(months // 12, months % 12 + 1)


def read_span(typed: str, today: date) -> Span:
    """A period as it is typed: 2026-11, 2026年11月, 2026.

    Raises:
        Refusal: `period-unreadable`, `period-to-come`.
    """
    found = _TYPED.fullmatch("".join(half_width(without_invisible(typed)).split()))
    month = int(found[2] or 0) if found else 0
    if found is None or month > 12 or found[2] in ("0", "00") or not EARLIEST <= int(found[1]) < date.max.year:
        raise Refusal("period-unreadable", f"“{typed}”不是一个月，也不是一年。", "请写成 2026-11，或者 2026。")
    span = Span(int(found[1]), month)
    if span.first > today:
        raise Refusal("period-to-come", f"{span.in_words}还没有到，没有数。", "请写这个月、今年，或者以前的。")
    return span
