"""时限：几日、从哪天起算、什么时候停、做什么."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.calendar.workdays import MOST_DAYS
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.parts import refuse_unknown
from counter_assistant.domain.revision.editing.rows import with_new_row, with_row
from counter_assistant.domain.revision.editing.wording import said
from counter_assistant.domain.revision.statements import STARTS

UNITS = {"workday": "个工作日", "day": "日"}


@dataclass(frozen=True, slots=True)
class LimitChange:
    """What of a limit is to be otherwise; what is None stays."""

    n: int | None = None
    unit: str | None = None
    start: str | None = None
    act: str | None = None
    by: str | None = None
    pauses: tuple[PauseReason, ...] | None = None

    def of(self, limit: Limit) -> Limit:
        """The limit with the change.

        Raises:
            Refusal: `limit-out-of-range`, `unknown-unit`, `unknown-start`, `words-missing`.
        """
        n = limit.n if self.n is None else self.n
        unit = limit.unit if self.unit is None else self.unit
        start = limit.start if self.start is None else self.start
        if not 0 <= n <= MOST_DAYS:
            raise Refusal(
                "limit-out-of-range", f"期限 {n} 日超出 0 到 {MOST_DAYS} 的范围。", "请写天数；当场或者当天写 0。"
            )
        if unit not in UNITS:
            raise Refusal("unknown-unit", f"期限的单位“{unit}”不认识。", "请选工作日或者日。")
        if start not in STARTS:
            raise Refusal("unknown-start", f"期限的起算“{start}”不认识。", "请从列出的起算日里选。")
        made = replace(limit, n=n, unit=unit if n else "workday", start=start)
        if self.act is not None:
            made = replace(made, act=said(self.act, "到期前做什么"))
        if self.by is not None:
            made = replace(made, by=self.by.strip())
        if self.pauses is not None:
            made = replace(made, pauses=tuple(reason for reason in PauseReason if reason in self.pauses))
        return made


def with_promised(item: ServiceItem, change: LimitChange, source: Source) -> ServiceItem:
    """Another promise.

    Raises:
        Refusal: what `LimitChange.of` refuses.
    """
    made = change.of(item.promised)
    return item if made == item.promised else replace(item, promised=replace(made, source=source))


def with_statutory(item: ServiceItem, index: int, change: LimitChange, source: Source) -> ServiceItem:
    """Another statutory limit. It rests on its article still, where it has one; else on what the centre says.

    Raises:
        Refusal: what `LimitChange.of` refuses.
    """
    before = item.statutory[index]
    made = change.of(before)
    if made == before:
        return item
    return with_row(item, "statutory", index, made if before.source.article else replace(made, source=source))


def with_statutory_article(
    item: ServiceItem, index: int, ref: ArticleRef, statutes: Mapping[str, Statute]
) -> ServiceItem:
    """A statutory limit that rests on another article.

    Raises:
        Refusal: `unknown-article`.
    """
    refuse_unknown(ref, statutes)
    return with_row(item, "statutory", index, replace(item.statutory[index], source=Source("statute", article=ref)))


def with_new_statutory(item: ServiceItem, n: int, ref: ArticleRef, statutes: Mapping[str, Statute]) -> ServiceItem:
    """One statutory limit more: so many days from acceptance on, by which is decided.

    Raises:
        Refusal: `unknown-article`, `limit-out-of-range`.
    """
    refuse_unknown(ref, statutes)
    limit = Limit(0, "day", "acceptance", Source("statute", article=ref), act="作出决定")
    return with_new_row(item, "statutory", LimitChange(n=n, unit="day").of(limit))
