"""The other process: the key goes through the pipe and nowhere else, and what it says is heard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import CheckLine, Level
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.backup_process import Work, answer, command, start, to_bytes
from counter_assistant.storage.safekeeping.backup_folder import BOOK, backups_in, files_of
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.rehearsal_file import read_rehearsal
from tests.make import NOW
from tests.operations.safekeeping.test_backing_up import a_folder, copies, last_number
from tests.places import ROOT
from tests.portion import Portion
from tests.storage.desk import KEY


def run(task: Task, work: Work = Work.BACK_UP) -> bytes:
    return subprocess.run(command(), input=to_bytes(task, work), cwd=ROOT, capture_output=True, check=True).stdout


@pytest.mark.slow
def test_it_makes_a_verified_copy_under_the_key(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    assert answer(run(Task(folder, NOW, KEY))) == (True, False, ())
    assert copies(folder)[0].copy.state is State.VERIFIED
    assert answer(run(Task(folder, NOW, KEY, make=False))) == (False, False, ())


@pytest.mark.slow
def test_it_rehearses_a_restore_under_the_key(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    run(Task(folder, NOW, KEY))
    assert answer(run(Task(folder, NOW, KEY), Work.REHEARSE)) == (False, False, ())
    assert read_rehearsal(folder) == Rehearsal(NOW, Outcome.HELD, NOW, 4, 4)


@pytest.mark.slow
def test_it_checks_the_whole_book_and_says_how_far_it_is(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    run(Task(folder, NOW, KEY))
    *steps, found = run(Task(folder, NOW, KEY), Work.CHECK).splitlines()
    assert [json.loads(step)["reached"] for step in steps] == [[n, 3] for n in (1, 2, 3)]
    book, heads, _ = map(CheckLine.from_json, json.loads(found)["lines"])
    assert book.sentence == "4 条记录全部核对过，没有问题。"
    assert (heads.level, heads.sentence) == (Level.WELL, "与台账以外留着的 1 个台账头相符。")


@pytest.mark.slow
def test_what_it_refuses_is_refused_here(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        answer(run(Task(tmp_path, NOW)))
    assert (refusal.value.code, refusal.value.remedy) == ("no-book", "请核对数据文件夹。")


@pytest.mark.parametrize("said", [b"", b"{", b"Killed"])
def test_one_that_died_has_made_nothing(said: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        answer(said)
    assert refusal.value.code == "backup-cut-off"


def test_the_key_is_in_no_argument_and_no_variable() -> None:
    task = Task(Path("data"), NOW, KEY)
    assert KEY.secret.hex() not in " ".join(command())
    assert KEY.secret.hex() not in repr(task)
    assert json.loads(to_bytes(task))["key"] == KEY.secret.hex()


@pytest.mark.slow
@pytest.mark.nightly("backups")
@pytest.mark.skipif(os.name == "nt", reason="kills")
def test_killed_whenever_it_happens_to_be_it_leaves_the_last_copy(tmp_path: Path, portion: Portion) -> None:
    folder = a_folder(tmp_path, KEY, slips=40)
    assert answer(run(Task(folder, NOW, KEY)))[0]
    first = NOW
    for n in range(portion.times(300, sample=4)):
        process = subprocess.Popen(command(), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(to_bytes(Task(folder, NOW + timedelta(days=n + 1), KEY)))
        process.stdin.close()
        before = len(list(own_place(folder).glob(".*")))
        while process.poll() is None and len(list(own_place(folder).glob(".*"))) == before:
            time.sleep(0.002)
        signal_after(process, portion.chance.uniform(0, 0.08))
        found = copies(folder)
        assert any(backup.copy.made == first for backup in found), "the last one before it was killed"
        for backup in found:
            assert backup.copy.state is State.VERIFIED
            assert files_of(backup.folder) == backup.copy.files
        first = found[-1].copy.made
    assert last_number(found[-1].folder / BOOK, KEY) == 40


def signal_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.slow
def test_what_was_started_needs_nobody_to_hear_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    folder = a_folder(tmp_path, None)
    process = start(Task(folder, NOW), heard=False)
    assert process.wait(60) == 0
    assert [backup.copy.made for backup in backups_in(own_place(folder))] == [NOW]


def test_one_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    with pytest.raises(Refusal) as refusal:
        start(Task(tmp_path, NOW))
    assert refusal.value.code == "backup-not-started"
