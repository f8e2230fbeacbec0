"""办件一览：每一件一行，由台账的记录折出.

A row of `case_row` holds a folded case as JSON, beside the columns by which the lists of 办件 find it. What an entry
means for a case is read by domain/cases/entry_acts.py.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice, product
from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.cases.acts import Act, Visit, Voided, Withdrawn
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.cases.entry_acts import acts_of, case_of
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.cases.record import from_payload, to_payload
from counter_assistant.domain.cases.sealed_away import is_sealed_away
from counter_assistant.domain.cases.withdrawal import take_back
from counter_assistant.domain.entry import ACTS, UNNAMED_CASE, Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.recent_cases import RecentCases
from counter_assistant.storage.views.view import View

_PACKED = 16
"""So many cases are packed together: fewer take more room, and more take longer to be read again."""

FAR = "9999-12-31"
"""Sorts a case without a day after all that have one."""

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))  # made once, as for the archive


class CaseView(View):
    """Every case, folded from the acts that its entries are."""

    rules = "cases-4"
    kinds = ACTS | {EntryKind.CALENDAR, EntryKind.SLIP_VOIDED, EntryKind.STEP_WITHDRAWN}
    models = MappingProxyType({tables.CaseRow: "办件一览与台账不符。"})

    def __init__(self) -> None:
        self._recent: RecentCases | None = None
        self._left: dict[str, tuple[bytes, int]] = {}
        self._erased: set[str] = set()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Folds an entry just appended into its case. Raises Refusal for one that contradicts it."""
        numbers = _case_of_number(handle, content.number) if isinstance(content, SlipVoided) else {}
        for act in acts_of(entry, content, numbers):
            case = None if _begins(entry, act) else load(handle, act.case)
            if case is not None or not isinstance(act, Voided):  # a slip of before cases existed is voided all the same
                store(handle, [folded(handle, case, act)])

    def replay(self, handle: Any, entry: Entry, content: Any) -> None:
        """As `write`, with the cases of late at hand; what contradicts a case leaves it as it was."""
        if self._recent is None:
            self._recent = RecentCases(partial(load, handle), partial(store, handle))
        numbers = _case_of_number(handle, content.number) if isinstance(content, SlipVoided) else {}
        for act in acts_of(entry, content, numbers):
            with suppress(Refusal):
                self._recent.put(folded(handle, self._recent.get(act.case), act))

    def settle(self, handle: Any, expected: Expected | None = None) -> None:
        """Stores, or counts in, the cases that are still at hand."""
        if self._recent is not None:
            self._recent.leave_all()

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> Iterator[str]:
        """Folds an entry into its case; says where it contradicts it, and leaves the case as it was."""
        recent = self._recent = self._recent or RecentCases(
            partial(self._again, expected=expected), partial(self._leave, expected=expected)
        )
        if entry.erased or (entry.kind in ACTS and is_sealed_away(content)):
            self._erased.add(entry.uuid or f"{UNNAMED_CASE}{entry.seq}")
        numbers = _case_of_slip(handle, expected, content.number) if isinstance(content, SlipVoided) else {}
        for act in acts_of(entry, content, numbers):
            case = recent.get(act.case)
            if case is None and (isinstance(act, Voided) or (act.case in self._erased and not isinstance(act, Visit))):
                continue  # of a slip of before cases existed, or of a case whose beginning is no longer kept
            try:
                recent.put(folded(handle, case, act))
            except Refusal as refusal:
                yield f"第 {entry.seq} 条记录与办件不符：{refusal.sentence}"

    def _leave(self, cases: Iterable[Case], expected: Expected) -> None:
        """Counts in what is stored of cases, and keeps of each as little as it can be read again from: its place in a few that are
        packed together."""
        rows = map(columns, cases)
        while some := list(islice(rows, _PACKED)):
            packed = zlib.compress("\n".join(row[-1] for row in some).encode(), 1)
            for place, row in enumerate(some):
                expected.add(tables.CaseRow, row)
                self._left[row[0]] = packed, place

    def _again(self, case_id: str, expected: Expected) -> Case | None:
        kept = self._left.pop(case_id, None)
        if kept is None:
            return None
        packed, place = kept
        case = read(zlib.decompress(packed).decode().split("\n")[place])
        expected.add(tables.CaseRow, columns(case), -1)
        return case


def _case_of_slip(handle: Any, expected: Expected, number: str) -> dict[str, str]:
    seq = expected.slip(number)
    return _case_of(number, [] if seq is None else entries.select(handle, tables.Entry.seq == seq))


def _case_of_number(handle: Any, number: str) -> dict[str, str]:
    """A slip's number and its case; empty where the slip is erased."""
    row = tables.Archive
    return _case_of(
        number, entries.select(handle, tables.Entry.seq.in_(row.select(row.seq).where(row.number == number)))
    )


def _case_of(number: str, issued: list[Entry]) -> dict[str, str]:
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
        *name_words(case.applicant),
        case.item,
        case.item_name,
        *case.papers,
        case.phone_tail,
        case.id_tail,
    ]
    return " ".join(part for part in parts if part).lower()


def name_words(name: str) -> list[str]:
    """What somebody is found by: the name as it stands, as names are compared, and its initials."""
    return [*dict.fromkeys((name.lower(), search_key(name))), *_initials(name.lower())]


def _initials(name: str) -> list[str]:
    """The ways in which a name's initials may be typed: 岩罕 reads yh and ah. Names of many readings keep the first."""
    letters = [pinyin.initials(character) or "" for character in name]
    ways = ["".join(way) for way in islice(product(*(each or ("",) for each in letters)), _WAYS)]
    return sorted({way for way in ways if way})


_WAYS = 8


def read(body: str) -> Case:
    """The case of a stored row."""
    return from_payload(json.loads(body))


_BODY = 'SELECT "body" FROM "case_row" WHERE "id" = {}'
"""Written out, because every act asks this."""


def _begins(entry: Entry, act: Act | Withdrawn) -> bool:
    """Whether an entry just appended begins the case of its act: such a case has the name of the entry, and nobody knew it before."""
    return isinstance(act, Visit) and act.case == entry.uuid and not act.case.startswith(UNNAMED_CASE)


def load(handle: Any, case_id: str) -> Case | None:
    """The case of that id."""
    rows = handle.execute_sql(_BODY.format(handle.param), (case_id,)).fetchall()
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
