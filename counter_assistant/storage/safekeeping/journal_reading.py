"""流水文件怎样读：第一行说明，以后一条记录一行；停电时没写完的最后一行不算。"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import make_durable, plain_file
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.line import Header, Line, Spelling

BLOCK = 1 << 20
LONGEST = 256 << 20
"""The most bytes that one line may have, so that a damaged file does not fill the memory."""
AT_ONCE = 100
"""How many entries are written at once at most, so that a cut of power spoils no more lines than that."""


class End(NamedTuple):
    """Where a journal ends: number and hash of its last entry, 0 and the chain's start where it has none; None for a header
    where there is no journal. `known` is False where the lines are in a writing that the caller does not have."""

    header: Header | None = None
    seq: int = 0
    hash: bytes = chain.START
    known: bool = True


def read_journal(path: Path) -> tuple[Header, Iterator[bytes]]:
    """The header of a journal and its lines as they are written, without their ends; the one that a power cut left is not among them.

    Raises:
        Refusal: `journal-missing`, `journal-damaged` (it has no header).
    """
    if not path.is_file():
        raise Refusal("journal-missing", f"没有流水文件：{path}。", "请接上放流水的盘，或者指明流水文件。")
    with opened(path, writes=False) as file:
        head = file.readline(LONGEST) if file else b""
    try:
        return Header.from_text(head.decode()), _whole_lines(path)
    except (ValueError, RecursionError) as error:
        raise damaged(1) from error


def last_written(path: Path) -> tuple[Header, bytes]:
    """The header of a file of lines and its last whole line as it is written, without its end; empty where it has none.

    Raises:
        Refusal: `journal-damaged` (it has no header).
        OSError: it cannot be read.
    """
    with plain_file(path) as file:
        head = file.readline(LONGEST)
        try:
            header = Header.from_text(head.decode())
        except (ValueError, RecursionError) as error:
            raise damaged(1) from error
        end = file.seek(0, os.SEEK_END)
        last = _line_before(file, len(head), end)
        if last and not _is_whole(last):
            last = _line_before(file, len(head), end - len(last))
    return header, last.removesuffix(b"\n")


def damaged(number: int) -> Refusal:
    """The refusal for a journal of which a line does not fit; `number` counts from 1, the header."""
    return Refusal(
        "journal-damaged", f"流水第 {number} 行损坏。", "请把这个流水文件改名留存；台账还在时，程序会从头另写一份。"
    )


def _whole_lines(path: Path) -> Iterator[bytes]:
    with opened(path, writes=False) as file:
        if file is None:
            return
        file.readline(LONGEST)
        line, after = file.readline(LONGEST), file.readline(LONGEST)
        while after or _is_whole(line):
            yield line.removesuffix(b"\n")
            line, after = after, file.readline(LONGEST)


def require_end(path: Path) -> None:
    """Asks whether a file of lines that was written whole, as those beside a backup, has its end.

    Raises:
        Refusal: `journal-damaged`.
        OSError: it cannot be read.
    """
    with opened(path, writes=False) as file:
        lines = file.read().splitlines(keepends=True) if file else []
    if not lines or not _is_whole(lines[-1]):
        raise damaged(len(lines) or 1)


def _is_whole(last: bytes) -> bool:
    """Whether the last line was written to its end."""
    return last.endswith(b"\n") and b"\0" not in last


@contextmanager
def opened(path: Path, *, writes: bool = True) -> Iterator[BinaryIO | None]:
    """The file, to read and, if it `writes`, to write; None where there is none.

    Raises:
        OSError: its folder is not there, it cannot be opened, or it is no plain file.
    """
    with ExitStack() as lasting:
        try:
            file = lasting.enter_context(plain_file(path, writes=writes))
        except FileNotFoundError:
            if not path.parent.is_dir():
                raise
            file = None
        yield file


def identity(file: BinaryIO) -> tuple[int, int]:
    """Which file it is, and how long."""
    found = os.fstat(file.fileno())
    return found.st_ino, found.st_size


def lines_of(file: BinaryIO) -> int:
    """How many lines end in it, its header among them."""
    file.seek(0)
    return sum(block.count(b"\n") for block in iter(lambda: file.read(BLOCK), b""))


def end_of(file: BinaryIO, spelling: Spelling, looked_at: int = 2) -> End:
    """Where a journal ends, once a last line that a power cut left goes: nobody was ever told that it is there. So many of its last
    lines are asked whether each follows the one before it.

    Raises:
        OSError: it cannot be read.
        Refusal: `journal-damaged`.
    """
    file.seek(0)
    head = file.readline(LONGEST)
    if not head:
        return End()
    try:
        header = Header.from_text(head.decode())
    except (ValueError, RecursionError) as error:
        raise damaged(1) from error
    if header.like != spelling.header(header.book).like:
        return End(header, known=False)
    last = _line_before(file, len(head), file.seek(0, os.SEEK_END))
    if last and not _is_whole(last):
        file.truncate(file.seek(0, os.SEEK_END) - len(last))
        make_durable(file)
        last = _line_before(file, len(head), file.seek(0, os.SEEK_END))
    if not last:
        return End(header)
    line = _last_sound(file, len(head), spelling, looked_at)
    if line is None:
        raise damaged(lines_of(file))
    return End(header, line.seq, line.hash)


def _last_sound(file: BinaryIO, first: int, spelling: Spelling, looked_at: int) -> Line | None:
    """The last line; None where one of so many does not follow the one before it."""
    end, last, after = file.seek(0, os.SEEK_END), None, None
    try:
        for _ in range(looked_at):
            written = _line_before(file, first, end)
            line = spelling.read(written[:-1]) if written else None
            if after and not after.follows(line.seq if line else 0, line.hash if line else chain.START):
                return None
            last, after, end = last or line, line, end - len(written)
            if line is None:
                break
    except (ValueError, RecursionError):
        return None
    return last


def _line_before(file: BinaryIO, first: int, end: int) -> bytes:
    """The line that ends at the byte `end`, with its end if it has one, of those from the byte `first` on; empty where there is
    none."""
    start, found = end - 1, -1  # its own end is none of another line's
    while found < 0 and start > first:
        before = max(start - BLOCK, first)
        file.seek(before)
        found = file.read(start - before).rfind(b"\n")
        start = before
    start = start + found + 1 if found >= 0 else first
    file.seek(start)
    return file.read(max(end - start, 0))
