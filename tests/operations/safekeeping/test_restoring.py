"""A book is restored: no entry lost that a journal has, no number given twice, and whatever stops it one book opens."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations import sealing
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.keys.ring_changes import known_of, ring_of
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import backup_state
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.book_held_against import NumbersRefused
from counter_assistant.operations.safekeeping.journal_folder import journal_state, name_folder
from counter_assistant.operations.safekeeping.replaying import Replayed, replay
from counter_assistant.operations.safekeeping.restore_sources import NOTHING, Keys, Lines, rebuild
from counter_assistant.operations.safekeeping.restored import awaited, confirm_restored
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.safekeeping.book_journal import UNCONFIRMED
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from tests.make import ID_NUMBER, NOW, PHONE, SINGLE, a_request, an_office, clock, confirmed
from tests.operations.keys.sealed_office import OURS, THEIRS, a_sealed_office, opened_by
from tests.storage.sealing.canary import found_in

STEPS = ["looked at", "built", "noted", "kept", "switched", "settled"]
CANARY = "龘靐齉"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


class Branch(NamedTuple):
    """A branch's data folder, and the disk on which its journal lies."""

    folder: Path
    stick: Path
    sealed: bool

    @property
    def book(self) -> Path:
        return self.folder / paths.BOOK_NAME

    def open(self) -> Office:
        key = sealing.by_passphrase(self.folder, "0001", OURS).key if self.sealed else None
        office = open_office(self.folder, clock, key=key)
        office.act_as("0001")
        return office

    def issue(self, *ids: str) -> list[str]:
        """Issues a slip for each, and gives their numbers."""
        with closing(self.open()) as office:
            return [number_of(office, uuid) for uuid in ids]

    def backup(self) -> Path:
        with closing(self.open()) as office:
            done = back_up(Task(self.folder, NOW, office.database.key))
        assert done.made
        return done.made.folder

    def journal(self) -> None:
        with closing(self.open()) as office:
            name_folder(office, self.stick)
            assert office.journal.write_all()

    def restore(self, source: Path, **given: Any) -> Done:
        return restore(Restoring(source, self.folder, clock, **{"by": "0001", **given}), opening)

    def refused(self, source: Path, **given: Any) -> Refusal:
        before = self.book.read_bytes() if self.book.is_file() else None
        with pytest.raises(Refusal) as refusal:
            self.restore(source, **given)
        assert refusal.value.remedy
        assert (self.book.read_bytes() if self.book.is_file() else None) == before
        assert list(self.folder.glob(".*.new*")) == list(self.folder.glob("book-replaced*")) == []
        return refusal.value

    def lines(self) -> list[Any]:
        with closing(self.open()) as office:
            return lines_after(office.database.handle, 0, 10**6)

    def break_it(self) -> None:
        """A disk writes zeros over the middle of the book."""
        with self.book.open("r+b") as file:
            file.seek(2048)
            file.write(bytes(self.book.stat().st_size - 2048))


def opening(ring: KeyRing) -> BookKey:
    return ring.by_passphrase("0001", OURS).key


def number_of(office: Office, uuid: str, **applicant: str) -> str:
    who = {"name": "罗𠅤克", "phone": PHONE, **applicant}
    slip = issue_slip(office, a_request(answers=SINGLE, request_id=uuid, applicant=who)).slip
    assert slip is not None
    return slip.number


def said(office: Office) -> list[Restored]:
    return [Restored.from_payload(entry.payload) for entry in office.book.entries(EntryKind.RESTORED)]


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=request.param)


@pytest.fixture
def plain(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=False)


def a_branch(tmp_path: Path, *, sealed: bool) -> Branch:
    made = Branch(tmp_path / "data", tmp_path / "stick", sealed)
    made.stick.mkdir()
    if sealed:
        a_sealed_office(made.folder).close()
    else:
        with closing(an_office(made.folder)) as office:
            office.decide_profile(confirmed(office.profile))
    return made


