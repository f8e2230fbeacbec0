"""台账：一个安装点只增不改的记录簿，其余一切由它得出.

A paper in an applicant's hand means an identical, findable, dated record exists (守则 一(五)3⑶: 一份存档). So an act
is one transaction that is durable when the method returns; printing comes after. A repeated act, whether by a double
click or after a commit nobody heard of, is recognised by its uuid and gives the same record again.
"""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from counter_assistant.domain.calendar.system_clock import ClockDoubt
from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import BookOpened, Entry, EntryKind, PayloadErased, Visibility
from counter_assistant.domain.papers.paper_entry import Registered, SeriesStarted, SlipReprinted, SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import book_check, book_erasure, book_views, drafts
from counter_assistant.storage.book_clock import BookClock, refuse_doubt
from counter_assistant.storage.book_erasure import SealedAway
from counter_assistant.storage.book_reading import BookReading
from counter_assistant.storage.book_views import BookViews
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.journal.chain import content_digest
from counter_assistant.storage.journal.records import CheckReport, IssuedEntry, Make
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views import archive_view, counter_view
from counter_assistant.storage.views.people import PeopleTerms, people_terms


class Book(BookReading):
    """The book in a database file. Every method may raise Refusal; nothing has happened then."""

    def __init__(self, database: Engine, *, doubts_clock: bool = False) -> None:
        super().__init__(database)
        self._clock = BookClock(database, doubts=doubts_clock)
        self._views = BookViews(database.digest_secret)
        self._terms: PeopleTerms | None = None
        self.written = 0  # how many entries were written here, so that those of others are told from them
        self.committed: Callable[[], object] = lambda: None  # called after each act, once it is durable

    @classmethod
    def open(cls, database: Engine, installation: str, *, doubts_clock: bool = False) -> Book:
        """The book of a database. A new one is opened by a first entry that names it and its `installation`.

        Views made by the rules of another program version are rebuilt, where that is nobody else's to do (`Engine.shared`). With
        `doubts_clock` nothing is written at a doubtful time (domain/calendar/system_clock.py) until somebody has confirmed it.

        Raises:
            Refusal: `hall-other-program`; what the engine refuses.
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
            if uuid is not None and (earlier := entries.same_act(handle, kind, uuid, digest)):
                return earlier
            entry = self._append(handle, kind, payload, uuid, digest)
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
            book = Book.open(sealed, "", doubts_clock=self._clock.doubts)
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

    def _append(
        self, handle: Any, kind: EntryKind, payload: Mapping[str, Any], uuid: str | None = None, digest: str = ""
    ) -> Entry:
        """An entry of now and what follows from it, once the clock was looked at."""
        return self._link(handle, kind, payload, self._clock.time(handle, kind), uuid, digest)

    def _link(
        self, handle: Any, kind: EntryKind, payload: Mapping[str, Any], time: datetime, uuid: str | None, digest: str
    ) -> Entry:
        entry = entries.append(handle, kind, payload, time, uuid, digest)
        self._views.write(handle, entry)
        self.written += 1
        return entry

    def issue(self, series: Callable[[int], str], uuid: str, digest: str, make: Make) -> IssuedEntry:
        """Issues one slip: number, entry, archive row, search terms, the draft dropped, all or nothing.

        `series` gives the series of a year, which is that of the entry's own time. `digest` is that of the request: the
        same `uuid` with the same digest gives the slip issued then, with another it is refused. `make` is given the number
        within the series and the time of issue, and returns the finished record; it is pure and quick, since others wait.

        Raises:
            Refusal: `clock-doubtful`, `request-differs`, `number-taken`; what `make` refuses.
        """
        with self._writing(uuid) as handle:
            if earlier := entries.same_act(handle, EntryKind.SLIP_ISSUED, uuid, digest):
                return _issued(earlier, again=True)
            time = self._clock.time(handle, EntryKind.SLIP_ISSUED)
            of_year = series(time.year)
            sequence = counter_view.next_number(handle, of_year)
            record = make(sequence, time)
            if archive_view.is_taken(handle, record.card.number):
                raise Refusal("number-taken", f"编号 {record.card.number} 已经用过。", "请检查安装点简称和编号设置。")
            issued = SlipIssued(Registered(of_year, sequence, record.card), record.slip, record.act)
            entry = self._link(handle, EntryKind.SLIP_ISSUED, issued.to_payload(), time, uuid, digest)
            return _issued(entry)

    def void(self, number: str, reason: str, clerk: str, copy_returned: bool) -> Entry:
        """Voids a slip. Its number stays visible and is never given out again.

        Raises:
            Refusal: `number-unknown`, `number-void`, `reason-missing`, `clock-doubtful`.
        """
        reason = _required(reason, "作废")
        with self._writing() as handle:
            if archive_view.stored_row(handle, number).void:
                raise Refusal("number-void", f"{number} 已经作废。", "无须再次作废；需要新文书时请重新出具。")
            voided = SlipVoided(number, reason, clerk, copy_returned)
            return self._append(handle, EntryKind.SLIP_VOIDED, voided.to_payload())

    def reprinted(self, number: str, clerk: str, reason: str) -> int:
        """Records that a slip is printed again (补打), and returns how often that has been.

        Raises:
            Refusal: `number-unknown`, `reason-missing`, `clock-doubtful`.
        """
        reason = _required(reason, "补打")
        with self._writing() as handle:
            row = archive_view.stored_row(handle, number)
            self._append(handle, EntryKind.SLIP_REPRINTED, SlipReprinted(number, reason, clerk).to_payload())
            return row.reprints + 1

    def start_series(self, series: str, first: int, clerk: str, reason: str, *, after: int | None = None) -> Entry:
        """Says with which number a series goes on, as after a restore; the numbers skipped are on record. `after`: the last number that
        was given when the caller looked, where what is skipped is used by the caller and must be nobody else's.

        Raises:
            Refusal: `number-passed`, `reason-missing`, `clock-doubtful`.
        """
        reason = _required(reason, "设定起始编号")
        with self._writing() as handle:
            last = counter_view.last_number(handle, series)
            if first <= last or after not in (None, last):
                raise Refusal(
                    "number-passed", f"这一编号系列已经用到 {last}。", f"起始编号请填 {last + 1} 或更大的数。"
                )
            started = SeriesStarted(series, first, last, clerk, reason)
            return self._append(handle, EntryKind.SERIES_STARTED, started.to_payload())

    def leave_numbers(self, seqs: Collection[int]) -> int:
        """Lets the whole numbers of persons leave entries, given by number; all else that they say stays, the chain too.

        What has none is passed over. Returns how many they have left.

        Raises:
            Refusal: `clock-doubtful`.
        """
        with self._writing() as handle:
            return book_erasure.leave_numbers(handle, partial(self._append, handle), seqs)

    def erase(self, erased: Mapping[int, PayloadErased]) -> None:
        """Erases what slips say, given by the number of their entries, but for what is kept of each, and the words in which somebody
        said why one was voided, reprinted or looked at; the views are made anew.

        Raises:
            Refusal: `already-erased`, `clock-doubtful`.
        """
        with self._writing() as handle:
            book_erasure.erase_slips(handle, partial(self._append, handle), erased)
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)

    def seal_away(self, away: SealedAway) -> bool:
        """Seals what was said openly of complaints, and lets it leave the entries that said so, in one transaction; the views are made anew.
        Whether the file was then written anew, so that nothing of it is left in any byte; a large one is not, nor one that others work with.

        Raises:
            Refusal: `already-sealed-away`, `clock-doubtful`.
        """
        with self._writing() as handle, drafts.at_desk(self.database, handle) as desk:
            book_erasure.seal_away(handle, desk, partial(self._append, handle), away)
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)
        try:
            return self.database.write_anew()
        except Refusal:
            return False

    def check(self, reached: book_check.Reached = book_check.unheard) -> CheckReport:
        """Verifies everything that the file itself can tell: chain, contents, numbers, views, pages. `reached` hears how far it is."""
        self._follow_key()
        return book_check.check(self.database, reached)

    def rebuild(self) -> None:
        """Replaces every view by what the entries give."""
        with self._writing() as handle:
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)

    @property
    def people_terms(self) -> PeopleTerms:
        """Under which terms this book's applicants are found again (storage/views/people.py)."""
        self._follow_key()
        if self._terms is None:
            with self.database.query() as handle:
                self._terms = people_terms(handle, self.database.digest_secret)
        return self._terms

    @contextmanager
    def _writing(self, uuid: str | None = None) -> Iterator[Any]:
        """One act, as `Engine.writing` has it, with views under the key that the book has now. The draft of that `uuid` goes with it;
        where drafts lie elsewhere it goes once the act is durable, and nothing about it makes that undone."""
        self._follow_key()
        with self.database.writing() as handle:
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


def _issued(entry: Entry, again: bool = False) -> IssuedEntry:
    return IssuedEntry(entry, Registered.from_payload(entry.payload), again)


def _required(reason: str, act: str) -> str:
    if not reason.strip():
        raise Refusal("reason-missing", f"{act}须写明原因。", "请填写原因后重试。")
    return reason.strip()
