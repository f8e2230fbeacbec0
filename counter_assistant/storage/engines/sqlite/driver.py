"""一个 SQLite：随程序带来的同一版，不论系统自己的是哪一版.

Nothing else in the program opens a database file: two SQLite libraries in one process do not know of each other's locks, and
one that closes a file drops those of the other (https://www.sqlite.org/howtocorrupt.html 2.2.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import apsw

from counter_assistant.storage.journal.body_codec import packed, unpacked
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.sealing.book_key import BookKey

# isort: split
from playhouse.apsw_ext import APSWDatabase  # which imports peewee, as storage/orm.py has done by now

ERRORS = (peewee.PeeweeException, apsw.Error, UnicodeError)
"""What goes wrong in a database. Python cannot decode what a damaged file says, nor encode half a character: both are its errors too."""

LIBRARY: str = apsw.sqlite_lib_version()
"""The version of SQLite."""
READ = apsw.SQLITE_OPEN_READONLY
WRITE = apsw.SQLITE_OPEN_READWRITE
MAKE = WRITE | apsw.SQLITE_OPEN_CREATE
PLAIN = b"SQLite format 3\0"
SEALED = bytes.fromhex("1000010120402020")
"""What follows the key's name in the first page of a sealed file: its layout, which is not encrypted."""


class _Sealed(APSWDatabase):  # type: ignore[misc]
    """A file under a key, which must be said before anything is read."""

    def __init__(self, database: str, key: BookKey, **options: Any) -> None:
        self._key = key
        super().__init__(database, **options)

    def _add_conn_hooks(self, conn: Any) -> None:
        _unlock(conn, self._key)
        super()._add_conn_hooks(conn)


def handle(path: Path, flags: int = WRITE, *, patience: float = 5.0, key: BookKey | None = None) -> Any:
    """The peewee database of a file, still to be connected. `patience` is how long, in seconds, a lock is waited for."""
    options = {"flags": flags, "timeout": patience, "thread_safe": False, "autoconnect": False}
    place = str(path.resolve())
    made = _Sealed(place, key, **options) if key else APSWDatabase(place, **options)
    made.register_function(_unpacked, "unpacked", 1)
    made.register_function(packed, "packed", 1)
    return made


def _unpacked(stored: str | bytes) -> str:
    """A content that cannot be read is damage, in SQLite's own words."""
    try:
        return unpacked(stored)
    except ValueError as error:
        raise apsw.exception_for(apsw.SQLITE_CORRUPT) from error


def wait_for_locks(handle: Any, seconds: float) -> None:
    """For how long a lock is waited for from now on; `handle.timeout` says still how long it was when the file was opened."""
    handle.connection().set_busy_timeout(round(seconds * 1000))  # peewee would ask for a statement of it


def in_memory() -> Any:
    """A database that ends with its handle, connected."""
    made = APSWDatabase(":memory:", thread_safe=False)
    made.connect()
    return made


def as_it_lies(path: Path, key: BookKey | None = None) -> Any:
    """A file read without locks, recovery or a look at its journal: another process may be in the middle of a commit."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    made = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    if key:
        _unlock(made, key)
    return made


def first_bytes(path: Path) -> tuple[bytes, bool]:
    """The first sixteen bytes of a file, and whether those after them are a sealed book's; none where it cannot be read.

    Read through SQLite, which keeps the locks of this process when it closes the file.
    """
    try:
        file = apsw.VFSFile("", str(path.resolve()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0])
        try:
            seen = file.xRead(24, 0)
        finally:
            file.xClose()
    except ERRORS:
        return b"", False
    return seen[:16], seen[16:] == SEALED


def sealed_copy(source: Path, made: Path, key: BookKey, old_key: BookKey | None = None) -> None:
    """Writes the committed state of a file, which is unsealed or under its old key, into a new one under a key; nothing
    unsealed is written on the way."""
    with closing(apsw.Connection(source.resolve().as_uri(), flags=WRITE | apsw.SQLITE_OPEN_URI)) as old:
        if old_key:
            _unlock(old, old_key)
        old.pragma("temp_store", "MEMORY")
        old.execute("VACUUM INTO ?", (f"{made.resolve().as_uri()}?cipher=chacha20&key={_raw(key)}",))


def copy(source: Path, made: Any, key: BookKey | None = None) -> None:
    """Copies the committed state of a file into an open, empty database under the same key."""
    old = apsw.Connection(str(source.resolve()), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        if key:
            _unlock(old, key)
        with made.connection().backup("main", old, "main") as backup:
            backup.step(-1)
    finally:
        old.close()


class FileAsItLies:
    """The bytes of a database file, without a key and without a connection; taken under the locks of the library, so that this
    process keeps those that it has."""

    def __init__(self, path: Path) -> None:
        self._file = apsw.VFSFile("", str(path.resolve()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0])

    def lock(self) -> bool:
        """Whether nobody writes into the file until `unlock`; False while somebody is doing so."""
        try:
            self._file.xLock(apsw.SQLITE_LOCK_SHARED)
        except apsw.BusyError:
            return False
        return True

    def unlock(self) -> None:
        """Lets others write."""
        self._file.xUnlock(apsw.SQLITE_LOCK_NONE)

    def is_reserved(self) -> bool:
        """Whether somebody is in the middle of an act, of which nothing is in the file yet."""
        return bool(self._file.xCheckReservedLock())

    def size(self) -> int:
        """In bytes."""
        return int(self._file.xFileSize())

    def read(self, amount: int, offset: int) -> bytes:
        """So many bytes from a place on, all of which are there."""
        return bytes(self._file.xRead(amount, offset))

    def close(self) -> None:
        """Lets the file go."""
        self._file.xClose()


@contextmanager
def broken_off(handle: Any, wanted: Callable[[], bool]) -> Iterator[None]:
    """Ends what a handle is asked with the error INTERRUPT, as soon as `wanted` says so; that is asked every few dozen pages."""
    handle.connection().set_progress_handler(wanted, _STEPS)
    try:
        yield
    finally:
        handle.connection().set_progress_handler(None)


_STEPS = 2000


def _unlock(connection: Any, key: BookKey) -> None:
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", _raw(key))


def _raw(key: BookKey) -> str:
    """The key itself, which costs no derivation, and the bytes that the file begins with."""
    return f"raw:{key.secret.hex()}{key.name.hex()}"


def error_name(error: BaseException) -> str:
    """What SQLite calls an error exactly, such as SQLITE_IOERR_READ; empty where it is none of its."""
    if not isinstance(error, apsw.Error):
        return ""
    exact, plain = getattr(error, "extendedresult", -1), getattr(error, "result", -1)
    return str(apsw.mapping_extended_result_codes.get(exact) or apsw.mapping_result_codes.get(plain, ""))


def is_disk_error(code: int) -> bool:
    """Whether a code of SQLite is that of an error of the disk."""
    return code & 0xFF == apsw.SQLITE_IOERR


def disk_error() -> Exception:
    """The error that reading raises where the disk does not give a page."""
    return apsw.exception_for(apsw.SQLITE_IOERR_READ)