def test_a_journal_alone_is_a_book_of_which_no_copy_gave_anything(branch: Branch, tmp_path: Path) -> None:
    branch.issue("a", "b")
    branch.journal()
    with closing(branch.open()) as office:
        key, head = office.database.key, office.book.head()
    journal = next(branch.stick.glob("journal-*.jsonl"))
    made = tmp_path / "made.db"

    def step(copy: Path | None, lines: Path | None, old: BookKey | None, new: BookKey | None) -> Replayed:
        return replay(copy, lines, made, clock, copy_key=old, key=new)

    lines = [Lines(journal, is_journal=True)]
    keys = Keys(opening, [journal.with_suffix(".keys")])
    built = rebuild(None, lines, keys, key, step)
    assert (built.first, built.key, built.journal, built.damaged) == (NOTHING, key, head[0], 0)
    assert (built.last.entries, built.last.head) == head


@pytest.mark.parametrize("lost", ["broken", "gone", "older", "whole"])
def test_a_backup_and_the_journal_are_the_book_again(branch: Branch, lost: str) -> None:
    """GIVEN a book that was lost in some way WHEN it is restored THEN every entry has its hash, and the next number is a new one."""
    numbers = branch.issue("a")
    branch.journal()
    copy = branch.backup()
    numbers += branch.issue("b", "c")
    with closing(branch.open()) as office:
        void(office, numbers[1], "写错了姓名")
    before = branch.lines()
    if lost == "broken":
        branch.break_it()
    elif lost == "gone":
        branch.book.unlink()
    elif lost == "older":
        shutil.copy(copy / paths.BOOK_NAME, branch.book)
    there = branch.book.read_bytes() if branch.book.exists() else None
    done = branch.restore(copy)
    assert branch.lines()[: len(before)] == before
    assert (done.entry.seq, done.replayed, done.said.journal) == (len(before) + 1, 3, len(before))
    assert (done.said.lost, done.said.skipped) == (0, {})
    assert (done.kept.read_bytes() if done.kept else None) == there
    with closing(branch.open()) as office:
        assert office.book.check().ok
        assert said(office) == [done.said]
        assert number_of(office, "d") not in numbers
    assert list(branch.folder.glob(".*.new*")) == []


def test_an_older_copy_over_a_newer_book_is_refused_and_loses_no_number_when_it_must_be(branch: Branch) -> None:
    first = branch.issue("a")
    copy = branch.backup()
    numbers = first + branch.issue("b", "c")
    refusal = branch.refused(copy)
    assert refusal.code == "restore-loses"
    assert "有 2 条记录" in refusal.sentence
    assert "（一次性告知单 2026 年：现在到 3 号，恢复的到 1 号）" in refusal.sentence
    done = branch.restore(copy, over=True)
    assert (done.said.lost, list(done.said.skipped.values()), done.said.old.split(":")[0]) == (
        2,
        [(2, 3)],
        str(done.entry.seq + 1),
    )
    with closing(branch.open()) as office:
        assert [row.number for row in office.archive.search()] == first
        assert number_of(office, "d") not in numbers
        assert office.book.check().ok
    assert done.kept
    assert done.kept.is_file()


def test_a_fork_is_counted_from_where_it_parts(plain: Branch) -> None:
    plain.issue("a")
    copy = plain.backup()
    plain.issue("b", "c")
    other = Branch(plain.folder.with_name("other"), plain.stick, sealed=False)
    shutil.copytree(copy, other.folder)
    other.issue("x", "y", "z")
    assert "有 2 条记录" in plain.refused(other.folder).sentence


def test_a_number_that_both_books_gave_is_named_with_both_people(plain: Branch) -> None:
    """GIVEN two PCs that gave one number WHEN the book of one is to take the place of the other's THEN number and person of both are told, masked."""
    plain.issue("a")
    other = Branch(plain.folder.with_name("other"), plain.stick, sealed=False)
    shutil.copytree(plain.folder, other.folder)
    with closing(plain.open()) as office:
        twice = number_of(office, "b", name="玉应罕")
        here = number_of(office, "c", name="波岩温")
    with closing(other.open()) as office:
        assert number_of(office, "x", name="依旺香") == twice
    sentence = plain.refused(other.book).sentence
    assert f"其中文书：{twice}（玉**）、{here}（波**）" in sentence
    assert f"；{twice}在恢复的一本里（依**），同一个号的两份纸都在，要照纸查明。" in sentence
    assert "应罕" not in sentence
    plain.issue(*"defgh")
    assert "等 7 份" in plain.refused(other.book).sentence


