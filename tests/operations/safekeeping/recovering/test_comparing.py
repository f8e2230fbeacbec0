"""An older book, a fork, a relinked one are named with the first entry that differs and whence that is known; honest ones are left alone."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK, Mode
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping import backup_state
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.recovering import comparing
from counter_assistant.operations.safekeeping.recovering.comparing import (
    LIMIT,
    LivesElsewhere,
    Watch,
    turned_back,
)
from counter_assistant.operations.safekeeping.recovering.keeping_present import keep_present
from counter_assistant.operations.safekeeping.recovering.stated_mode import mode_of
from counter_assistant.operations.safekeeping.restored import confirm_restored
from counter_assistant.operations.safekeeping.restoring import Restoring
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.safekeeping.background_job import BackgroundJob
from counter_assistant.storage.safekeeping.kept_heads import Kept, kept_outside
from counter_assistant.storage.witnessing.seen_heads import SEEN, SeenHead, note_seen, read_seen
from tests.make import NOW, clock
from tests.operations.safekeeping.test_restoring import Branch, a_branch, number_of, opening


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=request.param)


@pytest.fixture
def plain(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=False)


def found(branch: Branch) -> str:
    """What comparing a branch's book with what is kept outside says; nothing where nothing is found."""
    with closing(branch.open()) as office:
        said = turned_back(office, kept_outside(branch.folder))
        return said.refusal.sentence if said else ""


def aside(branch: Branch) -> Path:
    """The book as it lies there now, put where no program looks."""
    made = branch.folder.with_name("aside")
    made.mkdir()
    shutil.copy(branch.book, made)
    return made / paths.BOOK_NAME


def aside_again(branch: Branch) -> Path:
    """The book as it is later, beside the first one that was put aside."""
    return Path(shutil.copy(branch.book, branch.folder.with_name("aside") / "whole.db"))


def put_back(branch: Branch, old: Path) -> None:
    shutil.copy(old, branch.book)


def entries(branch: Branch) -> int:
    with closing(branch.open()) as office:
        return office.book.head()[0]


def test_a_book_that_goes_on_from_what_is_kept_is_left_alone(branch: Branch) -> None:
    branch.issue("a")
    branch.journal()
    branch.backup()
    branch.issue("b")
    assert found(branch) == ""


def test_a_backup_alone_tells_an_older_book(branch: Branch) -> None:
    branch.issue("a")
    old, had = aside(branch), entries(branch)
    branch.issue("b", "c")
    branch.backup()
    put_back(branch, old)
    said = found(branch)
    assert said.startswith("本机的备份（2026年11月23日 10:42）")
    assert f"记着第 {had + 2} 条，台账从第 {had + 1} 条起就没有了" in said


def test_the_lines_beside_a_backup_tell_it_as_well(plain: Branch) -> None:
    plain.issue("a")
    plain.backup()
    old = aside(plain)
    plain.issue("b")
    with closing(plain.open()) as office:
        back_up(Task(plain.folder, NOW, office.database.key, make=False))
    put_back(plain, old)
    assert "旁边续写的记录" in found(plain)


def test_a_journal_names_the_very_entry_from_which_an_older_book_went_on_otherwise(branch: Branch) -> None:
    """GIVEN an older book put back, in which other slips were issued WHEN it is compared with the journal THEN the first of them is named."""
    branch.issue("a")
    branch.journal()
    old, had = aside(branch), entries(branch)
    branch.issue("b", "c", "d")
    put_back(branch, old)
    place = branch.folder / "journal.json"
    setting = place.read_bytes()
    place.unlink()
    branch.issue("x", "y")
    place.write_bytes(setting)
    said = found(branch)
    assert said.startswith(f"流水 {branch.stick}")
    assert f"台账从第 {had + 1} 条起却不一样" in said


