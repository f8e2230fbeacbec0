"""本月一次告知情况：多少件第一次就告知清楚，多少件有漏告、缺告、错告（守则 一(五)4）.

Counted are the matters that came again or became complete in the month. Each is compared with its first notification by
what was stored of both alone, so that a month gives the same figures at any later time. Figures are given by item,
never by person. What the catalogue's own text said (domain/notification/comparison.py) is counted with the item as
目录文本.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from counter_assistant.domain.notification.differences import DifferenceKind
from counter_assistant.domain.notification.tellings import Telling, matters_since
from counter_assistant.operations.notification.findings import Finding, findings
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.tellings import tellings_between

OFTEN_SHOWN = 3

WITHIN = timedelta(days=365)
"""How long before the month a notification still counts for the same matter: rent is withdrawn again every year."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The figures of one item, or of all. A matter may have faults of several kinds.

    `matters` is the sum of `right`, those with a fault, `unknown` (no details were kept), and those in which only the
    catalogue's own text differed. `text` counts all in which the text differed, with or without a clerk's fault as
    well.
    """

    id: str
    name: str
    matters: int = 0
    right: int = 0
    missed: int = 0
    partial: int = 0
    wrong: int = 0
    text: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One month. `often`: the materials only asked for later, with the number of matters, the most frequent first."""

    year: int
    month: int
    total: MonthRow
    items: tuple[MonthRow, ...]
    often: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A matter of the month: its first notification, the last act that counts, and what came of holding them together."""

    first: Telling
    last: Telling
    finding: Finding


def counted_in(office: Office, year: int, month: int) -> list[Counted]:
    """The matters that count in a month.

    Raises:
        ValueError: there is no such month.
    """
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    before, now = tellings_between(office.database, first, after, WITHIN)
    pairs = matters_since([*before, *now], now[0].seq if now else 0)
    return [Counted(*pair, finding) for pair, finding in zip(pairs, findings(office, pairs), strict=True)]


def figures(office: Office, year: int, month: int, matters: list[Counted]) -> Month:
    """The figures of the matters of a month."""
    by_item = sorted(_by_item(matters).items())
    items = tuple(_row(id_, _named_on(office, group[-1].first), group) for id_, group in by_item)
    return Month(year, month, _row("", "合计", matters), items, _often(matters))


def _by_item(matters: list[Counted]) -> dict[str, list[Counted]]:
    groups: dict[str, list[Counted]] = {}
    for matter in matters:
        groups.setdefault(matter.first.item, []).append(matter)
    return groups


def _row(id_: str, name: str, matters: list[Counted]) -> MonthRow:
    often = Counter(matter.finding for matter in matters).items()
    return MonthRow(
        id_, name, len(matters),
        right=sum(times for found, times in often if found.right),
        missed=sum(times for found, times in often if DifferenceKind.MISSED in found.faults),
        partial=sum(times for found, times in often if DifferenceKind.PARTIAL in found.faults),
        wrong=sum(times for found, times in often if DifferenceKind.WRONG in found.faults),
        text=sum(times for found, times in often if found.text),
        unknown=sum(times for found, times in often if not found.known),
    )  # fmt: skip


def _often(matters: list[Counted]) -> tuple[tuple[str, int], ...]:
    counted = Counter(name for matter in matters for name in matter.finding.late)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:OFTEN_SHOWN])


def _named_on(office: Office, act: Telling) -> str:
    return item_name(office, act.item, date.fromisoformat(act.day))


def item_name(office: Office, item_id: str, day: date) -> str:
    """What an item was called on a day of acceptance; its code where there is no text of that day."""
    item = office.catalogue.item(item_id, day)
    return item.name if item else item_id
