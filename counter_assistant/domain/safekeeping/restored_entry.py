"""恢复台账，和恢复以后的确认：写进台账的样子."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RestoredAct(StrEnum):
    """What was done: the book was restored; somebody said that all is right."""

    RESTORED = "restored"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Restored:
    """恢复台账 (`restored`): the first entry after a restore, and later the one that confirms it, each by a staff number.

    `copy` is the head of the copy that was restored, `old` that of the book that was there, each `SEQ:HASH` and empty where it could
    not be read. `journal` is the number of the entry as far as which a journal was replayed, 0 where there was none. `lost` is how many
    entries the old book had that the restored one has not. `skipped` are the first and the last number of each series that are not
    given, since papers may bear them.
    """

    act: RestoredAct
    by: str
    copy: str = ""
    journal: int = 0
    old: str = ""
    lost: int = 0
    skipped: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        skipped = [[series, first, last] for series, (first, last) in self.skipped.items()]
        return {
            "act": self.act.value, "by": self.by, "copy": self.copy, "journal": self.journal, "old": self.old,
            "lost": self.lost, "skipped": skipped,
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Restored:
        """What `to_payload` wrote."""
        skipped = {series: (first, last) for series, first, last in payload["skipped"]}
        said = {name: payload[name] for name in ("by", "copy", "journal", "old", "lost")}
        return cls(RestoredAct(payload["act"]), **said, skipped=skipped)
