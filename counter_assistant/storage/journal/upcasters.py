"""旧格式的记录怎样读成新格式。台账从不改写，所以升级发生在读的时候.

A payload says its schema. `UPCASTERS[kind, n]` turns a payload of schema n into schema n + 1; one fixture of every
released schema is kept in tests/storage/fixtures. The stored text, and with it the hash, stays as it was. What is merely
left out by an earlier entry of the same schema is as its class has it by default (entry_readers.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_assistant.domain.entry import EntryKind

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[EntryKind, int], Upcaster] = {}


def current_schema(kind: EntryKind, upcasters: Mapping[tuple[EntryKind, int], Upcaster] = UPCASTERS) -> int:
    """The schema that entries of a kind are written in today."""
    return 1 + sum(1 for known, _ in upcasters if known is kind)


def upcast(
    kind: EntryKind,
    payload: dict[str, Any],
    upcasters: Mapping[tuple[EntryKind, int], Upcaster] = UPCASTERS,
) -> dict[str, Any]:
    """The payload in today's schema. Raises ValueError for a schema that this program does not know."""
    schema, newest = payload.get("schema"), current_schema(kind, upcasters)
    if not isinstance(schema, int) or not 1 <= schema <= newest:
        raise ValueError(f"unknown schema {schema!r}")
    for n in range(schema, newest):
        payload = {**upcasters[kind, n](payload), "schema": n + 1}
    return payload
