"""What is plugged in: sticks are named, and neither the system's own disks nor shares are taken for one."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from counter_assistant import volumes
from counter_assistant.volumes import Mount, Stick, mounts_in, sticks

pytestmark = pytest.mark.skipif(os.name == "nt", reason="reads /proc/mounts")

TABLE = """\
/dev/sda2 / ext4 rw 0 0
/dev/sda1 /boot/efi vfat rw 0 0
proc /proc proc rw 0 0
/dev/sdc1 /run/media/li/LINCANG\\04016G exfat rw 0 0
/dev/sdb1 /media/li/BACKUP ntfs3 rw 0 0
//hall/share /mnt/share cifs rw 0 0
none /media tmpfs rw 0 0
gvfsd-fuse /media/li/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdd1 /data/stick vfat rw 0 0
cut short
"""


def test_every_line_of_the_table_is_a_mount_and_a_space_in_a_name_is_one() -> None:
    found = list(mounts_in(TABLE))
    assert len(found) == 9
    assert found[3] == Mount(PurePosixPath("/run/media/li/LINCANG 16G"), "exfat")
    assert [mount.point.name for mount in found if mount.is_network] == ["share", "gvfs"]


def test_sticks_are_what_was_plugged_in_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(TABLE, "utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    assert sticks() == [
        Stick(Path("/media/li/BACKUP"), "BACKUP"),
        Stick(Path("/run/media/li/LINCANG 16G"), "LINCANG 16G"),
        Stick(Path("/data/stick"), "stick"),
    ]


def test_where_the_system_does_not_say_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "MOUNTS", tmp_path / "away")
    assert sticks() == []
