"""The journal in a second place has what the book has, whatever happened to either in between; and it stops nobody."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping import book_journal
from counter_assistant.storage.safekeeping.book_journal import ASTRAY, BEHIND, SLOW, UNSEALED, BookJournal
from counter_assistant.storage.safekeeping.journal_place import JournalPlace, read_place, write_place
from counter_assistant.storage.safekeeping.journal_reading import AT_ONCE, read_journal
from counter_assistant.storage.safekeeping.line import Spelling
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.sealing.book_key import BookKey
from tests.storage.desk import KEY, PROCESSES, engine_of, issue, open_book, open_sealed, seal
from tests.storage.safekeeping.second_place import file_of, is_whole, keep, lines_of, second, settle

OPENINGS = [open_book, open_sealed]


@pytest.fixture(params=OPENINGS)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "data").mkdir()
    made = request.param(tmp_path / "data" / "book.db")
    yield made
    made.database.close()


def reopened(book: Book) -> Book:
    path, key = engine_of(book).path, book.database.key
    book.database.close()
    return open_book(path, key=key)


def test_each_act_is_in_the_journal_when_it_returns(book: Book) -> None:
    journal = keep(book)
    for uuid in "abc":
        issued = issue(book, uuid)
        assert lines_of(file_of(book), Spelling(book.database.key))[-1].hash == issued.entry.hash
    book.void(issued.number, "写错了", "李某", copy_returned=True)
    assert is_whole(book)
    assert (journal.warning, journal.end and journal.end.seq) == ("", book.head()[0])


def test_what_was_there_before_comes_first(book: Book) -> None:
    for n in range(AT_ONCE + 5):
        book.append(EntryKind.INQUIRY, {"n": n})
    journal = keep(book)
    assert journal.write_all()
    assert is_whole(book)


def test_a_kill_between_commit_and_journal_is_caught_up_by_the_next_act(book: Book) -> None:
    keep(book)
    issue(book, "a")
    book.committed = lambda: None
    issue(book, "b")
    again = reopened(book)
    try:
        keep(again)
        assert issue(again, "b").again  # the clerk presses the key again: nothing is committed, and the journal has it
        assert is_whole(again)
    finally:
        again.database.close()


@pytest.mark.parametrize("torn", [b'{"seq":', b"\0" * 100, b"", b"x" * 3 + b"\0" * 9 + b"\n"])
def test_what_a_power_cut_left_is_dropped_and_written_again(book: Book, torn: bytes) -> None:
    journal = keep(book)
    for uuid in "ab":
        issue(book, uuid)
    path = file_of(book)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    path.write_bytes(whole[:last] + (torn or whole[last : (last + len(whole)) // 2]))
    _, lines = read_journal(path)
    assert len(list(lines)) == book.head()[0] - 1
    again = keep(book)
    issue(book, "c")
    assert (again.warning, is_whole(book)) == ("", True)
    assert journal.end != again.end


def test_two_windows_write_one_journal(book: Book) -> None:
    other = open_book(engine_of(book).path, key=book.database.key)
    try:
        one, two = keep(book), keep(other)
        for n in range(10):
            issue(book if n % 2 else other, f"{n}")
        other.committed = lambda: None
        issue(other, "not written")
        issue(book, "and this one")
        assert is_whole(book)
        assert (one.warning, two.warning) == ("", "")
    finally:
        other.database.close()


def test_a_missing_folder_is_a_warning_and_closes_itself(book: Book) -> None:
    journal, folder = keep(book), second(book)
    issue(book, "a")
    folder.rename(folder.with_name("taken out"))
    assert not issue(book, "b").again
    assert str(folder) in journal.warning
    folder.with_name("taken out").rename(folder)
    issue(book, "c")
    assert (journal.warning, is_whole(book)) == ("", True)


def test_on_another_stick_in_the_same_place_nothing_is_begun_unasked(book: Book) -> None:
    """GIVEN a journal on a stick WHEN an empty one hangs in its place THEN slips are issued and nothing is written there, until somebody
    names the folder again; WHEN the stick is back THEN what is missing is written."""
    keep(book)
    issue(book, "a")
    beside, folder = engine_of(book).path.parent, second(book)
    journal = BookJournal(book.database, beside)
    assert journal.write_all()
    folder.rename(folder.with_name("the stick"))
    folder.mkdir()
    (folder / file_of(book).with_suffix(".keys").name).write_bytes(b"left over")
    book.committed = journal.keep_up
    assert not issue(book, "b").again
    assert (journal.astray, journal.warning) == (True, ASTRAY.format(folder))
    assert "流水的文件不在原来的地方" in journal.warning
    assert "插回原来的盘，会自己补齐" in journal.warning
    again = BookJournal(book.database, beside)
    assert not again.write_all()
    assert again.astray
    assert [path.suffix for path in folder.iterdir()] == [".keys"]
    shutil.rmtree(folder)
    folder.with_name("the stick").rename(folder)
    issue(book, "c")
    assert (journal.astray, journal.warning, is_whole(book)) == (False, "", True)
    file_of(book).unlink()
    assert not BookJournal(book.database, beside).write_all()
    anew = keep(book)  # the folder is named once more
    assert anew.write_all()
    assert (anew.astray, is_whole(book)) == (False, True)


def test_that_a_journal_was_begun_is_known_of_its_book_alone_and_not_before(book: Book) -> None:
    journal, beside = keep(book), engine_of(book).path.parent
    assert (place := read_place(beside)) is not None
    assert place.begun == ""
    issue(book, "a")
    assert journal.write_all()
    assert (place := read_place(beside)) is not None
    assert place.begun == book_name(book.database.handle)
    write_place(beside, JournalPlace(second(book), apart=False, begun="of another book"))
    file_of(book).unlink()
    assert BookJournal(book.database, beside).write_all()
    assert is_whole(book)


def test_what_a_kill_left_while_a_damaged_journal_was_set_aside_is_no_other_stick(book: Book) -> None:
    keep(book)
    issue(book, "a")
    beside = engine_of(book).path.parent
    assert BookJournal(book.database, beside).write_all()
    file_of(book).rename(file_of(book).with_suffix(".damaged"))
    journal = BookJournal(book.database, beside)
    assert (journal.write_all(), journal.astray, is_whole(book)) == (True, False, True)


def test_the_place_that_a_stick_left_empty_is_no_second_place(book: Book) -> None:
    journal, folder = keep(book), second(book)
    write_place(engine_of(book).path.parent, JournalPlace(folder, apart=True))
    issue(book, "a")
    assert "不在" in journal.warning
    assert not journal.astray
    assert list(folder.iterdir()) == []


def test_a_full_place_is_a_warning(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = keep(book)
    issue(book, "a")

    write = os.write

    def full(descriptor: int, content: bytes) -> int:
        write(descriptor, content[:7])
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        issue(book, "b")
    assert "磁盘已满" in journal.warning
    issue(book, "c")
    assert (journal.warning, is_whole(book)) == ("", True)


def test_a_slow_place_is_waited_for_once_and_by_nobody_after(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a place that does not answer WHEN acts are done THEN the first waits as long as it may, the next not at all."""
    journal = keep(book)
    issue(book, "a")
    goes_on, sync = threading.Event(), os.fsync
    monkeypatch.setattr(book_journal, "LIMIT", 0.2)

    def slow(descriptor: int) -> None:
        assert goes_on.wait(60)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    started = time.monotonic()
    issue(book, "b")
    assert (journal.warning, time.monotonic() - started >= 0.2) == (SLOW, True)
    waits: list[float] = []
    job = journal._job
    assert job

    def waited(seconds: float) -> bool:
        waits.append(seconds)
        return False

    monkeypatch.setattr(job, "wait", waited)
    issue(book, "c")
    assert waits == [0.0]
    monkeypatch.undo()
    goes_on.set()
    assert journal.write_all()
    assert (journal.warning, is_whole(book)) == ("", True)


