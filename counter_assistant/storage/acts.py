"""台账里的经办行为：谁、什么事、告知了什么，不读文书的版面.

A paper's elements are most of an entry's content. What a comparison or a month's figures need is the applicant and the
facts, so only these are taken out of the stored text, by SQLite, before anything is parsed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import peewee

from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage import tables
from counter_assistant.storage.database import Database
from counter_assistant.storage.records import TAIL
from counter_assistant.storage.upcasters import upcast

ACTS = (EntryKind.SLIP_ISSUED, EntryKind.ORAL_NOTICE, EntryKind.INQUIRY, EntryKind.CASE_STEP)
ORAL_LOOKED_AT = 5000
"""How many of the newest oral notices are looked at: no index leads to them, and nobody must wait for a search."""

_PARTS = ("schema", "applicant", "result", "card")
_NAMED = ("$.facts.item", "$.applicant.name", "$.applicant.id_number", "$.applicant.phone")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry of an act says but for its paper. `number` and `clerk` (a name) are empty where there is no paper.

    What was told is kept apart from the other `facts` as its text: it is most of them, seldom needed, and the same in
    thousands of entries, so `everything` parses each text once.
    """

    seq: int
    time: datetime
    kind: EntryKind
    uuid: str
    number: str
    clerk: str
    slip: str
    applicant: dict[str, Any]
    facts: dict[str, Any]
    told: str

    @property
    def everything(self) -> dict[str, Any]:
        """The facts with what was told, where that was kept."""
        return {**self.facts, "told": _parsed(self.told)} if self.told else self.facts


@dataclass(frozen=True, slots=True)
class Named:
    """An act by what people are told apart by at first sight: a name, and the tails of number and phone."""

    seq: int
    item: str
    name: str
    id_tail: str
    phone_tail: str


def acts_at(database: Database, seqs: Iterable[int]) -> list[Act]:
    """The acts with these numbers in the book's order; what is erased, or is no act, is left out."""
    wanted, found = sorted(set(seqs)), list[Act]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            found += _select(handle, tables.Entry.seq.in_(wanted[start : start + _BATCH]))
    return found


def acts_of(database: Database, uuids: Iterable[str]) -> list[Act]:
    """The acts of these names, such as those that began a case."""
    wanted, found = sorted(set(uuids)), list[Act]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            found += _select(handle, tables.Entry.uuid.in_(wanted[start : start + _BATCH]))
    return sorted(found, key=lambda act: act.seq)


def acts_between(database: Database, first: date, after: date) -> list[Act]:
    """The acts from one day on and before another, by the time on the office's clock."""
    with database.reading() as handle:
        return _select(handle, tables.Entry.time >= first.isoformat(), tables.Entry.time < after.isoformat())


def named_slips(database: Database, items: Sequence[str], before: int, since: date) -> list[Named]:
    """The slips of these items that are not void, issued since a day and before an entry."""
    row = tables.Archive
    query = row.select(row.seq, row.item, row.applicant, row.id_tail, row.phone_tail)
    conditions = [row.item.in_(items), row.seq < before, row.issued_at >= since.isoformat(), row.void_seq.is_null()]
    with database.reading() as handle:
        return [Named(*columns) for columns in tables.fetch(handle, query.where(*conditions))]


def named_oral_notices(
    database: Database, items: Sequence[str], before: int | None = None, mentioning: str = ""
) -> list[Named]:
    """Of the newest `ORAL_LOOKED_AT` oral notices before an entry those of these items, newest first.

    No archive row leads to them. `mentioning` is a part of the name as it was typed, by which most are passed over
    without being parsed.
    """
    entry, body = tables.Entry, tables.Payload.body
    item, name, number, phone = (peewee.fn.json_extract(body, path) for path in _NAMED)
    tails = (peewee.fn.substr(whole, -TAIL) for whole in (number, phone))
    conditions = [entry.seq.in_(_newest_oral(before))]
    # The text is searched before it is parsed: of a book's oral notices few are of the item.
    conditions.append(reduce(or_, [peewee.fn.instr(body, f'"item":{json.dumps(wanted)}') > 0 for wanted in items]))
    conditions += [peewee.fn.instr(body, json.dumps(mentioning, ensure_ascii=False)[1:-1]) > 0] if mentioning else []
    query = entry.select(entry.seq, item, name, *tails).join(tables.Payload, on=(tables.Payload.seq == entry.seq))
    with database.reading() as handle:
        rows = tables.fetch(handle, query.where(*conditions).order_by(entry.seq.desc()))
    return [named for named in (Named(*columns) for columns in rows) if named.item in items]


def _newest_oral(before: int | None) -> Any:
    entry = tables.Entry.alias()
    conditions = [entry.kind == EntryKind.ORAL_NOTICE, *([entry.seq < before] if before is not None else [])]
    return entry.select(entry.seq).where(*conditions).order_by(entry.seq.desc()).limit(ORAL_LOOKED_AT)


def void_seqs(database: Database, seqs: Iterable[int]) -> frozenset[int]:
    """Which of these slips are void."""
    row, wanted, found = tables.Archive, sorted(set(seqs)), set[int]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            query = row.select(row.seq).where(row.seq.in_(wanted[start : start + _BATCH]), row.void_seq.is_null(False))
            found |= {seq for (seq,) in tables.fetch(handle, query)}
    return frozenset(found)


def _select(handle: Any, *conditions: Any) -> list[Act]:
    entry, body = tables.Entry, tables.Payload.body
    parts = peewee.fn.json_extract(body, *(f"$.{part}" for part in _PARTS))
    facts = peewee.fn.json_remove(peewee.fn.json_extract(body, "$.facts"), "$.told")
    told = peewee.fn.json_extract(body, "$.facts.told")
    query = entry.select(entry.seq, entry.time, entry.kind, entry.uuid, parts, facts, told)
    query = query.join(tables.Payload, on=(tables.Payload.seq == entry.seq)).where(entry.kind.in_(ACTS), *conditions)
    rows = tables.fetch(handle, query.order_by(entry.seq))
    acts = (_act(*row) for row in rows)
    return [act for act in acts if act is not None]


def _act(
    seq: int, time: str, kind: str, uuid: str | None, parts: str, facts: str | None, told: str | None
) -> Act | None:
    """None for a step of a case that decided nothing, such as its result being handed over."""
    known, content = EntryKind(kind), dict(zip(_PARTS, json.loads(parts), strict=True))
    payload = upcast(known, {**content, "facts": json.loads(facts) if facts else None})
    if not payload["facts"] or not payload["result"]:
        return None
    card, slip = payload["card"] or {}, payload["result"]["kind"] or ""
    return Act(
        seq, datetime.fromisoformat(time), known, uuid or "", card.get("number", ""), card.get("clerk", ""), slip,
        payload["applicant"], payload["facts"], told or "",
    )  # fmt: skip


@lru_cache(maxsize=512)
def _parsed(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    return found
