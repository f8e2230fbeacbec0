"""How many steps a search with a regular expression takes, counted: a clock would tell how busy the machine is as well.

A pattern is tried as Python's own engine tries it: the branches in their order, repetitions from the longest on, and
back to the last choice whenever the rest does not fit. A step is one look at one part of the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Part = tuple[Any, Any]


class Steps:
    """Tries a pattern at every place of a text."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.parts = list(parser.parse(pattern.pattern, pattern.flags))
        self.taken = 0

    def finds(self, text: str) -> list[tuple[int, int]]:
        """What `finditer` finds."""
        found, at = [], 0
        while at <= len(text):
            end = next(self._ends(self.parts, text, at), None)
            if end is not None:
                found.append((at, end))
            at = at + 1 if end is None or end == at else end
        return found

    def _ends(self, parts: Sequence[Part], text: str, at: int) -> Iterator[int]:
        """Every place up to which the parts fit from a place on, the engine's first choice first."""
        if not parts:
            yield at
            return
        for middle in self._fits(*parts[0], text, at):
            yield from self._ends(parts[1:], text, middle)

    def _fits(self, kind: Any, what: Any, text: str, at: int) -> Iterator[int]:
        self.taken += 1
        if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
            if at < len(text) and _is_of(kind, what, text[at]):
                yield at + 1
        elif kind is sre.SUBPATTERN:
            yield from self._ends(what[-1], text, at)
        elif kind is sre.BRANCH:
            for branch in what[1]:
                yield from self._ends(branch, text, at)
        elif kind is sre.MAX_REPEAT:
            least, most, inner = what
            yield from self._repeated(least, most, inner, text, at)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            direction, inner = what
            start = at if direction > 0 else at - inner.getwidth()[0]
            holds = start >= 0 and next(self._ends(list(inner), text, start), None) is not None
            if holds is (kind is sre.ASSERT):
                yield at
        else:
            raise NotImplementedError(kind)

    def _repeated(self, least: int, most: int, inner: Sequence[Part], text: str, at: int) -> Iterator[int]:
        if most > 0:
            for end in self._ends(list(inner), text, at):
                if end > at:
                    yield from self._repeated(max(least - 1, 0), most - 1, inner, text, end)
        if least == 0:
            yield at


def _is_of(kind: Any, what: Any, character: str) -> bool:
    """Whether a character is of a literal or of a set."""
    if kind is sre.ANY:
        return character != "\n"
    if kind is not sre.IN:
        return (ord(character) == what) is (kind is sre.LITERAL)
    negated, found = what[0][0] is sre.NEGATE, False
    for one, value in what[negated:]:
        if one is sre.LITERAL:
            found |= ord(character) == value
        elif one is sre.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        elif value is sre.CATEGORY_SPACE:
            found |= character.isspace()
        else:
            raise NotImplementedError(value)
    return found is not negated
