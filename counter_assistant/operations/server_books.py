"""服务器上的台账，由服务器的管理员建立和看护：建好角色和结构，让经办人登录，核对，重建各视图。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.moved_entry import MOVED_AWAY
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.book_opening import hall_driver_missing
from counter_assistant.operations.office import UNNAMED, Office
from counter_assistant.storage.book import Book
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place, read_book_place

if TYPE_CHECKING:
    from counter_assistant.storage.engines.postgres.server import Address

SIGN_IN = "hall-sign-in"
"""The code of the refusal that says that the server does not know the user or the password."""
LONGEST_NAME = 8
"""The most characters of what stands in the numbers of a PC that issues offline."""
PATIENCE = 5.0
"""How long, in seconds, it is waited whether a server answers."""
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


def prepare_offline(address: str, code: str, name: str) -> int:
    """Makes a place beside a book for what one PC issues offline. `code` is the installation code of that PC, which no other has, `name` what
    stands in its numbers in the place of the hall's. The first PC that asks takes it. Returns how many places there are.

    Raises:
        Refusal: `offline-place-wrong`; `hall-driver`; what `Address.read`, `prepare_place` and `Book.open` refuse.
    """
    read, plain = _read(address), half_width(code)
    from counter_assistant.storage.engines.postgres.offline_books import places_of, prepare_place

    with _owned(read) as book:
        entry = book.latest(EntryKind.OFFICE_PROFILE)
    profile = OfficeProfile.from_payload(entry.payload) if entry else None
    others = [place for place in places_of(read) if place.code != plain]
    names = {place.name for place in others} | ({profile.installation_name} if profile else set())
    codes = {profile.installation_code} if profile else set()
    if not re.fullmatch(r"[0-9]{6}", plain) or plain in codes or name in names or not name.strip():
        raise Refusal(
            "offline-place-wrong", "离线的代码要 6 位数字，名称不能空，都不能与大厅或者别的电脑相同。",
            "请按本中心分配的代码写，例如 533991 和 耿离一。",
        )  # fmt: skip
    prepare_place(read, plain, check_text(name, "离线的名称", LONGEST_NAME))
    return len(others) + 1


def let_clerk_in(address: str, who: str, password: str, *, erases: bool = False, reads: bool = False) -> None:
    """Lets a clerk, given by staff number, log in at a server and work in a book there, or gives them another password; one who `erases` may
    let whole numbers leave, and erase slips, besides; one who only `reads`, such as somebody of the centre, may add nothing.

    Raises:
        Refusal: `hall-password` (too short), `hall-driver`; what `Address.read` and `let_in` refuse.
    """
    if len(password) < SHORTEST:
        raise Refusal("hall-password", f"密码太短，至少 {SHORTEST} 个字符。", "请换一个长一些的，不要与别处相同。")
    read = _read(address)
    from counter_assistant.storage.engines.postgres.preparing import let_in

    let_in(read, who, password, "reader" if reads else "eraser" if erases else "window")


def check_server(address: str) -> tuple[int, list[str]]:
    """Whether the rights in a book are as they are given, and all that `Book.check` looks at, also in what PCs issued offline: how many
    entries, and what is wrong.

    Raises:
        Refusal: `hall-driver`; what `Address.read`, `grant_problems`, `Book.open` and `Book.check` refuse.
    """
    read = _read(address)
    from counter_assistant.storage.engines.postgres.offline_books import place_problems
    from counter_assistant.storage.engines.postgres.preparing import grant_problems

    found = [*grant_problems(read), *place_problems(read)]
    with _owned(read) as book:
        report = book.check()
    copies = [f"{code}：{problem}" for code, copy in _copies(read) for problem in copy.check().problems]
    return report.entries, [*found, *report.problems, *copies]


def rebuild_server(address: str) -> int:
    """Makes the views of a book on a server anew by the rules of this version, and those of what PCs issued offline. Nobody works with it
    meanwhile. Returns how many entries it has.

    Raises:
        Refusal: `hall-driver`; what `Address.read` and `Book.rebuild` refuse, such as `book-arriving`.
    """
    read = _read(address)
    for _, copy in _copies(read):
        copy.rebuild()
    with _owned(read, settled=False) as book:
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
    """Has this PC work with a book in another place from the next opening on. What the book here holds stays here. Whoever finds that it has
    left may follow it: nothing else can be done here.

    Raises:
        Refusal: `hall-sealed` (a sealed book stays where its keys are); what `Office.permit` and `note_book_place` refuse.
    """
    barred = office.database.barred
    if barred is None or barred.code != MOVED_AWAY:
        office.permit(Permission.SAFEKEEPING)
    if office.sealed and place.on_server:
        raise sealed_stays()
    note_book_place(office.folder, place)


def is_reached(place: BookPlace) -> bool:
    """Whether the server of a book answers, whoever asks; used in any thread.

    Raises:
        Refusal: `hall-driver`; what `Address.read` refuses.
    """
    read = _read(place.address)
    from counter_assistant.storage.engines.postgres import driver

    return driver.is_reached(read.server, PATIENCE)


def sealed_stays() -> Refusal:
    """The refusal for a sealed book that is to lie on a server, where everything in it would be as plain as the server's disk."""
    return Refusal(
        "hall-sealed", "密封的台账不能放到服务器上：到了那里就是没有密封的。",
        "原来的一本留在本机接着用；要用服务器的，请管理员在那里另建一本（server prepare），从那天起在那边出具，编号另用一个安装点简称。",
    )  # fmt: skip


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


def _copies(address: Address) -> Iterator[tuple[str, Book]]:
    """What each PC issued offline, by its code, with the rights of the book's owner."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.offline_books import address_of, places_of

    for place in places_of(address):
        if place.entries:
            beside = address_of(address.as_role(f"{address.schema}_owner"), place.code)
            with closing(Hall.open(beside, None)) as database:
                yield place.code, Book(database)
