"""The yardstick page, set or drawn by us, typst, Skia, cairo and plain reportlab: milliseconds of the processor a slip, and their spread.

All of them make the file of both copies of `tests/bench/slip.py`'s slip, of another visitor each time, with our fonts in it, and take turns
in one process. We and typst start from the words. Skia, cairo and reportlab are libraries to draw with: they are handed our lines
in their places, free of charge, and write them, the rules and the code into a file. `low` and `high` are the tenth and ninetieth percentiles.

Skia and cairo are measured where `skia-python` and `cairocffi` are installed, which the tests do not need.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.slip import COPY_LABELS, Slip
from counter_assistant.paper.blocks import Placed
from counter_assistant.paper.geometry.measures import A4
from counter_assistant.paper.page import Paper
from counter_assistant.paper.pdf import GREY
from counter_assistant.paper.truetype import full_form
from counter_assistant.paper.typesetter import Typesetter
from tests.bench.slip import FONTS, as_slip, content, our_side, peers_side, took

SLIPS, WARM_UP = 60, 8
FACES = ("NotoSerifSC-Regular-body.ttf", "NotoSerifSC-Bold-body.ttf")
WIDTH, HEIGHT = A4.page

Box = tuple[float, float, float, float]
Drawn = Callable[[int], bytes]


class Written(NamedTuple):
    """A stretch of text of one face: the file, its size, and where it begins, from the upper left corner of the page."""

    file: str
    size: float
    x: float
    y: float
    text: str


class Page(NamedTuple):
    """What is on a page, from its upper left corner: grey areas, lines with their weights, text, and the digits of the code."""

    fills: list[Box]
    lines: list[tuple[float, Box]]
    texts: list[Written]
    code: tuple[float, float, float, str]


class Lines:
    """Our lines in their places: what the libraries are handed."""

    def __init__(self) -> None:
        self._setter = Typesetter(FONTS)
        self._made: dict[int, list[Page]] = {}

    def pages(self, n: int) -> list[Page]:
        """Both copies of the n-th visitor's slip; made before anybody is timed."""
        return self._made[n]

    def prepare(self, n: int) -> None:
        self._made = {n: list(self._pages(as_slip(content(n))))}

    def _pages(self, slip: Slip) -> Iterator[Page]:
        maker = self._setter._maker(PaperFormat.A4)
        paper = Paper(slip.draft, slip.number, slip.check_code, slip.qr, slip.copies)
        (placed,) = maker.pages(paper)
        for label in COPY_LABELS:
            yield as_page([*placed, Placed(A4.top, maker.label(label, ""))])


def as_page(placed: list[Placed]) -> Page:
    """Blocks as a page."""
    page, margin = Page([], [], [], (0, 0, 0, "")), A4.margin
    for top, block in placed:
        page.fills.extend((margin + x, top + y, width, height) for x, y, width, height in block.fills)
        for weight, lines in ((A4.thin, block.rules), (A4.bar, block.bars)):
            page.lines.extend((weight, (margin + x0, top + y0, margin + x1, top + y1)) for x0, y0, x1, y1 in lines)
        for code in block.codes:
            page = page._replace(code=(margin + code.left, top + code.top, code.side, code.digits))
        for x, y, size, line in block.texts:
            at = margin + x
            for span in line.spans:
                text = "".join(map(full_form, span.text))
                page.texts.append(Written(span.file, size, at, top + y, text))
                at += line.width * size / 1000 * len(text) / max(len(line.text), 1)
    return page


def modules(page: Page) -> Iterator[Box]:
    """The dark modules of a page's code, by segno, as whoever uses one of these libraries would have them."""
    import segno

    x, y, side, digits = page.code
    matrix = segno.make(digits, error="m", mask=2, micro=False).matrix
    module = side / len(matrix)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                yield x + column * module, y + row * module, module, module


