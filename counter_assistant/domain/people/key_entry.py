"""打开密封台账的口令和恢复单：写进台账的样子，从不含口令本身。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class KeySlot(Flat):
    """台账口令 (`key_slot`): a `KeyAct`, whose passphrase it is about (`who`) and who did it (`by`), by staff number.

    Where the key of a centre was taken, `who` is its public half in hex.
    """

    act: str
    who: str
    by: str
