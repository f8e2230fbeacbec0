"""A PIN or a passphrase shows who somebody is, in a sealed book alone; neither is ever in the book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people import sign_in, tries
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.make import clock, confirmed
from tests.operations.keys.book_key import key_by_passphrase

OURS, THEIRS, PIN = "san yue de yu luo zai gengma", "di yi ban duchuan 0630", "271828"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))
    with closing(open_office(tmp_path, clock)) as plain:
        plain.decide_profile(confirmed(plain.profile))
        sealing.seal(plain, "0001", OURS, sealing.new_sheet())
        sealing.add_passphrase(plain, "0001", "0002", THEIRS)
    with closing(open_office(tmp_path, clock, key=key_by_passphrase(tmp_path, "0001", OURS))) as sealed:
        sealed.act_as("0001")
        yield sealed


def code_of(office: Office, who: str, secret: str, **more: bool) -> str:
    with pytest.raises(Refusal) as refusal:
        sign_in.check(office, who, secret, **more)()
    return refusal.value.code


def test_a_pin_is_one_s_own_and_the_last_one_counts(office: Office) -> None:
    assert not sign_in.has_pin(office, "0001")
    assert code_of(office, "0001", PIN) == "no-pin"
    sign_in.set_pin(office, sign_in.sealed_pin(PIN))
    assert sign_in.has_pin(office, "0001")
    assert sign_in.check(office, "0001", PIN)()
    assert not sign_in.check(office, "0001", "314159")()
    assert code_of(office, "0002", PIN) == "no-pin"
    sign_in.set_pin(office, sign_in.sealed_pin("314159"), PIN)
    assert not sign_in.check(office, "0001", PIN)()
    assert sign_in.check(office, "罗𠅤克", "314159")()
    assert code_of(office, "0001", "314159", pin_is_spent=True) == "pin-spent"


def test_a_passphrase_shows_it_as_well(office: Office) -> None:
    assert sign_in.check(office, "0002", THEIRS)()
    assert sign_in.check(office, "0002", THEIRS, pin_is_spent=True)()
    assert not sign_in.check(office, "0002", OURS)()
    assert code_of(office, "0003", THEIRS) == "no-passphrase-of"
    assert code_of(office, "0099", THEIRS) == "unknown-clerk"


def test_whose_passphrase_was_taken_away_has_no_pin_either(office: Office) -> None:
    office.act_as("0002")
    sign_in.set_pin(office, sign_in.sealed_pin(PIN))
    office.act_as("0001")
    sealing.remove_passphrase(office, "0001", "0002")
    assert code_of(office, "0002", PIN) == "no-pin"


def test_wrong_tries_are_entries_and_say_nothing_of_what_was_typed(office: Office) -> None:
    sign_in.set_pin(office, sign_in.sealed_pin(PIN))
    tries.end(office, "0002", right=False)
    entry = office.book.latest(EntryKind.SIGNIN_FAILED)
    assert entry
    assert (entry.payload["who"], entry.payload["times"]) == ("0002", 1)
    assert all(PIN not in str(entry.payload) for entry in office.book.entries())
    assert office.book.check().problems == []


def test_a_book_that_is_not_sealed_asks_nobody(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "plain", clock)) as plain:
        assert code_of(plain, "0001", PIN) == "not-sealed"
        with pytest.raises(Refusal) as refusal:
            sign_in.set_pin(plain, ciphers.Sealed(Cost(1, 8192), b"", b""))
        assert refusal.value.code == "not-sealed"
