"""Lives of a book whose operations are recorded, and what is asked of each state that a crash may leave of them."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.entry import CHECK_CODE_LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.backup_folder import BOOK, backups_in, files_of
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.journal_reading import read_journal
from counter_assistant.storage.safekeeping.line import Line, Spelling
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import new_ring
from counter_assistant.storage.sealing.ring_file import write_ring
from counter_assistant.storage.views.archive import Archive
from tests.make import NOW
from tests.places import TESTS
from tests.reliability.harness import sequence_of
from tests.reliability.recording import Operation, Recording, Surviving, recording
from tests.storage.desk import issue, open_book, open_sealed
from tests.storage.safekeeping.second_place import file_of, is_whole, keep

FIXTURES = TESTS / "storage" / "fixtures"
ACTS, EACH, BACKUP_OF_AN_ACT = 12, 4, 12
ISSUED, VOIDED, SAVED, WRITTEN_ON, COPIED = "issued", "voided", "saved", "written on", "copied"


@dataclass
class Life:
    """One life of a book in a folder, with a journal beside: sealed under a `key`, or begun as a file of an older version."""

    folder: Path
    key: BookKey | None
    older: Path | None
    chance: random.Random
    _acts: int = 0
    _left: int = 0

    def record(self) -> tuple[Surviving, list[Operation]]:
        """What there was before, and what it did to the disk, with what was acknowledged between."""
        live = self.folder / "live"
        for name in ("data", "second"):
            (live / name).mkdir(parents=True)
        path = live / "data" / BOOK
        if self.older:
            shutil.copyfile(self.older, path)
        elif self.key:
            open_sealed(path).database.close()
            write_ring(path.parent, new_ring(self.key), self.key)
        else:
            open_book(path).database.close()
        with recording(live) as made:
            book = open_book(path, key=self.key)
            for _ in range(ACTS):
                book = self._act(made, book, path)
            book.database.close()
        shutil.rmtree(live)
        before = Surviving()
        for operation in made.operations[: made.begins]:
            before.advance(operation)
        return before, made.operations[made.begins :]

    def _act(self, made: Recording, book: Book, path: Path) -> Book:
        """A slip from its draft, with a void now and then; the journal's disk comes and goes; a copy is made; the window is opened anew."""
        self._acts += 1
        self._left = self._left - 1 if self._left else self.chance.choice([0, 0, 0, 0, 2])
        journal = None if self._left else keep(book)
        if journal is None:
            book.committed = lambda: None
        uuid = f"act {self._acts}"
        Drafts(book.database).save(uuid, {"uuid": uuid})
        made.acknowledge(SAVED, uuid)
        issued = issue(book, uuid, applicant=self.chance.choice(["罗𠅤克", "岩罕", "玉罕"]))
        made.acknowledge(ISSUED, uuid, issued.number, issued.entry.check_code)
        if journal and not journal.warning:
            made.acknowledge(WRITTEN_ON, issued.entry.check_code)
        if self.chance.random() < 0.2:
            book.void(issued.number, "姓名录错", "李某", copy_returned=True)
            made.acknowledge(VOIDED, issued.number)
        if self.chance.random() < 1 / BACKUP_OF_AN_ACT:
            copy = back_up(Task(path.parent, NOW + timedelta(days=self._acts), self.key)).made
            assert copy
            made.acknowledge(COPIED, copy.folder.name)
        if self.chance.random() < 0.1:
            book.database.close()
            return open_book(path, key=self.key)
        return book


@dataclass
class Verdict:
    """What images have shown: how many there were, in how many the first fault was of which sort, and one example of each."""

    images: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, sort: str, detail: str) -> None:
        """One image in which something is wrong."""
        self.faults[sort] = self.faults.get(sort, 0) + 1
        self.examples.setdefault(sort, detail)


def judge(
    folder: Path,
    images: int,
    key: BookKey | None,
    chance: random.Random,
    until: Callable[[Verdict], bool] = lambda _: False,
) -> Verdict:
    """Makes so many images, of life after life at every boundary between two operations, and asks each what it must have."""
    verdict, lives = Verdict(), 0
    older = sorted(FIXTURES.glob("book_v*.db"))
    while verdict.images < images and not until(verdict):
        lives += 1
        begun = chance.choice(older) if not key and lives % 3 == 0 else None
        surviving, operations = Life(folder / "life", key, begun, random.Random(chance.random())).record()
        seen: dict[bytes, Any] = {}
        for at, operation in enumerate(operations):
            surviving.advance(operation)
            for n in range(EACH):
                if verdict.images == images or until(verdict):
                    break
                place = folder / "image"
                surviving.write_image(place, random.Random(chance.random()))
                verdict.images += 1
                fault = Image(place, key, surviving.told, seen).fault(thorough=verdict.images % 16 == 0)
                if fault:
                    verdict.note(fault.split(": ")[0], f"life {lives}, operation {at}, image {n}: {fault}")
                shutil.rmtree(place)
        shutil.rmtree(folder / "life")
    return verdict


