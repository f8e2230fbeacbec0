"""A file is there whole or not at all, and nothing that somebody else has put into the folder is followed or waited for."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from counter_assistant import files
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import append_line, clear_abandoned, write_atomic
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.printing.file import save_pdf
from counter_assistant.ui import local_settings
from counter_assistant.ui.shell.error_log import note_error

POSIX = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no pipes among files, and links for administrators only"
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_what_had_its_name_gives_way(tmp_path: Path) -> None:
    for content in (b"first", b"", b"a longer second" * 100_000):
        write_atomic(tmp_path / "a.pdf", content)
        assert (tmp_path / "a.pdf").read_bytes() == content
        assert names(tmp_path) == ["a.pdf"]


def test_content_and_name_are_durable_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN every call to the system noted THEN the content is synced before the name is given, and the name after it."""
    calls: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(fd: int) -> None:
        calls.append("sync folder" if Path(f"/proc/self/fd/{fd}").is_dir() else "sync file")
        real_sync(fd)

    def replace(old: Path, new: Path) -> Path:
        calls.append("name")
        return real_replace(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    write_atomic(tmp_path / "a.pdf", b"%PDF")
    assert calls[:2] == (["sync file", "name"])
    assert calls[2:] == ([] if os.name == "nt" else ["sync folder"])


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_what_fails_leaves_the_file_of_before_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    write_atomic(tmp_path / "a.pdf", b"before")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, full)
    with pytest.raises(OSError, match="full"):
        write_atomic(tmp_path / "a.pdf", b"after")
    assert names(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"before"


def test_a_place_that_cannot_sync_names_is_no_failure_and_a_broken_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(error: int) -> None:
        def fail(_: Path) -> None:
            raise OSError(error, "no")

        monkeypatch.setattr(files, "sync", fail)

    sync(errno.EINVAL)
    write_atomic(tmp_path / "a.pdf", b"%PDF")
    sync(errno.EIO)
    with pytest.raises(OSError, match="no"):
        write_atomic(tmp_path / "a.pdf", b"%PDF")


@pytest.mark.parametrize("name", ["a\0.pdf", "a" * 300, "missing/a.pdf", "\ud840.pdf"])
def test_a_name_that_no_file_can_have_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        save_pdf(b"%PDF", tmp_path / name)
    assert refused.value.code == "cannot-save-file"
    assert names(tmp_path) == []


# --- what somebody else has put there


@POSIX
def test_planted_links_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN links at every name that a writer uses or used THEN the file they lead to stays as it was."""
    victim, folder = tmp_path / "victim", tmp_path / "data"
    folder.mkdir()
    victim.write_bytes(b"mine")
    monkeypatch.setattr(os, "urandom", bytes)
    planted = [
        "1号.pdf",
        ".1号.pdf.part",
        "settings.toml",
        "settings.toml.part",
        "errors.log",
        ".1号.pdf.0000000000000000.part",
    ]
    for name in planted:
        (folder / name).symlink_to(victim)
    reprint_and_void.save_paper(b"%PDF", folder, "1号")
    save_pdf(b"%PDF", folder / "1号.pdf")
    local_settings.change(folder, printer="hp")
    note_error(folder, ValueError, None)
    assert victim.read_bytes() == b"mine"
    assert (folder / "1号-2.pdf").read_bytes() == (folder / "1号.pdf").read_bytes() == b"%PDF"
    assert local_settings.load(folder).printer == "hp"


@POSIX
def test_the_unfinished_file_does_not_follow_a_link_even_when_its_name_was_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    monkeypatch.setattr(os, "urandom", bytes)
    (tmp_path / f".{'0' * 16}.part").symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_atomic(tmp_path / "a.pdf", b"%PDF")
    assert victim.read_bytes() == b"mine"


@POSIX
@pytest.mark.slow
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """GIVEN pipes under the names of a paper, the settings and the log WHEN they are written and read THEN nothing hangs."""
    for name in ("1号.pdf", "settings.toml", "errors.log"):
        os.mkfifo(tmp_path / name)
    program = """
import sys
from pathlib import Path
from counter_assistant.ui.shell.error_log import note_error
from counter_assistant.operations.archive import reprint_and_void as records
from counter_assistant.ui import local_settings
folder = Path(sys.argv[1])
print(local_settings.load(folder).type_size, records.save_paper(b"%PDF", folder, "1号").name)
local_settings.change(folder, printer="hp")
note_error(folder, ValueError, None)
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=True, env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert done.stdout == "1.0 1号-2.pdf\n"
    assert "ValueError" in done.stderr
    assert local_settings.load(tmp_path).printer == "hp"


def test_a_log_of_our_own_is_added_to(tmp_path: Path) -> None:
    for line in ("一\n", "二\n"):
        append_line(tmp_path / "errors.log", line)
    assert (tmp_path / "errors.log").read_text(encoding="utf-8") == "一\n二\n"


# --- what a cut of power has left


def test_unfinished_files_are_cleared_once_nobody_can_be_writing_them(tmp_path: Path) -> None:
    """GIVEN files with and without the names of unfinished ones THEN only the old unfinished ones go."""
    token = "0123456789abcdef"
    old = [f".book.db.{token}.new", f".book.db.{token}.new-journal", f".{token}.new", f".{token}.part"]
    others = ["book.db", ".book.db.new", f"{token}.part", f".{token}.pdf", f".{token[:-1]}.part", ".hidden"]
    for name in (*old, *others):
        (tmp_path / name).touch()
    clear_abandoned(tmp_path)
    assert names(tmp_path) == sorted([*old, *others])
    hours_ago = time.time() - 2 * files.ABANDONED
    for name in (*old, *others):
        os.utime(tmp_path / name, (hours_ago, hours_ago))
    (tmp_path / f".{'f' * 16}.part").mkdir()
    os.utime(tmp_path / f".{'f' * 16}.part", (hours_ago, hours_ago))
    clear_abandoned(tmp_path)
    assert names(tmp_path) == sorted([*others, f".{'f' * 16}.part"])
    clear_abandoned(tmp_path / "missing")


def test_one_that_cannot_be_removed_keeps_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hours_ago = time.time() - 2 * files.ABANDONED
    stale = [tmp_path / f".{digit * 16}.part" for digit in "0123"]
    for path in stale:
        path.touch()
        os.utime(path, (hours_ago, hours_ago))
    unlink = Path.unlink

    def locked(path: Path) -> None:
        if path.name != f".{'1' * 16}.part":
            unlink(path)
        else:
            raise PermissionError(errno.EACCES, "in use", str(path))

    monkeypatch.setattr(Path, "unlink", locked)
    clear_abandoned(tmp_path)
    assert names(tmp_path) == [f".{'1' * 16}.part"]
