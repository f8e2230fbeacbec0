"""A forgotten passphrase: two people give another one, or the recovery sheet does; an administrator alone becomes nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.operations.people.second_person import Second
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.operations.keys.book_key import key_by_passphrase
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, acts, opened_by, refused

NEW, PIN = "liang ge ren yi qi gei de", "314159"
CHEAP = Cost(1, 8192)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """0001 is the administrator; 0002 and 0003 have passphrases, 0003 a PIN."""
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    monkeypatch.setattr(sign_in, "PIN_COST", CHEAP)
    with closing(a_sealed_office(tmp_path)) as office:
        sealing.add_passphrase(office, "0001", "0003", NEW)
        office.act_as("0003")
        sign_in.set_pin(office, sign_in.sealed_pin(PIN))
        office.act_as("0001")
        yield office


def test_alone_nobody_gives_a_colleague_another_secret(office: Office) -> None:
    """Taking the old one away first is no way around it."""
    assert refused(sealing.add_passphrase, office, "0001", "0002", NEW) == "second-person-needed"
    sealing.remove_passphrase(office, "0001", "0002")
    assert refused(sealing.add_passphrase, office, "0001", "0002", NEW) == "second-person-needed"
    for nobody in ("0001", "0002"):
        assert (
            refused(sealing.add_passphrase, office, "0001", "0002", NEW, Second(nobody, OURS)) == "second-person-needed"
        )


def test_with_somebody_who_stands_by_it_is_given_and_both_are_recorded(office: Office, tmp_path: Path) -> None:
    sealing.add_passphrase(office, "0001", "0002", NEW, Second("0003", PIN))
    slot = acts(office)[-1]
    assert (slot.act, slot.who, slot.by, slot.second) == ("added", "0002", "0001", "0003")
    assert key_by_passphrase(tmp_path, "0002", NEW) == office.database.key
    assert refused(key_by_passphrase, tmp_path, "0002", THEIRS) == "wrong-passphrase"
    sealing.add_passphrase(office, "0001", "0002", THEIRS, Second("岩温", NEW))
    assert key_by_passphrase(tmp_path, "0002", THEIRS) == office.database.key


def test_whoever_stands_by_shows_who_they_are(office: Office) -> None:
    before = acts(office)
    assert refused(sealing.add_passphrase, office, "0001", "0002", NEW, Second("0003", "271828")) == "second-not-shown"
    entry = office.book.latest(EntryKind.SIGNIN_FAILED)
    assert entry is not None
    assert entry.payload["who"] == "0003"
    assert acts(office) == before


def test_with_the_sheet_in_hand_one_needs_nobody(office: Office, tmp_path: Path) -> None:
    office.close()
    with opened_by(tmp_path, sealing.by_sheet(tmp_path, "0001", SHEET)) as again:
        sealing.add_passphrase(again, "0001", "0002", NEW)
        assert acts(again)[-1].second == ""
    assert key_by_passphrase(tmp_path, "0002", NEW)


def test_what_a_second_person_showed_stands_in_no_error() -> None:
    assert PIN not in repr(Second("0003", PIN))
    assert "0003" in repr(Second("0003", PIN))
