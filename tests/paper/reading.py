"""What stands on a page of a PDF, and where: read back by pdfium, as any other program would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium

MM = 72 / 25.4


class Glyph(NamedTuple):
    """A character and the box of its outline, in points from the lower left corner."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


def glyphs_of(pdf: bytes) -> list[list[Glyph]]:
    """The visible characters of each page."""
    document = pdfium.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append([glyph for glyph in _glyphs(text) if glyph.char.strip() and glyph.right > glyph.left])
        text.close()
        page.close()
    document.close()
    return pages


def _glyphs(text: pdfium.PdfTextPage) -> Iterator[Glyph]:
    """Each character once: pdfium tells one beyond U+FFFF in two halves, both with its box."""
    high = ""
    for at in range(text.count_chars()):
        char = chr(pdfium.raw.FPDFText_GetUnicode(text, at))
        if "\ud800" <= char < "\udc00":
            high = char
            continue
        whole = (high + char).encode("utf-16", "surrogatepass").decode("utf-16")
        yield Glyph(whole, *text.get_charbox(at))
        high = ""


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """The size of each page in whole millimetres."""
    document = pdfium.PdfDocument(pdf)
    found = [(round(page.get_width() / MM), round(page.get_height() / MM)) for page in document]
    document.close()
    return found


def overlaps(glyphs: list[Glyph], part: float = 0.35) -> Iterator[tuple[Glyph, Glyph]]:
    """Pairs of characters of which one covers more than a `part` of the other."""
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        seen = set()
        for x in range(int(glyph.left // 8), int(glyph.right // 8) + 1):
            for y in range(int(glyph.bottom // 8), int(glyph.top // 8) + 1):
                for other in cells.get((x, y), []):
                    if id(other) not in seen and _shared(glyph, other) > part * min(_area(glyph), _area(other)):
                        yield glyph, other
                    seen.add(id(other))
                cells.setdefault((x, y), []).append(glyph)


def _area(glyph: Glyph) -> float:
    return (glyph.right - glyph.left) * (glyph.top - glyph.bottom)


def _shared(one: Glyph, other: Glyph) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    return width * height if width > 0 < height else 0.0
