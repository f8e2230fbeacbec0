"""由什么恢复：哪一份拷贝，旁边续写的记录，流水；各用哪一把钥匙，钥匙文件在哪里；合起来做出的一本."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.free_space import SPARE, size_in_words
from counter_assistant.domain.safekeeping.keeping import last_verified
from counter_assistant.operations.keys.known_slots import Known
from counter_assistant.operations.safekeeping.replaying import Replayed, journal_key_name
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping.backup_folder import BOOK, OF_A_BOOK, SINCE, Backup, backups_in
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.journal_reading import require_end
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.ring_file import NEXT, read_ring_file

JOURNAL_ENDING = ".jsonl"
Opening = Callable[[KeyRing], BookKey]
"""How somebody opens the keys: by a passphrase, say."""


Step = Callable[[Path | None, Path | None, BookKey | None, BookKey | None], Replayed]
"""Makes a verified file of a copy and a file of lines, of which one may be missing; under the key of the copy, and under the one that the file gets."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of lines: those beside a backup, or the journal."""

    path: Path
    is_journal: bool


def copy_at(source: Path, book: Path) -> Path:
    """The copy that somebody names: a book file, the folder of a backup, or a folder of several, of which it is the newest verified
    one, else the newest. A stick or a share on which only one book has its backups is as good as their folder.

    Raises:
        Refusal: `copy-missing`, `restore-itself`.
    """
    found = source
    if source.is_dir():
        backups = backups_in(source) or _of_one_book(source)
        newest = last_verified(backup.copy for backup in backups) or (backups[-1].copy if backups else None)
        folder = next((backup.folder for backup in backups if backup.copy == newest), source)
        found = folder / BOOK
    if not found.is_file():
        raise Refusal("copy-missing", f"没有这份拷贝：{source}。", "请写备份的文件夹，或者里面的 book.db。")
    if book.is_file() and found.samefile(book):
        raise Refusal("restore-itself", "这就是现在的台账。", "请写一份备份。")
    return found


def _of_one_book(place: Path) -> list[Backup]:
    """The copies on a stick or a share, where they are all of one book."""
    books = [found for folder in sorted(place.glob(f"{OF_A_BOOK}*")) if (found := backups_in(folder))]
    return books[0] if len(books) == 1 else []


def lines_for(copy: Path, folder: Path, journal: Path | None, with_journal: bool) -> Iterator[Lines]:
    """What goes on from a copy: the lines beside it, and `with_journal` the one that was named, else the one that this PC keeps.

    Raises:
        Refusal: `restore-journal-away`, `journal-which`; what `require_end` refuses.
    """
    since = copy.with_name(SINCE)
    if copy.name == BOOK and since.is_file():
        require_end(since)
        yield Lines(since, is_journal=False)
    if not with_journal:
        return
    if journal is not None:
        yield Lines(journal, is_journal=True)
    elif place := read_place(folder):
        found = sorted(place.folder.glob("journal-*.jsonl")) if place.folder.is_dir() else []
        if not found:
            raise Refusal(
                "restore-journal-away",
                f"流水设在 {place.folder}，现在那里没有。",
                "请接上再恢复；确实没有了的，加 --no-journal。",
            )
        if len(found) > 1:
            raise Refusal("journal-which", "不知道是哪一份流水。", "请用 --journal 写明流水文件。")
        yield Lines(found[0], is_journal=True)


def require_room(folder: Path, copy: Path | None, lines: Sequence[Lines]) -> None:
    """Asks whether the disk of a data folder has room for what is made beside the book: a file for the copy, one more with each file of
    lines, and one while they are put in order.

    Raises:
        Refusal: `restore-no-room`.
        OSError: the system does not say.
    """
    book, written = copy.stat().st_size if copy else 0, sum(each.path.stat().st_size for each in lines)
    needed, free = (2 + len(lines)) * (book + written) + SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(
            "restore-no-room",
            f"放台账的盘只剩 {size_in_words(free)}，恢复要 {size_in_words(needed)}。",
            "请先清理这块盘，再恢复；什么都没有动。",
        )


