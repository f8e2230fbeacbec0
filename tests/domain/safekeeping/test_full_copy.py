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


def test_its_digest_never_changes_because_it_lies_on_sticks() -> None:
    assert UNCHECKED.to_json()["digest"] == "7e31addb2f40b14fa3b48ab25b13ee841a70fece57f26dac8ff46cba84beaaf9"
    assert VERIFIED.to_json()["digest"] == "134b8a283c1c4be47394bfb9b4208c2fa7a8f384f3e44d03a73b3a32ed0985aa"


def test_half_a_character_in_a_damaged_one_has_a_digest_too() -> None:
    assert _digest({"made": "\ud800"}) != _digest({"made": "\ud801"})


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
    ("change", "why"),
    [
        ({"made": NOW.replace(tzinfo=None).isoformat()}, "a time without its offset"),
        ({"made": "yesterday"}, "Invalid isoformat string: 'yesterday'"),
        ({"state": "good"}, "'good' is not a valid State"),
        ({"files": {"book.db": {"size": -1, "sha256": ""}}}, "not a file of a copy"),
        ({"files": {"book.db": 7}}, "not a file of a copy"),
        ({"holds": {"book": 7}}, "not the state of a book"),
        ({"format": 2}, "not what describes a copy"),
    ],
)
def test_a_description_that_was_written_on_purpose_is_none_either(change: dict[str, Any], why: str) -> None:
    said = {key: value for key, value in VERIFIED.to_json().items() if key != "digest"} | change
    with pytest.raises(ValueError, match=f"^{why}$"):
        FullCopy.from_json(said | {"digest": _digest(said)})


def test_an_empty_file_of_a_copy_is_one() -> None:
    copy = replace(UNCHECKED, files={"book.keys": CopiedFile(0, "00" * 32)})
    assert FullCopy.from_json(copy.to_json()) == copy


def test_something_else_is_none() -> None:
    others: list[object] = [[], "text", None, {}]
    for other in others:
        with pytest.raises(ValueError, match="not"):
            FullCopy.from_json(other)


def test_each_state_is_said_in_words() -> None:
    assert [state.label for state in State] == ["未核对", "已核对", "核对没有通过"]
