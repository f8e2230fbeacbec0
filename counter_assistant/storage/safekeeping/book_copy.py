"""一份拷贝和它的核对：照原样拷下台账和钥匙，有钥匙时打开核对."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.entry import BookOpened, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import CHECK_FIRST
from counter_assistant.domain.safekeeping.full_copy import BookState
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.files import read_plain, write_atomic
from counter_assistant.storage import book_check, book_views
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.errors import refusal_of, told
from counter_assistant.storage.engines.sqlite.file_state import name_of
from counter_assistant.storage.engines.sqlite.migrations import problems_of
from counter_assistant.storage.engines.sqlite.page_copy import copy_file
from counter_assistant.storage.engines.sqlite.pages import is_of_today, version_problems
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.safekeeping.stored_lines import last_erasure, lines_after, was_restored_since
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS
from counter_assistant.storage.sealing.ring_file import NEXT, is_next, read_ring

TRIES = 3
_AT_ONCE = 500


class Checked(NamedTuple):
    """What a copy was found to hold, None where it cannot be read; and what is wrong with it, in sentences."""

    holds: BookState | None
    problems: list[str]


class Line(NamedTuple):
    """What a copy tells of the line of a book that it is in: the hashes in hex of some entries that it has, by number; and the heads of
    the copies, as `SEQ:HASH`, that the book was restored from since a time."""

    hashes: Mapping[int, str]
    restored_from: frozenset[str]


def line_of(path: Path, key: BookKey | None, seqs: Iterable[int], since: datetime) -> Line | None:
    """Reads from a copy which entries it has of those with some numbers, and what it was restored from; None where it cannot be read with
    the key."""
    entry = tables.Entry
    try:
        with closing(driver.handle(path, key=key, patience=0.0)) as handle:
            handle.connect()
            rows = tables.fetch(handle, entry.select(entry.seq, entry.hash).where(entry.seq.in_(tables.listed(seqs))))
            restores = entries.select(handle, entry.kind == EntryKind.RESTORED, newest_first=True)
            heads = [Restored.from_payload(each.payload).copy for each in restores if each.time >= since]
            return Line({seq: digits.hex() for seq, digits in rows}, frozenset(filter(None, heads)))
    except (Refusal, *driver.ERRORS, KeyError, TypeError, ValueError, AttributeError):
        return None


def copy_book(book: Path, folder: Path) -> str:
    """Copies a book into a folder as it lies there, with its keys where it is sealed. Returns the name of the key that it is under,
    in hex; empty where anybody can read it.

    Raises:
        Refusal: `copy-unsettled`, `book-locked`, `keys-of-another-book`; what `read_ring` refuses.
        OSError: it cannot be written.
    """
    made = folder / book.name
    for _ in range(TRIES):
        made.unlink(missing_ok=True)
        copy_file(book, made)
        name = name_of(made)
        if not name:
            raise OSError(errno.EIO, "", str(made))
        if name == driver.PLAIN:
            return ""
        ring = read_ring(book.parent, name)
        content = read_plain(book.parent / (NEXT if is_next(book.parent, name) else KEYS))
        if ring.book == name.hex() == read_ring(book.parent, name).book:
            write_atomic(folder / KEYS, content, 0o600)
            return name.hex()
    raise Refusal("keys-of-another-book", "旁边的钥匙文件不是这本台账的，没有备份。", "请先核对钥匙文件，再备份。")


def check_copy(path: Path, key: BookKey | None) -> Checked:
    """Opens a copy under its key and verifies it: pages, chain, contents, numbers; and views, where this version of the program wrote
    them. The copy's bytes stay as they are, whatever is wrong with it.
    """
    try:
        with closing(driver.handle(path, key=key, patience=0.0)) as handle:
            handle.connect()
            holds = _state_of(handle)
            of_today = book_views.stored_mark(handle) == book_views.mark(key.of_digests if key else b"")
            problems = [] if of_today else list(_problems_of_another_version(handle))
        if key:
            read_ring(path.parent, key.name).proven(key)
        if of_today:
            with Database.open(path, _no_clock, patience=0.0, key=key) as opened:
                problems = book_check.check(opened).problems
        return Checked(holds, problems)
    except Refusal as refusal:
        return Checked(None, [refusal.sentence])
    except (*driver.ERRORS, KeyError, TypeError, ValueError, IndexError) as error:
        return Checked(None, [told_so.sentence if (told_so := refusal_of(error)) else "这份拷贝读不出。"])


def lines_since(book: Path, key: BookKey | None, holds: BookState, made: datetime) -> tuple[bytes, int]:
    """What a book has that a copy has not, which was made then, as a file of lines under its key, and how many entries that is. There is
    nothing to be put beside a copy from which a book does not go on because it was restored since.

    Raises:
        Refusal: `lines-not-sound` (the book does not go on where the copy ends); what reading refuses.
    """
    spelling, seq, previous = Spelling(key), holds.seq, bytes.fromhex(holds.hash)
    with told(), closing(driver.handle(book, key=key)) as handle:
        handle.connect()
        written = [spelling.header(holds.book, last_erasure(handle)).to_text().encode()]
        while lines := lines_after(handle, seq, _AT_ONCE):
            for line in lines:
                if not line.follows(seq, previous):
                    if was_restored_since(handle, made):
                        return b"", 0
                    raise Refusal(
                        "lines-not-sound",
                        f"台账第 {line.seq} 条接不上最近的备份，没有续写。",
                        f"{CHECK_FIRST}。",
                    )
                written.append(spelling.write(line))
                seq, previous = line.seq, line.hash
    return b"\n".join([*written, b""]), len(written) - 1


def _problems_of_another_version(handle: Any) -> Iterator[str]:
    """What is wrong with a copy whose views were made by other rules, of an earlier program: its views are made anew when it is opened."""
    yield from version_problems(handle)
    if is_of_today(handle) and not book_views.stored_mark(handle):
        yield "文件信息与程序不符。"
    yield from problems_of(handle)


def _state_of(handle: Any) -> BookState:
    (first,) = entries.select(handle, tables.Entry.seq == 1)
    seq, _, last, *_ = entries.head(handle)
    return BookState(BookOpened.from_payload(first.payload).book, tables.Entry.select().count(handle), seq, last.hex())


def _no_clock() -> datetime:
    raise AssertionError("nothing is dated in a copy")
