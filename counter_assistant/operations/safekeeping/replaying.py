"""重放流水：一份较早的拷贝加上流水，在旁边做出一本新的台账，一条不少，号不重出；原来的文件都不动."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain as joined
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_free_name, sync, unfinished
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.journal_reading import damaged, read_journal
from counter_assistant.storage.safekeeping.line import PLAIN, Line, Spelling
from counter_assistant.storage.safekeeping.stored_lines import book_name, lines_after, put_in
from counter_assistant.storage.sealing.book_key import BookKey

_BATCH = 500


class Replayed(NamedTuple):
    """A book that was made of a copy and a journal: how many entries it has, its head in hex, and how many the copy had.

    `damaged` is the line of the journal at which it had to end; 0 where the journal was read to its end.
    """

    file: Path
    entries: int
    head: str
    from_copy: int
    damaged: int


def journal_key_name(journal: Path) -> tuple[str, bytes]:
    """Of which book a journal is, and the name of the key that it opens with; empty where anybody can read it.

    Raises:
        Refusal: what `read_journal` refuses.
    """
    header, _ = read_journal(journal)
    return header.book, bytes.fromhex(header.key) if header.algorithm != PLAIN else b""


def replay(
    copy: Path | None,
    journal: Path | None,
    made: Path,
    clock: Now,
    *,
    copy_key: BookKey | None = None,
    key: BookKey | None = None,
    despite_damage: bool = False,
) -> Replayed:
    """Makes a new book at `made`, under the `key` of the journal, of an earlier copy and of what the journal has besides; without a
    copy, of the journal alone; without a journal, of the copy alone, under the `key`, else that of the copy. The lines beside a backup, which begin where its copy ends, are as a journal.

    Contents that were erased since are not in it. Every entry has the hash that it had, and the whole is verified before it gets
    its name. With `despite_damage` it ends before the first line of the journal that is damaged.

    Raises:
        Refusal: `file-exists`, `journal-of-another-key`, `journal-of-another-book`, `journal-differs` (copy and journal differ from an
            entry on, which is named), `journal-later` (the copy ends before it begins), `replay-not-sound`, `replay-unsaved`; what `read_journal`, `make_from` and `Database.open` refuse.
    """
    if made.exists():
        raise Refusal("file-exists", f"{made} 已经在那里。", "请另起一个名字；已有的文件不会被盖掉。")
    lines = _lines_of(journal, key, despite_damage) if journal else None
    unborn = unfinished(made, "new")
    try:
        make_from(copy, unborn, copy_key, key or copy_key)
        with closing(Database.open(unborn, clock, key=key or copy_key)) as database:
            had = _put_in(database, *lines) if lines else Book(database).head()[0]
            entries, head = _verified(Book(database))
        sync(unborn)
        give_free_name(unborn, made)
        sync(made.parent)
    except OSError as error:
        raise Refusal(
            "replay-unsaved", f"新的台账没有做成：{made.parent} 写不进去。", "请检查磁盘空间和权限后重试。"
        ) from error
    finally:
        for left in (unborn, unborn.with_name(f"{unborn.name}-journal"), *made.parent.glob(f"{unborn.stem}-v*")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return Replayed(made, entries, head, had, lines[1].damaged if lines else 0)


def _lines_of(journal: Path, key: BookKey | None, despite_damage: bool) -> tuple[str, _Reading]:
    """Of which book a journal is that opens with a key, and its lines."""
    header, written = read_journal(journal)
    spelling = Spelling(key)
    if header.like != spelling.header(header.book).like:
        raise Refusal("journal-of-another-key", "这把钥匙打不开这份流水。", "请用流水写下时的钥匙。")
    return header.book, _Reading(spelling, written, despite_damage=despite_damage)


class _Reading:
    """The lines of a journal, each of which follows the one before it."""

    def __init__(self, spelling: Spelling, written: Iterator[bytes], *, despite_damage: bool) -> None:
        self._spelling, self._written, self._despite = spelling, written, despite_damage
        self.damaged = 0

    def begins_with(self) -> tuple[Line | None, bool]:
        """The first line, None where it cannot be read; and whether nothing speaks against it, as a next one that does not follow."""
        peeked = list(islice(self._written, 2))
        self._written = joined(peeked, self._written)
        first, *more = map(self._read, peeked or [b""])
        return first, first is not None and all(line and line.follows(first.seq, first.hash) for line in more)

    def lines(self, before: int, previous: bytes) -> Iterator[Line]:
        """One after the other, from the one that follows entry number `before`, whose hash is `previous`.

        Raises:
            Refusal: `journal-damaged`, which names the line.
        """
        seq = before
        for written in self._written:
            line = self._read(written)
            if line is None or not line.follows(seq, previous):
                if self._despite:
                    self.damaged = seq - before + 2
                    return
                raise damaged(seq - before + 2)
            yield line
            seq, previous = line.seq, line.hash

    def _read(self, written: bytes) -> Line | None:
        try:
            return self._spelling.read(written)
        except (ValueError, RecursionError):
            return None


def _put_in(database: Database, book: str, reading: _Reading) -> int:
    """Holds the copy against the journal, and puts into it what the journal has besides. Returns how many entries it had."""
    with database.query() as handle:
        name = book_name(handle)
    if name and name != book:
        raise Refusal("journal-of-another-book", "流水不是这本台账的。", "请找这本台账的流水，文件名里有它的编号。")
    had, previous = _begin(database.handle, reading)
    lines = reading.lines(had, previous)
    while known := lines_after(database.handle, had, _BATCH):
        for mine, line in zip(known, islice(lines, len(known)), strict=False):
            if mine.hash != line.hash:
                raise Refusal(
                    "journal-differs", f"拷贝和流水从第 {line.seq} 条起不一样。", "请换一份拷贝，或者查明哪一份被改过。"
                )
        had = known[-1].seq
    while batch := list(islice(lines, _BATCH)):
        with database.writing() as handle:
            put_in(handle, (line for line in batch if line.seq > had))
    return had


def _begin(handle: Any, reading: _Reading) -> tuple[int, bytes]:
    """The entry that the first line follows, number and hash: that of the copy where the lines begin later than a journal does."""
    first, sound = reading.begins_with()
    before = first.seq - 1 if first else 0
    ends = lines_after(handle, before - 1, 1) if before > 0 else []
    if first and ends and first.follows(before, ends[0].hash):
        return before, ends[0].hash
    if before > 0 and sound and not ends:
        raise Refusal("journal-later", f"拷贝里没有第 {before} 条，接不上这些记录。", "请用和它放在一起的那份拷贝。")
    return 0, chain.START


def _verified(book: Book) -> tuple[int, str]:
    book.rebuild()
    report = book.check()
    if report.problems:
        raise Refusal(
            "replay-not-sound", f"做出的台账核对不过：{report.problems[0]}", "请换一份拷贝再试；原文件都没有动。"
        )
    return report.entries, book.head()[1]
