"""哪几天还没有结账，各从哪一条到哪一条；能不能结这一天、这一月、这一年.

Entries are closed in the book's order: a closing covers everything from where the one before it ended. What is written after a
day was closed belongs to the next closing. A clock that was wrong for a while leaves times out of order, so that an entry
counts for the earliest day of those that follow it: one dated years ahead holds nothing open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.closing.closing_entry import CLOSINGS, Period, last_day, name_in_words
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal

UNATTENDED = CLOSINGS | {
    EntryKind.BOOK_OPENED,
    EntryKind.COPY_FILED,
    EntryKind.HEAD_WITNESSED,
    EntryKind.PAYLOAD_ERASED,
    EntryKind.SIGNIN_FAILED,
    EntryKind.CLOCK_CONFIRMED,
    EntryKind.KEY_SLOT,
    EntryKind.RESTORED,
    EntryKind.BOOK_EXPORTED,
    EntryKind.BUNDLE_TAKEN,
    EntryKind.FINDING_SETTLED,
    EntryKind.BOOK_MOVED,
}
"""What nobody does at a counter: a day with nothing else needs no closing, and what there is goes with the next one."""


class Stamp(NamedTuple):
    """An entry as far as its closing is concerned."""

    seq: int
    day: date
    kind: EntryKind


class ClosedSoFar(NamedTuple):
    """Up to which entry and which day everything is closed."""

    last: int
    through: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries that the closing of a day would cover. `late` of them were written after a day before was closed."""

    day: date
    first: int
    last: int
    late: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How the closings of a book stand.

    `open` are the days that are not closed, oldest first, today's among them. `late`: how many entries of a closed day were written
    after its closing, and are in no other yet. `end` is the number of the last entry.
    """

    closed: ClosedSoFar | None
    open: tuple[Stretch, ...]
    late: int
    end: int

    def earlier(self, today: date) -> Stretch | None:
        """The first day before today that is not closed."""
        return next((stretch for stretch in self.open if stretch.day < today), None)


class _Run(NamedTuple):
    """Entries one after the other that count for one day; how many of them are no closings, and whether anybody did one at a counter."""

    day: date
    first: int
    last: int
    counted: int
    attended: bool

    @classmethod
    def of(cls, stamp: Stamp) -> _Run:
        """One entry."""
        return cls(stamp.day, stamp.seq, stamp.seq, stamp.kind not in CLOSINGS, stamp.kind not in UNATTENDED)

    def before(self, later: _Run) -> _Run:
        """Both, for the day of the later one, which is no later than its own."""
        counted, attended = self.counted + later.counted, self.attended or later.attended
        return _Run(later.day, self.first, later.last, counted, attended)


class OpenDays:
    """The entries after those that are closed, by the day for which they count, followed from entry to entry: it is asked after every act
    how the closings stand, and a centre may not have closed for years."""

    def __init__(self, closed: ClosedSoFar | None, newest_first: Iterable[Stamp], today: date) -> None:
        """Where nothing was ever closed, only today and the last day before it count: nobody closes the years before there were closings."""
        self.closed = closed
        runs: list[_Run] = []
        for run in map(_Run.of, newest_first):
            if runs and run.day >= runs[-1].day:
                runs[-1] = run.before(runs[-1])
            elif closed is None and runs and runs[-1].day < today:
                break
            else:
                runs.append(run)
        self._runs = runs[::-1]

    def add(self, stamp: Stamp) -> None:
        """The next entry."""
        run = _Run.of(stamp)
        while self._runs and self._runs[-1].day >= run.day:
            run = self._runs.pop().before(run)
        self._runs.append(run)

    def standing(self, today: date) -> Standing:
        """How the closings stand."""
        runs, closed = self._runs, self.closed
        if closed is None:
            runs = runs[max(sum(run.day < today for run in runs) - 1, 0) :]
        late = sum(run.counted for run in runs if closed and run.day <= closed.through)
        return Standing(closed, tuple(_stretches(runs, closed, late)), late, self.end)

    @property
    def end(self) -> int:
        """The number of the last entry, as far as is known here."""
        return self._runs[-1].last if self._runs else self.closed.last if self.closed else 0


def _stretches(runs: Iterable[_Run], closed: ClosedSoFar | None, late: int) -> Iterable[Stretch]:
    """The runs of one day each, oldest first, as stretches."""
    first = closed.last + 1 if closed else 0
    for run in runs:
        if (closed and run.day <= closed.through) or not run.attended:
            continue
        yield Stretch(run.day, first or run.first, run.last, late)
        first, late = run.last + 1, 0


def to_close(standing: Standing, day: date, today: date) -> Stretch:
    """The entries that the closing of a day covers.

    Raises:
        Refusal: `day-to-come`, `day-closed`, `earlier-day-open`, `nothing-to-close` (an earlier day without an entry).
    """
    said = chinese_date(day)
    if day > today:
        raise Refusal("day-to-come", f"{said}还没有到，不能结账。", "请结今天的账，或者以前没有结的一天。")
    if standing.closed and day <= standing.closed.through:
        raise Refusal("day-closed", f"{said}已经结过账了。", "以后的记录计入下一次结账；要看日结单，请重新打印。")
    if standing.closed and (first := next((stretch for stretch in standing.open if stretch.day < day), None)):
        raise Refusal(
            "earlier-day-open", f"{chinese_date(first.day)}还没有结账。", f"请先结{chinese_date(first.day)}的账。"
        )
    if found := next((stretch for stretch in standing.open if stretch.day == day), None):
        return found
    if day < today:
        raise Refusal("nothing-to-close", f"{said}没有要结的记录。", "请核对日期。")
    begun = standing.closed.last + 1 if standing.closed else standing.end + 1
    return Stretch(day, begun, standing.end, standing.late)


def refuse_unfinished(period: Period, name: str, standing: Standing, today: date) -> None:
    """Asks whether a month or a year may be closed: whether it is over, and each of its days is closed.

    Raises:
        Refusal: `period-not-over`, `earlier-day-open`.
    """
    end, said = last_day(period, name), name_in_words(period, name)
    if end > today:
        raise Refusal("period-not-over", f"{said}还没有过完，不能结账。", f"请在{chinese_date(end)}或者以后再结。")
    if first := next((stretch for stretch in standing.open if stretch.day <= end), None):
        day = chinese_date(first.day)
        raise Refusal("earlier-day-open", f"{day}还没有结账。", f"请先做{day}的日结，再结{said}。")
