"""办事指南成册：封面写什么，目录每行写什么。"""

from __future__ import annotations

from typing import NamedTuple


class BookCover(NamedTuple):
    """The cover: the unit above the title, beneath it what the book is about, at the foot what it goes by."""

    unit: str
    title: str
    lines: tuple[str, ...]
    foot: tuple[str, ...]


class ContentsLine(NamedTuple):
    """A line of the table of contents; one without a page heads a group."""

    text: str
    page: int = 0
