"""The states of a file. Whatever is refused is refused in words, and its bytes stay as they are."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite import file_state, schema
from counter_assistant.storage.engines.sqlite.database import Database
from tests.storage.desk import PROCESSES, Clock, issue, open_book, refused

PAGE = 4096


def test_a_new_file_has_its_settings_read_back(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "deep" / "data" / "book.db", Clock())
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "busy_timeout")
    assert [database.handle.pragma(name) for name in names] == ["truncate", 2, 1, 1, 0, 15000]
    assert database.handle.pragma("application_id") == schema.APPLICATION_ID
    assert database.handle.pragma("user_version") == schema.VERSION
    database.close()
    assert sorted(path.name for path in (tmp_path / "deep" / "data").iterdir()) == ["book.db"]


def test_a_setting_that_does_not_hold_is_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_assistant.storage.engines.sqlite.connection.PRAGMAS", {"synchronous": ("OFF", 2)})
    assert refused(small).code == "book-settings"


def test_names_that_a_uri_would_misread_are_plain_names(tmp_path: Path) -> None:
    path = tmp_path / "台账 50%?mode=ro#1.db"
    open_book(path).database.close()
    assert path.exists()
    open_book(path).database.close()


def _open_and_issue(path: Path, barrier: Barrier, uuid: str) -> None:
    barrier.wait()
    book = open_book(path)
    issue(book, uuid)
    book.database.close()


@pytest.mark.slow
def test_processes_that_make_the_book_at_once_share_one(tmp_path: Path) -> None:
    for round_ in range(5):
        path, barrier = tmp_path / f"book{round_}.db", PROCESSES.Barrier(4)
        processes = [PROCESSES.Process(target=_open_and_issue, args=(path, barrier, uuid)) for uuid in "abcd"]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        assert [process.exitcode for process in processes] == [0] * 4
        book = open_book(path)
        assert [entry.payload["issue"]["sequence"] for entry in book.entries() if "issue" in entry.payload] == [
            1,
            2,
            3,
            4,
        ]
        assert book.check().ok
        book.database.close()
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "book.db").mkdir()
    assert refused(tmp_path / "book.db").code == "book-is-folder"


def test_an_empty_file_is_not_taken_for_a_fresh_start(tmp_path: Path) -> None:
    """A new book is made under another name, so an empty one was never made by this program: something emptied it."""
    (tmp_path / "book.db").touch()
    assert refused(tmp_path / "book.db").code == "book-empty"


def test_a_journal_without_its_book_is_not_played_into_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "book.db-journal").write_bytes(b"left over")
    assert refused(tmp_path / "book.db").code == "book-missing"
    assert (tmp_path / "book.db-journal").read_bytes() == b"left over"


def test_a_book_that_another_process_makes_in_that_moment_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN no book yet WHEN another process makes it and writes to it between two looks THEN that book is opened."""
    path, look = tmp_path / "book.db", file_state._has_journal
    open_book(tmp_path / "made.db").database.close()

    def then_look(seen: Path) -> bool:
        (tmp_path / "made.db").rename(path)
        (tmp_path / "book.db-journal").write_bytes(b"in the middle of an act")
        return look(seen)

    monkeypatch.setattr(file_state, "_has_journal", then_look)
    assert file_state.require_usable(path)


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"x", b"\0" * PAGE, b"SQLite format 3\0" + b"\xff" * PAGE])
def test_garbage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(content)
    assert refused(path).code in {"book-not-ours", "book-damaged"}


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_sqlite_file(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "book.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("CREATE TABLE theirs (a)")
        other.commit()
    assert refused(path).code == "book-not-ours"


def test_a_file_cut_short_at_any_page(small: Path) -> None:
    content = small.read_bytes()
    assert len(content) > 10 * PAGE
    for size in [*range(PAGE, len(content), PAGE), 1, 16, 100, 512, len(content) - 1]:
        small.write_bytes(content[:size])
        assert refused(small).code in {"book-damaged", "book-not-ours"}, size


def _pragma(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)


def test_a_file_of_a_newer_program(small: Path) -> None:
    _pragma(small, "PRAGMA user_version = 99")
    assert refused(small).code == "book-newer"


def test_a_file_of_a_version_that_never_was(small: Path) -> None:
    _pragma(small, "PRAGMA user_version = 0")
    assert refused(small).code == "book-version"


def test_a_file_whose_tables_are_not_those_of_its_version(small: Path) -> None:
    _pragma(small, "DROP TRIGGER entry_stays")
    assert refused(small).code == "book-damaged"


def test_a_read_only_file(small: Path) -> None:
    small.chmod(0o444)
    assert refused(small).code == "book-read-only"


def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o555)
    assert refused(folder / "book.db").code == "book-folder-read-only"


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(Refusal, match="数据文件夹不能写"):
        Database.open(tmp_path / "data" / "book.db", Clock())


