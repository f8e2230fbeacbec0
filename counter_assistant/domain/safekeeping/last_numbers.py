"""恢复时照纸填的最后一个号：填了以后下一个是几号，跳过几个；跳得远的，再问一次."""

from __future__ import annotations

from dataclasses import dataclass

FAR = 10
"""How many numbers are passed over without asking. A digit that is typed twice, or behind what stood in the field, always passes over more
than that (n becomes at least 11 × n, and what is restored is before n); fewer are what a window gives out in an hour or two."""


@dataclass(frozen=True, slots=True)
class LastNumber:
    """The last number `typed` of a series, of which what is restored has those up to `there` (0: none)."""

    title: str
    there: int
    typed: int

    @property
    def next(self) -> int:
        """The number that is given first after the restore."""
        return self.typed + 1

    @property
    def skipped(self) -> int:
        """How many numbers are never given, since papers may bear them."""
        return max(self.typed - self.there, 0)

    @property
    def is_lower(self) -> bool:
        """Whether what is restored has a later one: the wrong paper was taken."""
        return self.typed < self.there

    @property
    def is_far(self) -> bool:
        """Whether so many numbers are passed over that it is rather a slip of the fingers."""
        return self.skipped > FAR

    @property
    def in_words(self) -> str:
        """一次性告知单下一个号：34 号；备份里到 2 号，跳过 31 个。"""
        if self.is_lower:
            return f"{self.title}填的 {self.typed} 号比备份里的 {self.there} 号还小。"
        passed = f"跳过 {self.skipped} 个" if self.skipped else "不跳号"
        return f"{self.title}下一个号：{self.next} 号；{reach_in_words(self.there)}，{passed}。"


def reach_in_words(there: int) -> str:
    """备份里到 2 号: how far what is restored is in a series."""
    return f"备份里到 {there} 号" if there else "备份里没有"
