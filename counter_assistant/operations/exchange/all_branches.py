"""中心看各网点：各有多少、到哪一条、什么时候送的；在全部网点里查文书；同一个人在别的网点来过没有。只读，只给尾号."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.exchange.strand import Strand, common
from counter_assistant.domain.people.roles import Permission
from counter_assistant.operations.exchange.taking import books_of, taken_before
from counter_assistant.operations.office import Office
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal.records import ArchiveRow, CheckReport
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.people import newest_under

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class BranchSlip:
    """A slip in the book of a branch; `strand` names that, `forked` says that not all strands of the book have it."""

    installation: str
    strand: str
    row: ArchiveRow
    forked: bool


@dataclass(frozen=True, slots=True)
class BranchState:
    """How far the centre has the book of a branch, by strand: entries, what was counted of its slips, by kind how many and how many of those
    are void, and what the branch said when it was so far; None where it said nothing."""

    installation: str
    strand: str
    entries: int
    slips: dict[str, tuple[int, int]]
    said: HeadStatement | None


class AllBranches:
    """One view over the books of all branches, each as it is; nothing is written through it.

    Raises:
        Refusal: what `Office.permit` refuses.
    """

    def __init__(self, office: Office, clerk: str = "") -> None:
        office.permit(Permission.BRANCHES, clerk)
        self._books = books_of(office)
        said = [each for each in taken_before(office) if each.outcome != Outcome.REJECTED]
        self._said = {(each.of.book, each.of.head): each.of for each in said}
        self._installations = {each.of.book: each.of.installation for each in said}

    def states(self, since: date | None = None) -> list[BranchState]:
        """How far each branch is; of its slips those are counted that were issued on a day or after it, where one is given.

        Raises:
            Refusal: what opening a book refuses.
        """
        found = []
        for strand, _, book in self._each():
            counted, said = Archive(book.database).counted(since), self._said.get((strand.book, strand.head))
            found.append(BranchState(self._of(strand), strand.name, strand.entries, counted, said))
        return sorted(found, key=lambda each: (each.installation, each.strand))

    def search(self, text: str, limit: int = _SHOWN) -> list[BranchSlip]:
        """The newest slips that every word of a text finds, as in the archive of one book, in all branches; what strands have in common
        is told once.

        Raises:
            Refusal: what opening a book refuses.
        """
        return self._newest(limit, lambda book: Archive(book.database).search(text, limit=limit))

    def visits(self, *, id_number: str = "", phone: str = "", limit: int = _SHOWN) -> list[BranchSlip]:
        """The newest slips of whoever has this identity number or this telephone number, in all branches. They are found by digests under
        a key; what is shown has tails only.

        Raises:
            Refusal: what opening a book refuses.
        """

        def under(book: Book) -> list[ArchiveRow]:
            terms = book.people_terms
            named = [*([terms.number(id_number)] if id_number else []), *([terms.phone(phone)] if phone else [])]
            seqs = {seq for term in named for seq in newest_under(book.database, term, limit)}
            return list(Archive(book.database).rows(seqs).values())

        return self._newest(limit, under)

    def check(self) -> dict[str, CheckReport]:
        """What the check of each strand finds.

        Raises:
            Refusal: what opening a book refuses.
        """
        return {strand.name: book.check() for strand, _, book in self._each()}

    def _newest(self, limit: int, rows_of: Callable[[Book], Sequence[ArchiveRow]]) -> list[BranchSlip]:
        found = []
        for strand, others, book in self._each():
            told = max((last for last, earlier in others if earlier), default=0)
            forked = min((last for last, _ in others), default=strand.entries)
            found += [
                BranchSlip(self._of(strand), strand.name, row, row.seq > forked) for row in rows_of(book) if row.seq > told
            ]  # fmt: skip
        return sorted(found, key=lambda each: each.row.issued_at, reverse=True)[:limit]

    def _each(self) -> Iterator[tuple[Strand, list[tuple[int, bool]], Book]]:
        """Each strand with its book, and for each other strand of that book the last entry in common, and whether that one came before."""
        with self._books.opened_strands() as opened:
            for at, (strand, book) in enumerate(opened):
                others = [
                    (common(strand, other), n < at)
                    for n, (other, _) in enumerate(opened)
                    if other.book == strand.book and n != at
                ]
                yield strand, others, book

    def _of(self, strand: Strand) -> str:
        return self._installations.get(strand.book, "")
