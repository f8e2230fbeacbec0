"""台账：一个安装点只增不改的记录簿，其余一切由它得出.

A paper in an applicant's hand means an identical, findable, dated record exists (守则 一(五)3⑶: 一份存档). So an act
is one transaction that is durable when the method returns; printing comes after. A repeated act, whether by a double
click or after a commit nobody heard of, is recognised by its uuid and gives the same record again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Registered, SeriesStarted, SlipReprinted, SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import book_check, book_views, drafts
from counter_assistant.storage.book_writing import BookWriting
from counter_assistant.storage.erasing import book_erasure
from counter_assistant.storage.erasing.book_erasure import Destroyed, SealedAway
from counter_assistant.storage.journal import entries
from counter_assistant.storage.journal.records import CheckReport, IssuedEntry, Make
from counter_assistant.storage.views import archive_view, counter_view
from counter_assistant.storage.views.people import PeopleTerms, people_terms


class Book(BookWriting):
    """The book in a database file. Every method may raise Refusal; nothing has happened then."""

    _year = 0
    """That of the last slip issued here, and so nearly always that of the next."""

    def issue(
        self, series: Callable[[int], str], uuid: str, digest: str, make: Make, corrects: SlipVoided | None = None
    ) -> IssuedEntry:
        """Issues one slip: number, entry, archive row, search terms, the draft dropped, all or nothing.

        `series` gives the series of a year, which is that of the entry's own time. `digest` is that of the request: the
        same `uuid` with the same digest gives the slip issued then, with another it is refused. `make` is given the number
        within the series and the time of issue, and returns the finished record; it is pure and quick, since others wait.
        `corrects`: how the slip that this one corrects is voided, in the same act.

        Raises:
            Refusal: `clock-doubtful`, `request-differs`, `number-taken`; of what is corrected `number-unknown`, `number-void`; what
                `make` refuses.
        """
        with self._writing(uuid) as handle:
            of_year = series(self._year)
            last = entries.done_or_last(handle, EntryKind.SLIP_ISSUED, uuid, digest, of_year)
            if isinstance(last, Entry):
                return _issued(last, again=True)
            time, given = self._clock.time(handle, EntryKind.SLIP_ISSUED, last), last.given
            if time.year != self._year:
                self._year, of_year = time.year, series(time.year)
                given = counter_view.last_number(handle, of_year)
            sequence = given + 1
            record = make(sequence, time)
            issued = SlipIssued(Registered(of_year, sequence, record.card), record.slip, record.act)
            entry = self._link(handle, EntryKind.SLIP_ISSUED, issued.to_payload(), time, uuid, digest, last)
            if corrects:
                self._void(handle, replace(corrects, corrected_by=record.card.number))
            return _issued(entry)

    def void(self, number: str, reason: str, clerk: str, copy_returned: bool) -> Entry:
        """Voids a slip. Its number stays visible and is never given out again.

        Raises:
            Refusal: `number-unknown`, `number-void`, `reason-missing`, `clock-doubtful`.
        """
        reason = _required(reason, "作废")
        with self._writing() as handle:
            return self._void(handle, SlipVoided(number, reason, clerk, copy_returned))

    def _void(self, handle: Any, voided: SlipVoided) -> Entry:
        if archive_view.stored_row(handle, voided.number).void:
            raise Refusal("number-void", f"{voided.number} 已经作废。", "无须再次作废；需要新文书时请重新出具。")
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

    def destroy(self, gone: Destroyed) -> str:
        """Lets whole matters leave the book on a certificate, in one transaction, and returns its number; the views are made anew. Afterwards the file is
        still to be written anew (`write_anew`), so that nothing of them is left in any byte.

        Raises:
            Refusal: `already-erased`, `clock-doubtful`.
        """
        with self._writing() as handle, drafts.at_desk(self.database, handle) as desk:
            append = partial(self._append, handle)
            number = book_erasure.destroy(handle, desk, append, gone, self.database.now().year)
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)
        return number

    def write_anew(self) -> bool:
        """Writes the file anew, so that nothing of what left the book is in any byte of it. Whether it was: a large one is not, nor one that others
        work with."""
        try:
            return self.database.write_anew()
        except Refusal:
            return False

    def seal_away(self, away: SealedAway) -> bool:
        """Seals what was said openly of complaints, and lets it leave the entries that said so, in one transaction; the views are made anew.
        Whether the file was then written anew, so that nothing of it is left in any byte; a large one is not, nor one that others work with.

        Raises:
            Refusal: `already-sealed-away`, `clock-doubtful`.
        """
        with self._writing() as handle, drafts.at_desk(self.database, handle) as desk:
            book_erasure.seal_away(handle, desk, partial(self._append, handle), away)
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)
        return self.write_anew()

    def check(self, reached: book_check.Reached = book_check.unheard) -> CheckReport:
        """Verifies everything that the file itself can tell: chain, contents, numbers, views, pages. `reached` hears how far it is."""
        self._follow_key()
        return book_check.check(self.database, reached)

    def rebuild(self) -> None:
        """Replaces every view by what the entries give.

        Raises:
            Refusal: `book-arriving`.
        """
        with self._writing() as handle:
            book_views.refuse_arriving(book_views.stored_mark(handle))
            book_views.rebuild(handle, entries.walk(handle), self.database.digest_secret)

    @property
    def people_terms(self) -> PeopleTerms:
        """Under which terms this book's applicants are found again (storage/views/people.py)."""
        self._follow_key()
        if self._terms is None:
            with self.database.query() as handle:
                self._terms = people_terms(handle, self.database.digest_secret)
        return self._terms


def _issued(entry: Entry, again: bool = False) -> IssuedEntry:
    return IssuedEntry(entry, Registered.from_payload(entry.payload), again)


def _required(reason: str, act: str) -> str:
    if not reason.strip():
        raise Refusal("reason-missing", f"{act}须写明原因。", "请填写原因后重试。")
    return reason.strip()