def by_reportlab(lines: Lines) -> Drawn:
    """Plain reportlab: a canvas, its fonts, `drawString`."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for file in FACES:
        pdfmetrics.registerFont(TTFont(file, str(FONTS / file)))

    def pdf(n: int) -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=(WIDTH, HEIGHT))
        for page in lines.pages(n):
            canvas.setFillGray(GREY)
            for x, y, width, height in page.fills:
                canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)
            canvas.setFillGray(0)
            for weight, (x0, y0, x1, y1) in page.lines:
                canvas.setLineWidth(weight)
                canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
            for x, y, width, height in modules(page):
                canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)
            for file, size, x, y, text in page.texts:
                canvas.setFont(file, size)
                canvas.drawString(x, HEIGHT - y, text)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return pdf


def by_skia(lines: Lines) -> Drawn:
    """Skia's PDF backend."""
    import skia

    faces = {file: skia.Typeface.MakeFromFile(str(FONTS / file)) for file in FACES}

    def pdf(n: int) -> bytes:
        target = skia.DynamicMemoryWStream()
        document = skia.PDF.MakeDocument(target)
        grey, black = skia.Paint(Color=skia.ColorSetRGB(*[round(255 * GREY)] * 3)), skia.Paint(Color=skia.ColorBLACK)
        for page in lines.pages(n):
            canvas = document.beginPage(WIDTH, HEIGHT)
            for x, y, width, height in page.fills:
                canvas.drawRect(skia.Rect.MakeXYWH(x, y, width, height), grey)
            for weight, (x0, y0, x1, y1) in page.lines:
                pen = skia.Paint(Color=skia.ColorBLACK, StrokeWidth=weight, Style=skia.Paint.kStroke_Style)
                canvas.drawLine(x0, y0, x1, y1, pen)
            for x, y, width, height in modules(page):
                canvas.drawRect(skia.Rect.MakeXYWH(x, y, width, height), black)
            for file, size, x, y, text in page.texts:
                canvas.drawString(text, x, y, skia.Font(faces[file], size), black)
            document.endPage()
        document.close()
        return bytes(target.detachAsData())

    return pdf


def by_cairo(lines: Lines) -> Drawn:
    """cairo's PDF surface, which finds our fonts through fontconfig."""
    folder = Path(tempfile.mkdtemp())
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    import cairocffi as cairo

    faces = {
        file: cairo.ToyFontFace("Noto Serif SC Body", weight=cairo.FONT_WEIGHT_BOLD if "Bold" in file else 0)
        for file in FACES
    }

    def pdf(n: int) -> bytes:
        target = io.BytesIO()
        surface = cairo.PDFSurface(target, WIDTH, HEIGHT)
        context = cairo.Context(surface)
        for page in lines.pages(n):
            context.set_source_rgb(GREY, GREY, GREY)
            for box in page.fills:
                context.rectangle(*box)
            context.fill()
            context.set_source_rgb(0, 0, 0)
            for weight, (x0, y0, x1, y1) in page.lines:
                context.set_line_width(weight)
                context.move_to(x0, y0)
                context.line_to(x1, y1)
                context.stroke()
            for box in modules(page):
                context.rectangle(*box)
            context.fill()
            for file, size, x, y, text in page.texts:
                context.set_font_face(faces[file])
                context.set_font_size(size)
                context.move_to(x, y)
                context.show_text(text)
            surface.show_page()
        surface.finish()
        return target.getvalue()

    return pdf


def run() -> dict[str, float]:
    """The figures of this bench."""
    lines = Lines()
    lines.prepare(0)
    sides: dict[str, Drawn] = {"ours": our_side(), "typst": peers_side(), "reportlab": by_reportlab(lines)}
    for name, module, made in (("skia", "skia", by_skia), ("cairo", "cairocffi", by_cairo)):
        if find_spec(module):
            sides[name] = made(lines)
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for n in range(1, WARM_UP + SLIPS + 1):
        lines.prepare(n)
        for name, side in sides.items():
            taken[name].append(took(side, n).cpu * 1e3)
    figures: dict[str, float] = {}
    for name, times in taken.items():
        cuts = quantiles(times[WARM_UP:], n=10, method="inclusive")
        figures |= {f"{name}_ms": median(times[WARM_UP:]), f"{name}_low": cuts[0], f"{name}_high": cuts[-1]}
        figures |= {f"{name}_kib": len(sides[name](SLIPS + WARM_UP)) / 1024}
    return {name: round(value, 2) for name, value in figures.items()}
