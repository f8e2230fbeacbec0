"""Everything that a PDF draws, and where, in words: what two versions of the renderer are held against each other by.

It is what pdfium finds on the page, not how the file says it: a paper whose operators or font codes are written another way has
the same marks, and one whose letters, lines or areas stand elsewhere has not. Places are points from the lower left, to a tenth.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from hashlib import sha256

import pypdfium2 as pdfium
from pypdfium2 import raw

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def marks_of(pdf: bytes) -> str:
    """The marks of all pages, a line of text or a path to a line."""
    document = pdfium.PdfDocument(pdf)
    lines: list[str] = []
    for page in document:
        lines.append(f"page {page.get_width():.1f} {page.get_height():.1f}")
        text = page.get_textpage()
        lines += _lines(text)
        lines += sorted(_paths(page.raw))
        text.close()
        page.close()
    document.close()
    return "\n".join(lines) + "\n"


def digest_of(pdf: bytes) -> str:
    """The marks of a PDF in 16 digits."""
    return sha256(marks_of(pdf).encode()).hexdigest()[:16]


def _lines(text: pdfium.PdfTextPage) -> Iterator[str]:
    """Each line in one font and size: where it stands, what it says, and where each of its letters begins."""
    x, y = ctypes.c_double(), ctypes.c_double()
    head, said, places = "", "", list[str]()
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_IsGenerated(text, at) or code in (10, 13):
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        now = f"{_face(text, at)} {raw.FPDFText_GetFontSize(text, at):.1f} {y.value:.1f}"
        if now != head and said:
            yield f"{head} {_whole(said)} {' '.join(places)}"
            said, places = "", []
        head, said = now, said + chr(code)
        places.append(f"{x.value:.1f}")
    if said:
        yield f"{head} {_whole(said)} {' '.join(places)}"


def _whole(text: str) -> str:
    """The text with each character whole: pdfium tells one beyond U+FFFF in two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def _face(text: pdfium.PdfTextPage, at: int) -> str:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, at, name, 128, None)
    return name.value.decode().rpartition("+")[2]


def _paths(page: raw.FPDF_PAGE) -> Iterator[str]:
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _of_object(raw.FPDFPage_GetObject(page, at), IDENTITY)


def _of_object(found: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[str]:
    """The subpaths of a path, or of the paths in a form, each with how it is painted."""
    matrix = _joined(_matrix(found), outer)
    match raw.FPDFPageObj_GetType(found):
        case raw.FPDF_PAGEOBJ_FORM:
            for at in range(raw.FPDFFormObj_CountObjects(found)):
                yield from _of_object(raw.FPDFFormObj_GetObject(found, at), matrix)
        case raw.FPDF_PAGEOBJ_PATH:
            yield from _subpaths(found, matrix)


def _subpaths(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[str]:
    fill, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, fill, stroked)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    how = f"stroke {width.value:.1f}" if stroked.value else f"fill {red.value} {green.value} {blue.value}"
    points: list[str] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield f"{how}: {' '.join(points)}"
            points = []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, c, d, e, f = matrix
        points.append(f"{a * x.value + c * y.value + e:.1f},{b * x.value + d * y.value + f:.1f}")
    if points:
        yield f"{how}: {' '.join(points)}"


def _matrix(found: raw.FPDF_PAGEOBJECT) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(found, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
