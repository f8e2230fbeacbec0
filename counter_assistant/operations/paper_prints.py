"""打印情况：每一份出具的文书送了没有、打出来没有；窗口关了再开也还知道.

Kept beside the book (storage/print_file.py) and read together with it: a slip that the file has never heard of was not printed. The file
may be lost: then what was issued since the last closing is 不知道, until somebody looks; before a restore, 打印情况不明. Docs: decision 0039.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from weakref import WeakMethod

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.print_state import JobReport, PaperPrint, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.printing.jobs import Asked, PrintJob, Told
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.print_file import Known, PrintFile
from counter_assistant.storage.safekeeping.heads import hash_at, slips_between
from counter_assistant.storage.views.archive import Archive

LOST = "打印的记录丢了"


class Unprinted(NamedTuple):
    """A slip of which no copy is known to have come out, and its row of the archive."""

    paper: PaperPrint
    row: ArchiveRow


class Prints:
    """What is known of the printing of an office's slips. Used by the thread of the office; what a queue says is told from outside."""

    def __init__(self, folder: Path, book: Book, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._book, self._archive, self._clock = book, archive, clock
        self._file = PrintFile(folder)
        self._papers: dict[str, PaperPrint] = {}
        self._through, self._head = 0, ""
        self._in_flight: set[str] = set()
        self._listeners: list[WeakMethod[Callable[[], object]]] = []

    def listen(self, changed: Callable[[], object]) -> None:
        """Calls a method whenever something else is known, as long as its object lives."""
        self._listeners.append(WeakMethod(changed))

    def of(self, number: str) -> PaperPrint | None:
        """What is known of a slip's printing; None where it came out, or nobody keeps count of it."""
        self._catch_up()
        return self._papers.get(number)

    def all(self) -> dict[str, PaperPrint]:
        """The same of every slip, by number."""
        self._catch_up()
        return dict(self._papers)

    def unprinted(self) -> list[Unprinted]:
        """未打印: the slips of which no copy is known to have come out, oldest first. What is void, or sealed away, is not waited for."""
        self._catch_up()
        return self._wanted(paper for paper in self._papers.values() if paper.missing)

    def of_before(self) -> int:
        """打印情况不明: how many slips came with a restore of which nobody knows whether they came out. They are not waited for, and not 未打印."""
        self._catch_up()
        return len(self._wanted(paper for paper in self._papers.values() if paper.is_of_before))

    def _wanted(self, papers: Iterable[PaperPrint]) -> list[Unprinted]:
        of = {paper.seq: paper for paper in papers}
        rows = self._archive.rows(of) if of else {}
        found = [Unprinted(of[seq], row) for seq, row in sorted(rows.items())]
        wanted = [one for one in found if one.row.number == one.paper.number]
        return [one for one in wanted if not (one.row.void or one.row.bare)]

    def issued(self, number: str, seq: int) -> None:
        """A slip was issued here, with that entry. Of a book on a server those of other windows are theirs to print."""
        if self._book.database.shared:
            self._catch_up()
            self._note(self._papers.get(number) or PaperPrint(number, seq))

    def begin(self, number: str, sheet: int = 0) -> None:
        """A slip is about to be handed to a printer: its two copies, or those of a reprint. Said before it is sent."""
        self._catch_up()
        known = self._papers.get(number)
        if known is None:
            known = PaperPrint(number, self._archive.show(number).row.seq, sheet=sheet, out=True)
        self._in_flight.add(number)
        self._note(known.begin(sheet, self._now()))

    def sent(self, number: str, job: PrintJob) -> None:
        """The system took it."""
        self._in_flight.discard(number)
        if known := self.of(number):
            self._note(known.sent(job.printer, job.id, job.report, self._now()))

    def refused(self, number: str, refusal: Refusal) -> None:
        """The system did not take it."""
        self._in_flight.discard(number)
        if known := self.of(number):
            self._note(known.refused(refusal.sentence.rstrip("。"), self._now()))

    def settle(self, numbers: Iterable[str]) -> None:
        """已打出: somebody has these slips in their hand, or they are not wanted any more."""
        self._catch_up()
        for number in numbers:
            self._papers.pop(number, None)
        self._write()

    @property
    def waiting(self) -> int:
        """How many papers are on their way, as far as is known already."""
        return sum(paper.is_open for paper in self._papers.values())

    def asked(self) -> list[Asked]:
        """The jobs whose end is waited for. One that was cut off while it was sent is looked for by the number that it bears."""
        self._catch_up()
        waited = [p for p in self._papers.values() if p.is_open and p.number not in self._in_flight]
        return [Asked(p.number, p.printer, p.job) for p in waited]

    def told(self, reports: Mapping[str, Told]) -> None:
        """What the system says of jobs that were asked about, by the slip's number; what is in flight again since is left alone."""
        self._catch_up()
        before = dict(self._papers)
        for number, told in reports.items():
            known = self._papers.get(number)
            if known and known.is_open and number not in self._in_flight and known.job in (0, told.job):
                self._put(replace(known, printer=told.printer, job=told.job).told(told.report, self._now()))
        if before != self._papers:
            self._write()

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _note(self, paper: PaperPrint) -> None:
        self._put(paper)
        self._write()

    def _put(self, paper: PaperPrint) -> None:
        if paper.state is PrintState.OUT:
            self._papers.pop(paper.number, None)
        else:
            self._papers[paper.number] = paper

    def _catch_up(self) -> None:
        """Reads what another window or a command wrote, and takes in what was issued since."""
        if not self._through or self._file.changed():
            self._read()
        if self._book.database.shared:  # those of other windows are theirs
            return
        last, head = self._book.head()
        if last > self._through:
            for row in slips_between(self._book.database, self._through + 1, last):
                self._papers.setdefault(row.number, PaperPrint(row.number, row.seq))
            self._through, self._head = last, head

    def _read(self) -> None:
        known = self._file.read()
        if known and self._is_of_this_book(known):
            self._papers = {paper.number: paper for paper in known.papers}
            self._through, self._head = known.through, known.head
        elif not self._through:
            self._begin_anew()

    def _is_of_this_book(self, known: Known) -> bool:
        try:
            return hash_at(self._book.database, known.through) == known.head
        except Refusal:  # an older copy was restored, and has no such entry
            return False

    def _begin_anew(self) -> None:
        """There is no file, or it is of another book: of what was issued since the last closing nobody knows; before, what that says. What was
        issued before a restore may have been printed on another PC: nobody waits for it here."""
        entry, today = self._book.latest(EntryKind.DAY_CLOSED), self._clock().date()
        closed = Closed.from_payload(entry.payload) if entry else None
        self._through, self._head = self._book.head()
        if self._book.database.shared:  # which of them were this window's, nobody knows
            self._papers = {}
            self._write()
            return
        rows = slips_between(self._book.database, closed.last + 1 if closed else 1, self._through)
        left = {row.number: row.seq for row in rows if closed or row.issued_at.date() == today}
        for number in closed.unprinted if closed else ():
            with suppress(Refusal):  # erased since
                left[number] = self._archive.show(number).row.seq
        lost, before = JobReport(PrintState.UNKNOWN, LOST), JobReport(PrintState.RESTORED)
        restored = self._restored_at()
        self._papers = {
            number: PaperPrint(number, seq).told(before if seq < restored else lost, self._now())
            for number, seq in left.items()
        }
        self._write()

    def _restored_at(self) -> int:
        """The entry of the last restore; 0 where the book never was restored."""
        said = self._book.entries(EntryKind.RESTORED)
        return max(
            (entry.seq for entry in said if Restored.from_payload(entry.payload).act is RestoredAct.RESTORED), default=0
        )

    def _write(self) -> None:
        self._file.write(Known(self._through, self._head, tuple(self._papers.values())))
        for listener in list(self._listeners):
            changed = listener()
            if changed is None:
                self._listeners.remove(listener)
            else:
                changed()
