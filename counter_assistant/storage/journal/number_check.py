"""核对编号：每一个系列的号一个接一个，不跳、不重、不倒退；跳过的都有一条记录说明，从哪里接着编.

Asked of the entries alone, before any view is looked at: a paper's number is what the book promises first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SeriesStarted, SlipErased


class NumberCheck:
    """How far each series of numbers has come in the entries so far."""

    def __init__(self, last: Mapping[str, int] = MappingProxyType({})) -> None:
        """`last` is how far each series had come before the first entry that is asked."""
        self._last = dict(last)

    def follow(self, entry: Entry) -> Iterator[str]:
        """Counts on; says where a series goes back, skips a number, or goes on from another one than it had come to."""
        if entry.kind is EntryKind.SERIES_STARTED and not entry.erased:
            yield from self._start(entry.seq, SeriesStarted.from_payload(entry.payload))
        elif entry.kind is EntryKind.SLIP_ISSUED:
            slip = SlipErased.from_payload(
                entry.payload
            )  # which is all that is asked here of one that is not erased, too
            if not _are_numbers(slip.sequence):
                yield f"第 {entry.seq} 条记录的编号不是整数：{slip.number}。"
                return
            if slip.sequence != self._last.get(slip.series, 0) + 1:
                yield f"第 {entry.seq} 条记录的编号不连续：{slip.number}。"
            self._last[slip.series] = slip.sequence

    def _start(self, seq: int, started: SeriesStarted) -> Iterator[str]:
        if not _are_numbers(started.first, started.last):
            yield f"第 {seq} 条记录的编号不是整数：{started.series}。"
            return
        before = self._last.get(started.series, 0)
        if started.last != before:
            yield f"第 {seq} 条记录说 {started.series} 接在 {started.last} 号后面，应接在 {before} 号后面。"
        if started.first <= before:
            yield f"第 {seq} 条记录使编号倒退：{started.series}。"
        self._last[started.series] = started.first - 1


def _are_numbers(*said: object) -> bool:
    """Whether these are integers, which true and false are not."""
    return all(type(one) is int for one in said)
