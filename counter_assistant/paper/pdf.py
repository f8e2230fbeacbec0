"""PDF 文件：pages of blocks as a file.

The document, its pages and dictionaries are reportlab's. The drawing operators are written here, because reportlab's
own text objects cannot set text in a composite font with spacing inside the line; why:
docs/decisions/0003-canvas-drawing.md. The content of a page is one form XObject that all copies use: only the copy
label differs between them. The bytes depend on the input alone. ISO 32000-1 §8 and §9.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from math import cos, radians, sin

from reportlab.pdfbase import pdfdoc

from counter_assistant.paper.blocks import Box, Placed
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import Measures
from counter_assistant.paper.line_breaking import Line
from counter_assistant.paper.pdf_objects import Source, Stream
from counter_assistant.paper.subset import Subset

GREY = 0.957
DOT = 0.4  # points: of a printer of 24 pins, on whose dots lines lie, so that all are as thick
AS_PRINTED = "<</Duplex/Simplex/PrintScaling/None>>"
"""A viewer that prints a saved paper prints it one-sided and neither shrinks nor enlarges it (ISO 32000-2 §12.2)."""
WATERMARK_COLOUR = {"样本": "1 .87 .87"}
OTHER_WATERMARK = ".92 .92 .92"
SCREENED = "/Pattern cs /Screen scn"
SCREEN = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 2.4 2.4]/XStep 2.4/YStep 2.4/Resources<<>>"
"""A printer of 24 pins has no light colour: the word is a screen of two dots in every six, on every sixth line."""
WATERMARK_ANGLE, WATERMARK_SIZE, WATERMARK_SHARE = 52, 190.0, 0.8  # degrees, points, share of the diagonal


class ContentWriter:
    """Writes drawing operators with the fonts of one document, for pages of one format."""

    def __init__(self, subsets: dict[str, Subset], measures: Measures) -> None:
        self.measures = measures
        self._fonts = {file: (f"/F{at}", subset) for at, (file, subset) in enumerate(subsets.items(), 1)}

    def names(self) -> Iterable[tuple[str, Subset]]:
        """The resource name and the subset of each font."""
        return ((name[1:], subset) for name, subset in self._fonts.values())

    def blocks(self, placed: Sequence[Placed]) -> bytes:
        """The operators of blocks: grey areas first, then rules, black areas and text."""
        fills, boxes, m = [], [], self.measures
        rules: dict[str, list[str]] = {_number(m.thin): [], _number(m.bar): []}
        for top, block in placed:
            fills += [self._area(box, top) for box in block.fills] if not m.inked else []
            boxes += [self._area(box, top) for box in block.boxes]
            for width, lines in zip(rules, (block.rules, block.bars), strict=True):
                rules[width] += [self._stroke(line, top) for line in lines]
        parts = [f"{GREY} g", *fills, "f 0 g"] if fills else []
        for width, strokes in rules.items():
            if strokes:
                parts += [f"{width} w", *strokes, "S"]
        if boxes:
            parts += [*boxes, "f"]
        thicker = [f"2 Tr {_number(m.thicken)} w"] if m.thicken else []
        return "\n".join([*parts, "BT", *thicker, *self._texts(placed), "ET"]).encode("latin-1")

    def watermark(self, word: str, line: Line) -> bytes:
        """A large word across the page, to be drawn before anything else."""
        width, height = self.measures.page
        diagonal = (width**2 + height**2) ** 0.5
        size = min(WATERMARK_SIZE, WATERMARK_SHARE * diagonal * 1000 / max(line.width, 1))
        c, s = cos(radians(WATERMARK_ANGLE)), sin(radians(WATERMARK_ANGLE))
        back, down = line.width * size / 2000, 0.38 * size
        x, y = width / 2 - back * c + down * s, height / 2 - back * s - down * c
        colour = f"{WATERMARK_COLOUR.get(word, OTHER_WATERMARK)} rg" if not self.measures.inked else SCREENED
        matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f} Tm"
        shown = "\n".join(_spoken(word, self._spans(line, size, ["", 0.0])))
        return f"q {colour} BT\n{matrix}\n{shown}\nET Q\n".encode("latin-1")

    def _texts(self, placed: Sequence[Placed]) -> list[str]:
        state: list[object] = ["", 0.0]
        parts, margin, height = [], self.measures.margin, self.measures.page[1]
        for top, block in placed:
            for x, y, size, line in block.texts:
                parts.append(f"1 0 0 1 {margin + x:.2f} {height - top - y:.2f} Tm")
                spans = self._spans(line, size, state)
                parts += _spoken(line.spoken, spans) if line.spoken else spans
        return parts

    def _spans(self, line: Line, size: float, state: list[object]) -> list[str]:
        """The spans of a line from the present pen position; `state` is the font and spacing now set."""
        parts = []
        for file, spacing, texts in line.spans:
            name, subset = self._fonts[file]
            if state[0] != (name, size):
                state[0] = (name, size)
                parts.append(f"{name} {size:g} Tf")
            if state[1] != spacing * size:
                state[1] = spacing * size
                parts.append(f"{spacing * size / 1000:.3f} Tc")
            if len(texts) == 1 and not texts[0][1]:
                parts.append(f"<{subset.shown(texts[0][0])}>Tj")
            else:
                shown = "".join(f"<{subset.shown(text)}>{-gap}" for text, gap in texts)
                parts.append(f"[{shown}]TJ")
        return parts

    def _area(self, box: Box, top: float) -> str:
        x, y, width, height = box
        return (
            f"{self.measures.margin + x:.2f} {self.measures.page[1] - top - y - height:.2f} {width:.2f} {height:.2f} re"
        )

    def _stroke(self, line: Box, top: float) -> str:
        (x0, y0, x1, y1), margin, height = line, self.measures.margin, self.measures.page[1]
        if self.measures.inked:
            left, above, right, below = (DOT * round(v / DOT) for v in (margin + x0, top + y0, margin + x1, top + y1))
            return f"{left:.2f} {height - above:.2f} m {right:.2f} {height - below:.2f} l"
        level = height - top
        return f"{margin + x0:.2f} {level - y0:.2f} m {margin + x1:.2f} {level - y1:.2f} l"


def _spoken(text: str, spans: list[str]) -> list[str]:
    """Spans that reader programs extract as `text`, however far apart their glyphs are."""
    return [f"/Span<</ActualText<feff{text.encode('utf-16-be').hex()}>>>BDC", *spans, "EMC"]


def _number(points: float) -> str:
    return f"{points:g}".removeprefix("0")


def write_pdf(
    writer: ContentWriter, title: str, pages: Sequence[Sequence[Placed]], leaves: Sequence[Leaf], watermark: bytes
) -> bytes:
    """The file: a sheet of paper after the other; each page's content is in it once, however many copies place it."""
    document = pdfdoc.PDFDocument(invariant=1, lang="zh-CN")
    document.setTitle(title)
    document.setAuthor("")
    document.setSubject("")
    document.setCreator("Counter Assistant")
    document.Catalog.ViewerPreferences = Source(AS_PRINTED)
    names, fonts = zip(*[(f"/{name} %s", subset.add_to(document)) for name, subset in writer.names()], strict=True)
    resources = document.Reference(Source(f"<<{''.join(names)}>>", *fonts))
    box = _box(*writer.measures.page)
    screens = [document.Reference(_deflated(SCREEN, b"0 0 .8 .4 re f"))] if watermark and writer.measures.inked else []
    screen = "/Pattern<</Screen %s>>" if screens else ""
    forms = [_add_form(document, writer.blocks(page), resources, box) for page in pages]
    for leaf in leaves:
        page = pdfdoc.PDFPage()
        page.MediaBox = Source(_box(*leaf.size))
        page.Resources = Source(f"<</Font %s/XObject<</Content %s>>{screen}>>", resources, forms[leaf.page], *screens)
        page.Contents = _deflated("", b"\n".join(_lifted(writer, part, watermark) for part in leaf.parts))
        document.addPage(page)
    data: bytes = document.GetPDFData(None)
    return data


def _lifted(writer: ContentWriter, part: Part, watermark: bytes) -> bytes:
    """One copy in its place on a sheet, with what it does not share with the other."""
    content = watermark + b"/Content Do\n" + writer.blocks(part.own)
    return b"q 1 0 0 1 0 %.2f cm\n%s\nQ" % (part.lift, content) if part.lift else content


def _box(width: float, height: float) -> str:
    return f"[0 0 {width:.2f} {height:.2f}]"


def _add_form(
    document: pdfdoc.PDFDocument, content: bytes, fonts: pdfdoc.PDFObjectReference, box: str
) -> pdfdoc.PDFObjectReference:
    """The shared content of a page; it also goes into the document's identifier."""
    document.updateSignature(content)
    entries = f"/Type/XObject/Subtype/Form/BBox{box}/Resources<</Font %s>>"
    return document.Reference(_deflated(entries, content, fonts))


def _deflated(entries: str, content: bytes, *references: pdfdoc.PDFObjectReference) -> Stream:
    return Stream(entries + "/Filter/FlateDecode", zlib.compress(content, 1), *references)
