"""台账文件的拷贝：照原样一段一段地拷，密封的不用钥匙；别的窗口照常出具，拷出来的仍是某一刻的整本.

A lock is held for one piece at a time, a few milliseconds, so that nobody waits for it. Each commit changes the first
page: where that is the same after a sweep as before, the sweep saw one state; else what changed is copied in another
sweep, the last of which holds the lock. SQLite's own way of copying needs the key, and begins anew after each commit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import make_durable, new_file
from counter_assistant.storage.engines.sqlite.driver import FileAsItLies
from counter_assistant.storage.engines.sqlite.errors import told

PIECE = 1 << 18
FIRST_PAGE = 4096
SWEEPS = 8
PATIENCE, ASK_AGAIN, LOOKS = 15.0, 0.002, 50
HOLDS = 2.0
"""Seconds that whoever issues waits for a copy at most; SQLite gives their act up after 15."""
_FLUSH = 8 << 20
"""After how many bytes what was written is sent to the disk: one flush of all would keep the next commit waiting."""


def copy_file(source: Path, made: Path) -> None:
    """Copies the committed state of a book file, as it lies there, into a new file, and makes that durable.

    Raises:
        Refusal: `book-locked` (another process writes for longer than 15 s), `copy-unsettled` (what a process left in the middle
            of an act has first to be put right by an opening), `copy-busy` (somebody commits again and again, and what would have to be
            copied while they wait takes longer than `HOLDS`); what reading refuses.
        OSError: it cannot be written.
    """
    with told(), closing(FileAsItLies(source)) as book, new_file(made) as out:
        journal = source.with_name(source.name + "-journal")
        for _ in range(SWEEPS - 1):
            if _sweep(book, out, journal):
                break
        else:
            with _still(book, journal):
                _take(book, out, 0, book.size())


def _sweep(book: FileAsItLies, out: BinaryIO, journal: Path) -> bool:
    """Copies what differs, and says whether nobody has written meanwhile."""
    with _still(book, journal):
        before = (book.read(FIRST_PAGE, 0), book.size())
    size = before[1]
    for start in range(0, size, PIECE):
        with _still(book, journal):
            if book.size() != size:
                return False
            content = book.read(min(PIECE, size - start), start)
        _write(out, start, content)
    out.truncate(size)
    with _still(book, journal):
        return before == (book.read(FIRST_PAGE, 0), book.size())


def _take(book: FileAsItLies, out: BinaryIO, start: int, size: int) -> None:
    ends = time.monotonic() + HOLDS
    for place in range(start, size, PIECE):
        if time.monotonic() > ends:
            raise Refusal("copy-busy", "一直有人在办理，这一次没有备份成。", "不用另办，过一会儿会再备份。")
        _write(out, place, book.read(min(PIECE, size - place), place))
    out.truncate(size)


def _write(out: BinaryIO, start: int, content: bytes) -> None:
    out.seek(start)
    if out.read(len(content)) != content:
        out.seek(start)
        out.write(content)
        if start % _FLUSH == 0:
            make_durable(out)


@contextmanager
def _still(book: FileAsItLies, journal: Path) -> Iterator[None]:
    """Keeps a file as it is, and asks whether it is what a commit has left."""
    ends = time.monotonic() + PATIENCE
    while not book.lock():
        if time.monotonic() > ends:
            raise Refusal("book-locked", "台账正被另一个程序占用。", "请稍候再试。")
        time.sleep(ASK_AGAIN)
    try:
        _require_settled(book, journal)
        yield
    finally:
        book.unlock()


def _require_settled(book: FileAsItLies, journal: Path) -> None:
    """A journal that nobody is writing is one of a process that died: the file may hold half an act."""
    for _ in range(LOOKS):
        if not _size(journal) or book.is_reserved():
            return
        time.sleep(
            ASK_AGAIN
        )  # whoever gave an act up empties the journal before letting go of the lock, or after we looked
    raise Refusal("copy-unsettled", "台账有一步中断了，还没有收拾好，现在不能备份。", "请打开一次程序，再备份。")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
