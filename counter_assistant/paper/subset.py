"""字体子集：the glyphs of one paper as a composite font (Type0, Identity-H) with one TrueType program.

reportlab's own TTFont splits a text over fonts of 256 glyphs and writes ToUnicode wrongly above U+FFFF. Here one font
object holds all glyphs of a file, numbered in the order of their characters, so that the same paper is the same bytes
whatever was printed before. The program is not deflated: outlines would shrink by a third only, and deflating them
would take half of the time of a whole slip. ISO 32000-1 §9.7, §9.10.3.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from itertools import accumulate

from reportlab.pdfbase import pdfdoc

from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.pdf_objects import Source, Stream
from counter_assistant.paper.truetype import WORDS, Drawn, FontFile, Glyph, checksum

_SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0008, 0x0020, 0x0040, 0x0080
_COPIED = ("cvt ", "fpgm", "prep")
KEPT_SUBSETS = 16
CMAP_START = (
    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 729/StemV 80/FontFile2 %s>>"
)
_DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>/DW 1000/W[0[{widths}]]/CIDToGIDMap/Identity/FontDescriptor %s>>"
)
_FONT = "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"


@dataclass(frozen=True, slots=True)
class Subset:
    """The drawn glyphs of one file. `codes` translates a text to glyph numbers, to be written as UTF-16BE."""

    name: str
    codes: dict[int, int]
    program: bytes
    widths: str
    to_unicode: bytes
    box: tuple[int, int, int, int]

    def shown(self, text: str) -> str:
        """The text as the hexadecimal string of a Tj operator, without the brackets."""
        return text.translate(self.codes).encode("utf-16-be").hex()

    def add_to(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        """Writes the font into a document; returns the reference for a resource dictionary."""
        program = document.Reference(Stream(f"/Length1 {len(self.program)}", self.program))
        to_unicode = document.Reference(Stream("/Filter/FlateDecode", self.to_unicode))
        box = " ".join(map(str, self.box))
        descriptor = document.Reference(Source(_DESCRIPTOR.format(name=self.name, box=box), program))
        font = _DESCENDANT.format(name=self.name, widths=self.widths)
        descendant = document.Reference(Source(font, descriptor))
        return document.Reference(Source(_FONT.format(name=self.name), descendant, to_unicode))


class SubsetCache:
    """Subsets of fonts. The latest are kept, because a preview asks for the same ones at every key."""

    def __init__(self, fonts: FontFallback) -> None:
        self._fonts = fonts
        self._build = lru_cache(KEPT_SUBSETS)(self._built)

    def subsets(self, used: dict[str, str]) -> dict[str, Subset]:
        """The subset of each file for the characters drawn from it, given once each and in code order."""
        return {file: self._build(file, characters) for file, characters in used.items()}

    def _built(self, file: str, characters: str) -> Subset:
        return build_subset(self._fonts.font(file), characters)


def build_subset(font: FontFile, characters: str) -> Subset:
    """The subset of a font file for characters that are given once each, in code order, half forms included."""
    drawn = [font.drawn(char) for char in characters]
    glyphs = [font.glyph(0), *(each.glyph for each in drawn)]
    widths = " ".join(["1000", *(each.advance for each in drawn)])
    program = _program(font, _with_components(font, glyphs))
    tag = md5(characters.encode(), usedforsecurity=False).digest()
    name = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + font.name
    codes = dict(zip(map(ord, characters), range(1, len(glyphs)), strict=True))
    return Subset(name, codes, program, widths, zlib.compress(_to_unicode(drawn), 1), font.box)


def _to_unicode(drawn: list[Drawn]) -> bytes:
    """The map from glyph numbers back to text: at most 100 entries to a block, UTF-16BE with surrogates."""
    entries = [f"<{at:04x}><{each.code}>" for at, each in enumerate(drawn, 1)]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"{CMAP_START}{body}\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n".encode()


def _with_components(font: FontFile, glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, followed by the parts of composite ones; references to parts are renumbered."""
    if not any(glyph.composite for glyph in glyphs):
        return glyphs
    whole, numbers = list(glyphs), dict[int, int]()
    for number, glyph in enumerate(whole):  # grows while it is iterated
        if glyph.composite:
            outline = bytearray(glyph.outline)
            for place in _component_places(glyph.outline):
                part = struct.unpack_from(">H", outline, place)[0]
                if part not in numbers:
                    numbers[part] = len(whole)
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


def _program(font: FontFile, glyphs: list[Glyph]) -> bytes:
    """A TrueType file with the tables that ISO 32000-1 §9.9 requires."""
    count = len(glyphs)
    offsets = list(accumulate((len(glyph.outline) for glyph in glyphs), initial=0))
    head, hhea, maxp = bytearray(font.table("head")), bytearray(font.table("hhea")), bytearray(font.table("maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">H", head, 50, 1)
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    struct.pack_into(">2H", maxp, 28, *(max(value, 1) for value in struct.unpack_from(">2H", maxp, 28)))  # composites
    tables = {tag: font.table(tag) for tag in _COPIED if font.table(tag)}
    tables |= {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}
    tables["hmtx"] = b"".join(glyph.metric for glyph in glyphs)
    tables["loca"] = struct.pack(f">{count + 1}L", *offsets)
    lengths = {tag: len(data) for tag, data in tables.items()} | {"glyf": offsets[-1]}
    tables = {tag: data + bytes(-len(data) % 4) for tag, data in tables.items()}
    sums = {tag: checksum(data) for tag, data in tables.items()} | {"glyf": sum(glyph.checksum for glyph in glyphs)}
    tables["glyf"] = b"".join(glyph.outline for glyph in glyphs)
    return _assemble(tables, lengths, sums)


def _assemble(tables: dict[str, bytes], lengths: dict[str, int], sums: dict[str, int]) -> bytes:
    """The padded tables behind their directory, which is sorted by tag; `head` carries the balance of all sums."""
    count = len(tables)
    power = count.bit_length() - 1
    starts = dict(zip(tables, accumulate((len(d) for d in tables.values()), initial=12 + 16 * count), strict=False))
    directory = struct.pack(">L4H", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    for tag in sorted(tables):
        directory += struct.pack(">4s3L", tag.encode(), sums[tag] & 0xFFFFFFFF, starts[tag], lengths[tag])
    program = bytearray(directory + b"".join(tables.values()))
    balance = 0xB1B0AFBA - checksum(directory) - sum(sums.values())
    struct.pack_into(">L", program, starts["head"] + 8, balance & 0xFFFFFFFF)
    return bytes(program)
