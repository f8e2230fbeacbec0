"""台账在 PostgreSQL 服务器上的引擎。

The plain Python part of psycopg imports ssl for one thing: to have libcrypto set up before libpq does it, which since OpenSSL 1.1 nobody has
to do. The Python that is installed from the stick has no ssl, and needs none: the line to a server is libpq's.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import find_spec
from types import ModuleType


def _load_driver_without_tls() -> None:
    """Has psycopg loaded with nothing in the place of ssl, and leaves nothing there for others to find.

    What cannot be loaded says so to whoever imports it.
    """
    import asyncio  # noqa: F401 - part of psycopg, and looks itself whether there is ssl

    sys.modules["ssl"] = ModuleType("ssl")
    try:
        with suppress(ImportError):
            import psycopg  # noqa: F401
    finally:
        del sys.modules["ssl"]


if find_spec("ssl") is None:
    _load_driver_without_tls()
