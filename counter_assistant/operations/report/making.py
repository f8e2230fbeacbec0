"""一个月或者一年的报告，一步一步数出来：窗口不停，Esc 停得下；一年是十二个月加起来.

Every figure comes from the views of the book; a month that passed is counted anew, because a void or an erasure changes it
(docs/decisions/0050-what-a-supervisor-sees.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.variants import needs
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.report.counted import Counted, Counts, Lacking, ToldMatter, joined
from counter_assistant.domain.report.report import Report, report_of
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.notification.monthly import counted_in, item_name
from counter_assistant.operations.report.access import may_look
from counter_assistant.storage.views.reports.period_rows import Incomplete, PeriodRows, cases_begun

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

BROUGHT = frozenset((Submit.HAND_IN.value, Submit.SHOW.value))
"""What an application waits for is brought; what is filled in here or looked up is not."""

NOTHING = Counted()
Kept = dict[Span, Counted]
"""What was counted of months, as long as nothing is added to the book."""


class ReportMaking:
    """Counts the months of a period and of the one before, a part of a month in each step.

    `kept` holds months that were counted already, and is given those that are counted now.

    Raises:
        Refusal: what `may_look` refuses.
    """

    def __init__(self, office: Office, span: Span, kept: Kept | None = None) -> None:
        may_look(office)
        self._office, self.span = office, span
        self._kept: Kept = {} if kept is None else kept
        months = (*span.months, *span.turned(-1).months)  # what is looked at first
        self._left = [month for month in months if month not in self._kept]
        self._month: _Month | None = None
        self.total = len(self._left) * len(PARTS)
        self.counted = 0

    @property
    def done(self) -> bool:
        """Whether everything is counted."""
        return not self._left

    @property
    def drawable(self) -> bool:
        """Whether the period itself is counted, so that its pictures can be drawn."""
        return all(month in self._kept for month in self.span.months)

    def step(self) -> None:
        """Counts the next part.

        Raises:
            Refusal: what the reading of the book refuses.
        """
        month = self._month = self._month or _Month(self._office, self._left[0])
        part = PARTS[self.counted % len(PARTS)]
        month.found = part(month)
        self.counted += 1
        if self.counted % len(PARTS) == 0:
            self._kept[self._left.pop(0)] = month.found
            self._month = None

    def report(self) -> Report:
        """The report, once everything is counted; as far as it is `drawable`, with nothing to compare with."""
        spans = self.span, self.span.turned(-1)
        now, before = (joined(self._kept.get(month, NOTHING) for month in one.months) for one in spans)
        closing = time.fromisoformat(self._office.profile.closing_time)
        return report_of(self.span, now, before, closing, unfinished=self.span.after > self._office.today())


def make_report(office: Office, span: Span) -> Report:
    """The report of a period, counted at once.

    Raises:
        Refusal: what `ReportMaking` and its steps refuse.
    """
    making = ReportMaking(office, span)
    while not making.done:
        making.step()
    return making.report()


class _Month:
    """A month that is being counted."""

    def __init__(self, office: Office, span: Span) -> None:
        self.office, self.span = office, span
        self.rows = PeriodRows(office.database, span.first, span.after)
        self.found = Counted()
        self._documents: dict[tuple[object, ...], dict[str, frozenset[str]]] = {}

    def arrivals(self) -> Counted:
        """Who came, and what was done at the counter."""
        counts = self.rows.span.counts
        done = Counts(
            self.rows.papers(), counts.get(EntryKind.SLIP_VOIDED, 0), counts.get(EntryKind.SLIP_REPRINTED, 0),
            counts.get(EntryKind.ORAL_NOTICE, 0),
        )  # fmt: skip
        return replace(self.found, arrivals=tuple(self.rows.arrivals()), counts=done)

    def told(self) -> Counted:
        """What was told right the first time, as the month's own figures have it (operations/notification/monthly.py)."""
        matters = counted_in(self.office, self.span.year, self.span.month)
        cases = cases_begun(self.office.database, (matter.last.began for matter in matters))
        newest = {matter.first.item: matter.first.day for matter in matters}
        names = {item: item_name(self.office, item, date.fromisoformat(day)) for item, day in newest.items()}
        found = (
            ToldMatter(
                cases[one.last.began], one.first.item, names[one.first.item], one.finding.known, one.finding.right,
                one.finding.late,
            )
            for one in matters
        )  # fmt: skip
        return replace(self.found, told=tuple(found))

    def closed(self) -> Counted:
        """What was closed, and how near to its day."""
        return replace(self.found, closed=tuple(self.rows.closed()))

    def lacking(self) -> Counted:
        """What applications waited for."""
        return replace(self.found, lacking=tuple(one for each in self.rows.incomplete() for one in self._lacking(each)))

    def _lacking(self, told: Incomplete) -> list[Lacking]:
        """What an application lacked. One document that is two materials is missing once, and named by either when it is there."""
        serving = self._serving(told)
        served = frozenset[str]().union(*serving.values())
        found = []
        for id_, material in told.required.items():
            ids = {id_, *serving.get(id_, ())}
            if id_ in served or material["submit"] not in BROUGHT:
                continue
            if ids & told.defects.keys():
                found.append(Lacking(told.case, material["name"], mend=True))
            elif not ids & told.received:
                found.append(Lacking(told.case, material["name"]))
        return found

    def _serving(self, told: Incomplete) -> dict[str, frozenset[str]]:
        """Which documents are several materials by the text of that day, in that situation; none where there is no such text any more."""
        item = self.office.catalogue.item(told.item, told.day)
        if item is None:
            return {}
        key = (item.id, item.effective_from, *sorted(told.answers.items()))
        if key not in self._documents:
            needed = needs(item, item.settle(told.answers)).needed
            self._documents[key] = {
                each.material.id: frozenset(other.id for other in each.serves) for each in needed if each.serves
            }
        return self._documents[key]


PARTS: tuple[Callable[[_Month], Counted], ...] = (
    _Month.arrivals, _Month.told, _Month.closed, _Month.lacking,
)  # fmt: skip
