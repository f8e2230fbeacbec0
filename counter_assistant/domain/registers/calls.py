"""来电登记：一次通话在台账里的样子。"""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.entry import Flat


@dataclass(frozen=True, slots=True)
class CallNoted(Flat):
    """来电登记 (`inquiry`): what was asked and answered; it begins no case. `item` is empty where it was about no item."""

    note: str
    item: str
    clerk: str
    channel: str
