"""流水文件：台账每条记录一行，第 n 条在第 n+1 行；只在末尾续写，清除内容时旁边另写一份再换上.

A power cut leaves at most a last line without its end, or with zeros where blocks were not written: that one is cut off before
the next is written, and passed over by a reader. Whatever else does not fit is damage, and is named and never written over.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import (
    clear_abandoned,
    give_name,
    new_file,
    overwrite,
    read_plain,
    standing_file,
    unfinished,
    write_atomic,
    write_on,
)
from counter_assistant.storage.safekeeping.journal_reading import (
    AT_ONCE,
    LONGEST,
    End,
    end_of,
    identity,
    lines_of,
    opened,
)
from counter_assistant.storage.safekeeping.line import Header, Line, Spelling

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

_LOCK = "journal.lock"


@dataclass(frozen=True)
class JournalFile:
    """The journal of a book at `path`. `beside` is the book's folder: windows of this PC that write take turns there.

    Raises:
        OSError: the place cannot be reached, read or written.
        Refusal: `journal-damaged`.
    """

    path: Path
    beside: Path
    _seen: dict[tuple[int, int], End] = field(default_factory=dict, compare=False)
    """Where it ended when this process wrote last, by file and length: then it need not be read again."""

    def end(self, spelling: Spelling) -> End:
        """Where it ends, once what a power cut left is cut off. What may have been cut off before this process came is looked at whole."""
        looked_at = 2 if self._seen else AT_ONCE + 1
        if not self._seen:
            clear_abandoned(self.path.parent)  # a copy that was cut off holds what may have to be erased
        with self._turn(), opened(self.path) as file:
            return self._end_known(file, spelling, looked_at) if file else End()

    def append(self, expected: End, header: Header, spelling: Spelling, lines: Sequence[Line]) -> End:
        """Writes the lines behind `expected`, durably, and gives the new end. Where the file ends otherwise, since another window
        has written, nothing is written, and its end is given.

        Raises:
            Astray: something was written here before, and nothing of it is left.
        """
        with self._turn():
            if not self.path.exists() or not self.path.stat().st_size:
                if expected.header and not _traces_of(self.path):
                    raise Astray(errno.ENOENT, "", str(self.path))
                self._begin(header)
            with opened(self.path) as file:
                if file is None:
                    raise FileNotFoundError(errno.ENOENT, "", str(self.path))
                end = self._end_known(file, spelling)
                if (
                    end.header is None
                    or end.header.like != header.like
                    or (end.seq, end.hash) != (expected.seq, expected.hash)
                ):
                    return end
                if lines:
                    write_on(file, b"".join(spelling.write(line) + b"\n" for line in lines))
                    end = End(end.header, lines[-1].seq, lines[-1].hash)
                return self._remember(file, end)

    def replace_lines(self, end: End, erased: int, spelling: Spelling, lines: Sequence[Line]) -> End:
        """Puts lines whose content was erased in the place of those that have it still: the file is written anew beside, made
        durable and given the name. `erased` is the last erasure of which that is so then."""
        new = {line.seq: spelling.write(line) + b"\n" for line in lines if line.seq <= end.seq}
        with self._turn(), opened(self.path) as file:
            found = self._end_known(file, spelling) if file else End()
            if file is None or found.header is None or (found.seq, found.hash) != (end.seq, end.hash):
                return found
            header = replace(found.header, erased=erased)
            made = unfinished(self.path, "new")
            try:
                _copy_with(file, made, header, new)
                _wipe_in_place(file, self.path, made)
            finally:
                made.unlink(missing_ok=True)
            return End(header, found.seq, found.hash)

    def take_place_of(self, other: JournalFile) -> None:
        """Gives this file the name of another one, which is overwritten where the system lets it."""
        with self._turn(), opened(other.path) as file:
            if file is None:
                give_name(self.path, other.path)
            else:
                _wipe_in_place(file, other.path, self.path)

    def set_aside(self, ending: str = ".damaged") -> None:
        """Gives a damaged journal another `ending`, so that the next one is written from the beginning. One that was set aside before
        stays as it is, and so does this one then.

        Raises:
            FileExistsError: there is one.
        """
        aside = self.path.with_suffix(ending)
        with self._turn():
            if aside.exists():
                raise FileExistsError(errno.EEXIST, "", str(aside))
            give_name(self.path, aside)

    def count(self) -> int:
        """How many entries it has, whatever their writing."""
        with opened(self.path) as file:
            return max(lines_of(file) - 1, 0) if file else 0

    def _end_known(self, file: BinaryIO, spelling: Spelling, looked_at: int = 2) -> End:
        known = self._seen.get(identity(file))
        if known and known.header and known.header.like == spelling.header(known.header.book).like:
            return known
        return self._remember(file, end_of(file, spelling, looked_at))

    def _remember(self, file: BinaryIO, end: End) -> End:
        self._seen.clear()
        self._seen[identity(file)] = end
        return end

    def _begin(self, header: Header) -> None:
        made = unfinished(self.path, "new")
        try:
            with new_file(made) as file:
                file.write(header.to_text().encode() + b"\n")
            give_name(made, self.path)
        finally:
            made.unlink(missing_ok=True)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Alone in writing, among the windows of this PC."""
        with standing_file(self.beside / _LOCK) as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)  # type: ignore[attr-defined, unused-ignore]
            else:
                import msvcrt

                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
            yield


class Astray(FileNotFoundError):
    """The place of a journal is there, and the journal that was begun in it is not."""


def look(file: JournalFile, spelling: Spelling, last: int, *, astray: bool) -> End:
    """Where the journal ends. One that is damaged there, and has no more than the `last` entry of the book, is set aside for another.
    `astray` says that one was begun in this place: where nothing of it is left there, this is another stick, or an empty one.

    Raises:
        Astray: it is not there.
        OSError: the place cannot be reached, read or written.
        Refusal: `journal-damaged`.
    """
    try:
        end = file.end(spelling)
    except Refusal:
        if file.count() > last:
            raise
    else:
        if astray and end.header is None and not _traces_of(file.path):
            raise Astray(errno.ENOENT, "", str(file.path))
        return end
    file.set_aside()
    return End()


def _traces_of(path: Path) -> bool:
    """Whether a journal lies there, or what a program that was killed has left while it put another in its place."""
    return any(each.suffix != ".keys" for each in path.parent.glob(f"{path.stem}.*"))


def put_keys(path: Path, keys: bytes) -> None:
    """Puts keys beside a journal, where they are not there yet.

    Raises:
        OSError: the place cannot be reached, read or written.
    """
    if not path.is_file() or read_plain(path) != keys:
        write_atomic(path, keys, 0o600)


def _copy_with(file: BinaryIO, made: Path, header: Header, new: Mapping[int, bytes]) -> None:
    """Writes a journal anew, with other lines for some numbers."""
    file.seek(0)
    file.readline(LONGEST)
    with new_file(made) as copy:
        copy.write(header.to_text().encode() + b"\n")
        for seq, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
            copy.write(new.get(seq, line))


def _wipe_in_place(file: BinaryIO, path: Path, made: Path) -> None:
    """Gives a new file the name of an open one, and overwrites what the old one held; on Windows, where no open file is replaced,
    it is only replaced."""
    if os.name == "nt":
        file.close()
    give_name(made, path)
    if not file.closed:
        overwrite(file)
