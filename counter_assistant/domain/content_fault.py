"""目录里的一处毛病：在哪里，是什么。"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a text. `place` names a table or key of its file; a text with a `warning` may still be used."""

    place: str
    fault: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}：{'（提醒）' if self.warning else ''}{self.fault}"
