"""办件的查找：各份清单、逐件查看、按姓名、首字母、编号或尾号找."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from counter_assistant.domain.cases.case import Case, Stage
from counter_assistant.domain.people.identity import TAIL
from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH, search_key
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import tables
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.views import case_view, search_terms

_BATCH = 1000
_MOVED = '"computed_due":"'
"""How the body of a case holds a day that a clock gives, where it is another than the one that was printed."""


class CaseList(StrEnum):
    """The lists of the 办件 page, in the order in which they press."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    WAITING = "waiting"
    HELD = "held"
    ASKED = "asked"
    HANDED_ON = "handed_on"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "overdue": "已超期", "today": "今天到期", "soon": "三工作日内", "waiting": "待补材料", "held": "待定",
            "asked": "待答复", "handed_on": "转办", "open": "未结", "closed": "已结",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Horizon:
    """Today, and the day up to which a case counts as due soon."""

    today: date
    soon: date


class Cases:
    """The cases of a book."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def get(self, case_id: str) -> Case | None:
        """The case of that id."""
        with self.database.reading() as handle:
            return case_view.load(handle, case_id)

    def closed_before(self, day: date) -> Iterator[Case]:
        """The cases that were closed before a day, in batches so that no lock is held between them."""
        row, last = tables.CaseRow, ""
        while True:
            query = row.select(row.id, row.body).where(row.open == 0, row.id > last).order_by(row.id).limit(_BATCH)
            with self.database.reading() as handle:
                batch = tables.fetch(handle, query)
            cases = [case_view.read(body) for _, body in batch]
            yield from (case for case in cases if case.closed and case.closed < day)
            if len(batch) < _BATCH:
                return
            last = batch[-1][0]

    def listed(self, which: CaseList, horizon: Horizon, text: str = "", limit: int = 200, after: int = 0) -> list[Case]:
        """The cases of a list that every word of `text` finds, those that press first; at most `limit`, after so many."""
        row = tables.CaseRow
        conditions = [_condition(which, horizon), *self._finding(text)]
        order = row.due.desc() if which is CaseList.CLOSED else row.look_at
        query = row.select(row.body).where(*conditions).order_by(order, row.id).limit(limit).offset(after)
        with self.database.reading() as handle:
            return [case_view.read(body) for (body,) in tables.fetch(handle, query)]

    def counts(self, horizon: Horizon) -> dict[CaseList, int]:
        """How many cases stand on each list, asked for at once: a server is a wait away."""
        row = tables.CaseRow
        each = [row.select(peewee.fn.COUNT(peewee.SQL("1"))).where(_condition(which, horizon)) for which in CaseList]
        with self.database.query() as handle:
            (counts,) = tables.fetch(handle, peewee.Select(columns=each))
        return dict(zip(CaseList, counts, strict=True))

    def overdue(self, today: date) -> int:
        """How many open cases should have been looked at before today."""
        row = tables.CaseRow
        with self.database.query() as handle:
            return int(row.select(peewee.SQL("1")).where(_past(today)).count(handle))

    def found(self, text: str, limit: int = 200, after: int = 0) -> list[Case]:
        """The cases, open or closed, that every word of `text` finds; open ones first. At most `limit`, after so many."""
        row = tables.CaseRow
        order = row.open.desc(), row.look_at, row.id
        # The words are looked through in their index; only what is shown is read as a whole.
        places = row.select(row.id).where(*self._finding(text) or (True,)).order_by(*order).limit(limit).offset(after)
        query = row.select(row.body).where(row.id.in_(places)).order_by(*order)
        with self.database.reading() as handle:
            return [case_view.read(body) for (body,) in tables.fetch(handle, query)]

    def looked_after_by(self, clerks: Collection[str]) -> list[Case]:
        """Every open case that one of these clerks looks after, by staff number, those that press first: its 首办, else its 首问."""
        row, wanted = tables.CaseRow, sorted({*clerks, ""})
        query = row.select(row.body).where(row.open == 1, row.handler.in_(wanted)).order_by(row.look_at, row.id)
        with self.database.reading() as handle:
            cases = [case_view.read(body) for (body,) in tables.fetch(handle, query)]
        return [case for case in cases if case.looked_after_by in clerks]

    def open_count(self) -> int:
        """How many cases are open."""
        with self.database.query() as handle:
            return int(tables.CaseRow.select(peewee.SQL("1")).where(tables.CaseRow.open == 1).count(handle))

    def with_ids(self, ids: Sequence[str]) -> list[Case]:
        """The cases of these ids, at most a thousand; one that is not there is left out."""
        row = tables.CaseRow
        with self.database.query() as handle:
            rows = tables.fetch(handle, row.select(row.body).where(row.id.in_(ids[:_BATCH]))) if ids else []
        return [case_view.read(body) for (body,) in rows]

    def to_delay(self) -> list[Case]:
        """The open cases whose printed day cannot be kept and whose applicants have not been told, the earliest day first."""
        row = tables.CaseRow
        moved = self.database.contains(row.body, _MOVED)
        query = row.select(row.body).where(row.open == 1, moved).order_by(row.look_at, row.id)
        with self.database.query() as handle:
            cases = [case_view.read(body) for (body,) in tables.fetch(handle, query)]
        return [case for case in cases if case.delay_needed]

    def open_cases(self) -> Iterator[Case]:
        """Every open case, read in batches so that no lock is held between them."""
        row, after = tables.CaseRow, ""
        while True:
            query = row.select(row.id, row.body).where(row.open == 1, row.id > after).order_by(row.id).limit(_BATCH)
            with self.database.reading() as handle:
                rows = tables.fetch(handle, query)
            yield from (case_view.read(body) for _, body in rows)
            if len(rows) < _BATCH:
                return
            after = rows[-1][0]

    def _finding(self, text: str) -> list[Any]:
        return finding(self.database, tables.CaseRow.words, text)


def finding(database: Engine, words: Any, text: str) -> list[Any]:
    """The conditions under which a column of words holds what is typed, as it stands: no sign in it means anything to the database.

    Half a character, which the database cannot be asked for, is left out; a text too long to be anything finds nothing.
    """
    if len(text) > SEARCH_LENGTH:
        return [peewee.SQL("1 = 0")]
    typed = dict.fromkeys(text.encode("utf-8", "ignore").decode().split())
    every = [_finding_word(database, words, word) for word in typed]
    return [peewee.NodeList(every, " AND ")] if every else []  # not nested in brackets, which SQLite takes 78 deep


def _finding_word(database: Engine, words: Any, word: str) -> Any:
    """A word as it stands, as names are compared, or by the tail of a number, of which a view keeps no more."""
    number = search_terms.compact(word)
    tail = number[-TAIL:] if search_terms.may_be_number(word) and len(number) > TAIL else ""
    forms = dict.fromkeys(filter(None, (word.lower(), search_key(word), tail.lower())))
    found = [database.contains(words, form) for form in forms]
    return peewee.NodeList(found, " OR ", parens=True)


def _condition(which: CaseList, horizon: Horizon) -> Any:
    row, today = tables.CaseRow, horizon.today.isoformat()
    stages = {CaseList.WAITING: Stage.WAITING, CaseList.HELD: Stage.HELD, CaseList.ASKED: Stage.ASKED}
    match which:
        case CaseList.OVERDUE:
            return _past(horizon.today)
        case CaseList.TODAY:
            return (row.open == 1) & (row.look_at == today)
        case CaseList.SOON:
            return (row.open == 1) & (row.look_at > today) & (row.look_at <= horizon.soon.isoformat())
        case CaseList.HANDED_ON:
            return (row.open == 1) & (row.stage == Stage.HANDED_ON.value)
        case CaseList.OPEN:
            return row.open == 1
        case CaseList.CLOSED:
            return row.open == 0
        case _:
            return (row.open == 1) & (row.stage == stages[which].value)


def _past(today: date) -> Any:
    return (tables.CaseRow.open == 1) & (tables.CaseRow.look_at < today.isoformat())
