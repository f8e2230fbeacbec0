"""台账放在哪里：只放在本机的固定硬盘上（docs/decisions/0004-the-book.md）.

SQLite relies on file locks and on fsync. Network file systems promise neither, and a stick can be pulled out in the
middle of a write. This is the best that can be found out without asking the administrator; it is not a proof.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from counter_assistant import volumes
from counter_assistant.domain.refusal import Refusal
from counter_assistant.volumes import REMOVABLE, Mount, mounts_in

_DRIVES = {2: "removable", 4: "network", 5: "removable"}


def require_fixed_disk(path: Path) -> None:
    """Asks whether a place is on a fixed disk of this machine; where the system does not say, it is taken to be.

    Raises:
        Refusal: `book-place`: it is in a network, or can be taken away.
    """
    kind = _windows_place(path) if os.name == "nt" else _linux_place(path)
    if not kind:
        return
    name = "网络位置" if kind == "network" else "可移动存储设备"
    raise Refusal("book-place", f"台账不能放在{name}：{path.parent}。", "请把数据文件夹设在本机的固定硬盘上。")


def place_of(path: PurePosixPath, mounts: str) -> str:
    """ "network", "removable" or "", from the text of /proc/mounts: the longest mount point above `path` decides."""
    found = Mount(PurePosixPath(), "")
    for mount in mounts_in(mounts):
        if path.is_relative_to(mount.point) and len(mount.point.parts) >= len(found.point.parts):
            found = mount
    if found.is_network:
        return "network"
    return "removable" if found.system in REMOVABLE else ""


def _linux_place(path: Path) -> str:
    try:
        mounts = volumes.MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return place_of(PurePosixPath(os.path.realpath(path)), mounts)


def _windows_place(path: Path) -> str:
    import ctypes

    drive = Path(os.path.realpath(path)).drive
    if drive.startswith("\\\\"):
        return "network"
    return _DRIVES.get(int(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")), "")  # type: ignore[attr-defined, unused-ignore]
