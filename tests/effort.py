"""What an act costs, counted. A clock would tell how busy the machine is as well."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls_in(act: Callable[[], object]) -> int:
    """How many functions are called, those of Python itself included."""
    called = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return called


def sqlite_steps_in(connection: Any, act: Callable[[], object]) -> int:
    """How many instructions SQLite works through, in hundreds."""
    hundreds = 0

    def count() -> int:
        nonlocal hundreds
        hundreds += 1
        return 0

    connection.set_progress_handler(count, 100)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 0)
    return hundreds
