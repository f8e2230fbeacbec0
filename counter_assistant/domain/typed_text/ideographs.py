"""部件检字：由部件的部件、笔画和读音找一个字。

A part is in a character when it is one of its parts, or of the parts of these. What is typed stands for its other forms as
well: 水 for 氵, 草 for 艹, 龙 for 龍. What is left besides the parts decides the order: the character that consists of just what was typed comes first, and
of those with as much left the most usual one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from typing import Protocol

from counter_assistant.domain.typed_text.parts_query import PartsQuery

KEPT_PARTS = 64
_PLACES = 20  # bits: more than there are characters


class Lists(Protocol):
    """Places of characters, ascending, by name; nothing where a name has no list."""

    def __getitem__(self, name: str, /) -> Sequence[int]: ...

    def __contains__(self, name: object, /) -> bool: ...


class Ideographs:
    """All ideographs that can be printed, the most usual first; a place is where a character stands in that order.

    `strokes` of each character, in the same order, and `part_strokes` of the parts that are none of them. `parts`: a part, repeated
    as often as it must be there, to the characters that it is in; a part that is in no other character than itself has no list.
    `readings`: syllables to characters. `forms`: what a typed part stands for besides itself.
    """

    def __init__(
        self,
        characters: str,
        strokes: bytes,
        part_strokes: Mapping[str, int],
        parts: Lists,
        readings: Mapping[str, Sequence[int]],
        forms: Mapping[str, str],
    ) -> None:
        self.characters, self._strokes, self._part_strokes = characters, strokes, part_strokes
        self._parts, self._readings, self._forms = parts, readings, forms
        self.having = lru_cache(KEPT_PARTS)(self._having)
        """By part and how often it must be there: the places of the characters, each with the strokes that it takes there."""

    def strokes(self, part: str) -> int:
        """How many strokes a character or a part has; 0 where that is not known."""
        place = self.characters.find(part)
        return self._strokes[place] if place >= 0 else self._part_strokes.get(part, 0)

    def readings(self, character: str) -> tuple[str, ...]:
        """How a character is read, as syllables without tone; nothing where no reading is known."""
        place = self.characters.find(character)
        return tuple(syllable for syllable, places in self._readings.items() if place in places)

    def find(self, query: PartsQuery, limit: int) -> list[str]:
        """The characters that have all that is looked for, at most `limit` of them, best first; none for an empty query."""
        if query.empty:
            return []
        best = nsmallest(limit, (abs(rest) << _PLACES | place for place, rest in self._left(query)))
        return [self.characters[place & ((1 << _PLACES) - 1)] for place in best]

    def _left(self, query: PartsQuery) -> Iterable[tuple[int, int]]:
        """The characters that have all that is looked for, and how many strokes of each are those of no part."""
        strokes, found = self._strokes, self._with_all(query)
        if query.total is not None:
            found = [(place, taken) for place, taken in found if strokes[place] == query.total]
        left = ((place, strokes[place] - taken) for place, taken in found)
        if query.rest is not None and query.parts:
            return ((place, rest) for place, rest in left if rest == query.rest)
        return left if query.parts else ((place, 0) for place, _ in found)

    def _with_all(self, query: PartsQuery) -> Iterable[tuple[int, int]]:
        """The characters that have all the parts and the reading, with the strokes that the parts take there."""
        read = self._read(query.reading) if query.reading else None
        wanted = [self.having(part, times) for part, times in Counter(query.parts).items()]
        if not wanted:
            return [(place, 0) for place in (self._of_strokes(query.total) if read is None else read)]
        first, *more = sorted(wanted, key=len)
        found: Iterable[tuple[int, int]] = first.items()
        if read is not None:
            found = [(place, taken) for place, taken in found if place in read]
        for one in more:
            found = [(place, taken + one[place]) for place, taken in found if place in one]
        return found

    def _of_strokes(self, total: int | None) -> list[int]:
        return [place for place, strokes in enumerate(self._strokes) if strokes == total]

    def _having(self, part: str, times: int = 1) -> Mapping[int, int]:
        found: dict[int, int] = {}
        for form in sorted((part, *self._forms.get(part, "")), key=self.strokes):
            name, strokes = form * times, self.strokes(form) * times
            if name in self._parts:
                found.update(dict.fromkeys(self._parts[name], strokes))
            elif times == 1 and (place := self.characters.find(form)) >= 0:
                found[place] = strokes
        return found

    def _read(self, reading: str) -> set[int]:
        """The characters that are read so; where it is no syllable, those with a reading that begins so."""
        if reading in self._readings:
            return set(self._readings[reading])
        return {
            place for syllable, places in self._readings.items() if syllable.startswith(reading) for place in places
        }