def test_without_a_journal_a_fork_is_named_between_two_copies(plain: Branch) -> None:
    plain.issue("a")
    plain.backup()
    old, had = aside(plain), entries(plain)
    plain.issue("b", "c")
    kept = plain.folder.with_name("kept")
    (plain.folder / "backups").rename(kept)
    plain.backup()
    for copy in kept.iterdir():
        copy.rename(plain.folder / "backups" / "20261122-104200")
    put_back(plain, old)
    plain.issue("x", "y", "z")
    assert f"台账从第 {had + 1} 条到第 {had + 2} 条之间的一条起却不一样" in found(plain)


def test_what_says_nothing_of_this_book_is_no_alarm(branch: Branch, tmp_path: Path) -> None:
    """A stick that is away, the journal and the copies of another book, damaged and unsound ones, a last line that was cut off."""
    branch.issue("a")
    branch.journal()
    branch.backup()
    other = Branch(tmp_path / "other", branch.stick, sealed=False)
    (tmp_path / "elsewhere").mkdir()
    a_branch(tmp_path / "elsewhere", sealed=False).folder.rename(other.folder)
    other.issue("x", "y", "z")
    other.journal()
    shutil.copytree(other.backup(), branch.folder / "backups" / "20261124-104200")
    own, of_other = branch.stick / f"{name_of(branch)}.jsonl", branch.stick / f"{name_of(other)}.jsonl"
    assert own.is_file()
    assert of_other.is_file()
    own.write_bytes(own.read_bytes() + b'{"seq":99')
    assert found(branch) == ""
    own.write_bytes(b"garbage\n")
    assert found(branch) == ""
    branch.stick.rename(branch.stick.with_name("away"))
    assert found(branch) == ""


def name_of(branch: Branch) -> str:
    with closing(branch.open()) as office:
        return f"journal-{comparing.name_of(office)}"


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_restored_book_is_not_held_against_what_it_lost(branch: Branch, confirmed: bool) -> None:
    """GIVEN an older copy over a newer book, as somebody decided WHEN it is compared THEN what was kept of the lost entries is no alarm;
    an older copy of the restored book is one again."""
    branch.issue("a")
    copy = branch.folder.with_name("first")
    shutil.copytree(branch.backup(), copy)
    branch.journal()
    branch.issue("b", "c")
    branch.backup()
    branch.restore(copy, over=True, with_journal=False)
    assert found(branch) == ""
    if confirmed:
        with closing(branch.open()) as office:
            confirm_restored(office)
            old = aside(branch)
            office.clock = office.database.clock = lambda: NOW + timedelta(minutes=1)
            assert all(number_of(office, uuid) for uuid in ("d", "e"))
        assert found(branch) == ""
        put_back(branch, old)
        assert "就没有了" in found(branch)


def test_no_number_is_given_before_the_comparison_and_none_after_it_failed(plain: Branch) -> None:
    plain.issue("a")
    old = aside(plain)
    plain.issue("b")
    plain.backup()
    put_back(plain, old)
    with closing(plain.open()) as office:
        office.before_acts = partial(Watch(plain.folder).before_acts, office)
        assert mode_of(office) is Mode.NORMAL
        before = office.book.head()
        for _ in range(2):
            with pytest.raises(Refusal) as refusal:
                number_of(office, "x")
            assert refusal.value.code == TURNED_BACK
        assert (office.book.head(), mode_of(office)) == (before, Mode.READ_ONLY)
        assert office.archive.search() != []


