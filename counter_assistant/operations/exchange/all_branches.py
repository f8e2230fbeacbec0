"""中心看各网点：各有多少、到哪一条、什么时候送的；在全部网点里查文书；同一个人在别的网点来过没有。只读，只给尾号."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from heapq import merge
from itertools import islice, takewhile
from typing import NamedTuple, Protocol, Self

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.exchange.findings import Finding, findings
from counter_assistant.domain.exchange.strand import Strand, common, outermost
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.operations.exchange.online import server_of
from counter_assistant.operations.exchange.taking import books_of, settled_before, taken_before
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_reading import Ask
from counter_assistant.storage.book import Book
from counter_assistant.storage.exchange.branch_books import book_of
from counter_assistant.storage.journal.records import ArchiveRow, CheckReport
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.people import newest_under

_SHOWN, _PAGE = 200, 25
MOST = 64
"""So many books stay open from one look to the next."""


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
    are void, and what the branch said when it was so far; None where it said nothing. `online`: it is the book itself, on a server."""

    installation: str
    strand: str
    entries: int
    slips: dict[str, tuple[int, int]]
    said: HeadStatement | None
    online: bool = False


class Shelf(Protocol):
    """Where books of branches are: in files that sticks brought, or on a server."""

    def names(self) -> list[str]: ...

    def opened(self, name: str) -> AbstractContextManager[Book]: ...


class _Opened(NamedTuple):
    """A strand that is open: the unique name of its book, and whether that lies on a server."""

    name: str
    book: Book
    online: bool
    until: ExitStack

    def strand(self, name: str) -> Strand:
        """As it is now."""
        return Strand(name, self.name, self.book.head()[0], partial(hash_at, self.book.database))


