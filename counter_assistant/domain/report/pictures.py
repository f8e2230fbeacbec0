"""四幅图：什么时候人多，一次说清了吗，承诺守住了吗，在等什么。每一根柱有数，每个数打得开.

Rates are of items and never of people, and of fewer than `LEAST` matters there is none. What is drawn, printed, put into a
spreadsheet or answered as JSON are these bars and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from counter_assistant.domain.report.counted import Arrival, ClosedCase, Closeness, Lacking, ToldMatter

LEAST = 20
"""Of fewer matters no rate is told: one visitor more would be five in a hundred, and somebody might be recognised."""
OPENS, NOON = 8, (12, 13)
"""Counters are open from eight, and noon is from twelve to two; what is drawn apart follows from that and from the closing time."""
MOST_MATERIALS = 5
OTHER = "其他"


class Subject(StrEnum):
    """What a picture is about."""

    VISITS = "visits"
    TOLD = "told"
    PROMISES = "promises"
    WAITING = "waiting"

    @property
    def question(self) -> str:
        """The question that it answers."""
        return {
            "visits": "什么时候人多", "told": "一次说清了吗", "promises": "承诺守住了吗", "waiting": "在等什么",
        }[self.value]  # fmt: skip


class Ink(StrEnum):
    """What a bar says by how it is drawn, beside its number and its word: usual, apart from the rest, to be looked at, overdue."""

    PLAIN = "plain"
    APART = "apart"
    ATTENTION = "attention"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: `count`, or with `of` so many of them. `cases` are the ids of what stands behind it; of a rate, what it lacks. `spelt`: its
    label says too little where no axis stands under it."""

    key: str
    label: str
    count: int
    of: int = 0
    ink: Ink = Ink.PLAIN
    cases: tuple[str, ...] = ()
    spelt: str = ""

    @property
    def name(self) -> str:
        """What it is called where no axis stands under it."""
        return self.spelt or self.label

    @property
    def percent(self) -> int | None:
        """The rate in whole hundredths, rounded down, so that what is not whole does not read 100; None where it is no rate."""
        return self.count * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars of a subject, what they are of in all, and how many are left out because they are too few."""

    subject: Subject
    total: int
    bars: tuple[Bar, ...]
    left_out: int = 0

    def bar(self, key: str) -> Bar | None:
        """The bar of a key."""
        return next((bar for bar in self.bars if bar.key == key), None)


def visits(arrivals: Iterable[Arrival], closing: time) -> Picture:
    """How many came in each hour; noon, before opening and after closing apart."""
    hours: dict[int, list[str]] = {hour: [] for hour in range(OPENS, closing.hour + bool(closing.minute))}
    early: list[str] = []
    late: list[str] = []
    every = list(arrivals)
    for arrival in every:
        at = time.fromisoformat(arrival.time[11:16])
        (late if at >= closing else hours.get(at.hour, early)).append(arrival.case)
    bars = [Bar("early", f"{OPENS}点前", len(early), ink=Ink.APART, cases=_named(early))] if early else []
    bars += [
        Bar(str(hour), str(hour), len(came), 0, Ink.APART if hour in NOON else Ink.PLAIN, _named(came), f"{hour} 点")
        for hour, came in hours.items()
    ]
    bars.append(Bar("late", f"{closing:%H:%M}后", len(late), ink=Ink.APART, cases=_named(late)))
    return Picture(Subject.VISITS, len(every), tuple(bars))


def told_right(matters: Iterable[ToldMatter]) -> Picture:
    """Of each item with enough matters, how many were told right the first time; those with most matters first.

    Matters of which no details were kept count nowhere. The item with the lowest rate is marked, if there is anything to mend.
    """
    by_item: dict[str, list[ToldMatter]] = {}
    for matter in matters:
        if matter.known:
            by_item.setdefault(matter.item, []).append(matter)
    shown = {item: group for item, group in by_item.items() if len(group) >= LEAST}
    worst = max(shown, key=lambda item: (_lacking(shown[item]) / len(shown[item]), item), default="")
    bars = [
        Bar(
            item, group[-1].name, len(group) - _lacking(group), len(group),
            Ink.ATTENTION if item == worst and _lacking(group) else Ink.PLAIN,
            tuple(matter.case for matter in group if not matter.right),
        )
        for item, group in sorted(shown.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]  # fmt: skip
    total = sum(map(len, by_item.values()))
    return Picture(Subject.TOLD, total, tuple(bars), total - sum(map(len, shown.values())))


def promises(closed: Iterable[ClosedCase]) -> Picture:
    """How near to their day cases were closed."""
    near: dict[Closeness, list[str]] = {closeness: [] for closeness in Closeness}
    for one in closed:
        if one.closeness:
            near[one.closeness].append(one.case)
    bars = [
        Bar(
            how.value, how.label, len(ids), ink=Ink.OVERDUE if how is Closeness.OVERDUE else Ink.PLAIN, cases=tuple(ids)
        )
        for how, ids in near.items()
    ]
    return Picture(Subject.PROMISES, sum(bar.count for bar in bars), tuple(bars))


def waiting(lacking: Iterable[Lacking]) -> Picture:
    """Which materials applications waited for, the most frequent first; the total is of applications, of which one may wait for several."""
    every = list(lacking)
    counted = Counter(map(_reason, every))
    often = sorted(counted, key=lambda reason: (-counted[reason], reason))
    shown = often if len(often) <= MOST_MATERIALS + 1 else often[:MOST_MATERIALS]
    bars = [
        Bar(reason, reason, counted[reason], cases=tuple(one.case for one in every if _reason(one) == reason))
        for reason in shown
    ]
    if rest := [one.case for one in every if _reason(one) not in shown]:
        bars.append(Bar("other", OTHER, len(rest), ink=Ink.APART, cases=tuple(rest)))
    return Picture(Subject.WAITING, len({one.case for one in every}), tuple(bars))


def _reason(one: Lacking) -> str:
    return f"{one.name}（须改）" if one.mend else one.name


def _lacking(group: Iterable[ToldMatter]) -> int:
    return sum(not matter.right for matter in group)


def _named(cases: Iterable[str]) -> tuple[str, ...]:
    return tuple(case for case in cases if case)
