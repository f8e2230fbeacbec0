"""登记簿的查找：一本或几本，哪几天，只看待办的，按姓名、事项、字句找."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from counter_assistant.domain.cases.arising import CLOSED
from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import tables
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.views.case_view import FAR
from counter_assistant.storage.views.cases import finding


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which lines are wanted: of these registers, recorded from one day to another, only those that wait, with these words."""

    kinds: tuple[RegisterKind, ...] = tuple(RegisterKind)
    waiting: bool = False
    first: date | None = None
    last: date | None = None
    text: str = ""


class RegisterLine(NamedTuple):
    """One line as it stands now. `seq` is the number of its entry, `clerk` a staff number, `settled` the number of the entry that
    ended it; `stage` is that of its case, None where there is none or it is not known, and `due` the day on which it presses."""

    kind: RegisterKind
    seq: int
    time: datetime
    clerk: str
    line: str
    case: str
    state: State
    settled: int
    stage: Stage | None
    due: date | None
    void: bool

    @property
    def label(self) -> str:
        """The register of it, as the clerk reads it."""
        return self.kind.label

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state is State.OPEN

    @property
    def can_be_taken_back(self) -> bool:
        """Whether something of it was recorded in its register, and not with a visit."""
        if self.settled:
            return self.state is State.DONE
        return self.kind.by_hand and not self.case and self.state is not State.WITHDRAWN

    @property
    def in_words(self) -> str:
        """How it stands. What belongs to a case says how that stands."""
        if self.void:
            return "文书已作废"
        return self.stage.label if self.stage and self.state is not State.DONE else self.state.label


class RegisterLines:
    """The registers of a book."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def found(self, query: RegisterQuery, limit: int | None = 100, after: int = 0) -> list[RegisterLine]:
        """The lines of a query, the newest first, at most `limit`, after so many; those that wait come by the day on which they press."""
        row, conditions = tables.RegisterRow, self._conditions(query)
        if query.waiting:
            wanted = _joined().where(*conditions).order_by(_due(), row.seq).limit(limit).offset(after)
        else:  # what is listed is found first, and only that looked up beside its cases and slips
            order = row.seq.desc(), row.kind
            places = row.select(row.kind, row.seq).where(*conditions).order_by(*order).limit(limit).offset(after)
            wanted = _joined().where(peewee.Tuple(row.kind, row.seq).in_(places)).order_by(*order)
        with self.database.reading() as handle:
            return [_line(stored) for stored in tables.fetch(handle, wanted)]

    def count(self, query: RegisterQuery) -> int:
        """How many lines a query has."""
        row = tables.RegisterRow
        wanted = _joined(peewee.fn.COUNT(row.seq)).where(*self._conditions(query))
        with self.database.query() as handle:
            return int(tables.fetch(handle, wanted)[0][0])

    def of(self, kind: RegisterKind, seq: int) -> RegisterLine | None:
        """One line, by its register and the number of its entry."""
        row = tables.RegisterRow
        with self.database.query() as handle:
            found = tables.fetch(handle, _joined().where(row.kind == kind.value, row.seq == seq))
        return _line(found[0]) if found else None

    def waiting(self) -> dict[RegisterKind, int]:
        """How many lines of each register wait; those that have none are left out."""
        row = tables.RegisterRow
        wanted = _joined(row.kind, peewee.fn.COUNT(row.seq)).where(_waits()).group_by(row.kind)
        with self.database.query() as handle:
            return {RegisterKind(kind): n for kind, n in tables.fetch(handle, wanted)}

    def overdue(self, today: date) -> int:
        """How many wait by themselves, and should have been ended before today; what waits for a case is counted with the cases."""
        row = tables.RegisterRow
        late = (row.state == State.OPEN.value) & (row.stage == "") & (row.due != "") & (row.due < today.isoformat())
        with self.database.query() as handle:
            return int(row.select(peewee.SQL("1")).where(late).count(handle))

    def _conditions(self, query: RegisterQuery) -> list[Any]:
        row = tables.RegisterRow
        conditions = [row.kind.in_([kind.value for kind in query.kinds])]
        if query.waiting:
            conditions.append(_waits())
        if query.first:
            conditions.append(row.time >= query.first.isoformat())
        if query.last and query.last < date.max:
            conditions.append(row.time < (query.last + timedelta(days=1)).isoformat())
        return [*conditions, *finding(self.database, row.words, query.text)]


def _joined(*columns: Any) -> Any:
    """Lines beside their cases and their slips."""
    row, case, slip = tables.RegisterRow, tables.CaseRow, tables.Archive
    wanted: Sequence[Any] = columns or (
        row.kind, row.seq, row.time, row.clerk, row.line, row.case, row.state, row.settled, row.stage, case.stage,
        case.open, _due(), slip.void_seq,
    )  # fmt: skip
    joined = row.select(*wanted).join(case, peewee.JOIN.LEFT_OUTER, on=(case.id == row.case))
    return joined.switch(row).join(slip, peewee.JOIN.LEFT_OUTER, on=(slip.seq == row.seq))


def _due() -> Any:
    """The day on which a line presses, far away where there is none: its own, or that of the case at whose stage it waits."""
    row, case = tables.RegisterRow, tables.CaseRow
    of_case = (row.stage != "") & (row.stage != CLOSED) & (case.open == 1) & (row.stage == case.stage)
    return peewee.Case(None, ((of_case, case.look_at), (row.due != "", row.due)), FAR)


def _waits() -> Any:
    row, case, slip = tables.RegisterRow, tables.CaseRow, tables.Archive
    of_case = ((row.stage == CLOSED) & (case.open == 0)) | ((case.open == 1) & (case.stage == row.stage))
    return (row.state == State.OPEN.value) & slip.void_seq.is_null() & ((row.stage == "") | of_case)


def _line(stored: tuple[Any, ...]) -> RegisterLine:
    kind, seq, time, clerk, line, case, own, settled, waits_at, stage, is_open, due, void_seq = stored
    state, void = State(own), void_seq is not None
    if state is State.OPEN and (void or (waits_at and not _at(waits_at, stage, is_open))):
        state = State.NOTED
    waits = state is State.OPEN
    return RegisterLine(
        RegisterKind(kind), seq, datetime.fromisoformat(time), clerk, line, case, state, settled,
        Stage(stage) if stage and not (waits_at == "" and kind != RegisterKind.FIRST_CONTACT) else None,
        date.fromisoformat(due) if waits and due != FAR else None, void,
    )  # fmt: skip


def _at(waits_at: str, stage: str | None, is_open: int | None) -> bool:
    """Whether a case is where a line waits."""
    return is_open == 0 if waits_at == CLOSED else is_open == 1 and stage == waits_at
