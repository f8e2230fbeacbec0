"""换上恢复的台账：原来的文件另有一个名字留着，新的一改名就换上；中途停电，总有一本打得开."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from datetime import datetime, tzinfo
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, give_second_name, read_plain, sync, write_atomic
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS
from counter_assistant.storage.sealing.ring_file import (
    CHANGED,
    LARGEST,
    NEXT,
    is_changing,
    opens,
    settle,
)

REPLACED = "book-replaced-*.db"
"""What the old files of a book are called that are kept beside it."""


def kept_since(path: Path, zone: tzinfo | None) -> datetime | None:
    """When an old file of a book was kept, as its name says in the time of its PC; None where it does not."""
    with suppress(ValueError):
        stamp = path.name.removeprefix("book-replaced-")[:15]
        return datetime.strptime(stamp, "%Y%m%d-%H%M%S").replace(tzinfo=zone)
    return None


def name_to_keep(book: Path, now: datetime) -> Path:
    """The name under which the old file of a book stays beside it."""
    name = f"{book.stem}-replaced-{now:%Y%m%d-%H%M%S}"
    names = (name, *(f"{name}-{n}" for n in range(2, 1000)))
    return next(path for path in (book.with_name(f"{each}{book.suffix}") for each in names) if not path.exists())


def require_replaceable(book: Path) -> None:
    """Asks whether what has the name of the book, if anything, is a file of its own.

    Raises:
        Refusal: `book-not-plain`.
    """
    if book.is_symlink() or (book.exists() and not book.is_file()):
        raise Refusal("book-not-plain", f"{book.name} 不是普通文件，不能换上。", "请管理员查明后移走它，再恢复。")


def put_keys_ready(folder: Path, keys: Path, book: bytes) -> None:
    """Puts the keys of the book that is to come, which begins with these bytes, beside the one that is there, under the name of those to come;
    of changed ones, where those of the book that is there open both: which of the two it then is, it says itself.

    Raises:
        OSError: the system refuses it.
    """
    write_atomic(folder / (CHANGED if opens(folder / KEYS, book) else NEXT), read_plain(keys, LARGEST), 0o600)


def give_keys_name(folder: Path, book: bytes, *, ready: bool) -> None:
    """Gives keys their name that were put `ready`, once the book that begins with these bytes is there; beside one that is not sealed, and begins
    with none, lie no keys.

    Raises:
        OSError: the system refuses it.
    """
    if not book:
        (folder / KEYS).unlink(missing_ok=True)
        return
    settle(folder, book)
    if ready and is_changing(folder):
        give_name(folder / CHANGED, folder / KEYS)


def seal_kept(book: Path, kept: Path, key: BookKey) -> None:
    """Keeps what anybody can read of an old book sealed under a key, and has the next opening overwrite the plain file.

    Raises:
        OSError: the system refuses it.
        Refusal: what `make_from` refuses.
    """
    make_from(book, kept, None, key)
    sync(kept)
    going = book.with_name(f".{book.name}.replaced.wiping")
    going.unlink(missing_ok=True)
    give_second_name(book, going)


def switching(made: Path, book: Path, kept: Path, release: Callable[[], None]) -> Generator[str, None, None]:
    """Gives a finished file the name of the book, and says what is done after each step; what had the name stays as `kept`, its keys
    beside it. `release` closes the old book where no open file can be replaced.

    Raises:
        OSError: the system refuses it. Until the step that switches, the book is as it was.
    """
    if book.exists() and not kept.exists():
        give_second_name(book, kept)
    keys = book.with_name(KEYS)
    if book.exists() and keys.is_file():
        write_atomic(kept.with_suffix(".keys"), read_plain(keys, LARGEST), 0o600)
    sync(book.parent)
    yield "kept"
    if os.name == "nt":
        release()
    hot = book.with_name(f"{book.name}-journal")
    if hot.is_file() and hot.stat().st_size:
        give_name(hot, kept.with_name(f"{kept.name}-journal"))  # else it would be played back into the new file
    give_name(made, book)
    yield "switched"


def numbers_as_they_lie(book: Path, key: BookKey | None) -> dict[str, int] | None:
    """How far each series of numbers was in a file that may be damaged; None where it does not even tell that."""
    with suppress(*driver.ERRORS, OSError, ValueError), closing(driver.as_it_lies(book, key)) as opened:
        rows = opened.execute('SELECT "series", "last" FROM "counter"').fetchall()
        return {series: last for series, last in rows if isinstance(series, str) and isinstance(last, int)}
    return None
