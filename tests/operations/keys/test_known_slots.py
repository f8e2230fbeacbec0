"""What lies in the file of keys and is not in the book opens nothing for long; a change that is cut off ends or never was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.people.recovery import from_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.data_folder import keys_of
from counter_assistant.operations.keys import ring_changes
from counter_assistant.operations.keys.keepers import dismiss_keeper, keepers, name_keeper
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.operations.sealing import Opened
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.ring_file import CHANGED, write_ring
from counter_assistant.storage.sealing.slots import Holder, Wrap
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, acts, opened_by, refused
from tests.operations.landed_keys import FIXTURES

FALSE, NEW = "mine all mine mine", "another one to open it"
THEIR_SHEET = sealing.new_sheet()


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(a_sealed_office(tmp_path)):
        return tmp_path


def enters(folder: Path, open_it: Callable[[], Opened]) -> str:
    """How somebody is received who opens the book."""
    try:
        with opened_by(folder, open_it()):
            return "in"
    except Refusal as refusal:
        return refusal.code


def ours(folder: Path, secret: str = OURS) -> Callable[[], Opened]:
    return lambda: sealing.by_passphrase(folder, "0001", secret)


def theirs(folder: Path, secret: str = THEIRS) -> Callable[[], Opened]:
    return lambda: sealing.by_passphrase(folder, "0002", secret)


def test_what_somebody_wrote_in_a_colleagues_place_lets_nobody_in(folder: Path) -> None:
    """GIVEN 0002, who has the key of the book WHEN they write keys in the place of 0001's, the sheet's, the centre's, or of somebody
    who opens nothing THEN none of these opens it, and 0002 does."""
    key, centre = theirs(folder)().key, ciphers.new_pair()
    ring = keys_of(folder).with_passphrase(key, "0001", FALSE).with_passphrase(key, "0003", FALSE)
    ring = ring.with_sheet(key, from_words(THEIR_SHEET)).with_centre(key, centre.public)
    write_ring(folder, ring, key)
    assert enters(folder, ours(folder, FALSE)) == "slot-unknown"
    assert enters(folder, lambda: sealing.by_passphrase(folder, "0003", FALSE)) == "slot-unknown"
    assert enters(folder, lambda: sealing.by_sheet(folder, "0001", THEIR_SHEET)) == "slot-unknown"
    by_centre = keys_of(folder).by_centre(centre.secret)
    assert enters(folder, lambda: Opened("0001", by_centre)) == "slot-unknown"
    with opened_by(folder, theirs(folder)()) as office:
        with pytest.raises(Refusal) as window:
            sign_in.check(office, "0001", FALSE)()
        assert window.value.code == "slot-unknown"
        office.act_as("0001")
        with pytest.raises(Refusal) as refusal:
            change_key(office, "0001")
    assert refusal.value.code == "keys-of-another-day"
    assert [who in refusal.value.sentence for who in ("0001", "0002", "0003", "恢复单", "中心")] == [
        True, False, True, True, True,
    ]  # fmt: skip


def test_a_slot_in_the_manner_of_before_is_no_way_around_it(folder: Path) -> None:
    key = theirs(folder)().key
    wrap = Wrap(Holder.PERSON, "0001", ciphers.seal(key.secret, FALSE))
    ring = keys_of(folder)
    slots = tuple(slot for slot in ring.slots if slot.who != "0001")
    write_ring(folder, replace(ring, slots=slots, older=(wrap,)), key)
    assert enters(folder, ours(folder, FALSE)) == "slot-unknown"


def test_keys_of_before_in_the_place_of_todays_let_nobody_in_who_was_taken_away(folder: Path) -> None:
    kept = (folder / NAME).read_bytes()
    with opened_by(folder, ours(folder)()) as office:
        sealing.remove_passphrase(office, "0001", "0002")
        sealing.change_passphrase(office, "0001", OURS, NEW)
    (folder / NAME).write_bytes(kept)
    assert (enters(folder, theirs(folder)), enters(folder, ours(folder))) == ("slot-unknown", "slot-unknown")
    assert enters(folder, lambda: sealing.by_sheet(folder, "0001", SHEET)) == "in"


def test_what_an_earlier_version_put_there_is_taken_once_and_noted(tmp_path: Path) -> None:
    """GIVEN a book that says nothing of which slots there are WHEN it is first opened THEN it says so, and no other is taken."""
    shutil.copytree(FIXTURES / "keys-2", tmp_path, dirs_exist_ok=True)
    key = ours(tmp_path)().key
    with opened_by(tmp_path, ours(tmp_path)()) as office:
        noted = acts(office)[-1]
        assert (noted.act, noted.by, sorted(noted.slots)) == (KeyAct.SLOTS_NOTED, "0001", ["", "0001", "0002"])
        said = office.book.head()
    with opened_by(tmp_path, theirs(tmp_path)()) as office:
        assert office.book.head() == said, "once"
    write_ring(tmp_path, keys_of(tmp_path).with_passphrase(key, "0001", FALSE), key)
    assert enters(tmp_path, ours(tmp_path, FALSE)) == "slot-unknown"


class Cut(BaseException):
    """As a kill: nothing is tidied up."""


CHANGES: dict[str, Callable[[Office], object]] = {
    "changed": lambda office: sealing.change_passphrase(office, "0001", OURS, NEW),
    "added": lambda office: sealing.add_passphrase(office, "0001", "0003", NEW),
    "removed": lambda office: sealing.remove_passphrase(office, "0001", "0002"),
    "sheet": lambda office: sealing.renew_sheet(office, "0001", THEIR_SHEET),
    "keeper": lambda office: name_keeper(office, "0001", "0002"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_cut_off_after_its_entry_a_change_is_ended_by_the_next_opening(
    folder: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_folder: Path) -> None:
        raise Cut

    before = (folder / NAME).read_bytes()
    with opened_by(folder, ours(folder)()) as office, monkeypatch.context() as patch:
        patch.setattr(ring_changes, "take_changed", cut)
        with suppress(Cut):
            CHANGES[change](office)
        said = acts(office)[-1].act
    assert ((folder / NAME).read_bytes(), (folder / CHANGED).exists()) == (before, True)
    now = enters(folder, ours(folder))
    assert (now, (folder / CHANGED).exists()) == ("slot-unknown" if change == "changed" else "in", False)
    assert (folder / NAME).read_bytes() != before
    assert enters(folder, ours(folder, NEW if change == "changed" else OURS)) == "in"
    expected = {"removed": "no-passphrase-of"}.get(change, "in")
    assert (said, enters(folder, theirs(folder))) == (CHANGES_SAID[change], expected)
    opened = sealing.by_sheet(folder, "0001", THEIR_SHEET if change == "sheet" else SHEET)
    with opened_by(folder, opened) as office:
        assert keepers(office) == (("0002",) if change == "keeper" else ())
        assert ("0003" in sealing.people(office)) == (change == "added")


CHANGES_SAID = {
    "changed": KeyAct.CHANGED, "added": KeyAct.ADDED, "removed": KeyAct.REMOVED, "sheet": KeyAct.SHEET_RENEWED,
    "keeper": KeyAct.KEEPER_NAMED,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_cut_off_before_its_entry_a_change_never_was(
    folder: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN changed keys that lie aside WHEN the entry is never made durable, and nothing can be tidied up THEN the keys are as before."""
    before = (folder / NAME).read_bytes()

    def cut(*arguments: object) -> None:
        write_ring(*arguments)  # type: ignore[arg-type]
        raise Cut

    with opened_by(folder, ours(folder)()) as office, monkeypatch.context() as patch:
        patch.setattr(ring_changes, "write_ring", cut)
        patch.setattr(ring_changes, "drop_changed", lambda _folder: None)
        said = acts(office)
        with suppress(Cut):
            CHANGES[change](office)
        assert acts(office) == said
    assert (folder / CHANGED).exists()
    assert (enters(folder, ours(folder)), enters(folder, theirs(folder))) == ("in", "in")
    assert ((folder / NAME).read_bytes(), (folder / CHANGED).exists()) == (before, False)


