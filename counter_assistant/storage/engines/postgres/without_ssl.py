"""psycopg 在装好的程序里：那里的 Python 没有 ssl，也用不着，线路是 libpq 的。

Its plain Python part imports ssl for one thing: to have libcrypto set up before libpq does it, which since OpenSSL 1.1 nobody has to do.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType

if find_spec("ssl") is None:
    import asyncio  # noqa: F401 - part of psycopg, and looks itself whether there is ssl

    sys.modules["ssl"] = ModuleType("ssl")
    try:
        import psycopg
    finally:
        del sys.modules["ssl"]  # nobody else is to find it
else:
    import psycopg

__all__ = ["psycopg"]
