"""What is said of the copies, when one is due, and where the office puts the second one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import backing_up
from counter_assistant.operations.safekeeping import backup_state as states
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import (
    backup_state,
    full_copy_is_due,
    name_place,
    new_lines_are_due,
    verification_is_due,
)
from counter_assistant.operations.safekeeping.second_place import carrying
from counter_assistant.operations.wording.office_phrases import decide_phrases, next_number
from counter_assistant.storage.sealing.key_ring import new_ring
from counter_assistant.storage.sealing.ring_file import write_ring
from tests.make import NOW, clock
from tests.storage.desk import KEY

HOUR = timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path / "data", clock)
    yield made
    made.close()


def folder_of(office: Office) -> Path:
    return office.folder


def act(office: Office) -> None:
    text = "请您稍等，我马上为您查询。"
    decide_phrases(office, [own_phrase(next_number(office), text, PhraseChannel.COUNTER, Moment.WELCOME)])


def copy(office: Office, now: datetime = NOW, *, unattended: bool = False) -> None:
    back_up(Task(folder_of(office), now, None if unattended else office.database.key))


def seal(office: Office) -> None:
    office.book.seal(
        KEY, {"act": "sealed", "who": "1", "by": "1"}, lambda: write_ring(folder_of(office), new_ring(KEY), KEY)
    )


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.code == code


def test_it_says_when_and_where(office: Office, tmp_path: Path) -> None:
    state = backup_state(folder_of(office), NOW)
    assert (state.last_verified, state.overdue) == (None, "还没有核对过的备份")
    assert state.in_words() == "还没有核对过的备份。"
    copy(office)
    state = backup_state(folder_of(office), NOW)
    assert state.in_words() == "最近核对过的：11月23日 10:42，在本机。" + states.SAME_DISK
    place = name_place(office, tmp_path)
    copy(office, NOW + HOUR)
    state = backup_state(folder_of(office), NOW + HOUR)
    assert state.in_words().startswith(f"最近核对过的：11月23日 11:42，在本机和 {place}。")
    place.rename(tmp_path / "pulled out")
    copy(office, NOW + 2 * HOUR)
    said = backup_state(folder_of(office), NOW + 2 * HOUR).in_words()
    assert said.endswith(f"12:42，在本机。没有放到 {place}：接上以后自己补上。")
    said = backup_state(folder_of(office), NOW + 2 * HOUR).in_words(under_way=True)
    assert said.endswith("12:42，在本机。"), "nobody has failed yet"


def test_off_the_disk_nothing_is_asked_for(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "is_on_another_disk", lambda *_: True)
    copy(office)
    place = name_place(office, tmp_path)
    assert "没有放到" in backup_state(folder_of(office), NOW).in_words(), "nothing lies there yet"
    copy(office, NOW + HOUR)
    assert backup_state(folder_of(office), NOW + HOUR).in_words().endswith(f"在本机和 {place}。")


def test_it_speaks_after_a_day(office: Office) -> None:
    copy(office)
    assert backup_state(folder_of(office), NOW + 24 * HOUR).overdue == ""
    assert backup_state(folder_of(office), NOW + 25 * HOUR).overdue == "最近的备份是 11月23日 10:42 的"


def test_a_copy_from_the_future_reassures_nobody(office: Office) -> None:
    copy(office, NOW.replace(year=2036))
    assert backup_state(folder_of(office), NOW).overdue == "还没有核对过的备份"


def test_one_is_due_when_the_book_has_changed(office: Office) -> None:
    assert full_copy_is_due(office, NOW)
    copy(office)
    assert not full_copy_is_due(office, NOW + HOUR, leaving=True)
    act(office)
    assert not full_copy_is_due(office, NOW + HOUR)
    assert full_copy_is_due(office, NOW + HOUR, leaving=True)
    assert full_copy_is_due(office, NOW + 9 * HOUR)


def test_one_is_due_once_the_book_was_sealed(office: Office) -> None:
    copy(office)
    seal(office)
    assert full_copy_is_due(office, NOW)
    assert not verification_is_due(office)
    copy(office, NOW + HOUR, unattended=True)
    assert verification_is_due(office)
    assert full_copy_is_due(office, NOW + HOUR, leaving=True), "nobody knows what it holds"
    back_up(Task(folder_of(office), NOW, KEY, make=False))
    assert not verification_is_due(office)
    assert not full_copy_is_due(office, NOW + HOUR, leaving=True)


def test_one_is_due_once_another_version_was_installed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a copy of a minute ago WHEN the program is another than the one that made it THEN what that finds is copied first, once."""
    copy(office)
    soon = NOW + timedelta(minutes=1)
    assert not full_copy_is_due(office, soon)
    for part in (states, backing_up):
        monkeypatch.setattr(part, "__version__", "9.9")
    assert full_copy_is_due(office, soon)
    copy(office, soon)
    assert not full_copy_is_due(office, soon + timedelta(minutes=1))


def test_what_is_new_is_due_half_an_hour_after_the_last_time(office: Office) -> None:
    last, nothing = NOW - HOUR, (0, "")
    assert not new_lines_are_due(office, NOW, last, nothing), "there is no copy yet"
    copy(office)
    assert not new_lines_are_due(office, NOW, last, nothing), "nothing is new"
    act(office)
    assert new_lines_are_due(office, NOW, last, nothing)
    assert not new_lines_are_due(office, NOW, NOW, nothing)
    assert not new_lines_are_due(office, NOW, last, office.book.head())
    seal(office)
    assert not new_lines_are_due(office, NOW, last, nothing), "the copy is under no key"


def test_training_is_never_copied(tmp_path: Path) -> None:
    office = open_office(tmp_path, clock, training=True)
    assert not full_copy_is_due(office, NOW)
    with refused("training-no-backup"):
        name_place(office, tmp_path.parent)
    office.close()


def test_each_book_has_a_folder_of_its_own_in_a_place(office: Office, tmp_path: Path) -> None:
    other = open_office(tmp_path / "other", clock)
    assert name_place(office, tmp_path) == name_place(office, tmp_path)
    assert name_place(office, tmp_path) != name_place(other, tmp_path)
    other.close()
    with refused("no-backup-place"):
        name_place(office, tmp_path / "none")
    with refused("backup-place-beside"):
        name_place(office, folder_of(office))
