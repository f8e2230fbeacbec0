"""Where the copies go and how much room they take; what was lost or damaged counts as not said."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.safekeeping.backup_settings import NAME, BackupSettings, change, load, own_place


def test_what_was_set_is_read_again(tmp_path: Path) -> None:
    assert load(tmp_path) == BackupSettings()
    assert change(tmp_path, place="D:\\备份") == load(tmp_path) == BackupSettings("D:\\备份")
    assert change(tmp_path, cap=1 << 30) == load(tmp_path) == BackupSettings("D:\\备份", 1 << 30)
    assert (
        change(tmp_path, carried="a", off_disk=True) == load(tmp_path) == BackupSettings("D:\\备份", 1 << 30, "a", True)
    )
    assert own_place(tmp_path) == tmp_path / "backups"


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"place": 7, "cap": 9}', '{"place": "", "cap": 0, "carried": "", "off_disk": false}', "[" * 100_000],
)
def test_what_says_nothing_counts_as_not_set(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    assert load(tmp_path) == BackupSettings()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        change(tmp_path / "none", place="x")
    assert refusal.value.code == "settings-unsaved"
