"""备份存在哪里、最多占多少：记在台账旁边的 backup.json，丢了就按平常的来."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.keeping import CAP
from counter_assistant.files import read_plain, reason_of, write_atomic

NAME, OWN_PLACE = "backup.json", "backups"
_LARGEST = 1 << 16


class BackupSettings(NamedTuple):
    """`place` is the second place as the office named it, empty for none; `cap` how much room the copies of one place take, in
    bytes. `carried` is the name of the copy that was put there last, `beside` how many bytes of entries that are new since stand beside it there,
    and `off_disk` whether that is another file system: noted, because nobody waits for a share that may not answer. `gone` are the destructions after which older copies go: when each was, and the
    day from which on they do, both as ISO 8601 writes them. `begun` is the last entry before a destruction of which the rest is still to be done; 0
    where there is none."""

    place: str = ""
    cap: int = CAP
    carried: str = ""
    off_disk: bool = False
    gone: tuple[tuple[str, str], ...] = ()
    begun: int = 0
    beside: int = 0

    def cut(self, today: date) -> datetime | None:
        """Before which moment a copy was made that is no longer kept today; None where there is no such day yet."""
        return max((datetime.fromisoformat(at) for at, day in self.gone if day <= today.isoformat()), default=None)


def own_place(folder: Path) -> Path:
    """The place of a data folder in which every copy is made first."""
    return folder / OWN_PLACE


def load(folder: Path) -> BackupSettings:
    """The settings of a data folder; those of the wrong kind count as not set."""
    try:
        written = json.loads(read_plain(folder / NAME, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return BackupSettings()
    match written:
        case {"place": str(place), "cap": int(cap), "carried": str(carried), "off_disk": bool(off_disk)} if cap > 0:
            gone = tuple((str(at), str(day)) for at, day in written.get("gone", ()))
            return BackupSettings(
                place, cap, carried, off_disk, gone, int(written.get("begun", 0)), int(written.get("beside", 0))
            )
    return BackupSettings()


def change(folder: Path, **values: object) -> BackupSettings:
    """Changes some of them.

    Raises:
        Refusal: `settings-unsaved`.
    """
    settings = load(folder)._replace(**values)  # type: ignore[arg-type]
    try:
        write_atomic(folder / NAME, json.dumps(settings._asdict(), ensure_ascii=False).encode())
    except (OSError, ValueError) as error:
        raise Refusal("settings-unsaved", f"没有记下来：{reason_of(error)}。", "请检查数据文件夹的权限。") from error
    return settings
