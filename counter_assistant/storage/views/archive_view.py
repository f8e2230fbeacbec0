"""档案列表：每一份出具的文书一行，记着作废与补打."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Card, SlipErased, SlipReprinted, SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.view import View, differs

_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: a rebuild writes every slip's names


class ArchiveView(View):
    """The rows of the archive. An erased slip has none, but its number still counts as given out."""

    kinds = frozenset((EntryKind.SLIP_ISSUED, EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED))
    models = (tables.Archive,)

    def __init__(self) -> None:
        self._rows: dict[int, ArchiveRow] = {}
        self._seqs: dict[str, int] = {}

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Adds a slip just issued, or marks one that was voided or printed again."""
        row = tables.Archive
        match content:
            case SlipIssued(registered=registered):
                tables.insert_rows(handle, row, [to_columns(row_of(entry, registered.card))])
            case SlipVoided(number=number):
                row.update(void_seq=entry.seq).where(row.number == number).execute(handle)
            case SlipReprinted(number=number):
                row.update(reprints=row.reprints + 1).where(row.number == number).execute(handle)

    def add(self, handle: Any, entry: Entry, content: Any) -> Iterator[str]:
        """As `write`; says where a number is given out twice, or is not there to be voided or printed again."""
        match content:
            case SlipIssued(registered=registered):
                yield from self._given_out(entry, registered.card.number)
                self._rows[entry.seq] = row_of(entry, registered.card)
            case SlipErased(number=number):
                yield from self._given_out(entry, number)
            case SlipVoided(number=number) | SlipReprinted(number=number) if number not in self._seqs:
                yield f"第 {entry.seq} 条记录说的文书不在台账里：{number}。"
            case SlipVoided(number=number) if row := self._rows.get(self._seqs[number]):
                self._rows[row.seq] = replace(row, void_seq=entry.seq)
            case SlipReprinted(number=number) if row := self._rows.get(self._seqs[number]):
                self._rows[row.seq] = replace(row, reprints=row.reprints + 1)

    def _given_out(self, entry: Entry, number: str) -> Iterator[str]:
        if number in self._seqs:
            yield f"第 {entry.seq} 条记录的编号重复：{number}。"
        self._seqs[number] = entry.seq

    def store(self, handle: Any) -> None:
        """Writes every row."""
        tables.insert_rows(handle, tables.Archive, map(to_columns, self._rows.values()))

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence where any row is another."""
        if differs(handle, tables.Archive, map(to_columns, self._rows.values())):
            yield "档案列表与台账不符。"


def row_of(entry: Entry, card: Card) -> ArchiveRow:
    """The archive row of a slip just issued."""
    return ArchiveRow(
        seq=entry.seq, number=card.number, kind=card.kind, applicant=card.applicant, other_names=card.other_names,
        item=card.item, item_name=card.item_name, issued_at=entry.time, day=card.day, clerk=card.clerk,
        phone_tail=card.phone_tail, id_tail=card.id_tail, channel=card.channel, qr=card.qr,
        check_code=entry.check_code,
    )  # fmt: skip


def to_columns(row: ArchiveRow) -> tuple[Any, ...]:
    """An archive row as it is stored."""
    return (
        row.seq, row.number, row.kind, row.applicant, _JSON.encode(row.other_names), row.item, row.item_name,
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
    """The archive row of a number.

    Raises:
        Refusal: `number-unknown`.
    """
    rows = tables.fetch(handle, tables.Archive.select().where(tables.Archive.number == number))
    if not rows:
        raise Refusal("number-unknown", f"档案里没有编号 {number}。", "请核对编号，或在档案页按姓名查找。")
    return from_columns(rows[0])
