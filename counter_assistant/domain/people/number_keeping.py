"""整个证件号码和电话留几年：三档，从办结之日算起，单位可以另定。

No law gives a figure. 个人信息保护法 第十九条: as short as the purpose needs; 第四十七条: erased once the term has ended. The terms below are
examples (示例) until the centre decides them with its 归档范围和保管期限表; docs/to-confirm.md lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

MOST_YEARS = 60


class Keeping(StrEnum):
    """How long whole numbers are kept after a matter has ended; its value is how the profile names it."""

    INQUIRY = "inquiry"
    PAPER = "paper"
    FILE = "file"

    @property
    def label(self) -> str:
        """What the clerk reads in the settings: whose whole numbers they are."""
        return {
            "inquiry": "咨询、口头告知、转办和指引", "paper": "告知单、回执、补办件、退回和代收", "file": "承诺、上报和延期",
        }[self.value]  # fmt: skip

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return {"inquiry": "咨询类", "paper": "告知类", "file": "承诺类"}[self.value]


EXAMPLE_YEARS: Mapping[Keeping, int] = {Keeping.INQUIRY: 3, Keeping.PAPER: 10, Keeping.FILE: 30}
"""示例: 咨询 1 to 3 years, 告知单存根、回执、补办件、退回 10; 承诺件 with the file of the business, for which 30 years is the longer fixed term of
国家档案局令第8号."""


def years_of(keeping: Keeping, decided: Mapping[str, int]) -> int:
    """For how many years; `decided` are those of the office, by the keeping's value."""
    return decided.get(keeping, EXAMPLE_YEARS[keeping])


def last_day(ended: date, years: int) -> date:
    """The last day on which whole numbers are kept of a matter that ended on a day."""
    return _in_years(ended, years)


def begun_before(today: date, years: int) -> date:
    """The day before which a matter began, at the latest, if its numbers are no longer kept today."""
    return _in_years(today, -years)


def _in_years(day: date, years: int) -> date:
    """The same day of another year; 1 March for a 29 February that it has not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
