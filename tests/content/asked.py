"""What the item files ask for in a situation, by the ids of the materials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.operations.program import program

CATALOGUE = program().catalogue
TEXTS = [text for same in CATALOGUE.items.values() for text in same]
TODAY = date(2026, 11, 28)
OLD_LAW = date(2026, 9, 19)
"""The last day of the regulation before its third revision."""


@dataclass(frozen=True)
class Asked:
    """The materials that are needed, those that hang on an open answer, and those never to be asked for."""

    needed: frozenset[str]
    maybe: frozenset[str]
    never: frozenset[str]


def item_on(item_id: str, day: date = TODAY) -> ServiceItem:
    """The text of an item in force on a day."""
    text = CATALOGUE.item(item_id, day)
    assert text is not None, f"{item_id} is not in force on {day}"
    return text


def asked(item_id: str, day: date = TODAY, /, **answers: str) -> Asked:
    """What an item asks for in the situation of these answers."""
    made = build_checklist(Situation.of(item_on(item_id, day), answers))
    return Asked(
        frozenset(line.material.id for line in made.required),
        frozenset(line.material.id for line in made.maybe),
        frozenset(line.id for line in made.never_ask),
    )


def requirement(item_id: str, material_id: str, day: date = TODAY, /, **answers: str) -> str:
    """How a needed material is to be filled in or brought."""
    made = build_checklist(Situation.of(item_on(item_id, day), answers))
    return next(line.material.requirement for line in made.required if line.material.id == material_id)


def conditions(item_id: str, day: date = TODAY) -> dict[str, str]:
    """The conditions of an item by id, in the words that print."""
    return {condition.id: condition.text for condition in item_on(item_id, day).conditions}


def notes(item_id: str, day: date = TODAY, /, **answers: str) -> str:
    """What an item explains beside its conditions, in the situation of these answers."""
    item = item_on(item_id, day)
    return "；".join(note.text for note in item.notes_for(item.settle(answers)))
