"""数据页与表结构的核对。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.storage.engines.sqlite.schema import VERSION, expected_schema, schema_of


def page_problems(handle: Any) -> Iterator[str]:
    """Sentences about pages that are damaged, rows that refer to nothing, and a schema that is not of this version."""
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in handle.execute_sql(f"PRAGMA {pragma}").fetchall():
            if row != ("ok",):
                yield f"数据页有误：{' '.join(str(part) for part in row)}。"
    if schema_of(handle) != expected_schema():
        yield "表结构不符。"


def is_of_today(handle: Any) -> bool:
    """Whether a file says that it is of this version."""
    return bool(handle.pragma("user_version") == VERSION)


def version_problems(handle: Any) -> Iterator[str]:
    """Sentences about a file that is not what its version says, and about its pages where that is this one."""
    of_today = is_of_today(handle)
    if of_today != (schema_of(handle) == expected_schema()) or not 0 < handle.pragma("user_version") <= VERSION:
        yield "表结构与版本不符。"
    elif of_today:
        yield from page_problems(handle)
