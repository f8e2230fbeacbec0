"""A full copy is whole, durable and verified, or it is none; and the last good one stays, whatever happens."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.safekeeping import backing_up
from counter_assistant.operations.safekeeping.backing_up import Done, Task, back_up, making
from counter_assistant.storage.engines.sqlite import page_copy
from counter_assistant.storage.safekeeping import backup_folder, book_copy
from counter_assistant.storage.safekeeping.backup_folder import BOOK, MANIFEST, Backup, backups_in
from counter_assistant.storage.safekeeping.backup_settings import change, own_place
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import new_ring
from counter_assistant.storage.sealing.ring_file import write_ring
from tests.make import NOW
from tests.places import TESTS
from tests.portion import Portion
from tests.storage.desk import KEY, issue, open_book, open_sealed
from tests.storage.sealing.canary import CANARIES, found_in

STEPS = ["begun", "copied", "described", "verified", "named"]
KEYS = [None, KEY]


def a_folder(tmp_path: Path, key: BookKey | None, slips: int = 3) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    book = open_sealed(folder / BOOK) if key else open_book(folder / BOOK)
    if key:
        write_ring(folder, new_ring(key), key)
    for n in range(slips):
        issue(book, f"{n}", applicant=CANARIES[0], item_name=CANARIES[1])
    book.database.close()
    return folder


def copies(folder: Path) -> list[Backup]:
    return backups_in(own_place(folder))


def last_number(path: Path, key: BookKey | None) -> int:
    book = open_book(path, key=key)
    try:
        assert book.check().problems == []
        return book.last_number("notification_slip/2026/LC01")
    finally:
        book.database.close()


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.code == code


@pytest.mark.parametrize("key", KEYS)
def test_copied_back_by_hand_it_opens(tmp_path: Path, key: BookKey | None) -> None:
    folder = a_folder(tmp_path, key)
    done = back_up(Task(folder, NOW, key))
    assert done.made is not None
    assert done.warnings == ()
    (backup,) = copies(folder)
    assert (backup.copy.state, backup.copy.holds and backup.copy.holds.entries) == (State.VERIFIED, 4)
    assert {path.name for path in backup.folder.iterdir()} == {MANIFEST, BOOK} | ({"book.keys"} if key else set())
    restored = tmp_path / "new"
    restored.mkdir()
    for name in backup.copy.files:
        shutil.copy(backup.folder / name, restored / name)
    assert last_number(restored / BOOK, key) == 3


def test_a_sealed_copy_gives_nothing_away(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    back_up(Task(folder, NOW, KEY))
    assert found_in(folder) == []
    (tmp_path / "plain").mkdir()
    plain = a_folder(tmp_path / "plain", None)
    back_up(Task(plain, NOW))
    assert found_in(own_place(plain)), "the search for canaries finds them in a plain copy"


def test_without_the_key_it_waits_for_the_next_sign_in(tmp_path: Path) -> None:
    folder, stick = a_folder(tmp_path, KEY), tmp_path / "stick"
    stick.mkdir()
    change(folder, place=str(stick))
    done = back_up(Task(folder, NOW))
    assert done.made is not None
    assert (done.made.copy.state, done.made.copy.holds) == (State.UNCHECKED, None)
    other = BookKey(bytes(32))
    assert back_up(Task(folder, NOW, other, make=False)).verified == 0
    assert back_up(Task(folder, NOW, KEY, make=False)) == Done(None, (), 1, ())
    assert [backup.copy.state for place in (own_place(folder), stick) for backup in backups_in(place)] == [
        State.VERIFIED
    ] * 2
    assert back_up(Task(folder, NOW, KEY, make=False)).verified == 0


@pytest.mark.parametrize("what", [BOOK, "book.keys"])
def test_what_was_damaged_while_it_waited_is_said(tmp_path: Path, what: str) -> None:
    folder = a_folder(tmp_path, KEY)
    made = back_up(Task(folder, NOW)).made
    assert made is not None
    flip(made.folder / what, 5000 if what == BOOK else 50)
    done = back_up(Task(folder, NOW, KEY, make=False))
    assert done.verified == 0
    assert done.warnings == (f"{made.folder.name} 的备份核对没有通过，不能用。",)
    assert copies(folder)[0].copy.state is State.UNSOUND


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x40
    path.write_bytes(content)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.nightly("backups")
@pytest.mark.slow
def test_a_flipped_byte_is_seen_or_means_nothing(
    tmp_path: Path, key: BookKey | None, portion: Portion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By verifying what was copied, and not by a digest of it: as if a disk had changed it on the way."""
    folder = a_folder(tmp_path, key)
    content = (folder / BOOK).read_bytes()
    spoilt: list[int] = []

    def copy_badly(source: Path, made: Path) -> None:
        made.write_bytes(content)
        flip(made, spoilt[-1])

    monkeypatch.setattr(book_copy, "copy_file", copy_badly)
    passed, seen = 0, set[str]()
    for place in portion.of(range(len(content)), sample=50):
        spoilt.append(place)
        try:
            made = back_up(Task(folder, NOW + timedelta(seconds=len(spoilt)), key)).made
        except Refusal as refusal:
            seen.add(refusal.code)
            continue
        assert made is not None
        if made.copy.state is State.UNCHECKED:  # its head is not that of a book under this key
            assert place < 16
            continue
        passed += 1
        assert last_number(made.folder / BOOK, key) == 3, "what was not noticed changes nothing that the book says"
    assert passed < len(spoilt)
    assert {"backup-not-sound"} <= seen <= {"backup-not-sound", "keys-of-another-book", "book-keys-missing"}
    assert not [path for path in own_place(folder).iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_there_is_no_new_copy_or_a_whole_one(
    tmp_path: Path, key: BookKey | None, step: str
) -> None:
    folder = a_folder(tmp_path, key)
    before = back_up(Task(folder, NOW, key)).made
    worker = os.fork()
    if worker == 0:
        for done in making(Task(folder, NOW + timedelta(days=1), key)):
            if done == step:
                os._exit(9)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 9
    found = copies(folder)
    assert found[0] == before
    assert len(found) == (2 if step == "named" else 1)
    for backup in found:
        assert backup.copy.state is State.VERIFIED
        assert last_number(backup.folder / BOOK, key) == 3
    for left in own_place(folder).glob(".*"):
        os.utime(left, (0, 0))
    back_up(Task(folder, NOW + timedelta(days=2), key))
    assert not list(own_place(folder).glob(".*"))


@pytest.mark.parametrize("step", STEPS[:-1])
def test_given_up_before_it_has_its_name_it_leaves_nothing(tmp_path: Path, step: str) -> None:
    folder = a_folder(tmp_path, None)
    steps = making(Task(folder, NOW))
    while next(steps) != step:
        pass
    steps.close()
    assert list(own_place(folder).iterdir()) == []


@pytest.mark.parametrize("call", ["copy", "describe"])
def test_a_full_disk_harms_nothing(tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path, None)
    before = back_up(Task(folder, NOW)).made

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((page_copy, "_write", full) if call == "copy" else (backing_up, "finish", full)))
    with refused("no-backup-place"):
        back_up(Task(folder, NOW + timedelta(days=1)))
    assert copies(folder) == [before]
    assert [path.name for path in own_place(folder).iterdir()] == [before.folder.name] if before else False


