"""当事人各栏：逐栏核对，错在哪一栏就说在哪一栏。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.applicant import Agent, Applicant
from counter_assistant.domain.identity import IdType, check_id_number, check_name, check_phone, check_text
from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from counter_assistant.ui.desk.state import DeskState

FIELDS = ("name", "phone", "id_number", "agent_name", "agent_relation")
LABELS = {
    "name": "姓名",
    "phone": "电话",
    "id_number": "证件号码",
    "agent_name": "代办人姓名",
    "agent_relation": "代办人关系",
}
FIELD_OF_REFUSAL = {"name-needed": "name", "name-too-long": "name", "bad-phone": "phone", "id-number-needed": "id_number",
                    "bad-id-number": "id_number", "old-id-number": "id_number"}  # fmt: skip
"""Which field a refused act is about, where it is about one."""


def read_applicant(state: DeskState, relation: str, today: date) -> tuple[Applicant, dict[str, Refusal]]:
    """The applicant with every field that can be right, and a refusal for each that cannot. `relation`: as answered."""
    kind = IdType(state.id_type) if state.id_type in set(IdType) else IdType.RESIDENT
    faults: dict[str, Refusal] = {}

    def checked(field: str, text: str, check: Callable[[str], str]) -> str:
        try:
            return check(text) if text.strip() else ""
        except Refusal as refusal:
            faults[field] = refusal
            return ""

    agent = Agent()
    if state.has_agent():
        agent_name = checked("agent_name", state.agent_name, check_name)
        typed = checked("agent_relation", state.agent_relation, lambda text: check_text(text, "代办人关系", 20).strip())
        agent = Agent(agent_name, (typed or relation) if agent_name else "")
    applicant = Applicant(
        checked("name", state.name, check_name), checked("phone", state.phone, check_phone), kind,
        checked("id_number", state.id_number, lambda text: check_id_number(text, kind, today)), agent,
    )  # fmt: skip
    return applicant, faults
