"""服务器上的台账，由服务器的管理员建立和看护：建好角色和结构，让经办人登录，核对，重建各视图。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.book_opening import hall_driver_missing, system_clock
from counter_assistant.operations.office import UNNAMED
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database

if TYPE_CHECKING:
    from counter_assistant.storage.engines.postgres.server import Address

SHORTEST = 8
"""The fewest characters of a password on a server, which anybody on the line may try."""


def prepare_server(address: str) -> int:
    """Makes a book on a server, with its roles, or gives those of one that is there their rights anew. Returns how many entries it has.

    Raises:
        Refusal: `hall-driver`; what `Address.read`, `prepare` and `Book.open` refuse.
    """
    read = _read(address)
    from counter_assistant.storage.engines.postgres.preparing import prepare

    prepare(read)
    with _owned(read) as book:
        return book.head()[0]


def let_clerk_in(address: str, who: str, password: str, *, erases: bool = False) -> None:
    """Lets a clerk, given by staff number, log in at a server and work in a book there, or gives them another password; one who `erases` may
    let whole numbers leave, and erase slips, besides.

    Raises:
        Refusal: `hall-password` (too short), `hall-driver`; what `Address.read` and `let_in` refuse.
    """
    if len(password) < SHORTEST:
        raise Refusal("hall-password", f"密码太短，至少 {SHORTEST} 个字符。", "请换一个长一些的，不要与别处相同。")
    read = _read(address)
    from counter_assistant.storage.engines.postgres.preparing import let_in

    let_in(read, who, password, "eraser" if erases else "window")


def check_server(address: str) -> tuple[int, list[str]]:
    """Whether the rights in a book are as they are given, and all that `Book.check` looks at: how many entries, and what is wrong.

    Raises:
        Refusal: `hall-driver`; what `Address.read`, `grant_problems`, `Book.open` and `Book.check` refuse.
    """
    read = _read(address)
    from counter_assistant.storage.engines.postgres.preparing import grant_problems

    found = grant_problems(read)
    with _owned(read) as book:
        report = book.check()
    return report.entries, [*found, *report.problems]


def rebuild_server(address: str) -> int:
    """Makes the views of a book on a server anew by the rules of this version. Nobody works with it meanwhile. Returns how many entries
    it has.

    Raises:
        Refusal: `hall-driver`; what `Address.read` and `Book.rebuild` refuse.
    """
    with _owned(_read(address), settled=False) as book:
        book.rebuild()
        return book.head()[0]


def _read(address: str) -> Address:
    try:
        from counter_assistant.storage.engines.postgres.server import Address
    except ImportError as error:
        raise hall_driver_missing() from error

    return Address.read(address)


@contextmanager
def _owned(address: Address, *, settled: bool = True) -> Iterator[Book]:
    """The book with the rights of its owner, whom nobody logs in as. One that is not `settled` may have views of another version."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall

    with TemporaryDirectory() as folder:
        desk = Database.open(Path(folder) / paths.BOOK_NAME, system_clock)
        with closing(Hall.open(address.as_role(f"{address.schema}_owner"), desk)) as database:
            yield Book.open(database, UNNAMED) if settled else Book(database)
