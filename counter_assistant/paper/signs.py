"""柜台标识的纸面：一张竖放的 A4，几步以外也读得清。

The longest line of the headline decides the headline's size, and the longest line of the body that of the body, up to a
size at which it still looks like a line. The office is named in small print at the foot; there is neither a number nor
a QR code.
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.papers.counter_sign import Role, SignLine
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, Block, Box, Image, Picture, Placed, Text, set_lines, stack_lines
from counter_assistant.paper.geometry.measures import A4, MM
from counter_assistant.paper.line_breaking import LineBreaker

LARGEST = {Role.HEADLINE: 130.0, Role.SECOND: 54.0, Role.BODY: 56.0}  # points
SMALLEST = {Role.HEADLINE: 60.0, Role.SECOND: 20.0, Role.BODY: 24.0}  # a longer line is broken
LEADING = {Role.HEADLINE: 1.3, Role.SECOND: 1.5, Role.BODY: 1.75}
FOOT, FOOT_PITCH = 15.0, 24.0
EDGE, PAD, GAP = 6 * MM, 5 * MM, 9 * MM  # the frame beside the text, above the foot, around the rule under the headline
HIGHEST_PICTURE = 45 * MM
HEAD_SHARE = 0.38  # the part of the free height that goes above the headline
TIGHTER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


class SignMaker:
    """Fills the one page of a sign."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker = breaker

    def page(self, lines: Sequence[SignLine], script: Image | None = None) -> list[Placed]:
        """A frame, within it the headline and what follows, and the office at the foot. `script`: the headline in another script, as a
        picture in the place of such a line."""
        foot = self._foot(lines)
        room = A4.bottom - A4.top - foot.height
        words = next((made for made in (self._words(lines, script, by) for by in TIGHTER) if made.height <= room), None)
        words = words or self._words(lines, script, TIGHTER[-1])
        top = A4.top + max(room - words.height, 0) * HEAD_SHARE
        return [Placed(A4.top, _frame()), Placed(top, words), Placed(A4.bottom - foot.height, foot)]

    def _words(self, lines: Sequence[SignLine], script: Image | None, by: float) -> Block:
        """The headline and the body as one block; `by` scales all of it."""
        texts: list[Text] = []
        pictures: list[Picture] = []
        rules: list[Box] = []
        y = 0.0
        for role in (Role.HEADLINE, Role.SECOND, Role.BODY):
            said = [line.text for line in lines if line.role is role]
            if role is Role.SECOND and script is not None:
                pictures.append(_picture(script, y, by))
                y += pictures[-1].height + GAP * by
                continue
            if not said:
                continue
            if role is Role.BODY:
                rules.append((A4.width / 4, y + GAP, A4.width * 3 / 4, y + GAP))
                y += 2 * GAP
            size = self._size(said, role) * by
            for text in said:
                set_ = set_lines(self._breaker, _runs(text, role), A4.width, size)
                texts += stack_lines(set_, 0, y, A4.width, size, size * LEADING[role], CENTRE)
                y += size * LEADING[role] * len(set_)
        return Block(y, tuple(texts), bars=tuple(rules), pictures=tuple(pictures))

    def _size(self, said: Sequence[str], role: Role) -> float:
        """The size in points at which the longest line fills the width, within the bounds of its role."""
        longest = max(self._breaker.lines(_runs(text, role), 1e6)[0].width for text in said)
        fitting = A4.width * 1000 / longest - 0.1
        return min(max(fitting, SMALLEST[role]), LARGEST[role])

    def _foot(self, lines: Sequence[SignLine]) -> Block:
        runs = (Run("\n".join(line.text for line in lines if line.role is Role.FOOT)),)
        set_ = set_lines(self._breaker, runs, A4.width, FOOT)
        texts = stack_lines(set_, 0, PAD / 2, A4.width, FOOT, FOOT_PITCH, CENTRE)
        return Block(PAD + FOOT_PITCH * len(set_), texts, rules=((0.0, 0.0, A4.width, 0.0),))


def _picture(script: Image, top: float, by: float) -> Picture:
    """A picture in the middle of the line, as wide as the sign or as high as it may be."""
    scale = min(A4.width / script.width, HIGHEST_PICTURE / script.height) * by
    width, height = script.width * scale, script.height * scale
    return Picture((A4.width - width) / 2, top, width, height, script)


def _runs(text: str, role: Role) -> tuple[Run, ...]:
    return (Run(text, strong=role is not Role.SECOND),)


def _frame() -> Block:
    """The thick frame around the sign."""
    left, right, height = -EDGE, A4.width + EDGE, A4.bottom - A4.top
    sides = ((left, 0.0, right, 0.0), (left, height, right, height))
    return Block(height, bars=(*sides, (left, 0.0, left, height), (right, 0.0, right, height)))
