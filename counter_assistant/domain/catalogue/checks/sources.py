"""核对一个事项的来源与时限：条文是否存在、在有效期内是否施行，时限是否说得通。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.calendar.workdays import MOST_DAYS
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute, in_force
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import chinese_date


class Period(NamedTuple):
    """How long a text is in force; without end where `last` is None. The law can only change on one of `days`."""

    first: date
    last: date | None
    days: tuple[date, ...]


WORKDAYS = 5
"""The working days of a week without a holiday."""


def period_of(item: ServiceItem, last: date | None, statutes: Mapping[str, Statute]) -> Period:
    """The period of a text, with its first day and every day on which a version of a statute takes effect in it."""
    starts = {version.effective_from for statute in statutes.values() for version in statute.versions}
    within = sorted(day for day in starts if item.effective_from < day and (last is None or day <= last))
    return Period(item.effective_from, last, (item.effective_from, *within))


def source_faults(item: ServiceItem, period: Period, statutes: Mapping[str, Statute]) -> Iterator[Fault]:
    """Every fault in the basis, in the sources and in the limits of an item."""
    cited = [(f"basis[{i}]", ref) for i, ref in enumerate(item.basis, 1)]
    for place, source in sources_of(item):
        if source.article:
            cited.append((f"{place}.source", source.article))
        elif not (source.kind == "assumption" or source.clause or source.city or source.document):
            yield Fault(f"{place}.source", "没有写明来源")
    for place, ref in cited:
        fault = article_fault(ref, statutes) or _out_of_force(ref, period, statutes)
        if fault:
            yield Fault(place, fault)
    yield from _basis(item, period, statutes)
    yield from _limits(item, period, statutes)


def sources_of(item: ServiceItem) -> list[tuple[str, Source]]:
    """Every source of an item, with the place that it belongs to."""
    found = [(f"condition[{condition.id}]", condition.source) for condition in item.conditions]
    found += [(f"note[{i}]", note.source) for i, note in enumerate(item.notes, 1)]
    found += [(f"material[{rule.material.id}]", rule.material.source) for rule in item.materials]
    found += [(f"never_ask[{entry.id}]", entry.source) for entry in item.never_ask]
    found += [(f"limits.statutory[{i}]", limit.source) for i, limit in enumerate(item.statutory, 1)]
    return [*found, ("limits.promised", item.promised.source)]


def article_fault(ref: ArticleRef, statutes: Mapping[str, Statute]) -> str:
    """What is wrong with a citation; empty where the article is known."""
    statute = statutes.get(ref.statute)
    if statute is None:
        return f"没有收录《{ref.statute}》"
    version = statute.version(ref.version)
    if version is None:
        return f"《{ref.statute}》没有收录 {ref.version} 年的版本"
    article = version.articles.get(ref.article)
    if article is None:
        return f"《{ref.statute}》{ref.version} 年版没有收录第 {ref.article} 条"
    if not 0 <= ref.paragraph <= article.paragraphs:
        return f"《{ref.statute}》{ref.version} 年版第 {ref.article} 条没有第 {ref.paragraph} 款"
    if not version.has(ref):
        return f"《{ref.statute}》{ref.version} 年版第 {ref.article} 条第 {ref.paragraph} 款没有第 {ref.point} 项"
    return ""


def _out_of_force(ref: ArticleRef, period: Period, statutes: Mapping[str, Statute]) -> str:
    if any(in_force(ref, statutes, day) for day in period.days):
        return ""
    return f"《{ref.statute}》{ref.version} 年版在本文施行期间（{_in_words(period)}）不是现行版本"


def _in_words(period: Period) -> str:
    end = f"至{chinese_date(period.last)}" if period.last else "起"
    return f"{chinese_date(period.first)}{end}"


def _basis(item: ServiceItem, period: Period, statutes: Mapping[str, Statute]) -> Iterator[Fault]:
    """守则 一(五)2⑴: part one of the notice must not be empty on any day of acceptance."""
    if item.basis_note:
        return
    for day in period.days:
        if not any(in_force(ref, statutes, day) for ref in item.basis):
            yield Fault("basis", f"{chinese_date(day)}起没有现行有效的政策依据，告知单第一项为空")


def _limits(item: ServiceItem, period: Period, statutes: Mapping[str, Statute]) -> Iterator[Fault]:
    limits = [*((f"limits.statutory[{i}]", limit) for i, limit in enumerate(item.statutory, 1))]
    for place, limit in [*limits, ("limits.promised", item.promised)]:
        if not 0 <= limit.n <= MOST_DAYS:
            yield Fault(f"{place}.n", f"期限 {limit.n} 日超出 0 到 {MOST_DAYS} 的范围")
    for day in period.days:
        valid = [limit for _, limit in limits if _valid(limit, statutes, day)]
        own = [limit for limit in valid if limit.binds_centre]
        if len(own) > 1:
            yield Fault("limits.statutory", f"{chinese_date(day)}起有 {len(own)} 个法定时限同时有效")
        if limits and not valid:
            yield Fault("limits.statutory", f"{chinese_date(day)}起没有现行有效的法定时限")
        if any(_later(item.promised, limit) for limit in own):
            yield Fault("limits.promised", f"{chinese_date(day)}起承诺时限长于法定时限", warning=True)
        elif any(_later_over_a_weekend(item.promised, limit) for limit in own):
            yield Fault(
                "limits.promised",
                f"{chinese_date(day)}起承诺的 {item.promised.n} 个工作日，遇休息日会晚于法定时限，到时以法定的为准",
                warning=True,
            )


def _valid(limit: Limit, statutes: Mapping[str, Statute], day: date) -> bool:
    return limit.source.article is None or in_force(limit.source.article, statutes, day)


def _later_over_a_weekend(promised: Limit, statutory: Limit) -> bool:
    """Whether the working days of the promise, begun before a weekend, end after the days of the statute, without any holiday."""
    weekends = -(-promised.n // WORKDAYS)
    return (promised.unit, statutory.unit) == ("workday", "day") and promised.n + 2 * weekends > statutory.n


def _later(promised: Limit, statutory: Limit) -> bool:
    """Whether the promise ends later whatever the calendar: n + 1 working days are always more than n days of any kind."""
    return promised.n > statutory.n and (promised.unit == statutory.unit or promised.unit == "workday")
