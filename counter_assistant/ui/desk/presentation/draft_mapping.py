"""台上的一件事与它的草稿：存成 JSON，再取回来。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from counter_assistant.ui.desk.presentation.state import DeskState

_SCHEMA = 1


def to_draft(state: DeskState) -> dict[str, Any]:
    """Plain JSON values for the drafts of the book, as they are now: what changes on the desk afterwards does not change them."""
    values = {f.name: getattr(state, f.name) for f in fields(state) if f.name != "uuid"}
    return {"schema": _SCHEMA} | {key: _as_it_is(value) for key, value in values.items()}


def _as_it_is(value: Any) -> Any:
    if isinstance(value, set):
        return sorted(value)
    return dict(value) if isinstance(value, dict) else value


def from_draft(uuid: str, values: Mapping[str, Any]) -> DeskState:
    """The state that `to_draft` wrote. What this version does not know, or a wrong type, is left out."""
    state = DeskState(uuid=uuid)
    for f in fields(state):
        blank = getattr(state, f.name)
        value = values.get(f.name)
        if f.name == "uuid" or value is None:
            continue
        if isinstance(blank, set) and isinstance(value, list):
            setattr(state, f.name, {str(entry) for entry in value})
        elif isinstance(blank, dict) and isinstance(value, dict):
            setattr(state, f.name, {str(key): str(entry) for key, entry in value.items()})
        elif type(value) is type(blank):
            setattr(state, f.name, value)
    if values.get("notice_chosen") is True:  # a draft of version 1: F7 chose the written notice
        state.slip = "notification_slip"
    return state
