"""当事人各栏：逐栏核对，错在哪一栏就说在哪一栏。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.people.agent import (
    LONGEST_RELATION,
    NO_AGENT,
    OFFERED,
    Agent,
    check_agent,
    check_relation,
    of_agent,
)
from counter_assistant.domain.people.applicant import COMPARABLE, Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import read_text
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import likely_type, read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone
from counter_assistant.domain.typed_text.reading import Reading

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.ui.desk.presentation.state import DeskState

FIELDS = ("name", "phone", "id_number", "agent_name", "agent_relation", "agent_phone", "agent_id_number")
LABELS = {
    "name": "姓名",
    "phone": "电话",
    "id_number": "证件号码",
    "agent_name": "代办人姓名",
    "agent_relation": "代办人关系",
    "agent_phone": "代办人电话",
    "agent_id_number": "代办人证件号码",
}
FIELD_OF_REFUSAL = {
    "name-needed": "name", "name-too-long": "name", "bad-phone": "phone", "id-number-needed": "id_number",
    "bad-id-number": "id_number", "old-id-number": "id_number", "id-number-doubtful": "id_number",
    "name-form": "name", "name-doubtful": "name", "phone-doubtful": "phone", "agent-name-needed": "agent_name",
    "agent-relation": "agent_relation", "agent-id-number-needed": "agent_id_number",
}  # fmt: skip
"""Which field a refused act is about, where it is about one."""


DOUBTS = {"name-form", "name-doubtful", "phone-doubtful", "id-number-doubtful"}
"""What may be right all the same: the clerk compares it with the document."""


class Offer(NamedTuple):
    """What can be done about a field by one key: `instead` is put in its place, or what was typed is kept as compared."""

    field: str
    instead: str
    comparable: bool


def read_field(state: DeskState, field: str, today: date) -> Reading:
    """What stands in one of the fields of a person."""
    text = getattr(state, field)
    match field.removeprefix("agent_"):
        case "name":
            return read_name(text)
        case "phone":
            return read_phone(text)
        case "id_number":
            return read_id_number(text, type_of(state, field), today)
    return read_text(text, LABELS[field], LONGEST_RELATION)


def type_of(state: DeskState, field: str) -> IdType:
    """The kind of document that a number is of: as it was chosen, or as an agent's number itself says."""
    return _kind(state.id_type) if field == "id_number" else likely_type(getattr(state, field))


def offers(state: DeskState, today: date) -> list[Offer]:
    """What is offered about the fields of the applicant and the agent, in their order."""
    fields = [field for field in COMPARABLE if state.has_agent() or not field.startswith("agent_")]
    read = [(field, read_field(state, field, today)) for field in fields if not state.is_compared(field)]
    return [
        Offer(field, reading.instead, reading.comparable)
        for field, reading in read
        if reading.fault and (reading.instead or reading.comparable)
    ]


def read_applicant(state: DeskState, item: ServiceItem | None, today: date) -> tuple[Applicant, dict[str, Refusal]]:
    """The applicant with every field that can be right, and a refusal for each that cannot. No item: none is chosen."""
    faults: dict[str, Refusal] = {}
    agent = _agent(state, relation_of(state, item), today, faults) if state.has_agent() else NO_AGENT
    name, phone, number = (_checked(faults, state, field, today) for field in ("name", "phone", "id_number"))
    return Applicant(name, phone, _kind(state.id_type), number, agent), faults


def relation_of(state: DeskState, item: ServiceItem | None) -> str:
    """Who is at the window, as the question was answered; empty where it was not."""
    asked = item.asked("who") if item else None
    option = asked.question.option(state.answers.get("who", "")) if asked else None
    return option.label if option else ""


def offered(state: DeskState) -> tuple[str, ...]:
    """The relations that the answer leaves to choose from."""
    return OFFERED.get(state.answers.get("who", ""), ())


def _agent(state: DeskState, relation: str, today: date, faults: dict[str, Refusal]) -> Agent:
    """Who acts; nobody while there is no name, and what else was typed then asks for one."""
    kind = likely_type(state.agent_id_number)
    name, typed = _checked(faults, state, "agent_name", today), _relation(faults, state, today)
    phone, number = (_checked(faults, state, field, today) for field in ("agent_phone", "agent_id_number"))
    if name:
        return Agent(name, typed or relation, kind, number, phone)
    try:
        check_agent(Agent("", typed, kind, number, phone), None)
    except Refusal as refusal:
        faults.setdefault("agent_name", refusal)
    return NO_AGENT


def _relation(faults: dict[str, Refusal], state: DeskState, today: date) -> str:
    relation = _checked(faults, state, "agent_relation", today)
    try:
        check_relation(relation, state.answers.get("who"))
    except Refusal as refusal:
        faults.setdefault("agent_relation", refusal)
        return ""
    return relation


def _kind(code: str) -> IdType:
    return IdType(code) if code in set(IdType) else IdType.RESIDENT


def _checked(faults: dict[str, Refusal], state: DeskState, field: str, today: date) -> str:
    """The text in its printed form; empty where it cannot be right, which `faults` then says of the field."""
    reading = read_field(state, field, today)
    said = of_agent if field in ("agent_phone", "agent_id_number") else lambda accepted: accepted()
    try:
        return said(lambda: reading.accepted(compared=state.is_compared(field)))
    except Refusal as refusal:
        faults.setdefault(field, refusal)
        return ""