def test_a_place_that_does_not_answer_keeps_nobody_waiting_twice(
    plain: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, waited = Event(), list[float]()

    def slow(_folder: Path) -> Kept:
        answers.wait(60)
        return Kept()

    class Job(BackgroundJob[Kept]):
        def wait(self, seconds: float) -> bool:
            waited.append(seconds)
            return super().wait(min(seconds, 0.01) if not answers.is_set() else 60)

    monkeypatch.setattr(comparing, "kept_outside", slow)
    monkeypatch.setattr(comparing, "BackgroundJob", Job)
    with closing(plain.open()) as office:
        watch = Watch(plain.folder)
        watch.begin()
        assert (watch.look(office), watch.is_done()) == (None, False)
        office.before_acts = partial(watch.before_acts, office)
        assert all(number_of(office, uuid) for uuid in ("a", "b"))
        assert waited == [0.0, LIMIT, 0.0]
        answers.set()
        assert watch.look(office) is None
        assert watch.is_done()


def test_a_relinked_forgery_is_named(plain: Branch) -> None:
    """GIVEN a book whose last two entries were written anew and linked WHEN it is compared with its journal THEN the first is named."""
    plain.issue("a")
    old, had = aside(plain), entries(plain)
    plain.issue("b", "c")
    plain.journal()
    put_back(plain, old)
    (plain.folder / "journal.json").rename(plain.folder / "kept.json")
    with closing(plain.open()) as office:
        number_of(office, "b", name="玉罕")
        number_of(office, "c")
        assert office.book.check().problems == []
    (plain.folder / "kept.json").rename(plain.folder / "journal.json")
    assert f"从第 {had + 1} 条起却不一样" in found(plain)


def test_training_is_not_compared(plain: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    plain.issue("a")
    old = aside(plain)
    plain.issue("b")
    plain.backup()
    put_back(plain, old)

    def opened(office: Office) -> Any:
        return turned_back(office, kept_outside(plain.folder))

    with closing(plain.open()) as office:
        assert opened(office)
        office.training = True
        assert opened(office) is None
        assert office.book.latest(EntryKind.RESTORED) is None


def test_where_nothing_newer_is_left_the_present_book_goes_on_by_the_numbers_on_paper(branch: Branch) -> None:
    """GIVEN an older book, and nothing left of the newer one but a head WHEN somebody decides for it THEN the last numbers are asked for,
    it is on record, and it is no alarm any more."""
    branch.issue("a")
    old = aside(branch)
    numbers = branch.issue("b", "c")
    copy = branch.backup()
    put_back(branch, old)
    (copy / paths.BOOK_NAME).write_bytes(b"")
    assert found(branch)
    task = Restoring(Path(), branch.folder, clock, "0001")
    with pytest.raises(Refusal) as refusal:
        keep_present(task, opening)
    assert refusal.value.code == "last-numbers-needed"
    done = keep_present(replace(task, last=(numbers[-1],)), opening)
    assert (list(done.said.skipped.values()), done.said.lost) == ([(2, 3)], 2)
    assert found(branch) == ""
    assert branch.issue("d")[0] not in numbers
    assert list(branch.folder.glob(".*.new*")) == []


def watched(branch: Branch) -> Refusal | None:
    """Why a branch's book is barred once it was held against what is kept outside, as at each opening."""
    with closing(branch.open()) as office:
        watch = Watch(branch.folder)
        watch.begin()
        watch.look(office, 30.0)
        return office.database.barred


def another_pc(branch: Branch) -> Branch:
    """A new PC on which the branch's backup was restored; its journal goes on where that of the first was kept."""
    new = Branch(branch.folder.with_name("new"), branch.stick, branch.sealed)
    new.restore(branch.backup(), over=True)
    shutil.copy(branch.folder / "journal.json", new.folder)
    with closing(new.open()) as office:
        confirm_restored(office)
    return new


def test_a_book_that_another_pc_goes_on_with_stays_barred_when_the_stick_is_taken_out(branch: Branch) -> None:
    """GIVEN a branch that goes on with its book on a new PC WHEN the old one is opened with the stick in, and again with an empty one in
    its place THEN it gives no number either time, and says that the book was restored elsewhere; the journal that tells it may be gone."""
    branch.issue("a", "b")
    branch.journal()
    new = another_pc(branch)
    numbers = new.issue("c")
    told = watched(branch)
    assert isinstance(told, LivesElsewhere)
    assert "在另一台电脑上恢复过" in told.sentence
    assert told.sentence.endswith("这一台不要再办件，请退出。")
    branch.stick.rename(branch.stick.with_name("taken out"))
    branch.stick.mkdir()
    again = watched(branch)
    assert isinstance(again, LivesElsewhere)
    assert again.sentence.endswith("这一台不要再办件，请退出。")
    with closing(branch.open()) as office:
        office.before_acts = partial(Watch(branch.folder).before_acts, office)
        with pytest.raises(LivesElsewhere):
            number_of(office, "d")
    assert list(branch.stick.iterdir()) == []
    assert watched(new) is None
    assert new.issue("d")[0] not in numbers


def test_what_was_seen_is_explained_by_a_restore_or_found_in_the_book(branch: Branch) -> None:
    branch.issue("a")
    branch.journal()
    old = aside(branch)
    branch.issue("b", "c")
    whole = aside_again(branch)
    put_back(branch, old)
    assert watched(branch)
    assert len(read_seen(branch.folder)) == 1
    assert watched(branch)
    assert len(read_seen(branch.folder)) == 1
    branch.stick.rename(branch.stick.with_name("out"))
    put_back(branch, whole)
    assert watched(branch) is None  # it is the book again that was seen
    put_back(branch, old)
    told = watched(branch)
    assert told
    assert not isinstance(told, LivesElsewhere)
    assert "如果已经在另一台电脑上恢复了，这一台不要再办件，请退出；不然就是换回了旧的一份" in told.sentence
    (branch.folder / "journal.json").unlink()
    task = Restoring(branch.book, branch.folder, clock, "0001", last=("告〔2026〕3号",))
    keep_present(task, opening)
    assert watched(branch) is None


def test_a_restore_on_this_pc_is_no_other_pcs(plain: Branch) -> None:
    """GIVEN a book restored here, and an older one put back after that WHEN it is held against the journal THEN no other PC is told of."""
    plain.issue("a")
    plain.journal()
    old = aside(plain)
    plain.issue("b")
    plain.restore(plain.backup())
    with closing(plain.open()) as office:
        confirm_restored(office)
    plain.issue("c")
    put_back(plain, old)
    told = watched(plain)
    assert told
    assert not isinstance(told, LivesElsewhere)


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[]\n", b'{"book": 1}\n', b""])
def test_what_is_no_note_of_a_head_is_passed_over(tmp_path: Path, content: bytes) -> None:
    head = SeenHead("ab", 3, "cd", NOW, "x", NOW)
    (tmp_path / SEEN).write_bytes(content)
    assert read_seen(tmp_path) == []
    if b"\xff" not in content:
        note_seen(tmp_path, head)
        note_seen(tmp_path, head)
        assert read_seen(tmp_path) == [head]
    (tmp_path / SEEN).unlink()
    (tmp_path / SEEN).mkdir()
    note_seen(tmp_path, head)
    assert read_seen(tmp_path) == []


def test_no_backup_is_made_of_a_book_that_another_pc_goes_on_with(branch: Branch) -> None:
    """GIVEN the stick of a book that is ahead WHEN a backup is asked for THEN none is made, none goes, and the book is barred from then on."""
    branch.issue("a", "b")
    branch.journal()
    another_pc(branch).issue("c")
    with closing(branch.open()) as office:
        had = sorted((branch.folder / "backups").iterdir())
        with pytest.raises(Refusal) as refusal:
            backup_state.refuse_parted(office)
        assert refusal.value.code == "backup-parted"
        assert refusal.value.sentence.startswith("没有备份，以前的备份也没有动：流水 ")
        assert isinstance(office.database.barred, LivesElsewhere)
        assert not backup_state.full_copy_is_due(office, NOW + timedelta(days=9), leaving=True)
        assert sorted((branch.folder / "backups").iterdir()) == had


def test_no_backup_is_due_by_itself_while_the_journal_says_that_the_book_is_an_older_one(plain: Branch) -> None:
    plain.issue("a")
    plain.journal()
    old = aside(plain)
    plain.issue("b")
    put_back(plain, old)
    with closing(plain.open()) as office:
        assert backup_state.full_copy_is_due(office, NOW, leaving=True)
        office.journal.look_again()
        assert "台账可能换回了旧的" in office.journal.notice
        assert not backup_state.full_copy_is_due(office, NOW, leaving=True)
