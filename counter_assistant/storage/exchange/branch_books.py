"""中心的数据文件夹里各网点的台账：一本一个文件，各自原样，从不拼在一起；分叉的另成一个文件，从第一条起.

The name of a file is that of the book, 32 hex digits that were asked for as such, and of a strand that parted from another the first digits of
the first entry that differs. Nothing else that a branch says has part in a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from itertools import chain as joined
from itertools import islice
from pathlib import Path

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.exchange.strand import Strand
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import clear_abandoned, give_free_name, make_folder, reason_of, sync, unfinished
from counter_assistant.storage import ciphers
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.exchange.kept_secret import kept_secret, write_secret
from counter_assistant.storage.exchange.progress import Heard, unheard
from counter_assistant.storage.exchange.taking_in import take_in
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.sealing.book_key import BookKey

FOLDER = "branches"
KEY = "branches.key"
"""What the key of these books is called in their folder; it lies there under the key of the centre's own book (kept_secret.py)."""
WAITING = "waiting"
_NAME = re.compile(r"([0-9a-f]{32})(?:-[0-9a-f]{12})?")
_OF_BOOK = 32
_BATCH = 500


def book_of(name: str) -> str:
    """The unique name of the book that a strand is of, by the strand's name."""
    return name[:_OF_BOOK]


class BranchBooks:
    """The books of the branches in a data folder, under the `key` of the centre's own book; `clock` dates nothing in them."""

    def __init__(self, folder: Path, key: BookKey | None, clock: Now) -> None:
        self.folder, self._own, self._clock = folder / FOLDER, key, clock

    @property
    def waiting(self) -> Path:
        """Where bundles lie that wait for what comes before them."""
        return self.folder / WAITING

    def prepare(self) -> None:
        """Makes the folder, and the key of the books in it, where they are missing.

        Raises:
            Refusal: `branches-unusable` (the folder cannot be made or read), `branches-key-lost`; what `kept_secret` refuses.
        """
        try:
            make_folder(self.waiting, 0o700)
        except OSError as error:
            raise Refusal(
                "branches-unusable", f"网点台账的文件夹建不起来：{reason_of(error)}。", "请检查磁盘空间和权限。"
            ) from error
        clear_abandoned(self.waiting)
        if self._own and not self.names() and kept_secret(self.folder / KEY, self._own) is None:
            write_secret(self.folder / KEY, self._own, ciphers.random_bytes(ciphers.KEY_SIZE))

    def names(self, book: str = "") -> list[str]:
        """The names of the strands that are there, those of one book where it is named.

        Raises:
            Refusal: `branches-unusable`, where the disk does not say.
        """
        try:
            found = [_NAME.fullmatch(path.stem) for path in self.folder.glob("*.db")]
        except OSError as error:
            raise Refusal(
                "branches-unusable", f"网点台账的文件夹读不出来：{reason_of(error)}。", "请检查磁盘和权限，再来一次。"
            ) from error
        return sorted(each[0] for each in found if each and book in ("", each[1]))

    def path(self, name: str) -> Path:
        """Where the book of a strand lies."""
        return self.folder / f"{name}.db"

    @contextmanager
    def opened(self, name: str) -> Iterator[Book]:
        """The book of a strand.

        Raises:
            Refusal: what `opened_at` refuses.
        """
        with self.opened_at(self.path(name)) as book:
            yield book

    @contextmanager
    def opened_at(self, path: Path) -> Iterator[Book]:
        """The book in a file that lies somewhere else, such as a copy of one.

        Raises:
            Refusal: what `key`, `Database.open` and `Book.open` refuse.
        """
        with closing(Database.open(path, self._clock, key=self.key())) as database:
            yield Book.open(database, "")

    @contextmanager
    def opened_strands(self, book: str = "") -> Iterator[list[tuple[Strand, Book]]]:
        """The strands that are there, those of one book where it is named, each with its book, open as long as they are looked at.

        Raises:
            Refusal: what `opened` refuses.
        """
        with ExitStack() as lasting:
            found = []
            for name in self.names(book):
                opened = lasting.enter_context(self.opened(name))
                found.append((Strand(name, book_of(name), opened.head()[0], partial(hash_at, opened.database)), opened))
            yield found

    @contextmanager
    def strands(self, book: str = "") -> Iterator[list[Strand]]:
        """The strands alone.

        Raises:
            Refusal: what `opened` refuses.
        """
        with self.opened_strands(book) as found:
            yield [strand for strand, _ in found]

    def grow(self, name: str, after: int, lines: Iterable[Line], heard: Heard = unheard) -> None:
        """Adds to a strand, in one transaction, the entries that follow its last one, which has number `after`.

        Raises:
            Refusal: what `take_in` and the engine refuse; nothing has changed then.
        """
        with self.opened(name) as book:
            take_in(book.database, after, lines, heard)

    def begin(self, book: str, lines: Iterable[Line], heard: Heard = unheard) -> None:
        """Makes the first strand of a book, whose unique name it gets.

        Raises:
            Refusal: `branches-unusable`, what `take_in` and `make_from` refuse; nothing is there then.
        """
        self._make(book, lines, heard)

    def part(self, strand: Strand, first: str, after: int, lines: Iterable[Line], heard: Heard = unheard) -> None:
        """Makes a strand that parts from another one: what comes up to number `after` is that one's, what follows is given by `lines`.
        `first` is the hash of the first entry that differs, in hex.

        Raises:
            Refusal: `branches-unusable`, what `take_in` and `make_from` refuse; nothing is there then.
        """
        with self.opened(strand.name) as book:
            self._make(f"{strand.book}-{first[:12]}", joined(islice(_of(book.database), after), lines), heard)

    def _make(self, name: str, lines: Iterable[Line], heard: Heard) -> None:
        made, unborn = self.path(name), unfinished(self.folder / name, "new")
        try:
            make_from(None, unborn, None, self.key())
            with closing(Database.open(unborn, self._clock, key=self.key())) as database:
                take_in(database, 0, lines, heard)
            sync(unborn)
            give_free_name(unborn, made)
            sync(self.folder)
        except OSError as error:
            raise Refusal(
                "branches-unusable", f"网点的台账写不进 {self.folder}：{reason_of(error)}。", "请检查磁盘空间和权限。"
            ) from error
        finally:
            for left in self.folder.glob(f"{unborn.name}*"):
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def key(self) -> BookKey | None:
        """Under which key the books lie: none where the centre's own book is not sealed.

        Raises:
            Refusal: `branches-key-lost`; what `kept_secret` refuses.
        """
        if self._own is None:
            return None
        secret = kept_secret(self.folder / KEY, self._own)
        if secret is None:
            raise Refusal(
                "branches-key-lost", f"{KEY} 不在，或者不是现在这把钥匙封的，网点的台账打不开。",
                f"请从备份里把 {FOLDER} 文件夹拷回来；没有的，把它改名留存，请各网点从第一条起重新送一份。",
            )  # fmt: skip
        return BookKey(secret)


def _of(database: Engine) -> Iterator[Line]:
    """Every entry of a book as it is stored."""
    after = 0
    while True:
        with database.query() as handle:
            batch = lines_after(handle, after, _BATCH)
        if not batch:
            return
        yield from batch
        after = batch[-1].seq