def test_of_what_only_this_book_has_number_and_person_are_told(plain: Branch) -> None:
    plain.issue("a")
    copy = plain.backup()
    with closing(plain.open()) as office:
        number = number_of(office, "b", name="玉应罕")
        void(office, number, "写错了姓名")
    assert plain.refused(copy).sentence.endswith(f"其中文书：{number}（玉**），纸已经交出去。")
    copy = plain.backup()
    with closing(plain.open()) as office:
        void(office, number_of(office, "a"), "写错了姓名")
    assert plain.refused(copy).sentence == "现在的台账里有 1 条记录，恢复的一本里没有。里面没有文书，是单位资料这一类。"


def test_where_nothing_tells_the_last_numbers_they_are_read_from_paper(branch: Branch) -> None:
    branch.issue("a")
    copy = branch.backup()
    papers = branch.issue("b", "c")
    branch.book.write_bytes(b"")
    assert branch.refused(copy).code == "last-numbers-needed"
    assert branch.refused(copy, last=("临公积金别处告〔2026〕3号",)).code == "bad-paper-number"
    done = branch.restore(copy, last=(papers[-1], papers[0]))
    assert list(done.said.skipped.values()) == [(2, 3)]
    assert done.said.old == ""
    assert branch.issue("d")[0] not in papers


def test_a_number_before_that_of_the_copy_is_no_last_number(branch: Branch) -> None:
    """GIVEN a copy of two slips and a third on paper WHEN the number of the first is typed THEN it is refused, since the third would be given again."""
    papers = branch.issue("a", "b")
    copy = branch.backup()
    papers += branch.issue("c")
    branch.book.unlink()
    asked = branch.refused(copy)
    assert "（备份里到一次性告知单 2026 年 2 号）" in asked.sentence
    lower = branch.refused(copy, last=(papers[0],))
    assert (lower.code, lower.sentence) == (
        "last-number-lower",
        "一次性告知单 2026 年填了 1 号，比备份里的 2 号还小。",
    )
    assert isinstance(asked, NumbersRefused)
    assert isinstance(lower, NumbersRefused)
    (series,) = asked.numbers
    assert asked.numbers == lower.numbers == {series: 2}
    assert branch.refused(copy, last=(papers[0],), over=True).code == "last-number-lower"
    assert list(branch.restore(copy, last=(papers[0], papers[2])).said.skipped.values()) == [(3, 3)]
    assert branch.issue("d")[0] not in papers


def test_the_last_number_of_the_copy_itself_may_be_typed(plain: Branch) -> None:
    papers = plain.issue("a", "b")
    copy = plain.backup()
    plain.book.unlink()
    assert plain.restore(copy, last=(papers[1],)).said.skipped == {}


def test_numbers_of_a_kit_that_was_printed_since_are_not_printed_again(branch: Branch) -> None:
    """GIVEN a kit of nine that was printed after the copy WHEN the copy is restored, by the book that is there or by the paper THEN the
    next kit goes on behind it."""
    branch.issue("a")
    copy = branch.backup()
    with closing(branch.open()) as office:
        kit = print_kit(office, 1)
    assert branch.refused(copy).code == "restore-loses"
    branch.restore(copy, over=True)
    with closing(branch.open()) as office:
        assert print_kit(office, 1).printed.first == 10
        assert office.book.check().ok
    branch.book.write_bytes(b"")
    branch.restore(copy, last=[blank.number for blank in kit.printed.blanks][-1:])
    with closing(branch.open()) as office:
        assert print_kit(office, 1).printed.first == 10


def test_the_counters_of_a_damaged_book_are_believed(plain: Branch) -> None:
    """GIVEN a book one of whose indexes is gone, so that it does not open WHEN it is restored THEN its numbers are not given again."""
    plain.issue("a")
    copy = plain.backup()
    papers = plain.issue("b", "c")
    with closing(sqlite3.connect(plain.book)) as file:
        (index,) = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL LIMIT 1"
        ).fetchone()
        file.execute(f'DROP INDEX "{index}"')
    done = plain.restore(copy)
    assert list(done.said.skipped.values()) == [(2, 3)]
    assert plain.issue("d")[0] not in papers