def test_what_was_slow_is_not_said_any_more_once_it_is_there(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = keep(book)
    issue(book, "a")
    goes_on, sync = threading.Event(), os.fsync
    monkeypatch.setattr(book_journal, "LIMIT", 0.1)
    monkeypatch.setattr(os, "fsync", lambda descriptor: goes_on.wait(60) and sync(descriptor))
    issue(book, "b")
    assert journal.warning == SLOW
    goes_on.set()
    settle(journal)
    assert (journal.warning, is_whole(book)) == ("", True)


def test_an_older_book_and_another_one_do_not_go_on_in_the_journal(book: Book, tmp_path: Path) -> None:
    keep(book)
    issue(book, "a")
    path = engine_of(book).path
    older = path.read_bytes()
    for uuid in "bc":
        issue(book, uuid)
    written = file_of(book).read_bytes()
    key = book.database.key
    book.database.close()
    path.write_bytes(older)
    back = open_book(path, key=key)
    try:
        journal = keep(back)
        assert not journal.keep_up()
        assert "台账只有" in journal.warning
        assert journal.parted
        for uuid in "defg":
            issue(back, uuid)
        assert "与台账不符" in journal.warning
        assert file_of(back).read_bytes() == written
    finally:
        back.database.close()


def test_damage_is_set_aside_and_the_journal_is_written_anew(book: Book) -> None:
    keep(book)
    issue(book, "a")
    path = file_of(book)
    broken = bytearray(path.read_bytes())
    broken[-9] ^= 1
    path.write_bytes(broken)
    journal = keep(book)
    issue(book, "b")
    assert (journal.warning, is_whole(book)) == ("", True)
    assert path.with_suffix(".damaged").read_bytes() == bytes(broken)


@pytest.mark.parametrize("spoilt", [0, 1, 4])
def test_a_line_that_never_reached_the_disk_before_others_that_did_is_noticed(book: Book, spoilt: int) -> None:
    """GIVEN several lines written at once whose last ones a power cut left whole WHEN the next window opens THEN it writes all anew."""
    keep(book)
    issue(book, "a")
    book.committed = lambda: None
    for uuid in "bcdefg":
        issue(book, uuid)
    keep(book).write_all()
    path = file_of(book)
    *before, last = path.read_bytes().splitlines(keepends=True)
    before[-1 - spoilt] = bytes(len(before[-1 - spoilt]) - 1) + b"\n"
    path.write_bytes(b"".join([*before, last]))
    journal = keep(book)
    issue(book, "h")
    assert (journal.warning, is_whole(book)) == ("", True)


def test_what_leaves_the_book_leaves_the_journal(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = keep(book)
    entry = book.append(EntryKind.INQUIRY, {"secret": "53092619870304512X"})
    issue(book, "a")
    erase(book, entry.seq)
    settle(journal)
    assert lines_of(file_of(book), Spelling(book.database.key))[entry.seq - 1].body
    monkeypatch.setattr(book_journal, "QUIET", 0.0)
    issue(book, "b")
    assert lines_of(file_of(book), Spelling(book.database.key))[entry.seq - 1].body  # no act waits for that
    settle(journal)
    assert lines_of(file_of(book), Spelling(book.database.key))[entry.seq - 1].body is None
    assert is_whole(book)
    assert b"53092619870304512X" not in file_of(book).read_bytes()
    again = keep(book)
    assert again.write_all()
    header, _ = read_journal(file_of(book))
    assert header.erased == entry.seq + 2


def erase(book: Book, seq: int) -> None:
    from counter_assistant.domain.entry import ERASURE
    from counter_assistant.storage.journal import entries

    with book._writing() as handle:
        book._append(handle, EntryKind.PAYLOAD_ERASED, {"kept": {}}, f"{ERASURE}{seq}")
        entries.drop_content(handle, seq)


def test_a_book_that_is_sealed_takes_its_journal_along(tmp_path: Path) -> None:
    """GIVEN a plain journal WHEN the book is sealed, and gets another key THEN the journal follows, and nothing plain is left."""
    (tmp_path / "data").mkdir()
    book = open_book(tmp_path / "data" / "book.db")
    try:
        journal = keep(book)
        issue(book, "a")
        assert "罗𠅤克".encode() in file_of(book).read_bytes()
        for key in (KEY, BookKey(bytes(range(1, 33)))):
            seal(book, key)
            issue(book, f"under {key.name.hex()}")
            assert (journal.warning, is_whole(book)) == ("", True)
            assert sorted(path.name for path in second(book).iterdir()) == [file_of(book).name]
            assert "罗𠅤克".encode() not in file_of(book).read_bytes()
    finally:
        book.database.close()


def test_a_plain_book_does_not_take_the_place_of_a_sealed_journal(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "book.db"
    book = open_book(path)
    plain = path.read_bytes()
    seal(book)
    keep(book)
    issue(book, "a")
    written = file_of(book).read_bytes()
    book.database.close()
    path.write_bytes(plain)
    back = open_book(path)
    try:
        journal = keep(back)
        issue(back, "b")
        assert journal.warning == UNSEALED
        assert file_of(back).read_bytes() == written
    finally:
        back.database.close()


def test_the_keys_lie_beside_the_journal_of_a_sealed_book(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    book = open_sealed(tmp_path / "data" / "book.db")
    try:
        keep(book)
        for keys in (b"one", b"two"):
            (tmp_path / "data" / "book.keys").write_bytes(keys)
            issue(book, keys.decode())
            assert file_of(book).with_suffix(".keys").read_bytes() == keys
    finally:
        book.database.close()


def a_pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(path)


@pytest.mark.parametrize(
    "made",
    [
        lambda path: path.mkdir(),
        a_pipe,
        lambda path: path.symlink_to(path.with_name("elsewhere")),
        lambda path: path.write_bytes(b"something else\n"),
    ],
)
def test_something_else_under_its_name_is_a_warning(book: Book, made: Callable[[Path], Any]) -> None:
    journal = keep(book)
    made(file_of(book))
    issue(book, "a")
    if file_of(book).with_suffix(".damaged").exists():
        assert is_whole(book)
    else:
        assert journal.warning
    assert not second(book).joinpath("elsewhere").exists()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"folder":"x","apart":true}', '{"folder":1}', "\0", '{"folder":"/no\\u0000where","apart":true}']
)
def test_what_is_no_setting_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal.json").write_text(text, encoding="utf-8")
    assert read_place(tmp_path) is None
    write_place(tmp_path, None)
    write_place(tmp_path, None)


def test_no_act_does_what_is_long_to_do(book: Book) -> None:
    """GIVEN a journal that is far behind WHEN an act is done THEN one part is written, and the end of the program writes the rest."""
    for n in range(AT_ONCE * 3):
        book.append(EntryKind.INQUIRY, {"n": n})
    journal = keep(book)
    issue(book, "a")
    assert (journal.end and journal.end.seq, journal.warning) == (AT_ONCE, BEHIND)
    assert journal.finish()
    assert is_whole(book)


def test_what_was_erased_is_taken_out_before_the_program_ends(book: Book) -> None:
    journal = keep(book)
    entry = book.append(EntryKind.INQUIRY, {"secret": "53092619870304512X"})
    erase(book, entry.seq)
    assert journal.finish()
    assert is_whole(book)


def test_more_than_is_written_at_once_is_told_until_it_is_there(book: Book) -> None:
    for n in range(AT_ONCE * 2):
        book.append(EntryKind.INQUIRY, {"n": n})
    journal = keep(book)
    seen = set()
    while not journal.keep_up(idle=True):
        seen.add(journal.warning)
        time.sleep(0.001)
    assert BEHIND in seen
    assert (journal.end and journal.end.hash) != chain.START
    assert isinstance(journal, BookJournal)
    assert is_whole(book)


def test_whatever_goes_wrong_is_a_warning_and_the_act_is_done(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = keep(book)

    def broken(self: Spelling, line: object) -> bytes:
        raise RuntimeError("nobody expected this")

    with monkeypatch.context() as patched:
        patched.setattr(Spelling, "write", broken)
        assert not issue(book, "a").again
    assert journal.warning == "流水：写不进（意外错误 RuntimeError）；好了以后自己补齐"
    issue(book, "b")
    assert (journal.warning, is_whole(book)) == ("", True)


def write_slips(path: Path, key: BookKey | None, name: str) -> None:
    book = open_book(path, key=key)
    try:
        journal = keep(book)
        for n in range(25):
            issue(book, f"{name} {n}")
        assert journal.warning in ("", SLOW)
    finally:
        book.database.close()


@pytest.mark.slow
def test_four_windows_write_one_journal_at_once(book: Book) -> None:
    """GIVEN four processes WHEN each issues THEN the journal has each entry once, in the order of the book."""
    path, key = engine_of(book).path, book.database.key
    second(book)
    workers = [PROCESSES.Process(target=write_slips, args=(path, key, name)) for name in "abcd"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert keep(book).write_all()
    assert book.head()[0] == 101
    assert is_whole(book)


def test_a_copy_that_was_cut_off_goes(book: Book) -> None:
    left = second(book) / f".{'0' * 16}.new"
    left.write_bytes(b"names")
    os.utime(left, (0, 0))
    keep(book)
    issue(book, "a")
    assert not left.exists()
