"""An office names a folder for its journal: nothing is an entry, and nothing is set that does not work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import journal_folder
from counter_assistant.operations.safekeeping.journal_folder import keep_none, look_at_journal, name_folder
from counter_assistant.storage.safekeeping import journal_place
from tests.make import SINGLE, a_request, an_office, clock
from tests.storage.safekeeping.second_place import is_whole


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "second").mkdir()
    made = an_office(tmp_path / "data")
    yield made
    made.close()


def refused(office: Office, folder: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        name_folder(office, folder)
    assert refusal.value.remedy
    return refusal.value.code


def test_from_no_journal_to_one_and_back(office: Office, tmp_path: Path) -> None:
    assert look_at_journal(office) == (None, None, None, 1, False, "")
    head = office.book.head()
    state = name_folder(office, tmp_path / "second")
    assert office.book.head() == head
    assert (state.folder, state.last, state.entries, state.one_disk) == (tmp_path / "second", 1, 1, True)
    issue_slip(office, a_request(answers=SINGLE))
    assert is_whole(office.book, tmp_path / "second")
    assert look_at_journal(office).last == office.book.head()[0]
    assert keep_none(office).folder is None
    issue_slip(office, a_request(answers=SINGLE, request_id="another"))
    assert not is_whole(office.book, tmp_path / "second")


def test_the_next_program_goes_on_with_it(office: Office, tmp_path: Path) -> None:
    name_folder(office, tmp_path / "second")
    office.close()
    again = open_office(tmp_path / "data", clock)
    try:
        issue_slip(again, a_request(answers=SINGLE))
        assert is_whole(again.book, tmp_path / "second")
    finally:
        again.close()


def test_what_does_not_work_is_not_set(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(office, tmp_path / "nowhere") == "journal-folder-missing"
    name_folder(office, tmp_path / "second")
    (tmp_path / "third").mkdir()
    state = look_at_journal(office)
    assert state.file
    (tmp_path / "third" / state.file.name).mkdir()
    assert refused(office, tmp_path / "third") == "journal-unusable"
    assert look_at_journal(office) == state
    with pytest.raises(Refusal) as refusal:
        name_folder(office, tmp_path / "third")
    assert str(refusal.value) == f"没有设上：写不进（{reason_of(IsADirectoryError(21, ''))}）。请换一个文件夹。"

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(journal_place, "write_atomic", full)
    assert refused(office, tmp_path / "second") == "setting-unsaved"


def test_training_keeps_no_journal(tmp_path: Path) -> None:
    office = an_office(tmp_path, training=True)
    try:
        assert refused(office, tmp_path) == "journal-in-training"
    finally:
        office.close()


def test_a_folder_on_another_disk_is_told_apart(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_folder, "on_one_disk", lambda one, other: False)
    monkeypatch.setattr(journal_place, "on_one_disk", lambda one, other: False)
    assert name_folder(office, tmp_path / "second").one_disk is False
    monkeypatch.setattr(
        journal_place, "on_one_disk", lambda one, other: True
    )  # the stick is out, and its place is there
    assert "不在" in look_at_journal(office).warning
