"""A plain book becomes a sealed one: whatever stops it, one book opens, and nothing that anybody can read is left."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import unfinished
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.sqlite import driver, sealing
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views.archive import Archive
from tests.places import TESTS
from tests.portion import Portion
from tests.storage.desk import KEY, Clock, engine_of, issue, open_book, open_sealed, refused, seal
from tests.storage.sealing.canary import CANARIES, found_in

OLD = TESTS / "storage" / "fixtures" / "book_v3.db"
STEPS = ["looked at", "built", "keys written", "kept aside", "switched", "opened"]


def a_book(folder: Path) -> Path:
    """A plain book with something to hide, and a draft."""
    path = folder / "book.db"
    book = open_book(path)
    for n in range(3):
        issue(book, f"request {n}", applicant=CANARIES[0], item_name=CANARIES[1])
    Drafts(book.database).save("draft", {"uuid": "draft", "phone": CANARIES[2]})
    book.database.close()
    return path


def numbers(path: Path, key: BookKey | None) -> list[str]:
    book = open_book(path, key=key)
    try:
        assert book.check().problems == []
        return sorted(row.number for row in Archive(book.database).search())
    finally:
        book.database.close()


def test_a_sealed_book_says_what_it_said_and_goes_on(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    before = numbers(path, None)
    assert found_in(tmp_path), "the search for canaries finds them in a plain book"
    book = open_book(path)
    assert list(engine_of(book).sealing(KEY, lambda _: None)) == STEPS
    assert [draft.body["phone"] for draft in Drafts(book.database).all()] == [CANARIES[2]]
    later = issue(book, "later").number
    assert found_in(tmp_path) == []
    book.database.close()
    assert found_in(tmp_path) == []
    assert numbers(path, KEY) == [*before, later]
    assert path.read_bytes()[:16] == KEY.name
    assert refused(path).code == "book-sealed"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("old", [False, True])
def test_killed_after_any_step_one_book_opens(tmp_path: Path, step: str, old: bool) -> None:
    path = a_book(tmp_path)
    if old:
        shutil.copy(OLD, path)
    before = numbers(path, None)
    worker = os.fork()
    if worker == 0:
        for done in engine_of(open_book(path)).sealing(KEY, lambda _: None):
            if done == step:
                os._exit(9)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 9
    sealed = STEPS.index(step) >= STEPS.index("switched")
    assert numbers(path, KEY if sealed else None) == before
    assert not list(tmp_path.glob(".*unsealed"))
    assert not list(tmp_path.glob("*.wiping"))
    if sealed:
        assert not list(tmp_path.glob("book-v*"))
        assert found_in(tmp_path) == []
    else:
        book = open_book(path)
        seal(book)
        book.database.close()
        assert numbers(path, KEY) == before


@pytest.mark.parametrize("step", ["looked at", "built", "keys written", "kept aside"])
def test_given_up_before_the_switch_it_is_the_plain_book(tmp_path: Path, step: str) -> None:
    path = a_book(tmp_path)
    book = open_book(path)
    steps = engine_of(book).sealing(KEY, lambda _: None)
    while next(steps) != step:
        pass
    steps.close()
    issue(book, "after")
    book.database.close()
    assert len(numbers(path, None)) == 4
    assert sorted(left.name for left in tmp_path.iterdir()) == ["book.db", "book.db-journal"]


def test_keys_that_cannot_be_written_leave_the_book_as_it_was(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    book = open_book(path)

    def full(_: object) -> None:
        raise OSError("full")

    with pytest.raises(Refusal) as refusal:
        list(engine_of(book).sealing(KEY, full))
    assert refusal.value.code == "seal-unsaved"
    issue(book, "after")
    book.database.close()
    assert len(numbers(path, None)) == 4


def test_another_window_cannot_write_into_the_old_file(tmp_path: Path) -> None:
    """GIVEN a window that has the plain book open WHEN another seals it THEN the first is refused, and nothing is lost."""
    path = a_book(tmp_path)
    other, book = open_book(path, patience=0.1), open_book(path)
    steps = engine_of(book).sealing(KEY, lambda _: None)
    while next(steps) != "built":
        pass
    with pytest.raises(Refusal) as busy:
        issue(other, "meanwhile")
    assert busy.value.code == "book-locked"
    list(steps)
    with pytest.raises(Refusal) as replaced:
        issue(other, "too late")
    assert replaced.value.code == "book-replaced"
    with pytest.raises(Refusal) as gone:
        Archive(other.database).search()
    assert gone.value.code == "book-replaced", "the old file is overwritten, which is no damage of the book"
    other.database.close()
    book.database.close()
    assert len(numbers(path, KEY)) == 3


def test_copies_of_earlier_versions_go_and_what_is_more_than_the_book_stays(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    shutil.copy(OLD, path)
    numbers(path, None)  # brings it up, beside a copy
    (copy,) = tmp_path.glob("book-v3-*.db")
    kept = tmp_path / "backup.db"
    os.link(copy, kept)
    whole = kept.read_bytes()
    book = open_book(path)
    shutil.copy(a_book_of_another(tmp_path), tmp_path / "book-v1-20260101-080000.db")
    with pytest.raises(Refusal) as refusal:
        seal(book)
    assert refusal.value.code == "copy-not-older"
    assert copy.exists()
    (tmp_path / "book-v1-20260101-080000.db").unlink()
    seal(book)
    book.database.close()
    assert not copy.exists()
    assert kept.read_bytes() == whole, "what somebody linked elsewhere is theirs"


def a_book_of_another(folder: Path) -> Path:
    (folder / "another").mkdir()
    return a_book(folder / "another")


def test_a_link_is_not_sealed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "data" / "book.db"
    link.symlink_to(a_book(tmp_path))
    book = open_book(link)
    with pytest.raises(Refusal) as refusal:
        seal(book)
    assert refusal.value.code == "seal-link"
    book.database.close()


def test_a_copy_before_an_upgrade_is_under_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path)
    book = open_book(path)
    seal(book)
    book.database.close()
    from counter_assistant.storage.engines.sqlite.migrations import copy_verified

    copy = tmp_path / "book-v4-20261128-080000.db"
    copy_verified(path, copy, KEY)
    assert found_in(tmp_path) == []
    assert numbers(copy, KEY) == numbers(path, KEY)
    assert copy.exists(), "a sealed copy is no remains of a plain book"


def test_a_failure_of_the_copy_says_nothing_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path)
    monkeypatch.setattr(sealing, "unfinished", lambda path, ending: unfinished(path / "not here" / "x", ending))
    book = open_book(path)
    with pytest.raises(Refusal) as refusal:
        seal(book)
    assert refusal.value.code == "disk-error"
    assert refusal.value.__cause__ is refusal.value.__context__ is None
    assert KEY.secret.hex() not in repr(refusal.value) + str(refusal.value)
    book.database.close()


@pytest.mark.nightly("damage")
def test_no_random_key_opens_it(tmp_path: Path, portion: Portion) -> None:
    path, chance = tmp_path / "book.db", random.Random(11)
    open_sealed(path).database.close()
    whole = path.read_bytes()
    for _ in range(portion.times(10_000, sample=200)):
        with pytest.raises(Refusal) as refusal:
            Database.open(path, Clock(), key=BookKey(chance.randbytes(32)))
        assert refusal.value.code == "book-of-another-key"
    assert path.read_bytes() == whole


@pytest.mark.nightly("damage")
def test_a_flipped_byte_of_the_head_is_damage_and_so_is_a_cut(tmp_path: Path, portion: Portion) -> None:
    path = tmp_path / "book.db"
    open_sealed(path).database.close()
    whole = path.read_bytes()
    for place in range(100):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert refused(path, key=KEY).code == "book-damaged", place
        if place < 16 or place >= 24:
            assert refused(path).code == "book-sealed", place
    for length in [*range(1, 32), *portion.of(range(32, len(whole)), sample=60)]:
        path.write_bytes(whole[:length])
        assert refused(path, key=KEY).code == "book-damaged", length
    path.write_bytes(b"")
    assert refused(path, key=KEY).code == "book-empty"
    path.unlink()
    assert refused(path, key=KEY).code == "book-missing"


@pytest.mark.slow
@pytest.mark.nightly("damage")
def test_a_flipped_byte_anywhere_is_an_error_or_the_same_content(tmp_path: Path, portion: Portion) -> None:
    path = tmp_path / "book.db"
    book = open_sealed(path)
    for n in range(5):
        issue(book, f"request {n}")
    book.database.close()
    whole, content = path.read_bytes(), dump(path)
    said = {"refused": 0, "the same": 0}
    for place in portion.of(range(len(whole)), sample=150):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        try:
            assert dump(path) == content, place
            said["the same"] += 1
        except (Refusal, *driver.ERRORS):
            said["refused"] += 1
    print(said)
    assert said["refused"] > said["the same"]


def dump(path: Path) -> object:
    """Everything that the file says."""
    with Database.open(path, Clock(), key=KEY, patience=0.2) as database:
        names = [name for (name,) in database.handle.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, database.handle.execute_sql(f'SELECT * FROM "{name}"'))) for name in names}


def test_the_systems_own_sqlite_finds_no_database(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    open_sealed(path).database.close()
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM entry").fetchall()


def test_what_a_commit_writes_beside_the_book_is_sealed_too(tmp_path: Path) -> None:
    """GIVEN the middle of a commit THEN the journal is there, with the pages as they were, and nobody can read them."""
    path = a_book(tmp_path)
    book = open_book(path)
    seal(book)
    with engine_of(book).writing() as handle:
        handle.execute_sql("UPDATE draft SET body = body || ' '")
        handle.execute_sql("DELETE FROM archive")
        assert (tmp_path / "book.db-journal").stat().st_size > 4096
        assert found_in(tmp_path) == []
    book.database.close()


def test_what_was_begun_to_be_wiped_is_ended_by_the_next_opening(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    plain = path.read_bytes()
    book = open_book(path)
    seal(book)
    book.database.close()
    (tmp_path / ".book.db.unsealed.wiping").write_bytes(bytes(4096) + plain[4096:])
    (tmp_path / ".book.db.unsealed").write_bytes(plain)
    assert found_in(tmp_path)
    assert len(numbers(path, KEY)) == 3
    assert found_in(tmp_path) == []
    assert sorted(left.name for left in tmp_path.iterdir()) == ["book.db", "book.db-journal"]
