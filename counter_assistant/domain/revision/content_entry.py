"""施行一版目录，在台账里的样子."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.revision.content_json import from_json
from counter_assistant.domain.revision.edition import Edition


@dataclass(frozen=True)
class ContentTaken:
    """从某日起按这一版目录告知 (`EntryKind.CONTENT_TAKEN`).

    `clerk` recorded it and `confirmed_by` compared it with the document, both staff numbers. `pack` names the file that it
    came in, and is empty where it was approved here.
    """

    edition: Edition
    clerk: str
    confirmed_by: str
    pack: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "edition": self.edition.to_json(), "clerk": self.clerk, "confirmed_by": self.confirmed_by, "pack": self.pack,
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ContentTaken:
        """What `to_payload` wrote."""
        edition = Edition.from_json(payload["edition"])
        return cls(edition, payload["clerk"], payload["confirmed_by"], payload["pack"])


@dataclass(frozen=True, slots=True)
class TakenEdition:
    """What a list of editions says of one: its items stay unread."""

    version: str
    approval: Approval
    clerk: str
    confirmed_by: str

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> TakenEdition:
        """What `ContentTaken.to_payload` wrote."""
        edition = payload["edition"]
        approval = from_json(Approval, edition["approval"], "approval")
        return cls(edition["content"]["version"], approval, payload["clerk"], payload["confirmed_by"])
