"""当事人。Asked for only as far as a paper needs it: somebody who asks a question need not give a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_assistant.domain.people.agent import NO_AGENT, Agent
from counter_assistant.domain.people.identity import (
    IdType,
    check_id_number,
    check_name,
    check_phone,
    mask_id,
    mask_phone,
)

NOT_COLLECTED = "未采集"


@dataclass(frozen=True, slots=True)
class Applicant:
    """当事人：姓名以证件为准，不拆姓和名."""

    name: str = ""
    phone: str = ""
    id_type: IdType = IdType.RESIDENT
    id_number: str = ""
    agent: Agent = NO_AGENT

    def to_payload(self) -> dict[str, Any]:
        """The applicant as plain JSON values."""
        return {
            "name": self.name, "phone": self.phone, "id_type": self.id_type.value, "id_number": self.id_number,
            "agent": self.agent.to_payload(),
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Applicant:
        """The applicant that `to_payload` wrote."""
        agent = Agent.from_payload(payload["agent"]) if "agent" in payload else NO_AGENT
        kind = IdType(payload.get("id_type", IdType.RESIDENT))
        return cls(payload["name"], payload["phone"], kind, payload["id_number"], agent)

    def checked(self, today: date) -> Applicant:
        """The same person with every field in its printed form.

        Raises:
            Refusal: what `check_name`, `check_phone`, `check_id_number` and `Agent.checked` refuse.
        """
        number = check_id_number(self.id_number, self.id_type, today) if self.id_number else ""
        name, phone = check_name(self.name), check_phone(self.phone)
        return replace(self, name=name, phone=phone, id_number=number, agent=self.agent.checked(today))

    @property
    def masked_id(self) -> str:
        """The number as screen and paper show it."""
        return mask_id(self.id_number) if self.id_number else NOT_COLLECTED

    @property
    def masked_phone(self) -> str:
        """The phone as paper shows it."""
        return mask_phone(self.phone) if self.phone else "未留"
