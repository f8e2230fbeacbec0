"""字体：TrueType files, opened one glyph at a time.

Tables are read in place instead of parsing whole files. This keeps the first page quick (a body font opens in under 2
ms, a reader of all tables takes 30–100 ms) and memory flat: files are mapped, and only glyphs that were drawn are kept. The
tables are those of the OpenType specification, https://learn.microsoft.com/typography/opentype/spec/otff.
"""

from __future__ import annotations

import gzip
import mmap
import struct
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self, TypeVar
from weakref import WeakMethod

WORDS, OFFSETS = 0x0001, 0x0002  # of a composite glyph: its parts are moved, by 16-bit distances
EM = 1000
K = TypeVar("K")
V = TypeVar("V")
CLOSING = "，。、；：！？）》」』】〕〉”’"
OPENING = "（《「『【〔〈“‘"
HALVED = CLOSING + OPENING
"""The marks with an empty half. Their order is part of how glyphs are numbered (`FontFile.numbers`)."""
_HALF_FORMS = 0xF0000  # private use: text that holds such a character never reaches the paper


def half_form(mark: str) -> str:
    """The stand-in for one of the `HALVED`, which is set half an em wide, without its empty half."""
    return chr(_HALF_FORMS + HALVED.index(mark))


def full_form(char: str) -> str:
    """The character that a stand-in is for; any other character unchanged."""
    return HALVED[ord(char) - _HALF_FORMS] if ord(char) >= _HALF_FORMS else char


class Glyph(NamedTuple):
    """One outline as in the file, padded to four bytes, with its `hmtx` entry and the checksums of both.

    A composite outline is put together from other glyphs; its contour count is negative.
    """

    outline: bytes
    metric: bytes
    checksum: int
    metric_checksum: int
    composite: bool

    @classmethod
    def of(cls, outline: bytes, metric: bytes) -> Self:
        """The glyph of a padded outline."""
        return cls(outline, metric, checksum(outline), checksum(metric), outline[:1] >= b"\x80")


class Drawn(NamedTuple):
    """A character as it is drawn: its glyph, the number by which text calls it, and what a PDF file says of that number.

    `width` is an entry of the array of widths, empty where the glyph is an em wide, and `meaning` one of the map back to text.
    """

    glyph: Glyph
    number: int
    width: str
    meaning: str


PACKED = ".gz"
"""What the name of a packed font ends with: a bundle packs those that are rarely drawn (packaging/bundle/contents.toml)."""


class Segment(NamedTuple):
    """A stretch of the character map: code `first` has glyph `glyph`, unless a format 4 table must be asked."""

    first: int
    last: int
    glyph: int
    table: int = 0


