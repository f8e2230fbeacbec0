"""流水：台账每写一条，就在第二个地方续写一条，落了盘才打印；写不上只提醒，从不拦人.

What the book has and the journal has not is written after each commit, so that a gap closes itself: after a kill between commit
and writing, after another window's acts, after the stick was away. The place is written to by a thread that nobody waits for
longer than `LIMIT`, and by none while it is still busy with what was before.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.safekeeping.background_job import BackgroundJob
from counter_assistant.storage.safekeeping.journal_file import Astray, JournalFile, look, put_keys
from counter_assistant.storage.safekeeping.journal_place import JournalPlace, note_begun, read_place
from counter_assistant.storage.safekeeping.journal_reading import AT_ONCE, End
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.safekeeping.stored_lines import (
    awaits_confirmation,
    book_name,
    erased_after,
    last_erasure,
    lines_after,
)
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS

Act = Callable[[], End | None]

LIMIT = 2.0
"""Seconds that an act waits for the second place at most."""
QUIET = 60.0
"""Seconds without an erasure after which the contents that were erased leave the journal, all at once."""

LATER = "自己补齐"
MISSING = "流水：{} 不在，没有写上；接上后" + LATER
ASTRAY = "流水的文件不在原来的地方（{}）：插回原来的盘，会自己补齐；盘没有了的，在本机按 Ctrl+L 另记"
SLOW = "流水：第二个地方太慢，没有等它；写上后" + LATER
FAILED = "流水：写不进（{}）；好了以后" + LATER
OLDER = "流水：台账只有 {} 条，流水里已有 {} 条，台账可能换回了旧的；请先查明，不要再出具"
UNSEALED = "流水：台账没有密封，流水却是密封的，台账可能换回了旧的；请先查明，不要再出具"
DIFFERS = "流水：第 {} 条与台账不符，没有续写；请先查明，或者另选一个文件夹"
BEHIND = "流水：正在补齐"
UNCONFIRMED = "恢复以后还没有确认，备份停着：查过以后到设置、本机里确认"


class BookJournal:
    """The journal of an open book, used by the book's thread. `beside` is the book's folder, where the place is set."""

    def __init__(self, database: Engine, beside: Path) -> None:
        self._database, self._beside = database, beside
        self.warning = ""
        """What is wrong with the second place, in words; empty where nothing is."""
        self.end: End | None = None
        """Where the journal ended when it was last looked at; None where that is not known."""
        self.astray = False
        """Whether the place is there and the journal that was begun in it is not: another stick, say, on which nothing is begun unasked."""
        self.parted = False
        """Whether the journal has something that the book has not, as far as that was seen."""
        self._book = ""
        self._place: JournalPlace | None = None
        self._file: JournalFile | None = None
        self._job: BackgroundJob[End | None] | None = None
        self._slow = False
        self._erasure = (0, 0.0)
        self._hurries = False
        self._agreed: End | None = None  # an end of which it was seen that the book has it so
        self._all = 0  # what is written last of what was still missing, so that no act looks for more
        self._keys = b""
        self._waits = self._apart = False
        self._pauses = True  # until it was seen that nothing is to be confirmed; a restored book is another file

    @property
    def notice(self) -> str:
        """What the status line says: the `warning`, else that a restored book waits to be confirmed."""
        return self.warning or (UNCONFIRMED if self._waits else "")

    @property
    def pauses(self) -> bool:
        """Whether nobody has said yet that a restored book is right: backups wait, and the journal goes on, or another one beside it.

        Raises:
            Refusal: what reading the book refuses.
        """
        if self._pauses:
            with self._database.query() as handle:
                self._pauses = awaits_confirmation(handle)
        return self._pauses

    def keep_up(self, *, idle: bool = False) -> bool:
        """Writes what the book has and the journal has not, as far as that is done within `LIMIT`, and says whether all of it is
        there. Never raises: what is wrong is the `warning`.

        When it is `idle` nothing is waited for at all, so that it is called again and again, and what was erased leaves the journal.
        """
        place = read_place(self._beside)
        if place != self._place:
            self._turn_to(place)
        try:
            self._waits = self.pauses
            if self._apart and not self._waits:
                self._apart = False
                self._forget()
            if place is None:
                self.warning = ""
                return True
            return self._write_within(place, idle)
        except Refusal as refusal:
            if self._goes_apart():
                return self.keep_up(idle=idle)
            self.warning = f"流水：{refusal.sentence.removesuffix('。')}"
        except (OSError, ValueError) as error:
            self.astray, missing = isinstance(error, Astray), isinstance(error, FileNotFoundError)
            words = ASTRAY if self.astray else MISSING
            self.warning = words.format(place.folder) if place and missing else FAILED.format(reason_of(error))
        except Exception as error:  # the act is durable, and must not seem to have failed
            self.warning = FAILED.format(f"意外错误 {type(error).__name__}")
        self._forget()
        return False

    def write_all(self) -> bool:
        """Writes whatever is missing, and takes out what was erased, however long that takes; says whether all is there now."""
        self._hurries = True
        while not self.keep_up(idle=True):
            if self._job:
                self._job.wait(LIMIT)
            elif self.warning:
                break
        self._hurries = False
        return not self.warning

    def finish(self) -> bool:
        """Ends what this program has begun to write, and takes out what was erased, before it ends; says whether all is there."""
        return self.write_all() if self.end else not self.warning

    def look_again(self, *, idle: bool = False) -> bool:
        """Looks whether the second place is there and as it was left, and goes on as `keep_up` does."""
        if self._job is None:
            self.end = None
        return self.keep_up(idle=idle)

    @property
    def is_working(self) -> bool:
        """Whether it is not at its end yet, and nothing keeps it from going on."""
        return self._job is not None

    def _turn_to(self, place: JournalPlace | None) -> None:
        self._place, self._job, self._slow, self.warning = place, None, False, ""
        self.astray = self.parted = False
        self._forget()

    def _forget(self) -> None:
        self._file, self.end, self._agreed, self._keys, self._all = None, None, None, b"", 0

    def _write_within(self, place: JournalPlace, idle: bool) -> bool:
        if self._job and not self._job.wait(0.0):
            return self._delayed(gave_up=False)
        self._collect()
        waits, self._all = not (idle or self._slow), 0
        until = time.monotonic() + (LIMIT if waits else 0.0)
        while act := self._next(place, idle):
            self._job = BackgroundJob(
                partial(_where_it_is, place, self._beside, act, "" if self._apart else self._book)
            )
            if not self._job.wait(until - time.monotonic()):
                return self._delayed(gave_up=waits)
            self._collect()
            if not idle and self.warning == BEHIND:
                return False
            if not idle and self._all and self.end and self.end.seq == self._all:
                break
        return not self.warning

    def _delayed(self, *, gave_up: bool) -> bool:
        if gave_up or (self._job and self._job.age > LIMIT):
            self.warning, self._slow = SLOW, True
        return False

    def _collect(self) -> None:
        """What was done to the second place, once it is."""
        if self._job:
            job, self._job = self._job, None
            self._slow = job.took > LIMIT
            self.end, self.astray = job.result() or self.end, False

    def _next(self, place: JournalPlace, idle: bool) -> Act | None:
        """What is still to be done to the second place; None where nothing is, or where nothing may be: that is warned of."""
        with self._database.query() as handle:
            self._book = self._book or book_name(handle)
            spelling = Spelling(self._database.key)
            path = place.waiting_file_of(self._book) if self._apart else place.file_of(self._book)
            self._file = self._file or JournalFile(path, self._beside)
            end, file = self.end, self._file
            if end is None:
                last = (
                    0 if self._waits and not self._apart else entries.head(handle)[0]
                )  # a restore that went wrong may need it
                return partial(
                    look, file, spelling, last, astray=place.begun == self._book and path == place.file_of(self._book)
                )
            if not end.known and self._goes_apart():
                return self._next(place, idle)
            if not end.known:
                return self._renewal(file, end, spelling, entries.head(handle)[0])
            if act := self._keys_act(path):
                return act
            if self._agreed != end:
                self.warning = trouble(handle, self._book, end)
                self.parted = bool(self.warning)
                if self.parted:
                    return self._next(place, idle) if self._goes_apart() else None
                self._agreed = end
            lines = lines_after(handle, end.seq, AT_ONCE)
            self.warning = BEHIND if len(lines) == AT_ONCE else ""
            if lines:
                self._all = 0 if len(lines) == AT_ONCE or file.path != path else lines[-1].seq
                header = end.header or spelling.header(self._book, last_erasure(handle))
                self._agreed = End(header, lines[-1].seq, lines[-1].hash)
                return partial(file.append, end, header, spelling, lines)
            if file.path != path:
                self._forget()
                return partial(file.take_place_of, JournalFile(path, self._beside))
            return self._tidying(handle, file, end, spelling) if idle and not self._waits else None

    def _goes_apart(self) -> bool:
        """Whether a restored book that waits, and does not go on from the journal, is written into another one from now on."""
        if self._apart or not self._waits:
            return False
        self._apart = True
        self._forget()
        return True

    def _renewal(self, file: JournalFile, end: End, spelling: Spelling, last: int) -> Act | None:
        """The journal is in another writing than the book is: written anew beside, and then put in its place."""
        if self._database.key is None:
            self.warning, self.parted = UNSEALED, True
            return None
        self._file, self.end = JournalFile(file.path.with_suffix(".next"), self._beside), None
        return partial(_begin_anew, file, self._file, spelling, last)

    def _tidying(self, handle: Any, file: JournalFile, end: End, spelling: Spelling) -> Act | None:
        """Takes out what was erased, once nothing more is."""
        if end.header is None:
            return None
        erasure, lines = erased_after(handle, end.header.erased)
        if self._erasure[0] != erasure:
            self._erasure = (erasure, time.monotonic())
        if not lines or not (self._hurries or time.monotonic() - self._erasure[1] >= QUIET):
            return None
        return partial(file.replace_lines, end, erasure, spelling, lines)

    def _keys_act(self, journal: Path) -> Act | None:
        """Puts the keys beside the journal of a sealed book: whoever has lost the book needs them."""
        if self._database.key is None:
            return None
        path = self._beside / KEYS
        keys = read_plain(path) if path.is_file() else b""
        if keys == self._keys:
            return None
        self._keys = keys
        return partial(put_keys, journal.with_suffix(".keys"), keys)


def _where_it_is(place: JournalPlace, beside: Path, act: Act, book: str) -> End | None:
    """Does it, if the place is there, and notes that the journal of a book was begun; of none whose name is empty."""
    if not place.is_there(beside):
        raise FileNotFoundError(errno.ENOENT, "", str(place.folder))
    end = act()
    if end and end.header and book:
        note_begun(beside, place, book)
    return end


def trouble(handle: Any, book: str, end: End) -> str:
    """Why the book may not be written on at the end of the journal; empty where it may."""
    if end.seq > (last := entries.head(handle)[0]):
        return OLDER.format(last, end.seq)
    if (end.header and end.header.book != book) or (end.seq and entries.hash_of(handle, end.seq) != end.hash):
        return DIFFERS.format(end.seq)
    return ""


def _begin_anew(old: JournalFile, new: JournalFile, spelling: Spelling, last: int) -> End:
    if (count := old.count()) > last:
        raise Refusal("journal-ahead", OLDER.removeprefix("流水：").format(last, count), "请先查明，再出具。")
    end = new.end(spelling)
    if end.known:
        return end
    new.path.unlink()
    return End()
