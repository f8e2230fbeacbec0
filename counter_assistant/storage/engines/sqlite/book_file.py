"""一个打开着的台账文件：连接、核对是不是它、出错以后不信内存，重新打开再说."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite import driver, schema
from counter_assistant.storage.engines.sqlite.connection import set_pragmas, transaction
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.errors import (
    DAMAGED,
    OF_THE_DISK,
    damaged,
    error_class,
    full_disk,
    passed,
    refusal_of,
    unreadable,
)
from counter_assistant.storage.engines.sqlite.file_state import file_of, not_ours, require_version
from counter_assistant.storage.engines.sqlite.migrations import migrate
from counter_assistant.storage.engines.sqlite.pages import (
    Head,
    forget_cached,
    give_back,
    has,
    head_of,
    require_whole,
    verdict_on,
)
from counter_assistant.storage.sealing.book_key import BookKey

PATIENCE = 15.0


class BookFile:
    """A book file that is open, or was closed by an error and is opened again when it is next used.

    `clock` gives the time with its offset. `patience` is how long, in seconds, another process's lock is waited for. `key`
    is that of a sealed book.
    """

    def __init__(self, path: Path, clock: Now, patience: float = PATIENCE, key: BookKey | None = None) -> None:
        self.path = path
        self.clock = clock
        self.key = key
        self.barred: Refusal | None = None
        self._patience = patience
        self._peewee: Any = None
        self._distrusted = False
        self._file: tuple[int, int] | None = None
        self._head: Head | None = None
        self._damage: Refusal | None = None
        self._passed = ""  # the last doubt about contents that came to nothing: the same again is no error of the disk

    def close(self) -> None:
        """Closes the file. Closing twice is no mistake."""
        if self._peewee is not None:
            self._peewee.close()
            self._peewee = None

    def let_go(self) -> None:
        """Closes the file until it is next used: on Windows no file takes the place of one that is open."""
        self.close()
        self._distrusted = True

    @property
    def closed(self) -> bool:
        """Whether the file was closed for good."""
        return self._peewee is None and not self._distrusted

    @property
    def handle(self) -> Any:
        """The peewee database that queries are executed on."""
        if self._distrusted:
            self._reopen()
        if self._peewee is None:
            raise ValueError("the book has been closed")
        return self._peewee

    def now(self) -> datetime:
        """One reading of the clock, in whole seconds: what is stored is what is printed."""
        reading = self.clock()
        if reading.tzinfo is None:
            raise ValueError("the clock must give its offset")
        return reading.replace(microsecond=0)

    def read_anew(self) -> None:
        """Connects anew to the file as it lies on the disk, whatever state that is in.

        Raises:
            Refusal: `disk-error`, `book-damaged`.
        """
        handle = self.handle
        handle.close()
        forget_cached(self.path)
        try:
            handle.connect()
            set_pragmas(handle, self._patience)
        except ERRORS as error:
            self._peewee, self._distrusted = None, True
            raise verdict_on(error, self.path) from error

    def _connect(self) -> None:
        flags = driver.READ if self.barred else driver.WRITE
        handle = driver.handle(self.path, flags, patience=self._patience, key=self.key)
        self._peewee, self._file = handle, file_of(self.path)
        try:
            handle.connect()
            set_pragmas(handle, self._patience)
            if self._require_sound(handle):
                with suppress(*ERRORS):
                    give_back(handle)
        except BaseException as error:
            full = full_disk(handle)
            self.close()
            if isinstance(error, OSError):
                raise unreadable(self.path, error) from error
            if not isinstance(error, ERRORS):
                raise
            doubtful = error_class(error) in OF_THE_DISK
            raise (full or (None if doubtful else refusal_of(error)) or verdict_on(error, self.path)) from error

    def _require_sound(self, handle: Any) -> bool:
        """Under the write lock, unless it is only read: the file is ours, its version is brought up, its schema is right.

        Returns whether it was brought up: what the steps left free is given back then, if it is much and nobody else is writing.
        """
        with nullcontext() if self.barred else transaction(handle, self.path.parent):
            self._require_same()
            if handle.pragma("application_id") != schema.APPLICATION_ID:
                raise not_ours(self.path)
            # SQLite takes a last page that is cut short as ending in zeros.
            if self.path.stat().st_size < handle.pragma("page_count") * handle.pragma("page_size"):
                raise damaged(self.path, "文件不完整")
            version = handle.pragma("user_version")
            require_version(version)
            if version != schema.VERSION:
                if self.barred:
                    raise self.barred
                migrate(handle, self.path, version, self.now(), key=self.key)
            if schema.schema_of(handle) != schema.expected_schema():
                raise damaged(self.path, "表结构不符")
            self._head = self._head or head_of(handle)
            return bool(version != schema.VERSION)

    @contextmanager
    def _told(self, made: Callable[[], Head | None] = lambda: None) -> Iterator[None]:
        """An error becomes its Refusal, once the file was looked at again where that tells more. `made` gives the last entry of an act
        that was to become durable."""
        try:
            yield
        except (*ERRORS, Refusal) as error:
            if isinstance(error, Refusal) and error.code != DAMAGED:
                raise
            refusal = self._looked_at(error, made())
            if refusal is None or refusal is error:
                raise
            raise refusal from error

    def _looked_at(self, error: Exception, made: Head | None) -> Refusal | None:
        """What an error says; None where it is the program's own fault. What was found damaged is not gone through again."""
        kind = "CONTENTS" if isinstance(error, Refusal) else error_class(error)
        if kind not in {"CONTENTS", *OF_THE_DISK}:
            self._require_same()
            return refusal_of(error)
        full = full_disk(self._peewee) if kind in {"IOERR", "CANTOPEN"} else None
        self._require_same()
        if not (self._damage and kind in {"CONTENTS", "CORRUPT", "NOTADB"}):
            try:
                self._reopen(contents=kind == "CONTENTS")
            except Refusal as refusal:
                if refusal.code != DAMAGED:
                    return refusal
        if isinstance(error, Refusal) and (self._damage or self._passed == error.sentence):
            return error
        if self._damage:
            return self._damage
        self._passed = error.sentence if isinstance(error, Refusal) else ""
        return full or passed(done=made is not None and has(self._peewee, made))

    def _require_same(self) -> None:
        """Asks, with the lock, whether the file of that name is still the one that was opened: what another window has sealed
        meanwhile is a new file, and what is written into the old one would be lost."""
        try:
            found = self.path.stat()
        except FileNotFoundError as error:
            raise Refusal(
                "book-moved",
                f"台账文件不在原处了：{self.path}。",
                "这一步没有生效。请接好磁盘，或请管理员放回原处，再重新打开。",
            ) from error
        except OSError as error:
            raise unreadable(self.path, error) from error
        if (found.st_dev, found.st_ino) != self._file:
            raise Refusal(
                "book-replaced", "台账已在另一个窗口里密封或更换。", "这一步没有生效。请关闭这个窗口，重新打开程序。"
            )

    def _reopen(self, *, contents: bool = False) -> None:
        """Closes the file, opens it anew and verifies it. Where that cannot be done the next use tries again.

        Raises:
            Refusal: what `_connect` and `require_whole` refuse.
        """
        with suppress(*ERRORS):
            self.close()
        self._peewee, self._distrusted, self._damage = None, True, None
        forget_cached(self.path)
        try:
            self._connect()
            require_whole(self._peewee, self.path, self._head, contents=contents)
            self._distrusted = False
        except Refusal as refusal:
            if refusal.code == DAMAGED:
                self._damage, self._distrusted = refusal, self._peewee is None
            else:
                self.close()
            raise