def test_a_missing_second_place_is_a_warning(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, None)
    change(folder, place=str(tmp_path / "stick"))
    done = back_up(Task(folder, NOW))
    assert done.made is not None
    assert done.elsewhere == ()
    assert done.only_here
    assert done.warnings == (f"只备份在本机；放备份的地方（{tmp_path / 'stick'}）不在，接上以后自己补上。",)
    (tmp_path / "stick").mkdir()
    (tmp_path / "other").mkdir()
    done = back_up(Task(folder, NOW + timedelta(days=1), also=tmp_path / "other"))
    assert [path.parent.name for path in done.elsewhere] == ["stick", "other"]
    assert done.warnings == ()


def test_what_is_not_kept_goes_in_each_place(tmp_path: Path) -> None:
    folder, stick = a_folder(tmp_path, None), tmp_path / "stick"
    stick.mkdir()
    change(folder, place=str(stick))
    for hours in range(3):
        back_up(Task(folder, NOW + timedelta(hours=hours)))
    for place in (own_place(folder), stick):
        assert [backup.copy.made for backup in backups_in(place)] == [NOW + timedelta(hours=2)]


@pytest.mark.parametrize("key", KEYS)
def test_a_copy_of_another_line_of_the_book_is_never_made_room_of(tmp_path: Path, key: BookKey | None) -> None:
    """GIVEN two PCs with one book and one stick WHEN the one that goes on with an older copy makes a backup the same day THEN the other's
    stays, although there is one of the day, and no room for two; one that is in the newest goes as ever."""
    folder, stick, old = a_folder(tmp_path, key), tmp_path / "stick", tmp_path / "old"
    stick.mkdir()
    change(folder, place=str(stick), cap=1)
    before = back_up(Task(folder, NOW, key)).made
    assert before
    shutil.copytree(folder, old)

    def goes_on(where: Path, uuid: str, hours: int) -> Backup:
        book = open_sealed(where / BOOK) if key else open_book(where / BOOK)
        issue(book, uuid)
        book.database.close()
        made = back_up(Task(where, NOW + timedelta(hours=hours), key)).made
        assert made
        return made

    new = goes_on(folder, "of the new PC", 1)
    assert [each.copy for each in backups_in(stick)] == [new.copy]
    wrong = goes_on(old, "of the old PC", 2)
    assert [each.copy for each in backups_in(stick)] == [new.copy, wrong.copy]
    right = goes_on(folder, "of the new PC again", 3)
    assert [each.copy for each in backups_in(stick)] == [wrong.copy, right.copy]
    assert back_up(Task(old, NOW, key, make=False)).warnings == ()
    assert [each.copy for each in backups_in(stick)] == [wrong.copy, right.copy]


