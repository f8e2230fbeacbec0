"""二维码：the digits of a paper as a code of version 1, 21 modules wide.

Version, level and mask follow from how many digits there are, so that a module is a sum over GF(2) of the bits of the digits: the
code is a fixed pattern and, for each bit that is set, another one, all of them worked out once. An encoder that chooses a mask by
its penalty takes some hundred times as long; scanners read every mask. ISO/IEC 18004.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

SIZE, MASK = 21, 2  # modules; the mask that inverts every third column
LEVELS = ((17, 0b10, 9), (27, 0b11, 13), (34, 0b00, 16))
"""Up to how many digits, the mark of the level (H, Q, M) and its codewords of data: the highest level that holds them."""
CODEWORDS, COUNT_BITS, NUMERIC = 26, 10, 0b0001
GROUP_BITS = {3: 10, 2: 7, 1: 4}
PADDING = (0xEC, 0x11)
FIELD, FORMAT, FORMAT_MASK = (
    0x11D,
    0b10100110111,
    0b101010000010010,
)  # x⁸+x⁴+x³+x²+1; of the format, its polynomial and its mask
_DARK = re.compile("1+")


class _Planes(NamedTuple):
    """The codes of so many digits: what they share, and what the bits of each group of three digits add to that."""

    shared: int
    groups: tuple[tuple[int, ...], ...]


def qr_runs(digits: str) -> list[tuple[int, int, int]]:
    """The dark modules that are beside each other, from top to bottom: row, first column, how many.

    Raises:
        ValueError: these are not 1 to 34 digits.
    """
    if not re.fullmatch("[0-9]{1,34}", digits):
        raise ValueError(digits)
    planes = _planes(len(digits))
    modules = planes.shared
    for at, group in enumerate(planes.groups):
        value = int(digits[3 * at : 3 * at + 3])
        for bit, plane in enumerate(group):
            if value >> bit & 1:
                modules ^= plane
    drawn = f"{modules:0{SIZE * SIZE}b}"
    runs = []
    for row in range(SIZE):
        for found in _DARK.finditer(drawn, SIZE * row, SIZE * row + SIZE):
            start, end = found.span()
            runs.append((row, start - SIZE * row, end - start))
    return runs


@cache
def _planes(count: int) -> _Planes:
    level, words = next((level, words) for most, level, words in LEVELS if count <= most)
    lengths = [GROUP_BITS[min(3, count - at)] for at in range(0, count, 3)]
    used = 4 + COUNT_BITS + sum(lengths)
    ended = min(
        (used + 4) // 8 + 1, words
    )  # papers were printed so: zeros go on to the next codeword, though one may be full
    head = (NUMERIC << COUNT_BITS | count) << (8 * words - 4 - COUNT_BITS)
    padding = int.from_bytes(bytes(PADDING[at % 2] for at in range(words - ended)), "big")
    shared = _function_patterns(level) ^ _placed(head | padding, words) ^ _mask()
    groups, left = [], 8 * words - 4 - COUNT_BITS
    for length in lengths:
        left -= length
        groups.append(tuple(_placed(1 << (left + bit), words) for bit in range(length)))
    return _Planes(shared, tuple(groups))


def _placed(data: int, words: int) -> int:
    """The modules of data of so many codewords with those that correct them; dark where a bit is set."""
    every = _corrected(data.to_bytes(words, "big"))
    bits = f"{int.from_bytes(every, 'big'):0{8 * CODEWORDS}b}"
    return sum([module for module, bit in zip(_modules(), bits, strict=True) if bit == "1"])


def _corrected(data: bytes) -> bytes:
    """The data and the remainder of its division by the generator, over GF(256)."""
    generator = _generator(CODEWORDS - len(data))
    rest = bytearray(data) + bytes(len(generator))
    for at in range(len(data)):
        if lead := rest[at]:
            for behind, factor in enumerate(generator, at + 1):
                rest[behind] ^= _times(lead, factor)
    return data + rest[len(data) :]


@cache
def _generator(degree: int) -> Sequence[int]:
    """The product of (x - 2ⁿ) for n below `degree`, without its leading 1."""
    product, root = [1], 1
    for _ in range(degree):
        product = [one ^ _times(other, root) for one, other in zip([*product, 0], [0, *product], strict=True)]
        root = _times(root, 2)
    return product[1:]


@cache
def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one * (other & 1)
        one = one << 1 ^ FIELD * (one >> 7)
        other >>= 1
    return product


def _at(row: int, column: int) -> int:
    return 1 << (SIZE * SIZE - 1 - SIZE * row - column)


@cache
def _places() -> list[tuple[int, int]]:
    """Where the bits go, one after the other: up and down in strips of two columns from the right, beside the fixed patterns."""
    found = []
    strips = [*range(SIZE - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(strips):
        rows = range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1)
        found += [(row, column) for row in rows for column in (right, right - 1) if not _fixed(row, column)]
    return found


@cache
def _modules() -> list[int]:
    return [_at(*place) for place in _places()]


def _fixed(row: int, column: int) -> bool:
    """Whether a module belongs to a finder with its margin and the format beside it, or to the timing."""
    low, high = 8, SIZE - 8
    finder = (row <= low and column <= low) or (row <= low and column >= high) or (row >= high and column <= low)
    return finder or row == 6 or column == 6


def _mask() -> int:
    return sum(_at(row, column) for row, column in _places() if column % 3 == 0)


def _function_patterns(level: int) -> int:
    """Finders, timing, the module that is always dark, and the format: what no data changes."""
    dark = {(SIZE - 8, 8)}
    dark |= {(6, at) for at in range(8, SIZE - 8, 2)} | {(at, 6) for at in range(8, SIZE - 8, 2)}
    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        dark |= {
            (top + row, left + column)
            for row in range(7)
            for column in range(7)
            if max(abs(row - 3), abs(column - 3)) != 2
        }
    dark |= set(_format_places(level))
    return sum(_at(*place) for place in dark)


def _format_places(level: int) -> Iterator[tuple[int, int]]:
    """Where the mark of level and mask is dark, which stands there twice: around a finder, and beside the two others."""
    data = (level << 3 | MASK) << 10
    rest = data
    for shift in range(4, -1, -1):
        if rest >> (10 + shift) & 1:
            rest ^= FORMAT << shift
    mark = (data | rest) ^ FORMAT_MASK
    around = [*((row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)), *((8, column) for column in (7, 5, 4, 3, 2, 1, 0))]
    beside = [*((8, SIZE - 1 - at) for at in range(8)), *((SIZE - 7 + at, 8) for at in range(7))]
    for bit, (one, other) in enumerate(zip(around, beside, strict=True)):
        if mark >> bit & 1:
            yield one
            yield other
