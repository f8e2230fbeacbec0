"""peewee，不让它顺手载入别的数据库的驱动。

peewee imports every driver for PostgreSQL that it finds, when it is itself imported: half as long again, on each start, on a PC where
no book lies on a server. Whoever needs one imports it late (storage/engines/postgres/driver.py).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

_DRIVERS = ("psycopg", "psycopg2", "psycopg2cffi")


@contextmanager
def _without_drivers() -> Iterator[None]:
    """Lets no driver be found meanwhile that is not loaded already."""
    hidden = [name for name in _DRIVERS if name not in sys.modules]
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


with _without_drivers():
    import peewee

__all__ = ["peewee"]
