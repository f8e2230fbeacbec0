"""A centre hands out the key with which it opens books; a branch takes it, and seals for it from then on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.operations import sealing
from counter_assistant.operations.catalogue import centre_key
from counter_assistant.operations.catalogue.centre_key import handed_out, take_centre_key
from counter_assistant.operations.data_folder import keys_of
from counter_assistant.operations.keys.keepers import name_keeper, register_public
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import TO_PUBLIC, Cost, open_sealed, seal_to
from counter_assistant.storage.packs.handed_key import HandedKey, read_handed
from counter_assistant.storage.packs.key_file import make_key_file, open_key, open_pair
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.slots import Holder
from tests.make import an_office, confirmed
from tests.operations.keys.sealed_office import OURS, SHEET, acts, opened_by, refused

PASSPHRASE = "三月的雨 落在耿马 的屋檐上"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    office = an_office(data)
    office.decide_profile(confirmed(office.profile))
    yield office
    office.close()


@pytest.fixture
def handed(office: Office, tmp_path: Path) -> HandedKey:
    """What a centre hands out, with both its keys made."""
    make_key_file(tmp_path / "sign.key", PASSPHRASE)
    make_key_file(tmp_path / "open.key", PASSPHRASE, TO_PUBLIC)
    return hand_out(office, tmp_path)


def hand_out(office: Office, folder: Path) -> HandedKey:
    content = handed_out(office, folder / "open.key", open_key(folder / "sign.key", PASSPHRASE))
    (folder / "handed").write_bytes(content)
    return read_handed(folder / "handed")


def test_every_person_and_the_sheet_gone_the_centre_opens_it(
    office: Office, handed: HandedKey, data: Path, tmp_path: Path
) -> None:
    """GIVEN a branch that took the centre's key before it sealed its book WHEN nobody is left THEN the centre lets somebody in."""
    take_centre_key(office, "0001", handed, handed.fingerprint)
    assert (acts(office)[-1].act, acts(office)[-1].who) == (KeyAct.CENTRE_TAKEN, handed.key)
    sealing.seal(office, "0001", OURS, SHEET)
    name_keeper(office, "0001", "0001")
    box = seal_to(register_public(office), b"secret")
    change_key(office, "0001")
    office.close()
    opened = sealing.by_centre_key(data, "0002", tmp_path / "open.key", PASSPHRASE)
    with opened_by(data, opened) as found:
        assert (acts(found)[-1].act, acts(found)[-1].by) == (KeyAct.OPENED_BY_CENTRE, "")
        assert open_sealed(found.register_secret, box) == b"secret"
        sealing.change_passphrase(found, "0002", "", OURS)
    assert sealing.by_passphrase(data, "0002", OURS).key == opened.key
    assert refused(sealing.by_centre_key, data, "0002", tmp_path / "open.key", OURS) == "wrong-passphrase"
    assert refused(sealing.by_centre_key, data, "0002", tmp_path / "sign.key", PASSPHRASE) == "key-of-another-use"


def test_a_sealed_book_is_sealed_for_it_when_it_is_taken_and_a_newer_one_takes_its_place(
    office: Office, handed: HandedKey, data: Path, tmp_path: Path
) -> None:
    sealing.seal(office, "0001", OURS, SHEET)
    assert refused(sealing.by_centre_key, data, "0001", tmp_path / "open.key", PASSPHRASE) == "no-centre-slot"
    take_centre_key(office, "0001", handed, handed.fingerprint)
    assert sealing.by_centre_key(data, "0001", tmp_path / "open.key", PASSPHRASE).key == office.database.key
    (tmp_path / "open.key").rename(tmp_path / "earlier.key")
    make_key_file(tmp_path / "open.key", PASSPHRASE, TO_PUBLIC)
    take_centre_key(office, "0001", hand_out(office, tmp_path), handed.fingerprint)
    assert sealing.by_centre_key(data, "0001", tmp_path / "open.key", PASSPHRASE).key == office.database.key
    assert refused(sealing.by_centre_key, data, "0001", tmp_path / "earlier.key", PASSPHRASE) == "wrong-centre-key"


def test_every_later_change_seals_for_the_centre_too(office: Office, handed: HandedKey, data: Path) -> None:
    """GIVEN keys from before the centre's was taken in the place of today's WHEN anything of them is changed THEN it is in them."""
    sealing.seal(office, "0001", OURS, SHEET)
    before = (data / NAME).read_bytes()
    take_centre_key(office, "0001", handed, handed.fingerprint)
    (data / NAME).write_bytes(before)
    assert keys_of(data).slot(Holder.CENTRE) is None
    sealing.renew_sheet(office, "0001", sealing.new_sheet())
    assert keys_of(data).slot(Holder.CENTRE)


def test_only_what_the_trusted_key_signed_is_taken(
    office: Office, handed: HandedKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(take_centre_key, office, "0001", handed) == "centre-key-unconfirmed"
    assert refused(take_centre_key, office, "0001", handed, "00" * 16) == "fingerprint-differs"
    assert acts(office) == []
    monkeypatch.setattr(centre_key, "trusted_key", lambda _office: (handed.algorithm, handed.signed_with))
    take_centre_key(office, "0001", handed)


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda whole: b"", "centre-key-foreign"),
    "a list": (lambda whole: b"[]", "centre-key-foreign"),
    "another file": (lambda whole: b'{"kind":"letter"}', "centre-key-foreign"),
    "newer": (lambda whole: changed(whole, format=2), "centre-key-newer"),
    "another name": (lambda whole: changed(whole, centre="某中心"), "centre-key-damaged"),
    "another key": (lambda whole: changed(whole, key="01" * 32), "centre-key-damaged"),
    "a key that is none": (lambda whole: changed(whole, key="00" * 32), "centre-key-damaged"),
    "more": (lambda whole: changed(whole, more=1), "centre-key-damaged"),
    "another algorithm": (lambda whole: changed(whole, algorithm="SM2"), "centre-key-damaged"),
}


def changed(whole: bytes, **changes: object) -> bytes:
    return json.dumps(json.loads(whole) | changes).encode()


@pytest.mark.parametrize("what", FILES)
@pytest.mark.usefixtures("handed")
def test_what_else_a_file_can_be_is_told(tmp_path: Path, what: str) -> None:
    change, code = FILES[what]
    path = tmp_path / "handed"
    path.write_bytes(change(path.read_bytes()))
    assert refused(read_handed, path) == code
    assert refused(read_handed, tmp_path / "away") == "centre-key-unreadable"


@pytest.mark.usefixtures("handed")
def test_each_key_is_for_its_own_use(office: Office, tmp_path: Path) -> None:
    signer = open_key(tmp_path / "sign.key", PASSPHRASE)
    assert refused(handed_out, office, tmp_path / "sign.key", signer) == "key-of-another-use"
    assert refused(open_key, tmp_path / "open.key", PASSPHRASE) == "key-of-another-use"
    assert open_pair(tmp_path / "open.key", PASSPHRASE).secret.hex() not in repr(signer)
