"""一张证填进哪几栏、台上原来填的是什么。Plain Python, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from counter_assistant.devices.identity_card import IdentityCard
    from counter_assistant.ui.desk.presentation.state import DeskState


class CardFields(NamedTuple):
    """The fields that a card fills: of the applicant, or of the agent, whose document says itself what it is."""

    name: str
    id_number: str
    id_type: str
    phone: str
    """Where the cursor goes on, which no card knows."""


APPLICANT = CardFields("name", "id_number", "id_type", "phone")
AGENT = CardFields("agent_name", "agent_id_number", "", "agent_phone")


def values_of(card: IdentityCard, fields: CardFields) -> dict[str, str]:
    """The texts that a card puts into the fields; the kind of document first, by which the number is checked."""
    values = {fields.id_type: card.kind.value, fields.name: card.name, fields.id_number: card.number}
    return {key: text for key, text in values.items() if key and text}


def holds_another(state: DeskState, card: IdentityCard, fields: CardFields) -> str:
    """In words, what stands on the desk and is not this card's; empty where nothing would be lost."""
    name, number = (getattr(state, key).strip() for key in (fields.name, fields.id_number))
    told = [f"姓名“{name}”"] if name and name != card.name else []
    told += [f"号码尾号 {number[-4:]}"] if number and number.upper() != card.number else []
    return "、".join(told)
