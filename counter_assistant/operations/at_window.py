"""谁用自己的口令、钥匙文件、恢复单打开了密封的台账；打开得到的，只归打开的那个人用，换了人就没有了."""

from __future__ import annotations

from dataclasses import dataclass, field

JUST_S = 120
"""For how many seconds a secret that was typed is fresh."""


@dataclass(frozen=True)
class Entered:
    """What somebody, given by staff number, has by their own secret: whether it was the sheet or the centre's key, and the secret half
    of the key of the registers, which is empty for whoever is no keeper. `at` is when, in seconds of a clock that only goes on;
    None where they showed a PIN or nothing."""

    who: str
    by_master: bool = False
    register: bytes = field(default=b"", repr=False)
    at: float | None = None

    def is_fresh(self, now: float) -> bool:
        """Whether the secret was typed just now."""
        return self.at is not None and now - self.at <= JUST_S


class AtWindow:
    """Who is at a window, by staff number, and what their own secret gave them.

    `large_print`: whoever is served there reads small type badly, so that their papers are printed in large (`format_of`).
    """

    def __init__(self) -> None:
        self.who = ""
        self.large_print = False
        self.entered = Entered("")
        self._coming = Entered("")

    def keep(self, entered: Entered) -> None:
        """Keeps what a secret gave: whoever is at the window has it now, anybody else if they come next."""
        if entered.who == self.who:
            self.entered = entered
        else:
            self._coming = entered

    def forget_coming(self) -> None:
        """Whoever showed a secret and does not come has nothing of it."""
        self._coming = Entered("")

    def come(self, who: str) -> None:
        """Somebody is at the window; what the one before had is gone."""
        self.entered = self._coming if self._coming.who == who else Entered(who)
        self.who = who
        self.forget_coming()