def test_without_the_key_nothing_goes_that_may_be_of_another_line(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    back_up(Task(folder, NOW, KEY))
    back_up(Task(folder, NOW + timedelta(hours=1)))
    assert len(copies(folder)) == 2
    back_up(Task(folder, NOW + timedelta(hours=2), KEY, make=False))
    assert [each.copy.made for each in copies(folder)] == [NOW + timedelta(hours=1)]


def test_what_cannot_be_dropped_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path, None)
    back_up(Task(folder, NOW))

    def denied(_: Backup) -> None:
        raise PermissionError(13, "")

    monkeypatch.setattr(backing_up, "drop", denied)
    done = back_up(Task(folder, NOW + timedelta(hours=1)))
    assert done.made is not None
    assert done.warnings[0].endswith("里过期的备份没有删掉：没有权限。")


def test_a_damaged_book_gives_no_copy_and_takes_none_away(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, None)
    before = back_up(Task(folder, NOW)).made
    content = (folder / BOOK).read_bytes()
    (folder / BOOK).write_bytes(
        content.replace("启用".encode(), "停用".encode()).replace(b"slip_issued", b"slip_Issued")
    )
    with refused("backup-not-sound"):
        back_up(Task(folder, NOW + timedelta(days=1)))
    assert copies(folder) == [before]


def test_a_book_of_an_earlier_version_is_verified_without_its_views(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(TESTS / "storage" / "fixtures" / "book_v3.db", folder / BOOK)
    before = (folder / BOOK).read_bytes()
    made = back_up(Task(folder, NOW)).made
    assert made is not None
    assert made.copy.state is State.VERIFIED
    assert (made.folder / BOOK).read_bytes() == before
    assert replace(made.copy, files={}).size == 0


def test_without_a_book_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with refused("no-book"):
        back_up(Task(tmp_path, NOW))
    assert list(tmp_path.iterdir()) == []


def test_keys_of_another_book_are_not_copied_with_it(tmp_path: Path) -> None:
    folder, other = a_folder(tmp_path, KEY), BookKey(bytes(32))
    write_ring(folder, new_ring(other), other)
    with refused("keys-of-another-book"):
        back_up(Task(folder, NOW, KEY))
    assert copies(folder) == []


def test_a_plain_copy_goes_once_a_sealed_one_is_verified(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, None)
    back_up(Task(folder, NOW))
    book = open_book(folder / BOOK)
    for _ in book.database.sealing(KEY, lambda _: write_ring(folder, new_ring(KEY), KEY)):
        pass
    book.database.close()
    back_up(Task(folder, NOW + timedelta(hours=1)))
    assert len(copies(folder)) == 2, "nobody has opened the sealed one yet"
    back_up(Task(folder, NOW + timedelta(hours=2), KEY))
    assert found_in(folder) == []
    assert all(backup.copy.key for backup in copies(folder))


@pytest.mark.root
@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="mounts a file system in memory")
def test_a_disk_that_is_full_in_the_middle_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room is there when it is asked for, and gone when it is needed."""
    folder = a_folder(tmp_path, None)
    place = own_place(folder)
    place.mkdir()
    size = (folder / BOOK).stat().st_size
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * 3 // 2}", "tmpfs", str(place)], check=True)
    try:
        monkeypatch.setattr(backup_folder, "SPARE", -size)
        before = back_up(Task(folder, NOW)).made
        assert before is not None
        with refused("no-backup-place"):
            back_up(Task(folder, NOW + timedelta(days=1)))
        assert copies(folder) == [before]
        assert last_number(before.folder / BOOK, None) == 3
        assert [path.name for path in place.iterdir()] == [before.folder.name]
    finally:
        subprocess.run(["umount", str(place)], check=True)
