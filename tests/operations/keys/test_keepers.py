"""Keepers of registers read what is sealed to them; the sheet does, too, and nobody else whose passphrase opens the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.keepers import dismiss_keeper, keepers, name_keeper, register_public
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost, open_sealed, seal_to
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, acts, opened_by, refused


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = a_sealed_office(tmp_path)
    yield office
    office.close()


def test_the_first_is_named_by_anybody_and_the_next_by_a_keeper(office: Office, tmp_path: Path) -> None:
    assert (keepers(office), register_public(office)) == ((), b"")
    name_keeper(office, "0001", "0002")
    box = seal_to(register_public(office), b"secret")
    assert office.register_secret == b"", "who has named somebody else reads nothing"
    assert refused(name_keeper, office, "0001", "0001") == "keeper-needed"
    assert refused(dismiss_keeper, office, "0001", "0002") == "keeper-needed"
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0002", THEIRS)) as theirs:
        assert open_sealed(theirs.register_secret, box) == b"secret"
        assert refused(dismiss_keeper, theirs, "0002", "0002") == "last-keeper"
        theirs.act_as("0001")
        assert theirs.register_secret == b"", "whoever has the window handed over reads nothing"
        theirs.act_as("0002")
        assert refused(name_keeper, theirs, "0002", "0001") == "keeper-needed", (
            "and so does a keeper who comes without a secret"
        )
        assert sign_in.check(theirs, "0002", THEIRS)()
        name_keeper(theirs, "0002", "0001")
        assert set(keepers(theirs)) == {"0001", "0002"}
        dismiss_keeper(theirs, "0002", "0002")
        assert theirs.register_secret == b""
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0001", OURS)) as ours:
        assert open_sealed(ours.register_secret, box) == b"secret"
    assert [(slot.act, slot.who, slot.by) for slot in acts(office)[-3:]] == [
        (KeyAct.KEEPER_NAMED, "0002", "0001"), (KeyAct.KEEPER_NAMED, "0001", "0002"),
        (KeyAct.KEEPER_DISMISSED, "0002", "0002"),
    ]  # fmt: skip


def test_who_names_themselves_first_reads_at_once(office: Office) -> None:
    name_keeper(office, "0001", "0001")
    assert open_sealed(office.register_secret, seal_to(register_public(office), b"secret")) == b"secret"


def test_every_keeper_gone_the_sheet_reads_them_and_names_another(office: Office, tmp_path: Path) -> None:
    name_keeper(office, "0001", "0002")
    box = seal_to(register_public(office), b"secret")
    sealing.remove_passphrase(office, "0001", "0002")
    assert keepers(office) == ()
    with opened_by(tmp_path, sealing.by_sheet(tmp_path, "0001", SHEET)) as found:
        assert open_sealed(found.register_secret, box) == b"secret"
        name_keeper(found, "0001", "0001")
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0001", OURS)) as ours:
        assert open_sealed(ours.register_secret, box) == b"secret"


def test_a_keeper_who_changes_their_passphrase_is_one_still(office: Office, tmp_path: Path) -> None:
    name_keeper(office, "0001", "0001")
    name_keeper(office, "0001", "0002")
    box = seal_to(register_public(office), b"secret")
    sealing.change_passphrase(office, "0001", OURS, THEIRS)
    give_key_file(office, "0001", "0001", tmp_path.parent / f"{tmp_path.name}.key", THEIRS)
    change_key(office, "0001")
    for opened in (sealing.by_passphrase(tmp_path, "0001", THEIRS), sealing.by_sheet(tmp_path, "0001", SHEET)):
        with opened_by(tmp_path, opened) as again:
            assert open_sealed(again.register_secret, box) == b"secret"
    office.act_as("0002")
    assert refused(sealing.change_passphrase, office, "0002", THEIRS, OURS) == "keeper-changes-own"


def test_a_new_sheet_reads_them_too_so_a_keeper_renews_it(office: Office, tmp_path: Path) -> None:
    name_keeper(office, "0001", "0002")
    box, renewed = seal_to(register_public(office), b"secret"), sealing.new_sheet()
    assert refused(sealing.renew_sheet, office, "0001", renewed) == "keeper-needed"
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0002", THEIRS)) as theirs:
        sealing.renew_sheet(theirs, "0002", renewed)
    with opened_by(tmp_path, sealing.by_sheet(tmp_path, "0001", renewed)) as found:
        assert open_sealed(found.register_secret, box) == b"secret"


def test_a_keeper_who_takes_the_window_over_reads_after_their_passphrase_and_not_after_a_pin(
    office: Office, tmp_path: Path
) -> None:
    name_keeper(office, "0001", "0002")
    box = seal_to(register_public(office), b"secret")
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0001", OURS)) as ours:
        ours.act_as("0002")
        sign_in.set_pin(ours, sign_in.sealed_pin("271828"))
        assert sign_in.check(ours, "0002", "271828")()
        assert ours.register_secret == b""
        assert not sign_in.check(ours, "0002", OURS)()
        assert ours.register_secret == b""
        assert sign_in.check(ours, "0002", THEIRS)()
        assert open_sealed(ours.register_secret, box) == b"secret"
        ours.act_as("0001")
        assert ours.register_secret == b""
