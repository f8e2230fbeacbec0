"""服务器上一本台账的建立和看护：角色、结构、权限；经办人怎样登录。由服务器的管理员做。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from counter_assistant.domain.refusal import Refusal
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
    with told(address) as handle:
        require_fit(handle)
        grants.make_roles(handle, address.schema)
        make_schema(handle, address.schema)


def make_schema(handle: Any, book: str, of: str = "") -> None:
    """Makes the schema of a book where it is not there yet, and gives its roles their rights anew; `of` as in `grants.statements`."""
    owner = schema.quoted(grants.role(of or book, "owner"))
    driver.several(handle, f"CREATE SCHEMA IF NOT EXISTS {schema.quoted(book)} AUTHORIZATION {owner}")
    driver.several(handle, f"BEGIN; SET LOCAL ROLE {owner}; SET LOCAL search_path TO {schema.quoted(book)}, pg_catalog")
    if schema.version_of(handle) is None:
        schema.create(handle, book)
    driver.several(handle, ";\n".join(grants.statements(book, of)))
    driver.commit(handle, PATIENCE)


def vacate(address: Address) -> None:
    """Takes a book away in which nothing was done since it was made, so that another one comes in its place.

    Raises:
        Refusal: `hall-not-vacant`; what `refusal_of` says.
    """
    with told(address) as handle:
        named = schema.quoted(address.schema)
        owner = schema.quoted(grants.role(address.schema, "owner"))
        rows = driver.several(
            handle,
            f"BEGIN; SET LOCAL ROLE {owner}; SET LOCAL search_path TO {named}, pg_catalog; SELECT seq FROM chain_head FOR UPDATE",
        )
        if rows[0][0] > 1:
            raise Refusal(
                "hall-not-vacant",
                f"服务器上的 {address.schema} 里已经有记录。",
                "请在地址里另写一个 schema，再办一次。",
            )
        driver.several(handle, f"DROP SCHEMA {named} CASCADE")
        driver.commit(handle, PATIENCE)


def let_in(address: Address, who: str, password: str, what: str = "window") -> None:
    """Lets a clerk, given by staff number, log in and work in the book, or gives them another password.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with told(address) as handle:
        grants.let_in(handle, address.schema, who, password, what)


def entries_of(address: Address) -> int | None:
    """How many entries a book has; None where there is none, or whoever asks may not look into it.

    Raises:
        Refusal: `hall-settings`, `hall-version`; what `refusal_of` says.
    """
    with told(address) as handle:
        require_fit(handle)
        driver.several(handle, f"SET search_path TO {schema.quoted(address.schema)}, pg_catalog")
        version = schema.version_of(handle)
        if version is None:
            return None
        schema.require_version(version)
        return int(handle.execute_sql("SELECT seq FROM chain_head").fetchall()[0][0])


def books_to_read(address: Address) -> list[str]:
    """The schemas of the books on a server that whoever asks may read and in which something stands, in the order of their names.

    Raises:
        Refusal: `hall-settings`; what `refusal_of` says.
    """
    with told(address) as handle:
        require_fit(handle)
        names = [str(name) for (name,) in handle.execute_sql(_TO_READ).fetchall()]
        heads = " UNION ALL ".join(
            f"SELECT {n}, seq FROM {schema.quoted(name)}.chain_head" for n, name in enumerate(names)
        )
        found = (
            handle.execute_sql(heads).fetchall() if names else []
        )  # at once: a look into all branches begins with this
        return [names[n] for n, seq in sorted(found) if seq]


_TO_READ = """
    SELECT n.nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
    WHERE c.relname = 'chain_head' AND c.relkind = 'r' AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY n.nspname COLLATE "C" """


def grant_problems(address: Address) -> list[str]:
    """Sentences about rights in the book that are not as they are given.

    Raises:
        Refusal: what `refusal_of` says.
    """
    with told(address) as handle:
        driver.several(handle, f"SET search_path TO {schema.quoted(address.schema)}, pg_catalog")
        return list(grants.problems(handle, address.schema))


@contextmanager
def told(address: Address) -> Iterator[Any]:
    """A connection of its own, whose errors are told.

    Raises:
        Refusal: what `refusal_of` says.
    """
    try:
        with closing(connected(address, patience=PATIENCE)) as handle:
            yield handle
    except ERRORS as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
