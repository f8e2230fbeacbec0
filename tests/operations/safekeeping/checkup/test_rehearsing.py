"""A restore is rehearsed beside the book: what would not come back is found while the book is there, and nothing is left of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.operations.safekeeping import replaying
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.checkup import rehearsing
from counter_assistant.operations.safekeeping.checkup.rehearsing import (
    NO_COPY,
    NO_JOURNAL,
    NO_KEY,
    rehearsal_is_due,
    rehearse,
)
from counter_assistant.operations.safekeeping.restored import confirm_restored
from counter_assistant.operations.safekeeping.restoring import Restoring, restore
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.safekeeping import backup_folder
from counter_assistant.storage.safekeeping.backup_folder import BOOK, MANIFEST, SINCE, backups_in
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.rehearsal_file import NAME, read_rehearsal
from tests.make import NOW, clock
from tests.operations.safekeeping.test_restoring import CANARY, Branch, a_branch, number_of, opening
from tests.storage.sealing.canary import found_in

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=request.param)


def rehearsed(branch: Branch) -> Rehearsal:
    """A rehearsal, after which book, copies and journal lie as they lay before."""
    with closing(branch.open()) as office:
        key = office.database.key
    before = lying(branch)
    found = rehearse(Task(branch.folder, NOW, key))
    assert lying(branch) == before
    return found


def lying(branch: Branch) -> dict[Path, bytes]:
    folders = (branch.folder, branch.stick)
    return {p: p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file() and p.name != NAME}


def head(branch: Branch) -> int:
    with closing(branch.open()) as office:
        return office.book.head()[0]


def put_new_beside(branch: Branch) -> None:
    with closing(branch.open()) as office:
        back_up(Task(branch.folder, NOW, office.database.key, make=False))


def test_the_copy_the_lines_beside_it_and_the_journal_give_the_whole_book(branch: Branch) -> None:
    branch.issue("one")
    branch.backup()
    copied = head(branch)
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.HELD, NOW, copied, copied)
    branch.issue("two")
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.HELD, NOW, copied, copied + 1)
    put_new_beside(branch)
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.HELD, NOW, copied + 1, copied + 1)
    branch.journal()
    branch.issue("three")
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.HELD, NOW, copied + 2, copied + 2)
    assert read_rehearsal(branch.folder) == Rehearsal(NOW, Outcome.HELD, NOW, copied + 2, copied + 2)
    next(branch.stick.glob("journal-*.jsonl")).rename(branch.stick / "elsewhere")
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.HELD, NOW, copied + 1, copied + 2, NO_JOURNAL)


def test_without_a_copy_it_is_not_tried(branch: Branch) -> None:
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.NOT_TRIED, said=NO_COPY)


def test_without_the_key_nobody_says_that_it_was_rehearsed(tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=True)
    branch.backup()
    assert rehearse(Task(branch.folder, NOW)) == Rehearsal(NOW, Outcome.NOT_TRIED, NOW, said=NO_KEY)
    spoil(own_place(branch.folder) / branch.backup().name / BOOK)
    assert rehearse(Task(branch.folder, NOW)).outcome is Outcome.FAILED


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


def without_its_digests(copy: Path) -> None:
    """What a manifest says after somebody has made it fit."""
    (backup,) = backups_in(copy.parent)
    files = backup_folder.files_of(copy)
    fitting = type(backup.copy)(
        **{name: getattr(backup.copy, name) for name in backup.copy.__slots__} | {"files": files}
    )
    (copy / MANIFEST).write_text(json.dumps(fitting.to_json()))


def spoilt_book(branch: Branch, copy: Path) -> None:
    spoil(copy / BOOK)


def spoilt_book_with_a_manifest_that_fits(branch: Branch, copy: Path) -> None:
    content = (copy / BOOK).read_bytes()
    (copy / BOOK).write_bytes(content.replace(b"slip_issued", b"slip_voided"))
    if branch.sealed:
        spoil(copy / BOOK)
    without_its_digests(copy)


def spoilt_lines(branch: Branch, copy: Path) -> None:
    spoil(copy / SINCE)


def spoilt_journal(branch: Branch, copy: Path) -> None:
    spoil(next(branch.stick.glob("journal-*.jsonl")))


def turned_back(branch: Branch, copy: Path) -> None:
    """Somebody puts an older file in the place of the book; the journal goes on by itself no more."""
    branch.book.write_bytes((branch.folder.parent / "older.db").read_bytes())


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (spoilt_book, "备份的文件与写下时不一样"),
        (spoilt_book_with_a_manifest_that_fits, ""),
        (spoilt_lines, "损坏"),
        (spoilt_journal, "损坏"),
        (turned_back, "台账从第"),
    ],
)
def test_what_would_not_come_back_is_said(branch: Branch, harm: Callable[[Branch, Path], None], said: str) -> None:
    branch.issue("one")
    (branch.folder.parent / "older.db").write_bytes(branch.book.read_bytes())
    copy = branch.backup()
    branch.issue("two", "three", "four")
    put_new_beside(branch)
    branch.journal()
    with closing(branch.open()) as office:
        key = office.database.key
    harm(branch, copy)
    before = lying(branch)
    found = rehearse(Task(branch.folder, NOW, key))
    assert (found.outcome, found.made, said in found.said) == (Outcome.FAILED, NOW, True), found
    assert found.said
    assert lying(branch) == before


def test_sealed_stays_sealed_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = a_branch(tmp_path, sealed=True)
    branch.issue("one")
    branch.backup()
    with closing(branch.open()) as office:
        number_of(office, "two", name=CANARY)
    put_new_beside(branch)
    branch.journal()
    seen: list[int] = []
    replay = replaying.replay

    def looking(*arguments: object, **options: object) -> object:
        done = replay(*arguments, **options)  # type: ignore[arg-type]
        seen.append(len(list(done.file.parent.glob(".*.new"))))
        assert found_in(branch.folder) == []
        return done

    monkeypatch.setattr(rehearsing, "replay", looking)
    assert rehearsed(branch).outcome is Outcome.HELD
    assert seen == [1, 2, 2], "never more than the file that is made and the one before it"


@pytest.mark.parametrize(("spare", "outcome"), [(1 << 60, Outcome.NOT_TRIED), (0, Outcome.HELD)])
def test_where_there_is_no_room_it_is_not_tried(
    branch: Branch, spare: int, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.backup()
    monkeypatch.setattr(backup_folder, "SPARE", spare)
    assert rehearsed(branch).outcome is outcome


def test_whatever_happens_is_what_it_was_done_to_find_out(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.backup()

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rehearsing, "rebuild", broken)
    assert rehearsed(branch) == Rehearsal(NOW, Outcome.FAILED, NOW, said="意外错误 ZeroDivisionError。")


def test_a_result_that_cannot_be_kept_is_still_told(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.backup()

    def full(*_: object) -> None:
        raise OSError(28, "")

    monkeypatch.setattr(rehearsing, "write_rehearsal", full)
    assert rehearsed(branch).outcome is Outcome.HELD
    assert read_rehearsal(branch.folder) is None


def test_it_is_due_once_a_week_and_not_before_a_restored_book_was_confirmed(branch: Branch) -> None:
    with closing(branch.open()) as office:
        assert not rehearsal_is_due(office, NOW), "there is no copy"
    copy = branch.backup()
    with closing(branch.open()) as office:
        assert rehearsal_is_due(office, NOW)
        rehearse(Task(branch.folder, NOW, office.database.key))
        assert not rehearsal_is_due(office, NOW + 6 * DAY)
        assert rehearsal_is_due(office, NOW + 7 * DAY)
    restore(Restoring(copy, branch.folder, clock, "0001"), opening)
    with closing(branch.open()) as office:
        assert not rehearsal_is_due(office, NOW + 7 * DAY)


def test_a_copy_of_what_somebody_let_go_is_no_alarm(branch: Branch) -> None:
    first = branch.backup()
    branch.issue("one")
    with closing(branch.open()) as office:
        back_up(Task(branch.folder, NOW + DAY, office.database.key))
    later = NOW + 2 * DAY
    restore(Restoring(first, branch.folder, lambda: later, "0001", over=True), opening)
    with closing(branch.open()) as office:
        office.clock = office.database.clock = lambda: later
        confirm_restored(office)
        assert not rehearsal_is_due(office, later)
        back_up(Task(branch.folder, later + DAY, office.database.key))
        assert rehearsal_is_due(office, later + DAY)
        assert rehearse(Task(branch.folder, later + DAY, office.database.key)).outcome is Outcome.HELD


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
def test_one_that_is_killed_leaves_a_folder_that_the_next_copy_clears(branch: Branch) -> None:
    branch.backup()
    with closing(branch.open()) as office:
        key = office.database.key
    worker = os.fork()
    if worker == 0:
        vars(rehearsing)["rebuild"] = lambda *_: os._exit(9)
        rehearse(Task(branch.folder, NOW, key))
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 9
    (left,) = own_place(branch.folder).glob(".*")
    assert [each.copy.made for each in backups_in(left.parent)] == [NOW]
    os.utime(left, (0, 0))
    assert back_up(Task(branch.folder, NOW + DAY, key)).made
    assert not left.exists()
