"""一个事项里成列的东西：次序、增减；哪些至少要有一行."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal

AT_LEAST_ONE = {"steps": "审批环节", "handling": "办理方式", "conditions": "资格要求", "materials": "材料"}
"""What the five parts of a notice and the elements of an item cannot do without (守则 一(四)2, 一(五)2)."""


def with_field(item: ServiceItem, field: str, value: Any) -> ServiceItem:
    """The text with another value of one field."""
    changes = {field: value}
    return replace(item, **changes)


def with_row(item: ServiceItem, field: str, index: int, row: Any) -> ServiceItem:
    """The text with another row in the place of one; the same text where it is the same row."""
    rows = getattr(item, field)
    return item if rows[index] == row else with_field(item, field, (*rows[:index], row, *rows[index + 1 :]))


def with_new_row(item: ServiceItem, field: str, row: Any, index: int | None = None) -> ServiceItem:
    """The text with one row more, at a place or at the end."""
    rows = getattr(item, field)
    at = len(rows) if index is None else index
    return with_field(item, field, (*rows[:at], row, *rows[at:]))


def moved(item: ServiceItem, field: str, index: int, by: int) -> ServiceItem:
    """The text with a row so many places further down, or up; at the end it stays. Where things come from stays as it was."""
    rows = list(getattr(item, field))
    row = rows.pop(index)
    rows.insert(min(max(index + by, 0), len(rows)), row)
    return with_field(item, field, tuple(rows))


def removed(item: ServiceItem, field: str, index: int) -> ServiceItem:
    """The text without a row. A question is removed by `questions.question_removed`.

    Raises:
        Refusal: `last-of-its-kind` (an item cannot do without any), `basis-missing`.
    """
    rows = getattr(item, field)
    if len(rows) == 1 and field in AT_LEAST_ONE:
        what = AT_LEAST_ONE[field]
        raise Refusal(
            "last-of-its-kind", f"只剩这一行{what}，去掉就没有了，告知单会不全。", "请先加一行，再去掉这一行。"
        )
    if len(rows) == 1 and field == "basis" and not item.basis_note:
        raise Refusal("basis-missing", "只剩这一条政策依据，去掉就没有了。", "请先加一条，或者写明依据的说明。")
    return with_field(item, field, (*rows[:index], *rows[index + 1 :]))
