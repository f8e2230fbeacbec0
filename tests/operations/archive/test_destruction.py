"""Of a matter whose retention has ended nothing is left: not in the book, its views, its drafts, its journal, nor from the stated day on in a copy."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.cases.destruction import GROUND
from counter_assistant.domain.cases.retention import COPIES_KEPT
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.number_keeping import Keeping
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import ResultFiled
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.certificates import certificate_of, certificates
from counter_assistant.operations.archive.erasing import destroy, erase, finish, left_where
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.archive.retention import Kept, matters_due
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.intake.correction import correcting_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.storage.engines.sqlite import pages
from counter_assistant.storage.safekeeping.backup_folder import backups_in
from counter_assistant.storage.safekeeping.backup_settings import change, load, own_place
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from tests.make import NOW, SINGLE, a_request
from tests.operations.safekeeping.auditing import found
from tests.places import TESTS
from tests.roles import Counter
from tests.storage.sealing.canary import found_in, found_in_tables

NAME, PHONE, ID, OTHER_NAME = "龘靐齉", "13987654321", "11010519491231002X", "龘靐"
WHY, NOTE, VOIDED, LOST, SEEN, TAKEN, REVIEWED = (
    "要查金丝雀", "查过金丝雀", "写错金丝雀", "丢了金丝雀", "核对金丝雀", "点错金丝雀", "再核金丝雀",
)  # fmt: skip
SAID, CALLER, ANSWERED, FILED, ASKED, UNSAID = (
    "来电金丝雀",
    "欠薪金丝雀",
    "答复金丝雀",
    "同意金丝雀",
    "怎样金丝雀",
    "听错金丝雀",
)
CANARIES = (
    NAME,
    PHONE,
    ID,
    WHY,
    NOTE,
    VOIDED,
    LOST,
    SEEN,
    TAKEN,
    REVIEWED,
    SAID,
    CALLER,
    ANSWERED,
    FILED,
    ASKED,
    UNSAID,
)
GROUND_OF_OURS = "临公积金办〔2058〕3号"
PERSON = {"name": NAME, "phone": PHONE, "id_number": ID}
STAYS = "玉罕"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """An office with an archivist and a supervisor, a journal in a second place, and copies."""
    (tmp_path / "second").mkdir()
    made = Counter(tmp_path / "data")
    with closing(made.office) as office:
        clerks = office.profile.clerks
        roles = ((Role.CLERK, Role.ARCHIVIST, Role.ADMINISTRATOR, Role.SUPERVISOR), (Role.SUPERVISOR,), (Role.CLERK,))
        given = tuple(replace(clerk, roles=tuple(has)) for clerk, has in zip(clerks, roles, strict=False))
        office.decide_profile(replace(office.profile, clerks=(*given, *clerks[3:])))
        name_folder(office, tmp_path / "second")
        yield made


def served(counter: Counter) -> list[str]:
    """A promise with all that may be said of one, a notice, a telling, a call; and of somebody else a notice of a year before the end. Returns
    the numbers of the papers that go."""
    office = counter.office
    taken: dict[str, Any] = {
        "received": "all",
        "eligible": "yes",
        "answers": SINGLE,
        "slip": "promise_notice",
        "reason": WHY,
    }
    first = issue_slip(office, a_request(applicant=PERSON, request_id="promise", **taken)).slip
    assert first is not None
    reprint(office, first.number, reason=LOST)
    reveal(office, first.number, SEEN)
    take_step(office, "promise", Step.CONTACT, note=NOTE)
    take_back(office, "promise", TAKEN)
    corrected = issue_slip(
        office, replace(correcting_request(office, first.number, VOIDED, copy_returned=True), reason=WHY)
    ).slip
    assert corrected is not None
    take_step(office, "promise", Step.DONE, note=NOTE)
    office.book.append(
        EntryKind.REVIEW,
        Review("promise", WHY, SlipKind.PROMISE_NOTICE, False, REVIEWED, "0001", "0002").to_payload(),
        uuid=Review.named("promise", "digest"),
    )
    told = issue_slip(office, a_request(applicant=PERSON, answers=SINGLE, request_id="notice")).slip
    assert told is not None
    void(office, told.number, VOIDED)
    issue_slip(office, a_request(applicant=PERSON, answers=SINGLE, request_id="oral", delivery="oral"))
    issue_slip(
        office,
        a_request(applicant=PERSON, answers=SINGLE, request_id="asked", clarity="unclear", details={"asked": ASKED}),
    )
    take_step(office, "asked", Step.ANSWERED, note=NOTE)
    note_call(office, SAID, item="B08", caller=CALLER, waits=True, key="call")
    (line,) = keeping.lines_of(office).found(RegisterQuery((RegisterKind.INQUIRY,), text=CALLER))
    line = keeping.take_back(office, keeping.answer(office, line, ANSWERED), UNSAID)
    office.book.append(EntryKind.RESULT_FILED, ResultFiled(line.seq, FILED, FILED, "0001").to_payload())
    office.drafts.forms.save("promise", {"account": ASKED})
    office.drafts.save("aside", {"item": "B08", "name": NAME, "case": "promise"}, "0001")
    closings.close(office, Period.DAY, office.today().isoformat())
    return [first.number, corrected.number, told.number]


def at(counter: Counter, years: int) -> Office:
    """The office so many years later, its clock believed; somebody was served a year before."""
    counter.now = NOW + timedelta(days=365 * years)
    counter.office.confirm_clock()
    counter.now += AFTER_A_JUMP
    issue_slip(counter.office, a_request(applicant={"name": STAYS}, answers=SINGLE, request_id=f"stays {years}"))
    return counter.office


def due(office: Office) -> tuple[Kept, ...]:
    """What is due, found as the window finds it."""
    found_due = run_through(matters_due(office))
    assert found_due is not None
    return found_due


def gone(office: Office, tmp_path: Path) -> None:
    """Nothing of the person is left in the book, its tables, or its journal; the book is whole, also made anew."""
    assert office.journal is not None
    assert office.journal.write_all()
    assert found_in_tables(office.database.handle, CANARIES) == []
    beside = tmp_path / "beside"  # what lies in the folder itself; copies of before have their day
    beside.mkdir(exist_ok=True)
    for file in (tmp_path / "data").iterdir():
        if file.is_file() and not file.name.startswith("book-"):
            shutil.copy(file, beside)
    assert found_in(beside, CANARIES) == []
    assert found_in(tmp_path / "second", CANARIES) == []
    assert office.book.check().problems == []
    office.book.rebuild()
    assert office.book.check().problems == []


def test_nothing_is_left_of_what_was_destroyed(counter: Counter, tmp_path: Path) -> None:
    numbers, backups = served(counter), own_place(tmp_path / "data")
    office = at(counter, 31)
    back_up(Task(tmp_path / "data", counter.now))
    assert found_in(backups, CANARIES)
    for name in ("book-v5-20560101.db", "book-replaced-20560101-080000.db"):
        old = Path(shutil.copy(tmp_path / "data" / "book.db", tmp_path / "data" / name))
        os.utime(old, (counter.now.timestamp(),) * 2)
    later = tmp_path / "data" / "book-v6-later.db"
    later.write_bytes(b"of after")
    os.utime(later, ((counter.now + timedelta(days=1)).timestamp(),) * 2)
    assert {kept.matter.id for kept in due(office)} >= {"promise", "notice", "oral", "asked"}
    days = {number: office.archive.show(number).entry.time.date() for number in numbers}
    before = office.book.head()
    done = destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    gone(office, tmp_path)
    assert due(office) == ()
    assert [(one.number, one.issued) for one in done.papers] == list(days.items())
    assert (done.before, done.after, done.by, done.second) == (before, office.book.head(), "0001", "0002")
    assert (done.reason, done.copies_by) == (GROUND_OF_OURS, counter.now.date() + COPIES_KEPT)
    assert done.number == "临公积金耿一销〔2057〕1号"
    assert certificates(office) == (done,) == (certificate_of(office, done.number),)
    assert [(row.number, row.item_name) for row in office.archive.search("")][1:] == [
        (n, DESTROYED) for n in reversed(numbers)
    ]
    assert [office.archive.search(text) for text in (NAME, PHONE[-4:], ID[-4:], "租赁")][:3] == [[], [], []]
    assert [office.cases.get(case) for case in ("promise", "notice", "oral", "asked")] == [None] * 4
    assert (office.drafts.all(), office.drafts.forms.all()) == ([], [])
    for number in numbers:
        with pytest.raises(Refusal) as refusal:
            reprint(office, number)
        assert (refusal.value.code, done.number in refusal.value.sentence) == ("content-destroyed", True)
    out = tmp_path / "out"
    export(office, out)
    assert found_in(out, CANARIES) == []
    assert found(next(path.parent for path in out.rglob("manifest.json"))) == set()

    assert found_in(backups, CANARIES), "the copies of before are still there"
    counter.now += COPIES_KEPT - timedelta(days=1)
    back_up(Task(tmp_path / "data", counter.now))
    assert found_in(backups, CANARIES), "until the stated day"
    counter.now += timedelta(days=1)
    back_up(Task(tmp_path / "data", counter.now))
    shutil.rmtree(tmp_path / "beside")
    assert found_in(tmp_path, CANARIES) == []
    assert len(backups_in(backups)) == 2
    assert [path.name for path in sorted((tmp_path / "data").glob("book-*.db"))] == [later.name]


def test_copies_on_a_stick_go_once_it_is_there_after_the_stated_day(counter: Counter, tmp_path: Path) -> None:
    """GIVEN a stick with a copy of before WHEN it is away on the stated day THEN its copy goes with the first backup after it is back."""
    served(counter)
    office, folder, stick, drawer = at(counter, 31), tmp_path / "data", tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    change(folder, place=str(stick))
    back_up(Task(folder, counter.now))
    assert found_in(stick, CANARIES)
    destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    counter.now += COPIES_KEPT
    stick.rename(drawer)
    assert back_up(Task(folder, counter.now)).warnings
    assert found_in(own_place(folder), CANARIES) == []
    assert found_in(drawer, CANARIES), "nobody reaches it there"
    drawer.rename(stick)
    counter.now += timedelta(days=1)
    assert back_up(Task(folder, counter.now)).warnings == ()
    assert found_in(stick, CANARIES) == []
    assert len(backups_in(stick)) == 1


def test_what_its_numbers_have_left_goes_as_well(counter: Counter, tmp_path: Path) -> None:
    served(counter)
    office = at(counter, 31)
    assert run_through(leave_expired(office))
    destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    gone(office, tmp_path)
    out = tmp_path / "out"
    export(office, out)
    assert found(next(path.parent for path in out.rglob("manifest.json"))) == set()


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (2, set()),
        (3, {"oral", "asked", "call"}),
        (11, {"oral", "asked", "call", "notice"}),
        (31, {"oral", "asked", "call", "notice", "promise"}),
    ],
)
def test_each_kind_has_its_years_and_what_is_open_has_none(counter: Counter, years: int, expected: set[str]) -> None:
    """GIVEN a promise, a notice, tellings and a call, each over WHEN years have passed THEN those are due whose term has ended, the longest of its parts
    for a whole matter; nothing that is still open ever is."""
    served(counter)
    waiting = a_request(
        "B01",
        applicant={"name": STAYS, "id_number": ID},
        received=["id-card"],
        request_id="waits",
        answers={"who": "self", "deed": "issued", "owner_rel": "owner", "spouse_also": "no", "loc": "local"},
    )
    issue_slip(counter.office, waiting)
    note_call(counter.office, "还没有答复", item="B08", caller=STAYS, waits=True, key="waits too")
    office = at(counter, years)
    calls = {kept.matter.id for kept in due(office) if kept.matter.case is None}
    assert {kept.matter.id for kept in due(office) if kept.matter.case} | ({"call"} if calls else set()) == expected
    assert len(calls) == (years > 2)
    assert all(kept.term and kept.term.last < office.today() for kept in due(office))


def test_the_centres_own_years_count(counter: Counter) -> None:
    served(counter)
    office = at(counter, 4)
    office.decide_profile(replace(office.profile, record_years={Keeping.INQUIRY.value: 6, Keeping.PAPER.value: 2}))
    assert {kept.matter.id for kept in due(office) if kept.matter.case} == {"notice"}
    with pytest.raises(Refusal) as refusal:
        office.decide_profile(replace(office.profile, record_years={Keeping.FILE.value: 0}))
    assert refusal.value.code == "bad-record-years"


def test_one_record_is_destroyed_for_its_person_once_no_term_stands_against_it(
    counter: Counter, tmp_path: Path
) -> None:
    """个人信息保护法 第四十七条: 法律、行政法规规定的保存期限未届满的, only what is beyond keeping stops."""
    first, corrected, told = served(counter)
    office = at(counter, 11)
    with pytest.raises(Refusal) as refusal:
        erase(office, [first], "本人要求删除", Second("0002"))
    assert (refusal.value.code, "2056年11月23日" in refusal.value.sentence) == ("term-not-ended", True)
    done = erase(office, [told], "本人要求删除", Second("0002"))
    assert [paper.number for paper in done.papers] == [told]
    assert done.others > 0, "what was said about it"
    assert office.archive.show(corrected).issued.act
    assert office.book.check().problems == []
    assert GROUND.startswith("《中华人民共和国个人信息保护法》第四十七条")


def test_a_second_destruction_has_its_own_certificate(counter: Counter) -> None:
    _, _, told = served(counter)
    office = at(counter, 11)
    first = erase(office, [told], GROUND_OF_OURS, Second("0002"))
    counter.now += timedelta(days=3)
    rest = destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    assert [first.number, rest.number] == ["临公积金耿一销〔2037〕1号", "临公积金耿一销〔2037〕2号"]
    assert certificates(office) == (first, rest)
    assert (rest.papers, rest.others > 0) == ((), True)
    with pytest.raises(Refusal) as refusal:
        destroy(office, [], GROUND_OF_OURS, Second("0002"))
    assert refusal.value.code == "nothing-due"
    with pytest.raises(Refusal) as refusal:
        certificate_of(office, "临公积金耿一销〔2037〕3号")
    assert refusal.value.code == "certificate-unknown"


@pytest.mark.parametrize("cut_at", ["before", "within", "after", "rewriting"])
def test_cut_off_anywhere_it_is_whole_or_nothing_and_is_ended_later(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut_at: str
) -> None:
    served(counter)
    office = at(counter, 31)
    matters, head = [kept.matter for kept in due(office)], office.book.head()
    names = {"before": "destroy", "within": "_append", "rewriting": "write_anew"}

    def cut_off(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        if cut_at == "after":
            patched.setattr("counter_assistant.operations.archive.erasing.finish", cut_off)
        else:
            patched.setattr(office.book, names[cut_at], cut_off)
        destroy(office, matters, GROUND_OF_OURS, Second("0002"))
    folder = tmp_path / "data"
    if cut_at in ("before", "within"):
        assert office.book.head() == head
        assert office.book.check().problems == []
        assert finish(office)
        assert (load(folder).gone, load(folder).begun) == ((), 0)
        destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    else:
        assert load(folder).begun
        assert finish(office)
    (done,) = certificates(office)
    assert (load(folder).gone, load(folder).begun) == (((done.at.isoformat(), done.copies_by.isoformat()),), 0)
    assert finish(office)
    gone(office, tmp_path)


def test_a_file_that_is_not_written_anew_is_said_and_written_later(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(counter)
    office = at(counter, 31)
    with monkeypatch.context() as patched:
        patched.setattr(pages, "LARGEST_REWRITTEN", 0)
        done = destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
        assert "还没有整个重写" in left_where(office, done)
        assert not finish(office)
    assert finish(office)
    assert "还没有整个重写" not in left_where(office, done)
    gone(office, tmp_path)


def test_of_several_destructions_each_has_its_day(tmp_path: Path) -> None:
    change(tmp_path, gone=(("2026-01-01T09:00:00+08:00", "2026-01-31"), ("2026-01-20T09:00:00+08:00", "2026-02-19")))
    cut = {
        day: load(tmp_path).cut(date.fromisoformat(day))
        for day in ("2026-01-30", "2026-01-31", "2026-02-18", "2026-02-19")
    }
    assert [moment and moment.day for moment in cut.values()] == [None, 1, 1, 20]


def test_where_it_cannot_be_noted_nothing_is_destroyed(counter: Counter, tmp_path: Path) -> None:
    served(counter)
    office = at(counter, 31)
    matters, head = [kept.matter for kept in due(office)], office.book.head()
    (tmp_path / "data" / "backup.json").mkdir()
    with pytest.raises(Refusal) as refusal:
        destroy(office, matters, GROUND_OF_OURS, Second("0002"))
    assert (refusal.value.code, office.book.head()) == ("settings-unsaved", head)


LIFE = """
import sys
from datetime import datetime
from pathlib import Path
from counter_assistant.operations.archive.erasing import destroy
from counter_assistant.operations.archive.retention import matters_due
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people.second_person import Second
now = datetime.fromisoformat(sys.argv[2])
office = open_office(Path(sys.argv[1]), lambda: now)
matters = [kept.matter for kept in run_through(matters_due(office))]
print("ready", flush=True)
destroy(office, matters, sys.argv[3], Second("0002"))
print("done", flush=True)
office.close()
"""


def test_killed_at_random_moments_and_done_again_it_is_never_half(counter: Counter, tmp_path: Path) -> None:
    """GIVEN a program that destroys WHEN it is killed at a random moment THEN all of it is there or none, and done again nothing is left."""
    served(counter)
    office = at(counter, 31)
    head, folder, chance = office.book.head()[0], tmp_path / "data", random.Random(17)
    now = counter.now
    office.close()
    whole = halves = 0
    for _ in range(12):
        life = subprocess.Popen(
            [sys.executable, "-c", LIFE, str(folder), now.isoformat(), GROUND_OF_OURS],
            stdout=subprocess.PIPE,
            cwd=TESTS.parent,
            env={**os.environ, "PYTHONPATH": str(TESTS.parent)},
            text=True,
        )
        assert life.stdout is not None
        assert life.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.6)
        life.send_signal(signal.SIGKILL)
        life.communicate()
        counter.office = open_counter(folder, now)
        with closing(counter.office) as again:
            assert again.book.check().problems == []
            done = certificates(again)
            assert [len(one.papers) for one in done] in ([], [3])
            halves += bool(done) and bool(due(again))
            whole += bool(done)
            if done:
                break
            assert again.book.head()[0] == head
    assert halves == 0
    counter.office = office = open_counter(folder, now)
    if not whole:
        destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002"))
    assert finish(office)
    gone(office, tmp_path)


def open_counter(folder: Path, now: Any) -> Office:
    from counter_assistant.operations.office import open_office

    return open_office(folder, lambda: now)