class AllBranches:
    """One view over the books of all branches, each as it is, whether sticks brought it or it lies on a server; nothing is written through it.
    Within a `with` at most `MOST` of them stay open from one look to the next; without one each look opens them anew.

    `ask` is asked where a server that was noted wants a password.

    Raises:
        Refusal: what `Office.permit` and `server_of` refuse.
    """

    def __init__(self, office: Office, clerk: str = "", ask: Ask | None = None) -> None:
        office.permit(Permission.BRANCHES, clerk)
        self._files, self._server = books_of(office), server_of(office, ask)
        self._taken = taken_before(office)
        self._settled = settled_before(office)
        said = [each for each in self._taken if each.outcome != Outcome.REJECTED]
        self._said = {(each.of.book, each.of.head): each.of for each in said}
        self._installations = {each.of.book: each.of.installation for each in said}
        self._own = _name_of(office.book)
        self._kept: dict[tuple[bool, str], _Opened] = {}
        self._keeps = False

    def __enter__(self) -> Self:
        self._keeps = True
        return self

    def __exit__(self, *_: object) -> None:
        self._keeps = False
        self._close(0)

    def states(self, since: date | None = None) -> list[BranchState]:
        """How far each branch is; of its slips those are counted that were issued on a day or after it, where one is given.

        Raises:
            Refusal: what opening a book refuses.
        """
        found = []
        with self._all() as opened:
            for strand, each in opened:
                counted, said = Archive(each.book.database).counted(since), self._said.get((strand.book, strand.head))
                found.append(BranchState(self._of(each), strand.name, strand.entries, counted, said, each.online))
        return sorted(found, key=lambda each: (each.installation, each.strand))

    def findings(self) -> tuple[Finding, ...]:
        """What there is to look into, those first of which nobody has said what came of it.

        Raises:
            Refusal: what opening a book refuses.
        """
        with self._all() as opened:
            return findings(self._taken, outermost([strand for strand, _ in opened]), self._settled)

    def search(self, text: str, limit: int = _SHOWN) -> list[BranchSlip]:
        """The newest slips that every word of a text finds, as in the archive of one book, in all branches; what strands have in common
        is told once.

        Raises:
            Refusal: what opening a book refuses.
        """
        return self._newest(limit, partial(_found, text))

    def visits(self, *, id_number: str = "", phone: str = "", limit: int = _SHOWN) -> list[BranchSlip]:
        """The newest slips of whoever has this identity number or this telephone number, in all branches. They are found by digests under
        a key; what is shown has tails only.

        Raises:
            Refusal: what opening a book refuses.
        """

        def under(book: Book) -> Iterator[ArchiveRow]:
            terms = book.people_terms
            named = [*([terms.number(id_number)] if id_number else []), *([terms.phone(phone)] if phone else [])]
            seqs = {seq for term in named for seq in newest_under(book.database, term, limit)}
            rows = Archive(book.database).rows(seqs)
            yield from (rows[seq] for seq in sorted(rows, reverse=True))

        return self._newest(limit, under)

    def check(self) -> dict[str, CheckReport]:
        """What the check of each strand finds.

        Raises:
            Refusal: what opening a book refuses.
        """
        with self._all() as opened:
            return {strand.name: each.book.check() for strand, each in opened}

    def _newest(self, limit: int, rows_of: Callable[[Book], Iterator[ArchiveRow]]) -> list[BranchSlip]:
        """The newest of what each strand gives, its own newest first. Of none more is asked than is among them."""
        with self._all() as opened:
            each = (self._of_strand(opened, at, rows_of) for at in range(len(opened)))
            found = list(islice(merge(*each, key=_issued_at, reverse=True), limit))
        return sorted(found, key=_issued_at, reverse=True)

    def _of_strand(
        self, opened: Sequence[tuple[Strand, _Opened]], at: int, rows_of: Callable[[Book], Iterator[ArchiveRow]]
    ) -> Iterator[BranchSlip]:
        """What a strand gives and none before it in the list has."""
        strand, its = opened[at]
        told, forked, code = 0, strand.entries, self._of(its)
        for n, (other, _) in enumerate(opened):
            if other.book != strand.book or n == at:
                continue
            last = common(strand, other)
            told = max(told, last) if n < at else told
            forked = min(forked, last) if last < other.entries else forked
        rows = takewhile(lambda row: row.seq > told, rows_of(its.book))
        yield from (BranchSlip(code, strand.name, row, row.seq > forked) for row in rows)

    @contextmanager
    def _all(self) -> Iterator[list[tuple[Strand, _Opened]]]:
        try:
            yield [(each.strand(name), each) for name, each in self._open()]
        finally:
            self._close(MOST if self._keeps else 0)

    def _open(self) -> Iterator[tuple[str, _Opened]]:
        shelves: list[tuple[Shelf, bool]] = [(self._server, True)] if self._server else []
        for shelf, online in (*shelves, (self._files, False)):
            for name in shelf.names():
                if (online, name) not in self._kept:
                    self._kept[online, name] = _open(shelf, name, online)
                each = self._kept[online, name]
                if not (online and each.name == self._own):
                    yield name, each

    def _of(self, each: _Opened) -> str:
        """The code of the installation: as its last bundle said; of a book on a server, as that says itself."""
        if each.name not in self._installations and (entry := each.book.latest(EntryKind.OFFICE_PROFILE)):
            self._installations[each.name] = half_width(OfficeProfile.from_payload(entry.payload).installation_code)
        return self._installations.get(each.name, "")

    def _close(self, most: int) -> None:
        """Closes those that are open besides so many."""
        for where in list(self._kept)[most:]:
            self._kept.pop(where).until.close()


def _open(shelf: Shelf, name: str, online: bool) -> _Opened:
    with ExitStack() as until:
        book = until.enter_context(shelf.opened(name))
        return _Opened(_name_of(book) if online else book_of(name), book, online, until.pop_all())


def _found(text: str, book: Book) -> Iterator[ArchiveRow]:
    """The slips that a text finds, the newest first, fetched as far as they are asked for."""
    archive, before = Archive(book.database), None
    while True:
        rows = archive.search(text, limit=_PAGE, before=before)
        yield from rows
        if len(rows) < _PAGE:
            return
        before = rows[-1].seq


def _issued_at(slip: BranchSlip) -> datetime:
    return slip.row.issued_at


def _name_of(book: Book) -> str:
    with book.database.query() as handle:
        return book_name(handle)
