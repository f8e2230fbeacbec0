"""核对说的话，落在指南的哪一行."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.revision.editing.places import Spot, said_of, spots
from counter_assistant.ui.items.editor.lines.slots import Line

Row = tuple[str, int | None]


def row_at(spot: Spot) -> Row:
    """The row of a place."""
    return spot.field, spot.index


def row_of(line: Line) -> Row:
    """The row that a line belongs to."""
    return row_at(line.row)


def by_row(item: ServiceItem, faults: Iterable[Fault]) -> dict[Row, list[str]]:
    """What the check says of each row of a text, in words."""
    said: dict[Row, list[str]] = {}
    for fault in faults:
        spot = spots(item, fault.place)[0]
        said.setdefault(row_at(spot), []).append(said_of(item, fault))
    return said


def remark(item: ServiceItem, faults: Iterable[Fault], here: Spot, known: Mapping[Row, Sequence[str]]) -> str:
    """What is said where one writes: of its own row first, then what is new of others."""
    own, others = [], []
    for fault in faults:
        words = said_of(item, fault)
        if any(spot.field == here.field and spot.index in (here.index, None) for spot in spots(item, fault.place)):
            own.append(words)
        elif not any(words in said for said in known.values()):
            others.append(words)
    return "".join((*own, *others))
