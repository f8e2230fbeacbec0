"""登记簿一览：每一条登记一行，由台账的记录推得；首问、咨询、转办、备案从经办自己来.

A row says how its entry stands by itself. What waits for a case is looked up beside the case (register_lines.py), so that no
step of a case writes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.arising import CLOSED, begins, register_rows
from counter_assistant.domain.cases.sealed_away import is_sealed_away
from counter_assistant.domain.entry import ACTS, Entry, EntryKind, PayloadErased
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import RegisterRow
from counter_assistant.domain.registers.settling import Settling, Standing, State
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.case_view import name_words
from counter_assistant.storage.views.view import View, erased_seq

TYPED = frozenset(
    (
        EntryKind.OPINION, EntryKind.BOX_OPENED, EntryKind.MISUNDERSTANDING, EntryKind.OVERTIME, EntryKind.ABSENCE,
        EntryKind.REPORTED_UPWARD, EntryKind.RATING, EntryKind.HANDOVER,
    )
)  # fmt: skip


class RegisterView(View):
    """Every line of the registers of the code."""

    rules = "registers 1"
    kinds = (
        ACTS
        | TYPED
        | {
            EntryKind.REGISTER_ANSWERED,
            EntryKind.RESULT_FILED,
            EntryKind.RATING_SETTLED,
            EntryKind.REGISTER_WITHDRAWN,
            EntryKind.HANDED_BACK,
            EntryKind.PAYLOAD_ERASED,
        }
    )
    models = MappingProxyType({tables.RegisterRow: "登记簿与台账不符。"})

    def __init__(self) -> None:
        self._standings: dict[int, Standing] = {}

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Adds the rows of an entry just appended, or what came of an earlier one. Raises Refusal for one that contradicts it."""
        if isinstance(content, Settling):
            earlier = _entry(handle, content.of)
            now = _after(earlier, stored_standing(handle, content.of), content, entry.seq)
            tables.replace_rows(handle, tables.RegisterRow, _rows(earlier, now))
        elif isinstance(content, PayloadErased):
            if content.of is None:
                tables.RegisterRow.delete().where(tables.RegisterRow.seq == erased_seq(entry)).execute(handle)
        elif rows := _rows(entry, None, content):
            tables.insert_rows(handle, tables.RegisterRow, rows)

    def replay(self, handle: Any, entry: Entry, content: Any) -> None:
        """As `write`; what contradicts an earlier entry leaves that as it was."""
        with suppress(Refusal):
            self.write(handle, entry, content)

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> Iterator[str]:
        """As `write`. Of what has come of entries, how they stand is kept; all else is read again."""
        if not isinstance(content, Settling):
            for row in _rows(entry, None, content) if not isinstance(content, PayloadErased) else ():
                expected.add(tables.RegisterRow, row)
            return
        earlier = _entry(handle, content.of, before=entry.seq)
        if earlier is not None and (earlier.erased or (earlier.kind in ACTS and is_sealed_away(content_of(earlier)))):
            return
        before = self._standings.get(content.of) or (begins(_said(earlier)) if earlier else None)
        try:
            now = _after(earlier, before, content, entry.seq)
        except Refusal as refusal:
            yield f"第 {entry.seq} 条记录与登记簿不符：{refusal.sentence}"
            return
        for row in _rows(earlier, before):
            expected.add(tables.RegisterRow, row, -1)
        for row in _rows(earlier, now):
            expected.add(tables.RegisterRow, row)
        self._standings[content.of] = now


def stored_standing(handle: Any, seq: int) -> Standing | None:
    """How an entry of a register stands; None where nothing can come of it."""
    row = tables.RegisterRow
    kinds = [kind.value for kind in RegisterKind if kind is not RegisterKind.FIRST_CONTACT]
    query = row.select(row.state, row.settled).where(row.kind.in_(kinds), row.seq == seq, row.stage.in_(("", CLOSED)))
    found = tables.fetch(handle, query)
    return Standing(State(found[0][0]), found[0][1]) if found else None


def by_hand(entry: Entry, content: Any) -> bool:
    """Whether an entry was typed into a register, and did not arise from a visit."""
    return entry.kind in TYPED or isinstance(content, CallNoted)


def _after(earlier: Entry | None, before: Standing | None, said: Settling, seq: int) -> Standing:
    if earlier is None or before is None:
        raise Refusal("register-unknown", f"登记簿里没有第 {said.of} 条。", "请在登记页选一条。")
    return before.after(said, seq, by_hand=by_hand(earlier, content_of(earlier)))


def _entry(handle: Any, seq: int, before: int = 0) -> Entry | None:
    """The entry of a number, which must lie before another."""
    found = entries.select(handle, tables.Entry.seq == seq) if not before or seq < before else []
    return found[0] if found else None


def _said(entry: Entry | None, content: Any = None) -> tuple[RegisterRow, ...]:
    if entry is None:
        return ()
    return register_rows(entry, content_of(entry) if content is None else content)


def _rows(entry: Entry | None, now: Standing | None, content: Any = None) -> list[tuple[Any, ...]]:
    """The rows of an entry as they are stored, in the order of the table's columns."""
    rows = _said(entry, content)
    if now is not None:
        rows = tuple(row.standing(now) for row in rows)
    return [_stored(entry, row) for row in rows] if entry else []


def _stored(entry: Entry, row: RegisterRow) -> tuple[Any, ...]:
    due = row.due.isoformat() if row.due else ""
    return (
        row.kind.value, entry.seq, entry.time.isoformat(), row.clerk, row.state.value, row.settled, row.stage, row.case,
        due, row.line, _words(row),
    )  # fmt: skip


def _words(row: RegisterRow) -> str:
    """What a row is found by beside its line; never a whole number of a person."""
    words = [word for name in row.names for word in name_words(name)]
    return " ".join(word for word in dict.fromkeys((*words, *row.marks, row.line)) if word).lower()
