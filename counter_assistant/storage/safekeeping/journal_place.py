"""流水放在哪里：这台电脑的一项设置，在台账旁边的 journal.json 里，命令行和窗口都读它."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from counter_assistant.files import read_plain, write_atomic

NAME = "journal.json"
_LARGEST = 1 << 16


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """The folder that the office has named. `apart` is whether it was on another disk than the book then; `begun` the unique name of the
    book of which a journal was seen there since, empty where none was: one that is not there then is missing."""

    folder: Path
    apart: bool
    begun: str = field(default="", compare=False)

    def is_there(self, beside: Path) -> bool:
        """Whether the folder can be reached, and is not what a disk that was taken out has left of its place.

        Raises:
            OSError: the system does not say.
        """
        return self.folder.is_dir() and not (self.apart and on_one_disk(self.folder, beside))

    def file_of(self, book: str) -> Path:
        """Where the journal of the book with this unique name lies."""
        return self.folder / f"journal-{book}.jsonl"

    def waiting_file_of(self, book: str) -> Path:
        """Where a restored book is written on that does not go on from its journal, until somebody says that it is right."""
        return self.folder / f"journal-{book}.restored.jsonl"


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether two folders are on one file system.

    Raises:
        OSError: one of them cannot be reached.
    """
    return one.stat().st_dev == other.stat().st_dev


def read_place(beside: Path) -> JournalPlace | None:
    """Where the journal of the book in a folder is kept; None where nowhere. What is no setting of ours is none."""
    try:
        match json.loads(read_plain(beside / NAME, _LARGEST)):
            case {"folder": str(folder), "apart": bool(apart), **more} if (
                Path(folder).is_absolute() and "\0" not in folder
            ):
                begun = more.get("begun", "")
                return JournalPlace(Path(folder), apart, begun if isinstance(begun, str) else "")
    except (OSError, ValueError):
        pass
    return None


def write_place(beside: Path, place: JournalPlace | None) -> None:
    """Sets it, or lets no journal be kept.

    Raises:
        OSError: the setting cannot be written.
    """
    if place:
        said = {"folder": str(place.folder), "apart": place.apart, "begun": place.begun}
        write_atomic(beside / NAME, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
        return
    with suppress(FileNotFoundError):
        (beside / NAME).unlink()


def note_begun(beside: Path, place: JournalPlace, book: str) -> None:
    """Notes that a journal of a book was begun in its place, once; where that cannot be written it is noted another time."""
    if place.begun != book:
        with suppress(OSError):
            write_place(beside, replace(place, begun=book))
