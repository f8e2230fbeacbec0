"""字体子集：the glyphs of one paper as a composite font (Type0, Identity-H) with one TrueType program.

Text calls a glyph by its number in the whole file (`FontFile.number`), which no paper changes, so that the operators of a line are
made once; the program holds the glyphs of one paper, in the order of their characters, and a map says which is which. The same
paper is the same bytes whatever was printed before. The program is not deflated: outlines would shrink by a third only, and
deflating them would take half of the time of a whole slip. ISO 32000-1 §9.7, §9.10.3.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from itertools import accumulate
from typing import NamedTuple

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Draft, Heading, Paragraph, Run, Table
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.pdf_objects import Begun, PdfFile, begun, deflated
from counter_assistant.paper.truetype import WORDS, Drawn, FontFile, Glyph, checksum

_SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0008, 0x0020, 0x0040, 0x0080
_COPIED = ("cvt ", "fpgm", "prep")
KEPT_SUBSETS = 16
MOST_IN_BLOCK = 100
CMAP_START = (
    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 729/StemV 80/FontFile2 {program}>>"
)
_DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>/DW 1000/W[{widths}]/CIDToGIDMap {places}/FontDescriptor {descriptor}>>"
)
_FONT = "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]/ToUnicode {meanings}>>"
CMAP_END = "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True, slots=True)
class Subset:
    """The drawn glyphs of one file. `places` says at which place of the `program`, which is in pieces, each number is,
    `meanings` what character it is; both are deflated."""

    name: str
    program: Sequence[bytes]
    places: bytes
    widths: str
    meanings: bytes
    box: tuple[int, int, int, int]

    def add_to(self, file: PdfFile) -> str:
        """Writes the font into a file; returns what a dictionary of resources calls it."""
        packed, box = "/Filter/FlateDecode", " ".join(map(str, self.box))
        program = file.add_stream(self.program, f"/Length1 {sum(map(len, self.program))}")
        places, meanings = file.add_stream([self.places], packed), file.add_stream([self.meanings], packed)
        descriptor = file.add(_DESCRIPTOR.format(name=self.name, box=box, program=program))
        font = _DESCENDANT.format(name=self.name, widths=self.widths, places=places, descriptor=descriptor)
        return file.add(_FONT.format(name=self.name, descendant=file.add(font), meanings=meanings))


class SubsetCache:
    """Subsets of fonts. The latest are kept, because a preview asks for the same ones at every key, and so is what the latest
    papers were worded with, because the next ones are worded alike."""

    def __init__(self, fonts: FontFallback) -> None:
        self._fonts = fonts
        self._build = lru_cache(KEPT_SUBSETS)(self._built)
        self._share = lru_cache(KEPT_SUBSETS)(self._shared)

    def subsets(self, used: Mapping[str, set[str]], wording: Mapping[str, str]) -> dict[str, Subset]:
        """The subset of each file for the characters drawn from it; those of the `wording`, each once in code order, come first."""
        return {
            file: self._build(file, wording.get(file, ""), _others(used[file], wording.get(file, "")))
            for file in sorted(used)
        }

    def _built(self, file: str, shared: str, others: str) -> Subset:
        return build_subset(self._fonts.font(file), others, self._share(file, shared))

    def _shared(self, file: str, characters: str) -> Shared:
        return Shared.of(self._fonts.font(file), characters)


def _others(used: set[str], wording: str) -> str:
    return "".join(sorted(used.difference(wording)))


class Part(NamedTuple):
    """Glyphs that follow each other in a program, with what is said of them. `ends` is where each outline ends among them."""

    glyphs: int
    outlines: bytes
    ends: Sequence[int]
    metrics: bytes
    checksum: int
    metrics_checksum: int
    numbers: Sequence[int]
    widths: str

    @classmethod
    def of(cls, drawn: Sequence[Drawn], glyphs: Sequence[Glyph]) -> Part:
        """Characters as they are drawn, and all the glyphs that this takes."""
        outlines = [glyph.outline for glyph in glyphs]
        return cls(
            glyphs=len(glyphs),
            outlines=b"".join(outlines),
            ends=list(accumulate(map(len, outlines))),
            metrics=b"".join([glyph.metric for glyph in glyphs]),
            checksum=sum([glyph.checksum for glyph in glyphs]),
            metrics_checksum=sum([glyph.metric_checksum for glyph in glyphs]),
            numbers=[each.number for each in drawn],
            widths="".join([each.width for each in drawn]),
        )


class Shared(NamedTuple):
    """What programs begin with, ready for any paper that begins so: the glyph for what is missing, and some characters.

    `apart` are characters that were left out, because their glyphs are put together from others, which come last.
    """

    part: Part
    meanings: Begun
    apart: str

    @classmethod
    def of(cls, font: FontFile, characters: str) -> Shared:
        """The beginning for some characters of a file, given once each."""
        drawn = [font.drawn[char] for char in characters]
        apart = "".join([char for char, each in zip(characters, drawn, strict=True) if each.glyph.composite])
        drawn = [each for each in drawn if not each.glyph.composite]
        part = Part.of(drawn, [font.glyph(0), *(each.glyph for each in drawn)])
        return cls(part, begun(f"{CMAP_START}{_meanings(drawn)}".encode()), apart)


def build_subset(font: FontFile, characters: str, shared: Shared | None = None) -> Subset:
    """The subset of a font file for characters that are given once each, half forms included, behind what is `shared`."""
    first, said, apart = shared or Shared.of(font, "")
    characters += apart
    drawn = list(map(font.drawn.__getitem__, characters))
    others = Part.of(drawn, _with_components(font, [each.glyph for each in drawn], first.glyphs))
    tag = md5(struct.pack(f">{len(first.numbers)}H", *first.numbers) + characters.encode(), usedforsecurity=False)
    name = "".join(chr(65 + byte % 26) for byte in tag.digest()[:6]) + "+" + font.name
    places = deflated(_places(first.numbers, others.numbers), strategy=zlib.Z_RLE)  # it is runs of zeros
    meanings = deflated(f"{_meanings(drawn)}{CMAP_END}".encode(), said)
    return Subset(name, _program(font, first, others), places, first.widths + others.widths, meanings, font.box)


def _places(shared: Sequence[int], others: Sequence[int]) -> bytes:
    """Two bytes for each number up to the highest: the place of its glyph in the program, 0 where it is not drawn."""
    places = array("H", bytes(2 * max(*shared, *others, 0, 0) + 2))
    for at, number in enumerate(shared, 1):
        places[number] = at
    for at, number in enumerate(others, len(shared) + 1):
        places[number] = at
    if sys.byteorder == "little":
        places.byteswap()
    return places.tobytes()


def _meanings(drawn: Sequence[Drawn]) -> str:
    """Entries of the map from numbers back to text: at most 100 to a block, UTF-16BE with surrogates."""
    entries = [each.meaning for each in drawn]
    blocks = [entries[at : at + MOST_IN_BLOCK] for at in range(0, len(entries), MOST_IN_BLOCK)]
    return "".join([f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks])


def _with_components(font: FontFile, glyphs: list[Glyph], before: int) -> list[Glyph]:
    """The glyphs, followed by the parts of composite ones; references to parts are renumbered. `before` these stand others."""
    if not any(glyph.composite for glyph in glyphs):
        return glyphs
    whole, numbers = list(glyphs), dict[int, int]()
    for number, glyph in enumerate(whole):  # grows while it is iterated
        if glyph.composite:
            outline = bytearray(glyph.outline)
            for place in _component_places(glyph.outline):
                part = struct.unpack_from(">H", outline, place)[0]
                if part not in numbers:
                    numbers[part] = before + len(whole)
                    whole.append(font.glyph(part))
                struct.pack_into(">H", outline, place, numbers[part])
            whole[number] = Glyph.of(bytes(outline), glyph.metric)
    return whole


def _component_places(outline: bytes) -> list[int]:
    """The offsets at which a composite outline names its parts."""
    places, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        places.append(at + 2)
        scale = 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
        at += 4 + (4 if flags & WORDS else 2) + scale
    return places


def _program(font: FontFile, shared: Part, others: Part) -> list[bytes]:
    """A TrueType file with the tables that ISO 32000-1 §9.9 requires, in pieces, of which the outlines are the last."""
    length = len(shared.outlines)
    offsets = [0, *shared.ends, *[length + end for end in others.ends]]
    tables = _heads(font, shared.glyphs + others.glyphs) | {
        "hmtx": _Table(shared.metrics + others.metrics, shared.metrics_checksum + others.metrics_checksum),
        "loca": _Table(struct.pack(f">{len(offsets)}L", *offsets), sum(offsets)),
    }
    drawn = shared.checksum + others.checksum
    return [*_assemble(tables, offsets[-1], drawn), shared.outlines, others.outlines]


class _Table(NamedTuple):
    """A table of a font, and its checksum, which may be larger than the 32 bits that are written of it."""

    data: bytes
    checksum: int


def _heads(font: FontFile, count: int) -> dict[str, _Table]:
    """The tables that depend on the file and on how many glyphs a program has."""
    head, hhea, maxp = bytearray(font.table("head")), bytearray(font.table("hhea")), bytearray(font.table("maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">H", head, 50, 1)
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    struct.pack_into(">2H", maxp, 28, *(max(value, 1) for value in struct.unpack_from(">2H", maxp, 28)))  # composites
    tables = {tag: font.table(tag) for tag in _COPIED if font.table(tag)}
    tables |= {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}
    return {tag: _Table(data, checksum(data + bytes(-len(data) % 4))) for tag, data in tables.items()}


def _assemble(tables: dict[str, _Table], drawn: int, drawn_checksum: int) -> list[bytes]:
    """The tables, padded, behind their directory, which is sorted by tag; `head` carries the balance of all sums.

    The directory has the table of outlines as well, of so many bytes, which goes behind them.
    """
    count = len(tables) + 1
    power = count.bit_length() - 1
    padded = [table.data + bytes(-len(table.data) % 4) for table in tables.values()]
    starts = accumulate(map(len, padded), initial=12 + 16 * count)
    entries = {tag: (table.checksum, next(starts), len(table.data)) for tag, table in tables.items()}
    entries["glyf"] = (drawn_checksum, next(starts), drawn)
    directory = struct.pack(">L4H", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    for tag in sorted(entries):
        total, start, length = entries[tag]
        directory += struct.pack(">4s3L", tag.encode(), total & 0xFFFFFFFF, start, length)
    balance = 0xB1B0AFBA - checksum(directory) - sum(total for total, _, _ in entries.values())
    at = list(tables).index("head")
    padded[at] = padded[at][:8] + struct.pack(">L", balance & 0xFFFFFFFF) + padded[at][12:]
    return [directory, *padded]


def wording_of(draft: Draft | Sheet) -> tuple[Run, ...]:
    """What a paper says alike to many: all but the head table, the box, and the rows of tables.

    Nothing depends on what is counted in, except how much of a font is ready when the next paper comes.
    """
    runs = [Run(draft.unit), Run(draft.branch), Run(draft.title, strong=True), *map(Run, draft.notes)]
    for element in draft.body:
        match element:
            case Heading():
                runs.append(Run(element.number + element.text, strong=True))
            case Paragraph():
                runs += element.runs
            case Table():
                runs += map(Run, element.head)
    signatures = draft.signatures
    return (*runs, *(Run(line.text) for line in (*signatures.left, *signatures.right)))
