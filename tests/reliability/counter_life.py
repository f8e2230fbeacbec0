"""A counter whose book is copied, lost and restored, and all that its papers and its journal know of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.numbering import read_number, series
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import backup_state
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.safekeeping.restored import confirm_restored
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.safekeeping.backup_folder import BOOK
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from tests.make import NOW, an_office, confirmed
from tests.operations.keys.sealed_office import OURS, a_sealed_office
from tests.operations.safekeeping.test_restoring import number_of, opening

Entries = tuple[bytes, ...]


@contextmanager
def allowing(*codes: str) -> Iterator[None]:
    """Passes over what may be refused, and nothing else."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code not in codes:
            raise


@dataclass
class Copy:
    """A backup that was put aside, and the hashes of what it must give back: of its own, and of the lines put beside it."""

    folder: Path
    entries: Entries
    with_lines: Entries
    made: datetime


@dataclass
class Counter:
    """An office, its clock, its sticks, and what was printed there."""

    folder: Path
    sealed: bool
    now: datetime = NOW
    reads_papers: bool = True
    printed: list[str] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    acts: int = 0
    unwritten: bool = False
    """Whether papers were printed while a restored book that does not go on from the journal waited to be confirmed."""
    goes_on: bool = True
    """Whether the book goes on from the journal, as one does that was restored with it."""

    def __post_init__(self) -> None:
        self.data, self.aside = self.folder / "data", self.folder / "aside"
        self.aside.mkdir()
        if self.sealed:
            a_sealed_office(self.data).close()
        else:
            with closing(an_office(self.data)) as office:
                office.decide_profile(confirmed(office.profile))
        self.office = self._open()
        self._profile = self.office.profile

    def _open(self) -> Office:
        key = sealing.by_passphrase(self.data, "0001", OURS).key if self.sealed else None
        office = open_office(self.data, lambda: self.now, key=key)
        office.act_as("0001")
        return office

    @property
    def entries(self) -> Entries:
        """The hashes of all entries."""
        return tuple(line.hash for line in lines_after(self.office.database.handle, 0, 10**6))

    @property
    def waits(self) -> bool:
        """Whether a restored book is to be confirmed."""
        return self.office.journal.pauses

    def issue(self) -> None:
        """A paper, whose number was on no other one."""
        self.acts += 1
        number = number_of(self.office, f"act {self.acts}")
        assert number not in self.printed, f"{number} twice"
        self.printed.append(number)
        self.unwritten = self.unwritten or (self.waits and not self.goes_on)

    def void(self, which: int) -> None:
        """One of the papers that the book knows."""
        standing = [row for row in self.office.archive.search(limit=10**6) if not row.void]
        if standing:
            self.acts += 1
            void(self.office, standing[which % len(standing)].number, "写错了姓名")

    def close_day(self) -> None:
        """The day is closed, if anything was done, and the next one begins."""
        with allowing("nothing-to-close", "period-closed"):
            closings.close(self.office, Period.DAY, self.now.date().isoformat(), "0001")
        self.now += timedelta(days=1)

    def back_up(self, *, full: bool) -> None:
        """A full copy, or what is new beside the last one. What was made is put aside, as somebody takes it to a safe place."""
        self.now += timedelta(minutes=1)
        try:
            backup_state.refuse_unconfirmed(self.office)
        except Refusal:
            return
        done = back_up(Task(self.data, self.now, self.office.database.key, make=full))
        assert done.warnings == ()
        if full:
            assert done.made
            place = self.aside / f"{len(self.copies)}"
            shutil.copytree(done.made.folder, place)
            self.copies.append(Copy(place, self.entries, self.entries, self.now))
        elif self.copies and done.new_lines:
            last = self.copies[-1]
            (newest,) = (path for path in (self.data / "backups").glob("2*") if self._is_of(path, last))
            shutil.copy(newest / "since.jsonl", last.folder / "since.jsonl")
            last.with_lines, last.made = self.entries, self.now

    def _is_of(self, path: Path, copy: Copy) -> bool:
        return (path / "backup.json").read_bytes() == (copy.folder / "backup.json").read_bytes()

    def keep_journal(self, name: str) -> None:
        """The journal is kept on a stick from now on."""
        stick = self.folder / name
        stick.mkdir(exist_ok=True)
        with allowing("journal-unusable"):  # as one that holds the journal of a book that was lost
            name_folder(self.office, stick)
        self.office.journal.write_all()

    def lose(self, how: str, which: int = 0) -> None:
        """The disk spoils the book, takes it, or somebody puts an older copy in its place."""
        self.office.close()
        book = self.data / BOOK_NAME
        if how == "spoilt":
            content = book.read_bytes()
            book.write_bytes(content[:2048] + bytes(len(content) - 2048))
        elif how == "gone":
            book.unlink()
        else:
            shutil.copy(self.copies[which % len(self.copies)].folder / BOOK, book)

    def restore(self, copy: Copy, *, with_journal: bool) -> Done:
        """Restores a copy; where the journal does not have all papers the clerk reads the last numbers from them."""
        last: dict[str, tuple[int, str]] = {}
        for number in self.printed if self.reads_papers and (self.unwritten or not with_journal) else ():
            read = read_number(number, self._profile)
            of_paper = series(read.kind, read.year, self._profile)
            last[of_paper] = max(last.get(of_paper, (0, "")), (read.n, number))
        numbers = tuple(number for _, number in last.values())
        done = restore(
            Restoring(
                copy.folder, self.data, lambda: self.now, "0001", over=True, last=numbers, with_journal=with_journal
            ),
            opening,
        )
        self.office, self.goes_on = self._open(), with_journal
        assert self.office.book.check().problems == []
        return done

    def confirm(self) -> None:
        """Somebody says that the restored book is right."""
        if self.waits:
            confirm_restored(self.office)
            assert self.office.journal.write_all() or self.office.journal.warning
            self.unwritten, self.goes_on = False, True

    def gives_back(self, copy: Copy) -> Entries:
        """What a copy gives where nothing else is left, in a folder of its own: the hashes before the entry that says so."""
        folder = self.folder / "elsewhere"
        done = restore(
            Restoring(copy.folder, folder, lambda: copy.made, "0001", over=True, with_journal=False), opening
        )
        key = sealing.by_passphrase(folder, "0001", OURS).key if self.sealed else None
        with closing(open_office(folder, lambda: copy.made, key=key)) as office:
            assert office.book.check().problems == []
            found = tuple(line.hash for line in lines_after(office.database.handle, 0, 10**6))
        shutil.rmtree(folder)
        return found[: done.entry.seq - 1]
