"""结账在台账里的样子：日结、月结、年结，各是一条记录，写明包括哪些记录、台账头是什么.

A fiscal printer closes each day inside its own chain; this is the same for the papers of a counter. What is printed for signature
is drawn from the entry alone.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from counter_assistant.domain.closing.figures import Figures
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date


class Period(StrEnum):
    """结多长一段."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"day": "日结", "month": "月结", "year": "年结"}[self.value]

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that closes it."""
        return _KINDS[self]

    def name_of(self, day: date) -> str:
        """The period in which a day lies: 2026-11-23, 2026-11, 2026."""
        return day.isoformat()[: _LENGTHS[self]]


_KINDS = {
    Period.DAY: EntryKind.DAY_CLOSED,
    Period.MONTH: EntryKind.MONTH_CLOSED,
    Period.YEAR: EntryKind.YEAR_CLOSED,
}
_LENGTHS = {Period.DAY: 10, Period.MONTH: 7, Period.YEAR: 4}
CLOSINGS = frozenset(_KINDS.values())


@dataclass(frozen=True, slots=True)
class Closed:
    """日结 (`day_closed`), and the same of a month and of a year.

    It covers the entries from `first` to `last`, whose hash in hex is `head`; where there were none, `first` is one more than `last`.
    `late`: how many of them are of a day that had been closed before they were written. `days`: how many days it sums up.
    `unprinted`: the numbers of papers of which no copy was known to have come out then, whatever day they are of. `blanks_out`: how many slips of kits (停电备用单) were neither recorded nor void. `clerk` is the staff number and `clerk_name` the name of who closed it; `unit` and `branch` stand at the head of its sheet, and the
    code of the `installation` in the digits of its head.
    """

    period: Period
    name: str
    first: int
    last: int
    head: str
    late: int
    days: int
    figures: Figures
    clerk: str
    clerk_name: str
    unit: str
    branch: str
    installation: str
    unprinted: tuple[str, ...] = ()
    blanks_out: int = 0

    @property
    def through(self) -> date:
        """The last day of the period."""
        return last_day(self.period, self.name)

    @property
    def in_words(self) -> str:
        """2026年11月23日 星期一, 2026年11月, 2026年."""
        return name_in_words(self.period, self.name)

    def gives_reason(self, numbers: Container[str]) -> bool:
        """Whether it repeats why one of these slips was voided."""
        return any(void.number in numbers and void.reason for void in self.figures.voids)

    def without_reasons(self, numbers: Container[str]) -> Closed:
        """The same without the reasons for which these slips were voided: they may name a person."""
        voids = tuple(replace(void, reason="") if void.number in numbers else void for void in self.figures.voids)
        return replace(self, figures=replace(self.figures, voids=voids))

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        values = {name: getattr(self, name) for name in self.__slots__}
        made = {"period": self.period.value, "figures": self.figures.to_payload(), "unprinted": list(self.unprinted)}
        return {**values, **made}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Closed:
        """What `to_payload` wrote, and what it wrote before papers were followed to the printer and kits were printed."""
        values = {name: payload[name] for name in cls.__slots__ if name not in ("unprinted", "blanks_out")}
        figures, unprinted = Figures.from_payload(payload["figures"]), tuple(payload.get("unprinted", ()))
        later = {"unprinted": unprinted, "blanks_out": payload.get("blanks_out", 0)}
        return cls(**{**values, "period": Period(payload["period"]), "figures": figures, **later})


def last_day(period: Period, name: str) -> date:
    """The last day of a period."""
    if period is Period.DAY:
        return date.fromisoformat(name)
    if period is Period.YEAR:
        return date(int(name), 12, 31)
    begun = date.fromisoformat(f"{name}-01")
    return (begun.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def name_in_words(period: Period, name: str) -> str:
    """2026年11月23日 星期一, 2026年11月, 2026年."""
    day = last_day(period, name)
    match period:
        case Period.DAY:
            return f"{chinese_date(day)} 星期{WEEKDAYS[day.weekday()]}"
        case Period.MONTH:
            return f"{day.year}年{day.month}月"
        case _:
            return f"{day.year}年"
