"""Copies that make themselves: while nobody is served, on leaving, and told of only where something is wrong."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import __version__
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import backing_up as backing_up_process
from counter_assistant.operations.safekeeping import backup_process
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import name_place
from counter_assistant.operations.safekeeping.second_place import place_watch
from counter_assistant.storage.safekeeping.backup_folder import SINCE, Backup, backups_in
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.rehearsal_file import read_rehearsal, write_rehearsal
from counter_assistant.storage.sealing.key_ring import new_ring
from counter_assistant.storage.sealing.ring_file import write_ring
from counter_assistant.ui.backing_up import DONE, GOING_ON, UPGRADED, BackingUp
from counter_assistant.ui.shell.status_line import StatusLine
from tests.make import NOW
from tests.places import ROOT
from tests.storage.desk import KEY

pytestmark = pytest.mark.slow  # each starts another process


class Days:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def office(tmp_path: Path, days: Days, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.chdir(ROOT)
    made = open_office(tmp_path, days)
    yield made
    made.close()


class Heard:
    def __init__(self, backing_up: BackingUp) -> None:
        self.told: list[str] = []
        self.overdue: list[str] = []
        self.heed: list[bool] = []
        backing_up.told.connect(self._hear)
        backing_up.overdue.connect(self.overdue.append)

    def _hear(self, words: str, heed: bool) -> None:
        self.told.append(words)
        self.heed.append(heed)


def copies(office: Office) -> list[Backup]:
    return backups_in(own_place(office.folder))


def test_one_is_made_by_itself_and_nothing_is_said(qtbot: Any, office: Office) -> None:
    backing_up = BackingUp(office, lambda: True)
    heard = Heard(backing_up)
    backing_up.look()
    assert backing_up.running
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert [backup.copy.state for backup in copies(office)] == [State.VERIFIED]
    assert (set(heard.told), heard.overdue) == ({""}, [""])
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert len(copies(office)) == 1, "it is there"


def test_after_an_upgrade_what_is_there_is_copied_and_that_is_said_once(
    qtbot: Any, office: Office, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a copy that an earlier version made WHEN this one is opened THEN a full copy is made at once, whoever needs none else, and one line says so."""
    with monkeypatch.context() as patch:
        patch.setattr(backing_up_process, "__version__", "0.0.9")
        back_up(Task(office.folder, NOW))
    days.now += timedelta(minutes=1)
    backing_up = BackingUp(office, lambda: True)
    heard = Heard(backing_up)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    said = f"程序由 0.0.9 升级到 {__version__}，台账、人员、口令、打印机都没有动；完整的备份做好了。"
    assert heard.told == [said]
    newest = copies(office)[-1].copy
    assert (newest.program, newest.state) == (__version__, State.VERIFIED)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert [words for words in heard.told if words] == [said]


def test_once_a_week_a_restore_is_rehearsed_while_nobody_is_served(qtbot: Any, office: Office, days: Days) -> None:
    folder = office.folder
    back_up(Task(folder, NOW))
    backing_up = BackingUp(office, lambda: False)
    backing_up.look()
    assert not backing_up.running, "somebody is served"
    backing_up = BackingUp(office, lambda: True)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    held = read_rehearsal(folder)
    assert held is not None
    assert (held.outcome, held.entries, list(own_place(folder).glob(".*"))) == (Outcome.HELD, 1, [])
    backing_up.look()
    assert not backing_up.running


def test_one_that_failed_is_told_in_the_line(qtbot: Any, office: Office) -> None:
    folder = office.folder
    back_up(Task(folder, NOW))
    (copies(office)[0].folder / "book.db").write_bytes(b"")
    backing_up = BackingUp(office, lambda: True)
    heard = Heard(backing_up)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert heard.overdue == ["演练恢复没有成功，请看体检"]
    backing_up.look()
    assert not backing_up.running, "not again before there is a newer copy, or a day has passed"


