"""打开密封台账的口令、恢复单和 PIN：写进台账的样子，从不含口令和 PIN 本身。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from counter_assistant.domain.entry import Flat


class KeyAct(StrEnum):
    """What was done about who may open the book."""

    SEALED = "sealed"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SHEET_RENEWED = "sheet_renewed"
    OPENED_BY_SHEET = "opened_by_sheet"
    KEY_FILE_MADE = "key_file_made"
    KEY_CHANGED = "key_changed"
    CENTRE_TAKEN = "centre_taken"
    OPENED_BY_CENTRE = "opened_by_centre"
    KEEPER_NAMED = "keeper_named"
    KEEPER_DISMISSED = "keeper_dismissed"
    PIN_SET = "pin_set"
    SLOTS_NOTED = "slots_noted"


@dataclass(frozen=True, slots=True)
class KeySlot(Flat):
    """台账口令 (`key_slot`): a `KeyAct`, whose passphrase it is about (`who`) and who did it (`by`), by staff number. Of an opening by the
    sheet or the centre's key `who` was only typed, and `by` is empty (before: the same): nobody has shown that it is theirs.

    Where the key of a centre was taken, `who` is its public half in hex.
    `slots` says of whom something was put into the file of keys with it (empty: of the recovery sheet), and a digest of its public half;
    before, nothing was said of that, and `slots_noted` says it of what lay there then.
    `second` is whoever stood by where that was needed. `pin` is what tells a right PIN, in a book that nobody reads without a passphrase; empty where it is about something else.
    """

    act: str
    who: str
    by: str
    pin: Mapping[str, Any] = field(default_factory=dict)
    second: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> KeySlot:
        """What `to_payload` wrote; before there were PINs it said nothing of them."""
        pin, second, slots = payload.get("pin", {}), payload.get("second", ""), payload.get("slots", {})
        return cls(payload["act"], payload["who"], payload["by"], pin, second, slots)


@dataclass(frozen=True, slots=True)
class SignInFailed(Flat):
    """登录没有成功 (`signin_failed`): as whom somebody tried, by staff number (empty: of nobody), how often since last noted."""

    who: str
    times: int
