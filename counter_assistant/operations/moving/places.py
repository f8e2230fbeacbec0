"""台账搬到哪里：一台服务器上的一本，或者这台电脑上的文件；先在旁边做好，最后才换上、才改记在哪里。"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_free_name, reason_of, sync, unfinished
from counter_assistant.operations.book_opening import hall_driver_missing, system_clock
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_books import sealed_stays
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage import drafts
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.engines.sqlite.switching import name_to_keep, require_replaceable, switching
from counter_assistant.storage.journal import entries
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.server.book_place import BookPlace, note_book_place, read_book_place

if TYPE_CHECKING:
    from counter_assistant.storage.engines.postgres.server import Address

ARRIVING = "book-arriving.db"
"""What the file is called beside the PC's own in which a book arrives; it stays until all of it is there."""


def words_of(place: BookPlace, folder: Path) -> str:
    """How a book names the place where it lies that a PC with a data folder works with: an address without user and password, or the PC's own
    file and the name of the PC."""
    if not place.on_server:
        return f"{platform.node()} 上的 {(folder / BOOK_NAME).resolve()}"
    from counter_assistant.storage.engines.postgres.server import without_user

    return without_user(place.address)


class Target(Protocol):
    """Where a book goes to."""

    @property
    def words(self) -> str:
        """How the book names the place."""

    def opened(self, book: str) -> AbstractContextManager[Engine]:
        """What is there of a book, given by its unique name, with all rights; made where nothing is.

        Raises:
            Refusal: `move-other-book`; what making and opening it refuse.
        """

    def settle(self, there: Engine) -> None:
        """Puts what has arrived in its place, and notes that this PC works with it from the next opening on."""


class OnServer:
    """A book on a server, at the address of whoever looks after it. Where none is, it is made with its roles; one in which nothing was
    done since it was made gives way."""

    def __init__(self, office: Office, text: str, clock: Now | None = None) -> None:
        """The server's clock dates the arrival, unless another one is given.

        Raises:
            Refusal: `hall-driver`, `hall-sealed`; what `Address.read` refuses.
        """
        try:
            from counter_assistant.storage.engines.postgres.server import Address
        except ImportError as error:
            raise hall_driver_missing() from error
        if office.sealed:
            raise sealed_stays()
        self._address: Address = Address.read(text)
        self._folder, self.words = office.folder, words_of(BookPlace(text), office.folder)
        self._clock = clock

    @contextmanager
    def opened(self, book: str) -> Iterator[Engine]:
        """The book with the rights of its owner, whom nobody logs in as."""
        from counter_assistant.storage.engines.postgres.preparing import entries_of, prepare, vacate

        prepare(self._address)
        if entries_of(self._address) == 1 and self._name() != book:
            vacate(self._address)
            prepare(self._address)
        with closing(self._owned()) as database:
            refuse_another(database, book)
            yield database

    def _name(self) -> str:
        with closing(self._owned()) as database, database.query() as handle:
            return book_name(handle)

    def _owned(self) -> Engine:
        from counter_assistant.storage.engines.postgres.database import Database as Hall

        return Hall.open(self._address.as_role(f"{self._address.schema}_owner"), None, self._clock)

    def settle(self, there: Engine) -> None:
        """Notes the address, without whoever looked after the move."""
        note_book_place(self._folder, replace(read_book_place(self._folder), address=self.words))


class InFile:
    """This PC's own file. The book arrives in another one beside it, which begins with what the own file has of it, and takes its place
    when all is there; the drafts go along."""

    def __init__(self, office: Office, path: Path, clock: Now = system_clock) -> None:
        """`clock` dates the arrival.

        Raises:
            Refusal: `move-elsewhere` (it is not this PC's own), `book-not-plain`, `hall-sealed`.
        """
        self._own, self._office, self._clock = office.folder / BOOK_NAME, office, clock
        if path.resolve() not in {self._own.resolve(), office.folder.resolve()}:
            raise Refusal(
                "move-elsewhere", "台账只能搬到这台电脑自己的文件里。",
                f"请写 --to {self._own}；要放到另一台电脑上的，请在那一台上办。",
            )  # fmt: skip
        require_replaceable(self._own)
        if Database.needs_key(self._own):
            raise sealed_stays()
        self._arriving = self._own.with_name(ARRIVING)
        self.words = words_of(BookPlace(), office.folder)

    @contextmanager
    def opened(self, book: str) -> Iterator[Engine]:
        """The file beside; the own one where what arrived has its name already."""
        own = self._office.database.desk
        found, seq, left = _state_of(own)
        if found == book and not left:
            yield own
            return
        if found not in {"", book} and seq > 1:
            raise another_book()
        try:
            self._begin(None if found not in {"", book} else self._own)
        except OSError as error:
            raise _unsaved(error) from error
        with closing(Database.open(self._arriving, self._clock)) as database:
            refuse_another(database, book)
            yield database

    def _begin(self, first: Path | None) -> None:
        """Begins the file with a copy of another one, else with nothing, unless it was begun."""
        if self._arriving.exists():
            return
        unborn = unfinished(self._arriving, "new")
        try:
            make_from(first, unborn, None, None)
            sync(unborn)
            give_free_name(unborn, self._arriving)
        finally:
            for left in (unborn, unborn.with_name(f"{unborn.name}-journal")):
                left.unlink(missing_ok=True)

    def settle(self, there: Engine) -> None:
        """What the own file had is in the new one, to the letter, but for what was erased since: it is not kept."""
        own = self._office.database.desk
        try:
            if there is not own:
                self._switch(own, there)
        except OSError as error:
            raise _unsaved(error) from error
        folder = self._office.folder
        note_book_place(folder, replace(read_book_place(folder), address=""))

    def _switch(self, own: Engine, there: Engine) -> None:
        with own.query() as desk, there.writing() as handle:
            drafts.carry(desk, handle)
        there.close()
        sync(self._arriving)
        kept = name_to_keep(self._own, self._clock())
        for _ in switching(self._arriving, self._own, kept, own.let_go):
            pass
        for left in (kept, self._arriving.with_name(f"{ARRIVING}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _state_of(database: Engine) -> tuple[str, int, bool]:
    """The name of a book, the number of its last entry, and whether it has left."""
    with database.query() as handle:
        return book_name(handle), entries.head(handle)[0], entries.left_for(handle) is not None


def refuse_another(database: Engine, book: str) -> None:
    """Asks whether a place holds nothing but what there is of a book.

    Raises:
        Refusal: `move-other-book`.
    """
    if _state_of(database)[0] not in {"", book}:
        raise another_book()


def another_book() -> Refusal:
    """The refusal for a place that is taken."""
    return Refusal(
        "move-other-book",
        "那里已经有另一本台账。",
        "没有搬，两本都没有动。请另写一个地方（地址里另写一个 schema），再办一次。",
    )


def _unsaved(error: OSError) -> Refusal:
    return Refusal(
        "move-unsaved",
        f"没有搬完：数据文件夹写不进去（{reason_of(error)}）。",
        "请检查磁盘空间和权限，再办一次，会接着搬。",
    )