def test_what_was_put_beside_a_backup_is_in_it(branch: Branch) -> None:
    branch.issue("a")
    copy = branch.backup()
    branch.issue("b")
    with closing(branch.open()) as office:
        back_up(Task(branch.folder, NOW, office.database.key, make=False))
    before = branch.lines()
    branch.book.unlink()
    done = branch.restore(copy, over=True)
    assert (branch.lines()[: len(before)], done.replayed, done.said.journal) == (before, 1, 0)


def test_the_newest_verified_copy_of_a_place_is_taken(plain: Branch) -> None:
    plain.backup()
    plain.issue("a")
    plain.backup()
    plain.issue("b")
    assert "有 1 条记录" in plain.refused(plain.folder / "backups").sentence
    assert plain.refused(plain.stick).code == "copy-missing"
    assert plain.refused(plain.book).code == "restore-itself"


def test_a_stick_with_the_backups_of_one_book_is_named_as_a_whole(plain: Branch, tmp_path: Path) -> None:
    """GIVEN the place that an office named WHEN another PC restores from it THEN nobody looks for the folder of the book in it."""
    place = tmp_path / "the stick"
    place.mkdir()
    with closing(plain.open()) as office:
        folder = backup_state.folder_in(office, place)
    copy = plain.backup()
    plain.issue("a")
    shutil.copytree(copy, folder / copy.name)
    assert "有 1 条记录" in plain.refused(place).sentence
    shutil.copytree(folder, place / "counter-assistant-of-another")
    assert plain.refused(place).code == "copy-missing"


def test_the_copy_that_was_restored_from_stays_for_thirty_days(branch: Branch) -> None:
    branch.issue("a")
    copy = branch.backup()
    branch.restore(copy)
    with closing(branch.open()) as office:
        confirm_restored(office)
        key = office.database.key
    for days in (0, 29, 31):
        back_up(Task(branch.folder, NOW + timedelta(days=days, hours=1), key))
        assert copy.exists() is (days < 30)


def test_a_journal_that_is_away_is_not_passed_over_in_silence(plain: Branch) -> None:
    plain.journal()
    copy = plain.backup()
    plain.issue("a")
    plain.stick.rename(plain.stick.with_name("away"))
    plain.book.unlink()
    assert plain.refused(copy).code == "restore-journal-away"
    assert plain.refused(copy, with_journal=False).code == "last-numbers-needed"
    plain.stick.mkdir()
    (journal,) = plain.stick.with_name("away").glob("journal-*.jsonl")
    assert plain.restore(copy, journal=journal).replayed == 1


def test_another_window_is_refused_by_its_next_act(branch: Branch) -> None:
    copy = branch.backup()
    with closing(branch.open()) as other:
        branch.restore(copy)
        with pytest.raises(Refusal) as refusal:
            number_of(other, "late")
        assert refusal.value.code == "book-replaced"


def test_backups_wait_and_the_journal_is_not_touched_until_somebody_says_that_all_is_right(branch: Branch) -> None:
    branch.journal()
    copy = branch.backup()
    branch.issue("a", "b")
    done = branch.restore(copy, with_journal=False, over=True)
    (journal,) = branch.stick.glob("journal-*.jsonl")
    held = journal.read_bytes()
    with closing(branch.open()) as office:
        number_of(office, "c")
        assert office.journal.write_all()
        assert office.journal.notice == UNCONFIRMED
        waiting = next(path for path in branch.stick.glob("journal-*.jsonl") if path != journal)
        assert len(waiting.read_bytes().splitlines()) == office.book.head()[0] + 1, (
            "what is done meanwhile is written too"
        )
        assert not backup_state.full_copy_is_due(office, NOW, leaving=True)
        assert not backup_state.new_lines_are_due(office, NOW.replace(hour=23), NOW, (0, ""))
        with pytest.raises(Refusal) as refusal:
            backup_state.refuse_unconfirmed(office)
        assert refusal.value.code == "restored-unconfirmed"
        assert journal.read_bytes() == held
        confirm_restored(office)
        assert office.journal.write_all()
        assert journal_state(office).last == office.book.head()[0]
        assert backup_state.full_copy_is_due(office, NOW, leaving=True)
        assert [each.act for each in said(office)] == [RestoredAct.RESTORED, RestoredAct.CONFIRMED]
        with pytest.raises(Refusal) as again:
            confirm_restored(office)
        assert again.value.code == "nothing-to-confirm"
    assert [path.read_bytes() for path in branch.stick.glob("*.until-*")] == [held]
    assert list(branch.stick.glob("journal-*.jsonl")) == [journal]
    assert done.said.lost == 2


