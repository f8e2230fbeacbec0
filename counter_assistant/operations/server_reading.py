"""服务器上别人的台账，只看：看得到哪几本，由服务器的权限定；一个字也写不进去。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.book_opening import hall_driver_missing
from counter_assistant.operations.server_books import SIGN_IN
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.server.book_place import Shift

if TYPE_CHECKING:
    from counter_assistant.storage.engines.postgres.server import Address

READ_ONLY = Refusal("server-read-only", "服务器上网点的台账在这里只看。", "要改的，请到那个网点办。")


Ask = Callable[[], Shift]
"""Asks who reads, and for the password that the server wants of them."""


class ServerBooks:
    """The books on a server that somebody may read, each a schema; the `address` names who connects, where it does not say itself."""

    def __init__(self, address: Address) -> None:
        self._address = address

    @classmethod
    def noted(cls, address: str, ask: Ask) -> ServerBooks:
        """Those of an address that was noted; `ask` is asked where the server wants a password.

        Raises:
            Refusal: `hall-driver`; what `Address.read`, `names` and `ask` refuse.
        """
        try:
            from counter_assistant.storage.engines.postgres.server import Address
        except ImportError as error:
            raise hall_driver_missing() from error
        found = cls(Address.read(address))
        try:
            found.names()
        except Refusal as refusal:
            if refusal.code != SIGN_IN:
                raise
            found = cls(Address.read(address).for_shift(ask()))
        return found

    @classmethod
    def beside(cls, database: Engine) -> ServerBooks | None:
        """Those on the server where a book lies that is open, as whoever opened it; None of one in a file."""
        if not database.shared:
            return None
        from counter_assistant.storage.engines.postgres.database import Database

        return cls(database.address) if isinstance(database, Database) else None

    def names(self) -> list[str]:
        """The schemas of the books.

        Raises:
            Refusal: what `books_to_read` refuses, such as `hall-away` and `hall-sign-in`.
        """
        from counter_assistant.storage.engines.postgres.preparing import books_to_read

        return books_to_read(self._address)

    @contextmanager
    def opened(self, name: str) -> Iterator[Book]:
        """The book in a schema, in which nothing is written.

        Raises:
            Refusal: what `Database.open` and `Book.open` refuse, such as `hall-other-program`.
        """
        from counter_assistant.storage.engines.postgres.database import Database

        with closing(Database.open(self._address.in_schema(name).to_read(), None)) as database:
            database.barred = READ_ONLY
            yield Book.open(database, "")
