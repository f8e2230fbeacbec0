"""施行一版目录，在台账里的样子."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Flat
from counter_assistant.domain.revision.content_json import from_json
from counter_assistant.domain.revision.edition import Edition


@dataclass(frozen=True, slots=True)
class TakenPack(Flat):
    """The pack that an edition came in: its id, whose it is, when it was made, and the public key that signed it.

    `trusted`: with this act the office began to trust that key, whose fingerprint somebody had compared.
    """

    id: str
    centre: str
    made: str
    algorithm: str
    key: str
    trusted: bool


@dataclass(frozen=True)
class ContentTaken:
    """从某日起按这一版目录告知 (`EntryKind.CONTENT_TAKEN`).

    `clerk` recorded it and `confirmed_by` compared it with the document, both staff numbers. `pack` is what it came in, None
    where it was approved here.
    """

    edition: Edition
    clerk: str
    confirmed_by: str
    pack: TakenPack | None = None

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "edition": self.edition.to_json(), "clerk": self.clerk, "confirmed_by": self.confirmed_by,
            "pack": self.pack.to_payload() if self.pack else None,
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ContentTaken:
        """What `to_payload` wrote."""
        pack = TakenPack.from_payload(payload["pack"]) if payload["pack"] else None
        return cls(Edition.from_json(payload["edition"]), payload["clerk"], payload["confirmed_by"], pack)


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