def test_a_journal_that_the_restored_book_goes_on_from_goes_on(branch: Branch) -> None:
    branch.journal()
    copy = branch.backup()
    branch.issue("a")
    branch.restore(copy)
    with closing(branch.open()) as office:
        confirm_restored(office)
        assert office.journal.write_all()
        assert journal_state(office).last == office.book.head()[0]
    assert list(branch.stick.glob("*.until-*")) == []


def test_confirming_waits_for_the_journal_s_disk(plain: Branch) -> None:
    plain.journal()
    plain.restore(plain.backup())
    plain.stick.rename(plain.stick.with_name("away"))
    with closing(plain.open()) as office:
        with pytest.raises(Refusal) as refusal:
            confirm_restored(office)
        assert refusal.value.code == "restore-journal-away"
        assert len(said(office)) == 1


def test_who_may_not_restore_changes_nothing(branch: Branch) -> None:
    copy = branch.backup()
    assert branch.refused(copy, by="0003").code == "not-permitted"
    branch.restore(copy)
    with closing(branch.open()) as office:
        office.act_as("0003")
        with pytest.raises(Refusal) as refusal:
            confirm_restored(office)
        assert refusal.value.code == "not-permitted"


def test_a_book_that_was_not_opened_is_not_taken_for_lost(tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=True)
    other = Branch(tmp_path / "other", branch.stick, sealed=False)
    with closing(an_office(other.folder)) as office:
        office.decide_profile(confirmed(office.profile))
    copy = other.backup()
    with pytest.raises(Refusal) as refusal:
        restore(Restoring(copy, branch.folder, clock, by="0001"), lambda ring: ring.by_passphrase("0001", THEIRS).key)
    assert refusal.value.code == "restore-unread"
    assert branch.refused(copy).code == "restore-loses"


def test_a_copy_under_an_older_key_becomes_a_book_under_todays(tmp_path: Path) -> None:
    """GIVEN somebody who was taken away with a change of the key WHEN a copy of before is restored THEN they open nothing."""
    branch = a_branch(tmp_path, sealed=True)
    copy = branch.backup()
    with closing(branch.open()) as office:
        sealing.remove_passphrase(office, "0001", "0002")
        change_key(office, "0001")
        key = office.database.key
    assert key
    branch.restore(copy, over=True)
    assert branch.book.read_bytes()[:16] == key.name
    with pytest.raises(Refusal) as refusal:
        sealing.by_passphrase(branch.folder, "0002", THEIRS)
    assert refusal.value.code == "no-passphrase-of"
    with closing(branch.open()) as office:
        assert office.book.check().ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
@pytest.mark.parametrize("step", [*STEPS, ""])
def test_keys_that_were_changed_on_another_pc_come_with_the_book(tmp_path: Path, step: str) -> None:
    """GIVEN a PC whose book went on elsewhere, where 0001 took another passphrase WHEN the copy from there is restored by who knows the old one THEN
    the book is opened by the new one; and whatever cuts it off, by the old or the new one."""
    branch, new = a_branch(tmp_path, sealed=True), "xin de kouling 2027 mengding"
    shutil.copytree(branch.folder, tmp_path / "elsewhere")
    elsewhere = Branch(tmp_path / "elsewhere", tmp_path / "stick", sealed=True)
    with opened_by(elsewhere.folder, sealing.by_passphrase(elsewhere.folder, "0001", OURS)) as office:
        sealing.change_passphrase(office, "0001", OURS, new)
        number_of(office, "elsewhere")
        done = back_up(Task(elsewhere.folder, NOW, office.database.key))
    assert done.made
    worker = os.fork()
    if worker == 0:
        with suppress(Refusal):
            branch.restore(done.made.folder, steps=lambda said: os._exit(9) if said == step else None)
            os._exit(0)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == (9 if step else 0)
    switched = step not in STEPS[: STEPS.index("switched")]
    if (
        step == "switched"
    ):  # the keys have not their name yet: the next opening gives it to them, and the one after is by the new passphrase
        with pytest.raises(Refusal), opened_by(branch.folder, sealing.by_passphrase(branch.folder, "0001", OURS)):
            pass
    passphrase = new if switched else OURS
    with opened_by(branch.folder, sealing.by_passphrase(branch.folder, "0001", passphrase)) as office:
        assert len(list(office.book.entries(EntryKind.SLIP_ISSUED))) == switched
        assert known_of(office).strangers(ring_of(office)) == ()
    with pytest.raises(Refusal):
        sealing.by_passphrase(branch.folder, "0001", OURS if switched else new)
    sealing.by_passphrase(branch.folder, "0002", THEIRS)
    assert list(branch.folder.glob("book.keys.*")) == []


