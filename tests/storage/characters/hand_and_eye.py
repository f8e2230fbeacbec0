"""How somebody finds a character by its parts, and the keys that it takes with an input method.

Typed are the parts that are seen, the largest first, until the character is among those shown; or how many strokes are left besides them.
Counted are the key that opens the strip, pinyin and one key for each part, the sign and the digits of the strokes, one key for each
row that the character stands further down, and the digit that takes it.
"""

from __future__ import annotations

from collections import Counter
from time import perf_counter

from pypinyin.constants import PINYIN_DICT

from counter_assistant.domain.typed_text.ideographs import Ideographs
from counter_assistant.domain.typed_text.parts_query import PartsQuery
from tests.places import FIXTURES

SAMPLE = FIXTURES / "ideographs-by-parts.tsv"
IN_A_ROW, ROWS = 9, 3
TOO_MANY = 99


def sample() -> list[tuple[str, list[str]]]:
    """Ideographs of level 3, drawn evenly, with the parts of each (packaging/characters/build_ideographs.py --sample)."""
    lines = (line.split("\t") for line in SAMPLE.read_text(encoding="utf-8").splitlines())
    return [(character, parts.split()) for character, parts in lines]


def keys(ideographs: Ideographs, character: str, parts: list[str], times: list[float]) -> int:
    """How many keys it takes; `TOO_MANY` where it is not seen. The seconds of each search are added to `times`."""
    pressed, best = 1, TOO_MANY
    for n, part in enumerate(parts, 1):
        pressed += letters(part) + 1
        left = _left(ideographs, character, parts[:n])
        for strokes, more in ((None, 0), (left, 1 + len(str(left)))):
            if pressed + more + 1 < best:
                start = perf_counter()
                seen = ideographs.find(PartsQuery(tuple(parts[:n]), rest=strokes), IN_A_ROW * ROWS)
                times.append(perf_counter() - start)
                if character in seen:
                    best = min(best, pressed + more + seen.index(character) // IN_A_ROW + 1)
    return best


def letters(part: str) -> int:
    """Of the shortest reading."""
    return min(len(reading.strip()) for reading in PINYIN_DICT[ord(part)].split(","))


def _left(ideographs: Ideographs, character: str, typed: list[str]) -> int:
    """The strokes that nobody has typed yet, as somebody counts them."""
    place = ideographs.characters.index(character)
    taken = sum(ideographs.having(part, times).get(place, TOO_MANY) for part, times in Counter(typed).items())
    return ideographs.strokes(character) - taken
