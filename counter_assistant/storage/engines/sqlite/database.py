"""台账文件：打开、建立、一次操作一个事务。

Settings, each read back: `journal_mode=TRUNCATE` with `synchronous=FULL` lost nothing in real power cuts and holds on
Windows too; `secure_delete` makes erased data leave the file. See docs/decisions/0004-the-book.md.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Self

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import clear_abandoned
from counter_assistant.storage.engines.engine import Beside, Engine, JsonAt, JsonKeys, JsonParts
from counter_assistant.storage.engines.sqlite.book_file import PATIENCE, BookFile
from counter_assistant.storage.engines.sqlite.connection import transaction, undo
from counter_assistant.storage.engines.sqlite.driver import ERRORS
from counter_assistant.storage.engines.sqlite.errors import (
    DAMAGED,
    damaged,
    refusal_of,
    told,
    unreadable,
)
from counter_assistant.storage.engines.sqlite.file_state import (
    is_under,
    name_of,
    needs_key,
    require_readable,
    require_usable,
)
from counter_assistant.storage.engines.sqlite.new_file import make
from counter_assistant.storage.engines.sqlite.pages import Others, head_of, page_problems, write_anew
from counter_assistant.storage.engines.sqlite.sealing import clear_unsealed, sealing_steps
from counter_assistant.storage.engines.sqlite.write_lock import take_write_lock
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.sealing.book_key import BookKey

_MAY_PASS = frozenset((DAMAGED, "disk-error", "book-not-ours"))
"""Why a book does not open that a disk may give when it is asked again."""


class Database(BookFile, Engine):
    """An open book file, which several processes may have open. See `BookFile` for what it is made of."""

    shared = offline = False
    waiting: Callable[[float], object] = staticmethod(lambda _seconds: None)  # nobody is waited for
    _desk: Engine | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Now,
        *,
        patience: float = PATIENCE,
        key: BookKey | None = None,
        barred: Refusal | None = None,
    ) -> Self:
        """Opens the book at `path`, making it where there is none, unless there is a `key` to it. Where a reason is given why it
        is `barred` it is only read: no byte is written, and each act is refused with that. Raises Refusal for every state that
        cannot be used; the file is then as it was.
        """
        try:
            return cls._opened(path, clock, patience, key, barred)
        except Refusal as refusal:
            if refusal.code not in _MAY_PASS:
                raise
        return cls._opened(path, clock, patience, key, barred)

    @classmethod
    def _opened(cls, path: Path, clock: Now, patience: float, key: BookKey | None, barred: Refusal | None) -> Self:
        try:
            if barred:
                require_readable(path, key)
            elif not require_usable(path, key):
                make(path)
        except OSError as error:
            raise unreadable(path, error) from error
        if not barred:
            clear_abandoned(path.parent)
        database = cls(path, clock, patience, key)
        database.barred = barred
        database._connect()
        if not barred:
            clear_unsealed(database.handle, path, sealed=key is not None)
        return database

    def sealing(self, key: BookKey, write_keys: Callable[[Engine], None]) -> Generator[str, None, None]:
        """Seals the book under a key, or under another one, step by step; `sealing.py` says what they are. It is open as before
        at the end.

        `write_keys` is given the sealed file before it takes the name.

        Raises:
            Refusal: `offline-not-sealed`; what `sealing_steps` and opening refuse. Until the step that switches, the book is as it was.
        """
        self.require_writable()
        if self.offline:
            raise Refusal(
                "offline-not-sealed", "离线出具用的台账不密封，否则连上以后送不回服务器。",
                "要防这台电脑被人拿走的，请管理员加密它的磁盘。",
            )  # fmt: skip
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

    def settle(self) -> None:
        """What can be read of a file is kept."""

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

    @staticmethod
    def contains(text: Any, part: str) -> Any:
        """The condition that a text holds a part as it stands; LIKE would take % and _ for more, and letters of any case."""
        return peewee.fn.INSTR(text, part) > 0

    @staticmethod
    def json_parts(body: Any, *wanted: JsonKeys | JsonAt) -> JsonParts:
        """The parts are taken out by SQLite, before anything is parsed."""
        return JsonParts(tuple(_part(body, one) for one in wanted), tuple)

    @staticmethod
    def together(_handle: Any) -> AbstractContextManager[None]:
        """Nothing travels."""
        return nullcontext()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def with_desk(self, desk: Engine) -> Self:
        """The same in the place of a hall's book whose server is away: its drafts lie in `desk`, as those of the hall do, which is closed
        with it."""
        self._desk, self.offline = desk, True
        return self

    @property
    def desk(self) -> Engine:
        """Drafts lie in the file itself; offline where those of the hall do."""
        return self._desk or self

    def close(self) -> None:
        """Closes the file, and that of its drafts."""
        super().close()
        if self._desk:
            self._desk.close()

    @property
    def heard(self) -> int:
        """0: who writes into a file asks for what is new."""
        return 0

    @staticmethod
    def others() -> int:
        """Nobody can tell."""
        return 0

    def attend(self, marks: frozenset[int], window: str) -> None:
        """Nobody else works with a file."""

    @property
    def beside(self) -> tuple[Beside, ...]:
        """Nobody else does."""
        return ()

    @property
    def silent(self) -> float:
        """0: the disk is asked each time."""
        return 0.0

    @property
    def digest_secret(self) -> bytes:
        """Derived from the key of a sealed book."""
        return self.key.of_digests if self.key else b""

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
        return page_problems(self.handle, Others(self.path))

    def write_anew(self) -> bool:
        """The file, page by page, with nothing between what is stored; see `pages.write_anew`.

        Raises:
            Refusal: `book-locked`: another window works with it.
        """
        self.require_writable()
        with self._told():
            return write_anew(self.handle)

    @contextmanager
    def query(self) -> Iterator[Any]:
        """Each query by itself."""
        with self._told():
            yield self.handle

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One act: an immediate transaction, durable when the block is left, undone when it raises."""
        self.require_writable()
        made = None
        with self._told(lambda: made):
            handle = self.handle
            with transaction(handle, self.path.parent):
                self._require_same()
                began = head_of(handle)
                yield handle
                made = head if (head := head_of(handle)) != began else None
        self._head = made or self._head

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


def _part(body: Any, wanted: JsonKeys | JsonAt) -> Any:
    if isinstance(wanted, JsonKeys):
        return peewee.fn.json_extract(peewee.fn.unpacked(body), *(f"$.{key}" for key in wanted.keys))
    found = peewee.fn.json_extract(peewee.fn.unpacked(body), f"$.{'.'.join(wanted.path)}")
    return peewee.fn.json_remove(found, f"$.{wanted.but}") if wanted.but else found
