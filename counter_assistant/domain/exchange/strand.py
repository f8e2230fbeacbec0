"""一本台账在中心的一条脉络：从第一条到最后一条；分叉了就有几条，各从头连到尾，哪一条也不丢.

A book is a chain, and each hash stands for all before it. Two strands of one book are therefore the same up to one entry and differ in
every later one; where that is can be found by halves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

START = "0" * 64
"""The hash before the first entry, in hex."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A course of entries of one book, whose unique name is `book`, from the first to number `entries`. `hash_of` gives the hash of
    each in hex. `first` is the number from which on hashes are known; 0 where that is so from the beginning.
    """

    name: str
    book: str
    entries: int
    hash_of: Callable[[int], str]
    first: int = 0

    @property
    def head(self) -> str:
        """The hash of the last entry."""
        return self.at(self.entries)

    def at(self, seq: int) -> str:
        """The hash of an entry; before the first there is `START`."""
        return self.hash_of(seq) if seq else START

    def has(self, seq: int, entry_hash: str) -> bool:
        """Whether it has this very entry."""
        return self.first <= seq <= self.entries and self.at(seq) == entry_hash


def common(one: Strand, other: Strand) -> int:
    """The number of the last entry that both have, where they have the one at which the later of them begins to be known."""
    low, high = max(one.first, other.first), min(one.entries, other.entries)
    while low < high:
        middle = (low + high + 1) // 2
        if one.at(middle) == other.at(middle):
            low = middle
        else:
            high = middle - 1
    return low


def outermost(strands: Sequence[Strand]) -> list[Strand]:
    """Those strands that are not the beginning of another one; of several that are the same, the first."""
    return [
        one for at, one in enumerate(strands)
        if not any(
            one.book == other.book and common(one, other) == one.entries and (one.entries < other.entries or n < at)
            for n, other in enumerate(strands) if n != at
        )
    ]  # fmt: skip


class Way(Enum):
    """What becomes of what a bundle brings: nothing in it is new; a strand grows by it; it parts from one; it begins the first one of a
    book; or it fits to nothing that is there, and waits."""

    KNOWN = "known"
    GROWS = "grows"
    PARTS = "parts"
    BEGINS = "begins"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bundle belongs: to which strand, and how many entries from the beginning they share."""

    way: Way
    strand: Strand | None = None
    shared: int = 0


def place(brought: Strand, strands: Sequence[Strand]) -> Place:
    """Where a bundle belongs among the strands of its book. `brought` knows the hashes from the entry on after which it begins.

    Whatever comes in which order: in the end there are the longest courses that follow from all that came.
    """
    if not strands and not brought.first:
        return Place(Way.BEGINS)
    start = brought.at(brought.first)
    fitting = [(common(each, brought), each) for each in strands if each.has(brought.first, start)]
    if not fitting:
        return Place(Way.WAITS)
    shared, strand = max(fitting, key=lambda each: (each[0], each[0] == each[1].entries))
    if shared == brought.entries:
        return Place(Way.KNOWN, strand, shared)
    return Place(Way.GROWS if shared == strand.entries else Way.PARTS, strand, shared)


def partings(strands: Sequence[Strand]) -> dict[tuple[int, str], tuple[Strand, ...]]:
    """Where strands of one book part: the last entry in common, number and hash, and those that part there, by their heads."""
    found: dict[tuple[int, str], dict[str, Strand]] = {}
    for at, one in enumerate(strands):
        for other in strands[at + 1 :]:
            last = common(one, other)
            found.setdefault((last, one.at(last)), {}).update({each.head: each for each in (one, other)})
    return {where: tuple(each[head] for head in sorted(each)) for where, each in sorted(found.items())}
