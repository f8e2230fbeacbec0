"""台账文件：打开、建立、一次操作一个事务。

Settings, each read back: `journal_mode=TRUNCATE` with `synchronous=FULL` lost nothing in real power cuts and holds on
Windows too; `secure_delete` makes erased data leave the file. See docs/decisions/0004-the-book.md.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import clear_abandoned
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite import driver, functions, schema
from counter_assistant.storage.engines.sqlite.connection import set_pragmas, transaction, undo
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.errors import damaged, error_class, refusal_of, told
from counter_assistant.storage.engines.sqlite.file_state import (
    file_of,
    is_under,
    name_of,
    needs_key,
    not_ours,
    require_readable,
    require_usable,
    require_version,
)
from counter_assistant.storage.engines.sqlite.migrations import migrate
from counter_assistant.storage.engines.sqlite.new_file import make
from counter_assistant.storage.engines.sqlite.pages import page_problems
from counter_assistant.storage.engines.sqlite.sealing import clear_unsealed, sealing_steps
from counter_assistant.storage.engines.sqlite.write_lock import take_write_lock
from counter_assistant.storage.sealing.book_key import BookKey

PATIENCE = 15.0


class Database(Engine):
    """An open book file, which several processes may have open.

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

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Now,
        *,
        patience: float = PATIENCE,
        key: BookKey | None = None,
        barred: Refusal | None = None,
    ) -> Database:
        """Opens the book at `path`, making it where there is none, unless there is a `key` to it. Where a reason is given why it
        is `barred` it is only read: no byte is written, and each act is refused with that. Raises Refusal for every state that
        cannot be used; the file is then as it was.
        """
        if barred:
            require_readable(path, key)
        elif not require_usable(path, key):
            make(path)
        database = cls(path, clock, patience, key)
        database.barred = barred
        database._connect()
        if not barred:
            clear_abandoned(path.parent)
            clear_unsealed(database.handle, path, sealed=key is not None)
        return database

    def sealing(self, key: BookKey, write_keys: Callable[[Engine], None]) -> Generator[str, None, None]:
        """Seals the book under a key, or under another one, step by step; `sealing.py` says what they are. It is open as before
        at the end.

        `write_keys` is given the sealed file before it takes the name.

        Raises:
            Refusal: what `sealing_steps` and opening refuse. Until the step that switches, the book is as it was.
        """
        self.require_writable()
        old = self.key

        def write(made: Path) -> None:
            with Database(made, self.clock, patience=0.0, key=key) as new:  # nobody else knows its name
                new._connect()
                write_keys(new)

        try:
            with told():
                yield from sealing_steps(self.handle, self.path, key, write, self._require_same, old=old)
        finally:
            self.close()
            self.key = key if is_under(self.path, key) else old
            self._connect()
        clear_unsealed(self.handle, self.path, sealed=True)
        yield "opened"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps every other window from writing until the end, while another file is made ready; nothing is written here.

        Raises:
            Refusal: another window writes, or the disk refuses it.
        """
        self.require_writable()
        try:
            with told():
                take_write_lock(self.handle, self.path.parent)
                yield
        finally:
            if not self.closed:
                with suppress(*ERRORS):
                    self.handle.execute_sql("ROLLBACK")

    needs_key = staticmethod(needs_key)
    name_of = staticmethod(name_of)
    contains = staticmethod(functions.contains)
    json_list = staticmethod(functions.json_list)
    json_at = staticmethod(functions.json_at)

    def close(self) -> None:
        """Closes the file. Closing twice is no mistake."""
        if self._peewee is not None:
            self._peewee.close()
            self._peewee = None

    @property
    def closed(self) -> bool:
        """Whether the file was closed for good."""
        return self._peewee is None and not self._distrusted

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def handle(self) -> Any:
        """The peewee database that queries are executed on."""
        if self._distrusted:
            self._reopen()
        if self._peewee is None:
            raise ValueError("the book has been closed")
        return self._peewee

    @property
    def digest_secret(self) -> bytes:
        """Derived from the key of a sealed book."""
        return self.key.of_digests if self.key else b""

    def now(self) -> datetime:
        """One reading of the clock, in whole seconds: what is stored is what is printed."""
        if (reading := self.clock()).tzinfo is None:
            raise ValueError("the clock must give its offset")
        return reading.replace(microsecond=0)

    def require_writable(self) -> None:
        """Asks whether anything may be written.

        Raises:
            Refusal: that for which the book is only read.
        """
        if self.barred:
            raise self.barred

    def refusal_of(self, error: BaseException) -> Refusal | None:
        """What an error of SQLite says in words."""
        return refusal_of(error)

    def damaged(self, detail: str) -> Refusal:
        """The refusal for this file."""
        return damaged(self.path, detail)

    def problems(self) -> Iterator[str]:
        """What SQLite finds wrong with its pages, and a schema that is not ours."""
        return page_problems(self.handle)

    @contextmanager
    def query(self) -> Iterator[Any]:
        """Each query by itself."""
        with self._told():
            yield self.handle

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One act: an immediate transaction, durable when the block is left, undone when it raises."""
        self.require_writable()
        try:
            handle = self.handle
            with transaction(handle, self.path.parent):
                self._require_same()
                yield handle
        except ERRORS as error:
            self._distrust(error)
            self._require_same()
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Several queries that see one state of the book."""
        with self._told():
            handle = self.handle
            handle.execute_sql("BEGIN")
            try:
                yield handle
            finally:
                undo(handle)

    def _connect(self) -> None:
        flags = driver.READ if self.barred else driver.WRITE
        handle = driver.handle(self.path, flags, patience=self._patience, key=self.key)
        self._peewee, self._file = handle, file_of(self.path)
        try:
            with told():
                handle.connect()
                set_pragmas(handle, self._patience)
                if self._require_sound(handle):
                    with suppress(*ERRORS):
                        handle.execute_sql("VACUUM")
        except ERRORS as error:
            self.close()
            raise damaged(self.path, str(error)) from error
        except BaseException:
            self.close()
            raise

    def _require_sound(self, handle: Any) -> bool:
        """Under the write lock, unless it is only read: the file is ours, its version is brought up, its schema is right.

        Returns whether it was brought up: what the steps left free is given back then, if nobody else is writing.
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
                self.require_writable()
                migrate(handle, self.path, version, self.now(), key=self.key)
            if schema.schema_of(handle) != schema.expected_schema():
                raise damaged(self.path, "表结构不符")
            return bool(version != schema.VERSION)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error becomes its Refusal; of a file that is not the book any more nobody is told that the book is damaged."""
        try:
            with told():
                yield
        except Refusal as refusal:
            if refusal.code == "book-damaged":
                self._require_same()
            raise

    def _require_same(self) -> None:
        """Asks, with the lock, whether the file of that name is still the one that was opened: what another window has sealed
        meanwhile is a new file, and what is written into the old one would be lost."""
        if file_of(self.path) != self._file:
            raise Refusal(
                "book-replaced", "台账已在另一个窗口里密封或更换。", "这一步没有生效。请关闭这个窗口，重新打开程序。"
            )

    def _distrust(self, error: Exception) -> None:
        """After a failed read or write nothing in memory is trusted: the file is closed, and verified when next used."""
        if error_class(error) == "IOERR":
            with suppress(*ERRORS):
                self.close()
            self._peewee, self._distrusted = None, True

    def _reopen(self) -> None:
        self._connect()
        self._distrusted = False
        with told():
            found = self._peewee.execute_sql("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            self.close()
            raise damaged(self.path, str(found))
