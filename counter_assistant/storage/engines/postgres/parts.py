"""一条内容里要的几样，在本机取出。"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from counter_assistant.storage.engines.engine import JsonAt, JsonKeys
from counter_assistant.storage.journal import chain
from counter_assistant.storage.journal.body_codec import unpacked


def parts_of(stored: str | bytes, wanted: Sequence[JsonKeys | JsonAt]) -> tuple[str | None, ...]:
    """Some parts of a content as it is stored.

    Raises:
        ValueError: it cannot be read.
    """
    said = chain.parse(unpacked(stored))
    return tuple(_part(said, one) for one in wanted)


def _part(said: Any, wanted: JsonKeys | JsonAt) -> str | None:
    if isinstance(wanted, JsonKeys):
        return _JSON.encode([_at(said, key.split(".")) for key in wanted.keys])
    said = _at(said, wanted.path)
    if said is None:
        return None
    return _JSON.encode({key: value for key, value in said.items() if key != wanted.but} if wanted.but else said)


def _at(said: Any, path: Sequence[str]) -> Any:
    """What lies at a path; None where nothing does."""
    for key in path:
        said = said.get(key) if isinstance(said, dict) else None
    return said


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
