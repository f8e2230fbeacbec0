"""PDF 文件：pages of blocks as a file.

The document, its pages and the table of its objects are reportlab's. The drawing operators are written here, because reportlab's own
text objects cannot set text in a composite font with spacing inside the line; why: docs/decisions/0003-canvas-drawing.md. The
content of a page is one form XObject that all copies use: only the copy label differs between them. The bytes depend on the
input alone. ISO 32000-1 §8 and §9.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin

from counter_assistant.paper.blocks import Box, Code, Image, Picture, Placed
from counter_assistant.paper.geometry.imposition import Leaf, Part
from counter_assistant.paper.geometry.measures import Measures
from counter_assistant.paper.line_breaking import Line
from counter_assistant.paper.pdf_objects import PdfFile, box, text_string
from counter_assistant.paper.qr import SIZE, qr_runs
from counter_assistant.paper.subset import Subset

KNOWN_LENGTHS, KEPT_GRIDS = 20_000, 64
GREY = 0.957
DOT = 0.4  # points: of a printer of 24 pins, on whose dots lines lie, so that all are as thick
AS_PRINTED = "<</Duplex/Simplex/PrintScaling/None>>"
"""A viewer that prints a saved paper prints it one-sided and neither shrinks nor enlarges it (ISO 32000-2 §12.2)."""
WATERMARK_COLOUR = {"样本": "1 .87 .87"}
OTHER_WATERMARK = ".92 .92 .92"
SCREENED = "/Pattern cs /Screen scn"
SCREEN = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 2.4 2.4]/XStep 2.4/YStep 2.4/Resources<<>>"
DOTS = b"0 0 .8 .4 re f"
"""A printer of 24 pins has no light colour: the word is a screen of two dots in every six, on every sixth line."""
WATERMARK_ANGLE, WATERMARK_SIZE, WATERMARK_SHARE = 52, 190.0, 0.8  # degrees, points, share of the diagonal


class _Points(dict[float, str]):
    """Maps a length to how it is written: papers have the same few many times."""

    def __missing__(self, points: float) -> str:
        if len(self) > KNOWN_LENGTHS:
            self.clear()
        written = self[points] = f"{points:.2f}"
        return written


POINTS = _Points()


class ContentWriter:
    """Writes drawing operators with the fonts of one document, for pages of one format."""

    def __init__(self, subsets: dict[str, Subset], measures: Measures) -> None:
        self.measures, self.subsets = measures, subsets
        self._names = {file: f"/F{at}" for at, file in enumerate(subsets, 1)}
        self._pictures: dict[Image, str] = {}

    def add_fonts(self, file: PdfFile) -> str:
        """Writes the fonts into a file; returns the dictionary of them."""
        added = (f"{self._names[name]} {subset.add_to(file)}" for name, subset in self.subsets.items())
        return file.add(f"<<{''.join(added)}>>")

    def add_pictures(self, file: PdfFile, pages: Sequence[Sequence[Placed]]) -> str:
        """Writes the pictures of pages into a file, each once; returns the entry for them in the resources, empty where there are none."""
        for placed in (placed for page in pages for placed in page):
            for picture in placed.block.pictures:
                self._pictures.setdefault(picture.image, f"/P{len(self._pictures) + 1}")
        added = (f"{name} {file.add_jpeg(*image)}" for image, name in self._pictures.items())
        return f"/XObject<<{''.join(added)}>>" if self._pictures else ""

    def blocks(self, placed: Sequence[Placed]) -> bytes:
        """The operators of blocks: pictures first, then grey areas, rules, codes and text."""
        pictures, fills, modules, shades, m = list[str](), list[str](), list[str](), list[str](), self.measures
        rules: dict[str, list[str]] = {_number(m.thin): [], _number(m.bar): []}
        thin, bars = rules.values()
        for top, block in placed:
            if block.pictures:
                pictures += [self._picture(picture, top) for picture in block.pictures]
            if block.fills and not m.inked:
                fills += [self._area(box, top) for box in block.fills]
            if block.rules:
                thin += [self._stroke(line, top) for line in block.rules]
            if block.bars:
                bars += [self._stroke(line, top) for line in block.bars]
            for code in block.codes:
                modules += self._modules(code, top)
            shades += [f"{shade.grey:.2f} g {self._area(shade.area, top)} f" for shade in block.shades]
        parts = [*pictures, *([f"{GREY} g", *fills, "f 0 g"] if fills else [])]
        parts += [*shades, "0 g"] if shades else []
        for width, strokes in rules.items():
            if strokes:
                parts += [f"{width} w", *strokes, "S"]
        if modules:
            parts += [*modules, "f"]
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
        parts: list[str] = []
        margin, height = self.measures.margin, self.measures.page[1]
        for top, block in placed:
            for x, y, size, line in block.texts:
                parts.append(f"1 0 0 1 {POINTS[margin + x]} {POINTS[height - top - y]} Tm")
                if line.spoken:
                    parts += _spoken(line.spoken, self._spans(line, size, state))
                else:
                    parts += self._spans(line, size, state)
        return parts

    def _spans(self, line: Line, size: float, state: list[object]) -> list[str]:
        """The spans of a line from the present pen position; `state` is the font and spacing now set."""
        parts = []
        for file, spacing, _, _, shown in line.spans:
            if state[0] != (file, size):
                state[0] = (file, size)
                parts.append(f"{self._names[file]} {size:g} Tf")
            if state[1] != spacing * size:
                state[1] = spacing * size
                parts.append(f"{spacing * size / 1000:.3f} Tc")
            parts.append(shown)
        return parts

    def _area(self, box: Box, top: float) -> str:
        (x, y, width, height), points, m = box, POINTS, self.measures
        return f"{points[m.margin + x]} {points[m.page[1] - top - y - height]} {points[width]} {points[height]} re"

    def _picture(self, picture: Picture, top: float) -> str:
        """A picture fills its place: whoever places it keeps its proportions (ISO 32000-1 §8.9.5)."""
        points, m = POINTS, self.measures
        x, y = points[m.margin + picture.left], points[m.page[1] - top - picture.top - picture.height]
        scaled = f"{points[picture.width]} 0 0 {points[picture.height]} {x} {y} cm"
        return f"q {scaled} {self._pictures[picture.image]} Do Q"

    def _modules(self, code: Code, top: float) -> list[str]:
        """The dark runs of a code as areas: they stay sharp on any printer, unlike an image."""
        across, down, wide = _grid(self.measures.margin, code.left, self.measures.page[1] - top, code.top, code.side)
        return [
            f"{across[column]} {down[row]} {wide[length]} {wide[1]} re" for row, column, length in qr_runs(code.digits)
        ]

    def _stroke(self, line: Box, top: float) -> str:
        (x0, y0, x1, y1), margin, height, points = line, self.measures.margin, self.measures.page[1], POINTS
        if self.measures.inked:
            left, above, right, below = (DOT * round(v / DOT) for v in (margin + x0, top + y0, margin + x1, top + y1))
            return f"{points[left]} {points[height - above]} m {points[right]} {points[height - below]} l"
        level = height - top
        return f"{points[margin + x0]} {points[level - y0]} m {points[margin + x1]} {points[level - y1]} l"


@lru_cache(KEPT_GRIDS)
def _grid(margin: float, left: float, upper: float, top: float, side: float) -> tuple[list[str], list[str], list[str]]:
    """Where the columns and rows of a code begin, and how wide so many modules are."""
    module = side / SIZE
    across = [POINTS[margin + (left + at * module)] for at in range(SIZE)]
    down = [POINTS[upper - (top + at * module) - module] for at in range(SIZE)]
    return across, down, [POINTS[at * module] for at in range(SIZE + 1)]


def _spoken(text: str, spans: list[str]) -> list[str]:
    """Spans that reader programs extract as `text`, however far apart their glyphs are."""
    return [f"/Span<</ActualText<{text_string(text)}>>>BDC", *spans, "EMC"]


def _number(points: float) -> str:
    return f"{points:g}".removeprefix("0")


def write_pdf(
    writer: ContentWriter, title: str, pages: Sequence[Sequence[Placed]], leaves: Sequence[Leaf], watermark: bytes
) -> bytes:
    """The file: a sheet of paper after the other; each page's content is in it once, however many copies place it."""
    file = PdfFile()
    fonts = writer.add_fonts(file)
    pictures = writer.add_pictures(file, pages)
    form = f"/Type/XObject/Subtype/Form/BBox{box(writer.measures.page)}/Resources<</Font {fonts}{pictures}>>"
    forms = [file.add_drawing(writer.blocks(page), form) for page in pages]
    screened = bool(watermark) and writer.measures.inked
    screen = f"/Pattern<</Screen {file.add_drawing(DOTS, SCREEN)}>>" if screened else ""
    for leaf in leaves:
        resources = f"<</Font {fonts}/XObject<</Content {forms[leaf.page]}>>{screen}>>"
        drawn = b"\n".join(_lifted(writer, part, watermark) for part in leaf.parts)
        file.add_page(leaf.size, resources, file.add_drawing(drawn))
    return file.whole(title, f"/Lang(zh-CN)/ViewerPreferences{AS_PRINTED}")


def _lifted(writer: ContentWriter, part: Part, watermark: bytes) -> bytes:
    """One copy in its place on a sheet, with what it does not share with the other."""
    content = watermark + _seen(part.window) + writer.blocks(part.own)
    if part.turned:
        width, height = writer.measures.page
        return b"q -1 0 0 -1 %.2f %.2f cm\n%s\nQ" % (part.shift + width, part.lift + height, content)
    if not (part.lift or part.shift):
        return content
    shift = f"{part.shift:.2f}".encode() if part.shift else b"0"
    return b"q 1 0 0 1 %s %.2f cm\n%s\nQ" % (shift, part.lift, content)


def _seen(window: Box | None) -> bytes:
    """The content of a page: all of it, or what of it lies in a window."""
    if window is None:
        return b"/Content Do\n"
    return b"q %.2f %.2f %.2f %.2f re W n /Content Do Q\n" % window
