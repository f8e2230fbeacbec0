"""What a book can be restored from: the newest first, the best marked; a journal alone; a new book where there is nothing."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import name_place
from counter_assistant.operations.safekeeping.recovering.anew import begin_anew
from counter_assistant.operations.safekeeping.recovering.candidates import Found, candidates
from counter_assistant.operations.safekeeping.recovering.comparing import name_of
from counter_assistant.operations.safekeeping.recovering.stated_mode import mode_of, open_in_mode
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.safekeeping.backup_folder import backups_in
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from tests.make import NOW, clock
from tests.operations.safekeeping.test_restoring import Branch, a_branch, number_of


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=request.param)


@pytest.fixture
def plain(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=False)


def found(branch: Branch, book: str = "") -> Found:
    return candidates(branch.folder, kept_outside(branch.folder), book)


def test_a_copy_and_the_journal_that_goes_on_from_it(branch: Branch) -> None:
    branch.issue("a")
    branch.journal()
    copy = branch.backup()
    branch.issue("b")
    with closing(branch.open()) as office:
        last, book = office.book.head()[0], name_of(office)
    seen = found(branch)
    first, journal = seen.candidates
    assert (seen.best, seen.journal_away, first.source, first.state) == (0, None, copy, State.VERIFIED)
    assert first.in_words == f"2026年11月23日 10:42，本机，{'密封的，' if branch.sealed else ''}{last - 1} 条"
    assert first.standing == f"已核对　流水里还有 1 条{'' if branch.sealed else '，其中文书 1 份'}"
    assert (first.sealed, journal.sealed) == (branch.sealed, branch.sealed)
    assert (journal.source, journal.reaches, journal.goes_on) == (branch.stick / f"journal-{book}.jsonl", last, "")
    assert found(branch, book) == seen
    assert found(branch, "another").candidates == ()


def test_a_copy_of_another_line_than_the_journal_is_offered_last_and_says_so(branch: Branch) -> None:
    """GIVEN a newer copy of a book that went on otherwise than the journal WHEN one is to be chosen THEN what will succeed is marked."""
    branch.issue("a")
    branch.journal()
    with closing(branch.open()) as office:
        key, book = office.database.key, name_of(office)
    right = back_up(Task(branch.folder, NOW - timedelta(days=1), key)).made
    old = branch.book.read_bytes()
    numbers = branch.issue("b", "c")
    setting = (branch.folder / "journal.json").read_bytes()
    (branch.folder / "journal.json").unlink()
    branch.book.write_bytes(old)
    branch.issue("x")
    wrong = back_up(Task(branch.folder, NOW + timedelta(days=1), key)).made
    assert right
    assert wrong
    (branch.folder / "journal.json").write_bytes(setting)
    seen = candidates(branch.folder, kept_outside(branch.folder), book, key)
    assert [each.source for each in seen.candidates] == [right.folder, seen.candidates[1].journal, wrong.folder]
    assert seen.best == 0
    assert [each.goes_on[:6] for each in seen.candidates] == ["流水里还有 ", "", "和流水不是一"]
    assert branch.refused(wrong.folder, over=True).code == "journal-differs"
    branch.restore(right.folder, over=True)
    assert branch.issue("d")[0] not in numbers
    shutil.rmtree(right.folder)
    (alone, parted) = candidates(branch.folder, kept_outside(branch.folder), book, key).candidates
    assert (alone.parts, parted.parts, parted.reaches) == (False, True, 0)
    without_key = candidates(branch.folder, kept_outside(branch.folder), book).candidates
    assert [each.parts for each in without_key] == ([False, False] if branch.sealed else [False, True])


def test_the_same_copy_in_two_places_is_one_and_an_unsound_one_is_not_the_best(plain: Branch, tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    plain.issue("a")
    with closing(plain.open()) as office:
        name_place(office, place)
        assert back_up(Task(plain.folder, NOW, None)).made
    (only,) = found(plain).candidates
    assert only.whence == "本机"
    shutil.rmtree(plain.folder / "backups")
    (only,) = found(plain).candidates
    assert only.whence == str(place)


def test_one_that_was_cut_short_since_is_offered_last_and_not_as_verified(plain: Branch) -> None:
    older = plain.backup()
    plain.issue("a")
    newer = back_up(Task(plain.folder, NOW + timedelta(days=1))).made
    assert newer
    with (newer.folder / "book.db").open("r+b") as file:
        file.truncate(40_000)
    seen = found(plain)
    assert [each.source for each in seen.candidates] == [older, newer.folder]
    assert (seen.best, seen.candidates[1].state) == (0, State.UNSOUND)


def test_a_journal_that_is_away_is_named(plain: Branch) -> None:
    plain.journal()
    plain.backup()
    plain.stick.rename(plain.stick.with_name("away"))
    assert found(plain).journal_away == plain.stick


@pytest.mark.parametrize("lost", ["gone", "broken"])
def test_the_journal_alone_is_the_book_again(branch: Branch, lost: str) -> None:
    """GIVEN a book whose disk is lost and of which only the journal is left WHEN it is restored THEN nothing is missing and no number comes twice."""
    branch.journal()
    numbers = branch.issue("a", "b")
    before = branch.lines()
    if lost == "gone":
        branch.book.unlink()
    else:
        branch.break_it()
    (journal,) = found(branch).candidates
    done = branch.restore(journal.source)
    assert branch.lines()[: len(before)] == before
    assert (done.said.copy, done.said.journal, done.replayed) == ("", len(before), len(before))
    assert branch.issue("c")[0] not in numbers


def test_a_folder_that_had_a_book_gets_no_new_one_by_itself(plain: Branch) -> None:
    plain.issue("a")
    plain.backup()
    plain.book.unlink()
    with pytest.raises(Refusal) as refusal:
        open_office(plain.folder, clock)
    assert (refusal.value.code, plain.book.exists()) == ("book-missing", False)
    assert begin_anew(plain.folder, clock) is None
    with closing(open_office(plain.folder, clock)) as office:
        assert office.book.head()[0] == 1
    assert [each.whence for each in found(plain).candidates] == ["本机"]
    assert backups_in(plain.folder / "backups") == []


@pytest.mark.parametrize("setting", ["journal", "place"])
def test_where_copies_are_put_says_too_that_there_was_a_book(plain: Branch, tmp_path: Path, setting: str) -> None:
    (tmp_path / "share").mkdir()
    if setting == "journal":
        plain.journal()
    else:
        with closing(plain.open()) as office:
            name_place(office, tmp_path / "share")
            assert back_up(Task(plain.folder, NOW, None)).made
        shutil.rmtree(plain.folder / "backups")
    plain.book.unlink()
    with pytest.raises(Refusal) as refusal:
        open_office(plain.folder, clock)
    assert refusal.value.code == "book-missing"


def test_another_book_leaves_everything_of_the_old_one(branch: Branch) -> None:
    branch.issue("a")
    branch.backup()
    branch.break_it()
    there = branch.book.read_bytes()
    kept = begin_anew(branch.folder, clock)
    assert kept
    assert kept.read_bytes() == there
    assert kept.with_suffix(".keys").is_file() is branch.sealed
    with closing(open_office(branch.folder, clock)) as office:
        assert not office.sealed
        assert office.book.check().ok


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_can_be_read_and_not_written_is_opened_to_be_read(branch: Branch, what: str) -> None:
    """GIVEN a book on what cannot be written WHEN it is opened THEN it is found and shown, and each act is refused with that reason; no byte changes."""
    (number,) = branch.issue("a")
    changed, mode, key = branch.book if what == "file" else branch.folder, 0o444 if what == "file" else 0o555, None
    with closing(branch.open()) as office:
        key = office.database.key
    before, was = branch.book.read_bytes(), changed.stat().st_mode
    changed.chmod(mode)
    try:
        with closing(open_in_mode(branch.folder, clock, key=key)) as office:
            assert mode_of(office) is Mode.READ_ONLY
            assert [row.number for row in office.archive.search("罗")] == [number]
            assert office.book.check().ok
            why = "book-read-only" if what == "file" else "book-folder-read-only"
            assert office.database.barred
            assert office.database.barred.code == why
            with pytest.raises(Refusal, match="不能写"):
                number_of(office, "b")
            with pytest.raises(Refusal, match="不能写"):
                office.drafts.save("b", {"name": "x"})
    finally:
        changed.chmod(was)
    assert branch.book.read_bytes() == before


def test_a_book_of_before_this_version_is_not_only_read(plain: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be brought up first: what it was refused with stays."""
    from counter_assistant.storage.engines.sqlite import schema

    plain.issue("a")
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    plain.book.chmod(0o444)
    with pytest.raises(Refusal) as refusal:
        open_in_mode(plain.folder, clock)
    assert refusal.value.code == "book-read-only"
