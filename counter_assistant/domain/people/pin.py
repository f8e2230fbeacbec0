"""PIN：只解开已经打开的程序，不打开台账；错了越等越久，错多了要用口令."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from counter_assistant.domain.refusal import Refusal

SHORTEST, LONGEST = 6, 11
"""The fewest and most digits. What is longer is a passphrase, so both can be typed into one field."""
MOST_WRONG = 5
"""After so many wrong PINs in a row only the passphrase is accepted."""
LONGEST_WAIT = 30
"""The longest wait after a wrong try, in seconds."""
_UPWARDS, _DOWNWARDS = "01234567890123456789", "98765432109876543210"


def is_pin(said: str) -> bool:
    """Whether what was typed can be a PIN rather than a passphrase."""
    return re.fullmatch(rf"[0-9]{{1,{LONGEST}}}", said) is not None


def new_pin(said: str) -> str:
    """A PIN that somebody chooses.

    Raises:
        Refusal: `weak-pin`: not 6 to 11 digits, one digit over and over, or digits in a row such as 123456.
    """
    if not is_pin(said) or len(said) < SHORTEST:
        what = f"PIN 要 {SHORTEST} 到 {LONGEST} 位数字。"
    elif len(set(said)) == 1 or said in _UPWARDS or said in _DOWNWARDS:
        what = "这样的 PIN 太好猜。"
    else:
        return said
    raise Refusal("weak-pin", what, "请另选几位数字，不用生日和工号。")


@dataclass
class Tries:
    """The wrong tries of one person in a row, and until when the next one waits, in seconds of a clock that nobody sets."""

    wrong: int = 0
    until: float = 0.0

    @property
    def wait(self) -> int:
        """How many seconds nothing is accepted after the last wrong try: 1, 2, 4 and so on."""
        return min(1 << (self.wrong - 1), LONGEST_WAIT) if self.wrong else 0

    @property
    def pin_is_spent(self) -> bool:
        """Whether the passphrase is asked for from now on."""
        return self.wrong >= MOST_WRONG

    def fail(self, now: float, since: float = 0.0) -> None:
        """Counts a wrong try, made `since` seconds before now."""
        self.wrong += 1
        self.until = now - since + self.wait

    def left(self, now: float) -> int:
        """How many seconds it still has to be waited, in whole ones."""
        return max(0, ceil(self.until - now))
