"""搬来的一本台账：搬完以前谁也打不开，各视图在这里重做，核对过，接上离开的那一条，从此在这里出具。"""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.safekeeping.moved_entry import BookMoved
from counter_assistant.storage import book_views
from counter_assistant.storage.book import Book
from counter_assistant.storage.book_check import Reached
from counter_assistant.storage.book_views import BookViews
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.moving.verbatim import BATCH, Heard
from counter_assistant.storage.safekeeping.stored_lines import last_erasure, lines_after, numbers_of, put_in

_WORDS = {
    tables.Entry: "记录", tables.Payload: "内容", tables.Archive: "档案", tables.Term: "检索词", tables.Label: "名称",
    tables.CaseRow: "办件", tables.Telling: "告知", tables.RegisterRow: "登记",
}  # fmt: skip


class Viewed(NamedTuple):
    """Up to which entry of a book that is moved in the views are made, and which was its last when they were."""

    seq: int
    known: int

    @property
    def mark(self) -> str:
        """How it stands in the place of the rules."""
        return f"{book_views.ARRIVING} {self.seq} of {self.known}"


def is_arriving(database: Engine) -> bool:
    """Whether a book is being moved in, so that nobody else opens it."""
    with database.query() as handle:
        return book_views.stored_mark(handle).startswith(book_views.ARRIVING)


def begin(database: Engine) -> None:
    """From now on nobody opens the book before it has arrived. The views of what it has stay where they are by today's rules."""
    with database.writing() as handle:
        of_today = book_views.stored_mark(handle) == book_views.mark(database.digest_secret)
        last = entries.head(handle)[0] if of_today else 0
        book_views.put_mark(handle, Viewed(last, last).mark)


def make_views(database: Engine, heard: Heard) -> None:
    """Makes the views of what was copied, each batch in one act of its own, going on where it was cut off; all of them anew where something
    was erased since, which they may still tell."""
    views = BookViews(database.digest_secret)
    with database.query() as handle:
        last, done = entries.head(handle)[0], _viewed(handle)
    seq = done.seq
    while seq < last:
        with database.writing() as handle, database.together(handle):
            if seq == 0:
                for table in views.models:
                    table.delete().execute(handle)
            for entry in islice(entries.walk(handle, after=seq), BATCH):
                views.replay(handle, entry)
                seq = entry.seq
            views.settle(handle)
            book_views.put_mark(handle, Viewed(seq, last).mark)
        heard(seq)


def _viewed(handle: Any) -> Viewed:
    """How far the views are that may stay."""
    seq, known = map(int, book_views.stored_mark(handle).removeprefix(book_views.ARRIVING).split(" of "))
    return Viewed(0 if last_erasure(handle) > known else seq, known)


def problems(source: Engine, target: Engine, reached: Reached) -> list[str]:
    """What is wrong with a book that was moved in: what its check finds, and where it has not as many of anything as the other, or other
    numbers."""
    found = Book(target).check(reached).problems
    differing = [_WORDS[table] for table in _WORDS if _count(source, table) != _count(target, table)]
    differing += ["编号"] if _numbers(source) != _numbers(target) else []
    return [*found, *([f"两处的{listed(differing)}不一样多。"] if differing else [])]


def arrive(source: Engine, target: Engine, said: BookMoved) -> int:
    """Takes over the entry by which the source has left, the only one that may be missing, and writes that the book has arrived; from then on
    it is open here. Returns the number of the last entry.

    Raises:
        Refusal: what the engine refuses.
    """
    with target.query() as handle:
        last = entries.head(handle)[0]
    with source.query() as handle:
        left = lines_after(handle, last, 1)
    with target.writing() as handle:
        put_in(handle, left)
        arrived = entries.append(handle, EntryKind.BOOK_MOVED, said.to_payload(), target.now())
        book_views.put_mark(handle, book_views.mark(target.digest_secret))
    return arrived.seq


def _numbers(database: Engine) -> dict[str, int]:
    with database.query() as handle:
        return numbers_of(handle)


def _count(database: Engine, table: type[Any]) -> int:
    with database.query() as handle:
        return int(table.select().count(handle))
