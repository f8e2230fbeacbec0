"""谁打开的密封台账：打开得到的，只归打开的那个人用."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entered:
    """Who opened a sealed book, by staff number, whether by the sheet or the centre's key, and the secret half of the key of the
    registers, which is empty for whoever is no keeper."""

    who: str = ""
    by_master: bool = False
    register: bytes = field(default=b"", repr=False)

    def of(self, who: str) -> Entered:
        """What a clerk has of it, given by staff number: nothing but who opened it."""
        return self if self.who == who else Entered()
