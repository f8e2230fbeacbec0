"""编号计数：每一个编号系列用到第几号."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SeriesStarted, SlipErased
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.view import View, differs


class CounterView(View):
    """The last number of every series."""

    kinds = frozenset((EntryKind.SERIES_STARTED, EntryKind.SLIP_ISSUED))
    models = (tables.Counter,)

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Sets a series to go on from its new start; `next_number` has counted a slip before its entry was made."""
        if isinstance(content, SeriesStarted):
            tables.replace_rows(handle, tables.Counter, [(content.series, content.first - 1)])

    def add(self, handle: Any, entry: Entry, content: Any) -> Iterator[str]:
        """Counts on; says where a series goes back or skips a number."""
        match content:
            case SeriesStarted(series=series, first=first):
                if first <= self._last.get(series, 0):
                    yield f"第 {entry.seq} 条记录使编号倒退：{series}。"
                self._last[series] = first - 1
            case SlipIssued(registered=registered):
                yield from self._counted(entry, registered.series, registered.sequence, registered.card.number)
            case SlipErased():
                yield from self._counted(entry, content.series, content.sequence, content.number)

    def _counted(self, entry: Entry, series: str, sequence: int, number: str) -> Iterator[str]:
        if sequence != self._last.get(series, 0) + 1:
            yield f"第 {entry.seq} 条记录的编号不连续：{number}。"
        self._last[series] = sequence

    def store(self, handle: Any) -> None:
        """Writes every series."""
        tables.insert_rows(handle, tables.Counter, self._last.items())

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence where any series stands elsewhere."""
        if differs(handle, tables.Counter, sorted(self._last.items())):
            yield "编号计数与台账不符。"


def last_number(handle: Any, series: str) -> int:
    """The last number given out in a series; 0 where none was."""
    query = tables.Counter.select(tables.Counter.last).where(tables.Counter.series == series)
    return next((int(last) for (last,) in tables.fetch(handle, query)), 0)


def next_number(handle: Any, series: str) -> int:
    """Gives out the next number of a series, within the transaction of the slip that bears it."""
    counter = tables.Counter
    query = (
        counter.insert(series=series, last=1)
        .on_conflict(conflict_target=[counter.series], update={counter.last: counter.last + 1})
        .returning(counter.last)
    )
    return int(tables.fetch(handle, query)[0][0])