@pytest.mark.parametrize("damage", [b"", b"dear all", None], ids=["empty", "foreign", "missing"])
def test_keys_that_cannot_be_read_give_way_to_those_of_the_copy(tmp_path: Path, damage: bytes | None) -> None:
    """GIVEN a PC whose file of keys is damaged WHEN a copy is restored THEN its keys lie beside the book."""
    branch = a_branch(tmp_path, sealed=True)
    branch.issue("a")
    copy = branch.backup()
    keys = branch.folder / "book.keys"
    whole = keys.read_bytes()
    if damage is None:
        keys.unlink()
    else:
        keys.write_bytes(damage)
    branch.restore(copy)
    assert keys.read_bytes() == whole
    assert list(branch.folder.glob("book.keys.*")) == []
    with closing(branch.open()) as office:
        assert office.book.check().ok


def test_a_plain_copy_in_the_place_of_a_sealed_book_is_sealed_on_the_way(tmp_path: Path) -> None:
    """GIVEN a backup of before the sealing WHEN it is restored THEN after no step anybody can read of the visitor."""
    branch = a_branch(tmp_path, sealed=False)
    with closing(branch.open()) as office:
        number_of(office, "a", name=CANARY, id_number=ID_NUMBER)
    copy = shutil.copytree(branch.backup(), tmp_path / "elsewhere")
    with closing(branch.open()) as office:
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealed = branch._replace(sealed=True)
    shutil.rmtree(branch.folder / "backups")
    with closing(sealed.open()):
        pass
    sealed.restore(copy, over=True, steps=lambda _: not_plain(branch.folder))
    with closing(sealed.open()) as office:
        assert office.book.check().ok
        assert len(office.archive.search()) == 1


def not_plain(folder: Path) -> None:
    assert found_in(folder, (CANARY, PHONE, ID_NUMBER)) == []


def test_on_another_pc_the_keys_come_with_the_copy(tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=True)
    branch.issue("a")
    copy = branch.backup()
    elsewhere = Branch(tmp_path / "new pc", branch.stick, sealed=True)
    elsewhere.folder.mkdir()
    done = elsewhere.restore(copy, over=True, by_master=KeyAct.OPENED_BY_SHEET)
    assert done.kept is None
    with closing(elsewhere.open()) as office:
        assert len(office.archive.search()) == 1
        assert [entry.kind for entry in office.book.entries()][-2:] == [EntryKind.RESTORED, EntryKind.KEY_SLOT]


def on_a_new_pc(branch: Branch) -> Branch:
    """Another PC, on which the program was opened once and nothing was done."""
    new = Branch(branch.folder.with_name("new pc"), branch.stick, branch.sealed)
    open_office(new.folder, clock).close()
    return new


def test_a_new_pc_has_nothing_to_lose_and_tells_of_no_number(branch: Branch) -> None:
    """GIVEN a PC on which the program was opened once WHEN a copy is brought to it THEN no more is asked than how far the paper is, nobody
    of the example is asked who restores, and of the empty book nothing is left."""
    numbers = branch.issue("a")
    copy = branch.backup()
    numbers += branch.issue("b")
    new = on_a_new_pc(branch)
    assert new.refused(copy).code == "last-numbers-needed"
    done = new.restore(copy, last=(numbers[-1],))
    assert (done.said.old, done.said.lost, done.kept) == ("", 0, None)
    assert sorted(path.name for path in new.folder.iterdir() if "replaced" in path.name or "new" in path.name) == []
    with closing(new.open()) as office:
        assert office.profile.branch == "耿马管理部"
        assert [row.number for row in office.archive.search()] == numbers[:1]
    assert new.issue("c")[0] not in numbers


