"""SQLite 自己的文字与 JSON 函数，写成 peewee 的表达式。"""

from __future__ import annotations

from typing import Any

import peewee


def contains(text: Any, part: str) -> Any:
    """The condition that a text holds a part as it stands; LIKE would take % and _ for more, and letters of any case."""
    return peewee.fn.INSTR(text, part) > 0


def json_list(body: Any, keys: tuple[str, ...]) -> Any:
    """The values of two keys or more as the text of one JSON list; null for a key that is not there."""
    return peewee.fn.json_extract(peewee.fn.unpacked(body), *(f"$.{key}" for key in keys))


def json_at(body: Any, *path: str, but: str = "") -> Any:
    """What lies at a path, as JSON text, but for one of its keys; NULL where nothing does."""
    found = peewee.fn.json_extract(peewee.fn.unpacked(body), f"$.{'.'.join(path)}")
    return peewee.fn.json_remove(found, f"$.{but}") if but else found
