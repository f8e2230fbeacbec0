"""PDF 对象：the numbered objects of a file and the table of their places, written as they are given. ISO 32000-1 §7.5."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import md5
from typing import NamedTuple

HEADER = b"%PDF-1.7\n%\xe6\x9f\x9c\xe5\x8f\xb0\n"
MEMORY = 5
PAGES = "1 0 R"
"""What a page calls its parent: the tree of all pages."""


class PdfFile:
    """A file in the making. What is added is numbered in that order, so that the same calls give the same bytes.

    It is held as the pieces that were given, and joined once: copying fonts takes longer than making them.
    """

    def __init__(self) -> None:
        self._pieces, self._length = [HEADER], len(HEADER)
        self._starts = [0]  # of each object; that of the tree of the pages is known when they are
        self._pages: list[str] = []
        self._drawn = md5(usedforsecurity=False)

    def add(self, source: str) -> str:
        """Adds an object; returns what others call it."""
        return self._put([source.encode("latin-1")])

    def add_stream(self, content: Sequence[bytes], entries: str = "") -> str:
        """Adds a stream with further `entries` of its dictionary; `content` is what is stored, with whatever filter these name."""
        head = f"<<{entries}/Length {sum(map(len, content))}>>\nstream\n".encode("latin-1")
        return self._put([head, *content, b"\nendstream"])

    def add_drawing(self, operators: bytes, entries: str = "") -> str:
        """Adds a stream of operators, deflated. The identifier of the file follows from all of them."""
        self._drawn.update(operators)
        return self.add_stream([deflated(operators)], f"{entries}/Filter/FlateDecode")

    def add_page(self, size: tuple[float, float], resources: str, contents: str) -> None:
        """Adds a page after those that there are. `size` is in points."""
        page = f"<</Type/Page/Parent {PAGES}/MediaBox{box(size)}/Resources{resources}/Contents {contents}>>"
        self._pages.append(self.add(page))

    def whole(self, title: str, catalog: str) -> bytes:
        """The bytes of the file; `catalog` are further entries of it. Nothing else may be added then."""
        root = self.add(f"<</Type/Catalog/Pages {PAGES}{catalog}>>")
        info = self.add(f"<</Title<{text_string(title)}>/Creator(Counter Assistant)/Producer(Counter Assistant)>>")
        self._starts[0] = self._length
        tree = f"<</Type/Pages/Count {len(self._pages)}/Kids[{' '.join(self._pages)}]>>"
        self._write([b"1 0 obj\n", tree.encode("latin-1"), b"\nendobj\n"])
        places = "".join([f"{start:010d} 00000 n \n" for start in self._starts])
        identifier, count = self._drawn.hexdigest(), len(self._starts) + 1
        trailer = f"<</Size {count}/Root {root}/Info {info}/ID[<{identifier}><{identifier}>]>>"
        table = f"xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n{trailer}\nstartxref\n{self._length}\n%%EOF\n"
        return b"".join([*self._pieces, table.encode("latin-1")])

    def _put(self, pieces: Sequence[bytes]) -> str:
        self._starts.append(self._length)
        number = len(self._starts)
        self._write([b"%d 0 obj\n" % number, *pieces, b"\nendobj\n"])
        return f"{number} 0 R"

    def _write(self, pieces: Sequence[bytes]) -> None:
        self._pieces += pieces
        self._length += sum(map(len, pieces))


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
