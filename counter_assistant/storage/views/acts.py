"""台账里的经办行为：谁、什么事、告知了什么，不读文书的版面.

A paper's elements are most of an entry's content. What a comparison needs is the applicant and the facts, so only these are
taken out of the stored text, by the database, before anything is parsed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, act_in
from counter_assistant.domain.entry import ACTS, Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.matching import Person, person_of
from counter_assistant.storage.engines.engine import Engine, JsonAt, JsonKeys
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.journal.upcasters import upcast

_PARTS = ("schema", "applicant", "result", "card")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry of an act says but for its paper. `number` and `clerk` (a name) are empty where there is no paper; `person`
    is by what its applicant is recognised.

    What was told is kept apart from the other `facts` as its text: it is most of them, seldom needed, and the same in
    thousands of entries, so `everything` parses each text once.
    """

    seq: int
    time: datetime
    kind: EntryKind
    uuid: str
    number: str
    clerk: str
    slip: SlipKind | None
    applicant: Applicant
    person: Person
    facts: Facts
    told: str

    @property
    def everything(self) -> Facts:
        """The facts with what was told, where that was kept."""
        return replace(self.facts, told=_parsed(self.told)) if self.told else self.facts


def acts_at(database: Engine, seqs: Iterable[int]) -> list[Act]:
    """The acts with these numbers, in the book's order; what is erased as a whole, or is no act, is left out."""
    wanted, found = sorted(set(seqs)), list[Act]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            found += _select(database, handle, tables.Entry.seq.in_(tables.listed(wanted[start : start + _BATCH])))
    return found


def acts_of(database: Engine, uuids: Iterable[str]) -> list[Act]:
    """The acts of these names, such as those that began a case."""
    wanted, found = sorted(set(uuids)), list[Act]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            found += _select(database, handle, tables.Entry.uuid.in_(wanted[start : start + _BATCH]))
    return sorted(found, key=lambda act: act.seq)


def acts_numbered(database: Engine, first: int, last: int) -> list[Act]:
    """The acts whose entries have a number from one to another, both included, in the book's order."""
    with database.reading() as handle:
        return _select(database, handle, tables.Entry.seq >= first, tables.Entry.seq <= last)


def void_seqs(database: Engine, seqs: Iterable[int]) -> frozenset[int]:
    """Which of these slips are void."""
    row, wanted, found = tables.Archive, sorted(set(seqs)), set[int]()
    with database.reading() as handle:
        for start in range(0, len(wanted), _BATCH):
            batch = tables.listed(wanted[start : start + _BATCH])
            query = row.select(row.seq).where(row.seq.in_(batch), row.void_seq.is_null(False))
            found |= {seq for (seq,) in tables.fetch(handle, query)}
    return frozenset(found)


def _select(database: Engine, handle: Any, *conditions: Any) -> list[Act]:
    entry, body = tables.Entry, tables.Payload.body
    said = database.json_parts(body, JsonKeys(_PARTS), JsonAt(("facts",), but="told"), JsonAt(("facts", "told")))
    query = entry.select(entry.seq, entry.time, entry.kind, entry.uuid, *said.columns)
    query = query.join(tables.Payload, on=(tables.Payload.seq == entry.seq)).where(
        entry.kind.in_(sorted(ACTS)), *conditions
    )
    rows = tables.fetch(handle, query.order_by(entry.seq))
    acts = [_act(*row[:4], *said.read(row[4:])) for row in rows] + _without_numbers(handle, *conditions)
    return sorted((act for act in acts if act is not None), key=lambda act: act.seq)


def _without_numbers(handle: Any, *conditions: Any) -> list[Act | None]:
    """The acts that whole numbers have left, whose content stands in the entry that says so."""
    entry, stored = tables.Entry, tables.Payload.select(tables.Payload.seq)
    gone = entry.select(entry.seq).where(entry.kind.in_(sorted(ACTS)), entry.seq.not_in(stored), *conditions)
    seqs = [seq for (seq,) in tables.fetch(handle, gone)]
    return (
        [_left(one) for one in entries.select(handle, entry.seq.in_(tables.listed(seqs)), limit=len(seqs))]
        if seqs
        else []
    )


def _left(entry: Entry) -> Act | None:
    act = act_in(content := content_of(entry))
    if act is None or act.result is None or entry.erased:
        return None
    card = content.registered.card if isinstance(content, SlipIssued) else None
    told = json.dumps(act.facts.told, ensure_ascii=False) if act.facts.told else ""
    return Act(
        entry.seq, entry.time, entry.kind, entry.uuid or "", card.number if card else "", card.clerk if card else "",
        act.result.kind, act.applicant, person_of(act.applicant), replace(act.facts, told=None), told,
    )  # fmt: skip


def _act(
    seq: int, time: str, kind: str, uuid: str | None, parts: str | None, facts: str | None, told: str | None
) -> Act | None:
    """None for a step of a case that decided nothing, such as its result being handed over."""
    known, content = EntryKind(kind), dict(zip(_PARTS, json.loads(parts or "[]"), strict=True))
    if not facts or not content["result"]:
        return None
    payload = upcast(known, {**content, "facts": json.loads(facts)})
    act = ActRecorded.from_payload(payload)
    card = Card.from_payload(payload["card"]) if payload["card"] else None
    return Act(
        seq, datetime.fromisoformat(time), known, uuid or "", card.number if card else "", card.clerk if card else "",
        act.result.kind if act.result else None,
        act.applicant, person_of(act.applicant), act.facts, told or "",
    )  # fmt: skip


@lru_cache(maxsize=512)
def _parsed(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    return found
