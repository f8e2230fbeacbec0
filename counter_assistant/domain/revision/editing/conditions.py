"""什么情形下：材料、说明、资格要求、问题、办理方式和法定时限各自的条件."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import MaterialRule
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.editing.parts import with_broken_when
from counter_assistant.domain.revision.editing.rows import with_row
from counter_assistant.domain.revision.verdicts import settled

CONDITIONAL = ("handling", "questions", "conditions", "notes", "materials", "statutory")
"""The fields whose rows may hold in some situations only."""


def when_of(item: ServiceItem, field: str, index: int) -> Condition:
    """When a row of one of the fields of `CONDITIONAL` holds; of a requirement, when it is not met."""
    row = getattr(item, field)[index]
    held: Condition | None = row[0] if field == "handling" else row.broken_when if field == "conditions" else row.when
    return held or Always()


def with_when(item: ServiceItem, field: str, index: int, when: Condition, source: Source) -> ServiceItem:
    """A row that holds in other situations. When a question arises and how an item is handled have no source of their own.

    Raises:
        Refusal: `words-missing` (a requirement does not say what is the case with the applicant).
    """
    if when == when_of(item, field, index):
        return item
    row = getattr(item, field)[index]
    match field:
        case "handling":
            return with_row(item, field, index, (when, row[1]))
        case "questions":
            return with_row(item, field, index, replace(row, when=when))
        case "conditions":
            return with_broken_when(item, index, when, row.broken_text, source)
        case "materials":
            return with_row(item, field, index, _needed(replace(row, when=when), source))
        case "statutory" if row.source.article:
            return with_row(item, field, index, replace(row, when=when))
    return with_row(item, field, index, replace(row, when=when, source=source))


def _needed(rule: MaterialRule, source: Source) -> MaterialRule:
    """A rule whose need the centre has answered for; where what is required is confirmed, all of it is the centre's."""
    if rule.material.source.to_confirm:
        return settled(replace(rule, need=source))
    return replace(rule, material=replace(rule.material, source=source))
