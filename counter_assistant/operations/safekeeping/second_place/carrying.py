"""把最近的一份备份和它旁边续写的放到第二个地方；已经在那里的不再放，缺的补上."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.second_place import ONLY_HERE, Reach, away
from counter_assistant.storage.safekeeping.backup_folder import (
    MANIFEST,
    SINCE,
    Backup,
    backups_in,
    carry,
    describe,
    files_of,
    is_on_another_disk,
    newest_of,
    not_writable,
    put_beside,
    size_beside,
)
from counter_assistant.storage.safekeeping.backup_settings import change, load, own_place
from counter_assistant.volumes import is_plugged_in


class Carried(NamedTuple):
    """What of the newest copy lies in the second place now, and where, None where it does not; in a sentence why not, empty where nothing is
    wrong. `late` is that copy where it was made earlier and only came there now."""

    reach: Reach
    folder: Path | None = None
    warning: str = ""
    late: Backup | None = None


def carry_newest(folder: Path, made: Backup | None = None) -> Carried:
    """Puts the newest copy of a data folder's book, with what is new since, into the second place, as far as it is not there; notes what lies
    there then; `made` is the copy that was made just now. Nothing is done where no place is named, or nothing was copied yet. Never raises a Refusal: what is wrong is the warning."""
    settings, newest = load(folder), newest_of(backups_in(own_place(folder)))
    if not settings.place or newest is None:
        return Carried(Reach.ALL)
    place = Path(settings.place)
    if not place.is_dir():
        return Carried(Reach.AWAY, None, away(settings.place, plugged_in=is_plugged_in(place)))
    try:
        there = _there(newest, place)
        late = newest if there is None and made is None else None
        there = there or carry(newest, place).folder
        _note(folder, carried=newest.folder.name, off_disk=is_on_another_disk(place, folder), beside=size_beside(there))
        lines = (newest.folder / SINCE).read_bytes() if size_beside(newest.folder) else b""
        if lines and size_beside(there) != len(lines):
            put_beside(Backup(there, newest.copy), lines)
            _note(folder, beside=len(lines))
    except Refusal as refusal:
        return Carried(Reach.BEHIND, None, f"{ONLY_HERE}{refusal}")
    except OSError as error:
        return Carried(Reach.BEHIND, None, f"{ONLY_HERE}{not_writable(place, error)}")
    return Carried(Reach.ALL, there, late=late)


def _there(newest: Backup, place: Path) -> Path | None:
    """The folder of the same copy in the place, which is described there as it is here, where it was verified meanwhile; None where it is
    not there.

    Raises:
        OSError: the system refuses it.
    """
    made, files = newest.copy.made, newest.copy.files
    for same in backups_in(place):
        if (same.copy.made, same.copy.files) == (made, files):
            if same.copy != newest.copy and files_of(same.folder) == files:
                describe(Backup(same.folder, newest.copy))
            return same.folder
    return None


def _note(folder: Path, **values: object) -> None:
    """Writes down what lies in the second place, if that is not written yet."""
    settings = load(folder)
    if settings != settings._replace(**values):  # type: ignore[arg-type]
        change(folder, **values)


def look(place: Path, newest: Backup | None) -> Reach:
    """What of a copy lies in the second place, as far as names and sizes tell. Waits for a share that does not answer."""
    if not place.is_dir():
        return Reach.AWAY
    if newest is None:
        return Reach.ALL
    there = place / newest.folder.name
    if not (there / MANIFEST).is_file() or size_beside(there) != size_beside(newest.folder):
        return Reach.BEHIND
    return Reach.ALL