@pytest.mark.parametrize("step", STEPS)
def test_a_new_pc_that_was_stopped_at_any_step_has_one_book_that_opens(branch: Branch, step: str) -> None:
    """GIVEN a restore to a new PC WHEN it is cut off after any step THEN the empty book is there before the switch and the restored one after it,
    and the same once more comes to its end."""
    branch.issue("a")
    copy, new = branch.backup(), on_a_new_pc(branch)

    def stop(at: str) -> None:
        if at == step:
            raise InterruptedError

    with pytest.raises((Refusal, InterruptedError)):
        new.restore(copy, none_since=True, steps=stop)
    assert list(new.folder.glob(".*.new*")) == []
    if STEPS.index(step) < STEPS.index("switched"):
        with closing(open_office(new.folder, clock)) as office:
            assert office.book.head()[0] == 1
        new.restore(copy, none_since=True)
    with closing(new.open()) as office:
        assert len(office.archive.search()) == 1
        assert office.book.check().ok


def test_a_new_pc_with_the_journal_asks_nothing(branch: Branch) -> None:
    branch.journal()
    copy = branch.backup()
    numbers = branch.issue("a", "b")
    new = on_a_new_pc(branch)
    journal = next(branch.stick.glob("journal-*.jsonl"))
    done = new.restore(copy, journal=journal)
    assert (
        done.came.in_words
        == f"文书 2 份，最后一份是{numbers[-1]}；台账最后一条是 2026年11月23日 10:42 的，在那以后还办过的，要补。"
    )
    assert done.came.in_short == "恢复了 2 份文书，到11月23日 10:42 为止。"
    with closing(new.open()) as office:
        assert awaited(office) == done.came
        confirm_restored(office)
        assert awaited(office) is None


def test_what_was_issued_with_the_example_is_asked_about_first(branch: Branch) -> None:
    """GIVEN a new PC on which papers were issued as the example office WHEN a copy is brought to it THEN that they would be lost is said, and
    who may restore is asked of the people of the copy."""
    branch.issue("a")
    copy = branch.backup()
    new = on_a_new_pc(branch)
    with closing(open_office(new.folder, clock)) as office:
        number_of(office, "x")
    assert new.refused(copy, last=("1",)).code == "restore-loses"
    done = new.restore(copy, over=True)
    assert done.kept
    with closing(new.open()) as office:
        assert office.book.check().ok


def test_an_empty_book_came_with_no_paper(branch: Branch) -> None:
    copy = branch.backup()
    done = on_a_new_pc(branch).restore(copy, none_since=True)
    assert done.came.in_words.startswith("还没有出过文书；")


def test_without_room_nothing_is_begun(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.issue("a")
    copy = branch.backup()
    new = on_a_new_pc(branch)
    usage = shutil.disk_usage(new.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=60 << 20))
    refusal = new.refused(copy, none_since=True)
    assert refusal.code == "restore-no-room"
    assert refusal.sentence.startswith("放台账的盘只剩 60 MB，恢复要 6")
    monkeypatch.undo()
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    assert new.restore(copy, none_since=True).came.slips == 1


def test_nothing_of_a_visitor_can_be_read_after_a_plain_book_was_replaced_by_a_sealed_one(tmp_path: Path) -> None:
    """GIVEN an old plain copy in the place of a sealed book WHEN that is restored THEN what is kept of it is sealed."""
    branch = a_branch(tmp_path, sealed=False)
    with closing(branch.open()) as office:
        number_of(office, "a", name=CANARY, id_number=ID_NUMBER)
        earlier = branch.book.read_bytes()
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealed = branch._replace(sealed=True)
    sealed.journal()
    copy = sealed.backup()
    branch.book.write_bytes(earlier)
    done = sealed.restore(copy)
    assert done.kept
    with closing(sealed.open()) as office:
        assert office.book.check().ok
    assert found_in(branch.folder, (CANARY, PHONE, ID_NUMBER, OURS)) == []
    assert found_in(branch.stick, (CANARY, PHONE, ID_NUMBER, OURS)) == []


