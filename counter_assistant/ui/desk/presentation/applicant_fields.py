"""当事人各栏：逐栏核对，错在哪一栏就说在哪一栏。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.people.agent import (
    LONGEST_RELATION,
    NO_AGENT,
    OFFERED,
    Agent,
    check_agent,
    check_relation,
    of_agent,
)
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.identity import (
    IdType,
    check_id_number,
    check_name,
    check_phone,
    check_text,
    likely_type,
)
from counter_assistant.domain.refusal import Refusal

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
    "bad-id-number": "id_number", "old-id-number": "id_number", "agent-name-needed": "agent_name",
    "agent-relation": "agent_relation", "agent-id-number-needed": "agent_id_number",
}  # fmt: skip
"""Which field a refused act is about, where it is about one."""


def read_applicant(state: DeskState, item: ServiceItem | None, today: date) -> tuple[Applicant, dict[str, Refusal]]:
    """The applicant with every field that can be right, and a refusal for each that cannot. No item: none is chosen."""
    faults: dict[str, Refusal] = {}
    kind, relation = _kind(state.id_type), relation_of(state, item)
    agent = _agent(state, relation, today, faults) if state.has_agent() else NO_AGENT
    applicant = Applicant(
        _checked(faults, "name", state.name, check_name), _checked(faults, "phone", state.phone, check_phone), kind,
        _checked(faults, "id_number", state.id_number, lambda text: check_id_number(text, kind, today)), agent,
    )  # fmt: skip
    return applicant, faults


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
    name = _checked(faults, "agent_name", state.agent_name, check_name)
    typed = _checked(faults, "agent_relation", state.agent_relation, lambda text: _relation(text, state))
    phone = _checked(faults, "agent_phone", state.agent_phone, lambda text: of_agent(lambda: check_phone(text)))
    number = _checked(
        faults,
        "agent_id_number",
        state.agent_id_number,
        lambda text: of_agent(lambda: check_id_number(text, kind, today)),
    )
    if name:
        return Agent(name, typed or relation, kind, number, phone)
    try:
        check_agent(Agent("", typed, kind, number, phone), None)
    except Refusal as refusal:
        faults.setdefault("agent_name", refusal)
    return NO_AGENT


def _relation(text: str, state: DeskState) -> str:
    relation = check_text(text, "代办人关系", LONGEST_RELATION).strip()
    check_relation(relation, state.answers.get("who"))
    return relation


def _kind(code: str) -> IdType:
    return IdType(code) if code in set(IdType) else IdType.RESIDENT


def _checked(faults: dict[str, Refusal], field: str, text: str, check: Callable[[str], str]) -> str:
    """The text in its printed form; empty where it cannot be right, which `faults` then says of the field."""
    try:
        return check(text) if text.strip() else ""
    except Refusal as refusal:
        faults.setdefault(field, refusal)
        return ""
