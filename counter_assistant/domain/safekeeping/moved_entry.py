"""搬台账：离开一处、到了另一处，写进台账的样子；离开以后，那里不再出具."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal

MOVED_AWAY = "moved-away"
"""The code of the refusal that says that the book goes on elsewhere."""
AFTER_LEAVING = frozenset((EntryKind.BOOK_MOVED, EntryKind.RESTORED))
"""What may follow where a book has left: that it arrived, and that somebody has made it again of a copy, because the other place is lost."""


class MovedAct(StrEnum):
    """The book leaves a place, which issues no more then; the same book has arrived at another, which goes on from the same entry."""

    LEFT = "left"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class BookMoved:
    """搬台账 (`book_moved`): the last entry of a book in one place, and the first of its own in the other.

    `place` is where to, or where from: an address without user and password, or a file and its PC. `by` is who did it, by staff number.
    """

    act: MovedAct
    place: str
    by: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {"act": self.act.value, "place": self.place, "by": self.by}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> BookMoved:
        """What `to_payload` wrote."""
        return cls(MovedAct(payload["act"]), payload["place"], payload["by"])


def moved_away(place: str) -> Refusal:
    """The refusal of a book that has left for a place, such as `postgresql://10.0.0.5/centre?schema=linxiang`."""
    return Refusal(
        MOVED_AWAY,
        f"这本台账已经搬到 {place}，这里不再出具。",
        "请在设置、数据在哪里改到那里，再重新打开；搬到一半断了的，请再办一次 book move，会接着搬完。",
    )
