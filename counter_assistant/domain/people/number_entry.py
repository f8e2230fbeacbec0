"""已与证照核对一致的号码，和看过的整个号码：写进台账的样子。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_assistant.domain.entry import Flat
from counter_assistant.domain.typed_text.id_type import IdType


@dataclass(frozen=True, slots=True)
class NumberConfirmed:
    """核对号码 (`number_confirmed`): a clerk, given by staff number, held a doubtful number against the document, and it is
    so there. `number` is masked; `whole` is by what the entry is found again, and empty once that is no longer kept. An entry
    of before has none: its `uuid` is made of the whole number.
    """

    id_type: IdType
    number: str
    clerk: str
    whole: str = field(default="", repr=False)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        whole = {"whole": self.whole} if self.whole else {}
        return {"id_type": self.id_type.value, "number": self.number, "clerk": self.clerk, **whole}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> NumberConfirmed:
        """What `to_payload` wrote."""
        return cls(IdType(payload["id_type"]), payload["number"], payload["clerk"], payload.get("whole", ""))


@dataclass(frozen=True, slots=True)
class NumberRevealed(Flat):
    """查看号码 (`number_revealed`): the whole numbers of the slip `number` were shown to a clerk, given by staff number, for a
    reason."""

    number: str
    reason: str
    clerk: str
