"""The keys beside a sealed book: whose passphrase opens it, the sheet, and everything that a file of keys can be."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.key_ring import KeyRing, new_key, new_ring
from counter_assistant.storage.sealing.person_key_file import make_person_key_file, read_person_key_file
from counter_assistant.storage.sealing.ring_file import NEXT, is_next, read_ring, settle, write_ring
from counter_assistant.storage.sealing.slots import Access, Holder, Stick, person_access, sheet_pair
from tests.portion import Portion

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
SHEET = bytes(range(16))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def key() -> BookKey:
    return new_key()


@pytest.fixture
def ring(key: BookKey) -> KeyRing:
    return new_ring(key).with_passphrase(key, "0001", OURS).with_sheet(key, SHEET)


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    assert refusal.value.remedy
    return refusal.value.code


def test_each_opens_it_with_their_own(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    write_ring(tmp_path, ring.with_passphrase(key, "0002", THEIRS), key)
    read = read_ring(tmp_path)
    assert read.people == ("0001", "0002")
    opened = [read.by_passphrase("0001", OURS), read.by_passphrase("0002", THEIRS), read.by_sheet(SHEET)]
    assert {access.key for access in opened} == {key}
    assert [access.slot for access in opened] == [
        read.slot(Holder.PERSON, "0001"), read.slot(Holder.PERSON, "0002"), read.slot(Holder.SHEET),
    ]  # fmt: skip
    assert refused(read.by_passphrase, "0001", THEIRS) == "wrong-passphrase"
    assert refused(read.by_passphrase, "0003", THEIRS) == "no-passphrase-of"
    assert refused(read.by_centre, bytes(32)) == "no-centre-slot"


def test_a_new_one_takes_the_place_of_the_old(key: BookKey, ring: KeyRing) -> None:
    changed = ring.with_passphrase(key, "0001", THEIRS).with_sheet(key, bytes(16))
    assert changed.by_passphrase("0001", THEIRS).key == changed.by_sheet(bytes(16)).key == key
    assert refused(changed.by_passphrase, "0001", OURS) == "wrong-passphrase"
    assert refused(changed.by_sheet, SHEET) == "wrong-sheet"
    assert refused(new_ring(key).by_sheet, SHEET) == "wrong-sheet"
    assert refused(ring.with_passphrase, key, "0002", "short") == "weak-passphrase"


def test_the_last_one_stays(key: BookKey, ring: KeyRing) -> None:
    both = ("0001", "0002")
    assert refused(ring.without, "0001", both) == "last-passphrase"
    assert refused(ring.without, "0002", both) == "no-passphrase-of"
    assert refused(ring.with_passphrase(key, "0002", THEIRS).without, "0001", ("0001",)) == "last-passphrase", (
        "whoever has left is nobody else"
    )
    assert ring.with_passphrase(key, "0002", THEIRS).without("0001", both).people == ("0002",)


def test_the_centre_opens_it_with_its_own_key(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    ours, earlier = ciphers.new_pair(), ciphers.new_pair()
    write_ring(tmp_path, ring.with_centre(key, earlier.public).with_centre(key, ours.public), key)
    read = read_ring(tmp_path)
    assert read.by_centre(ours.secret).key == key
    assert refused(read.by_centre, earlier.secret) == "wrong-centre-key"
    assert read.people == ("0001",)


def with_stick(key: BookKey, ring: KeyRing, who: str, stick: Stick, passphrase: str = "") -> KeyRing:
    return ring.with_slot(person_access(key, who, passphrase, stick).slot)


def test_a_key_file_opens_it_instead_of_a_passphrase_or_beside_it(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    ours, theirs, no = (make_person_key_file(tmp_path / f"{name}.key") for name in "abc")
    write_ring(tmp_path, with_stick(key, with_stick(key, ring, "0001", ours, OURS), "0002", theirs), key)
    read = read_ring(tmp_path)
    assert read.by_key_file("0001", read_person_key_file(tmp_path / "a.key")).key == key
    assert read.by_passphrase("0001", OURS).key == read.by_key_file("0002", theirs).key == key
    assert refused(read.by_passphrase, "0002", THEIRS) == "no-passphrase-of"
    assert refused(read.by_key_file, "0001", theirs) == "key-file-of-another"
    assert refused(read.by_key_file, "0001", no) == "key-file-not-here"


def test_a_file_of_keys_to_come_is_the_one_of_a_book_under_them(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    other = new_key()
    write_ring(tmp_path, ring, key)
    write_ring(tmp_path, ring.under(other), other, NEXT)
    assert read_ring(tmp_path).by_passphrase("0001", OURS).key == key
    assert read_ring(tmp_path, key.name).by_passphrase("0001", OURS).key == key
    assert read_ring(tmp_path, other.name).by_passphrase("0001", OURS).key == other
    settle(tmp_path, other.name)
    assert not (tmp_path / NEXT).exists()
    assert read_ring(tmp_path).by_sheet(SHEET).key == other
    write_ring(tmp_path, ring, key, NEXT)
    settle(tmp_path, other.name)
    assert not (tmp_path / NEXT).exists()
    assert read_ring(tmp_path).by_sheet(SHEET).key == other
    (tmp_path / NEXT).write_text("{", "utf-8")
    assert not is_next(tmp_path, other.name)


def test_another_key_is_sealed_to_everybody_who_stays_and_to_nobody_else(key: BookKey, ring: KeyRing) -> None:
    """GIVEN somebody who kept the keys of before WHEN they are taken away and the key is changed THEN what they have opens no more."""
    centre, other = ciphers.new_pair(), new_key()
    before = ring.with_passphrase(key, "0002", THEIRS).with_centre(key, centre.public)
    after = before.without("0002", before.people).under(other)
    assert (
        after.by_passphrase("0001", OURS).key
        == after.by_sheet(SHEET).key
        == after.by_centre(centre.secret).key
        == other
    )
    assert refused(after.by_passphrase, "0002", THEIRS) == "no-passphrase-of"
    kept = before.by_passphrase("0002", THEIRS)
    assert kept.key == key
    assert not [slot for slot in after.slots if ciphers.open_sealed(kept.private, slot.key)]


def test_a_new_passphrase_is_a_new_key_of_theirs(key: BookKey, ring: KeyRing) -> None:
    """GIVEN a passphrase that somebody else has learnt, and the keys of then WHEN it is changed, and the key of the book THEN both open nothing."""
    kept = ring.by_passphrase("0001", OURS).private
    after = ring.with_passphrase(key, "0001", THEIRS).under(new_key())
    assert not [slot for slot in after.slots if ciphers.open_sealed(kept, slot.key)]


def test_the_registers_are_read_by_keepers_the_sheet_and_the_centre(
    key: BookKey, ring: KeyRing, tmp_path: Path
) -> None:
    centre, secret = ciphers.new_pair(), ciphers.new_pair().secret
    several = ring.with_passphrase(key, "0002", THEIRS).with_passphrase(key, "0003", THEIRS)
    named = several.with_centre(key, centre.public).with_keeper("0001", secret).with_keeper("0002", secret)
    write_ring(tmp_path, named, key)
    read = read_ring(tmp_path)
    assert read.keepers == ("0001", "0002")
    assert read.register_public == ciphers.pair_of(secret).public

    def private(access: Access) -> bytes:
        return access.private

    may = [
        private(read.by_passphrase("0001", OURS)),
        private(read.by_passphrase("0002", THEIRS)),
        centre.secret,
        private(read.by_sheet(SHEET)),
    ]
    assert [read.register_secret(each) for each in may] == [secret] * 4
    assert refused(read.register_secret, private(read.by_passphrase("0003", THEIRS))) == "not-a-keeper"
    fewer = read.without_keeper("0001")
    assert refused(fewer.register_secret, may[0]) == "not-a-keeper"
    assert fewer.by_passphrase("0001", OURS).key == key
    assert refused(fewer.without_keeper, "0002") == "last-keeper"
    assert refused(fewer.without_keeper, "0001") == "not-a-keeper"
    assert refused(ring.with_keeper, "0009", secret) == "no-passphrase-of"
    moved = read.under(new_key())
    assert moved.register_secret(may[1]) == secret
    renewed = read.with_sheet(key, bytes(16)).with_register(secret)
    assert renewed.register_secret(sheet_pair(bytes(16)).secret) == secret


@pytest.mark.skipif(os.name == "nt", reason="rights of the user's folder")
def test_nobody_else_may_read_it(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_ring(tmp_path, ring, key)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_it_holds_neither_key_nor_passphrase(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    stick, secret = make_person_key_file(tmp_path / "mine.key"), ciphers.new_pair().secret
    full = with_stick(key, ring, "0001", stick, OURS).with_keeper("0001", secret)
    access = full.by_passphrase("0001", OURS)
    write_ring(tmp_path, full, key)
    written = (tmp_path / NAME).read_bytes()
    hidden = [
        each.hex() for each in (key.secret, SHEET, stick.secret, access.private, secret, sheet_pair(SHEET).secret)
    ]
    assert not [each for each in (*hidden, OURS) if each.encode() in written]
    assert not [each for each in hidden if each in repr(key) + repr(full)]
    assert repr(key.secret) not in repr(key)
    assert not [each for each in (access.private, stick.secret) if repr(each) in repr(access) + repr(stick)]


def test_what_somebody_without_the_key_writes_into_it_is_noticed(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    """WHEN who may write the folder puts their own half in the place of a colleague's THEN nothing is ever sealed to it."""
    write_ring(tmp_path, ring.with_passphrase(key, "0002", THEIRS), key)
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    theirs = next(slot for slot in written["slots"] if slot["who"] == "0002")
    theirs["public"] = ciphers.new_pair().public.hex()
    (tmp_path / NAME).write_text(json.dumps(written), "utf-8")
    changed = read_ring(tmp_path)
    assert refused(changed.by_passphrase, "0001", OURS) == refused(changed.proven, key) == "keys-damaged"


