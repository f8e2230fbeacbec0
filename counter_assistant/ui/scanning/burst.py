"""一连串的键：手打不出这么快的，就是扫码枪在打。Plain Python: what a keystroke is held back for, and how long.

The figures: a scanner on a cable types a key in 1 to 16 ms, a slow wireless one in 35 to 50, now and then more. A quick
hand at a number pad takes 150 ms for a digit; two fingers can fall together, five cannot. A key that is held down repeats
every 25 ms or more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from counter_assistant.domain.typed_text.scan import SHORTEST

LONE_MS = 20
"""A lone digit acts after this long: nobody sees the difference, and most scanners have typed the next one by then."""
GAP_MS = 75
"""Keys further apart than this are not one burst."""
SURE, SURE_GAP_MS = 6, 150
"""After so many digits in a burst no hand can be typing, and a wireless scanner that falters is waited for."""
HELD_DOWN_MS = 15
"""A repeated key comes no faster; what does, is a scanner that types the same digit twice in a millisecond."""
BRACKETS = frozenset("]］】」』〕")
"""With one of these a scanner begins to say which kind of code follows (AIM), as a keyboard or an input method types it."""
DIGITS = frozenset("0123456789０１２３４５６７８９")


class Stroke(NamedTuple):
    """What one key or one commit of an input method types, and when.

    `at`: milliseconds of our clock when it arrived; `stamp`: milliseconds of the platform's own clock when it was struck,
    which a window that was busy meanwhile does not change, or 0 where the platform does not say.
    """

    text: str
    at: float
    stamp: int = 0
    repeated: bool = False

    def after(self, earlier: Stroke) -> float:
        """Milliseconds since an earlier one."""
        if self.stamp and earlier.stamp and self.stamp >= earlier.stamp:
            return self.stamp - earlier.stamp
        return self.at - earlier.at


@dataclass(slots=True)
class Burst:
    """Strokes that follow each other as if a scanner typed them; begins with a digit or a bracket.

    `taken` is the digit in front that an input method took to choose a word.
    """

    strokes: list[Stroke] = field(default_factory=list)
    taken: str = ""

    @property
    def text(self) -> str:
        """What was typed, together with what the input method took."""
        return self.taken + "".join(stroke.text for stroke in self.strokes)

    @property
    def digits(self) -> int:
        """How many digits it has."""
        return sum(sign in DIGITS for sign in self.text)

    @property
    def gap(self) -> float:
        """How many milliseconds the next stroke may take."""
        return SURE_GAP_MS if len(self.strokes) >= SURE else GAP_MS

    @property
    def patience(self) -> float:
        """How many milliseconds its last stroke may be held back."""
        return LONE_MS if len(self.strokes) == 1 else self.gap

    @property
    def is_scan(self) -> bool:
        """Whether only a scanner can have typed it: enough digits, and not all the same, as a key held down types them."""
        return self.digits >= SHORTEST and len({sign for sign in self.text if sign in DIGITS}) > 1

    def goes_on(self, stroke: Stroke) -> bool:
        """Whether a stroke belongs to it."""
        last = self.strokes[-1]
        after_bracket = last.text in BRACKETS and len(stroke.text) == 1  # the letter of AIM
        return (
            stroke.after(last) <= self.gap and (may_begin(stroke) or after_bracket) and not is_held_down(stroke, last)
        )


def may_begin(stroke: Stroke) -> bool:
    """Whether a burst can begin with it: digits or a bracket."""
    return bool(stroke.text) and (DIGITS.issuperset(stroke.text) or stroke.text in BRACKETS)


def is_held_down(stroke: Stroke, last: Stroke | None) -> bool:
    """Whether it is the repetition of a key that somebody holds down."""
    return stroke.repeated and (last is None or stroke.after(last) >= HELD_DOWN_MS)
