"""纸张与位置：a paper's sheet as the system names it, and how a printer's own error is put right on the way to it.

The size is read off the PDF itself, so that nobody can ask for another sheet than the paper was set for. What is kept or saved is
never shifted: only the bytes that go to a printer are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

MM = 72 / 25.4
NAMED = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
MOST_MM = 20.0
"""Beyond this a sheet lies wrongly in the printer, and no setting helps."""


class Adjustment(NamedTuple):
    """What is set for one printer: by how much everything is moved, in millimetres, and from which tray the paper comes."""

    right_mm: float = 0.0
    down_mm: float = 0.0
    tray: str = ""

    @classmethod
    def of(cls, values: object) -> Adjustment:
        """What was stored of it; what is of the wrong kind or beyond `MOST_MM` counts as not set."""
        stored: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        moved = [stored.get(key, 0.0) for key in ("right_mm", "down_mm")]
        right, down = (float(mm) if type(mm) in (int, float) and abs(mm) <= MOST_MM else 0.0 for mm in moved)
        tray = stored.get("tray", "")
        return cls(right, down, tray if isinstance(tray, str) else "")


def media_of(pdf: bytes) -> str:
    """The sheet of a paper, by its first page, as CUPS names it: A3, A4, A5 or Custom.241x140mm. What lies across is the same sheet, which
    the system turns; what is no PDF goes on A4."""
    size = _size_of(pdf)
    return next((name for name, mm in NAMED.items() if mm in (size, size[::-1])), f"Custom.{size[0]}x{size[1]}mm")


def lies_across(pdf: bytes) -> bool:
    """Whether a paper is one of the usual sheets, turned; continuous paper is as wide as it is."""
    return _size_of(pdf)[::-1] in NAMED.values()


def _size_of(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page, in millimetres; of what is no PDF those of A4."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return NAMED["A4"]
    try:
        return round(document[0].get_width() / MM), round(document[0].get_height() / MM)
    finally:
        document.close()


def sheet_in_words(media: str) -> str:
    """What a sheet is called at the counter: A4, or 241×140 毫米 for Custom.241x140mm."""
    if media in NAMED:
        return media
    return media.removeprefix("Custom.").replace("x", "×").replace("mm", " 毫米")


def media_option(pdf: bytes, tray: str) -> str:
    """The sheet and the tray together, as the option `media` takes them."""
    return ",".join(filter(None, (media_of(pdf), tray)))


def adjusted(pdf: bytes, adjustment: Adjustment) -> bytes:
    """The paper with everything on it moved as a printer needs it; the very same where it needs nothing."""
    if not (adjustment.right_mm or adjustment.down_mm):
        return pdf
    from io import BytesIO

    import pypdfium2

    right, down = adjustment.right_mm * MM, adjustment.down_mm * MM
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            left, bottom, end, top = page.get_mediabox()
            page.set_mediabox(left - right, bottom + down, end - right, top + down)
        moved = BytesIO()
        document.save(moved)
    finally:
        document.close()
    return moved.getvalue()
