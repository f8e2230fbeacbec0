"""台账以外留着的台账头：备份的说明里、备份旁边续写的记录里、流水的末尾、中心签过的、从前见过的；不用钥匙，只读不写."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.files import plain_file
from counter_assistant.storage.safekeeping import backup_settings
from counter_assistant.storage.safekeeping.backup_folder import SINCE, Backup, backups_in
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.journal_reading import last_written, read_journal
from counter_assistant.storage.safekeeping.line import Header, Line, Spelling
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.witnessing.cosigned_head import BESIDE, CosignedHead, own_record
from counter_assistant.storage.witnessing.seen_heads import SeenHead, read_seen


class LinesEnd(NamedTuple):
    """The last line of a file of lines as it is written, with its header and what the file is called for a clerk."""

    path: Path
    header: Header
    written: bytes
    whence: str


class Kept(NamedTuple):
    """What was found outside a book: copies with the place that each lies in, ends of files of lines, heads that the centre signed, and
    those that were seen once and not in the book."""

    copies: tuple[tuple[Backup, str], ...] = ()
    ends: tuple[LinesEnd, ...] = ()
    signed: tuple[CosignedHead, ...] = ()
    seen: tuple[SeenHead, ...] = ()


class KeptHead(NamedTuple):
    """The number and hash (in hex) of an entry as they were kept at a `time`; `lines` is the file of lines in which they were found,
    `elsewhere` since when the book was another PC's, where that was seen."""

    seq: int
    hash: str
    time: datetime
    whence: str
    lines: Path | None = None
    elsewhere: datetime | None = None


def kept_outside(folder: Path) -> Kept:
    """What is kept outside the book of a data folder, as far as it can be reached: nobody is told of a stick that is not there.

    It may wait for a share as long as the system does.
    """
    copies = tuple(_copies(folder))
    since = [(backup.folder / SINCE, f"{whence}旁边续写的记录") for backup, whence in copies]
    journals = [(path, f"流水 {path.parent}") for path in journals_of(folder)]
    ends = []
    for path, whence in (*since, *journals):
        with suppress(Refusal, OSError):
            if path.is_file():
                ends.append(LinesEnd(path, *last_written(path), whence))
    return Kept(copies, tuple(ends), _signed(folder), tuple(read_seen(folder)))


def journals_of(folder: Path) -> list[Path]:
    """The journals in the place that was named; several where branches share it, none where it cannot be reached."""
    place = read_place(folder)
    with suppress(OSError):
        if place and place.is_there(folder):
            return sorted(place.folder.glob("journal-*.jsonl"))
    return []


def heads_of_book(kept: Kept, book: str, key: BookKey | None) -> Iterator[KeptHead]:
    """The heads that were kept of the book of a unique name, as far as its key opens them; none of a copy that is not sound."""
    for backup, whence in kept.copies:
        holds = backup.copy.holds
        if holds and holds.book == book and backup.copy.state is not State.UNSOUND:
            yield KeptHead(holds.seq, holds.hash, backup.copy.made, whence)
    spelling = Spelling(key)
    for end in kept.ends:
        if end.written and end.header.like == spelling.header(book).like:
            with suppress(ValueError, RecursionError):
                line = spelling.read(end.written)
                yield KeptHead(line.seq, line.hash.hex(), datetime.fromisoformat(line.time), end.whence, end.path)
    for said in (head.said for head in kept.signed):
        if said.book == book:
            yield KeptHead(said.entries, said.head, datetime.fromisoformat(said.time), "中心的见证")
    for seen in kept.seen:
        if seen.book == book:
            yield KeptHead(seen.seq, seen.hash, seen.time, seen.whence, elsewhere=seen.elsewhere)


def first_line_of(path: Path, key: BookKey | None, is_so: Callable[[int, str], bool]) -> int:
    """The number of the first entry in a file of lines of which something is so, given number and hash in hex, where it is so of all after it.

    0 where it is so of none, or the lines cannot be read.
    """
    with suppress(Refusal, OSError, ValueError, RecursionError):
        header, written = read_journal(path)
        starts, at = list[int](), len(header.to_text().encode()) + 1
        for each in written:
            starts.append(at)
            at += len(each) + 1
        spelling, low, high = Spelling(key), 0, len(starts)
        with plain_file(path) as file:
            first = 0
            while low < high:
                middle = (low + high) // 2
                file.seek(starts[middle])
                line = spelling.read(file.readline().removesuffix(b"\n"))
                if is_so(line.seq, line.hash.hex()):
                    first, high = line.seq, middle
                else:
                    low = middle + 1
        return first
    return 0


def hashes_in(end: LinesEnd, key: BookKey | None, seqs: Container[int]) -> dict[int, str]:
    """The hashes in hex of some entries of a journal, by number; none of one that is under another key, or from a line on that cannot be
    read."""
    found, spelling = dict[int, str](), Spelling(key)
    if end.header.like == spelling.header(end.header.book).like:
        with suppress(Refusal, OSError, ValueError, RecursionError):
            for n, written in enumerate(read_journal(end.path)[1], 1):
                if n in seqs:
                    found[n] = spelling.read(written).hash.hex()
    return found


def restores_in(path: Path, key: BookKey | None, first: int) -> Iterator[Line]:
    """The lines of a file from an entry on that tell of a restore; those before one that cannot be read."""
    with suppress(Refusal, OSError, ValueError, RecursionError):
        before = 0 if path.name == SINCE else max(first - 1, 0)  # a journal has every entry, from the first on
        for line in map(Spelling(key).read, islice(read_journal(path)[1], before, None)):
            if line.seq >= first and line.kind == EntryKind.RESTORED:
                yield line


def _copies(folder: Path) -> Iterator[tuple[Backup, str]]:
    second = backup_settings.load(folder).place
    places = [(place, "本机的备份") for place in own_places(folder)]
    for place, whence in (*places, *(((Path(second), f"{second} 的备份"),) if second else ())):
        for backup in backups_in(place):
            yield backup, whence


def _signed(folder: Path) -> tuple[CosignedHead, ...]:
    with suppress(Refusal):
        return tuple(each for each in own_record(folder / BESIDE) if isinstance(each, CosignedHead))
    return ()


def own_places(folder: Path) -> list[Path]:
    """The place of a data folder in which copies are made, and those that were set aside when another book was begun."""
    own = backup_settings.own_place(folder)
    with suppress(OSError):
        return [own, *sorted(folder.glob(f"{own.name}-*"), reverse=True)]
    return [own]
