"""从台账得出的一切：编号、档案、检索词。随记录一起写入，也能整个重建.

A view is what folding the entries gives. `Views.add` folds one more entry; the same code writes a new entry's views,
rebuilds them all, and says what they should be when the book is checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from counter_assistant.domain.cases.acts import Visit
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content import pinyin
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import ArchiveRow, Card
from counter_assistant.storage.views import case_view, people, search_terms
from counter_assistant.storage.views.people import PeopleTerms

MARK = "views"
_BATCH = 5000


@dataclass(slots=True)
class Views:
    """What a run of entries gives. `faults` are sentences about entries that contradict each other.

    `people` are the terms under which the applicant of an entry is found again (people.py). `handle` is the database that the entries are read from: a step that is taken back sends back to those of its case.
    """

    handle: Any
    counters: dict[str, int] = field(default_factory=dict)
    archive: dict[int, ArchiveRow] = field(default_factory=dict)
    people: dict[int, tuple[str, ...]] = field(default_factory=dict)
    labels: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    case_of_number: dict[str, str] = field(default_factory=dict)
    erased_cases: set[str] = field(default_factory=set)
    people_terms: PeopleTerms = field(default_factory=PeopleTerms)

    def add(self, entry: Entry) -> None:
        """Folds the next entry. An erased slip is no longer found, but its number still counts as given out."""
        self._follow(entry)
        if terms := self.people_terms.of(entry):
            self.people[entry.seq] = terms
        match entry.kind:
            case EntryKind.BOOK_OPENED:
                self.people_terms = PeopleTerms(entry.hash)
            case EntryKind.SERIES_STARTED:
                self._started(entry)
            case EntryKind.SLIP_ISSUED:
                self._issued(entry)
            case EntryKind.SLIP_VOIDED if not entry.erased:
                self._change(entry, lambda row: replace(row, void_seq=entry.seq))
            case EntryKind.SLIP_REPRINTED if not entry.erased:
                self._change(entry, lambda row: replace(row, reprints=row.reprints + 1))

    def terms_of(self, seq: int) -> set[str]:
        """Every term that leads to an entry."""
        row = self.archive.get(seq)
        return (search_terms.terms_of(row) if row else set()) | set(self.people.get(seq, ()))

    def _follow(self, entry: Entry) -> None:
        if entry.erased and entry.uuid:
            self.erased_cases.add(entry.uuid)
        for act in case_view.acts_of(entry, self.case_of_number):
            if act.case not in self.cases and act.case in self.erased_cases and not isinstance(act, Visit):
                continue  # what became of a case whose beginning is no longer kept
            try:
                folded = case_view.folded(self.handle, self.cases.get(act.case), act)
                self.cases[act.case] = folded
            except Refusal as refusal:
                self.faults.append(f"第 {entry.seq} 条记录与办件不符：{refusal.sentence}")
            else:
                self.case_of_number.update(dict.fromkeys(folded.papers, folded.id))

    def _started(self, entry: Entry) -> None:
        series, last = entry.payload["series"], entry.payload["first"] - 1
        if last < self.counters.get(series, 0):
            self.faults.append(f"第 {entry.seq} 条记录使编号倒退：{series}。")
        self.counters[series] = last

    def _issued(self, entry: Entry) -> None:
        issue, number = entry.payload["issue"], entry.payload["card"]["number"]
        if issue["sequence"] != self.counters.get(issue["series"], 0) + 1:
            self.faults.append(f"第 {entry.seq} 条记录的编号不连续：{number}。")
        if number in self.numbers:
            self.faults.append(f"第 {entry.seq} 条记录的编号重复：{number}。")
        self.counters[issue["series"]] = issue["sequence"]
        self.numbers[number] = entry.seq
        if not entry.erased:
            self.archive[entry.seq] = row_of(entry)
            self.labels |= search_terms.labels_of(self.archive[entry.seq])

    def _change(self, entry: Entry, change: Callable[[ArchiveRow], ArchiveRow]) -> None:
        seq = self.numbers.get(entry.payload["number"])
        if seq is None:
            self.faults.append(f"第 {entry.seq} 条记录说的文书不在台账里：{entry.payload['number']}。")
        elif seq in self.archive:
            self.archive[seq] = change(self.archive[seq])


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


def write(handle: Any, rows: Iterable[ArchiveRow], labels: Iterable[tuple[str, str]]) -> None:
    """Stores archive rows with their terms and labels."""
    batch = list(rows)
    tables.insert_rows(handle, tables.Archive, [to_columns(row) for row in batch])
    tables.insert_rows(handle, tables.Label, list(labels))
    for start in range(0, len(batch), _BATCH):
        found = ((term, row.seq) for row in batch[start : start + _BATCH] for term in search_terms.terms_of(row))
        tables.insert_rows(handle, tables.Term, list(found))


def write_people(handle: Any, terms: Mapping[int, Iterable[str]]) -> None:
    """Files entries by number under the terms by which their applicants are found again."""
    found = sorted((term, seq) for seq, under in terms.items() for term in under)
    tables.insert_rows(handle, tables.Term, found)


def rebuild(handle: Any, entries: Iterable[Entry]) -> None:
    """Replaces every view by what the entries give, within the caller's transaction."""
    views = Views(handle)
    for entry in entries:
        views.add(entry)
    for table in tables.VIEWS:
        table.delete().execute(handle)
    tables.insert_rows(handle, tables.Counter, list(views.counters.items()))
    write(handle, views.archive.values(), views.labels)
    write_people(handle, views.people)
    case_view.store(handle, list(views.cases.values()))
    tables.Meta.insert(name=MARK, value=mark()).on_conflict("REPLACE").execute(handle)


