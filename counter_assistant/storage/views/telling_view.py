"""告知与办结一览：每一次告知、受理、退回一行，月度情况由它数出来（docs/decisions/0019-a-months-figures.md）.

A row says which matter an act belongs to and, by a digest, what it told; no name, number or text of it. A slip that is void
or erased has none.
"""

from __future__ import annotations

import json
import marshal
from array import array
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import ActRecorded, act_in
from counter_assistant.domain.entry import ACTS, Entry, EntryKind, PayloadErased
from counter_assistant.domain.notification.tellings import Telling, ends, tells
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.people.matching import person_of
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.people import PeopleTerms, people_terms
from counter_assistant.storage.views.view import View, erased_seq

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))  # made once, as for the archive


class TellingView(View):
    """A `Telling` for every act that tells or ends a matter and whose slip is not void."""

    rules = "tellings 1"
    kinds = ACTS | {EntryKind.BOOK_OPENED, EntryKind.SLIP_VOIDED, EntryKind.PAYLOAD_ERASED}
    models = MappingProxyType({tables.Telling: "告知与办结一览与台账不符。"})

    def __init__(self) -> None:
        self._terms = PeopleTerms()
        self._of_slip = array("q")
        """Of each slip the hash of its row, which goes when it is voided; 0 where it has none."""
        self._late: dict[str, int] = {}
        """The numbers of the entries of the last acts, by their uuid."""

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Adds an act that tells or ends a matter, or drops one whose slip was voided; one that whole numbers leave is no longer
        known by them."""
        if isinstance(content, PayloadErased):
            row = tables.Telling
            change = row.update(number="", named="") if content.of else row.delete()
            change.where(row.seq == erased_seq(entry)).execute(handle)
        elif isinstance(content, SlipVoided):
            slip = tables.Archive
            voided = slip.select(slip.seq).where(slip.number == content.number)
            tables.Telling.delete().where(tables.Telling.seq.in_(voided)).execute(handle)
        elif (act := act_in(content)) and _counts(entry, act):
            if not self._terms.key:
                self._terms = people_terms(handle, self.secret)
            digest = _content(act, lambda said: self._terms.digest(_JSON.encode(said)))
            made = _telling(entry, act, _began(handle, entry, act), self._terms, digest)
            tables.insert_rows(handle, tables.Telling, [made])

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> tuple[str, ...]:
        """As `write`; the first entry of a plain book gives the key of the terms."""
        if entry.kind is EntryKind.BOOK_OPENED:
            self._terms = PeopleTerms(self.secret or entry.hash)
        elif isinstance(content, SlipVoided):
            seq = expected.slip(content.number)
            if seq is not None and seq < len(self._of_slip):
                expected.take(tables.Telling, (seq,), self._of_slip[seq])
                self._of_slip[seq] = 0
        elif (act := act_in(content)) and _counts(entry, act):
            began = self._late.get(act.facts.case) or _began(handle, entry, act)
            digest = _content(act, lambda said: _digest(self._terms, marshal.dumps(said, 0)))
            row = expected.add(tables.Telling, _telling(entry, act, began, self._terms, digest))
            if entry.kind is EntryKind.SLIP_ISSUED:
                self._of_slip.extend([0] * (entry.seq + 1 - len(self._of_slip)))
                self._of_slip[entry.seq] = row
        if entry.kind in ACTS and entry.uuid:
            self._note(entry.uuid, entry.seq)
        return ()

    def _note(self, uuid: str, seq: int) -> None:
        self._late[uuid] = seq
        if len(self._late) > _LATE:
            self._late = dict(islice(self._late.items(), _LATE // 2, None))


def _counts(entry: Entry, act: ActRecorded) -> bool:
    """The earliest acts hold no result, and so say neither what they told nor that anything ended."""
    if act.result is None:
        return False
    return tells(entry.kind, act.result.kind) or ends(entry.kind, act.result.kind, act.facts.rule)


_BEGAN = 'SELECT "seq", "kind" FROM "entry" WHERE "uuid" = {} AND "seq" < {}'
"""Written out, because a rebuild asks it of every act that goes on with a case."""


def _began(handle: Any, entry: Entry, act: ActRecorded) -> int:
    """The number of the entry with which a case began; its own where there is no other."""
    case = act.facts.case
    if case in ("", entry.uuid):
        return entry.seq
    found = handle.execute_sql(_BEGAN.format(handle.param, handle.param), (case, entry.seq)).fetchall()
    return int(found[0][0]) if found and found[0][1] in ACTS else entry.seq


_LATE = 4000
"""So many acts are known by their uuid without asking the book: most that go on with a case do so soon."""


def _telling(entry: Entry, act: ActRecorded, began: int, terms: PeopleTerms, content: str) -> Telling:
    person, facts, who = person_of(act.applicant), act.facts, act.applicant
    return Telling(
        seq=entry.seq, recorded=entry.time.date().isoformat(), day=facts.day.isoformat(), item=facts.item, clerk=facts.clerk,
        ends=int(ends(entry.kind, act.result.kind if act.result else None, facts.rule)), began=began,
        number=terms.number(who.id_number) if person.id_number else "",
        named=terms.name_and_phone(who.name, who.phone) if person.name and person.phone else "",
        content=content,
    )  # fmt: skip


def _content(act: ActRecorded, digest: Callable[[list[Any]], str]) -> str:
    """Everything from which a difference may follow (domain/notification/comparison.py) but the day. What was wrong with
    materials is no difference, and what a clerk typed about them is not read."""
    facts = act.facts
    return "" if facts.told is None else digest([facts.item, facts.catalogue, facts.answers, facts.told])


@lru_cache(maxsize=2000)
def _digest(terms: PeopleTerms, said: bytes) -> str:
    """The digest of what an entry said, marshalled as it was read: thousands of entries tell the same, and to write it out takes longer than
    all else that is asked of it."""
    return terms.digest(_JSON.encode(marshal.loads(said)))
