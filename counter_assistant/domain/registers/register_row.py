"""登记簿的一行：从一条记录推得，不另存历史.

What is typed gives its rows here; what arises from the acts of cases, in domain/cases/arising.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.identity import mask_numbers
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.hand_entries import (
    Absence,
    AbsenceSort,
    BoxOpened,
    Misunderstanding,
    Opinion,
    OpinionSort,
    Overtime,
    OvertimeSort,
    ReportedUpward,
)
from counter_assistant.domain.registers.handover.entries import Handover, Reason
from counter_assistant.domain.registers.rating import Rating, RatingLevel, is_bad
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import Standing, State

LINE = 120
"""So many characters of what was said stand in a row; the entry has the rest."""
GAP = "　"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a register. `clerk` is a staff number (empty where the entry names nobody), `line` what it says in short, `names` and `marks` what else it is found by: names
    of people, the code of an item, tails of numbers.

    One with a `case` waits as long as that is at `stage`; `due` is the last day of one that waits by itself.
    """

    kind: RegisterKind
    clerk: str
    line: str
    state: State = State.NOTED
    settled: int = 0
    due: date | None = None
    case: str = ""
    stage: str = ""
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def standing(self, now: Standing) -> RegisterRow:
        """The same as it stands now. Who was asked first stays so whatever comes of it."""
        waits = self.kind is not RegisterKind.FIRST_CONTACT or now.state is State.WITHDRAWN
        return replace(self, state=now.state, settled=now.settled) if waits else self


def in_short(*parts: str) -> str:
    """The parts that say something, cut to what a row has room for; numbers of people that were typed into them are masked."""
    line = mask_numbers(listed(parts, GAP))
    return line if len(line) <= LINE else f"{line[: LINE - 1]}…"


def rows_typed(content: object) -> tuple[RegisterRow, ...]:
    """The rows of what was typed; none for what belongs to no register."""
    if isinstance(content, CallNoted):
        return _call(content)
    make = _ROWS.get(type(content))
    return (make(content),) if make else ()


def _call(call: CallNoted) -> tuple[RegisterRow, ...]:
    """Who takes a call is asked first as well (守则 一(六)1：每一次接待或接听)."""
    line = in_short(call.caller, call.note)
    first = RegisterRow(RegisterKind.FIRST_CONTACT, call.clerk, line, marks=(call.item,))
    state = State.OPEN if call.due else State.NOTED
    return first, replace(first, kind=RegisterKind.INQUIRY, state=state, due=call.due)


def _opinion(said: Opinion) -> RegisterRow:
    state = State.NOTED if said.sort == OpinionSort.PRAISE else State.OPEN
    sort = word(OpinionSort, said.sort)
    return RegisterRow(
        RegisterKind.OPINION, said.clerk, in_short(sort, said.text), state, names=(said.signed,) if said.signed else ()
    )


def _box(said: BoxOpened) -> RegisterRow:
    line = in_short(said.place, f"{said.count} 件", f"工号 {said.opener}、{said.second} 开箱")
    return RegisterRow(RegisterKind.BOX_OPENED, said.clerk, line, marks=(said.opener, said.second))


def _misunderstanding(said: Misunderstanding) -> RegisterRow:
    line = in_short(said.text, f"向{said.reported_to}汇报" if said.reported_to else "")
    return RegisterRow(RegisterKind.MISUNDERSTANDING, said.clerk, line)


def _overtime(said: Overtime) -> RegisterRow:
    until = f"至 {said.until}" if said.until else ""
    line = in_short(word(OvertimeSort, said.sort), until, f"{said.visitors} 人" if said.visitors else "", said.text)
    return RegisterRow(RegisterKind.OVERTIME, said.clerk, line)


def _absence(said: Absence) -> RegisterRow:
    until = f"{said.since}—{said.back}" if said.back else f"{said.since} 起"
    instead = f"工号 {said.deputy} 值班" if said.deputy else said.notice
    line = in_short(word(AbsenceSort, said.sort), f"工号 {said.who}", until, said.reason, instead)
    state = State.NOTED if said.back else State.OPEN
    return RegisterRow(RegisterKind.ABSENCE, said.clerk, line, state, marks=(said.who, said.deputy))


def _handover(said: Handover) -> RegisterRow:
    """Whoever hands over is away: that is no second entry. It presses from the day on which they are expected back."""
    line = in_short(
        "工作交接",
        f"工号 {said.who}",
        f"{said.since}—{said.until}",
        word(Reason, said.reason),
        f"工号 {said.receiver} 接替",
    )
    marks, due = (said.who, said.receiver, said.witness), date.fromisoformat(said.back)
    return RegisterRow(RegisterKind.ABSENCE, said.clerk, line, State.OPEN, due=due, marks=marks)


def _reported(said: ReportedUpward) -> RegisterRow:
    line = in_short(said.text, f"报告{said.leader}")
    return RegisterRow(RegisterKind.REPORTED_UPWARD, said.clerk, line, State.OPEN, names=(said.leader,))


def _rating(said: Rating) -> RegisterRow:
    """Of nobody: a rating names no clerk."""
    line = in_short(word(RatingLevel, said.level), said.item_name, said.text)
    bad = is_bad(said.level)
    return RegisterRow(
        RegisterKind.RATING, "", line, State.OPEN if bad else State.NOTED, marks=(said.item, said.number),
        due=date.fromisoformat(said.due) if bad and said.due else None,
    )  # fmt: skip


_ROWS: Mapping[type[Any], Callable[[Any], RegisterRow]] = {
    Opinion: _opinion, BoxOpened: _box, Misunderstanding: _misunderstanding, Overtime: _overtime, Absence: _absence,
    ReportedUpward: _reported, Rating: _rating, Handover: _handover,
}  # fmt: skip


def word(words: Any, value: str) -> str:
    """What a word of a closed list is called; one of a later version as it is."""
    return str(words(value).label) if value in set(words) else value
