"""核对编号：每一个系列的号一个接一个，不跳、不重、不倒退.

Asked of the entries alone, before any view is looked at: a paper's number is what the book promises first.
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Registered, SeriesStarted, SlipErased


class NumberCheck:
    """How far each series of numbers has come in the entries so far."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def follow(self, entry: Entry) -> Iterator[str]:
        """Counts on; says where a series goes back or skips a number."""
        if entry.kind is EntryKind.SERIES_STARTED and not entry.erased:
            started = SeriesStarted.from_payload(entry.payload)
            if started.first <= self._last.get(started.series, 0):
                yield f"第 {entry.seq} 条记录使编号倒退：{started.series}。"
            self._last[started.series] = started.first - 1
        elif entry.kind is EntryKind.SLIP_ISSUED:
            slip = (SlipErased if entry.erased else Registered).from_payload(entry.payload)
            if slip.sequence != self._last.get(slip.series, 0) + 1:
                yield f"第 {entry.seq} 条记录的编号不连续：{slip.number}。"
            self._last[slip.series] = slip.sequence
