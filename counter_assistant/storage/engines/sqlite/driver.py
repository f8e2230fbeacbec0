"""一个 SQLite：随程序带来的同一版，不论系统自己的是哪一版.

Nothing else in the program opens a database file: two SQLite libraries in one process do not know of each other's locks, and
one that closes a file drops those of the other (https://www.sqlite.org/howtocorrupt.html 2.2.1).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from counter_assistant.storage.journal.body_codec import packed, unpacked

ERRORS = (peewee.PeeweeException, apsw.Error, UnicodeError)
"""What goes wrong in a database. Python cannot decode what a damaged file says, nor encode half a character: both are its errors too."""

WRITE = apsw.SQLITE_OPEN_READWRITE
MAKE = WRITE | apsw.SQLITE_OPEN_CREATE


def handle(path: Path, flags: int = WRITE, *, patience: float = 5.0) -> Any:
    """The peewee database of a file, still to be connected. `patience` is how long, in seconds, a lock is waited for."""
    made = APSWDatabase(str(path.resolve()), flags=flags, timeout=patience, thread_safe=False, autoconnect=False)
    made.register_function(_unpacked, "unpacked", 1)
    made.register_function(packed, "packed", 1)
    return made


def _unpacked(stored: str | bytes) -> str:
    """A content that cannot be read is damage, in SQLite's own words."""
    try:
        return unpacked(stored)
    except ValueError as error:
        raise apsw.exception_for(apsw.SQLITE_CORRUPT) from error


def in_memory() -> Any:
    """A database that ends with its handle, connected."""
    made = APSWDatabase(":memory:", thread_safe=False)
    made.connect()
    return made


def as_it_lies(path: Path) -> Any:
    """A file read without locks, recovery or a look at its journal: another process may be in the middle of a commit."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def copy(source: Path, made: Any) -> None:
    """Copies the committed state of a file into an open, empty database."""
    old = apsw.Connection(str(source.resolve()), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        with made.connection().backup("main", old, "main") as backup:
            backup.step(-1)
    finally:
        old.close()


def error_name(error: BaseException) -> str:
    """What SQLite calls an error, such as SQLITE_BUSY; empty where it is none of its."""
    return str(apsw.mapping_result_codes.get(getattr(error, "result", -1), "")) if isinstance(error, apsw.Error) else ""
