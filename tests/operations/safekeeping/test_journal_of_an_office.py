"""What an office does to its book it does to its journal: keys change, whole numbers leave, and the journal alone gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.safekeeping.replay_keys import keys_for
from counter_assistant.operations.safekeeping.replaying import replay
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from tests.make import ID_NUMBER, NOW, PHONE, SINGLE, a_request, clock
from tests.operations.keys.sealed_office import OURS, a_sealed_office
from tests.storage.safekeeping.second_place import is_whole
from tests.storage.sealing.canary import found_in


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def sealed(tmp_path: Path, stick: Path) -> Iterator[Office]:
    made = a_sealed_office(tmp_path / "data")
    name_folder(made, stick)
    yield made
    made.close()


def ours(ring: KeyRing) -> BookKey:
    return ring.by_passphrase("0001", OURS).key


def test_a_new_key_of_the_book_is_that_of_its_journal(sealed: Office, stick: Path, tmp_path: Path) -> None:
    issue_slip(sealed, a_request(answers=SINGLE))
    change_key(sealed, "0001")
    assert is_whole(sealed.book, stick)
    source = next(stick.glob("*.jsonl"))
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    copy_key, key = keys_for(None, source, nowhere, ours)
    assert (copy_key, key) == (None, sealed.database.key)
    done = replay(None, source, nowhere / "book.db", clock, key=key)
    assert (done.entries, done.head) == sealed.book.head()


def test_a_sealed_journal_gives_nothing_away(sealed: Office, stick: Path) -> None:
    person = {"name": "龘靐齉", "phone": PHONE, "id_number": ID_NUMBER}
    issue_slip(sealed, a_request(applicant=person, answers=SINGLE))
    assert is_whole(sealed.book, stick)
    assert found_in(stick, ("龘靐齉", PHONE, ID_NUMBER, "租房", "耿马", OURS)) == []


def test_whole_numbers_that_leave_the_book_leave_the_journal(tmp_path: Path, stick: Path) -> None:
    now = [NOW]

    def moved() -> datetime:
        return now[0]

    office = open_office(tmp_path / "data", moved)
    try:
        name_folder(office, stick)
        for n in range(12):
            issue_slip(office, a_request(applicant={"name": f"岩{n}", "id_number": ID_NUMBER}))
        assert found_in(stick, (ID_NUMBER,))
        now[0] = NOW.replace(year=NOW.year + 10) + timedelta(days=1) - AFTER_A_JUMP
        office.confirm_clock()
        now[0] += AFTER_A_JUMP
        assert run_through(leave_expired(office)) == 12
        assert office.journal.finish()
        assert found_in(stick, (ID_NUMBER,)) == []
        assert is_whole(office.book, stick)
    finally:
        office.close()
