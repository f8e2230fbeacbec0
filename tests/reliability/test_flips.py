"""One byte changed in what lies beside a book: noticed, or without effect on what comes of it.

The book itself, plain and sealed, a copy of it, its keys and the lines of its journal are changed byte by byte where they are tested:
tests/storage/engines/sqlite/test_damage.py and test_sealing.py, tests/operations/safekeeping/test_backing_up.py and
test_replaying.py, tests/storage/sealing/test_key_ring.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.replaying import replay
from counter_assistant.operations.safekeeping.restore_sources import lines_for
from counter_assistant.storage.book import Book
from counter_assistant.storage.safekeeping.backup_folder import BOOK, MANIFEST, SINCE, Backup, backups_in
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.sealing.book_key import BookKey
from tests.make import NOW
from tests.operations.safekeeping.test_backing_up import a_folder
from tests.portion import Portion
from tests.storage.desk import KEY, Clock, issue, open_book
from tests.storage.safekeeping.second_place import file_of, keep

pytestmark = pytest.mark.slow


@pytest.fixture(params=[None, KEY], ids=["plain", "sealed"])
def key(request: pytest.FixtureRequest) -> BookKey | None:
    found: BookKey | None = request.param
    return found


@pytest.fixture
def backup(tmp_path: Path, key: BookKey | None) -> Backup:
    """A copy of a book with two entries beside it that are new since; the book is open nowhere."""
    folder = a_folder(tmp_path, key)
    back_up(Task(folder, NOW, key))
    with closing(open_book(folder / BOOK, key=key).database) as database:
        book = Book(database)
        keep(book)
        for uuid in ("new", "newer"):
            issue(book, uuid)
    back_up(Task(folder, NOW + timedelta(hours=1), key, make=False))
    return backups_in(own_place(folder))[0]


def flipped(path: Path, places: list[int], portion: Portion) -> Iterator[int]:
    """Changes one byte after the other; the file is as it was in the end."""
    whole = path.read_bytes()
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= portion.chance.choice((1, 2, 4, 8, 16, 32, 64, 128, 255))
        path.write_bytes(changed)
        yield place
    path.write_bytes(whole)


@pytest.mark.nightly("flips")
def test_a_byte_of_what_describes_a_copy(backup: Backup, portion: Portion) -> None:
    path, passed = backup.folder / MANIFEST, 0
    places = portion.of(range(path.stat().st_size), sample=60)
    for place in flipped(path, places, portion):
        found = backups_in(backup.folder.parent)
        assert found in ([], [backup]), place
        passed += len(found)
    print(f"{len(places)} bytes: {passed} without effect")
    assert passed < len(places) // 4


@pytest.mark.nightly("flips")
def test_a_byte_of_the_lines_beside_a_copy(
    backup: Backup, key: BookKey | None, tmp_path: Path, portion: Portion
) -> None:
    replayed_or_refused(backup.folder / BOOK, backup.folder / SINCE, key, tmp_path, portion, range)


@pytest.mark.nightly("flips")
def test_a_byte_of_the_head_of_a_journal(backup: Backup, key: BookKey | None, tmp_path: Path, portion: Portion) -> None:
    with closing(open_book(tmp_path / "data" / BOOK, key=key).database) as database:
        journal = file_of(Book(database))
    head = journal.read_bytes().index(b"\n") + 1
    replayed_or_refused(backup.folder / BOOK, journal, key, tmp_path, portion, lambda _: range(head))


def replayed_or_refused(
    copy: Path, lines: Path, key: BookKey | None, folder: Path, portion: Portion, of: Callable[[int], range]
) -> None:
    """Whatever byte is changed, replaying is refused or gives the same book."""
    made = folder / "made.db"

    def entries() -> list[bytes]:
        if lines.name == SINCE:
            assert [each.path for each in lines_for(copy, folder, None, with_journal=False)] == [lines]
        replay(copy, lines, made, Clock(), copy_key=key, key=key)
        with closing(open_book(made, key=key).database) as database:
            found = [line.hash for line in lines_after(database.handle, 0, 10**6)]
        made.unlink()
        return found

    same, passed = entries(), 0
    places = portion.of(of(lines.stat().st_size), sample=25)
    for place in flipped(lines, places, portion):
        try:
            found = entries()
        except Refusal:
            continue
        assert found == same, place
        passed += 1
    print(f"{len(places)} bytes: {passed} without effect")
    assert passed < len(places)
