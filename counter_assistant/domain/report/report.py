"""一个月或者一年的报告：四幅图、一张数表，与上一期对照；屏幕、纸、电子表格和 JSON 都从这里取."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.ruled_book import BookColumn, Cell
from counter_assistant.domain.report.counted import Counted
from counter_assistant.domain.report.pictures import (
    LEAST,
    Bar,
    Picture,
    Subject,
    promises,
    told_right,
    visits,
    waiting,
)
from counter_assistant.domain.report.sentences import Advice, on_promises, on_told, on_visits, on_waiting
from counter_assistant.domain.report.span import Span

NOT_TOLD = "—"
"""Where there is no figure to compare with."""
DONE = "办了什么"


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report: its title, its columns and its rows. A cell is a text or a whole number, and nothing else."""

    title: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A picture of the period, the same of the period before, and what is to be said of it."""

    now: Picture
    before: Picture
    advice: Advice

    def was(self, bar: Bar) -> Bar | None:
        """The same bar of the period before."""
        return self.before.bar(bar.key)


@dataclass(frozen=True, slots=True)
class Report:
    """What a period came to, beside the one before. `unfinished`: it is not over yet."""

    span: Span
    unfinished: bool
    pictures: tuple[Compared, ...]
    done: Section

    def picture(self, subject: Subject) -> Compared:
        """The picture of a subject."""
        return next(one for one in self.pictures if one.now.subject is subject)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All of its tables."""
        return (self.done, *map(self._table, self.pictures))

    def _table(self, one: Compared) -> Section:
        now, before = self.span.in_short, self.span.turned(-1).in_short
        if one.now.subject is Subject.TOLD:
            return self._told(one, before)
        rows = [(bar.name, bar.count, was.count if (was := one.was(bar)) else 0) for bar in one.now.bars]
        columns = (BookColumn("", 24), BookColumn(now, 8, adds=True), BookColumn(before, 8, adds=True))
        return Section(one.now.subject.question, columns, tuple(rows), one.advice.words)

    def _told(self, one: Compared, before: str) -> Section:
        """A rate for each item with enough matters, and of the others how many there are."""
        columns = (
            BookColumn("事项", 24), BookColumn("件数", 8, adds=True), BookColumn("一次说清", 8, adds=True),
            BookColumn("占 %", 8), BookColumn(f"{before} %", 8),
        )  # fmt: skip
        rows: list[tuple[Cell, ...]] = [
            (bar.label, bar.of, bar.count, _percent(bar), _percent(one.was(bar))) for bar in one.now.bars
        ]
        if one.now.left_out:
            rows.append((f"各不足 {LEAST} 件的事项", one.now.left_out, NOT_TOLD, NOT_TOLD, NOT_TOLD))
        return Section(one.now.subject.question, columns, tuple(rows), one.advice.words)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values, under the keys that README.md names."""
        return {
            "period": self.span.name, "before": self.span.turned(-1).name, "unfinished": self.unfinished,
            "done": [{"name": name, "count": now, "before": before} for name, now, before in self.done.rows],
            "pictures": [_plain(one) for one in self.pictures],
        }  # fmt: skip


def report_of(span: Span, now: Counted, before: Counted, closing: time, *, unfinished: bool) -> Report:
    """The report of what was counted of a period and of the one before; `closing` is when the office closes."""
    pictures = (
        _compared(visits(now.arrivals, closing), visits(before.arrivals, closing), on_visits, now.arrivals),
        _compared(told_right(now.told), told_right(before.told), on_told, now.told),
        _compared(promises(now.closed), promises(before.closed), on_promises),
        _compared(waiting(now.lacking), waiting(before.lacking), on_waiting),
    )
    return Report(span, unfinished, pictures, _done(span, now, before))


def _compared(now: Picture, before: Picture, say: Any, *more: Any) -> Compared:
    return Compared(now, before, say(now, *more))


def _done(span: Span, now: Counted, before: Counted) -> Section:
    """What was done at the counter: visits, papers by kind in the order of the service code, voids, reprints, tellings by word of mouth."""
    kinds = [kind for kind in SlipKind if now.counts.papers.get(kind) or before.counts.papers.get(kind)]
    rows = [
        ("来人来电", len(now.arrivals), len(before.arrivals)),
        ("出具文书", now.counts.issued, before.counts.issued),
        *((f"　{kind.in_words}", now.counts.papers.get(kind, 0), before.counts.papers.get(kind, 0)) for kind in kinds),
        ("口头告知", now.counts.oral, before.counts.oral),
        ("作废", now.counts.voids, before.counts.voids),
        ("补打", now.counts.reprints, before.counts.reprints),
    ]  # fmt: skip
    columns = (BookColumn("", 24), BookColumn(span.in_short, 8), BookColumn(span.turned(-1).in_short, 8))
    return Section(DONE, columns, tuple(rows))


def _percent(bar: Bar | None) -> Cell:
    return NOT_TOLD if bar is None or bar.percent is None else bar.percent


def _plain(one: Compared) -> dict[str, Any]:
    bars = []
    for bar in one.now.bars:
        was = one.was(bar)
        figures: dict[str, Any] = {"key": bar.key, "label": bar.label, "count": bar.count}
        figures |= {"of": bar.of, "percent": bar.percent} if bar.of else {}
        figures["before"] = (was.percent if bar.of else was.count) if was else None if bar.of else 0
        bars.append(figures)
    return {
        "id": one.now.subject.value, "title": one.now.subject.question, "total": one.now.total, "before": one.before.total,
        "left_out": one.now.left_out, "words": one.advice.words, "bars": bars,
    }  # fmt: skip
