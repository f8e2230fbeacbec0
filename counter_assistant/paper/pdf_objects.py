"""PDF 对象：two kinds of reportlab objects that are written as given.

reportlab's dictionaries sort and format themselves entry by entry, which takes a sixth of the time of a slip.
"""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc


class Source(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object given as its source, with references for each %s. It is written inline unless it is referenced."""

    def __init__(self, source: str, *references: pdfdoc.PDFObjectReference) -> None:
        self._source, self._references = source, references

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as bytes of the file."""
        references = tuple(reference.format(document).decode() for reference in self._references)
        return (self._source % references).encode("latin-1")


class Stream(Source):
    """A stream: the entries of its dictionary without the length, and its bytes."""

    __RefOnly__ = 1

    def __init__(self, entries: str, content: bytes, *references: pdfdoc.PDFObjectReference) -> None:
        super().__init__(f"<<{entries}/Length {len(content)}>>\nstream\n", *references)
        self._content = content

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as bytes of the file."""
        return super().format(document) + self._content + b"\nendstream\n"
