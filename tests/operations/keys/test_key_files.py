"""Somebody opens the book with a key file on their stick, instead of a passphrase or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.operations import sealing
from counter_assistant.operations.keys import ring_changes
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.operations.keys.sealed_office import OURS, THEIRS, a_sealed_office, acts, opened_by, refused


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    office = a_sealed_office(data)
    yield office
    office.close()


def test_beside_a_passphrase_each_opens_it(office: Office, data: Path, tmp_path: Path) -> None:
    give_key_file(office, "0001", "0001", tmp_path / "mine.key", OURS)
    assert acts(office)[-1].act == KeyAct.KEY_FILE_MADE
    opened = sealing.by_key_file(data, "0001", tmp_path / "mine.key")
    assert opened.key == sealing.by_passphrase(data, "0001", OURS).key
    with opened_by(data, opened) as again:
        assert again.profile.clerk("").staff_number == "0001"
    assert refused(sealing.by_key_file, data, "0002", tmp_path / "mine.key") == "key-file-of-another"
    change_key(office, "0001")
    assert sealing.by_key_file(data, "0001", tmp_path / "mine.key").key == office.database.key


def test_instead_of_it_the_passphrase_opens_no_more(office: Office, data: Path, tmp_path: Path) -> None:
    give_key_file(office, "0001", "0001", tmp_path / "mine.key", old=OURS)
    assert refused(sealing.by_passphrase, data, "0001", OURS) == "no-passphrase-of"
    give_key_file(office, "0001", "0001", tmp_path / "next.key", old=tmp_path / "mine.key")
    assert refused(sealing.by_key_file, data, "0001", tmp_path / "mine.key") == "key-file-not-here"
    assert sealing.by_key_file(data, "0001", tmp_path / "next.key")
    sealing.change_passphrase(office, "0001", tmp_path / "next.key", OURS)
    assert refused(sealing.by_key_file, data, "0001", tmp_path / "next.key") == "key-file-not-here"


def test_a_colleague_types_their_own_passphrase_or_has_none_yet(office: Office, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.key"
    assert refused(give_key_file, office, "0001", "0002", path) == "has-passphrase"
    assert refused(give_key_file, office, "0001", "0002", path, OURS) == "own-secret-wrong"
    assert not path.exists()
    give_key_file(office, "0001", "0002", path, THEIRS)
    assert sealing.by_key_file(data, "0002", path).key == sealing.by_passphrase(data, "0002", THEIRS).key
    sealing.remove_passphrase(office, "0001", "0002")
    assert refused(give_key_file, office, "0001", "0002", tmp_path / "more.key", THEIRS) == "has-passphrase"
    assert refused(give_key_file, office, "0001", "0003", tmp_path / "more.key", "short") == "weak-passphrase"
    give_key_file(office, "0001", "0003", tmp_path / "more.key")
    assert sealing.people(office) == ("0001", "0003")
    assert refused(sealing.by_key_file, data, "0002", path) == "key-file-not-here"


def test_it_never_lies_beside_the_book_nor_is_left_where_nothing_was_recorded(
    office: Office, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(give_key_file, office, "0001", "0001", data / "mine.key") == "key-file-beside-book"
    assert refused(give_key_file, office, "0001", "9999", tmp_path / "mine.key") == "unknown-clerk"

    def full(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(ring_changes, "write_ring", full)
    with pytest.raises(OSError, match="full"):
        give_key_file(office, "0001", "0001", tmp_path / "mine.key", old=OURS)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
