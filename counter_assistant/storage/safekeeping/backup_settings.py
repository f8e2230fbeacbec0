"""备份存在哪里、最多占多少：记在台账旁边的 backup.json，丢了就按平常的来."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.keeping import CAP
from counter_assistant.files import read_plain, reason_of, write_atomic

NAME, OWN_PLACE = "backup.json", "backups"
_LARGEST = 1 << 16


class BackupSettings(NamedTuple):
    """`place` is the second place as the office named it, empty for none; `cap` how much room the copies of one place take, in
    bytes. `carried` is the name of the copy that was put there last, and `off_disk` whether that is another file system: noted, because
    nobody waits for a share that may not answer."""

    place: str = ""
    cap: int = CAP
    carried: str = ""
    off_disk: bool = False


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
            return BackupSettings(place, cap, carried, off_disk)
    return BackupSettings()


def change(folder: Path, **values: str | int) -> BackupSettings:
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
