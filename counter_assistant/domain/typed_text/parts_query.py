"""部件检字里打的是什么：汉字是部件，字母是整个字的读音，= 后是总笔画，+ 后是部件以外的笔画。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from counter_assistant.domain.typed_text.characters import HAN, half_width, standard

_PART = re.compile(f"[{HAN}\u31c0-\u31e5]")
_STROKES = re.compile(r"([=+])\s*(\d{1,2})")
_LETTERS = re.compile("[a-z]+")
_OPEN_NUMBER = re.compile(r"[=+]\s*\d?$")


@dataclass(frozen=True, slots=True)
class PartsQuery:
    """What is looked for. `parts` in the order in which they were typed, a part as often as it must be there.

    `reading` is a syllable of the whole character without tone, v for ü, or the beginning of one. `total` are the strokes of
    the whole character, `rest` those besides the parts; None where nobody said.
    """

    parts: tuple[str, ...] = ()
    reading: str = ""
    total: int | None = None
    rest: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is looked for yet."""
        return not (self.parts or self.reading or self.total)


def read_parts(text: str) -> PartsQuery:
    """What a text in the field of the strip looks for; what is neither part, letter nor strokes is passed over."""
    plain = half_width(text).lower().replace("ü", "v")
    strokes = {sign: int(number) for sign, number in _STROKES.findall(plain)}
    return PartsQuery(
        parts=tuple(standard("".join(_PART.findall(plain)))),
        reading="".join(_LETTERS.findall(plain)),
        total=strokes.get("="),
        rest=strokes.get("+"),
    )


def waits_for_digit(text: str) -> bool:
    """Whether a digit that is typed next says strokes and does not choose: after = or +, and after the first digit of a number."""
    return _OPEN_NUMBER.search(half_width(text)) is not None
