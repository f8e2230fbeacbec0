"""已与证照核对一致的号码：写进台账的样子。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.typed_text.id_type import IdType


@dataclass(frozen=True, slots=True)
class NumberConfirmed:
    """核对号码 (`number_confirmed`): a clerk, given by staff number, held a doubtful number against the document, and it is
    so there. `number` is masked: the entry is found by its `uuid`, which is made of the whole number.
    """

    id_type: IdType
    number: str
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {"id_type": self.id_type.value, "number": self.number, "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> NumberConfirmed:
        """What `to_payload` wrote."""
        return cls(IdType(payload["id_type"]), payload["number"], payload["clerk"])
