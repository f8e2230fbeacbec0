"""服务器上给离线出具留的地方：一台电脑一个 schema，挨着大厅的那一本；第一次送来的那台电脑占下它，送来的在这里看。

The schema is called after that of the hall's book and the installation code of the PC. Its first entry names the book that it is a copy of: the guard of the
chain lets one such entry in, so that two PCs never have one code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.postgres import driver, grants
from counter_assistant.storage.engines.postgres.database import Database
from counter_assistant.storage.engines.postgres.preparing import make_schema, told
from counter_assistant.storage.engines.postgres.schema import quoted
from counter_assistant.storage.engines.postgres.server import Address

_SAID = "offline: "
"""How the comment of such a schema begins; what its papers call the PC follows."""
_LISTED = """SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace
    WHERE starts_with(nspname::text, %s) AND has_schema_privilege(oid, 'USAGE') ORDER BY nspname"""


@dataclass(frozen=True, slots=True)
class OfflinePlace:
    """Where a server keeps what a PC issued offline. `code` is the six digits of that installation, `name` what stands in its numbers; `entries`
    how many there are, 0 as long as no PC has it."""

    code: str
    name: str
    entries: int


def address_of(address: Address, code: str) -> Address:
    """Where what a PC of this installation code issued offline lies, beside the book of an address."""
    return Address(address.server, f"{address.schema}_{code}", address.signed)


def prepare_place(address: Address, code: str, name: str) -> None:
    """Makes a place for one PC beside a book that was prepared, or gives the rights in it anew.

    Raises:
        Refusal: what `refusal_of` says.
    """
    place = address_of(address, code).schema
    with told(address) as handle:
        make_schema(handle, place, address.schema)
        said = f"{_SAID}{name}".replace("'", "''")
        driver.several(handle, f"COMMENT ON SCHEMA {quoted(place)} IS '{said}'")


def places_of(address: Address) -> list[OfflinePlace]:
    """The places beside a book that whoever asks may look into, by code.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with told(address) as handle:
        return list(places_by(handle, address.schema))


def places_by(handle: Any, book: str) -> Iterator[OfflinePlace]:
    """The same by a connection that is there."""
    for schema, said in handle.execute_sql(_LISTED, (f"{book}_",)).fetchall():
        code = re.fullmatch(r"[0-9]{6}", schema.removeprefix(f"{book}_"))
        if code and said and said.startswith(_SAID):
            entries = handle.execute_sql(f"SELECT seq FROM {quoted(schema)}.chain_head").fetchall()[0][0]
            yield OfflinePlace(code[0], said.removeprefix(_SAID), int(entries))


def place_problems(address: Address) -> list[str]:
    """Sentences about rights in the places beside a book that are not as they are given.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with told(address) as handle:
        found = []
        for place in list(places_by(handle, address.schema)):
            schema = address_of(address, place.code).schema
            driver.several(handle, f"SET search_path TO {quoted(schema)}, pg_catalog")
            found += [f"{place.code}：{problem}" for problem in grants.problems(handle, schema, address.schema)]
        return found


class OfflineCopy(Database):
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
    return [OfflineCopy(hall, code) for code in codes]
