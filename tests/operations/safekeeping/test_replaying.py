"""An older copy and the journal give the book again: every entry with its hash, no number twice, and nothing that was erased."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import ERASURE, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.replaying import Replayed, replay
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal import chain, entries
from counter_assistant.storage.safekeeping.line import Line, Spelling
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.sealing.book_key import BookKey
from tests.portion import Portion
from tests.storage.desk import KEY, Clock, engine_of, issue, open_book, open_sealed, seal
from tests.storage.safekeeping.second_place import file_of, keep

OTHER = BookKey(bytes(range(1, 33)))


@pytest.fixture(params=[open_book, open_sealed])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "data").mkdir()
    made = request.param(tmp_path / "data" / "book.db")
    keep(made)
    yield made
    made.database.close()


def copy_of(book: Book, name: str = "old.db") -> Path:
    path = engine_of(book).path
    copy = path.parent.parent / name
    copy.write_bytes(path.read_bytes())
    return copy


def again(book: Book, copy: Path | None, name: str = "made.db", **options: Any) -> Replayed:
    key = book.database.key
    given = {"copy_key": key if copy else None, "key": key, **options}
    made = engine_of(book).path.parent.parent / name
    return replay(copy, file_of(book), made, Clock(), **given)


def refused(book: Book, copy: Path | None, **options: Any) -> Refusal:
    beside = sorted(engine_of(book).path.parent.parent.iterdir())
    with pytest.raises(Refusal) as refusal:
        again(book, copy, **options)
    assert sorted(engine_of(book).path.parent.parent.iterdir()) == beside
    return refusal.value


def is_the_same(book: Book, done: Replayed) -> bool:
    """Whether the book that was made is the one there was, to the letter, and goes on with the same number."""
    with_key = {"key": book.database.key}
    made = open_book(done.file, **with_key)
    try:
        assert made.check().ok
        same = lines_after(made.database.handle, 0, 10**6) == lines_after(book.database.handle, 0, 10**6)
        assert made.head() == book.head() == (done.entries, done.head)
        assert issue(made, "the next").number == issue(book, "the next").number
        return same
    finally:
        made.database.close()


def erase(book: Book, seq: int) -> None:
    with book._writing() as handle:
        kept = {"kept": {"schema": 1}, "of": EntryKind.INQUIRY}
        book._append(handle, EntryKind.PAYLOAD_ERASED, kept, f"{ERASURE}{seq}")
        entries.drop_content(handle, seq)


def test_an_older_copy_and_the_journal_are_the_book(book: Book) -> None:
    issue(book, "a")
    copy = copy_of(book)
    for uuid in "bcd":
        issued = issue(book, uuid)
    book.void(issued.number, "写错了", "李某", copy_returned=True)
    bytes_of_copy = copy.read_bytes()
    done = again(book, copy)
    assert (done.from_copy, done.damaged) == (2, 0)
    assert is_the_same(book, done)
    assert copy.read_bytes() == bytes_of_copy


def test_the_journal_alone_is_the_book(book: Book) -> None:
    for uuid in "abc":
        issue(book, uuid)
    done = again(book, None)
    assert (done.from_copy, is_the_same(book, done)) == (0, True)


def test_a_copy_of_later_than_the_journal_stays_as_it_is(book: Book) -> None:
    issue(book, "a")
    book.committed = lambda: None
    issue(book, "b")
    done = again(book, copy_of(book))
    assert (done.from_copy, done.entries, is_the_same(book, done)) == (3, 3, True)


def test_what_was_erased_since_the_copy_is_erased(book: Book) -> None:
    before = book.append(EntryKind.INQUIRY, {"secret": "53092619870304512X"})
    copy = copy_of(book)
    after = book.append(EntryKind.INQUIRY, {"secret": "13987654321"})
    erase(book, before.seq)
    erase(book, after.seq)
    issue(book, "a")
    assert is_the_same(book, again(book, copy))
    book.committed()
    assert is_the_same(book, again(book, None, "alone.db"))


def test_a_copy_of_before_the_sealing_becomes_a_sealed_book(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    book = open_book(tmp_path / "data" / "book.db")
    try:
        keep(book)
        issue(book, "a")
        copies: list[tuple[Path, BookKey | None]] = [(copy_of(book, "plain.db"), None)]
        for key in (KEY, OTHER):
            seal(book, key)
            issue(book, f"under {key.name.hex()}")
            copies.append((copy_of(book, f"{key.name.hex()}.db"), key))
        for n, (copy, copied) in enumerate(copies):
            done = again(book, copy, f"made {n}.db", copy_key=copied)
            assert done.file.read_bytes()[:16] == OTHER.name
            assert is_the_same(book, done)
            book.committed()
    finally:
        book.database.close()


def test_a_fork_is_named_by_its_first_entry(book: Book) -> None:
    issue(book, "a")
    copy, key = copy_of(book), book.database.key
    issue(book, "b")
    other = open_book(copy, key=key)
    issue(other, "c")
    issue(other, "d")
    other.database.close()
    said = refused(book, copy)
    assert (said.code, "第 3 条" in said.sentence) == ("journal-differs", True)


def test_another_book_and_another_key_are_told(book: Book, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    issue(book, "a")
    opening = open_sealed if book.database.key else open_book
    other = opening(tmp_path / "other" / "book.db")
    other.database.close()
    assert refused(book, engine_of(other).path).code == "journal-of-another-book"
    assert refused(book, copy_of(book), key=OTHER).code == "journal-of-another-key"
    (tmp_path / "made.db").write_bytes(b"")
    assert refused(book, copy_of(book)).code == "file-exists"


@pytest.mark.nightly("journal_damage")
def test_damage_is_named_by_its_line_or_ends_the_book_there(book: Book, portion: Portion) -> None:
    """GIVEN a journal WHEN any one byte of its lines is another THEN its line is named, and what stands before it is made a book."""
    copy = copy_of(book)
    for uuid in "abc":
        issue(book, uuid)
    path, spelling = file_of(book), Spelling(book.database.key)
    whole = path.read_bytes()
    starts = [0]
    while (end := whole.find(b"\n", starts[-1])) >= 0:
        starts.append(end + 1)
    chance = random.Random(13)
    for n, place in enumerate(portion.of(range(starts[1], len(whole) - 1), sample=60)):
        changed = bytearray(whole)
        changed[place] ^= chance.choice((1, 2, 32, 128))
        path.write_bytes(changed)
        number = sum(start <= place for start in starts)
        said = refused(book, copy)
        assert said.sentence in {f"流水第 {number} 行损坏。", f"拷贝和流水从第 {number - 1} 条起不一样。"}, place
        if n < 6:
            done = again(book, copy, f"{n}.db", despite_damage=True)
            assert done.damaged == number
            assert done.entries == max(number - 2, 1)
    path.write_bytes(whole)
    assert len(list(map(spelling.read, whole.splitlines()[1:]))) == 4


def test_a_line_that_is_missing_exchanged_or_doubled_is_damage(book: Book) -> None:
    copy = copy_of(book)
    for uuid in "abc":
        issue(book, uuid)
    path = file_of(book)
    head, *lines = path.read_bytes().splitlines(keepends=True)
    for changed in ([*lines[:2], *lines[3:]], [lines[0], lines[2], lines[1], lines[3]], [*lines, lines[3]]):
        path.write_bytes(head + b"".join(changed))
        assert refused(book, copy).code == "journal-damaged"


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"\x80\n"])
def test_what_has_no_header_is_no_journal(book: Book, content: bytes) -> None:
    issue(book, "a")
    file_of(book).write_bytes(content)
    assert refused(book, copy_of(book)).code == "journal-damaged"
    file_of(book).unlink()
    assert refused(book, copy_of(book)).code == "journal-missing"


def test_a_relinked_forgery_in_the_journal_differs_from_the_copy(tmp_path: Path) -> None:
    """GIVEN a plain journal that somebody wrote anew with another name WHEN it is replayed on a copy that has the entry THEN it differs."""
    (tmp_path / "data").mkdir()
    book = open_book(tmp_path / "data" / "book.db")
    try:
        keep(book)
        issue(book, "a")
        copy = copy_of(book)
        issue(book, "b")
        head, *written = file_of(book).read_bytes().splitlines()
        lines = [Spelling(None).read(line) for line in written]
        forged: list[Line] = [lines[0]]
        for line in lines[1:]:
            body = (line.body or "").replace("罗𠅤克", "罗𠅤亮")
            link = chain.Link(
                line.seq, line.time, line.kind, line.visibility, chain.inner_digest(line.salt or b"", body)
            )
            forged.append(replace(line, body=body, inner=link.inner, hash=link.hash(forged[-1].hash)))
        file_of(book).write_bytes(b"".join(line + b"\n" for line in [head, *map(Spelling(None).write, forged)]))
        said = refused(book, copy)
        assert (said.code, "第 2 条" in said.sentence) == ("journal-differs", True)
    finally:
        book.database.close()
