"""核对台账，并与台账以外留着的台账头比对：放回旧的、分叉、截短、整本另写，都说得出."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.head_statement import HeadStatement, HeadWitnessed
from counter_assistant.domain.closing.outside_head import Compared, OutsideHead, Result, compare
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.closing import closings
from counter_assistant.storage.book_check import Reached, unheard
from counter_assistant.storage.journal.records import CheckReport
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.witnessing.cosigned_head import CosignedHead, is_signed, of_book, read_record

NOT_COMPARED = "没有与台账以外的凭据比对：未比对。要比对，请写上日结单或者旧备份上的台账头。"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What checking the book found, where its own closings and the heads that the centre co-signed contradict it, how many of these there
    are, and what each head from outside says; none where none was given."""

    report: CheckReport
    contradicted: tuple[str, ...]
    cosigned: int
    seq: int
    head: str
    compared: tuple[Compared, ...]

    @property
    def problems(self) -> list[str]:
        """Every finding, in sentences."""
        differing = (each.sentence for each in self.compared if each.result is not Result.SAME)
        return [*self.report.problems, *self.contradicted, *differing]

    @property
    def turned_back(self) -> bool:
        """Whether the book is not the one that the heads are of."""
        return any(each.result in (Result.ENDS_BEFORE, Result.DIFFERS) for each in self.compared)


def compare_heads(office: Office, heads: Sequence[OutsideHead]) -> tuple[Compared, ...]:
    """Heads from outside held against the book as it is.

    Raises:
        Refusal: `book-damaged`.
    """
    return compare(heads, partial(hash_at, office.database), office.book.head()[0])


def check(office: Office, heads: Sequence[OutsideHead] = (), reached: Reached = unheard) -> Witnessed:
    """Checks everything that the file can tell, then holds it against the heads of its own closings, those in it that the centre
    co-signed, and those given from outside. `reached` hears which step of how many begins.

    Raises:
        Refusal: `book-locked`, `book-damaged` (it does not even tell its head).
    """
    report = office.book.check(reached)
    witnessed = list(office.book.entries(EntryKind.HEAD_WITNESSED)) if report.ok else []
    contradicted = (*_contradicted(office), *_unfitting(office, witnessed)) if report.ok else ()
    return Witnessed(report, contradicted, len(witnessed), *office.book.head(), compare_heads(office, heads))


def heads_of_centre(office: Office, path: Path) -> list[OutsideHead]:
    """The heads of this book in the centre's record, or in a file that it sent.

    Raises:
        Refusal: `heads-of-others` (none is of this book); what `read_record` refuses.
    """
    with office.database.query() as handle:
        found = of_book(read_record(path), book_name(handle))
    if not found:
        raise Refusal("heads-of-others", f"{path.name} 里没有本台账的台账头。", "请核对是不是拿错了文件。")
    return [each.said.outside for each in found]


def _contradicted(office: Office) -> Iterator[str]:
    """Where a closing names another entry than the book has there: whoever wrote the book anew forgot it."""
    for period in Period:
        for closed, entry in closings(office, period):
            if closed.last >= entry.seq or hash_at(office.database, closed.last) != closed.head:
                yield f"第 {entry.seq} 条{period.label}记下的第 {closed.last} 条，与台账里的不符。"


def _unfitting(office: Office, witnessed: Sequence[Entry]) -> Iterator[str]:
    """Where a head that the centre co-signed is of another entry than the book has there, of another book, or not signed at all."""
    with office.database.query() as handle:
        book = book_name(handle)
    for entry in witnessed:
        try:
            taken = HeadWitnessed.from_payload(entry.payload)
            said = HeadStatement.from_text(taken.statement)
            signed = is_signed(CosignedHead(taken.statement, taken.algorithm, taken.key, taken.signature))
        except (KeyError, TypeError, ValueError):
            yield f"第 {entry.seq} 条收下的中心见证读不懂。"
            continue
        if not signed:
            yield f"第 {entry.seq} 条收下的中心见证，签名不对。"
        elif said.book != book:
            yield f"第 {entry.seq} 条收下的中心见证，是另一本台账的。"
        elif said.entries >= entry.seq or hash_at(office.database, said.entries) != said.head:
            yield f"中心见证过的第 {said.entries} 条，与台账里的不符（第 {entry.seq} 条）。"
