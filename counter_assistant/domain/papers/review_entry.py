"""复核：写进台账的样子。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.entry import REVIEW_OF
from counter_assistant.domain.papers.kinds import SlipKind


@dataclass(frozen=True, slots=True)
class Review:
    """复核 (`review`): what somebody else said of a paper before it is issued.

    `act` is the id of the request that the paper will be issued under, `content` a digest of all that the paper is made from:
    what is changed afterwards was not reviewed. `clerk` asked, `reviewer` looked, both by staff number; `reason` says why the
    paper goes back and is empty where it was `agreed`.
    """

    act: str
    content: str
    kind: SlipKind
    agreed: bool
    reason: str
    clerk: str
    reviewer: str

    @staticmethod
    def named(act: str, content: str) -> str:
        """The `uuid` of the entry, so that one content of one act is decided once."""
        return f"{REVIEW_OF}{act}:{content}"

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {"kind": self.kind.value}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Review:
        """What `to_payload` wrote."""
        values = {name: payload[name] for name in cls.__slots__}
        return cls(**{**values, "kind": SlipKind(values["kind"])})
