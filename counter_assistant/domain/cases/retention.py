"""一件事的记录保存到哪一天：从办结之日算起，按其中留得最久的一种；期满的提请销毁.

No law gives a figure for these papers: 国家档案局令第8号 knows 30 and 10 years, 个人信息保护法 第十九条 asks for the shortest that the purpose needs. The years
are the centre's own (归档范围和保管期限表), and examples (示例，待本中心核定) until it decides them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from counter_assistant.domain.people.number_keeping import Keeping, last_day, years_of

COPIES_KEPT = timedelta(days=30)
"""So long after a destruction the office's own copies of before are kept: until then the book that is left has shown that it is whole."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long what was recorded of a matter is kept: `keeping` is that of its parts which lasts longest, `ended` the day on which it was
    closed."""

    keeping: Keeping
    years: int
    ended: date

    @property
    def last(self) -> date:
        """The last day on which it is kept."""
        return last_day(self.ended, self.years)

    def is_over(self, today: date) -> bool:
        """Whether it need not be kept any longer."""
        return self.last < today


def term_of(keepings: Iterable[Keeping], ended: date, decided: Mapping[str, int]) -> Term:
    """The term of a matter with parts of these kinds, of which there is at least one; `decided` are the office's years, by the keeping's value."""
    years, keeping = max((years_of(keeping, decided), keeping) for keeping in keepings)
    return Term(keeping, years, ended)


def shortest(decided: Mapping[str, int]) -> int:
    """The fewest years that anything is kept."""
    return min(years_of(keeping, decided) for keeping in Keeping)
