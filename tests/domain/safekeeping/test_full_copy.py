"""What describes a copy is read back as it was written, and nothing else is read as one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.safekeeping.full_copy import BookState, CopiedFile, FullCopy, State, _digest
from tests.make import NOW

UNCHECKED = FullCopy(
    NOW, "ab" * 16, "0.1.0", {"book.db": CopiedFile(10, "00" * 32), "book.keys": CopiedFile(3, "11" * 32)}
)
VERIFIED = replace(UNCHECKED, state=State.VERIFIED, holds=BookState("a book", 7, 7, "22" * 32))


@pytest.mark.parametrize("copy", [UNCHECKED, VERIFIED])
def test_it_is_read_as_it_was_written(copy: FullCopy) -> None:
    assert FullCopy.from_json(json.loads(json.dumps(copy.to_json()))) == copy
    assert copy.size == 13


def changes(value: Any) -> list[Any]:
    """A JSON value with each of its parts changed in turn."""
    if isinstance(value, dict):
        changed = [{**value, key: other} for key, part in value.items() for other in changes(part)]
        return [*changed, *({k: v for k, v in value.items() if k != key} for key in value), {**value, "more": 1}]
    if isinstance(value, str):
        return [f"{value}0", 1]
    return [1.5, "text"]


def test_a_description_of_which_anything_was_changed_is_none() -> None:
    for changed in changes(VERIFIED.to_json()):
        with pytest.raises(ValueError, match=r"."):
            FullCopy.from_json(changed)


@pytest.mark.parametrize(
    "change",
    [
        {"made": NOW.replace(tzinfo=None).isoformat()},
        {"made": "yesterday"},
        {"state": "good"},
        {"files": {"book.db": {"size": -1, "sha256": ""}}},
        {"files": {"book.db": 7}},
        {"holds": {"book": 7}},
        {"format": 2},
    ],
)
def test_a_description_that_was_written_on_purpose_is_none_either(change: dict[str, Any]) -> None:
    said = {key: value for key, value in VERIFIED.to_json().items() if key != "digest"} | change
    with pytest.raises(ValueError, match=r"."):
        FullCopy.from_json(said | {"digest": _digest(said)})


def test_something_else_is_none() -> None:
    others: list[object] = [[], "text", None, {}]
    for other in others:
        with pytest.raises(ValueError, match="not"):
            FullCopy.from_json(other)


def test_each_state_is_said_in_words() -> None:
    assert [state.label for state in State] == ["未核对", "已核对", "核对没有通过"]