@pytest.mark.nightly("damage")
def test_no_random_sheet_or_key_opens_it(key: BookKey, ring: KeyRing, portion: Portion) -> None:
    chance, centre = random.Random(12), ciphers.new_pair()
    sealed = ring.with_centre(key, centre.public)
    stick = with_stick(key, ring, "0001", Stick(b"name", chance.randbytes(32)))
    for _ in range(portion.times(10_000, sample=500)):
        assert refused(sealed.by_sheet, chance.randbytes(16)) == "wrong-sheet"
        assert refused(sealed.by_centre, chance.randbytes(32)) == "wrong-centre-key"
        assert refused(stick.by_key_file, "0001", Stick(b"name", chance.randbytes(32))) == "keys-damaged"
        assert refused(ring.proven, BookKey(chance.randbytes(32))) == "keys-damaged"


@pytest.mark.nightly("damage")
def test_a_flipped_byte_is_told_or_means_the_same(
    key: BookKey, ring: KeyRing, tmp_path: Path, portion: Portion
) -> None:
    stick = make_person_key_file(tmp_path / "mine.key")
    write_ring(tmp_path, with_stick(key, ring, "0001", stick, OURS), key)
    path = tmp_path / NAME
    whole = path.read_bytes()
    for place in [*range(400), *portion.of(range(400, len(whole)), sample=300)]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 7]) + whole[place + 1 :])
        code = told(lambda: read_ring(tmp_path).by_passphrase("0001", OURS))
        assert code in {"", "keys-damaged", "keys-foreign", "keys-newer", "wrong-passphrase", "no-passphrase-of"}
        if not code:
            assert json.loads(path.read_bytes().lower()) == json.loads(whole.lower()), place


