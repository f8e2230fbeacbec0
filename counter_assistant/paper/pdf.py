"""PDF 文件：pages of blocks as a file.

The document, its pages and dictionaries are reportlab's. The drawing operators are written here, because reportlab's
own text objects cannot set text in a composite font with spacing inside the line; why:
docs/decisions/0003-canvas-drawing.md. The content of a page is one form XObject that all copies use: only the copy
label differs between them. The bytes depend on the input alone. ISO 32000-1 §8 and §9.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from reportlab.pdfbase import pdfdoc

from counter_assistant.paper.blocks import Block, Box, Placed
from counter_assistant.paper.line_breaking import Line
from counter_assistant.paper.page import MARGIN, PAGE
from counter_assistant.paper.pdf_objects import Source, Stream
from counter_assistant.paper.subset import Subset

GREY = 0.957
BOX = f"[0 0 {PAGE[0]:.2f} {PAGE[1]:.2f}]"
WATERMARK_COLOUR = {"样本": "1 .87 .87"}
OTHER_WATERMARK = ".92 .92 .92"
WATERMARK_ANGLE, WATERMARK_SIZE, WATERMARK_SHARE = 52, 190.0, 0.8  # degrees, points, share of the diagonal


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: what each of its pages shows in addition to the shared content."""

    label: Block
    label_top: float


class ContentWriter:
    """Writes drawing operators with the fonts of one document."""

    def __init__(self, subsets: dict[str, Subset]) -> None:
        self._fonts = {file: (f"/F{at}", subset) for at, (file, subset) in enumerate(subsets.items(), 1)}

    def names(self) -> Iterable[tuple[str, Subset]]:
        """The resource name and the subset of each font."""
        return ((name[1:], subset) for name, subset in self._fonts.values())

    def blocks(self, placed: Sequence[Placed]) -> bytes:
        """The operators of blocks: grey areas first, then rules, black areas and text."""
        fills, boxes = [], []
        rules: dict[str, list[str]] = {".5": [], "1.2": []}
        for top, block in placed:
            fills += [_area(box, top) for box in block.fills]
            boxes += [_area(box, top) for box in block.boxes]
            for width, lines in zip(rules, (block.rules, block.bars), strict=True):
                rules[width] += [_stroke(line, top) for line in lines]
        parts = [f"{GREY} g", *fills, "f 0 g"] if fills else []
        for width, strokes in rules.items():
            if strokes:
                parts += [f"{width} w", *strokes, "S"]
        if boxes:
            parts += [*boxes, "f"]
        return "\n".join([*parts, "BT", *self._texts(placed), "ET"]).encode("latin-1")

    def watermark(self, word: str, line: Line) -> bytes:
        """A large word across the page, to be drawn before anything else."""
        diagonal = (PAGE[0] ** 2 + PAGE[1] ** 2) ** 0.5
        size = min(WATERMARK_SIZE, WATERMARK_SHARE * diagonal * 1000 / max(line.width, 1))
        c, s = cos(radians(WATERMARK_ANGLE)), sin(radians(WATERMARK_ANGLE))
        back, down = line.width * size / 2000, 0.38 * size
        x, y = PAGE[0] / 2 - back * c + down * s, PAGE[1] / 2 - back * s - down * c
        colour = WATERMARK_COLOUR.get(word, OTHER_WATERMARK)
        matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f} Tm"
        shown = "\n".join(_spoken(word, self._spans(line, size, ["", 0.0])))
        return f"q {colour} rg BT\n{matrix}\n{shown}\nET Q\n".encode("latin-1")

    def _texts(self, placed: Sequence[Placed]) -> list[str]:
        state: list[object] = ["", 0.0]
        parts = []
        for top, block in placed:
            for x, y, size, line in block.texts:
                parts.append(f"1 0 0 1 {MARGIN + x:.2f} {PAGE[1] - top - y:.2f} Tm")
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


def _spoken(text: str, spans: list[str]) -> list[str]:
    """Spans that reader programs extract as `text`, however far apart their glyphs are."""
    return [f"/Span<</ActualText<feff{text.encode('utf-16-be').hex()}>>>BDC", *spans, "EMC"]


def _area(box: Box, top: float) -> str:
    x, y, width, height = box
    return f"{MARGIN + x:.2f} {PAGE[1] - top - y - height:.2f} {width:.2f} {height:.2f} re"


def _stroke(line: Box, top: float) -> str:
    x0, y0, x1, y1 = line
    level = PAGE[1] - top
    return f"{MARGIN + x0:.2f} {level - y0:.2f} m {MARGIN + x1:.2f} {level - y1:.2f} l"


def write_pdf(
    writer: ContentWriter, title: str, pages: Sequence[Sequence[Placed]], copies: Sequence[Copy], watermark: bytes
) -> bytes:
    """The file: every page of the first copy, then every page of the next."""
    document = pdfdoc.PDFDocument(invariant=1, lang="zh-CN")
    document.setTitle(title)
    document.setAuthor("")
    document.setSubject("")
    document.setCreator("Counter Assistant")
    names, fonts = zip(*[(f"/{name} %s", subset.add_to(document)) for name, subset in writer.names()], strict=True)
    resources = document.Reference(Source(f"<<{''.join(names)}>>", *fonts))
    forms = [_add_form(document, writer.blocks(page), resources) for page in pages]
    for copy in copies:
        label = writer.blocks([Placed(copy.label_top, copy.label)])
        for form in forms:
            page = pdfdoc.PDFPage()
            page.MediaBox = Source(BOX)
            page.Resources = Source("<</Font %s/XObject<</Content %s>>>>", resources, form)
            page.Contents = _deflated("", watermark + b"/Content Do\n" + label)
            document.addPage(page)
    data: bytes = document.GetPDFData(None)
    return data


def _add_form(
    document: pdfdoc.PDFDocument, content: bytes, fonts: pdfdoc.PDFObjectReference
) -> pdfdoc.PDFObjectReference:
    """The shared content of a page; it also goes into the document's identifier."""
    document.updateSignature(content)
    entries = f"/Type/XObject/Subtype/Form/BBox{BOX}/Resources<</Font %s>>"
    return document.Reference(_deflated(entries, content, fonts))


def _deflated(entries: str, content: bytes, *references: pdfdoc.PDFObjectReference) -> Stream:
    return Stream(entries + "/Filter/FlateDecode", zlib.compress(content, 1), *references)
