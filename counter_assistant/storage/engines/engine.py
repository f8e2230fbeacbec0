"""数据库引擎：storage 其余各处对一个打开的台账所知道的全部。

The book, its views and the drafts speak peewee that any engine understands. What only one can do is a package beside this
module, and an engine more is a package more: opening, locking and durability, the schema and its steps, its own errors.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.sealing.book_key import BookKey

LOCKED = "book-locked"
"""The code of the refusal that says that another program holds the book, which is no fault of it."""
DISK = "disk-error"
"""The code of the refusal that says that the disk does not give the book, which is no fault of it either."""
DISK_DONE = "disk-error-done"
"""The code of the refusal that says that the disk gave an error, and that the act is in the book all the same."""
UNSURE = "hall-unsure"
"""The code of the refusal that says that nobody knows yet whether the act is in the book."""
NOTHING_HAPPENED = "本次操作没有生效，未出具任何文书，草稿仍在。"
"""What every refusal says first that is certain of it."""
NUMBERS = "archive", "number"
"""The table and the column in which each number of a paper is once."""


def number_taken() -> Refusal:
    """The refusal for a paper whose number another one has, which the column of numbers does not take."""
    return Refusal("number-taken", "接下来的编号已经用过。", f"{NOTHING_HAPPENED}请检查安装点简称和编号设置。")


class JsonKeys(NamedTuple):
    """The values of two keys or more of a JSON text, as the text of one JSON list; null for a key that is not there.
    A dot leads to a key inside."""

    keys: tuple[str, ...]


class JsonAt(NamedTuple):
    """What lies at a path of a JSON text, as JSON text, but for one of its keys; None where nothing does."""

    path: tuple[str, ...]
    but: str = ""


class JsonParts(NamedTuple):
    """Parts of a JSON text: the columns to be selected, and what reads the parts out of what they held, in their order."""

    columns: tuple[Any, ...]
    read: Callable[[tuple[Any, ...]], tuple[str | None, ...]]


class Beside(NamedTuple):
    """Another window at which something is open that is open here too: what it is called, empty where it does not say, and the staff
    number of the clerk whose user works there, empty where it is no clerk's."""

    window: str
    who: str = ""


class Engine(Protocol):
    """One open book, used by one thread. A handle is the peewee database that queries are executed on."""

    key: BookKey | None
    """That of a sealed book; None of one that anybody can read."""
    barred: Refusal | None
    """Why nothing may be written; None where it may."""
    shared: bool
    """Whether other PCs work with it too, because it lies on a server. Whoever runs that keeps it and makes its copies, and makes its
    views anew where another program version wants that; of one that lies on this PC whoever opens it does."""
    offline: bool
    """Whether it takes the place of a book on a server that is away."""
    waiting: Callable[[float], object]
    """Called while an answer to whoever reads or writes is waited for, every tenth of a second, with for how many seconds; with 0 once it came. The book
    refuses whatever is asked of it from there."""
    clock: Now
    """A quick reading of the clock that dates the entries, as for each key; `now` is what an entry bears."""

    @property
    def desk(self) -> Engine:
        """In which drafts lie: this one, or that of this PC where the book lies elsewhere."""

    @property
    def heard(self) -> int:
        """The number of the last entry of a book that others write into as well, as far as is known without asking; 0 of any other."""

    def attend(self, marks: frozenset[int], window: str) -> None:
        """Has the other windows of a shared book know, until the next time, that what these marks stand for is open at this one, which is
        called so. Nothing is written, nobody is kept from anything, and nothing is waited for."""

    @property
    def beside(self) -> tuple[Beside, ...]:
        """At which other windows one of the marks that are attended to here is open as well, as far as is known without asking."""

    @property
    def silent(self) -> float:
        """For how many seconds whoever holds the book has not answered, as far as is known without asking: a server; the disk is asked each
        time, and 0 is said of it."""

    @property
    def closed(self) -> bool:
        """Whether the book was closed for good."""

    @property
    def handle(self) -> Any:
        """The handle, for a query whose errors the caller tells by `refusal_of`."""

    @property
    def digest_secret(self) -> bytes:
        """Under what digests of people's numbers are made, so that only who can open the book can make them; empty for a book
        that anybody can open."""

    def others(self) -> int:
        """How many connections other windows have to the book, as far as whoever holds it can tell; of a file nobody can."""

    def query(self) -> AbstractContextManager[Any]:
        """The handle for queries that need not see one state of the book; an error becomes its Refusal."""

    def reading(self) -> AbstractContextManager[Any]:
        """The handle for several queries that see one state of the book; an error becomes its Refusal."""

    def writing(self) -> AbstractContextManager[Any]:
        """The handle for one act, alone in writing: durable when the block is left, undone when it raises."""

    def together(self, handle: Any) -> AbstractContextManager[None]:
        """Lets what is written in an act travel together, where each statement would wait for the answer to the one before. What is
        asked is answered at once; what goes wrong may be said later, by the end of the block at the latest."""

    def alone(self) -> AbstractContextManager[None]:
        """Keeps every other window from writing until the end; nothing is written here."""

    def settle(self) -> None:
        """Waits until all that was read here is kept for good: with standbys what is read may still be on its way to them.

        Raises:
            Refusal: `hall-unsure`.
        """

    def require_writable(self) -> None:
        """Asks whether anything may be written.

        Raises:
            Refusal: that for which the book is only read.
        """

    def sealing(self, key: BookKey, write_keys: Callable[[Engine], None]) -> Generator[str, None, None]:
        """Seals the book under a key, and says what is done after each step; the book is open as before at the end.

        `write_keys` is given the sealed book before it takes the place of the other: the act is noted in it, and the keys
        are written beside it. Where that raises, the book is as it was.
        """

    def now(self) -> datetime:
        """One reading of the clock that dates the entries, in whole seconds with its offset."""

    def refusal_of(self, error: BaseException) -> Refusal | None:
        """What an error of the database says in words; None where it is the program's own fault."""

    def damaged(self, detail: str) -> Refusal:
        """The refusal for a book that is ours but cannot be trusted, naming it."""

    def problems(self) -> Iterator[str]:
        """Sentences about what is wrong below the entries: pages, references, schema."""

    def write_anew(self) -> bool:
        """Writes all that is stored anew, so that nothing of what was erased is left; False where that is too much to be held."""

    def read_anew(self) -> None:
        """Has what is read next come from the disk and not from memory.

        Raises:
            Refusal: the disk does not give it.
        """

    def contains(self, text: Any, part: str) -> Any:
        """The condition that a text holds a part, where no sign of the part means anything else."""

    def json_parts(self, body: Any, *wanted: JsonKeys | JsonAt) -> JsonParts:
        """How parts of a JSON text are got, a body as it is stored or a plain text."""

    def let_go(self) -> None:
        """Closes this PC's own file, because another one takes its place, and opens it for nobody before `take_up`."""

    def take_up(self) -> None:
        """Nothing came of it: the file is opened again when it is next used."""

    def close(self) -> None:
        """Closes the book. Closing twice is no mistake."""
