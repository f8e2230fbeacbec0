"""当事人。Asked for only as far as a paper needs it: somebody who asks a question need not give a number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from counter_assistant.domain.people.agent import NO_AGENT, Agent
from counter_assistant.domain.people.identity import Numbers
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone

NOT_COLLECTED = "未采集"
COMPARABLE = ("name", "phone", "id_number", "agent_name", "agent_phone", "agent_id_number")
"""The fields of a person that may be doubtful and right: 已与证照核对一致."""


@dataclass(frozen=True, slots=True)
class Applicant(Numbers):
    """当事人：姓名以证件为准，不拆姓和名."""

    name: str = ""
    phone: str = ""
    id_type: IdType = IdType.RESIDENT
    id_number: str = ""
    agent: Agent = NO_AGENT
    id_mask: str = field(default="", repr=False)
    phone_mask: str = field(default="", repr=False)

    def to_payload(self) -> dict[str, Any]:
        """The applicant as plain JSON values."""
        return {
            "name": self.name, "phone": self.phone, "id_type": self.id_type.value, "id_number": self.id_number,
            "agent": self.agent.to_payload(), **self.masks(),
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Applicant:
        """The applicant that `to_payload` wrote."""
        agent = Agent.from_payload(payload["agent"]) if "agent" in payload else NO_AGENT
        kind = IdType(payload.get("id_type", IdType.RESIDENT))
        masks = payload.get("id_mask", ""), payload.get("phone_mask", "")
        return cls(payload["name"], payload["phone"], kind, payload["id_number"], agent, *masks)

    def checked(self, today: date, compared: Collection[str] = ()) -> Applicant:
        """The same person with every field in its printed form. `compared`: which of `COMPARABLE` were held against the
        document, and are as they were found there. A doubtful name or phone prints as typed: whoever types it is asked.

        Raises:
            Refusal: what `read_name`, `read_phone`, `read_id_number` and `Agent.checked` find wrong.
        """
        return replace(
            self,
            name=read_name(self.name).accepted(compared=True),
            phone=read_phone(self.phone).accepted(compared=True),
            id_number=read_id_number(self.id_number, self.id_type, today).accepted(compared="id_number" in compared),
            agent=self.agent.checked(today, compared), id_mask="", phone_mask="",
        )  # fmt: skip

    def masked(self) -> Applicant:
        """The same person, and whoever acts for them, without whole numbers."""
        return replace(self, **self.without_whole(), agent=replace(self.agent, **self.agent.without_whole()))

    @property
    def whole_in_words(self) -> list[str]:
        """Every whole number that there is, with what it is: a line for the applicant, one for whoever acted for them."""
        lines = (("", _whole_of(self)), ("代办人：", _whole_of(self.agent)))
        return [f"{whose}{numbers}" for whose, numbers in lines if numbers]

    @property
    def masked_id(self) -> str:
        """The number as screen and paper show it."""
        return self.shown_id or NOT_COLLECTED

    @property
    def masked_phone(self) -> str:
        """The phone as paper shows it."""
        return self.shown_phone or "未留"


def _whole_of(who: Applicant | Agent) -> str:
    numbers = ((who.id_type.label, who.id_number), ("电话", who.phone))
    return "　".join(f"{what} {number}" for what, number in numbers if number)
