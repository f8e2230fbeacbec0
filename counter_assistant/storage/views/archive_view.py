"""档案列表：每一份出具的文书一行，记着作废与补打."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Card, SlipErased, SlipReprinted, SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.expected import Expected, Sums
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.view import View

_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: a rebuild writes every slip's names


class ArchiveView(View):
    """The rows of the archive. An erased slip has none, but its number still counts as given out."""

    kinds = frozenset((EntryKind.SLIP_ISSUED, EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED))
    models = MappingProxyType({tables.Archive: "档案列表与台账不符。"})

    def __init__(self) -> None:
        self._voided: dict[int, int] = {}
        self._erased: set[int] = set()

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

    def replay(self, handle: Any, entry: Entry, content: Any) -> None:
        """As `write`; of a number that was given out twice the first slip stays."""
        if isinstance(content, SlipIssued):
            tables.insert_missing(handle, tables.Archive, [to_columns(row_of(entry, content.registered.card))])
        else:
            self.write(handle, entry, content)

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> Iterator[str]:
        """Says where a number is given out twice, or is not there to be voided or printed again.

        Of a row, what becomes of it later is counted apart, as `add_stored` does with a stored one.
        """
        match content:
            case SlipIssued() | SlipErased():
                number = content.registered.number if isinstance(content, SlipIssued) else content.number
                if not expected.give_out(number, entry.seq):
                    yield f"第 {entry.seq} 条记录的编号重复：{number}。"
                if isinstance(content, SlipIssued):
                    expected.add(tables.Archive, to_columns(row_of(entry, content.registered.card)))
                else:
                    self._erased.add(entry.seq)
            case SlipVoided(number=number) | SlipReprinted(number=number):
                seq = expected.slip(number)
                if seq is None:
                    yield f"第 {entry.seq} 条记录说的文书不在台账里：{number}。"
                elif seq not in self._erased:
                    self._become(seq, entry, content, expected)

    def _become(self, seq: int, entry: Entry, content: Any, expected: Expected) -> None:
        if isinstance(content, SlipReprinted):
            expected.add(tables.Archive, (seq, "reprinted"))
            return
        if seq in self._voided:
            expected.add(tables.Archive, (seq, "void", self._voided[seq]), -1)
        expected.add(tables.Archive, (seq, "void", entry.seq))
        self._voided[seq] = entry.seq


def add_stored(sums: Sums, row: tuple[Any, ...]) -> None:
    """Counts a stored row of the archive in: the slip as it was issued, that it is void, and how often it was printed again."""
    *issued, void_seq, reprints = row
    sums.add(tables.Archive, (*issued, None, 0))
    if void_seq is not None:
        sums.add(tables.Archive, (row[0], "void", void_seq))
    if reprints:
        sums.add(tables.Archive, (row[0], "reprinted"), reprints)


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
        row.seq, row.number, row.kind, row.applicant, _JSON.encode(row.other_names) if row.other_names else "[]", row.item, row.item_name,
        row.issued_at.isoformat(), row.day, row.clerk, row.phone_tail, row.id_tail, row.channel, row.qr,
        row.check_code, row.void_seq, row.reprints,
    )  # fmt: skip


def from_columns(columns: tuple[Any, ...]) -> ArchiveRow:
    """The archive row that `to_columns` stored. Raises ValueError or TypeError for what it never stores."""
    seq, number, kind, applicant, others, item, item_name, issued_at, *rest = columns
    names, time = () if others == "[]" else tuple(json.loads(others)), datetime.fromisoformat(issued_at)
    return ArchiveRow(seq, number, kind, applicant, names, item, item_name, time, *rest)


def is_taken(handle: Any, number: str) -> bool:
    """Whether a slip has this number."""
    return bool(handle.execute_sql(_TAKEN.format(handle.param), (number,)).fetchall())


_TAKEN = 'SELECT 1 FROM "archive" WHERE "number" = {}'


def stored_row(handle: Any, number: str) -> ArchiveRow:
    """The archive row of a number.

    Raises:
        Refusal: `number-unknown`.
    """
    rows = tables.fetch(handle, tables.Archive.select().where(tables.Archive.number == number))
    if not rows:
        raise Refusal("number-unknown", f"档案里没有编号 {number}。", "请核对编号，或在档案页按姓名查找。")
    return from_columns(rows[0])
