"""办件一览：每一件一行，由台账的记录折出.

A row of `case_row` holds a folded case as JSON, beside the columns by which the lists of 办件 find it. What an entry
means for a case is read by domain/cases/entry_acts.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.cases.acts import Act, Visit, Voided, Withdrawn
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.cases.entry_acts import acts_of, case_of
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.cases.record import from_payload, to_payload
from counter_assistant.domain.cases.withdrawal import take_back
from counter_assistant.domain.entry import ACTS, Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.storage.content import pinyin
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.view import View, differs

FAR = "9999-12-31"
"""Sorts a case without a day after all that have one."""

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))  # made once, as for the archive


class CaseView(View):
    """Every case, folded from the acts that its entries are."""

    rules = "cases-4"
    kinds = ACTS | {EntryKind.CALENDAR, EntryKind.SLIP_VOIDED, EntryKind.STEP_WITHDRAWN}
    models = (tables.CaseRow,)

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._case_of_number: dict[str, str] = {}
        self._erased: set[str] = set()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Folds an entry just appended into its case. Raises Refusal for one that contradicts it."""
        numbers = _case_of_number(handle, content.number) if isinstance(content, SlipVoided) else {}
        for act in acts_of(entry, content, numbers):
            case = load(handle, act.case)
            if case is not None or not isinstance(act, Voided):  # a slip of before cases existed is voided all the same
                store(handle, [folded(handle, case, act)])

    def add(self, handle: Any, entry: Entry, content: Any) -> Iterator[str]:
        """Folds an entry into its case; says where it contradicts it, and leaves the case as it was."""
        if entry.erased and entry.uuid:
            self._erased.add(entry.uuid)
        for act in acts_of(entry, content, self._case_of_number):
            if act.case not in self._cases and act.case in self._erased and not isinstance(act, Visit):
                continue  # what became of a case whose beginning is no longer kept
            try:
                case = folded(handle, self._cases.get(act.case), act)
            except Refusal as refusal:
                yield f"第 {entry.seq} 条记录与办件不符：{refusal.sentence}"
            else:
                self._cases[act.case] = case
                self._case_of_number.update(dict.fromkeys(case.papers, case.id))

    def store(self, handle: Any) -> None:
        """Writes every case."""
        store(handle, self._cases.values())

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence where any case is another."""
        if differs(handle, tables.CaseRow, (columns(case) for _, case in sorted(self._cases.items()))):
            yield "办件一览与台账不符。"


def _case_of_number(handle: Any, number: str) -> dict[str, str]:
    """A slip's number and its case; empty where the slip is erased."""
    row = tables.Archive
    issued = entries.select(handle, tables.Entry.seq.in_(row.select(row.seq).where(row.number == number)))
    if not issued or issued[0].erased:
        return {}
    return {number: case_of(issued[0], act_in(content_of(issued[0])))}


def columns(case: Case) -> tuple[Any, ...]:
    """A case as it is stored, in the order of the table's columns."""
    due = case.due.isoformat() if case.due else FAR
    look_at = case.look_at.isoformat() if case.look_at else FAR
    body = _JSON.encode(to_payload(case))
    return (case.id, case.stage.value, int(case.open), due, look_at, case.handler, words_of(case), body)


def words_of(case: Case) -> str:
    """What a case is found by: name, initials, item, numbers of its papers, tails; never a whole number of a person."""
    parts = [
        *dict.fromkeys((case.applicant.lower(), search_key(case.applicant))),
        *_initials(case.applicant.lower()),
        case.item,
        case.item_name,
        *case.papers,
        case.phone_tail,
        case.id_tail,
    ]
    return " ".join(part for part in parts if part).lower()


def _initials(name: str) -> list[str]:
    """The ways in which a name's initials may be typed: 岩罕 reads yh and ah. Names of many readings keep the first."""
    letters = [pinyin.initials(character) or "" for character in name]
    ways = ["".join(way) for way in islice(product(*(each or ("",) for each in letters)), _WAYS)]
    return sorted({way for way in ways if way})


_WAYS = 8


def read(body: str) -> Case:
    """The case of a stored row."""
    return from_payload(json.loads(body))


def load(handle: Any, case_id: str) -> Case | None:
    """The case of that id."""
    rows = tables.fetch(handle, tables.CaseRow.select(tables.CaseRow.body).where(tables.CaseRow.id == case_id))
    return read(rows[0][0]) if rows else None


def store(handle: Any, cases: Iterable[Case]) -> None:
    """Writes cases over what was stored of them."""
    tables.replace_rows(handle, tables.CaseRow, map(columns, cases))


def folded(handle: Any, case: Case | None, act: Act | Withdrawn) -> Case:
    """The case after one more act of the book. A step that is taken back is left out of what is read again of the rest.

    Raises:
        Refusal: `case-unknown`.
    """
    if not isinstance(act, Withdrawn):
        return fold(case, act)
    if case is None:
        raise Refusal("case-unknown", "没有这一件办件。", "请在办件页按姓名、编号查找。")
    return take_back(case, _acts_of_case(handle, case), act)


def _acts_of_case(handle: Any, case: Case) -> list[Act]:
    """Every act of a case, read from the entries that the lines of its history name."""
    places = [trace.seq for trace in case.history]
    found = entries.select(handle, tables.Entry.seq.in_(places), limit=len(places))
    numbers = dict.fromkeys(case.papers, case.id)
    acts = (act for entry in found for act in acts_of(entry, content_of(entry), numbers) if act.case == case.id)
    return [act for act in acts if not isinstance(act, Withdrawn)]
