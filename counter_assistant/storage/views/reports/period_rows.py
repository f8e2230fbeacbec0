"""报告要的行：一段日子里谁来过、哪些办结了、哪些申请还缺材料；只读视图和记录里要数的几项.

Nothing is counted here, and no table is kept for it: what the views hold is enough (docs/decisions/0050-what-a-supervisor-sees.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import PROMISED
from counter_assistant.domain.cases.case import Stage, Step
from counter_assistant.domain.entry import UNNAMED_CASE, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.domain.report.counted import Arrival, ClosedCase
from counter_assistant.storage.engines.engine import Engine, JsonKeys
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.body_codec import unpacked
from counter_assistant.storage.orm import peewee

_BATCH = 500
_ENDED = {Step.DONE.value, Step.ANSWERED.value, Step.RETURNED.value}
_KEPT = {Stage.DONE.value, Stage.ANSWERED.value, Stage.RETURNED.value}
"""The ends of a case in which a promise can be kept: a withdrawal is the applicant's."""
_INCOMPLETE = (Rule.DIRECT_INCOMPLETE.value, Rule.INCOMPLETE.value)
_LACKS = re.compile(f'"row":(?:{"|".join(map(str, _INCOMPLETE))})[,}}]')
_BODIES = 'SELECT "body" FROM "case_row" WHERE "id" IN ({})'
_LACKING = (
    "facts.row", "facts.item", "facts.day", "facts.case", "facts.answers", "facts.received", "facts.defects", "facts.told.required",
)  # fmt: skip


class Span(NamedTuple):
    """The entries of some days: how many of each kind, and between which numbers they lie."""

    counts: Mapping[EntryKind, int]
    first: int
    last: int


class Incomplete(NamedTuple):
    """An application that was told what it lacks: `required` are the materials as they were told, by id."""

    case: str
    item: str
    day: date
    answers: Mapping[str, str]
    received: frozenset[str]
    defects: Mapping[str, str]
    required: Mapping[str, Mapping[str, str]]


