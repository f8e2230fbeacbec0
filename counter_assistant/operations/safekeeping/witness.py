"""核对台账，并与台账以外留着的台账头比对：放回旧的、分叉、截短、整本另写，都说得出."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.outside_head import Compared, OutsideHead, Result, compare
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.closing import closings
from counter_assistant.storage.book_check import Reached, unheard
from counter_assistant.storage.journal.records import CheckReport
from counter_assistant.storage.safekeeping.heads import hash_at

NOT_COMPARED = "没有与台账以外的凭据比对：未比对。要比对，请写上日结单或者旧备份上的台账头。"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What checking the book found, where its own closings contradict it, and what each head from outside says; none where none was
    given."""

    report: CheckReport
    contradicted: tuple[str, ...]
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
    """Checks everything that the file can tell, then holds it against the heads of its own closings and those given from outside.
    `reached` hears which step of how many begins.

    Raises:
        Refusal: `book-locked`, `book-damaged` (it does not even tell its head).
    """
    report = office.book.check(reached)
    contradicted = tuple(_contradicted(office)) if report.ok else ()
    return Witnessed(report, contradicted, *office.book.head(), compare_heads(office, heads))


def _contradicted(office: Office) -> Iterator[str]:
    """Where a closing names another entry than the book has there: whoever wrote the book anew forgot it."""
    for period in Period:
        for closed, entry in closings(office, period):
            if closed.last >= entry.seq or hash_at(office.database, closed.last) != closed.head:
                yield f"第 {entry.seq} 条{period.label}记下的第 {closed.last} 条，与台账里的不符。"
