"""带班安排：哪天谁带班（守则 一(三)1⑷：根据需要设置带班领导柜台，轮流带班）。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.formatting import WEEKDAYS
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.typed_text.free_text import check_text

LONGEST_NAME = 30
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who leads on a day, by the name that was typed; empty leaves room to write.

    Raises:
        Refusal: what `check_text` refuses.
    """

    day: date
    name: str = ""

    def __post_init__(self) -> None:
        check_text(self.name, f"{self.day_in_words}带班的姓名", LONGEST_NAME)

    @property
    def day_in_words(self) -> str:
        """11月30日 周一."""
        return f"{self.day.month}月{self.day.day}日 周{WEEKDAYS[self.day.weekday()]}"


def leaders(profile: OfficeProfile) -> tuple[Clerk, ...]:
    """Who leads in turn: everybody who was given that role, in the office's order."""
    return tuple(clerk for clerk in profile.clerks if Role.SUPERVISOR in clerk.roles)


def rota(days: Sequence[date], turn: Sequence[Clerk], kept: Mapping[date, str]) -> tuple[OnDuty, ...]:
    """Who leads on the days of a week: what was typed for a day before, else whose turn it is.

    The turn goes on from week to week; the names stay open where nobody was given the role.
    """
    begun = days[0].toordinal() // A_WEEK * len(days) if days else 0
    names = [turn[(begun + at) % len(turn)].name if turn else "" for at in range(len(days))]
    return tuple(OnDuty(day, kept.get(day, name)) for day, name in zip(days, names, strict=True))


def known(profile: OfficeProfile, name: str) -> Clerk | None:
    """The one person here of that name; None where it is nobody's, or several people's."""
    found = [clerk for clerk in profile.clerks if clerk.name == name.strip()]
    return found[0] if len(found) == 1 else None
