"""封存的登记：写进台账的样子。从外面看不出谁写的、说的是谁、什么事，也看不出哪几条是一件."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SealedContent:
    """What an entry for the keepers of a register says to everybody else (`complaint`).

    `by` names how it was sealed, `key` to which public key, which says nothing of the secret one; `box` is what was sealed, in
    base64.
    """

    by: str
    key: str
    box: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book, and for a draft."""
        return {"sealed": {"by": self.by, "key": self.key, "box": self.box}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> SealedContent:
        """What `to_payload` wrote; ValueError for anything else."""
        match payload:
            case {"sealed": {"by": str(by), "key": str(key), "box": str(box)}}:
                return cls(by, key, box)
        raise ValueError("nothing that was sealed")
