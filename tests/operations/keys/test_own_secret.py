"""Whoever sits at an unlocked window, or came by a PIN, makes nothing of it their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations import at_window, sealing
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, opened_by, refused

PIN, NEW = "271828", "chosen by the thief 1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """0002 has a PIN."""
    a_sealed_office(tmp_path / "data").close()
    with opened_by(tmp_path / "data", sealing.by_passphrase(tmp_path / "data", "0002", THEIRS)) as theirs:
        sign_in.set_pin(theirs, sign_in.sealed_pin(PIN))
    return tmp_path / "data"


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    """0002's window, which somebody else took over by their PIN."""
    with opened_by(data, sealing.by_passphrase(data, "0001", OURS)) as office:
        assert sign_in.check(office, "0002", PIN)()
        office.act_as("0002")
        yield office


def failed(office: Office) -> list[str]:
    return [entry.payload["who"] for entry in office.book.entries(EntryKind.SIGNIN_FAILED)]


def test_a_pin_gives_neither_a_passphrase_nor_a_key_file_nor_another_pin(office: Office, data: Path) -> None:
    path = data.parent / "thief.key"
    acts: tuple[Callable[[str], object], ...] = (
        lambda old: sealing.change_passphrase(office, "0002", old, NEW),
        lambda old: give_key_file(office, "0002", "0002", path, "", old),
        lambda old: sign_in.set_pin(office, sign_in.sealed_pin("314159"), old),
    )
    kept, said = (data / "book.keys").read_bytes(), office.book.head()
    for act in acts:
        assert refused(act, "") == "own-secret-needed"
    assert office.book.head() == said
    for act in acts:
        assert refused(act, OURS) == "own-secret-wrong", "somebody else's is not theirs"
    assert failed(office) == ["0002"] * 3
    assert ((data / "book.keys").read_bytes(), path.exists()) == (kept, False)
    assert refused(sealing.change_passphrase, office, "0002", PIN, NEW) == "own-secret-wrong", "a PIN opens nothing"
    assert refused(acts[2], PIN) == "too-soon", "each wrong one waits, on whatever page"
    office.tries.clear()
    for act in acts:
        act(NEW if act is acts[1] else THEIRS if act is acts[0] else PIN)
    assert sealing.by_key_file(data, "0002", path).key == office.database.key


def test_a_passphrase_with_a_key_file_is_asked_for_too(office: Office, data: Path) -> None:
    path = data.parent / "both.key"
    assert refused(give_key_file, office, "0002", "0002", path, NEW) == "own-secret-wrong"
    give_key_file(office, "0002", "0002", path, THEIRS)
    sealing.change_passphrase(office, "0002", path, NEW)
    assert refused(sealing.change_passphrase, office, "0002", path, OURS) == "key-file-not-here"
    assert sealing.by_passphrase(data, "0002", NEW)


def test_an_old_pin_is_asked_for_unless_a_passphrase_was_just_typed(
    office: Office, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a PIN that is forgotten WHEN its owner has just signed in by passphrase THEN they choose another; an hour later not."""
    assert sign_in.asks_for_old(office)
    office.act_as("0001")
    assert not sign_in.asks_for_old(office), "there is none"
    sign_in.set_pin(office, sign_in.sealed_pin(PIN))
    assert sign_in.check(office, "0002", THEIRS)()
    office.act_as("0002")
    sign_in.set_pin(office, sign_in.sealed_pin("314159"))
    monkeypatch.setattr(at_window, "JUST_S", -1)
    assert refused(sign_in.set_pin, office, sign_in.sealed_pin(PIN)) == "own-secret-needed"
    sign_in.set_pin(office, sign_in.sealed_pin(PIN), THEIRS)
    with opened_by(data, sealing.by_sheet(data, "0002", SHEET)) as found:
        sign_in.set_pin(found, sign_in.sealed_pin("141421"))


def test_whoever_opened_it_with_the_sheet_shows_nothing_more_until_the_window_is_handed_over(data: Path) -> None:
    with opened_by(data, sealing.by_sheet(data, "0002", SHEET)) as found:
        sealing.remove_passphrase(found, "0002", "0002")
        sealing.change_passphrase(found, "0002", "", NEW)
        found.act_as("0001")
        assert refused(sealing.change_passphrase, found, "0001", "", NEW) == "own-secret-needed"
