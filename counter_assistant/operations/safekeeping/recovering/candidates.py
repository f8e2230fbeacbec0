"""恢复时选哪一份：本机和另一处的备份、流水，新的在前；流水不在的，说在哪里找."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.files import plain_file
from counter_assistant.operations.safekeeping.restore_sources import JOURNAL_ENDING
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping.backup_folder import BOOK, Backup
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.journal_reading import lines_of
from counter_assistant.storage.safekeeping.kept_heads import Kept, LinesEnd, own_places
from counter_assistant.storage.safekeeping.line import PLAIN


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a book can be made of again: a copy with what goes on from it, or a journal alone.

    `entries` is how many it has by itself, None where that is not known; `reaches` the number of the last entry of the journal that goes
    on from it, 0 where none does. `made` is None of a file that somebody chose, and of a journal. `sealed` is whether something of it opens
    with a key only.
    """

    source: Path
    whence: str
    made: datetime | None = None
    state: State | None = None
    entries: int | None = None
    journal: Path | None = None
    reaches: int = 0
    sealed: bool = False

    @property
    def in_words(self) -> str:
        """2026年11月22日 18:05，本机，1204 条，已核对."""
        parts = [
            chinese_time(self.made) if self.made else "",
            self.whence,
            f"{self.entries} 条" if self.entries is not None else "",
            self.state.label if self.state else "",
        ]
        return "，".join(part for part in parts if part)

    @property
    def goes_on(self) -> str:
        """What the journal adds; empty where none does."""
        return f"流水补到第 {self.reaches} 条" if self.reaches and self.source != self.journal else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to restore from, the best first by age; which of them is the best; and where the journal is that was named and is
    not there (None: none is missing)."""

    candidates: tuple[Candidate, ...]
    best: int
    journal_away: Path | None


def candidates(folder: Path, kept: Kept, book: str = "") -> Found:
    """What a data folder can be restored from, of what was found outside the book; of the `book` of a unique name alone, where that is
    known."""
    journals = {end.header.book: end for end in kept.ends if end.path.name.startswith("journal-")}
    places = own_places(folder)
    seen, found = set[tuple[str, str]](), list[Candidate]()
    newest_first = sorted(
        kept.copies, key=lambda each: (each[0].copy.made, each[0].folder.parent in places), reverse=True
    )
    for backup, _ in newest_first:
        holds = backup.copy.holds
        name = backup.folder.name, backup.copy.files[BOOK].sha256 if BOOK in backup.copy.files else ""
        if name in seen or (book and holds and holds.book != book):
            continue
        seen.add(name)
        found.append(_of_copy(backup, places, _journal_for(journals, holds.book if holds else book)))
    for of, end in journals.items():
        if book in ("", of):
            last = _last_of(end)
            sealed = end.header.algorithm != PLAIN
            found.append(Candidate(end.path, f"流水 {end.path.parent}", None, None, last, end.path, last, sealed))
    place = read_place(folder)
    away = place.folder if place and not journals else None
    return Found(tuple(found), _best(found), away)


def chosen(path: Path) -> Candidate:
    """A file or a folder that somebody chose, as a candidate; what it is, restoring finds out."""
    file = path / BOOK_NAME if path.is_dir() else path
    journal = file if file.suffix == JOURNAL_ENDING else None
    return Candidate(path, str(path), journal=journal, sealed=journal is None and Database.needs_key(file))


def _of_copy(backup: Backup, places: list[Path], end: LinesEnd | None) -> Candidate:
    copy, own = backup.copy, backup.folder.parent in places
    whence = "本机" if own else str(backup.folder.parent.parent)
    sealed = bool(copy.key) or (end is not None and end.header.algorithm != PLAIN)
    reaches = _last_of(end) if end else 0
    entries = copy.holds.entries if copy.holds else None
    return Candidate(
        backup.folder, whence, copy.made, copy.state, entries, end.path if end else None,
        reaches if reaches > (entries or 0) else 0, sealed,
    )  # fmt: skip


def _journal_for(journals: dict[str, LinesEnd], book: str) -> LinesEnd | None:
    """The journal of a book; the only one there is of a book that is not known."""
    return journals.get(book) if book else next(iter(journals.values())) if len(journals) == 1 else None


def _last_of(end: LinesEnd) -> int:
    """How many whole lines follow the header: the number of the last entry of a journal, whatever key it is under."""
    try:
        with plain_file(end.path) as file:
            return max(lines_of(file) - 1, 0)
    except OSError:
        return 0


def _best(found: list[Candidate]) -> int:
    """The newest copy that was verified; else the newest that was not found wanting; else the first of all."""
    for states in ((State.VERIFIED,), (State.UNCHECKED, None)):
        for n, each in enumerate(found):
            if each.state in states:
                return n
    return 0
