"""纸面下的一行：看的是哪一联、第几页；纸上的字，给看不见纸面的人。"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAccessible

COPIES = ("存档联", "当事人联")
"""What the two copies of a paper are called at the counter, in the order in which they are printed."""

LARGE = {False: "大字", True: "常规字"}
"""What the key of large type does, by whether it is on."""


def copies_apart(pages: int, *, wide: bool) -> bool:
    """Whether copies have sheets of their own: not on the one sheet of two halves, nor on continuous paper, which is wider than high."""
    return pages > 1 and not wide


def page_words(page: int, pages: int, copies: tuple[str, ...] = ()) -> str:
    """Which page is seen, counted from 0: of a paper in `copies`, all of them as long, its copy and the page of that."""
    each = pages // max(len(copies), 1)
    copy = copies[page // each] if copies else ""
    place = f"第 {page % each + 1} 页，共 {each} 页" if each > 1 else ""
    return "　".join(part for part in (copy, place, "Ctrl+翻页键") if part)


def text_of_page(page: Any) -> str:
    """What is written on a page of pdfium's, line by line."""
    text = page.get_textpage()
    try:
        lines = (line.strip() for line in text.get_text_bounded().splitlines())
        return "\n".join(line for line in lines if line)
    finally:
        text.close()


def said_of_page(place: str, page: Any) -> str:
    """What a screen reader says of a page: which one it is, and all that is written on it where one is listening."""
    return "\n".join(filter(None, (place, text_of_page(page) if QAccessible.isActive() else "")))
