"""核对时由记录推得的全部视图，只留总和：一本百万份的台账，核对时不必把每一行都留着.

A table is the same as what the entries give if the sums of the hashes of its rows are: whatever is added, changed, moved
or missing makes another sum. Hashes are of 64 bits under a key that is drawn for each check, so that nobody can write rows that
make up for each other. Of terms a sum is kept for each entry, which names the entry that is filed wrongly.
"""

from __future__ import annotations

import secrets
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Any

from counter_assistant.storage.journal import tables

_WORD = (1 << 64) - 1

Row = tuple[Any, ...]


class Sums:
    """What some rows of the tables of views add up to."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._tables: Counter[type[Any]] = Counter()
        self._terms, self._astray = array("Q"), Counter[int]()

    def add(self, table: type[Any], row: Row, times: int = 1) -> int:
        """Counts a row in, or out again with `times` -1, and gives its hash."""
        made = hash((self._salt, *map(str, row)))  # as texts: Python gives some numbers one hash
        self._tables[table] += made * times
        return made

    def add_terms(self, seq: int, terms: Iterable[str], times: int = 1) -> None:
        """Counts in that an entry lies under some terms."""
        salt = self._salt
        self._of_entry(seq, sum(hash((salt, term, seq)) for term in terms) * times)

    def add_filed(self, rows: Iterable[tuple[str, int]]) -> None:
        """Counts rows of the table of terms in."""
        salt, terms = self._salt, self._terms
        for term, seq in rows:
            if 0 < seq < len(terms):  # not asked of `_of_entry`: there are twenty terms to an entry
                terms[seq] = (terms[seq] + hash((salt, term, seq))) & _WORD
            else:
                self._of_entry(seq, hash((salt, term, seq)))

    def _of_entry(self, seq: int, amount: int) -> None:
        terms = self._terms
        if not 0 < seq < len(terms):
            if not 0 < seq < len(terms) + _ROOM:  # no entry of an honest book lies so far behind the one before
                self._astray[seq] += amount
                return
            terms.extend([0] * _ROOM)
        terms[seq] = (terms[seq] + amount) & _WORD

    def same(self, table: type[Any], other: Sums) -> bool:
        """Whether the rows of a table add up to the same."""
        return self._tables[table] == other._tables[table]

    def first_misfiled(self, other: Sums) -> int | None:
        """The first entry that does not lie under the same terms; None where all do."""
        ours, theirs = self._terms, other._terms
        for one in (ours, theirs):
            one.extend([0] * (max(len(ours), len(theirs)) - len(one)))
        if ours != theirs:
            return next(seq for seq, amount in enumerate(ours) if amount != theirs[seq])
        astray, also = self._astray, other._astray
        return min((seq for seq in astray.keys() | also.keys() if astray[seq] != also[seq]), default=None)


_ROOM = 1 << 12


class Expected(Sums):
    """What the entries give that were read so far.

    While the tables are read to hold them against it, other windows write on: what they write where nothing has been read yet counts
    here too, and what they write behind the reader is not looked at any more.
    """

    def __init__(self) -> None:
        super().__init__(secrets.token_bytes(16))
        self._read_to: dict[type[Any], Row | None] = {}
        self._slips: dict[int, int] = {}

    def beside(self) -> Sums:
        """Sums of what is stored, to hold these against. Its rows come by their terms, and the first may lie under a late entry."""
        stored = Sums(self._salt)
        stored._terms.extend([0] * len(self._terms))
        return stored

    def give_out(self, number: str, seq: int) -> bool:
        """Notes the entry of a slip; False where its number was given out before."""
        return self._slips.setdefault(hash((self._salt, number)), seq) == seq

    def slip(self, number: str) -> int | None:
        """The entry of the slip with a number; None where none was issued."""
        return self._slips.get(hash((self._salt, number)))

    def read_to(self, table: type[Any], key: Row | None) -> None:
        """Says that a table was read up to a key; to its end where that is None."""
        self._read_to[table] = key

    def add(self, table: type[Any], row: Row, times: int = 1) -> int:
        return super().add(table, row, 0 if self._is_behind(table, row) else times)

    def take(self, table: type[Any], key: Row, made: int) -> None:
        """Counts a row out again, by its key and its hash."""
        if not self._is_behind(table, key):
            self._tables[table] -= made

    def add_terms(self, seq: int, terms: Iterable[str], times: int = 1) -> None:
        if tables.Term in self._read_to:
            terms = [term for term in terms if not self._is_behind(tables.Term, (term, seq))]
        super().add_terms(seq, terms, times)

    def _is_behind(self, table: type[Any], row: Row) -> bool:
        if table not in self._read_to:
            return False
        key = self._read_to[table]
        return key is None or row[: len(key)] <= key
