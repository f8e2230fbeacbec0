"""报告从什么数起：一个月里来了谁、告知得怎样、办结得怎样、还缺什么；只有件，没有人.

What is counted carries the id of its case, so that every figure can be opened; no clerk is named anywhere, so that nobody can
be ranked by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from counter_assistant.domain.papers.kinds import SlipKind


class Arrival(NamedTuple):
    """Somebody came or called about a matter: `time` as 2026-11-23T10:42:00+08:00. A call that became no case has no `case`."""

    case: str
    time: str


class ToldMatter(NamedTuple):
    """A matter that came again or ended: whether the first telling is `known`, and was `right` (守则 一(五)4). `late` are the
    materials that were only named later."""

    case: str
    item: str
    name: str
    known: bool
    right: bool
    late: frozenset[str] = frozenset()


class Closeness(StrEnum):
    """How near to its day a case was closed."""

    SAME_DAY = "same_day"
    EARLY = "early"
    ON_THE_DAY = "on_the_day"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """What is read."""
        return {"same_day": "当天", "early": "提前", "on_the_day": "到期当天", "overdue": "超期"}[self.value]


class ClosedCase(NamedTuple):
    """A case that was done, answered or returned. `began` is the day from which its limit ran, `due` its last day; `overdue`: a day
    that bound passed before the applicant was told of another."""

    case: str
    began: date
    closed: date
    due: date | None
    overdue: bool = False

    @property
    def closeness(self) -> Closeness | None:
        """None where nothing was promised and it took longer than its day."""
        if self.overdue or (self.due and self.closed > self.due):
            return Closeness.OVERDUE
        if self.closed <= self.began:
            return Closeness.SAME_DAY
        if self.due is None:
            return None
        return Closeness.EARLY if self.closed < self.due else Closeness.ON_THE_DAY


class Lacking(NamedTuple):
    """A material that an application waits for: it is missing, or with `mend` it has to be put right."""

    case: str
    name: str
    mend: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was done: papers by kind, those void by now among them; `voids`, `reprints` and tellings without a paper."""

    papers: Mapping[SlipKind, int] = field(default_factory=dict)
    voids: int = 0
    reprints: int = 0
    oral: int = 0

    @property
    def issued(self) -> int:
        """How many papers were issued."""
        return sum(self.papers.values())


@dataclass(frozen=True, slots=True)
class Counted:
    """All that was counted of a period."""

    arrivals: tuple[Arrival, ...] = ()
    told: tuple[ToldMatter, ...] = ()
    closed: tuple[ClosedCase, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    counts: Counts = Counts()


def joined(parts: Iterable[Counted]) -> Counted:
    """What was counted of several periods that follow each other, as of one: a year is the sum of its months."""
    every = tuple(parts)
    kinds = dict.fromkeys(kind for part in every for kind in part.counts.papers)
    papers = {kind: sum(part.counts.papers.get(kind, 0) for part in every) for kind in kinds}
    counts = [part.counts for part in every]
    return Counted(
        tuple(one for part in every for one in part.arrivals), tuple(one for part in every for one in part.told),
        tuple(one for part in every for one in part.closed), tuple(one for part in every for one in part.lacking),
        Counts(papers, sum(n.voids for n in counts), sum(n.reprints for n in counts), sum(n.oral for n in counts)),
    )  # fmt: skip
