"""这台电脑见过的台账头：备份、流水里记着而台账里没有的，记在台账旁边；那块盘拔走了、换了，也还记得."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from counter_assistant.files import make_durable, read_plain, standing_file, sync_names

SEEN = "seen-heads.jsonl"
"""What is called in a data folder what was seen outside of the book and was not in it."""
LARGEST = 1 << 20
"""The most bytes that are read: a line has a quarter of a thousand, and there is one for each time that a book was turned back."""


class SeenHead(NamedTuple):
    """Number and hash (in hex) of an entry of the book of a unique name, as they were kept at a `time`; `whence` says where they were
    seen, `elsewhere` since when that book was another PC's (None: nothing says so)."""

    book: str
    seq: int
    hash: str
    time: datetime
    whence: str
    elsewhere: datetime | None = None

    @property
    def line(self) -> str:
        """How it is written down, without an end of line."""
        since = self.elsewhere.isoformat() if self.elsewhere else ""
        return json.dumps(self._asdict() | {"time": self.time.isoformat(), "elsewhere": since}, ensure_ascii=False)


def read_seen(folder: Path) -> list[SeenHead]:
    """What was noted in a data folder; a line that a power cut left half, or that is none, is passed over."""
    found = list[SeenHead]()
    with suppress(OSError, ValueError):
        for line in read_plain(folder / SEEN, LARGEST).decode().splitlines():
            with suppress(ValueError, RecursionError):
                found.extend(_read(json.loads(line)))
    return found


def note_seen(folder: Path, head: SeenHead) -> None:
    """Notes a head, durably, unless it stands there. Where it cannot be written it is noted the next time that it is seen."""
    if any((each.book, each.seq, each.hash) == (head.book, head.seq, head.hash) for each in read_seen(folder)):
        return
    with suppress(OSError, ValueError):
        with standing_file(folder / SEEN, 0o600) as file:
            file.write(
                f"\n{head.line}\n".encode("utf-8", "replace")
            )  # behind the half line that a power cut may have left
            make_durable(file)
        sync_names(folder)


def _read(written: object) -> list[SeenHead]:
    match written:
        case {
            "book": str(book), "seq": int(seq), "hash": str(digits), "time": str(time), "whence": str(whence), "elsewhere": str(since),
        }:  # fmt: skip
            elsewhere = datetime.fromisoformat(since) if since else None
            head = SeenHead(book, seq, digits, datetime.fromisoformat(time), whence, elsewhere)
            return [head] if head.time.tzinfo and (elsewhere is None or elsewhere.tzinfo) else []
    return []
