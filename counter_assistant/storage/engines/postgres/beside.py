"""挨着大厅的那一本：一台电脑离线出具的，送来以后只读；用大厅的连接，一个事务里换到它的 schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.postgres import driver
from counter_assistant.storage.engines.postgres.database import Database
from counter_assistant.storage.engines.postgres.offline_books import address_of, places_by
from counter_assistant.storage.engines.postgres.schema import quoted


class Beside(Database):
    """What a PC issued offline, as its server has it, read on the connection of the hall's book."""

    def __init__(self, hall: Database, code: str) -> None:
        super().__init__(address_of(hall.address, code), None, hall.clock, 0.0)
        self._hall = hall
        self.barred = Refusal(
            "offline-copy", "这是离线出具的，服务器上只能看。", "要补打、作废、更正的，请在出具它的那台电脑上办。"
        )

    @contextmanager
    def query(self) -> Iterator[Any]:
        """Queries that see one state of the copy."""
        with self._hall.reading() as handle:
            driver.several(handle, f"SET LOCAL search_path TO {quoted(self.address.schema)}, pg_catalog")
            yield handle

    reading = query


def copies_beside(hall: Database) -> list[Engine]:
    """What each PC issued offline that has a place beside a hall's book.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with hall.query() as handle:
        codes = [place.code for place in places_by(handle, hall.address.schema) if place.entries]
    return [Beside(hall, code) for code in codes]
