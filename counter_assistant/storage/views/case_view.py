"""办件一览：每一件一行，由台账的记录折出.

A row of `case_row` holds a folded case as JSON, beside the columns by which the lists of 办件 find it. `acts_of` reads what
an entry means for a case; entries from before cases existed are cases of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Any

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import Clock, PauseReason
from counter_assistant.domain.cases.acts import Act, Moved, StepTaken, Visit, Voided, Withdrawn
from counter_assistant.domain.cases.case import Case, Step
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.cases.record import from_payload, to_payload
from counter_assistant.domain.cases.withdrawal import take_back
from counter_assistant.domain.entry import ACTS, UNNAMED_CASE, Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import TAIL
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content import pinyin
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.views.view import View, differs

FAR = "9999-12-31"
"""Sorts a case without a day after all that have one."""


class CaseView(View):
    """Every case, folded from the acts that its entries are."""

    rules = "cases-3"
    kinds = ACTS | {EntryKind.CALENDAR, EntryKind.SLIP_VOIDED, EntryKind.STEP_WITHDRAWN}
    models = (tables.CaseRow,)

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._case_of_number: dict[str, str] = {}
        self._erased: set[str] = set()

    def write(self, handle: Any, entry: Entry) -> None:
        """Folds an entry just appended into its case. Raises Refusal for one that contradicts it."""
        numbers = _case_voided_in(handle, entry) if entry.kind is EntryKind.SLIP_VOIDED else {}
        for act in acts_of(entry, numbers):
            case = load(handle, act.case)
            if case is not None or not isinstance(act, Voided):  # a slip of before cases existed is voided all the same
                store(handle, [folded(handle, case, act)])

    def add(self, handle: Any, entry: Entry) -> Iterator[str]:
        """Folds an entry into its case; says where it contradicts it, and leaves the case as it was."""
        if entry.erased and entry.uuid:
            self._erased.add(entry.uuid)
        for act in acts_of(entry, self._case_of_number):
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


def _case_voided_in(handle: Any, entry: Entry) -> dict[str, str]:
    """The number that an entry voids and the case of its slip; empty where that slip is erased."""
    number, row = entry.payload["number"], tables.Archive
    issued = entries.select(handle, tables.Entry.seq.in_(row.select(row.seq).where(row.number == number)))
    return {number: case_of(issued[0])} if issued and not issued[0].erased else {}


def acts_of(entry: Entry, case_of_number: Mapping[str, str]) -> list[Act | Withdrawn]:
    """What an entry means for cases. `case_of_number` leads from a slip's number to its case, for voids."""
    if entry.erased:
        return []
    if entry.kind is EntryKind.CALENDAR:
        return [_moved(entry, row) for row in entry.payload.get("moved", ())]
    if entry.kind is EntryKind.SLIP_VOIDED:
        number = entry.payload["number"]
        return [_voided(entry, case_of_number[number])] if number in case_of_number else []
    if entry.kind is EntryKind.STEP_WITHDRAWN:
        return [_withdrawn(entry)]
    if entry.kind in ACTS and "step" in entry.payload:
        return [_step(entry)]
    return [_visit(entry)] if entry.kind in ACTS and _is_whole(entry.payload) else []


def _is_whole(payload: dict[str, Any]) -> bool:
    """Whether an entry says what a case is folded from."""
    return {"facts", "result", "applicant"} <= payload.keys() and "row" in payload["facts"]


def case_of(entry: Entry) -> str:
    """The case that an act at the window belongs to."""
    return str(entry.payload.get("facts", {}).get("case") or entry.uuid or f"{UNNAMED_CASE}{entry.seq}")


def _visit(entry: Entry) -> Visit:
    facts, result, applicant = entry.payload["facts"], entry.payload["result"], entry.payload["applicant"]
    card, details = entry.payload.get("card", {}), facts.get("details", {})
    return Visit(
        case=case_of(entry), on=entry.time.date(), clerk=facts["clerk"], rule=Rule(facts["row"]),
        kind=SlipKind(result["kind"]) if result["kind"] else None, number=card.get("number", ""),
        oral=entry.kind is EntryKind.ORAL_NOTICE, due=_day(result["due"]), provisional=result["provisional"],
        clocks={name: Clock.from_payload(clock) for name, clock in facts.get("clocks", {}).items()},
        item=facts["item"], item_name=facts.get("item_name") or card.get("item_name", ""),
        applicant=applicant["name"], phone_tail=applicant["phone"][-TAIL:], id_tail=applicant["id_number"][-TAIL:],
        stated="due" in details, owner=details.get("owner", ""), verify=details.get("verify", ""), seq=entry.seq,
        recorded=entry.time,
    )  # fmt: skip


def _step(entry: Entry) -> StepTaken:
    payload = entry.payload
    reason = payload.get("reason")
    return StepTaken(
        payload["case"], Step(payload["step"]), date.fromisoformat(payload["on"]), payload["clerk"],
        payload.get("note", ""), _day(payload.get("due")), payload.get("provisional", False),
        PauseReason(reason) if reason else None, payload.get("owner", ""), _day(payload.get("follow_up")),
        payload.get("told_at", ""), payload.get("spoken_to", ""), seq=entry.seq, recorded=entry.time,
    )  # fmt: skip


def _moved(entry: Entry, row: dict[str, Any]) -> Moved:
    return Moved(
        row["case"], entry.time.date(), date.fromisoformat(row["new"]), row["provisional"],
        entry.payload.get("clerk", ""), seq=entry.seq, recorded=entry.time,
    )  # fmt: skip


def _voided(entry: Entry, case: str) -> Voided:
    number, clerk = entry.payload["number"], entry.payload["clerk"]
    return Voided(case, entry.time.date(), number, clerk, seq=entry.seq, recorded=entry.time)


def _withdrawn(entry: Entry) -> Withdrawn:
    payload = entry.payload
    return Withdrawn(
        payload["case"], entry.time.date(), payload["clerk"], payload["withdrawn"], payload["reason"],
        seq=entry.seq, recorded=entry.time,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def columns(case: Case) -> tuple[Any, ...]:
    """A case as it is stored, in the order of the table's columns."""
    due = case.due.isoformat() if case.due else FAR
    look_at = case.look_at.isoformat() if case.look_at else FAR
    body = json.dumps(to_payload(case), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (case.id, case.stage.value, int(case.open), due, look_at, case.handler, words_of(case), body)


def words_of(case: Case) -> str:
    """What a case is found by: name, initials, item, numbers of its papers, tails; never a whole number of a person."""
    parts = [
        case.applicant,
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
    """The case after one more act of the book. A step that is taken back is left out of what is read again of the rest."""
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
    acts = (act for entry in found for act in acts_of(entry, numbers) if act.case == case.id)
    return [act for act in acts if not isinstance(act, Withdrawn)]
