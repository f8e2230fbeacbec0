"""档案列表：每一份出具的文书一行，记着作废与补打."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.view import View, differs


class ArchiveView(View):
    """The rows of the archive. An erased slip has none, but its number still counts as given out."""

    kinds = frozenset((EntryKind.SLIP_ISSUED, EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED))
    models = (tables.Archive,)

    def __init__(self) -> None:
        self._rows: dict[int, ArchiveRow] = {}
        self._seqs: dict[str, int] = {}

    def write(self, handle: Any, entry: Entry) -> None:
        """Adds a slip just issued, or marks one that was voided or printed again."""
        if entry.kind is EntryKind.SLIP_ISSUED:
            tables.insert_rows(handle, tables.Archive, [to_columns(row_of(entry))])
            return
        row = tables.Archive
        change = {row.void_seq: entry.seq} if entry.kind is EntryKind.SLIP_VOIDED else {row.reprints: row.reprints + 1}
        row.update(change).where(row.number == entry.payload["number"]).execute(handle)

    def add(self, handle: Any, entry: Entry) -> Iterator[str]:
        """As `write`; says where a number is given out twice, or is not there to be voided or printed again."""
        if entry.kind is EntryKind.SLIP_ISSUED:
            number = entry.payload["card"]["number"]
            if number in self._seqs:
                yield f"第 {entry.seq} 条记录的编号重复：{number}。"
            self._seqs[number] = entry.seq
            if not entry.erased:
                self._rows[entry.seq] = row_of(entry)
        elif not entry.erased:
            yield from self._change(entry)

    def _change(self, entry: Entry) -> Iterator[str]:
        seq = self._seqs.get(entry.payload["number"])
        if seq is None:
            yield f"第 {entry.seq} 条记录说的文书不在台账里：{entry.payload['number']}。"
        elif row := self._rows.get(seq):
            voided = entry.kind is EntryKind.SLIP_VOIDED
            self._rows[seq] = replace(row, void_seq=entry.seq) if voided else replace(row, reprints=row.reprints + 1)

    def store(self, handle: Any) -> None:
        """Writes every row."""
        tables.insert_rows(handle, tables.Archive, map(to_columns, self._rows.values()))

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence where any row is another."""
        if differs(handle, tables.Archive, map(to_columns, self._rows.values())):
            yield "档案列表与台账不符。"


def row_of(entry: Entry) -> ArchiveRow:
    """The archive row of a slip just issued."""
    card = Card.from_payload(entry.payload["card"])
    return ArchiveRow(
        seq=entry.seq, number=card.number, kind=card.kind, applicant=card.applicant, other_names=card.other_names,
        item=card.item, item_name=card.item_name, issued_at=entry.time, day=card.day, clerk=card.clerk,
        phone_tail=card.phone_tail, id_tail=card.id_tail, channel=card.channel, qr=card.qr,
        check_code=entry.check_code,
    )  # fmt: skip


def to_columns(row: ArchiveRow) -> tuple[Any, ...]:
    """An archive row as it is stored."""
    return (
        row.seq, row.number, row.kind, row.applicant, json.dumps(row.other_names, ensure_ascii=False), row.item, row.item_name,
        row.issued_at.isoformat(), row.day, row.clerk, row.phone_tail, row.id_tail, row.channel, row.qr,
        row.check_code, row.void_seq, row.reprints,
    )  # fmt: skip


def from_columns(columns: tuple[Any, ...]) -> ArchiveRow:
    """The archive row that `to_columns` stored. Raises ValueError or TypeError for what it never stores."""
    seq, number, kind, applicant, others, item, item_name, issued_at, *rest = columns
    names, time = tuple(json.loads(others)), datetime.fromisoformat(issued_at)
    return ArchiveRow(seq, number, kind, applicant, names, item, item_name, time, *rest)


def is_taken(handle: Any, number: str) -> bool:
    """Whether a slip has this number."""
    return bool(tables.fetch(handle, tables.Archive.select(tables.Archive.seq).where(tables.Archive.number == number)))


def stored_row(handle: Any, number: str) -> ArchiveRow:
    """The archive row of a number. An unknown number is refused."""
    rows = tables.fetch(handle, tables.Archive.select().where(tables.Archive.number == number))
    if not rows:
        raise Refusal("number-unknown", f"档案里没有编号 {number}。", "请核对编号，或在档案页按姓名查找。")
    return from_columns(rows[0])