class PeriodRows:
    """What a book holds of the days from `first` on and before `after`."""

    def __init__(self, database: Engine, first: date, after: date) -> None:
        self._database = database
        self._first, self._after = first.isoformat(), after.isoformat()
        self.span = self._span()

    def _span(self) -> Span:
        entry = tables.Entry
        ends = entry.select(entry.kind, _fn("COUNT", entry.seq), _fn("MIN", entry.seq), _fn("MAX", entry.seq)).where(
            entry.time >= self._first, entry.time < self._after
        )
        with self._database.query() as handle:
            rows = tables.fetch(handle, ends.group_by(entry.kind))
        counts = {EntryKind(kind): n for kind, n, _, _ in rows}
        return Span(counts, min((low for *_, low, _ in rows), default=1), max((high for *_, high in rows), default=0))

    def papers(self) -> dict[SlipKind, int]:
        """How many papers of each kind were issued, those that are void by now among them."""
        row = tables.Archive
        counted = row.select(row.kind, _fn("COUNT", row.seq)).where(
            row.seq.between(*self.span[1:]), row.issued_at >= self._first, row.issued_at < self._after
        )
        with self._database.query() as handle:
            return {SlipKind(kind): n for kind, n in tables.fetch(handle, counted.group_by(row.kind))}

    def arrivals(self) -> list[Arrival]:
        """Who came or called: first contacts, and whoever came again to be told or to file; of one case on one day once."""
        found: dict[tuple[str, str], Arrival] = {}
        calls: list[Arrival] = []
        for case, time in sorted((*self._first_contacts(), *self._told_or_filed()), key=lambda one: one[1]):
            if case:
                found.setdefault((case, time[:10]), Arrival(case, time))
            else:
                calls.append(Arrival("", time))
        return sorted((*found.values(), *calls), key=lambda one: one.time)

    def _first_contacts(self) -> list[tuple[str, str]]:
        row, slip = tables.RegisterRow, tables.Archive
        query = row.select(row.case, row.time).join(slip, peewee.JOIN.LEFT_OUTER, on=(slip.seq == row.seq))
        conditions = (
            row.kind == RegisterKind.FIRST_CONTACT.value, row.seq.between(*self.span[1:]), row.time >= self._first,
            row.time < self._after, row.state != State.WITHDRAWN.value, slip.void_seq.is_null(),
        )  # fmt: skip
        with self._database.query() as handle:
            return [(case, time) for case, time in tables.fetch(handle, query.where(*conditions))]

    def _told_or_filed(self) -> list[tuple[str, str]]:
        told, entry, begun = tables.Telling, tables.Entry, tables.Entry.alias()
        query = told.select(begun.seq, begun.uuid, entry.time).join(entry, on=(entry.seq == told.seq))
        query = query.switch(told).join(begun, on=(begun.seq == told.began)).where(self._recorded(told))
        with self._database.query() as handle:
            return [(_case(seq, uuid), time) for seq, uuid, time in tables.fetch(handle, query)]

    def closed(self) -> list[ClosedCase]:
        """The cases that were done, answered or returned, each by how it stands now."""
        with self._database.reading() as handle:
            ids = sorted({*self._stepped(handle), *self._ended(handle)})
            # Written out, because of so many ids peewee takes longer to put a query together than the database to answer it.
            rows = [
                row
                for some in _batches(ids)
                for row in handle.execute_sql(_BODIES.format(", ".join([handle.param] * len(some))), some).fetchall()
            ]
        return [one for (body,) in rows if (one := self._closed(body))]

    def _stepped(self, handle: Any) -> Iterator[str]:
        """The cases of which a step may have been the end. What was settled on the spot is a step too, and has its own row."""
        entry, payload, told = tables.Entry, tables.Payload, tables.Telling
        parts = self._database.json_parts(payload.body, JsonKeys(("case", "step")))
        query = entry.select(*parts.columns)
        query = query.join(payload, on=(payload.seq == entry.seq)).where(
            entry.kind == EntryKind.CASE_STEP.value, entry.seq.between(*self.span[1:]), entry.time >= self._first,
            entry.time < self._after, entry.seq.not_in(told.select(told.seq).where(self._recorded(told))),
        )  # fmt: skip
        for row in tables.fetch(handle, query):
            case, step = json.loads(parts.read(row)[0] or "[]")
            if step in _ENDED:
                yield case

    def _ended(self, handle: Any) -> list[str]:
        """The cases of those who were settled on the spot, or turned away: other papers that end what is told begin a promise."""
        told, entry, begun, slip = tables.Telling, tables.Entry, tables.Entry.alias(), tables.Archive
        query = told.select(begun.seq, begun.uuid).join(entry, on=(entry.seq == told.seq))
        query = query.switch(told).join(begun, on=(begun.seq == told.began))
        query = query.switch(told).join(slip, peewee.JOIN.LEFT_OUTER, on=(slip.seq == told.seq))
        at_once = (entry.kind == EntryKind.CASE_STEP.value) | (slip.kind == SlipKind.RETURN_NOTICE.value)
        query = query.where(self._recorded(told), told.ends == 1, at_once)
        return [_case(seq, uuid) for seq, uuid in tables.fetch(handle, query)]

    def _closed(self, body: str) -> ClosedCase | None:
        """A closed case as it is stored; None where it ended otherwise or in other days."""
        case = json.loads(body)
        closed, due, start = case["closed"], case["due"], case["clocks"].get(PROMISED, {}).get("start")
        if case["stage"] not in _KEPT or not self._first <= closed < self._after:
            return None
        began = closed if case["row"] == Rule.ON_THE_SPOT.value else start or case["opened"]
        days = date.fromisoformat(began), date.fromisoformat(closed), date.fromisoformat(due) if due else None
        return ClosedCase(case["id"], *days, overdue=case["overrun"])

    def incomplete(self) -> list[Incomplete]:
        """The applications that were told, on paper or by word of mouth, what they lack."""
        told, payload = tables.Telling, tables.Payload
        tellings = told.select(told.seq, payload.body).join(payload, on=(payload.seq == told.seq))
        found: list[Incomplete | None] = []
        with self._database.reading() as handle:
            rows = tables.fetch(handle, tellings.where(self._recorded(told), told.ends == 0))
            # Most tell who only asks: that is seen in the text, sooner than the whole of it is read.
            seqs = [seq for seq, body in rows if _LACKS.search(unpacked(body))]
            for some in _batches(seqs):
                entry, parts = tables.Entry, self._database.json_parts(payload.body, JsonKeys(_LACKING))
                read = entry.select(entry.seq, entry.uuid, *parts.columns).join(payload, on=(payload.seq == entry.seq))
                rows = tables.fetch(handle, read.where(entry.seq.in_(tables.listed(some))).order_by(entry.seq))
                found += [_incomplete(seq, uuid, *parts.read(tuple(stored))) for seq, uuid, *stored in rows]
        return [one for one in found if one is not None]

    def _recorded(self, told: Any) -> Any:
        return (told.recorded >= self._first) & (told.recorded < self._after)


def cases_begun(database: Engine, seqs: Iterable[int]) -> dict[int, str]:
    """The ids of the cases that these entries began."""
    entry, found = tables.Entry, dict[int, str]()
    with database.reading() as handle:
        for some in _batches(sorted(set(seqs))):
            query = entry.select(entry.seq, entry.uuid).where(entry.seq.in_(tables.listed(some)))
            found |= {seq: _case(seq, uuid) for seq, uuid in tables.fetch(handle, query)}
    return found


def _incomplete(seq: int, uuid: str | None, said: str | None) -> Incomplete | None:
    rule, item, day, case, answers, received, defects, required = json.loads(said or "[]")
    if rule not in _INCOMPLETE:
        return None
    return Incomplete(
        case or _case(seq, uuid), item, date.fromisoformat(day), answers or {}, frozenset(received or ()), defects or {},
        required or {},
    )  # fmt: skip


def _case(seq: int, uuid: str | None) -> str:
    """The case that an entry began."""
    return uuid or f"{UNNAMED_CASE}{seq}"


def _batches(every: list[Any]) -> Iterator[list[Any]]:
    return (every[at : at + _BATCH] for at in range(0, len(every), _BATCH))


def _fn(name: str, column: Any) -> Any:
    return getattr(peewee.fn, name)(column)
