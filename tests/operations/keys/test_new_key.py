"""The key of a book is changed: everybody who stays opens it, whoever was taken away does not, and a kill leaves one book that opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.ring_file import NEXT
from tests.make import SINGLE, a_request, clock
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, acts, opened_by, refused
from tests.storage.sealing.canary import found_in

STEPS = ["looked at", "built", "keys written", "switched", "opened"]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = a_sealed_office(tmp_path)
    yield office
    office.close()


def test_who_was_taken_away_and_kept_the_keys_opens_nothing_of_later(office: Office, tmp_path: Path) -> None:
    """GIVEN somebody with a copy of the folder WHEN they are taken away and the key is changed THEN copy and keys open the copy alone."""
    kept = tmp_path.parent / f"{tmp_path.name}-kept"
    shutil.copytree(tmp_path, kept)
    sealing.remove_passphrase(office, "0001", "0002")
    before = issue_slip(office, a_request(answers=SINGLE, request_id="a")).slip
    change_key(office, "0001")
    after = issue_slip(office, a_request(answers=SINGLE, request_id="b")).slip
    assert before
    assert after
    assert [(slot.act, slot.by) for slot in acts(office)[-2:]] == [
        (KeyAct.REMOVED, "0001"),
        (KeyAct.KEY_CHANGED, "0001"),
    ]
    office.close()
    theirs = sealing.by_passphrase(kept, "0002", THEIRS)
    assert refused(sealing.by_passphrase, tmp_path, "0002", THEIRS) == "no-passphrase-of"
    assert (
        refused(
            open_office,
            tmp_path,
            clock,
        )
        == "book-sealed"
    )
    with pytest.raises(Refusal) as refusal:
        open_office(tmp_path, clock, key=theirs.key)
    assert refusal.value.code == "book-of-another-key"
    whole = (tmp_path / NAME).read_bytes()
    shutil.copy(kept / NAME, tmp_path / NAME)
    with pytest.raises(Refusal) as again:
        open_office(tmp_path, clock, key=sealing.by_passphrase(tmp_path, "0002", THEIRS).key)
    assert again.value.code == "book-of-another-key"
    (tmp_path / NAME).write_bytes(whole)
    for opened in (sealing.by_passphrase(tmp_path, "0001", OURS), sealing.by_sheet(tmp_path, "0001", SHEET)):
        with opened_by(tmp_path, opened) as again_open:
            assert {row.number for row in again_open.archive.search()} == {before.number, after.number}
            assert again_open.book.check().ok
    with closing(open_office(kept, clock, key=theirs.key)) as copy:
        assert copy.archive.search() == []
    assert not (tmp_path / NEXT).exists()
    assert found_in(tmp_path, (OURS, THEIRS)) == []


def at_each_step(office: Office, do: Callable[[str], None]) -> None:
    """Changes the key, and does something after each step."""
    real = office.database.sealing

    def steps(key: BookKey, write_keys: Callable[[Engine], None]) -> Generator[str, None, None]:
        for done in real(key, write_keys):
            do(done)
            yield done

    office.database.sealing = steps  # type: ignore[method-assign]
    change_key(office, "0001")


def test_the_steps_are_those_that_the_kills_try(office: Office) -> None:
    done: list[str] = []
    at_each_step(office, done.append)
    assert done == STEPS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_one_book_opens(tmp_path: Path, step: str) -> None:
    with closing(a_sealed_office(tmp_path)) as office:
        sealing.remove_passphrase(office, "0001", "0002")
        issue_slip(office, a_request(answers=SINGLE, request_id="a"))
    old = sealing.by_passphrase(tmp_path, "0001", OURS)
    worker = os.fork()
    if worker == 0:
        office = open_office(tmp_path, clock, key=old.key)
        office.act_as("0001")
        at_each_step(office, lambda done: os._exit(9) if done == step else None)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 9
    changed = STEPS.index(step) >= STEPS.index("switched")
    assert is_sealed(tmp_path)
    for opened in (sealing.by_sheet(tmp_path, "0001", SHEET), sealing.by_passphrase(tmp_path, "0001", OURS)):
        assert (opened.key != old.key) is changed
        with opened_by(tmp_path, opened) as office:
            assert len(office.archive.search()) == 1
            assert office.book.check().ok
        assert not (tmp_path / NEXT).exists()
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0001", OURS)) as office:
        change_key(office, "0001")
        sealing.add_passphrase(office, "0001", "0003", THEIRS)
    assert sealing.by_passphrase(tmp_path, "0003", THEIRS).key == sealing.by_sheet(tmp_path, "0001", SHEET).key


@pytest.mark.parametrize("step", ["looked at", "built", "keys written"])
def test_given_up_before_the_switch_it_is_the_book_that_it_was(office: Office, tmp_path: Path, step: str) -> None:
    key, said = office.database.key, acts(office)

    def full(done: str) -> None:
        if done == step:
            raise OSError("full")

    with pytest.raises((OSError, Refusal)):
        at_each_step(office, full)
    assert (office.database.key, acts(office)) == (key, said)
    issue_slip(office, a_request(answers=SINGLE, request_id="a"))
    sealing.remove_passphrase(office, "0001", "0002")
    assert sealing.by_passphrase(tmp_path, "0001", OURS).key == key


def test_another_window_is_refused_and_nothing_of_it_is_lost(office: Office, tmp_path: Path) -> None:
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0002", THEIRS)) as other:
        change_key(office, "0001")
        assert refused(issue_slip, other, a_request(answers=SINGLE, request_id="late")) == "book-replaced"


def test_copies_that_upgrades_left_go_with_the_old_key_and_what_is_more_than_the_book_stays(
    office: Office, tmp_path: Path
) -> None:
    older = tmp_path / "book-v3-20260101-080000.db"
    shutil.copy(tmp_path / paths.BOOK_NAME, older)
    issue_slip(office, a_request(answers=SINGLE, request_id="a"))
    change_key(office, "0001")
    assert not older.exists()
    (tmp_path / "other").mkdir()
    shutil.copy(tmp_path / paths.BOOK_NAME, tmp_path / "other")
    shutil.copy(tmp_path / NAME, tmp_path / "other")
    with opened_by(tmp_path / "other", sealing.by_passphrase(tmp_path / "other", "0001", OURS)) as other:
        issue_slip(other, a_request(answers=SINGLE, request_id="more"))
    shutil.copy(tmp_path / "other" / paths.BOOK_NAME, older)
    assert refused(change_key, office, "0001") == "copy-not-older"
    assert older.exists()


def test_an_older_file_of_keys_in_the_place_of_todays_lets_nobody_in_for_good(office: Office, tmp_path: Path) -> None:
    kept = (tmp_path / NAME).read_bytes()
    sealing.remove_passphrase(office, "0001", "0002")
    (tmp_path / NAME).write_bytes(kept)
    assert refused(change_key, office, "0001") == "keys-of-another-day"
    sealing.remove_passphrase(office, "0001", "0002")
    change_key(office, "0001")
    assert sealing.people(office) == ("0001",)
