"""带班安排的草稿：一周一份，写过的留着，没写的按带班领导轮着排；贴出去的纸才算数（守则 一(三)1⑷）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from counter_assistant.domain.displays.rota import A_WEEK, OnDuty, leaders, rota

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def proposed_rota(office: Office, day: date) -> tuple[OnDuty, ...]:
    """Who leads in the week of a day, or of the next working day after it: what was typed for that week before, else in turn.

    Raises:
        Refusal: `draft-damaged`.
    """
    days = workdays_of(office, day)
    kept = {date.fromisoformat(each): name for each, name in office.drafts.rotas.load(_monday(days[0])).items()}
    return rota(days, leaders(office.profile), kept)


def keep_rota(office: Office, typed: Sequence[OnDuty]) -> None:
    """Keeps what was typed for a week; nothing is recorded by it."""
    if typed:
        office.drafts.rotas.save(_monday(typed[0].day), {one.day.isoformat(): one.name for one in typed})


def workdays_of(office: Office, day: date) -> list[date]:
    """The working days of the week of a day, or of the next working day where that week has none left."""
    first = office.calendar.first_workday(day)
    monday = first - timedelta(days=first.weekday())
    days = (monday + timedelta(days=at) for at in range(A_WEEK))
    return [each for each in days if office.calendar.look_at(each).counts]


def _monday(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()
