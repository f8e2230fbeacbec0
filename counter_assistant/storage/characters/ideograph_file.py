"""部件检字的数据，`resources/ideographs/parts.bin`. Made by packaging/characters/build_ideographs.py; the README beside it tells the format."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from counter_assistant.domain.typed_text.ideographs import Ideographs


class _Places(Mapping[str, Sequence[int]]):
    """Lists of places by name, each unpacked when it is asked for."""

    def __init__(self, names: list[str], section: bytes) -> None:
        third = len(section) // 3
        whole = bytearray(4 * third)
        for byte in range(3):
            whole[byte::4] = section[byte * third : (byte + 1) * third]
        numbers = array("I", bytes(whole))
        bounds = list(accumulate(numbers[1 : 1 + len(names)], initial=1 + len(names)))
        self._numbers = numbers
        self._bounds = dict(zip(names, pairwise(bounds), strict=True))

    def __getitem__(self, name: str) -> Sequence[int]:
        start, end = self._bounds[name]
        return list(accumulate(self._numbers[start:end]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._bounds)

    def __len__(self) -> int:
        return len(self._bounds)


def read_ideographs(path: Path) -> Ideographs:
    """The ideographs of the file."""
    content, sections, at = zlib.decompress(path.read_bytes()), [], 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "little")
        sections.append(content[at + 4 : at + 4 + length])
        at += 4 + length
    characters, strokes, parts, places, syllables, read, others, their, forms = sections
    return Ideographs(
        characters.decode(),
        strokes,
        dict(zip(others.decode(), their, strict=True)),
        _Places(parts.decode().split(" "), places),
        _Places(syllables.decode().split(" "), read),
        {line[0]: line[1:] for line in forms.decode().split(" ")},
    )
