"""核对说的话，落在指南的哪一行."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.revision.editing.places import Spot, said_of, spots

Row = tuple[str, int | None]


def by_row(item: ServiceItem, faults: Iterable[Fault]) -> dict[Row, list[str]]:
    """What the check says of each row of a text, in words."""
    said: dict[Row, list[str]] = {}
    for fault in faults:
        spot = spots(item, fault.place)[0]
        said.setdefault((spot.field, spot.index), []).append(said_of(item, fault))
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