def test_it_looks_by_itself_once_it_watches(qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_assistant.ui.backing_up.FIRST_MS", 1)
    backing_up = BackingUp(office, lambda: True)
    backing_up.watch()
    qtbot.waitUntil(lambda: backing_up.running)
    qtbot.waitUntil(lambda: not backing_up.running)
    assert len(copies(office)) == 1


def test_after_an_upgrade_one_is_made_before_anything_whoever_is_served(
    qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(Task(office.folder, NOW))
    backing_up = BackingUp(office, lambda: False)
    monkeypatch.setattr("counter_assistant.ui.backing_up.UPGRADED_MS", 1)
    backing_up.watch()
    qtbot.wait(50)
    assert not backing_up.running
    monkeypatch.setattr("counter_assistant.operations.safekeeping.backup_state.__version__", "9.9")
    heard = Heard(backing_up)
    backing_up.watch()
    qtbot.waitUntil(lambda: backing_up.running)
    qtbot.waitUntil(lambda: not backing_up.running)
    assert heard.told == [UPGRADED.format(__version__, __version__)]
    monkeypatch.undo()
    monkeypatch.chdir(ROOT)
    backing_up.begin()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert heard.told[1:] == [GOING_ON, DONE], "it is said once"


def test_a_visitor_is_not_kept_waiting_and_the_line_speaks_after_a_day(office: Office, days: Days) -> None:
    back_up(Task(office.folder, NOW))
    backing_up = BackingUp(office, lambda: False)
    heard = Heard(backing_up)
    days.now += timedelta(days=2)
    backing_up.look()
    assert not backing_up.running
    assert heard.overdue == ["最近的备份是 11月23日 10:42 的"]


def test_one_that_was_asked_for_is_told(qtbot: Any, office: Office) -> None:
    backing_up = BackingUp(office, lambda: False)
    heard = Heard(backing_up)
    backing_up.begin()
    backing_up.begin()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert heard.told == [GOING_ON, DONE]
    assert len(copies(office)) == 1


def test_what_does_not_succeed_is_told_and_not_tried_again_at_once(qtbot: Any, office: Office, days: Days) -> None:
    own_place(office.folder).write_text("in the way")
    backing_up = BackingUp(office, lambda: True)
    heard = Heard(backing_up)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert "备份没有写进" in heard.told[-1]
    assert heard.overdue == ["还没有核对过的备份"]
    for hours, again in ((0, False), (2, True)):
        days.now += timedelta(hours=hours)
        backing_up.look()
        assert backing_up.running is again
    qtbot.waitUntil(lambda: not backing_up.running)


def test_what_waits_is_verified_after_the_sign_in(qtbot: Any, office: Office) -> None:
    folder = office.folder
    slot = {"act": "sealed", "who": "1", "by": "1"}
    office.book.seal(KEY, slot, lambda: write_ring(folder, new_ring(KEY), KEY))
    back_up(Task(folder, NOW))
    backing_up = BackingUp(office, lambda: True)
    backing_up.look()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert [backup.copy.state for backup in copies(office)] == [State.VERIFIED]


def test_what_is_new_is_put_beside_the_copy_whoever_is_served(qtbot: Any, office: Office, days: Days) -> None:
    back_up(Task(office.folder, NOW))
    backing_up = BackingUp(office, lambda: False)
    office.decide_profile(office.profile)
    for minutes, begins in ((0, False), (31, True), (60, False)):
        days.now = NOW + timedelta(minutes=minutes)
        backing_up.look()
        assert backing_up.running is begins
        qtbot.waitUntil(lambda: not backing_up.running)
    assert (copies(office)[0].folder / SINCE).read_bytes().count(b"\n") == 2


@pytest.fixture
def stick(office: Office, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is named as the place of copies, and has the last one."""
    monkeypatch.setattr(place_watch, "PATIENCE", 30.0)
    monkeypatch.setattr(place_watch, "ON_LEAVING", 30.0)
    place = name_place(office, tmp_path_factory.mktemp("stick"))
    back_up(Task(office.folder, NOW))
    return place


def pulled_out(stick: Path) -> Path:
    return stick.rename(stick.with_name("pulled out"))


def test_what_a_stick_missed_comes_there_by_itself_once_it_is_plugged_in(
    qtbot: Any, office: Office, days: Days, stick: Path
) -> None:
    """GIVEN a stick that is out WHEN a copy is asked for THEN it says plainly that it lies here alone, the line says so until the stick is back, and
    then it is carried there while nobody is served."""
    pocket = pulled_out(stick)
    served = [True]
    backing_up = BackingUp(office, lambda: not served)
    heard = Heard(backing_up)
    days.now += timedelta(minutes=5)
    backing_up.begin()
    qtbot.waitUntil(lambda: not backing_up.running, timeout=30_000)
    assert heard.told == [GOING_ON, f"只备份在本机；放备份的地方（{stick}）不在，接上以后自己补上。"]
    assert heard.heed == [False, True]
    assert heard.overdue == ["备份还没有放到另存的地方"]
    served.clear()
    write_rehearsal(office.folder, Rehearsal(days.now, Outcome.HELD, days.now, 1, 1))
    backing_up.look()
    assert backing_up.running is False, "it is not there"
    pocket.rename(stick)
    served.append(True)
    backing_up.look()
    assert backing_up.running is False, "somebody is served"
    served.clear()
    backing_up.look()
    qtbot.waitUntil(lambda: backing_up.running)
    qtbot.waitUntil(lambda: not backing_up.running, timeout=30_000)
    assert [each.copy for each in backups_in(stick)][-1] == copies(office)[-1].copy
    assert heard.overdue[-1] == ""
    backing_up.look()
    assert backing_up.running is False, "all of it is there"


def test_on_leaving_what_a_stick_missed_is_carried_there(
    office: Office, days: Days, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = backup_process.start
    monkeypatch.setattr(backup_process, "start", lambda task, heard: started.append(start(task, heard=heard)))
    pocket = pulled_out(stick)
    days.now += timedelta(minutes=5)
    backing_up = BackingUp(office, lambda: False)
    assert backing_up.before_leaving() == "", "nothing was done since"
    office.decide_profile(office.profile)
    assert "不在，新办的只备份在本机" in backing_up.before_leaving()
    back_up(Task(office.folder, days.now))
    assert "不在，新办的只备份在本机" in backing_up.before_leaving()
    backing_up.leave()
    assert started == [], "there is nothing new, and nowhere to put it"
    pocket.rename(stick)
    assert backing_up.before_leaving() == ""
    backing_up.leave()
    assert started[0].wait(60) == 0
    assert [each.copy for each in backups_in(stick)][-1] == copies(office)[-1].copy
    office.close()
    assert backing_up.before_leaving() == ""


def test_on_leaving_what_is_new_is_copied(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = backup_process.start
    monkeypatch.setattr(backup_process, "start", lambda task, heard: started.append(start(task, heard=heard)))
    backing_up = BackingUp(office, lambda: False)
    backing_up.leave()
    assert started[0].wait(60) == 0
    assert len(copies(office)) == 1
    backing_up.leave()
    assert len(started) == 1


def test_training_is_left_alone(tmp_path: Path) -> None:
    office = open_office(tmp_path, lambda: NOW, training=True)
    backing_up = BackingUp(office, lambda: True)
    heard = Heard(backing_up)
    backing_up.watch()
    backing_up.look()
    backing_up.leave()
    assert (backing_up.running, heard.overdue) == (False, [])
    backing_up.begin()
    assert heard.told == ["练习用的台账不备份。请退出练习模式再备份。"]
    office.close()


def test_the_status_line_shows_it_only_while_it_says_something(qtbot: Any) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    assert line.backup.isHidden()
    line.show_backup("还没有核对过的备份")
    assert (line.backup.isHidden(), line.backup.text()) == (False, "● 还没有核对过的备份")
    line.show_backup("")
    assert line.backup.isHidden()