def mark() -> str:
    """By which rules the views are built; a file with another mark has its views rebuilt when it is opened."""
    return f"{search_terms.RULES}, {people.RULES}, {case_view.RULES}, {pinyin.edition()}"


def stored_mark(handle: Any) -> str:
    """By which rules the file's views were built; empty where none were yet."""
    rows = tables.fetch(handle, tables.Meta.select(tables.Meta.value).where(tables.Meta.name == MARK))
    return str(rows[0][0]) if rows else ""


def differences(handle: Any, views: Views) -> Iterator[str]:
    """Sentences about every view that is not what the entries give. One sentence per table is enough to rebuild.

    Each table is read once in the order of its key beside what is expected, so that a row too many is seen like one too
    few, and no table is held in memory as a whole.
    """
    expected: tuple[tuple[str, Any, Iterable[tuple[Any, ...]]], ...] = (
        ("编号计数与台账不符。", tables.Counter, sorted(views.counters.items())),
        ("档案列表与台账不符。", tables.Archive, map(to_columns, views.archive.values())),
        ("检索用的事项和经办人名称与台账不符。", tables.Label, sorted(views.labels)),
        ("办件一览与台账不符。", tables.CaseRow, (case_view.columns(case) for _, case in sorted(views.cases.items()))),
        ("文件信息与程序不符。", tables.Meta, [(MARK, mark())]),
    )
    for sentence, table, rows in expected:
        stored = handle.execute(table.select().order_by(*table._meta.get_primary_keys()))
        if any(there != right for there, right in zip_longest(stored, rows)):
            yield sentence
    wrong = _wrongly_filed(handle, views)
    if wrong is not None:
        yield f"检索词与台账不符（第 {wrong} 条记录）。"


def _wrongly_filed(handle: Any, views: Views) -> int | None:
    """The first entry whose search terms are not exactly what they should be; most entries have none."""
    stored = handle.execute_sql('SELECT "entry", "term" FROM "term" ORDER BY "entry"')
    filed = ((seq, {term for _, term in terms}) for seq, terms in groupby(stored, itemgetter(0)))
    expected = ((seq, views.terms_of(seq)) for seq in sorted(views.archive.keys() | views.people.keys()))
    return next(((right or there)[0] for there, right in zip_longest(filed, expected) if there != right), None)
