"""What is new since the last full copy stands beside it as lines, and with it is the book to the last entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.backing_up import Done, Task, back_up
from counter_assistant.operations.safekeeping.replaying import replay
from counter_assistant.storage.safekeeping.backup_folder import BOOK, SINCE, Backup, describe
from counter_assistant.storage.safekeeping.backup_settings import change
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.sealing.book_key import BookKey
from tests.make import NOW
from tests.operations.safekeeping.test_backing_up import KEYS, a_folder, copies, last_number, refused
from tests.storage.desk import KEY, Clock, issue, open_book
from tests.storage.sealing.canary import CANARIES, found_in


def go_on(folder: Path, key: BookKey | None, name: str, slips: int = 2) -> None:
    book = open_book(folder / BOOK, key=key)
    for n in range(slips):
        issue(book, f"{name} {n}", applicant=CANARIES[0])
    book.database.close()


def put_new(folder: Path, key: BookKey | None) -> Done:
    return back_up(Task(folder, NOW, key, make=False))


def again(folder: Path, backup: Backup, lines: Path, key: BookKey | None) -> int:
    """The last number of the book that a copy and lines make."""
    made = folder.parent / "again.db"
    made.unlink(missing_ok=True)
    replay(backup.folder / BOOK, lines, made, Clock(), copy_key=key, key=key)
    return last_number(made, key)


@pytest.mark.parametrize("key", KEYS)
def test_with_the_copy_it_is_the_book_to_the_last_entry(tmp_path: Path, key: BookKey | None) -> None:
    folder = a_folder(tmp_path, key)
    made = back_up(Task(folder, NOW, key)).made
    assert made is not None
    assert put_new(folder, key).new_lines == 0
    go_on(folder, key, "a")
    assert put_new(folder, key) == Done(None, (), 0, (), 2)
    go_on(folder, key, "b")
    assert put_new(folder, key).new_lines == 4
    assert again(folder, made, made.folder / SINCE, key) == 7
    book, other = open_book(folder / BOOK, key=key), open_book(tmp_path / "again.db", key=key)
    assert lines_after(book.database.handle, 0, 100) == lines_after(other.database.handle, 0, 100)
    book.database.close()
    other.database.close()
    assert bool(found_in(made.folder)) is (key is None)


def test_another_copy_does_not_go_with_it(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    older = back_up(Task(folder, NOW, KEY)).made
    go_on(folder, KEY, "a")
    newer = back_up(Task(folder, NOW + timedelta(days=1), KEY)).made
    go_on(folder, KEY, "b")
    assert put_new(folder, KEY).new_lines == 2
    assert older is not None
    assert newer is not None
    with refused("journal-later"):
        again(folder, older, newer.folder / SINCE, KEY)
    assert again(folder, newer, newer.folder / SINCE, KEY) == 7


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, None)
    made = back_up(Task(folder, NOW)).made
    assert made is not None
    go_on(folder, None, "a", slips=3)
    put_new(folder, None)
    path = made.folder / SINCE
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"slip_issued", b"slip_voided")
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(Refusal, match="第 3 行"):
        again(folder, made, path, None)
    done = replay(made.folder / BOOK, path, tmp_path / "part.db", Clock(), despite_damage=True)
    assert (done.entries, done.from_copy, done.damaged) == (5, 4, 3)


def test_the_copies_elsewhere_have_it_too(tmp_path: Path) -> None:
    folder, stick = a_folder(tmp_path, KEY), tmp_path / "stick"
    stick.mkdir()
    change(folder, place=str(stick))
    made = back_up(Task(folder, NOW, KEY)).made
    assert made is not None
    go_on(folder, KEY, "a")
    put_new(folder, KEY)
    assert (stick / made.folder.name / SINCE).read_bytes() == (made.folder / SINCE).read_bytes()
    (stick / made.folder.name / SINCE).unlink()
    (stick / made.folder.name / SINCE).mkdir()
    assert put_new(folder, KEY).warnings[0].startswith("只备份在本机；备份没有写进")


def test_without_the_key_and_without_a_verified_copy_there_is_nothing_to_put_it_beside(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, KEY)
    assert put_new(folder, KEY).new_lines == 0
    back_up(Task(folder, NOW))
    go_on(folder, KEY, "a")
    assert put_new(folder, None).new_lines == 0
    assert not list(folder.rglob(SINCE))


def test_a_book_that_goes_on_otherwise_is_said(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, None)
    made = back_up(Task(folder, NOW)).made
    assert made is not None
    assert made.copy.holds is not None
    describe(Backup(made.folder, replace(made.copy, holds=replace(made.copy.holds, hash="00" * 32))))
    go_on(folder, None, "a")
    with refused("lines-not-sound"):
        put_new(folder, None)
    assert not (copies(folder)[0].folder / SINCE).exists()