def test_names_and_numbers_stay_out_of_the_log(small: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    book = open_book(small)
    issue(book, "d", applicant="召存信罕")
    book.database.close()
    assert "召存信罕" not in caplog.text


def test_opening_costs_no_rebuild(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    never: Callable[..., None] = lambda *_: pytest.fail("rebuilt")  # noqa: E731
    monkeypatch.setattr("counter_assistant.storage.book_views.rebuild", never)
    book = Book.open(Database.open(small, Clock()), "LC01")
    book.database.close()


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files, owners or modes")


@POSIX
@pytest.mark.parametrize("target", ["book.db", "nowhere.db", "round.db"])
def test_a_link_that_leads_nowhere(tmp_path: Path, target: str) -> None:
    (tmp_path / "book.db").symlink_to(tmp_path / target)
    (tmp_path / "round.db").symlink_to(tmp_path / "book.db")
    refusal = refused(tmp_path / "book.db")
    assert (refusal.code, "失效的链接" in refusal.sentence) == ("book-not-plain", True)


@POSIX
def test_a_folder_that_is_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(tmp_path / "data")
    with pytest.raises(Refusal) as refusal:
        Database.open(tmp_path / "data" / "book.db", Clock())
    assert refusal.value.code == "book-folder-read-only"


@POSIX
@pytest.mark.parametrize("name", ["book.db", "book.db-journal", "book.db-wal"])
@pytest.mark.parametrize("made", [False, True])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str, made: bool) -> None:
    if made and name != "book.db":
        open_book(tmp_path / "book.db").database.close()
        (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    refusal = refused(tmp_path / "book.db")
    assert (refusal.code, name in refusal.sentence) == ("book-not-plain", True)


@POSIX
@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("reached", ["book.db", "linked.db"])
def test_a_journal_that_is_a_link(small: Path, tmp_path: Path, there: bool, reached: str) -> None:
    """GIVEN a planted link beside the file itself, reached by its name or by a link THEN what it leads to stays as it was."""
    victim = tmp_path / "victim"
    if there:
        victim.write_bytes(b"mine")
    (tmp_path / "linked.db").symlink_to(small)
    (tmp_path / "book.db-journal").unlink(missing_ok=True)
    (tmp_path / "book.db-journal").symlink_to(victim)
    assert refused(tmp_path / reached).code == "book-not-plain"
    assert not there or victim.read_bytes() == b"mine"


@POSIX
def test_a_link_to_a_book_is_opened(small: Path, tmp_path: Path) -> None:
    (tmp_path / "linked.db").symlink_to(small)
    book = open_book(tmp_path / "linked.db")
    assert book.check().ok
    book.database.close()


@POSIX
def test_no_book_is_begun_in_a_folder_of_another_that_anybody_may_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN such a folder THEN a new book is refused; one that lies there already, an administrator's and one's own are not."""
    folder, me = tmp_path / "data", 4711
    folder.mkdir()
    owner, mode = [4712], [0o777]
    real = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        found = real(path, **options)
        return os.stat_result((0o040000 | mode[0], *found[1:4], owner[0], *found[5:])) if path == folder else found

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(os, "geteuid", lambda: me)
    refusal = refused(folder / "book.db")
    assert (refusal.code, "另一个用户" in refusal.sentence) == ("folder-of-another", True)
    for owner[0], mode[0] in ((me, 0o777), (0, 0o777), (4712, 0o770)):
        open_book(folder / "book.db").database.close()
        (folder / "book.db").unlink()
    owner[0], mode[0] = me, 0o700
    open_book(folder / "book.db").database.close()
    owner[0], mode[0] = 4712, 0o777
    open_book(folder / "book.db").database.close()


def test_what_a_cut_of_power_left_of_a_new_file_is_cleared_at_opening(small: Path) -> None:
    left = small.with_name(f".book.db.{'0' * 16}.new")
    left.touch()
    open_book(small).database.close()
    assert left.exists()  # another process may be writing it
    os.utime(left, (0, 0))
    open_book(small).database.close()
    assert not left.exists()


def test_a_book_that_let_go_of_its_file_opens_it_when_it_is_next_used(small: Path) -> None:
    book = open_book(small)
    entries = book.head()[0]
    book.database.let_go()
    assert not book.database.closed
    another = open_book(small)
    issue(another, "meanwhile")
    another.database.close()
    assert book.head()[0] == entries + 1
    book.database.close()
    assert book.database.closed


def test_another_book_that_took_the_name_meanwhile_is_not_written_into(small: Path, tmp_path: Path) -> None:
    book, other = open_book(small), tmp_path / "other.db"
    open_book(other).database.close()
    book.database.let_go()
    other.replace(small)
    before = small.read_bytes()
    with pytest.raises(Refusal):
        issue(book, "lost")
    assert small.read_bytes() == before