def test_the_steps_are_those_that_the_kills_try(plain: Branch) -> None:
    done: list[str] = []
    plain.restore(plain.backup(), steps=done.append)
    assert done == STEPS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")
@pytest.mark.nightly("restoring", by_day=8)
@pytest.mark.parametrize("broken", [False, True], ids=["whole", "broken"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_one_book_opens(branch: Branch, step: str, broken: bool) -> None:
    """GIVEN a restore that is killed WHEN the book is opened, or where it was broken restored again THEN nothing is lost or given twice."""
    numbers = branch.issue("a")
    branch.journal()
    copy = branch.backup()
    numbers += branch.issue("b")
    before = branch.lines()
    if broken:
        branch.break_it()
    worker = os.fork()
    if worker == 0:
        branch.restore(copy, steps=lambda done: os._exit(9) if done == step else None)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 9
    switched = STEPS.index(step) >= STEPS.index("switched")
    if broken and not switched:
        branch.restore(copy)
    assert branch.lines()[: len(before)] == before
    with closing(branch.open()) as office:
        assert len(said(office)) == (switched or broken)
        assert office.book.check().ok
        assert number_of(office, "c") not in numbers


@pytest.mark.parametrize("step", ["looked at", "built", "noted", "kept"])
def test_given_up_before_the_switch_it_is_the_book_that_it_was(branch: Branch, step: str) -> None:
    copy = branch.backup()

    def full(done: str) -> None:
        if done == step:
            raise OSError("full")

    before = branch.lines()
    with pytest.raises(Refusal) as refusal:
        branch.restore(copy, steps=full)
    assert refusal.value.code == "restore-unsaved"
    assert branch.lines() == before
    assert list(branch.folder.glob(".*.new*")) == []


def test_after_a_restore_that_lost_entries_another_full_copy_is_due_and_new_lines_wait_for_it(branch: Branch) -> None:
    """GIVEN a last copy of entries that the restored book does not have THEN it is no fault that the book does not go on from it."""
    branch.issue("a")
    key = sealing.by_passphrase(branch.folder, "0001", OURS).key if branch.sealed else None
    first = back_up(Task(branch.folder, NOW - timedelta(minutes=2), key)).made
    assert first
    aside = shutil.copytree(first.folder, branch.stick / "aside")
    branch.issue("b", "c")
    back_up(Task(branch.folder, NOW - timedelta(minutes=1), key))
    branch.restore(aside, over=True)
    with closing(branch.open()) as office:
        confirm_restored(office)
        assert backup_state.full_copy_is_due(office, NOW)
        number_of(office, "d")
        number_of(office, "e")
    done = back_up(Task(branch.folder, NOW, key, make=False))
    assert (done.warnings, done.new_lines) == ((), 0)
    assert back_up(Task(branch.folder, NOW + timedelta(minutes=1), key)).made
    branch.issue("f")
    with closing(branch.open()) as office:
        assert not backup_state.full_copy_is_due(office, NOW + timedelta(minutes=2))
    assert back_up(Task(branch.folder, NOW + timedelta(minutes=2), key, make=False)).new_lines == 1


@pytest.mark.parametrize("cut", [1, 40])
def test_lines_beside_a_backup_that_lost_their_end_are_damage(branch: Branch, cut: int) -> None:
    branch.issue("a")
    copy = branch.backup()
    branch.issue("b", "c")
    with closing(branch.open()) as office:
        back_up(Task(branch.folder, NOW, office.database.key, make=False))
    since = copy / "since.jsonl"
    since.write_bytes(since.read_bytes()[:-cut])
    assert branch.refused(copy).code == "journal-damaged"


def test_while_it_waits_a_journal_can_be_kept_elsewhere(branch: Branch, tmp_path: Path) -> None:
    """GIVEN a restored book that waits WHEN another folder is named THEN the whole book is written there, and nothing is wrong with it."""
    copy = branch.backup()
    branch.restore(copy)
    other = tmp_path / "other stick"
    other.mkdir()
    with closing(branch.open()) as office:
        state = name_folder(office, other)
        assert (state.last, state.warning, office.journal.notice) == (state.entries, "", UNCONFIRMED)
