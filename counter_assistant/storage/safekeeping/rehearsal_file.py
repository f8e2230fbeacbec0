"""演练恢复的结果：记在台账旁边的 rehearsal.json；读不出的，当作还没有演练过."""

from __future__ import annotations

import json
from pathlib import Path

from counter_assistant.domain.safekeeping.rehearsal import Rehearsal
from counter_assistant.files import write_atomic

NAME = "rehearsal.json"
_LARGEST = 1 << 16


def read_rehearsal(folder: Path) -> Rehearsal | None:
    """The last rehearsal of the book in a data folder; None where there is none that can be read."""
    try:
        with (folder / NAME).open("rb") as file:
            return Rehearsal.from_json(json.loads(file.read(_LARGEST)))
    except (OSError, ValueError, RecursionError):
        return None


def write_rehearsal(folder: Path, rehearsal: Rehearsal) -> None:
    """Keeps it, in the place of the one before.

    Raises:
        OSError: it cannot be written.
    """
    write_atomic(folder / NAME, json.dumps(rehearsal.to_json(), ensure_ascii=False).encode())