def test_keys_that_do_not_take_their_place_are_told_of_and_do_it_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == CHANGED:
            raise OSError("full")
        return real(path, target)

    with opened_by(folder, ours(folder)()) as office:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(Refusal) as refusal:
                sealing.renew_sheet(office, "0001", THEIR_SHEET)
        assert (refusal.value.code, refusal.value.sentence[:6]) == ("keys-not-in-place", "已记入台账，")
        sealing.add_passphrase(office, "0001", "0003", NEW)
        stick = folder.parent / f"{folder.name}.key"
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            assert refused(give_key_file, office, "0001", "0003", stick, NEW) == "keys-not-in-place"
    assert enters(folder, lambda: sealing.by_sheet(folder, "0001", THEIR_SHEET)) == "in"
    assert enters(folder, lambda: sealing.by_passphrase(folder, "0003", NEW)) == "in"
    assert enters(folder, lambda: sealing.by_key_file(folder, "0003", stick)) == "in", "what opens it is not taken away"


def test_a_change_waits_for_one_that_another_window_has_not_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened_by(folder, ours(folder)()) as office:
        monkeypatch.setattr(ring_changes, "end_cut_off", lambda _office: (folder / CHANGED).touch())
        assert refused(sealing.renew_sheet, office, "0001", THEIR_SHEET) == "keys-busy"
    assert enters(folder, lambda: sealing.by_sheet(folder, "0001", SHEET)) == "in"


def test_the_book_says_which_slot_each_change_made(folder: Path) -> None:
    with opened_by(folder, ours(folder)()) as office:
        sealing.change_passphrase(office, "0001", OURS, NEW)
        sealing.renew_sheet(office, "0001", THEIR_SHEET)
        name_keeper(office, "0001", "0001")
        name_keeper(office, "0001", "0002")
        dismiss_keeper(office, "0001", "0001")
        ring = keys_of(folder)
        assert ring_changes.known_of(office).fits(ring)
        assert [sorted(slot.slots) for slot in acts(office)] == [["", "0001"], ["0002"], ["0001"], [""], [], [], []]
        digests = {who: digest for slot in acts(office) for who, digest in slot.slots.items()}
        assert digests == {slot.who: slot.digest for slot in ring.slots}
        assert len({*digests.values()}) == 3
        assert office.book.latest(EntryKind.OFFICE_PROFILE)
