"""来电登记：一次通话在台账里的样子。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class CallNoted:
    """来电登记 (`inquiry`): what was asked and answered; it begins no case. `item` is empty where it was about no item.

    One that was not answered at once has a last day for it, `due` (守则 一(七)4: 3个工作日答复), which is `provisional` where it depends
    on holidays not published yet; `caller` says who waits for it, and how they are reached.
    """

    note: str
    item: str
    clerk: str
    channel: str
    caller: str = ""
    due: date | None = None
    provisional: bool = False

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        due = {"due": self.due.isoformat(), "provisional": self.provisional} if self.due else {}
        caller = {"caller": self.caller} if self.caller else {}
        return {"note": self.note, "item": self.item, "clerk": self.clerk, "channel": self.channel, **caller, **due}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> CallNoted:
        """What `to_payload` wrote."""
        due = date.fromisoformat(payload["due"]) if "due" in payload else None
        said = (payload["note"], payload["item"], payload["clerk"], payload["channel"], payload.get("caller", ""))
        return cls(*said, due, payload.get("provisional", False))
