"""What was copied while the second place was away reaches it by itself, once, and is noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.domain.safekeeping.second_place import Reach
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import backup_state, name_place
from counter_assistant.operations.safekeeping.second_place import carrying, place_watch
from counter_assistant.operations.safekeeping.second_place.carrying import carry_newest, look
from counter_assistant.operations.safekeeping.second_place.place_watch import PlaceWatch
from counter_assistant.storage.safekeeping.backup_folder import SINCE, Backup, backups_in, describe, files_of
from counter_assistant.storage.safekeeping.backup_settings import change, load, own_place
from tests.make import NOW, SINGLE, a_request, an_office

HOUR = timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = an_office(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def stick(office: Office, tmp_path: Path) -> Path:
    """A stick that is named as the place of copies, and was given one."""
    (tmp_path / "stick").mkdir()
    place = name_place(office, tmp_path / "stick")
    back_up(Task(office.folder, NOW))
    return place


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is waited for."""
    monkeypatch.setattr(place_watch, "PATIENCE", 30.0)
    monkeypatch.setattr(place_watch, "ON_LEAVING", 30.0)


def pull_out(stick: Path) -> Path:
    return stick.parent.rename(stick.parent.with_name("in somebody's pocket"))


def plug_in(pocket: Path) -> None:
    pocket.rename(pocket.with_name("stick"))


def slip(office: Office, name: str = "a") -> None:
    issue_slip(office, a_request(answers=SINGLE, request_id=name))


def newest(office: Office) -> Backup:
    return backups_in(own_place(office.folder))[-1]


def alarm(office: Office) -> str:
    return backup_state(office.folder, NOW + HOUR).alarm


def lies_there(office: Office, stick: Path) -> bool:
    own = newest(office)
    there = stick / own.folder.name
    since = [(folder / SINCE).read_bytes() if (folder / SINCE).exists() else b"" for folder in (own.folder, there)]
    return there.is_dir() and files_of(there) == own.copy.files and since[0] == since[1]


def test_a_copy_that_was_made_while_it_was_away_comes_there_once_it_is_back(office: Office, stick: Path) -> None:
    assert alarm(office) == ""
    pocket = pull_out(stick)
    slip(office)
    done = back_up(Task(office.folder, NOW + HOUR))
    assert done.only_here
    assert alarm(office) == "备份还没有放到另存的地方"
    plug_in(pocket)
    assert not lies_there(office, stick)
    done = back_up(Task(office.folder, NOW + HOUR, make=False))
    assert (done.made, done.elsewhere, done.warnings) == (None, (stick / newest(office).folder.name,), ())
    assert lies_there(office, stick)
    assert alarm(office) == ""
    assert back_up(Task(office.folder, NOW + HOUR, make=False)).elsewhere == (), "it is there"


def test_what_is_new_since_comes_there_too(office: Office, stick: Path) -> None:
    pocket = pull_out(stick)
    slip(office)
    assert back_up(Task(office.folder, NOW + HOUR, make=False)).warnings == (), "nobody is told each half hour"
    assert alarm(office) == "备份还没有放到另存的地方"
    said = backup_state(office.folder, NOW + HOUR).in_words()
    assert said.endswith(f"没有放到 {stick}：接上以后自己补上。")
    plug_in(pocket)
    back_up(Task(office.folder, NOW + HOUR, make=False))
    assert lies_there(office, stick)
    assert load(office.folder).beside == (newest(office).folder / SINCE).stat().st_size
    assert alarm(office) == ""


def test_of_a_stick_the_status_line_says_that_it_is_one(office: Office, stick: Path) -> None:
    change(office.folder, place="/media/nobody/COPIES", carried="")
    assert alarm(office) == "备份还没有放到 U 盘"


def test_what_was_verified_while_it_was_away_is_verified_there(office: Office, stick: Path) -> None:
    own, there = newest(office), backups_in(stick)[-1]
    describe(Backup(there.folder, replace(there.copy, state=State.UNCHECKED)))
    assert carry_newest(office.folder).folder == there.folder
    assert backups_in(stick) == [Backup(there.folder, own.copy)]


