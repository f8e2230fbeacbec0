"""PDF 对象：reportlab's document, given objects and streams as they are written. ISO 32000-1 §7.5."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

MEMORY = 5
NAME = "Counter Assistant"


class _Given(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object as the bytes that it is written as: a dictionary of the library sorts and formats itself entry by entry."""

    __RefOnly__ = 1  # others name it, and do not hold it

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        return b"".join(self._pieces)


class _Title(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What a file says of itself. No day: a paper names its own, and the same paper is the same file on any."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        return f"<</Title<{text_string(self.title)}>/Creator({NAME})/Producer({NAME})>>\n".encode("latin-1")


class PdfFile:
    """A file in the making. What is added is numbered in that order, so that the same calls give the same bytes."""

    def __init__(self) -> None:
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
        self._pages = self._name_of(self._document.Pages)

    def add(self, source: str) -> str:
        """Adds an object; returns what others call it."""
        return self._name_of(_given(f"{source}\n"))

    def add_stream(self, content: Sequence[bytes], entries: str = "") -> str:
        """Adds a stream with further `entries` of its dictionary; `content` is what is stored, with whatever filter these name."""
        head = f"<<{entries}/Length {sum(map(len, content))}>>\nstream\n".encode("latin-1")
        return self._name_of(_Given(head, *content, b"\nendstream\n"))

    def add_drawing(self, operators: bytes, entries: str = "") -> str:
        """Adds a stream of operators, deflated. The identifier of the file follows from all of them."""
        self._document.updateSignature(operators)
        return self.add_stream([deflated(operators)], f"{entries}/Filter/FlateDecode")

    def add_jpeg(self, width: int, height: int, jpeg: bytes) -> str:
        """Adds a picture in three colours, as a JPEG file has it (ISO 32000-1 §8.9.5)."""
        self._document.updateSignature(jpeg)
        sizes = f"/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        return self.add_stream([jpeg], f"/Type/XObject/Subtype/Image{sizes}")

    def add_page(self, size: tuple[float, float], resources: str, contents: str) -> None:
        """Adds a page after those that there are. `size` is in points."""
        page = f"<</Type/Page/Parent {self._pages}/MediaBox{box(size)}/Resources{resources}/Contents {contents}>>\n"
        self._document.addPage(_given(page))

    def whole(self, title: str, entries: str) -> bytes:
        """The bytes of the file; `entries` are further ones of its catalog. Nothing else may be added then."""
        document = self._document
        document.info = _Title(title)
        document.Catalog = _given(f"<</Type/Catalog/Pages {self._pages}{entries}>>\n")
        data: bytes = document.GetPDFData(None)
        return data

    def _name_of(self, made: pdfdoc.PDFObject) -> str:
        self._document.Reference(made)
        return f"{self._document.objectcounter} 0 R"


def _given(source: str) -> _Given:
    return _Given(source.encode("latin-1"))


class Begun(NamedTuple):
    """The beginning of contents that is deflated already, and its Adler-32 checksum."""

    packed: bytes
    checksum: int


def begun(content: bytes) -> Begun:
    """What several contents begin with, to be deflated once."""
    packing = zlib.compressobj(1, wbits=15, memLevel=MEMORY)
    return Begun(packing.compress(content) + packing.flush(zlib.Z_FULL_FLUSH), zlib.adler32(content))


def deflated(content: bytes, after: Begun | None = None, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """A few kilobytes for the filter FlateDecode, without the time to make ready for megabytes; `after` what was begun."""
    if after is None:
        packing = zlib.compressobj(1, memLevel=MEMORY, strategy=strategy)
        return packing.compress(content) + packing.flush()
    packing = zlib.compressobj(
        1, wbits=-15, memLevel=MEMORY
    )  # without the head and the checksum, which are of the whole
    whole = zlib.adler32(content, after.checksum)
    return b"".join((after.packed, packing.compress(content), packing.flush(), whole.to_bytes(4, "big")))


def box(size: tuple[float, float]) -> str:
    """The area of a page of some points, from its lower left."""
    return "[0 0 {:.2f} {:.2f}]".format(*size)


def text_string(text: str) -> str:
    """A text as the hexadecimal string of a PDF file, without its brackets."""
    return f"feff{text.encode('utf-16-be').hex()}"
