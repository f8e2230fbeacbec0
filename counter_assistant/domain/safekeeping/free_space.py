"""磁盘还够不够：一个月要写的，加一份备份；不到这么多就说，不等写满."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from counter_assistant.domain.safekeeping.schedule import DAY

DAYS = 30
"""For so many days there has to be room: long enough for somebody who looks after several branches to come by."""
LEAST_A_DAY = 1 << 20
"""A day's entries take a megabyte, by measure (docs/decisions/0029-backups.md); nothing less is reckoned with."""
SPARE = 64 << 20
"""How much room a copy leaves on a disk, in bytes: the book on the same one goes on being written."""


class Room(NamedTuple):
    """How much is free on a disk and how much should be, in bytes."""

    free: int
    least: int

    @property
    def is_short(self) -> bool:
        """Whether somebody has to be told."""
        return self.free < self.least

    @property
    def in_words(self) -> str:
        """只剩 300 MB，至少要留 1.2 GB."""
        return f"只剩 {size_in_words(self.free)}，至少要留 {size_in_words(self.least)}"


def least_free(book: int, copies: Iterable[tuple[datetime, int]], now: datetime) -> int:
    """How many bytes should be free for a book of that size, of which `copies` are kept on the same disk: when each was made, and
    how large the book was then.

    Every copy that is kept grows with the book, so a day writes its growth that many times and once for the book; and a full copy
    is made beside what there is.
    """
    known = sorted(copies)
    grown = _a_day(book, known[0], now) if known else LEAST_A_DAY
    return DAYS * grown * (1 + len(known)) + book + SPARE


def size_in_words(size: int) -> str:
    """730 MB, 1.2 GB."""
    return f"{size / (1 << 30):.1f} GB" if size >= 1 << 30 else f"{size >> 20} MB"


def _a_day(book: int, oldest: tuple[datetime, int], now: datetime) -> int:
    made, size = oldest
    days = max((now - made) / DAY, 1.0)
    return max(int((book - size) / days), LEAST_A_DAY)
