"""编号计数：每一个编号系列用到第几号."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SeriesStarted, SlipErased
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.view import View


class CounterView(View):
    """The last number of every series."""

    kinds = frozenset((EntryKind.SERIES_STARTED, EntryKind.SLIP_ISSUED))
    models = MappingProxyType({tables.Counter: "编号计数与台账不符。"})

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Counts a slip, and sets a series to go on from its new start."""
        tables.replace_rows(handle, tables.Counter, _counted(content).items())

    def replay(self, handle: Any, entry: Entry, content: Any) -> None:
        """Counts the slips, too; the series are few, and are stored at the end."""
        self._last.update(_counted(content))

    def settle(self, handle: Any, expected: Expected | None = None) -> None:
        """Stores every series."""
        if expected is None:
            tables.replace_rows(handle, tables.Counter, self._last.items())

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> tuple[str, ...]:
        """Counts on; whether numbers follow one another is asked before (storage/journal/number_check.py)."""
        for series, last in _counted(content).items():
            if series in self._last:
                expected.add(tables.Counter, (series, self._last[series]), -1)
            expected.add(tables.Counter, (series, last))
            self._last[series] = last
        return ()


def _counted(content: Any) -> dict[str, int]:
    """How far an entry has counted its series."""
    match content:
        case SeriesStarted(series=series, first=first):
            return {series: first - 1}
        case SlipIssued(registered=slip) | (SlipErased() as slip):
            return {slip.series: slip.sequence}
    return {}


def last_number(handle: Any, series: str) -> int:
    """The last number given out in a series; 0 where none was."""
    query = tables.Counter.select(tables.Counter.last).where(tables.Counter.series == series)
    return next((int(last) for (last,) in tables.fetch(handle, query)), 0)