def _content(path: Path) -> bytes | mmap.mmap:
    """What a font file holds: mapped, so that only what is drawn is read; unpacked where only its packed form is there."""
    if not path.exists():
        return gzip.decompress(path.with_name(f"{path.name}{PACKED}").read_bytes())
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class FontFile:
    """One TrueType file, which a bundle may hold packed beside its name. Advances are thousandths of an em."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._data = _content(path)
        count = struct.unpack_from(">H", self._data, 4)[0]
        records = struct.iter_unpack(">4sLLL", self._data[12 : 12 + 16 * count])
        self._tables = {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in records}
        self.units = self._ushort("head", 18)
        self._metrics, self._count = self._ushort("hhea", 34), self._ushort("maxp", 4)
        self._segments = self._read_segments()
        self._starts = [segment.first for segment in self._segments]
        self._glyphs: dict[int, Glyph] = {}
        self.drawn: Mapping[str, Drawn] = _Remembered(self.draw)
        """Each character or half form as it is drawn, kept once it has been asked for."""
        self.numbers: Mapping[int, int] = _Remembered(self.number)
        """By which number text calls each code, as `str.translate` takes it."""

    def table(self, tag: str) -> bytes:
        """The bytes of one table, empty where the file has none."""
        offset, length = self._tables.get(tag, (0, 0))
        return bytes(self._data[offset : offset + length])

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The bounding box of all glyphs, in thousandths of an em."""
        x0, y0, x1, y1 = (value * 1000 // self.units for value in struct.unpack_from(">4h", self.table("head"), 36))
        return x0, y0, x1, y1

    def glyph_index(self, code: int) -> int:
        """The glyph of a character; 0 where the font has none."""
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._segments[at].last:
            return 0
        segment = self._segments[at]
        if not segment.table:
            return (segment.glyph + code - segment.first) & 0xFFFF
        found = self._ushort("cmap", segment.table + 2 * (code - segment.first))
        return (found + segment.glyph) & 0xFFFF if found else 0

    def advance(self, code: int) -> int:
        """How far the pen moves after the character."""
        return self._advance(self.glyph(self.glyph_index(code)))

    def number(self, code: int) -> int:
        """By which number text calls a character or a half form: that of its glyph, half forms being counted on after the last.

        It depends on the file alone, so that a line of text is the same operators in every paper.
        """
        return self.glyph_index(code) if code < _HALF_FORMS else self._count + code - _HALF_FORMS

    def draw(self, char: str) -> Drawn:
        """A character or a half form."""
        full, number = full_form(char), self.numbers[ord(char)]
        glyph = self.glyph(number) if char == full else self._halved(self.glyph_index(ord(full)))
        advance, means = self._advance(glyph), full.encode("utf-16-be").hex()
        width = "" if advance == EM else f"{number}[{advance}]"
        return Drawn(glyph, number, width, f"<{number:04x}><{means}>")

    def _advance(self, glyph: Glyph) -> int:
        return round(int.from_bytes(glyph.metric[:2], "big") * 1000 / self.units)

    def _halved(self, index: int) -> Glyph:
        """A mark half an em wide. One in the right half of its em is moved to the left half."""
        outline, half = self.glyph(index).outline, self.units // 2
        x0, y0, x1, y1 = struct.unpack(">4h", outline[2:10])
        if x0 < half:
            return Glyph.of(outline, struct.pack(">Hh", half, x0))
        moved = struct.pack(">5h2H2h2x", -1, x0 - half, y0, x1 - half, y1, WORDS | OFFSETS, index, -half, 0)
        return Glyph.of(moved, struct.pack(">Hh", half, x0 - half))

    def glyph(self, index: int) -> Glyph:
        """One glyph; kept once it has been asked for."""
        found = self._glyphs.get(index)
        if found is None:
            found = self._glyphs[index] = self._read_glyph(index)
        return found

    def _read_glyph(self, index: int) -> Glyph:
        start, end = self._loca[index], self._loca[index + 1]
        base = self._tables["glyf"][0]
        outline = bytes(self._data[base + start : base + end]) + bytes(-(end - start) % 4)
        return Glyph.of(outline, self._read_metric(index))

    def _read_metric(self, index: int) -> bytes:
        base, full = self._tables["hmtx"][0], self._metrics
        if index < full:
            return bytes(self._data[base + 4 * index : base + 4 * index + 4])
        advance, bearing = base + 4 * (full - 1), base + 4 * full + 2 * (index - full)
        return bytes(self._data[advance : advance + 2]) + bytes(self._data[bearing : bearing + 2])

    @cached_property
    def _loca(self) -> list[int]:
        data = self.table("loca")
        if self._ushort("head", 50):
            return list(struct.unpack(f">{len(data) // 4}L", data))
        return [2 * offset for offset in struct.unpack(f">{len(data) // 2}H", data)]

    def _ushort(self, tag: str, offset: int) -> int:
        value: int = struct.unpack_from(">H", self._data, self._tables[tag][0] + offset)[0]
        return value

    def _read_segments(self) -> list[Segment]:
        data = self.table("cmap")
        count = struct.unpack_from(">H", data, 2)[0]
        offsets = [struct.unpack_from(">L", data, 8 + 8 * at)[0] for at in range(count)]
        formats = {struct.unpack_from(">H", data, offset)[0]: offset for offset in offsets}
        if 12 in formats:
            groups = struct.unpack_from(">L", data, formats[12] + 12)[0]
            body = data[formats[12] + 16 : formats[12] + 16 + 12 * groups]
            return [Segment(*group) for group in struct.iter_unpack(">3L", body)]
        return _format_4(data, formats[4])


class _Remembered(dict[K, V]):
    """Maps what a method was asked for to what it gave. It does not keep the method's object, so that a file closes when it is let go."""

    def __init__(self, find: Callable[[K], V]) -> None:
        super().__init__()
        self._find = WeakMethod(find)

    def __missing__(self, key: K) -> V:
        find = self._find()
        assert find, "asked after its object was let go"
        found = self[key] = find(key)
        return found


def _format_4(data: bytes, offset: int) -> list[Segment]:
    """The segments of the 16-bit character map. Its range offsets count from their own place in the table."""
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    places = [offset + 14, *(offset + 16 + 2 * count * column for column in (1, 2, 3))]  # a pad word after the first
    lasts, starts, deltas, ranges = (struct.unpack_from(f">{count}H", data, place) for place in places)
    return [
        Segment(first, last, delta, places[3] + 2 * at + shift) if shift else Segment(first, last, first + delta)
        for at, (first, last, delta, shift) in enumerate(zip(starts, lasts, deltas, ranges, strict=True))
    ]


def checksum(data: bytes) -> int:
    """The sum of big-endian 32-bit words that TrueType directories carry; `data` is padded to four bytes."""
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
