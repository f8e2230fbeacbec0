"""The check-up of an office as it is: each line from its own source, and nothing of any person in any of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import SLOW, CheckLine, Checkup, Level, Subject
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.operations import sealing
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import backup_state
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import name_place
from counter_assistant.operations.safekeeping.checkup.checkup import NOT_YET, checkup, gaps_line, unread_line
from counter_assistant.operations.safekeeping.checkup.rehearsing import rehearse
from counter_assistant.operations.safekeeping.closing import close
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.safekeeping.restoring import Restoring, restore
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.safekeeping import backup_settings
from counter_assistant.storage.safekeeping.rehearsal_file import write_rehearsal
from tests.make import ID_NUMBER, NOW, PHONE, SINGLE, a_request, clock
from tests.operations.keys.sealed_office import OURS, a_sealed_office
from tests.operations.safekeeping.test_restoring import a_branch, opening
from tests.roles import Counter

DAY = timedelta(days=1)
NAME = "罗𠅤克"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "data")
    yield made
    made.office.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def folder_of(office: Office) -> Path:
    return office.folder


def lines_of(office: Office) -> dict[Subject, CheckLine]:
    return {line.subject: line for line in checkup(office).lines}


def line(office: Office, subject: Subject) -> tuple[Level, str]:
    found = lines_of(office)[subject]
    return found.level, found.sentence


def slip(office: Office, uuid: str = "one") -> None:
    who = {"name": NAME, "phone": PHONE, "id_type": "resident", "id_number": ID_NUMBER}
    issue_slip(office, a_request(answers=SINGLE, request_id=uuid, applicant=who))


def test_a_new_office_is_told_all_that_is_to_be_done(counter: Counter) -> None:
    slip(counter.office)
    found = checkup(counter.office)
    assert found.at == NOW
    assert {each.subject for each in found.to_do} == {
        Subject.BACKUP, Subject.PLACE, Subject.JOURNAL, Subject.KEYS, Subject.CONTENT, Subject.UNPRINTED,
    }  # fmt: skip
    assert {each.subject for each in found.well} == {
        Subject.BOOK, Subject.HEADS, Subject.ROOM, Subject.CLOCK, Subject.CLOSING, Subject.GAPS, Subject.KIT,
        Subject.OFFICE, Subject.REHEARSAL, Subject.CALENDAR,
    }  # fmt: skip
    assert [each.sentence for each in found.lines if each.level is Level.OPEN] == [NOT_YET] * len(SLOW)
    assert found.headline == "有 6 处要办，还有没看完的"


def test_what_was_set_up_is_well(counter: Counter, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = counter.office
    name_folder(office, stick)
    monkeypatch.setattr("counter_assistant.operations.safekeeping.journal_folder.on_one_disk", lambda *_: False)
    name_place(office, stick)
    back_up(Task(folder_of(office), NOW))
    backup_settings.change(folder_of(office), off_disk=True)
    rehearse(Task(folder_of(office), NOW))
    slip(office)
    assert office.journal.write_all()
    found = lines_of(office)
    for subject in (Subject.BACKUP, Subject.PLACE, Subject.JOURNAL, Subject.REHEARSAL):
        assert found[subject].level is Level.WELL, found[subject]
    assert found[Subject.LINES].level is Level.WAITS
    assert found[Subject.LINES].sentence == "1 条记录等着续写，最早的是 11月23日 10:42 的；半小时一次，不用管。"
    assert found[Subject.JOURNAL].sentence == f"在 {stick}，一条不少。"


def test_an_office_that_nobody_has_confirmed_is_red(counter: Counter) -> None:
    office = counter.office
    assert line(office, Subject.OFFICE) == (Level.WELL, "已核对并确认。")
    counter._record(replace(office.profile, confirmed=False))
    assert line(office, Subject.OFFICE) == (Level.BAD, "还是示例单位，尚未确认，纸上都印“示例”。")


def test_what_is_new_is_asked_for_until_it_stands_beside_the_copy(counter: Counter) -> None:
    office = counter.office
    back_up(Task(folder_of(office), NOW))
    assert line(office, Subject.LINES) == (Level.WELL, "备份以后的记录都续写在它旁边。")
    slip(office)
    counter.now += timedelta(hours=2)
    assert line(office, Subject.LINES)[0] is Level.ATTENTION
    back_up(Task(folder_of(office), counter.now, make=False))
    assert line(office, Subject.LINES) == (Level.WELL, "备份以后的记录都续写在它旁边。")


def test_a_copy_that_is_not_in_the_second_place_or_old_is_said(counter: Counter, stick: Path) -> None:
    office = counter.office
    name_place(office, stick)
    back_up(Task(folder_of(office), NOW))
    assert line(office, Subject.PLACE)[1].endswith("和台账在同一块盘上。")
    shutil.rmtree(stick)
    counter.now += 2 * DAY
    assert line(office, Subject.BACKUP) == (Level.BAD, "最近核对过的一份是 11月23日 10:42 的。")
    back_up(Task(folder_of(office), counter.now))
    assert line(office, Subject.PLACE)[1].startswith("备份还没有全放到")


def test_who_opens_a_sealed_book_is_counted(tmp_path: Path) -> None:
    office = a_sealed_office(tmp_path)
    assert line(office, Subject.KEYS) == (Level.WELL, "已密封，2 个人打得开，有恢复单。")
    sealing.remove_passphrase(office, "0001", "0002")
    assert line(office, Subject.KEYS) == (Level.ATTENTION, "只有 1 个人打得开。")
    office.close()


def test_a_restored_book_that_nobody_confirmed_is_said(tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=False)
    copy = branch.backup()
    restore(Restoring(copy, branch.folder, clock, "0001"), opening)
    office = branch.open()
    assert line(office, Subject.BACKUP)[1] == "恢复以后还没有确认，备份停着。"
    office.close()


def test_a_day_before_that_is_not_closed_and_a_doubtful_clock_are_said(counter: Counter) -> None:
    slip(counter.office)
    counter.now += DAY
    assert line(counter.office, Subject.CLOSING) == (Level.ATTENTION, "2026年11月23日还没有结账。")
    close(counter.office, Period.DAY, "2026-11-23")
    assert line(counter.office, Subject.CLOSING) == (Level.WELL, "以前各天都结了账。")
    counter.now -= 2 * DAY
    level, said = line(counter.office, Subject.CLOCK)
    assert (level, "还早" in said) == (Level.BAD, True)


def test_a_gap_is_counted_before_and_after_the_day_is_closed(counter: Counter) -> None:
    office = counter.office
    start_numbers(office, SlipKind.RECEIPT, "40", "纸上用到 39")
    for _ in range(2):
        assert gaps_line(office).sentence == "今年断号 1 处，都写了原因。"
        close(office, Period.DAY, office.today().isoformat()) if counter.now == NOW else None
        counter.now += DAY


def test_a_rehearsal_that_failed_and_a_full_disk_are_said_where_everybody_sees_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(counter.office)
    back_up(Task(folder, NOW))
    assert backup_state.backup_state(folder, NOW).alarm == ""
    write_rehearsal(folder, Rehearsal(NOW, Outcome.FAILED, NOW, said="备份的文件与写下时不一样。"))
    assert backup_state.backup_state(folder, NOW).alarm == "演练恢复没有成功，请看体检"
    assert backup_state.backup_state(folder, NOW + 2 * DAY).alarm == "最近的备份是 11月23日 10:42 的"
    assert line(counter.office, Subject.REHEARSAL)[0] is Level.BAD
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    alarm = backup_state.backup_state(folder, NOW).alarm
    assert (alarm.startswith("磁盘只剩 1 MB，至少要留 "), line(counter.office, Subject.ROOM)[0]) == (True, Level.BAD)

    def refused(_: Path) -> None:
        raise OSError(5, "")

    monkeypatch.setattr(shutil, "disk_usage", refused)
    assert backup_state.backup_state(folder, NOW).alarm == "演练恢复没有成功，请看体检"
    assert line(counter.office, Subject.ROOM) == (Level.ATTENTION, "看不到磁盘还剩多少。")


def test_a_book_that_another_program_holds_is_not_called_damaged() -> None:
    held = unread_line(Refusal(LOCKED, "台账正被另一个程序占用。", "请稍候再试。"))
    broken = unread_line(Refusal("book-damaged", "台账文件已损坏。", "本次操作没有生效。"))
    assert (held.level, held.remedy) == (Level.ATTENTION, "请稍候再试。")
    assert (broken.level, broken.sentence, broken.remedy) == (Level.BAD, "台账文件已损坏。", rules.RESTORE)


def test_training_is_asked_for_nothing_that_it_does_not_keep(tmp_path: Path) -> None:
    office = open_office(tmp_path, clock, training=True)
    assert {each.subject for each in checkup(office).lines} == {
        Subject.BOOK, Subject.HEADS, Subject.ROOM, Subject.CLOSING, Subject.GAPS, Subject.CALENDAR, Subject.CONTENT,
        Subject.UNPRINTED, Subject.KIT,
    }  # fmt: skip
    office.close()


def test_nothing_of_any_person_is_said(tmp_path: Path, stick: Path) -> None:
    office = a_sealed_office(tmp_path / "data")
    name_folder(office, stick)
    slip(office)
    back_up(Task(folder_of(office), NOW, office.database.key))
    profile = office.profile
    said = repr(checkup(office))
    people = [text for clerk in profile.clerks for text in (clerk.name, clerk.phone, clerk.staff_number)]
    for text in (NAME, PHONE, ID_NUMBER, OURS, profile.supervision_phone, *people):
        assert text not in said
    office.close()


def test_a_later_look_replaces_only_what_it_saw(counter: Counter) -> None:
    found = checkup(counter.office)
    known = CheckLine(Subject.BOOK, Level.WELL, "3 条记录全部核对过，没有问题。")
    assert found.with_lines([known]) == replace(found, lines=(known, *found.lines[1:]))
    assert isinstance(found, Checkup)


def test_slips_for_when_the_power_is_out_are_counted_and_held_against_today(counter: Counter) -> None:
    assert line(counter.office, Subject.KIT) == (Level.WELL, "没有停电备用单在外。")
    print_kit(counter.office, 1)
    assert line(counter.office, Subject.KIT) == (Level.WELL, "停电备用单 9 份在外，和现在说的一样。")
    counter.office.decide_profile(replace(counter.office.profile, supervision_phone="0883-2120000"))
    assert line(counter.office, Subject.KIT) == (Level.ATTENTION, "有 9 个事项的停电备用单过期了。")
