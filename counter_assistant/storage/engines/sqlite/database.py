"""台账文件：打开、建立、一次操作一个事务。

Settings, each read back: `journal_mode=TRUNCATE` with `synchronous=FULL` lost nothing in real power cuts and holds on
Windows too; `secure_delete` makes erased data leave the file. See docs/decisions/0004-the-book.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import clear_abandoned, sync, unfinished
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite import driver, functions, schema
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.errors import damaged, error_class, refusal_of, told
from counter_assistant.storage.engines.sqlite.file_state import not_ours, require_usable, require_version
from counter_assistant.storage.engines.sqlite.migrations import migrate
from counter_assistant.storage.engines.sqlite.pages import page_problems
from counter_assistant.storage.engines.sqlite.write_lock import take_write_lock

PATIENCE = 15.0
_PRAGMAS: Mapping[str, tuple[str, object]] = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "recursive_triggers": ("ON", 1),
    "temp_store": ("MEMORY", 2),  # what is sorted or rewritten holds names
}


class Database(Engine):
    """An open book file, which several processes may have open.

    `clock` gives the time with its offset. `patience` is how long, in seconds, another process's lock is waited for.
    """

    def __init__(self, path: Path, clock: Now, patience: float = PATIENCE) -> None:
        self.path = path
        self.clock = clock
        self._patience = patience
        self._peewee: Any = None
        self._distrusted = False

    @classmethod
    def open(cls, path: Path, clock: Now, *, patience: float = PATIENCE) -> Database:
        """Opens the book at `path`, making it where there is none.

        Raises Refusal for every state that cannot be used; the file is then as it was.
        """
        if not require_usable(path):
            _make(path)
        clear_abandoned(path.parent)
        database = cls(path, clock, patience)
        database._connect()
        return database

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

    def now(self) -> datetime:
        """One reading of the clock, in whole seconds: what is stored is what is printed."""
        reading = self.clock()
        if reading.tzinfo is None:
            raise ValueError("the clock must give its offset")
        return reading.replace(microsecond=0)

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
        with told():
            yield self.handle

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One act: an immediate transaction, durable when the block is left, undone when it raises."""
        try:
            handle = self.handle
            with transaction(handle, self.path.parent):
                yield handle
        except ERRORS as error:
            self._distrust(error)
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Several queries that see one state of the book."""
        with told():
            handle = self.handle
            handle.execute_sql("BEGIN")
            try:
                yield handle
            finally:
                _undo(handle)

    def _connect(self) -> None:
        handle = driver.handle(self.path, patience=self._patience)
        self._peewee = handle
        try:
            with told():
                handle.connect()
                _set_pragmas(handle, self._patience)
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
        """Under the write lock: the file is ours and can be written, its version is brought up, its schema is right.

        Returns whether it was brought up: what the steps left free is given back then, if nobody else is writing.
        """
        with transaction(handle, self.path.parent):
            if handle.pragma("application_id") != schema.APPLICATION_ID:
                raise not_ours(self.path)
            # SQLite takes a last page that is cut short as ending in zeros.
            if self.path.stat().st_size < handle.pragma("page_count") * handle.pragma("page_size"):
                raise damaged(self.path, "文件不完整")
            version = handle.pragma("user_version")
            require_version(version)
            if version != schema.VERSION:
                migrate(handle, self.path, version, self.now())
            if schema.schema_of(handle) != schema.expected_schema():
                raise damaged(self.path, "表结构不符")
            return bool(version != schema.VERSION)

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


@contextmanager
def transaction(handle: Any, folder: Path) -> Iterator[None]:
    """An immediate transaction on the book of a folder.

    Not peewee's, which rolls back what SQLite has rolled back by itself after a full disk or an I/O error, and then
    reports that instead of the error.
    """
    take_write_lock(handle, folder)
    try:
        yield
        handle.execute_sql("COMMIT")
    except BaseException:
        _undo(handle)
        raise


def _undo(handle: Any) -> None:
    if not handle.is_closed() and handle.connection().in_transaction:
        with suppress(*ERRORS):
            handle.execute_sql("ROLLBACK")


def _set_pragmas(handle: Any, patience: float) -> None:
    for name, (value, expected) in _PRAGMAS.items():
        handle.pragma(name, value)
        if handle.pragma(name) != expected:
            raise Refusal("book-settings", f"数据库不接受设置 {name}={value}。", "请联系维护人员，换用受支持的版本。")
    if handle.pragma("busy_timeout") != round(patience * 1000):
        raise Refusal("book-settings", "数据库不接受等待时间的设置。", "请联系维护人员，换用受支持的版本。")


def _make(path: Path) -> None:
    """Makes a new book file whole under another name, then gives it its name unless another process was faster."""
    unborn = unfinished(path, "new")
    try:
        with told():
            _write_new(unborn)
        with suppress(FileExistsError):
            _name_without_replacing(unborn, path)
        sync(path.parent)
    except OSError as error:
        raise Refusal("disk-error", f"无法建立台账文件：{path}。", "请检查磁盘空间和文件夹权限后重试。") from error
    finally:
        for left in (unborn, unborn.with_name(unborn.name + "-journal")):
            left.unlink(missing_ok=True)


def _write_new(path: Path) -> None:
    handle = driver.handle(path, driver.MAKE)
    handle.connect()
    try:
        _set_pragmas(handle, handle.timeout)
        with transaction(handle, path.parent):
            schema.create(handle)
            handle.pragma("application_id", schema.APPLICATION_ID)
            handle.pragma("user_version", schema.VERSION)
    finally:
        handle.close()


def _name_without_replacing(old: Path, new: Path) -> None:
    if os.name == "nt":
        old.rename(new)  # refuses an existing name there, unlike elsewhere
    else:
        os.link(old, new)