def test_one_that_cannot_be_written_says_so_and_is_no_stick_that_is_missing(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip(office)

    def protected(*_: object) -> Path:
        raise PermissionError(13, "")

    monkeypatch.setattr(carrying, "_there", protected)
    carried = carry_newest(office.folder)
    assert carried.reach is Reach.BEHIND
    assert carried.warning.startswith(f"只备份在本机；备份没有写进 {stick}：")
    assert back_up(Task(office.folder, NOW + HOUR, make=False)).warnings == (carried.warning,)


def test_without_a_place_or_a_copy_there_is_nothing_to_carry(office: Office, tmp_path: Path) -> None:
    assert carry_newest(office.folder) == (Reach.ALL, None, "", None)
    back_up(Task(office.folder, NOW))
    assert carry_newest(office.folder) == (Reach.ALL, None, "", None)
    assert (alarm(office), look(tmp_path, None), look(tmp_path / "none", None)) == ("", Reach.ALL, Reach.AWAY)


def test_it_is_due_when_the_place_is_back_and_not_again_for_half_an_hour(office: Office, stick: Path) -> None:
    watch = PlaceWatch(office)
    assert not watch.carrying_is_due(NOW)
    pocket = pull_out(stick)
    slip(office)
    back_up(Task(office.folder, NOW + HOUR))
    now = NOW + HOUR
    assert not watch.carrying_is_due(now), "it is away"
    plug_in(pocket)
    assert watch.carrying_is_due(now)
    watch.tried(now)
    assert not watch.carrying_is_due(now + HOUR / 4), "what does not succeed is not tried every moment"
    assert watch.carrying_is_due(now + HOUR / 4, leaving=True)
    assert watch.carrying_is_due(now + HOUR / 2)
    pocket = pull_out(stick)
    assert not watch.carrying_is_due(now + HOUR / 4)
    plug_in(pocket)
    assert watch.carrying_is_due(now + HOUR / 4), "it was plugged in anew"
    carry_newest(office.folder)
    assert not watch.carrying_is_due(now + HOUR)


def test_another_stick_in_the_same_place_gets_what_it_lacks(office: Office, stick: Path) -> None:
    pull_out(stick)
    stick.mkdir(parents=True)
    assert alarm(office) == ""
    assert PlaceWatch(office).carrying_is_due(NOW)
    carry_newest(office.folder)
    assert lies_there(office, stick)


def test_a_share_that_does_not_answer_is_away_and_nobody_waits(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    answers, asked = Event(), []

    def hangs(*_: object) -> Reach:
        asked.append(1)
        answers.wait(30)
        return Reach.BEHIND

    monkeypatch.setattr(place_watch, "look", hangs)
    monkeypatch.setattr(place_watch, "PATIENCE", 0.01)
    watch = PlaceWatch(office)
    assert [watch.carrying_is_due(NOW), watch.carrying_is_due(NOW)] == [False, False]
    answers.set()
    monkeypatch.setattr(place_watch, "PATIENCE", 30.0)
    assert watch.carrying_is_due(NOW)
    assert asked == [1], "who waits for an answer is not joined by another"


def test_who_leaves_is_told_only_where_something_would_stay_behind(office: Office, stick: Path) -> None:
    watch = PlaceWatch(office)
    pocket = pull_out(stick)
    assert watch.before_leaving(NOW + HOUR) == "", "all of it is in the pocket"
    slip(office)
    assert watch.before_leaving(NOW + HOUR).startswith(f"放备份的地方（{stick}）不在，新办的只备份在本机")
    back_up(Task(office.folder, NOW + HOUR))
    assert "再关一次就关上" in watch.before_leaving(NOW + HOUR)
    plug_in(pocket)
    assert watch.before_leaving(NOW + HOUR) == "", "leaving carries it there"


def test_training_and_an_office_without_a_place_are_left_alone(tmp_path: Path) -> None:
    for training in (False, True):
        office = an_office(tmp_path / str(training), training=training)
        watch = PlaceWatch(office)
        assert (watch.before_leaving(NOW), watch.carrying_is_due(NOW)) == ("", False)
        office.close()


def test_a_place_that_cannot_be_looked_at_is_away(office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Reach:
        raise OSError(5, "")

    monkeypatch.setattr(place_watch, "look", fails)
    assert not PlaceWatch(office).carrying_is_due(NOW)


def test_a_failure_to_note_is_a_warning(office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refusal("settings-unsaved", "没有记下来。", "请检查。")

    monkeypatch.setattr(carrying, "change", full)
    slip(office)
    back_up(Task(office.folder, NOW + HOUR, make=False))
    assert carry_newest(office.folder).warning == "只备份在本机；没有记下来。请检查。"