class Says(NamedTuple):
    """What a book says: the check code of each slip, which are void, what was typed or done, and what the check finds wrong."""

    codes: dict[str, str]
    void: set[str]
    kept: set[str | None]
    problems: list[str]


@dataclass
class Image:
    """What a crash may have left, and what had been acknowledged. `seen` is what files were found to say: the same bytes say the same."""

    place: Path
    key: BookKey | None
    told: list[tuple[str, ...]]
    seen: dict[bytes, Any]

    def fault(self, *, thorough: bool) -> str:
        """What is wrong with it, by sort and detail; empty where nothing is."""
        try:
            with closing(open_book(self.place / "data" / BOOK, key=self.key).database) as database:
                book = Book(database)
                return self._of_book(book) or self._of_journal(book, thorough=thorough) or self._of_copies()
        except Refusal as refusal:
            return f"refused: {refusal.code} {refusal.sentence}"
        except Exception as error:
            return f"raised: {error!r}"

    def _said(self, word: str) -> list[tuple[str, ...]]:
        return [rest for first, *rest in self.told if first == word]  # type: ignore[misc]

    def _of_book(self, book: Book) -> str:
        says: Says = self._once(self.place / "data" / BOOK, lambda: _says(book))
        lost = [number for _, number, code in self._said(ISSUED) if says.codes.get(number) != code]
        lost += [number for (number,) in self._said(VOIDED) if number not in says.void]
        lost += [uuid for (uuid,) in self._said(SAVED) if uuid not in says.kept]
        if lost:
            return f"lost: {lost}"
        if len({sequence_of(number) for number in says.codes}) != len(says.codes):
            return f"doubled: {sorted(says.codes)}"
        return f"corrupt: {says.problems}" if says.problems else ""

    def _once(self, path: Path, read: Callable[[], Any]) -> Any:
        digest = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
        if digest not in self.seen:
            self.seen[digest] = read()
        return self.seen[digest]

    def _of_journal(self, book: Book, *, thorough: bool) -> str:
        """What was acknowledged as written on is read from the journal alone, to where it ends or is damaged."""
        path = file_of(book)
        codes: set[str] = self._once(path, lambda: self._codes_in(path))
        lost = [code for (code,) in self._said(WRITTEN_ON) if code not in codes]
        if lost:
            return f"lost from the journal: {lost}"
        if thorough:
            journal = keep(book)
            if not (journal.write_all() and is_whole(book)):
                return f"journal does not go on: {journal.warning}"
        return ""

    def _codes_in(self, path: Path) -> set[str]:
        codes, previous, spelling = set[str](), chain.START, Spelling(self.key)
        for seq, written in enumerate(_written(path)):
            line = _read(spelling, written)
            if line is None or not line.follows(seq, previous):
                break
            codes.add(line.hash.hex()[:CHECK_CODE_LENGTH])
            previous = line.hash
        return codes

    def _of_copies(self) -> str:
        found = {backup.folder.name: backup for backup in backups_in(own_place(self.place / "data"))}
        lost = [name for (name,) in self._said(COPIED) if name not in found]
        for backup in found.values():
            if backup.copy.state is State.VERIFIED and files_of(backup.folder) != backup.copy.files:
                return f"copy not whole: {backup.folder.name}"
        return f"copy lost: {lost}" if lost else ""


def _says(book: Book) -> Says:
    rows = Archive(book.database).search(limit=10**6)
    kept = {draft.uuid for draft in Drafts(book.database).all()} | {entry.uuid for entry in book.entries()}
    void = {row.number for row in rows if row.void}
    return Says({row.number: row.check_code for row in rows}, void, kept, book.check().problems)


def _written(path: Path) -> list[bytes]:
    try:
        return list(read_journal(path)[1])
    except Refusal:
        return []


def _read(spelling: Spelling, written: bytes) -> Line | None:
    try:
        return spelling.read(written)
    except (ValueError, RecursionError):
        return None
