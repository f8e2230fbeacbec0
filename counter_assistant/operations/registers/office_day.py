"""柜台的一天：现在谁不在岗，下班前还有谁在等答复，下班以后办了几位（守则 一(二)2⑵–⑷、一(七)4）.

It shows what the registers hold and checks nothing: a day is closed whoever still waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.registers.hand_entries import Absence, Overtime, OvertimeSort
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.keeping import lines_of, record
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery

MOST_NAMED = 2
"""So many are named on the line 今天, which has room for no more."""
PLANNED_AHEAD = timedelta(days=31)
"""An absence is noted at most so long before it begins."""


class AfterHours(NamedTuple):
    """Served after the office closed: until when, as HH:MM, and how many came for the first time since."""

    until: str
    visitors: int


def away_now(office: Office) -> list[str]:
    """The names of those of the office who are away now, each once: not back from an absence, or within the hours of one."""
    now = office.clock()
    registers, absences_of = lines_of(office), RegisterQuery((RegisterKind.ABSENCE,))
    lines = registers.found(replace(absences_of, waiting=True))
    lines += registers.found(replace(absences_of, first=office.today() - PLANNED_AHEAD))
    entries = office.book.at({line.seq for line in lines if line.state in (State.OPEN, State.NOTED)})
    absences = [content for entry in entries.values() if isinstance(content := content_of(entry), Absence)]
    moment = f"{now:%Y-%m-%d %H:%M}"
    away = [one.who for one in absences if _begun(one) <= moment and (not one.back or moment < f"{one.day} {one.back}")]
    return [office.profile.clerk_names.get(who, who) for who in dict.fromkeys(away)]


def away_for_hours(office: Office) -> str:
    """玉罕、岩温: who is away now, for the line 今天; where they are more than `MOST_NAMED`, how many. Empty where nobody is."""
    names = away_now(office)
    return "、".join(names) if len(names) <= MOST_NAMED else f"{len(names)} 人"


def inquiries_waiting(office: Office) -> list[RegisterLine]:
    """The questions that nobody has answered yet, what presses first."""
    return lines_of(office).found(RegisterQuery((RegisterKind.INQUIRY,), waiting=True))


def after_hours(office: Office) -> AfterHours | None:
    """What can be noted as overtime now; None before the office closes, and once whoever is here has noted it today."""
    now, today = office.clock(), office.today()
    if f"{now:%H:%M}" < office.profile.closing_time or office.profile.current_clerk in _noted_today(office):
        return None
    first = lines_of(office).found(RegisterQuery((RegisterKind.FIRST_CONTACT,), first=today, last=today), limit=None)
    visitors = sum(f"{line.time:%H:%M}" >= office.profile.closing_time for line in first)
    return AfterHours(f"{now:%H:%M}", visitors)


def record_overtime(office: Office, late: AfterHours) -> Entry:
    """Notes that visitors were served after the office closed (延时服务).

    Raises:
        Refusal: what `record` refuses.
    """
    typed = {"sort": OvertimeSort.SERVED.value, "until": late.until, "visitors": str(late.visitors)}
    return record(office, RegisterKind.OVERTIME, typed)


def _begun(one: Absence) -> str:
    return f"{one.day} {one.since}"


def _noted_today(office: Office) -> Iterator[str]:
    """Who has noted overtime of today, by staff number."""
    today = office.today()
    lines = lines_of(office).found(RegisterQuery((RegisterKind.OVERTIME,), first=today))
    entries = office.book.at({line.seq for line in lines if line.state is not State.WITHDRAWN})
    noted = (content_of(entry) for entry in entries.values())
    return (said.clerk for said in noted if isinstance(said, Overtime) and said.day == today.isoformat())
