"""恢复时选哪一份：本机和另一处的，或者带来的盘上的备份、流水，新的在前；流水不在的，说在哪里找."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.files import plain_file
from counter_assistant.operations.safekeeping.recovering.carried import kept_in
from counter_assistant.operations.safekeeping.recovering.contents import Contents, contents_of
from counter_assistant.operations.safekeeping.recovering.unreadable import require_readable, unreadable_in
from counter_assistant.operations.safekeeping.restore_sources import JOURNAL_ENDING
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping.backup_folder import BOOK, Backup
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.journal_reading import lines_of
from counter_assistant.storage.safekeeping.kept_heads import Kept, LinesEnd, hashes_in, own_places
from counter_assistant.storage.safekeeping.line import PLAIN
from counter_assistant.storage.sealing.book_key import BookKey

ISSUED = f'"kind":"{EntryKind.SLIP_ISSUED.value}"'.encode()
"""What stands in the line of a slip and, since quotes within a text are escaped, in no other."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a book can be made of again: a copy with what goes on from it, or a journal alone.

    `entries` is how many it has by itself, None where that is not known; `reaches` the number of the last entry of the journal that goes
    on from it, 0 where none does, `slips_since` how many slips that has which the copy has not, None where it is sealed. `made` is None of a
    file that somebody chose, and of a journal. `sealed` is whether something of it opens with a key only. `parts` is whether the journal of
    its book has other entries than it has, so that they do not go together. `book` is the unique name of its book, where it says so;
    `present` whether that is the one that is open here and has all of it.
    """

    source: Path
    whence: str
    made: datetime | None = None
    state: State | None = None
    entries: int | None = None
    journal: Path | None = None
    reaches: int = 0
    slips_since: int | None = None
    sealed: bool = False
    contents: Contents | None = None
    parts: bool = False
    book: str = ""
    present: bool = False

    @property
    def in_words(self) -> str:
        """2026年11月22日 18:05，本机，1204 条. Of one that says what is in it: …，U 盘 LINCANG，耿马管理部・综合窗口 2，文书 128 份，经办人 8 人; of a sealed
        one that it is."""
        return listed([chinese_time(self.made) if self.made else "", self.whence, self.holds], "，")

    @property
    def holds(self) -> str:
        """What is in it: 耿马管理部・综合窗口 2，文书 128 份，经办人 8 人; of one that does not say, whether it is sealed and how many entries it has."""
        if self.contents:
            return self.contents.in_words
        return listed(["密封的" if self.sealed else "", f"{self.entries} 条" if self.entries is not None else ""], "，")

    @property
    def goes_on(self) -> str:
        """What the journal adds, or that the two do not go together; empty where it adds nothing."""
        if self.parts:
            return "和流水不是一条线，恢复不成"
        if not self.reaches or self.source == self.journal:
            return ""
        if self.entries is None:
            return f"流水补到第 {self.reaches} 条"
        slips = f"，其中文书 {self.slips_since} 份" if self.slips_since is not None else ""
        return f"流水里还有 {self.reaches - self.entries} 条{slips}"

    @property
    def standing(self) -> str:
        """Whether it was verified, and what the journal adds: 已核对　流水里还有 4 条，其中文书 2 份."""
        here = "就是现在开着的这一本" if self.present else ""
        return listed((self.state.label if self.state else "", self.goes_on, here), "　")


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to restore from, the best first by age; which of them is the best; where the journal is that was named and is
    not there (None: none is missing); and what there is that this user may not read."""

    candidates: tuple[Candidate, ...]
    best: int
    journal_away: Path | None
    unread: Refusal | None = None


def candidates(folder: Path, kept: Kept, book: str = "", key: BookKey | None = None) -> Found:
    """What a data folder can be restored from, of what was found outside the book; of the `book` of a unique name alone, where that is
    known. What is sealed is compared under the `key`, where that is at hand."""
    places = own_places(folder)

    def is_own(backup: Backup) -> bool:
        return backup.folder.parent in places

    found = _newest_first(
        kept, book, lambda backup, _: "本机" if is_own(backup) else str(backup.folder.parent.parent), is_own, key
    )
    place = read_place(folder)
    away = place.folder if place and not any(map(_is_journal, kept.ends)) else None
    unread = unreadable_in([*places, *([place.folder] if place else [])])
    return Found(found, _best(found), away, unread)


def carried(places: Iterable[tuple[Path, str]], present: tuple[str, int] = ("", 0)) -> Found:
    """What lies in places that were brought along, each with what the clerk calls it; of a copy that anybody can read also what is in it. What
    the `present` book has already, of the name and length given, is not the best as long as there is something else.

    It may take as long as a stick takes to be read.
    """
    named = list(places)
    several = [kept_in(place, name) for place, name in named]
    kept = Kept(
        tuple(each for one in several for each in one.copies), tuple(end for one in several for end in one.ends)
    )
    found = _newest_first(kept, "", lambda _, name: name)
    name, length = present
    told = tuple(
        replace(
            each,
            contents=contents_of(each.source / BOOK) if each.made else None,
            present=bool(name) and each.book == name and max(each.entries or 0, each.reaches) <= length,
        )
        for each in found
    )
    return Found(told, _best(told), None, unreadable_in(place for place, _ in named))


