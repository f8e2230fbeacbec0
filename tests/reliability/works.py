"""The pieces of work that are cut off: what there is before, what is done and acknowledged, and what must be so afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.sqlite import schema
from counter_assistant.storage.engines.sqlite.migrations import problems_of
from counter_assistant.storage.safekeeping.backup_folder import BOOK, SINCE, backups_in, files_of
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.journal_reading import read_journal
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views.archive import Archive
from tests.make import NOW
from tests.operations.safekeeping.test_backing_up import a_folder
from tests.operations.safekeeping.test_restoring import Branch, a_branch, number_of
from tests.reliability.interrupting import Said, Say
from tests.storage.desk import Clock, as_before_codecs, issue, number, open_book, tampering


def told(said: Said, word: str) -> list[list[str]]:
    """What was said after a word, in order."""
    return [rest for first, *rest in said if first == word]


@dataclass
class Autosave:
    """A draft is saved while somebody types, once for every word."""

    key: BookKey | None = None
    early: bool = False

    def prepare(self, folder: Path) -> None:
        a_folder(folder, self.key)

    def do(self, folder: Path, say: Say) -> None:
        book = open_book(folder / "data" / BOOK, key=self.key)
        for n in range(1, 31):
            if self.early:
                say("saved", n)
            Drafts(book.database).save("draft", {"n": n})
            if not self.early:
                say("saved", n)

    def faults(self, folder: Path, said: Said) -> list[str]:
        with closing(open_book(folder / "data" / BOOK, key=self.key).database) as database:
            kept = [draft.body["n"] for draft in Drafts(database).all()]
            last = max((int(n) for (n,) in told(said, "saved")), default=0)
            lost = [f"saved {last}, kept {kept}"] if max(kept, default=0) < last else []
            return lost + Book(database).check().problems


@dataclass
class Voiding:
    """Slips are voided one after the other."""

    key: BookKey | None = None
    early: bool = False

    def prepare(self, folder: Path) -> None:
        a_folder(folder, self.key, slips=20)

    def do(self, folder: Path, say: Say) -> None:
        book = open_book(folder / "data" / BOOK, key=self.key)
        for n in range(1, 21):
            if self.early:
                say("voided", number(n))
            book.void(number(n), "姓名录错", "李某", copy_returned=True)
            if not self.early:
                say("voided", number(n))

    def faults(self, folder: Path, said: Said) -> list[str]:
        with closing(open_book(folder / "data" / BOOK, key=self.key).database) as database:
            rows = {row.number: row for row in Archive(database).search(limit=10**6)}
            lost = [f"{voided} is not void" for (voided,) in told(said, "voided") if not rows[voided].void]
            missing = [] if len(rows) == 20 else [f"{len(rows)} slips of 20"]
            return lost + missing + Book(database).check().problems


@dataclass
class Migrating:
    """A book of an earlier version is brought up by the first opening."""

    slips: int = 150

    def prepare(self, folder: Path) -> None:
        path = a_folder(folder, None, slips=self.slips) / BOOK
        with tampering(path) as handle:
            as_before_codecs(handle)
            handle.execute_sql('DROP TABLE "telling"')
            handle.execute_sql('DROP TABLE "case_row"')
            handle.pragma("user_version", 1)
        with tampering(path) as handle:
            self._before = handle.execute_sql("SELECT seq, hash FROM entry ORDER BY seq").fetchall()

    def do(self, folder: Path, say: Say) -> None:
        open_book(folder / "data" / BOOK).database.close()
        say("opened")

    def faults(self, folder: Path, said: Said) -> list[str]:
        path = folder / "data" / BOOK
        found = [
            f"{copy.name}: {self._wrong_with(copy)}"
            for copy in path.parent.glob("book-v*.db")
            if self._wrong_with(copy)
        ]
        if told(said, "opened"):
            with tampering(path) as handle:
                found += (
                    [] if handle.pragma("user_version") == schema.VERSION else ["opened, and of an earlier version"]
                )
        try:
            with closing(open_book(path).database) as database:
                held = database.handle.execute_sql("SELECT seq, hash FROM entry ORDER BY seq").fetchall()
                found += [] if held == self._before else [f"{len(held)} entries of {len(self._before)}, or others"]
                found += Book(database).check().problems
        except Refusal as refusal:
            found.append(str(refusal))
        return found

    def _wrong_with(self, copy: Path) -> str:
        with tampering(copy) as handle:
            held = handle.execute_sql("SELECT seq, hash FROM entry ORDER BY seq").fetchall()
            return "; ".join(problems_of(handle)) or ("" if held == self._before else "other entries")


@dataclass
class BackingUp:
    """A full copy is made beside an earlier one; then what is new is put beside it."""

    key: BookKey | None = None

    def prepare(self, folder: Path) -> None:
        made = back_up(Task(a_folder(folder, self.key, slips=30), NOW, self.key)).made
        assert made
        self._first = made.copy

    def do(self, folder: Path, say: Say) -> None:
        data = folder / "data"
        made = back_up(Task(data, NOW + timedelta(days=1), self.key)).made
        assert made
        say("made", made.folder.name)
        book = open_book(data / BOOK, key=self.key)
        issue(book, "one more")
        say("lines", back_up(Task(data, NOW + timedelta(days=2), self.key, make=False)).new_lines)

    def faults(self, folder: Path, said: Said) -> list[str]:
        backups = backups_in(own_place(folder / "data"))
        names = {backup.folder.name for backup in backups}
        found = [f"{name} is lost" for (name,) in told(said, "made") if name not in names]
        if not any(backup.copy == self._first for backup in backups):
            found.append("the earlier copy is gone")
        for backup in backups:
            if backup.copy.state is not State.VERIFIED or files_of(backup.folder) != backup.copy.files:
                found.append(f"{backup.folder.name} is not whole")
                continue
            with closing(open_book(backup.folder / BOOK, key=self.key).database) as database:
                found += Book(database).check().problems
            found += self._wrong_lines(backup.folder / SINCE, bool(told(said, "lines")) and backup is backups[-1])
        with closing(open_book(folder / "data" / BOOK, key=self.key).database) as database:
            return found + Book(database).check().problems

    def _wrong_lines(self, path: Path, due: bool) -> Iterator[str]:
        if not path.is_file():
            if due:
                yield "the new lines are lost"
            return
        spelling = Spelling(self.key)
        lines = [spelling.read(line) for line in read_journal(path)[1]]
        if len(lines) != 1:
            yield f"{len(lines)} new lines"


@dataclass
class Restoring:
    """A backup and the journal are put in the place of a book that is whole, or of one that a disk has spoilt."""

    sealed: bool
    broken: bool

    def prepare(self, folder: Path) -> None:
        branch = a_branch(folder, sealed=self.sealed)
        self._numbers = branch.issue("a")
        branch.journal()
        self._copy = branch.backup()
        self._numbers += branch.issue("b", "c")
        self._before = branch.lines()
        if self.broken:
            branch.break_it()

    def do(self, folder: Path, say: Say) -> None:
        say("restored", self._branch(folder).restore(self._copy).entry.seq)

    def faults(self, folder: Path, said: Said) -> list[str]:
        branch = self._branch(folder)
        try:
            opened = branch.lines()
        except Refusal as refusal:
            if told(said, "restored") or not self.broken:
                return [f"does not open: {refusal}"]
            branch.restore(self._copy)
            opened = branch.lines()
        found = [] if opened[: len(self._before)] == self._before else ["entries are lost or others"]
        with closing(branch.open()) as office:
            found += office.book.check().problems
            if number_of(office, "next") in self._numbers:
                found.append("a number twice")
        return found

    def _branch(self, folder: Path) -> Branch:
        return Branch(folder / "data", folder / "stick", self.sealed)


@dataclass
class ClosingDays:
    """A slip is issued and the day closed, day after day; then the month."""

    early: bool = False

    def prepare(self, folder: Path) -> None:
        a_branch(folder, sealed=False)

    def do(self, folder: Path, say: Say) -> None:
        now = NOW

        def clock() -> object:
            return now

        office = open_office(folder / "data", clock)  # type: ignore[arg-type]
        for n in range(5):
            issue(office.book, f"day {n}")
            self._close(office, Period.DAY, now.date().isoformat(), say)
            now += timedelta(days=1)
        now += timedelta(days=7)
        self._close(office, Period.MONTH, "2026-11", say)

    def _close(self, office: Office, period: Period, name: str, say: Say) -> None:
        if self.early:
            say("closed", period, name)
        closings.close(office, period, name, "0001")
        if not self.early:
            say("closed", period, name)

    def faults(self, folder: Path, said: Said) -> list[str]:
        found: list[str] = []
        with closing(open_office(folder / "data", Clock(NOW + timedelta(days=30)))) as office:
            for period, name in told(said, "closed"):
                try:
                    closings.find(office, Period(period), name)
                except Refusal:
                    found.append(f"{name} was closed, and is not")
            days = [closed for closed, _ in closings.closings(office)]
            found += ["two closings do not meet" for one, other in pairwise(days) if one.last + 1 > other.first]
            found += ["a day is closed twice"] if len({day.through for day in days}) != len(days) else []
            return found + office.book.check().problems


def clear(folder: Path) -> Path:
    """A folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
