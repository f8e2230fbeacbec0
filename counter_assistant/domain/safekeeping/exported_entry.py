"""导出台账：谁导出的，到第几条，写进台账的样子."""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.entry import Flat


@dataclass(frozen=True, slots=True)
class BookExported(Flat):
    """导出台账 (`book_exported`): who exported the book, by staff number, how many entries left it so, and the hash of the last one in
    hex. Where they went is not said: a path names people and their sticks, and means nothing on another PC."""

    by: str
    entries: int
    head: str