def chosen(path: Path) -> Found:
    """What lies in a folder or a file that somebody chose. A single file may be no copy at all: what it is, restoring finds out.

    Raises:
        Refusal: `copy-missing` (a folder in which there is neither a copy nor a journal); what `require_readable` refuses.
    """
    if os.access(path, os.R_OK | os.X_OK) and path.is_dir() and (found := carried([(path, str(path))])).candidates:
        return found
    require_readable(path)
    file = path / BOOK_NAME if path.is_dir() else path
    if not file.is_file():
        raise Refusal(
            "copy-missing", f"{path} 里没有备份，也没有流水。", "请选放备份的文件夹，里面是年月日起名的文件夹。"
        )
    journal = file if file.suffix == JOURNAL_ENDING else None
    one = Candidate(path, str(path), journal=journal, sealed=journal is None and Database.needs_key(file))
    return Found((one,), 0, None)


def _newest_first(
    kept: Kept,
    book: str,
    whence: Callable[[Backup, str], str],
    preferred: Callable[[Backup], bool] = lambda _: False,
    key: BookKey | None = None,
) -> tuple[Candidate, ...]:
    """The copies, each once, of two alike the preferred one; then the journals; at the end the copies that part from the journal."""
    journals = {end.header.book: end for end in kept.ends if _is_journal(end)}
    ends = {backup.copy.holds.seq for backup, _ in kept.copies if backup.copy.holds}
    hashes = {of: hashes_in(end, key, ends) for of, end in journals.items()}
    seen, found = set[tuple[str, str]](), list[Candidate]()
    for backup, name in sorted(kept.copies, key=lambda each: (each[0].copy.made, preferred(each[0])), reverse=True):
        holds = backup.copy.holds
        same = backup.folder.name, backup.copy.files[BOOK].sha256 if BOOK in backup.copy.files else ""
        if same in seen or (book and holds and holds.book != book):
            continue
        seen.add(same)
        each = _of_copy(backup, whence(backup, name), _journal_for(journals, holds.book if holds else book))
        if holds and hashes.get(holds.book, {}).get(holds.seq, holds.hash) != holds.hash:
            each = replace(each, parts=True, reaches=0)
        found.append(each)
    for of, end in journals.items():
        if book in ("", of):
            last = _last_of(end)
            sealed = end.header.algorithm != PLAIN
            found.append(
                Candidate(end.path, f"流水 {end.path.parent}", None, None, last, end.path, last, sealed=sealed, book=of)
            )
    return tuple(sorted(found, key=lambda each: (each.parts, each.state is State.UNSOUND)))


def _is_as_long(backup: Backup) -> bool:
    """Whether the book of a copy is as long as it was when it was verified: one that was cut short since is not offered as verified."""
    try:
        return (backup.folder / BOOK).stat().st_size == backup.copy.files[BOOK].size
    except (OSError, KeyError):
        return False


def _is_journal(end: LinesEnd) -> bool:
    return end.path.name.startswith("journal-")


def _of_copy(backup: Backup, whence: str, end: LinesEnd | None) -> Candidate:
    copy = backup.copy
    sealed = bool(copy.key) or (end is not None and end.header.algorithm != PLAIN)
    reaches = _last_of(end) if end else 0
    entries = copy.holds.entries if copy.holds else None
    state = copy.state if _is_as_long(backup) else State.UNSOUND
    return Candidate(
        backup.folder, whence, copy.made, state, entries, end.path if end else None,
        reaches if reaches > (entries or 0) else 0, _slips_after(end, entries) if end and entries is not None else None,
        sealed, book=copy.holds.book if copy.holds else "",
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


def _slips_after(end: LinesEnd, entries: int) -> int | None:
    """How many slips a journal has after so many entries; None of one that is under a key."""
    if end.header.algorithm != PLAIN:
        return None
    try:
        with plain_file(end.path) as file:
            return sum(ISSUED in line for line in islice(file, entries + 1, None))
    except OSError:
        return None


def _best(found: Sequence[Candidate]) -> int:
    """The newest copy that was verified; else the newest that was not found wanting, or a journal; else the first of all. None that
    parts from the journal, or of which the present book has everything, as long as there is another."""
    for present in (False, True):
        for states in ((State.VERIFIED,), (State.UNCHECKED, None)):
            for n, each in enumerate(found):
                if each.state in states and not each.parts and each.present is present:
                    return n
    return 0
