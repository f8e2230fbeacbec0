"""带来的盘上有什么：往下找两层，放着的备份和流水都找出来；只看不写."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.safekeeping.backup_folder import FOLDER_NAME, backups_in
from counter_assistant.storage.safekeeping.journal_reading import last_written
from counter_assistant.storage.safekeeping.kept_heads import Kept, LinesEnd
from counter_assistant.volumes import folders_in


def kept_in(folder: Path, whence: str) -> Kept:
    """The copies and the journals in a folder and in what lies in it: also the folder of one copy is good. `whence` is what the clerk
    calls the place. What cannot be read is passed over."""
    if FOLDER_NAME.fullmatch(folder.name):
        copies = [backup for backup in backups_in(folder.parent) if backup.folder == folder]
        return Kept(tuple((backup, whence) for backup in copies))
    places = folders_in(folder, lambda each: FOLDER_NAME.fullmatch(each.name))
    found = [backup for place in places for backup in backups_in(place)]
    return Kept(tuple((backup, whence) for backup in found), tuple(_journals(places, whence)))


def _journals(places: list[Path], whence: str) -> Iterator[LinesEnd]:
    for place in places:
        with suppress(OSError):
            for path in sorted(place.glob("journal-*.jsonl")):
                with suppress(Refusal, OSError):
                    yield LinesEnd(path, *last_written(path), f"{whence}的流水")
