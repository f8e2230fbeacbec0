"""Where a book may lie."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from counter_assistant import volumes
from counter_assistant.storage.engines.sqlite import places
from tests.storage.desk import refused

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/hall /mnt/hall nfs4 rw 0 0
//server/hall /mnt/hall/deeper\\040one cifs rw 0 0
/dev/sdb1 /media/stick vfat rw 0 0
/dev/sdc1 /media/big exfat rw 0 0
phone /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sda2 /mnt/hall/local ext4 rw 0 0
/dev/sda3 /data fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/book.db", ""), ("/mnt/hall/book.db", "network"), ("/mnt/hall/deeper one/book.db", "network"),
        ("/mnt/hall/local/book.db", ""), ("/mnt/hallway/book.db", ""), ("/media/stick/book.db", "removable"),
        ("/media/big/a/book.db", "removable"), ("/run/user/1000/gvfs/share/book.db", "network"), ("/data/book.db", ""),
    ],
)  # fmt: skip
def test_where_a_file_lies(path: str, kind: str) -> None:
    assert places.place_of(PurePosixPath(path), MOUNTS) == kind


@pytest.mark.skipif(os.name == "nt", reason="reads /proc/mounts")
@pytest.mark.parametrize(("system", "words"), [("nfs", "网络位置"), ("vfat", "可移动存储设备")])
def test_a_network_or_removable_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, words: str) -> None:
    data, mounts = tmp_path / "data", tmp_path / "mounts"
    data.mkdir()
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nthing {data} {system} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", mounts)
    refusal = refused(data / "book.db")
    assert refusal.code == "book-place"
    assert words in refusal.sentence
