"""系统接上的盘：每一块在哪里，是哪一种；其中能拔下来的 U 盘，叫什么名字."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MOUNTS = Path("/proc/mounts")
NETWORK = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs", "ncpfs", "coda",
    )
)  # fmt: skip
REMOVABLE = frozenset(("vfat", "msdos", "exfat", "iso9660", "udf"))
PLUGGED_IN = ("/media", "/run/media", "/mnt")
"""Where a system puts what somebody plugs in, whatever file system it has."""
OF_THE_SYSTEM = ("/boot", "/efi")
"""Where the system itself has a file system that sticks have."""
REMOVABLE_DRIVE = 2
DEPTH, MOST_FOLDERS = 2, 500


class Mount(NamedTuple):
    """A file system and where it hangs in the tree."""

    point: PurePosixPath
    system: str

    @property
    def is_network(self) -> bool:
        """Whether it lies on another machine, which may not answer."""
        return self.system in NETWORK or self.system.startswith("fuse.")


class Stick(NamedTuple):
    """Something that was plugged in, and what it is called."""

    folder: Path
    name: str


def mounts_in(text: str) -> Iterator[Mount]:
    """What a text as that of /proc/mounts lists, in its order."""
    for line in text.splitlines():
        columns = line.split(" ")
        if len(columns) >= 3:
            point = columns[1].replace("\\040", " ").replace("\\011", "\t")
            yield Mount(PurePosixPath(point), columns[2])


def sticks() -> list[Stick]:
    """The sticks that are plugged in now, by name; none where the system does not say. One that does not answer is not waited for here,
    but by whoever reads it."""
    found = _windows_sticks() if os.name == "nt" else _linux_sticks()
    return sorted(found, key=lambda each: (each.name, each.folder))


def is_plugged_in(place: Path) -> bool:
    """Whether a place, be it there or not, is one where a system puts what somebody plugs in."""
    return any(PurePosixPath(place).is_relative_to(each) for each in PLUGGED_IN)


def folders_in(place: Path, passed_over: Callable[[Path], object] = lambda _: False) -> list[Path]:
    """A place and the folders in it, `DEPTH` deep and `MOST_FOLDERS` at most, since a stick may hold anything; through no link. What cannot be read
    is passed over, and so is what somebody else looks into."""

    def go(folder: Path, deep: int) -> Iterator[Path]:
        yield folder
        with suppress(OSError):
            for each in sorted(folder.iterdir()) if deep else ():
                if each.is_dir() and not each.is_symlink() and not passed_over(each):
                    yield from go(each, deep - 1)

    return list(islice(go(place, DEPTH), MOST_FOLDERS))


def _linux_sticks() -> list[Stick]:
    try:
        text = MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    points = {mount.point for mount in mounts_in(text) if _may_be_a_stick(mount)}
    holding = {parent for point in points for parent in point.parents}  # where others are plugged in
    return [Stick(Path(point), point.name) for point in points - holding]


def _may_be_a_stick(mount: Mount) -> bool:
    plugged_in = is_plugged_in(Path(mount.point))
    ours = mount.system in REMOVABLE and not any(mount.point.is_relative_to(place) for place in OF_THE_SYSTEM)
    return (plugged_in or ours) and not mount.is_network


def _windows_sticks() -> list[Stick]:
    import ctypes
    import string

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    drives, found = int(kernel.GetLogicalDrives()), []
    for n, letter in enumerate(string.ascii_uppercase):
        root = f"{letter}:\\"
        if drives >> n & 1 and int(kernel.GetDriveTypeW(root)) == REMOVABLE_DRIVE:
            label = ctypes.create_unicode_buffer(261)
            kernel.GetVolumeInformationW(root, label, 261, None, None, None, None, 0)
            found.append(Stick(Path(root), f"{label.value} {letter}:".strip()))
    return found