class Keys:
    """The keys of the books and journals that a restore reads, each opened once."""

    def __init__(self, opening: Opening, places: Iterable[Path]) -> None:
        self._opening, self._places = opening, list(places)
        self._found: dict[bytes, BookKey] = {}

    def of_file(self, book: Path) -> BookKey | None:
        """The key of a book file; None where anybody can read it.

        Raises:
            Refusal: what `of_name` refuses.
        """
        name = Database.name_of(book) if Database.needs_key(book) else b""
        return self.of_name(name) if name else None

    def of_lines(self, lines: Path) -> BookKey | None:
        """The key of a file of lines; None where anybody can read it.

        Raises:
            Refusal: what `journal_key_name` and `of_name` refuse.
        """
        _, name = journal_key_name(lines)
        return self.of_name(name) if name else None

    def of_name(self, name: bytes) -> BookKey:
        """The key that a name belongs to.

        Raises:
            Refusal: `no-keys-for`; what the opening refuses.
        """
        if name not in self._found:
            ring, _ = self._ring(name)
            key = self._opening(ring)
            ring.proven(key)
            self._found[name] = key
        return self._found[name]

    def place_for(self, key: BookKey, known: Known) -> Path:
        """Where the file of keys lies that goes with a book under a key, which knows them: that in which the key was found, unless somebody's
        keys in it are not those that the book knows, and there are others that are."""
        ring, place = self._ring(key.name)
        others = self._rings(key.name) if known.strangers(ring) else ()
        return next((there for each, there in others if known.fits(each)), place)

    def _ring(self, name: bytes) -> tuple[KeyRing, Path]:
        for found in self._rings(name):
            return found
        raise Refusal("no-keys-for", f"没有找到打开它的钥匙文件 {KEYS}。", "请把同一天的钥匙文件放到拷贝旁边。")

    def _rings(self, name: bytes) -> Iterator[tuple[KeyRing, Path]]:
        for place in self._places:
            try:
                ring = read_ring_file(place)
            except Refusal:
                continue
            if ring.book == name.hex():
                yield ring, place


def places_of_keys(folder: Path, copy: Path | None, lines: Iterable[Lines]) -> list[Path]:
    """Where files of keys may lie, today's first."""
    journals = [each.path.with_suffix(".keys") for each in lines if each.is_journal]
    return [folder / KEYS, folder / NEXT, *journals, *([copy.with_name(KEYS)] if copy else [])]


NOTHING = Replayed(Path(), 0, "", 0, 0)
"""What a copy gives that is not there."""


class Rebuilt(NamedTuple):
    """The book that came of a copy and of all that goes on from it: what the copy gave by itself (nothing where there was none), what all
    of it gave, and under which key. `journal` is the entry as far as which a journal went, 0 without one; `damaged` the line at which one had to end, 0 for none."""

    first: Replayed
    last: Replayed
    key: BookKey | None
    journal: int
    damaged: int


def rebuild(copy: Path | None, lines: Iterable[Lines], keys: Keys, todays: BookKey | None, step: Step) -> Rebuilt:
    """Makes a book of a copy and of what goes on from it, or of a journal alone, under the key that the present book has, else under the lines', else under
    the copy's. Where any of it is sealed every file on the way is, since what is unlinked can be found on the disk.

    Raises:
        Refusal: what `Keys` and `step` refuse.
    """
    old, several = keys.of_file(copy) if copy else None, list(lines)
    found = [keys.of_lines(each.path) for each in several]
    key = todays or next((each for each in reversed(found) if each), old)
    first = done = step(copy, None, old, key) if copy else NOTHING
    journal = damaged = 0
    for each, key_of_lines in zip(several, found, strict=True):
        done = step(done.file if done.entries else None, each.path, key, key_of_lines)
        key = key_of_lines or key
        damaged = done.damaged or damaged
        journal = done.entries if each.is_journal else journal
    if todays and todays != key:
        done, key = step(done.file, None, key, todays), todays
    return Rebuilt(first, done, key, journal, damaged)
