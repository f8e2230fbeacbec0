"""台账怎样写：一件事一个事务，写下一条就连上校验链、写好各视图；开一本台账；电脑时间可疑时不写."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self

from counter_assistant.domain.calendar.system_clock import ClockDoubt
from counter_assistant.domain.entry import BookOpened, Entry, EntryKind, Visibility
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import book_views, drafts
from counter_assistant.storage.book_clock import BookClock, refuse_doubt
from counter_assistant.storage.book_reading import BookReading
from counter_assistant.storage.book_views import BookViews
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.journal.chain import content_digest
from counter_assistant.storage.journal.entries import Last
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sent_acts import sent
from counter_assistant.storage.views.people import PeopleTerms


class BookWriting(BookReading):
    """The book of a database, opened to be written on. Every method may raise Refusal; nothing has happened then."""

    def __init__(self, database: Engine, *, doubts_clock: bool = False) -> None:
        super().__init__(database)
        self._clock = BookClock(database, doubts=doubts_clock)
        self._views = BookViews(database.digest_secret)
        self._terms: PeopleTerms | None = None
        self.written = 0  # how many entries were written here, so that those of others are told from them
        self.committed: Callable[[], object] = lambda: None  # called after each act, once it is durable

    @classmethod
    def open(cls, database: Engine, installation: str, *, doubts_clock: bool = False) -> Self:
        """The book of a database. A new one is opened by a first entry that names it and its `installation`.

        Views made by the rules of another program version are rebuilt, where that is nobody else's to do (`Engine.shared`). With
        `doubts_clock` nothing is written at a doubtful time (domain/calendar/system_clock.py) until somebody has confirmed it.

        Raises:
            Refusal: `hall-other-program`, `book-arriving`; what the engine refuses.
        """
        book = cls(database, doubts_clock=doubts_clock)
        book._settle(installation)
        if database.desk is not database and not database.barred:
            drafts.drop_recorded(database)
        return book

    def append(
        self,
        kind: EntryKind,
        payload: Mapping[str, Any],
        *,
        uuid: str | None = None,
        digest: str | None = None,
        then: Callable[[], None] | None = None,
    ) -> Entry:
        """Writes one entry. With a `uuid` the act is done once: again with the same content gives the earlier entry.

        `digest` says what the content is where the payload holds more than the request, such as a time. `then` is what
        the entry says was done: done before the entry is durable, and where it raises there is no entry.
        """
        if kind.visibility is Visibility.CONFIDENTIAL and payload.keys() != {"sealed"}:
            raise ValueError(f"{kind} is sealed before it is written")
        digest = digest or content_digest(payload)
        with self._writing(uuid) as handle:
            last = entries.head(handle) if uuid is None else entries.done_or_last(handle, kind, uuid, digest)
            if isinstance(last, Entry):
                return last
            entry = self._append(handle, kind, payload, uuid, digest, last)
            if then:
                then()
            return entry

    def seal(self, key: BookKey, payload: Mapping[str, Any], write_keys: Callable[[], None]) -> Entry:
        """Seals the book under a key, under which the digests of people are made anew. The entry that says so is the first of the
        sealed one; `write_keys` is done with it.

        Raises:
            Refusal: what `Database.sealing`, `append` and `write_keys` refuse; the book is not sealed then.
        """
        said: list[Entry] = []

        def write(sealed: Engine) -> None:
            book = type(self).open(sealed, "", doubts_clock=self._clock.doubts)
            said.append(book.append(EntryKind.KEY_SLOT, payload, then=write_keys))

        for _ in self.database.sealing(key, write):
            pass
        self.committed()
        return said[0]

    def clock_doubt(self) -> ClockDoubt | None:
        """What is doubtful about the clock now; None where nothing is, or nobody asks."""
        with self.database.query() as handle:
            return self._clock.doubt(handle)

    def require_sound_clock(self) -> None:
        """Asked before a day is reckoned with, and before each entry.

        Raises:
            Refusal: `clock-doubtful`, as long as nobody has confirmed a doubtful time.
        """
        refuse_doubt(self.clock_doubt())

    def done_or_sound_clock(self, uuid: str, digest: str) -> Entry | None:
        """The entry of the same act, done before and kept for good; where it was not done the clock is looked at, as by `require_sound_clock`.

        Raises:
            Refusal: `clock-doubtful`; what `Engine.settle` refuses.
        """
        with self.database.query() as handle:
            found = entries.named_or_last(handle, uuid) if uuid else entries.head(handle)
            if not isinstance(found, Entry):
                refuse_doubt(self._clock.doubt(handle, found))
                return None
        if not entries.is_of(found, digest):
            self.require_sound_clock()
            return None
        self.database.settle()
        return found

    def _append(
        self,
        handle: Any,
        kind: EntryKind,
        payload: Mapping[str, Any],
        uuid: str | None = None,
        digest: str = "",
        last: Last | None = None,
    ) -> Entry:
        """An entry of now and what follows from it, once the clock was looked at; after the `last` one, where that was read already."""
        last = last or entries.head(handle)
        return self._link(handle, kind, payload, self._clock.time(handle, kind, last), uuid, digest, last)

    def _link(
        self,
        handle: Any,
        kind: EntryKind,
        payload: Mapping[str, Any],
        time: datetime,
        uuid: str | None,
        digest: str,
        last: Last,
    ) -> Entry:
        entry = entries.append(handle, kind, payload, time, uuid, digest, last=last)
        self._views.write(handle, entry)
        self.written += 1
        return entry

    @contextmanager
    def _writing(self, uuid: str | None = None) -> Iterator[Any]:
        """One act, as `Engine.writing` has it, with views under the key that the book has now. The draft of that `uuid` goes with it;
        where drafts lie elsewhere it goes once the act is durable, and nothing about it makes that undone."""
        self._follow_key()
        with sent(self.database, uuid), self.database.writing() as handle:
            yield handle
            if self.database.desk is self.database:
                drafts.drop_of_act(handle, uuid)
        drafts.drop_elsewhere(self.database, uuid)
        self.committed()

    def _follow_key(self) -> None:
        """Makes the digests of people anew where the book was sealed, or got another key, since they were last written."""
        if self._views.secret != self.database.digest_secret:
            self._views, self._terms = BookViews(self.database.digest_secret), None
            self._settle("")

    def _settle(self, installation: str) -> None:
        """Opens a new book, and makes the views anew where they are of other rules or under another secret."""
        secret = self.database.digest_secret
        with self.database.query() as handle:
            stored, known = book_views.stored_mark(handle), entries.head(handle)[0]
        if stored == book_views.mark(secret) and known:
            return
        book_views.refuse_arriving(stored)
        if stored and known and self.database.shared:
            raise Refusal(
                "hall-other-program", "这本台账由另一版本的程序维护，本机的程序不能用它。",
                "请把本机的程序换成同一版本；全部窗口都换了的，请服务器的管理员重建各视图。",
            )  # fmt: skip
        with self.database.writing() as handle:
            if not entries.head(handle)[0]:
                if book_views.stored_mark(handle):
                    raise self.database.damaged("记录全部缺失")
                opened = BookOpened(uuids.uuid4().hex, installation)
                entries.append(handle, EntryKind.BOOK_OPENED, opened.to_payload(), self.database.now())
            book_views.rebuild(handle, entries.walk(handle), secret)
