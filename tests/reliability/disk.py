"""A disk whose power can be cut: an ext4 file system in a file, mounted as a loop device. Needs root, and Linux.

`EXT4_IOC_SHUTDOWN` without flushing its log leaves on the device what had reached it and nothing else, as when the plug is pulled.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

SHUTDOWN, WITHOUT_LOG = 0x8004587D, 2
MOUNTS = Path("/proc/mounts")
SIZE = 96 << 20


class Disk:
    """The disk, mounted at `place`."""

    def __init__(self, folder: Path) -> None:
        self._image, self.place = folder / "disk.img", folder / "disk"
        self.place.mkdir()
        with self._image.open("wb") as image:
            image.truncate(SIZE)
        _run("mkfs.ext4", "-q", self._image)
        self._device = _run("losetup", "--find", "--show", self._image).strip()
        self._mount()

    def cut(self) -> None:
        """Cuts the power: whatever has not reached the device is gone."""
        import fcntl

        place = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(place, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
        finally:
            os.close(place)

    def power_on(self) -> None:
        """Mounts again what is left."""
        self._unmount()
        self._mount()

    def remove(self) -> None:
        """Unmounts the disk for good."""
        self._unmount()
        _run("losetup", "--detach", self._device)

    def _mount(self) -> None:
        _run("mount", self._device, self.place)

    def _unmount(self) -> None:
        """The next mount would read the old state of one that the kernel still holds."""
        for _ in range(200):
            if subprocess.run(["umount", str(self.place)], capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.01)
        while str(self.place) in MOUNTS.read_text(encoding="utf-8"):
            time.sleep(0.005)


def make_disk(folder: Path) -> Disk:
    """A disk, or the test is left out, saying why."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("power cuts need Linux and root: NOT RUN")
    try:
        return Disk(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no loop device can be mounted here, so power cuts were NOT RUN: {error}")


def _run(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
