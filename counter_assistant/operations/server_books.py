"""服务器上的台账，由服务器的管理员建立和看护：建好角色和结构，让经办人登录，核对，重建各视图。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.book_opening import hall_driver_missing
from counter_assistant.operations.office import UNNAMED, Office
from counter_assistant.storage.book import Book
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place, read_book_place

if TYPE_CHECKING:
    from counter_assistant.storage.engines.postgres.server import Address

SIGN_IN = "hall-sign-in"
"""The code of the refusal that says that the server does not know the user or the password."""
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


def try_book(place: BookPlace, shift: Shift | None) -> int:
    """Whether a book on a server can be worked with from here, by whoever's `shift` it would be. Returns how many entries it has; nothing is
    made or changed there.

    Raises:
        Refusal: `hall-driver`, `hall-no-book`; what `Address.read` and `entries_of` refuse, such as `hall-away` and `hall-sign-in`.
    """
    read = _read(place.address).for_shift(shift)
    from counter_assistant.storage.engines.postgres.preparing import entries_of

    found = entries_of(read)
    if found is None:
        raise Refusal(
            "hall-no-book", f"服务器上没有叫“{read.schema}”的台账，或者这个用户进不去。",
            "请核对地址里的 schema；还没有建立的，请服务器的管理员先办 server prepare 和 server clerk。",
        )  # fmt: skip
    return found


def take_place(office: Office, place: BookPlace) -> None:
    """Has this PC work with a book in another place from the next opening on. What the book here holds stays here.

    Raises:
        Refusal: `hall-sealed` (a sealed book stays where its keys are); what `Office.permit` and `note_book_place` refuse.
    """
    office.permit(Permission.SAFEKEEPING)
    if office.sealed and place.on_server:
        raise Refusal(
            "hall-sealed", "密封的台账不能改到服务器上。", "服务器的磁盘由它的管理员加密；需要改的，请先联系中心。"
        )
    note_book_place(office.folder, place)


def is_password(office: Office, shift: Shift) -> bool:
    """Whether a password is that of a clerk on the server; asked with a connection of its own, in any thread.

    Raises:
        Refusal: what `try_book` refuses but for a wrong password.
    """
    try:
        try_book(read_book_place(office.folder), shift)
    except Refusal as refusal:
        if refusal.code == SIGN_IN:
            return False
        raise
    return True


def take_over(office: Office, shift: Shift) -> None:
    """From now on a clerk works at this window who has shown their password: as their own user on the server.

    Raises:
        Refusal: what connecting anew refuses.
    """
    from counter_assistant.storage.engines.postgres.database import Database as Hall

    if isinstance(office.database, Hall):
        office.database.work_as(office.database.address.for_shift(shift))


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

    with closing(Hall.open(address.as_role(f"{address.schema}_owner"), None)) as database:
        yield Book.open(database, UNNAMED) if settled else Book(database)
