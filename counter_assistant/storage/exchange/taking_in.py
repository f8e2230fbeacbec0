"""网点送来的记录放进它自己的那一本：一个事务，放好以后照核对台账的样子逐条问过，有一条不对就全部不放."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipErased
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import book_views
from counter_assistant.storage.book_views import BookViews
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.erasing.erasure_check import erasure_problems
from counter_assistant.storage.exchange.progress import Heard, Step, telling, unheard
from counter_assistant.storage.journal import entries
from counter_assistant.storage.journal.chain_check import Looked, looked_at
from counter_assistant.storage.journal.number_check import NumberCheck
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import numbers_of, put_in
from counter_assistant.storage.views import archive_view

CONTRADICTS = "bundle-contradicts"


def take_in(database: Engine, after: int, lines: Iterable[Line], heard: Heard = unheard) -> None:
    """Puts the entries that follow number `after`, the last that a book has, into it as they are, with what follows from them.

    Asked of each is what the check of a book asks: chain, content, number, what is erased; and all of it before it is durable.

    Raises:
        Refusal: `bundle-contradicts`, which names the first entry that is wrong; `branch-moved`; what `heard` and the engine refuse. The
            book is as it was then.
    """
    with database.writing() as handle:
        last, _, previous, *_ = entries.head(handle)
        if last != after:
            raise Refusal("branch-moved", "网点的台账正在另一处收。", "请等那一处收完，再收一次。")
        put_in(handle, telling(Step.PUT_IN, lines, heard))
        try:
            _follow(handle, after, previous, database.digest_secret, heard)
        except (KeyError, TypeError, ValueError) as error:
            raise _contradicts("有一条记录的内容读不出。") from error


def _follow(handle: Any, after: int, previous: bytes, secret: bytes, heard: Heard) -> None:
    """Asks the entries that were put in, and writes what they give. Of a new book, and where something was erased, that is made whole."""
    asking, views, whole = _Asking(handle), BookViews(secret), not after
    for looked in telling(Step.ASKED, looked_at(handle, after, previous), heard):
        entry = asking.answer(looked)
        whole = whole or entry.kind is EntryKind.PAYLOAD_ERASED
        if not whole:
            views.replay(handle, entry)
    if whole:
        book_views.rebuild(handle, telling(Step.SHOWN, entries.walk(handle), heard), secret)
    else:
        views.settle(handle)


class _Asking:
    """Asks one entry after the other whether anything speaks against it."""

    def __init__(self, handle: Any) -> None:
        self._handle, self._numbers, self._given = handle, NumberCheck(numbers_of(handle)), set[str]()

    def answer(self, looked: Looked) -> Entry:
        """The entry, against which nothing speaks.

        Raises:
            Refusal: `bundle-contradicts`.
        """
        for problem in looked.problems:
            raise _contradicts(problem)
        link = looked.link
        try:
            entry = entries.read(self._handle, link.seq, link.time, link.kind, looked.hash, looked.uuid, looked.said)
        except Refusal as refusal:
            raise _contradicts(refusal.sentence) from refusal
        for problem in self._problems(entry, looked):
            raise _contradicts(problem)
        return entry

    def _problems(self, entry: Entry, looked: Looked) -> Iterator[str]:
        if (entry.seq == 1) != (entry.kind is EntryKind.BOOK_OPENED):
            yield f"第 {entry.seq} 条记录不该是{entry.kind.label}。"
        if looked.link.visibility != entry.visibility:
            yield f"第 {entry.seq} 条记录的类别不对。"
        if entry.kind is EntryKind.PAYLOAD_ERASED:
            yield from erasure_problems(self._handle, looked)
        yield from self._numbers.follow(entry)
        if entry.kind is EntryKind.SLIP_ISSUED:
            number = SlipErased.from_payload(entry.payload).number
            if number in self._given or archive_view.is_taken(self._handle, number):
                yield f"第 {entry.seq} 条记录的编号重复：{number}。"
            self._given.add(number)


def _contradicts(problem: str) -> Refusal:
    return Refusal(CONTRADICTS, problem, "请网点核对台账，恢复以后重新做一份。")
