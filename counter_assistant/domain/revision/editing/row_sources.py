"""一行话的依据：字不变，只写明出自哪个文件、第几条、哪一天；材料的“怎么交”和“要不要”各有各的."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.rows import with_field, with_row
from counter_assistant.domain.revision.verdicts import settled

SOURCED = ("conditions", "notes", "questions", "materials", "never_ask", "statutory", "promised")
"""The fields whose rows say where they come from."""
WORDING, NEED = "wording", "need"
"""The facts of a material whose sources are told apart, as long as it is not confirmed as a whole."""


def told_apart(item: ServiceItem, index: int) -> bool:
    """Whether the halves of a material have each a source of its own: until both are confirmed."""
    return item.materials[index].material.source.to_confirm


def source_of(item: ServiceItem, spot: Spot) -> Source | None:
    """Where a row comes from; of a material, where the half of it that the spot names does. None where nothing says it."""
    if spot.field == "promised":
        return item.promised.source
    row = getattr(item, spot.field)[spot.index]
    source: Source | None = getattr(row, spot.fact) or row.material.source if spot.field == "materials" else row.source
    return source


def with_source(item: ServiceItem, spot: Spot, source: Source) -> ServiceItem:
    """The text in which a row of one of the fields of `SOURCED` comes from somewhere else, in the same words. Both halves of a
    material that is confirmed have one source.
    """
    if source == source_of(item, spot):
        return item
    if spot.index is None:
        return with_field(item, spot.field, replace(item.promised, source=source))
    row = getattr(item, spot.field)[spot.index]
    if spot.field != "materials":
        return with_row(item, spot.field, spot.index, replace(row, source=source))
    if told_apart(item, spot.index):
        halves = {spot.fact: source}
        return with_row(item, "materials", spot.index, settled(replace(row, **halves)))
    return with_row(item, "materials", spot.index, replace(row, material=replace(row.material, source=source)))
