"""The slow half: the whole book is checked as `archive check` does, and held against heads from outside."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.checkup import Level, Subject
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.checkup.whole_book import check_whole_book
from counter_assistant.operations.safekeeping.restored import confirm_restored
from counter_assistant.operations.safekeeping.restoring import Restoring, restore
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.make import NOW
from tests.operations.safekeeping.test_restoring import Branch, a_branch, opening


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def branch(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Branch:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    return a_branch(tmp_path, sealed=request.param)


def looked_at(branch: Branch, steps: list[tuple[int, int]] | None = None) -> dict[Subject, tuple[Level, str]]:
    heard = steps if steps is not None else []
    with closing(branch.open()) as office:
        task = Task(branch.folder, NOW, office.database.key)
    found = check_whole_book(task, lambda step, of: heard.append((step, of)))
    return {line.subject: (line.level, line.sentence) for line in found}


def test_a_whole_book_that_the_copies_and_the_journal_are_of_is_well(branch: Branch) -> None:
    steps: list[tuple[int, int]] = []
    branch.issue("one")
    branch.backup()
    branch.issue("two")
    branch.journal()
    with closing(branch.open()) as office:
        entries = office.book.head()[0]
    assert looked_at(branch, steps) == {
        Subject.BOOK: (Level.WELL, f"{entries} 条记录全部核对过，没有问题。"),
        Subject.HEADS: (Level.WELL, "与台账以外留着的 2 个台账头相符。"),
        Subject.GAPS: (Level.WELL, "今年没有断号。"),
    }
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_without_a_head_from_outside_nothing_is_proven(branch: Branch) -> None:
    assert looked_at(branch)[Subject.HEADS] == (Level.ATTENTION, "没有台账以外留着的台账头：未比对。")


def test_an_older_file_in_the_place_of_the_book_is_named(branch: Branch) -> None:
    older = branch.book.read_bytes()
    branch.issue("one")
    branch.backup()
    branch.book.write_bytes(older)
    level, said = looked_at(branch)[Subject.HEADS]
    assert (level, "放回了旧的一份" in said) == (Level.BAD, True)


def test_what_is_damaged_is_said_with_what_to_do(branch: Branch) -> None:
    branch.issue("one", "two")
    with closing(branch.open()) as office:
        task = Task(branch.folder, NOW, office.database.key)
    content = bytearray(branch.book.read_bytes())
    content[-5000] ^= 0x40
    content[5000] ^= 0x40
    branch.book.write_bytes(content)
    found = {each.subject: each for each in check_whole_book(task, lambda *_: None)}
    assert (found[Subject.BOOK].level, bool(found[Subject.BOOK].remedy)) == (Level.BAD, True)
    assert Subject.GAPS not in found, "closings of a book that is not whole tell nothing"


def test_what_a_restore_has_lost_is_no_alarm_for_ever(branch: Branch) -> None:
    """GIVEN a copy of entries that somebody let go on purpose WHEN the book is held against its copies THEN that one says nothing."""
    first = branch.backup()
    branch.issue("one")
    with closing(branch.open()) as office:
        back_up(Task(branch.folder, NOW + timedelta(days=1), office.database.key))
    later = NOW + timedelta(days=2)
    restore(Restoring(first, branch.folder, lambda: later, "0001", over=True), opening)
    with closing(branch.open()) as office:
        office.clock = office.database.clock = lambda: later
        confirm_restored(office)
        lost = office.book.latest(EntryKind.RESTORED)
    assert lost
    level, said = looked_at(branch)[Subject.HEADS]
    assert (level, "个台账头相符" in said) == (Level.WELL, True)