def told(act: Callable[[], object]) -> str:
    """By which name something is refused; empty where it is not."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def changed(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda written: written | changes


def in_a_slot(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda written: written | {"slots": [written["slots"][0] | changes, *written["slots"][1:]]}


def in_a_passphrase(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda written: in_a_slot(passphrase=written["slots"][0]["passphrase"] | changes)(written)


FILES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a list": (lambda written: [written], "keys-foreign"),
    "another kind": (changed(kind="counter-assistant-centre-key"), "keys-foreign"),
    "a newer format": (changed(format=3), "keys-newer"),
    "no format": (changed(format="2"), "keys-damaged"),
    "a format of old": (changed(format=0), "keys-damaged"),
    "today's as that of before": (changed(format=1), "keys-damaged"),
    "another algorithm": (
        lambda written: written | {"algorithms": written["algorithms"] | {"pages": "sm4"}},
        "keys-damaged",
    ),
    "more": (changed(more=1), "keys-damaged"),
    "a fraction": (changed(older=[0.5]), "keys-damaged"),
    "half a character": (in_a_slot(who="\ud800"), "keys-damaged"),
    "slots of another kind": (changed(slots={}), "keys-damaged"),
    "too many slots": (
        lambda written: written | {"slots": [written["slots"][0] | {"who": str(n)} for n in range(501)]},
        "keys-damaged",
    ),
    "the same twice": (lambda written: written | {"slots": written["slots"] * 2}, "keys-damaged"),
    "a short name": (changed(book="00"), "keys-damaged"),
    "a name that is none": (changed(book="x" * 32), "keys-damaged"),
    "no proof": (changed(proof=""), "keys-damaged"),
    "a register of another size": (changed(register="00"), "keys-damaged"),
    "an unknown holder": (in_a_slot(holder="face"), "keys-damaged"),
    "a half of another size": (in_a_slot(public="00"), "keys-damaged"),
    "a box of another size": (in_a_slot(key="00"), "keys-damaged"),
    "a box for registers of another size": (in_a_slot(register="00"), "keys-damaged"),
    "sealed otherwise": (in_a_passphrase(sealed_by="sm3"), "keys-damaged"),
    "salt that is none": (in_a_passphrase(salt="?"), "keys-damaged"),
    "more in a slot": (in_a_slot(more=1), "keys-damaged"),
    "more in a passphrase": (in_a_passphrase(more=1), "keys-damaged"),
    "a key file without a name": (in_a_slot(stick={}), "keys-damaged"),
    "an older slot that is none": (changed(older=[{"how": "face", "who": ""}]), "keys-damaged"),
}


@pytest.mark.parametrize("what", FILES)
def test_what_else_a_file_can_be_is_told(key: BookKey, ring: KeyRing, tmp_path: Path, what: str) -> None:
    write_ring(tmp_path, ring, key)
    change, code = FILES[what]
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    (tmp_path / NAME).write_text(json.dumps(change(written)), "utf-8")
    assert refused(read_ring, tmp_path) == code


def test_a_file_that_is_away_cut_or_no_file_is_told(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    assert refused(read_ring, tmp_path) == "book-keys-missing"
    write_ring(tmp_path, ring, key)
    whole = (tmp_path / NAME).read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / NAME).write_bytes(whole[:length])
        assert refused(read_ring, tmp_path) == "keys-damaged"
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    assert refused(read_ring, tmp_path) == "book-keys-missing"
    assert refused(write_ring, tmp_path, ring, key) == "keys-unsaved"


@pytest.mark.parametrize(
    "change",
    [
        changed(book="00" * 16), changed(register="00" * 32), changed(proof="00" * 32), in_a_slot(key="00" * 80),
        in_a_slot(public="00" * 32), in_a_passphrase(memory=1 << 40), in_a_passphrase(rounds=0), in_a_passphrase(salt="00"),
    ],
)  # fmt: skip
def test_what_shows_only_when_it_is_opened(
    key: BookKey, ring: KeyRing, tmp_path: Path, change: Callable[[Any], Any]
) -> None:
    write_ring(tmp_path, ring, key)
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    (tmp_path / NAME).write_text(json.dumps(change(written)), "utf-8")
    assert refused(read_ring(tmp_path).by_passphrase, "0001", OURS) == "keys-damaged"


def test_a_sealed_text_that_was_changed_is_a_wrong_one(key: BookKey, ring: KeyRing, tmp_path: Path) -> None:
    write_ring(tmp_path, ring, key)
    written = json.loads((tmp_path / NAME).read_text("utf-8"))
    box = written["slots"][0]["passphrase"]["box"]
    written["slots"][0]["passphrase"]["box"] = box[:-2] + f"{int(box[-2:], 16) ^ 1:02x}"
    (tmp_path / NAME).write_text(json.dumps(written), "utf-8")
    assert refused(read_ring(tmp_path).by_passphrase, "0001", OURS) == "wrong-passphrase"


KEY_FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda whole: whole[:-20], "key-file-damaged"),
    "a digit otherwise": (
        lambda whole: whole[:-5] + (b"0" if whole[-5:-4] != b"0" else b"1") + whole[-4:],
        "key-file-damaged",
    ),
    "not a key": (lambda whole: b"{}", "key-file-foreign"),
    "a picture": (lambda whole: b"\x89PNG" + bytes(9000), "key-file-foreign"),
    "a list": (lambda whole: b"[" + whole + b"]", "key-file-foreign"),
    "empty": (lambda whole: b"", "key-file-foreign"),
    "newer": (lambda whole: whole.replace(b'"format": 1', b'"format": 2'), "key-file-newer"),
    "more": (lambda whole: whole.replace(b'"format": 1', b'"format": 1, "more": 1'), "key-file-damaged"),
}


@pytest.mark.parametrize("what", KEY_FILES)
def test_what_else_a_key_file_can_be_is_told(tmp_path: Path, what: str) -> None:
    path = tmp_path / "mine.key"
    made = make_person_key_file(path)
    assert read_person_key_file(path) == made
    change, code = KEY_FILES[what]
    path.write_bytes(change(path.read_bytes()))
    assert refused(read_person_key_file, path) == code


def test_a_key_file_is_never_written_over_and_a_stick_that_is_away_is_told(tmp_path: Path) -> None:
    make_person_key_file(tmp_path / "mine.key")
    assert refused(make_person_key_file, tmp_path / "mine.key") == "key-file-exists"
    assert refused(make_person_key_file, tmp_path / "away" / "mine.key") == "key-unsaved"
    assert refused(read_person_key_file, tmp_path / "away.key") == "key-file-away"
    assert refused(read_person_key_file, tmp_path) == "key-file-away"
