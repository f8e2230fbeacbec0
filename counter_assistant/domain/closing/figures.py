"""一段台账里有些什么：各种记录的条数、每个编号系列的起止号、作废、补打、断号.

The figures of a stretch of entries follow from the entries alone, and those of two stretches that follow each other from the
figures of each: a month is the sum of its days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.kit_entry import RESERVED
from counter_assistant.domain.papers.numbering import KIT, KIT_RECORDED
from counter_assistant.domain.papers.paper_entry import SeriesStarted, SlipErased, SlipReprinted, SlipVoided


@dataclass(frozen=True, slots=True, order=True)
class SeriesUsed:
    """What was given out of one series: how many, and from which place and number to which."""

    series: str
    first: int
    last: int
    first_number: str
    last_number: str
    issued: int

    def and_then(self, later: SeriesUsed) -> SeriesUsed:
        """This and what was given out later."""
        return SeriesUsed(
            self.series, self.first, later.last, self.first_number, later.last_number, self.issued + later.issued
        )


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Places of a series that nothing was given out at; `reason` is what was recorded where a series went on elsewhere, empty
    where nobody knows why."""

    series: str
    first: int
    last: int
    reason: str = ""

    @property
    def of_kit(self) -> bool:
        """Whether these are numbers that a kit (停电备用单) took: nothing is missing there."""
        return self.reason == RESERVED and self.series.startswith(f"{KIT}/")

    @property
    def in_words(self) -> str:
        """收件回执〔2026〕第 3 号至第 5 号没有用（年中启用）."""
        places = f"第 {self.first} 号" if self.first == self.last else f"第 {self.first} 号至第 {self.last} 号"
        if self.of_kit:
            return f"{series_in_words(self.series)}{places}已经印好"
        why = f"（{self.reason}）" if self.reason else "，原因不明，请查明"
        return f"{series_in_words(self.series)}{places}没有用{why}"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a stretch of the book holds. `counts` is by kind of entry, `reprints` how often each number was printed again."""

    counts: Mapping[EntryKind, int] = field(default_factory=dict)
    papers: tuple[SeriesUsed, ...] = ()
    voids: tuple[SlipVoided, ...] = ()
    reprints: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()

    @property
    def papers_in_order(self) -> list[SeriesUsed]:
        """The papers in the order of the service code."""
        order = {kind.value: place for place, kind in enumerate(SlipKind)}
        return sorted(self.papers, key=lambda used: order.get(used.series.partition("/")[0], len(order)))

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(self.counts.values())

    @property
    def issued(self) -> int:
        """How many papers were given out."""
        return sum(used.issued for used in self.papers)

    @property
    def oral(self) -> int:
        """How many were told without a paper."""
        return self.counts.get(EntryKind.ORAL_NOTICE, 0)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "counts": {kind.value: n for kind, n in self.counts.items()},
            "papers": [asdict(used) for used in self.papers],
            "voids": [void.to_payload() for void in self.voids],
            "reprints": dict(self.reprints),
            "gaps": [asdict(gap) for gap in self.gaps],
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Figures:
        """What `to_payload` wrote."""
        return cls(
            {EntryKind(kind): n for kind, n in payload["counts"].items()},
            tuple(SeriesUsed(**used) for used in payload["papers"]),
            tuple(map(SlipVoided.from_payload, payload["voids"])),
            payload["reprints"],
            tuple(Gap(**gap) for gap in payload["gaps"]),
        )


class Tally:
    """Counts entries, or whole stretches of them, in the book's order."""

    def __init__(self, ends: Mapping[str, int] | None = None) -> None:
        """`ends`: up to which place each series had been given out before, where that is known."""
        self._ends = dict(ends or {})
        self._counts, self._reprints = Counter[EntryKind](), Counter[str]()
        self._papers: dict[str, SeriesUsed] = {}
        self._voids: list[SlipVoided] = []
        self._gaps: list[Gap] = []

    def add(self, kind: EntryKind, content: object) -> None:
        """Counts the next entry; `content` is what it says, as an object of its kind's class."""
        self._counts[kind] += 1
        match content:
            case SlipIssued(registered=registered):
                self._give(registered.series, registered.sequence, registered.card.number)
            case SlipErased():
                self._give(content.series, content.sequence, content.number)
            case SeriesStarted():
                self._reach(content.series, content.last + 1, content.first - 1)
                if content.first > content.last + 1:
                    self._gaps.append(Gap(content.series, content.last + 1, content.first - 1, content.reason))
            case SlipVoided():
                self._voids.append(content)
            case SlipReprinted():
                self._reprints[content.number] += 1

    def join(self, later: Figures) -> None:
        """Counts a whole stretch that follows."""
        self._counts.update(later.counts)
        self._reprints.update(later.reprints)
        self._voids += later.voids
        for series, (first, last) in _spans(later).items():
            self._reach(series, first, last)
        self._gaps += later.gaps
        for used in later.papers:
            self._use(used)

    def figures(self) -> Figures:
        """What was counted."""
        return Figures(
            {kind: self._counts[kind] for kind in EntryKind if self._counts[kind]},
            tuple(sorted(self._papers.values())),
            tuple(self._voids),
            dict(sorted(self._reprints.items())),
            tuple(sorted(self._gaps)),
        )

    def _give(self, series: str, sequence: int, number: str) -> None:
        self._reach(series, sequence, sequence)
        self._use(SeriesUsed(series, sequence, sequence, number, number, 1))

    def _use(self, used: SeriesUsed) -> None:
        earlier = self._papers.get(used.series)
        self._papers[used.series] = earlier.and_then(used) if earlier else used

    def _reach(self, series: str, first: int, last: int) -> None:
        """A series goes on from one place to another; what lies between is a gap that nobody explains."""
        end = self._ends.get(series)
        if end is not None and first > end + 1:
            self._gaps.append(Gap(series, end + 1, first - 1))
        self._ends[series] = last


def total(parts: Iterable[Figures]) -> Figures:
    """The figures of stretches that follow each other, as of one."""
    tally = Tally()
    for part in parts:
        tally.join(part)
    return tally.figures()


def ends_of(figures: Figures) -> dict[str, int]:
    """Up to which place each series was given out or skipped."""
    return {series: last for series, (_, last) in _spans(figures).items()}


def series_in_words(series: str) -> str:
    """一次性告知单〔2026〕: the title of the papers of a series, and its year."""
    kind, _, rest = series.partition("/")
    title = SlipKind(kind).in_words if kind in set(SlipKind) else _KITS.get(kind, kind)
    year = rest.partition("/")[0]
    return f"{title}〔{year}〕" if year else title


_KITS = {KIT: "停电备用单", KIT_RECORDED: "停电备用单补录"}


def _spans(figures: Figures) -> dict[str, tuple[int, int]]:
    """From where to where each series went on: what was given out, and what was skipped before or after it."""
    spans: dict[str, tuple[int, int]] = {}
    parts = [(used.series, used.first, used.last) for used in figures.papers]
    parts += [(gap.series, gap.first, gap.last) for gap in figures.gaps]
    for series, first, last in parts:
        begun, ended = spans.get(series, (first, last))
        spans[series] = (min(begun, first), max(ended, last))
    return spans
