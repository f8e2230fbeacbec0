"""服务器上一本台账的建立和看护：角色、结构、权限；经办人怎样登录。由服务器的管理员做。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from counter_assistant.storage.engines.postgres import driver, grants, schema
from counter_assistant.storage.engines.postgres.driver import ERRORS
from counter_assistant.storage.engines.postgres.errors import refusal_of
from counter_assistant.storage.engines.postgres.line import connected
from counter_assistant.storage.engines.postgres.server import Address, require_fit

PATIENCE = 5.0


def prepare(address: Address) -> None:
    """Makes what of a book's roles and schema is not there yet, and gives each role its rights anew.

    Raises:
        Refusal: `hall-settings`; what `refusal_of` says, such as `hall-no-right`.
    """
    with _connected(address) as handle:
        require_fit(handle)
        book = address.schema
        grants.make_roles(handle, book)
        owner = schema.quoted(grants.role(book, "owner"))
        driver.several(handle, f"CREATE SCHEMA IF NOT EXISTS {schema.quoted(book)} AUTHORIZATION {owner}")
        driver.several(
            handle, f"BEGIN; SET LOCAL ROLE {owner}; SET LOCAL search_path TO {schema.quoted(book)}, pg_catalog"
        )
        if schema.version_of(handle) is None:
            schema.create(handle, book)
        driver.several(handle, ";\n".join(grants.statements(book)))
        driver.commit(handle, PATIENCE)


def let_in(address: Address, who: str, password: str, what: str = "window") -> None:
    """Lets a clerk, given by staff number, log in and work in the book, or gives them another password.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with _connected(address) as handle:
        grants.let_in(handle, address.schema, who, password, what)


def entries_of(address: Address) -> int | None:
    """How many entries a book has; None where there is none, or whoever asks may not look into it.

    Raises:
        Refusal: `hall-settings`, `hall-version`; what `refusal_of` says.
    """
    with _connected(address) as handle:
        require_fit(handle)
        driver.several(handle, f"SET search_path TO {schema.quoted(address.schema)}, pg_catalog")
        version = schema.version_of(handle)
        if version is None:
            return None
        schema.require_version(version)
        return int(handle.execute_sql("SELECT seq FROM chain_head").fetchall()[0][0])


def grant_problems(address: Address) -> list[str]:
    """Sentences about rights in the book that are not as they are given.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with _connected(address) as handle:
        driver.several(handle, f"SET search_path TO {schema.quoted(address.schema)}, pg_catalog")
        return list(grants.problems(handle, address.schema))


@contextmanager
def _connected(address: Address) -> Iterator[Any]:
    try:
        with closing(connected(address, patience=PATIENCE)) as handle:
            yield handle
    except ERRORS as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
