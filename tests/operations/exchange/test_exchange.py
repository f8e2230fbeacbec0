"""Bundles between whole offices: what a branch has is at the centre to the letter, what was erased leaves it there too, and what the centre
sends is taken part by part."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_assistant.domain.calendar.workdays import CalendarDay, YearCalendar
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, Outcome
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations import sealing
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.calendars.adopt import take_year
from counter_assistant.operations.exchange import receiving
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.looking_into import findings_of, settle_finding
from counter_assistant.operations.exchange.taking import books_of, take_bundle
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.recovering.comparing import turned_back
from counter_assistant.storage import ciphers
from counter_assistant.storage.exchange.branch_books import FOLDER, KEY
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.exchange.installation_key import NAME
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from tests.make import ID_NUMBER, NOW, PHONE, an_office, confirmed
from tests.operations.exchange.branches import OPENING
from tests.operations.exchange.offices import ALL, Centre, send
from tests.operations.safekeeping.auditing import WHO, a_slip, lived
from tests.operations.safekeeping.test_witness import ATTACKS, History
from tests.portion import Portion
from tests.roles import Counter


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def test_the_centre_has_every_entry_to_the_letter(centre: Centre, tmp_path: Path) -> None:
    """GIVEN a book with closings, voids, reprints, skipped numbers and erasures WHEN it is sent THEN the centre's copy is the same and sound."""
    counter = lived(tmp_path / "branch")
    with closing(counter.office) as office:
        centre.now = counter.now
        sent = send(office, centre.stick)
        lines = lines_after(office.database.handle, 0, ALL)
        assert any(line.body is None for line in lines)
        found = [row._replace(seq=0) for row in office.archive.search("")]
    taken = centre.take(sent.path)
    assert (taken.merged.outcome, taken.merged.new, taken.again) == (Outcome.TAKEN, len(lines), False)
    assert list(centre.lines().values()) == [lines]
    with closing(centre.office()) as office:
        assert [report.problems for report in AllBranches(office).check().values()] == [[]]
        assert [each.row._replace(seq=0) for each in AllBranches(office).search("")] == found
        (state,) = AllBranches(office).states()
        assert (state.entries, state.said) == (len(lines), sent.manifest.said)
        assert sum(slips for slips, _ in state.slips.values()) == len(found)
        assert findings_of(office) == ()


def test_what_leaves_the_branch_leaves_the_centre(centre: Centre, tmp_path: Path) -> None:
    """GIVEN whole numbers that were sent WHEN their term ends at the branch and that is sent THEN they are at the centre no more, nor does an
    old stick bring them back."""
    counter = Counter(tmp_path / "branch")
    with closing(counter.office) as office:
        number = a_slip(office, applicant=WHO)
        first = send(office, centre.stick)
        centre.take(first.path)
        with closing(centre.office()) as at_centre:
            (been,) = AllBranches(at_centre).visits(id_number=ID_NUMBER)
            assert (been.row.number, been.row.id_tail) == (number, "002X")
            assert AllBranches(at_centre).visits(phone=PHONE)[0].row.number == number
            assert AllBranches(at_centre).visits(id_number="11010519491231003X") == []
        counter.now += AFTER_A_JUMP * 12 * 13
        office.confirm_clock()
        counter.now += AFTER_A_JUMP
        assert run_through(leave_expired(office)) == 1
        second = send(office, centre.stick)
        lines = lines_after(office.database.handle, 0, ALL)
    centre.now = counter.now
    assert code_of(lambda: centre.take(second.path)) == "clock-doubtful"
    with closing(centre.office()) as at_centre:
        at_centre.confirm_clock()
    assert centre.take(second.path).merged.outcome is Outcome.TAKEN
    assert centre.take(first.path).merged.new == 0
    assert list(centre.lines().values()) == [lines]
    assert ID_NUMBER not in str(centre.lines())
    with closing(centre.office()) as at_centre:
        assert AllBranches(at_centre).visits(id_number=ID_NUMBER) == []
        assert [each.row.number for each in AllBranches(at_centre).search("罗")] == [number]
        assert [report.problems for report in AllBranches(at_centre).check().values()] == [[]]


OURS = "san yue de yu luo zai gengma"


def a_sealed_centre(folder: Path) -> Centre:
    centre = Centre(folder)
    with closing(centre.office()) as office:
        office.decide_profile(confirmed(office.profile))
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
    return centre


def test_a_confirmed_centre_seals_its_book_first(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    with closing(centre.office()) as office:
        office.decide_profile(confirmed(office.profile))
    with closing(an_office(tmp_path / "branch")) as branch:
        sent = send(branch, centre.stick)
    assert code_of(lambda: centre.take(sent.path)) == "centre-not-sealed"
    assert not (centre.folder / FOLDER).exists()


def test_the_books_of_branches_are_sealed_and_follow_a_new_key(tmp_path: Path) -> None:
    """GIVEN a sealed centre WHEN its book gets another key THEN the books of the branches open as before, and only under that."""
    centre = a_sealed_centre(tmp_path)
    with closing(an_office(tmp_path / "branch")) as branch:
        a_slip(branch, applicant=WHO)
        sent = send(branch, centre.stick)
    bundle = read_bundle(sent.path)
    opened = sealing.by_passphrase(centre.folder, "0001", OURS)
    with closing(open_office(centre.folder, centre.clock, key=opened.key)) as office:
        sealing.let_in(office, opened)
        take_bundle(office, bundle, OPENING, bundle.manifest.fingerprint)
        before = office.database.key
        (book,) = (centre.folder / FOLDER).glob("*.db")
        assert not book.read_bytes().startswith(b"SQLite format 3")
        change_key(office, "0001")
        assert office.database.key != before
        assert [each.row.id_tail for each in AllBranches(office).search("罗")] == ["002X"]
    opened = sealing.by_passphrase(centre.folder, "0001", OURS)
    with closing(open_office(centre.folder, centre.clock, key=opened.key)) as office:
        sealing.let_in(office, opened)
        assert len(AllBranches(office).visits(id_number=ID_NUMBER)) == 1
        (centre.folder / FOLDER / KEY).unlink()
        assert code_of(lambda: AllBranches(office).states()) == "branches-key-lost"


def test_a_branch_keeps_its_fingerprint_with_a_new_key_of_its_book(tmp_path: Path) -> None:
    branch = a_sealed_centre(tmp_path)
    opened = sealing.by_passphrase(branch.folder, "0001", OURS)
    with closing(open_office(branch.folder, branch.clock, key=opened.key)) as office:
        sealing.let_in(office, opened)
        office.book.append(EntryKind.KEY_SLOT, KeySlot(KeyAct.CENTRE_TAKEN, OPENING.public.hex(), "0001").to_payload())
        before = send(office, branch.stick).fingerprint
        change_key(office, "0001")
        assert send(office, branch.stick).fingerprint == before


def test_whose_key_it_is_was_compared_once_and_another_is_asked_for(centre: Centre, tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "branch")) as branch:
        first = send(branch, centre.stick)
        assert code_of(lambda: centre.take(first.path, "")) == "bundle-key-unconfirmed"
        assert code_of(lambda: centre.take(first.path, "0000 " * 8)) == "fingerprint-differs"
        with closing(centre.office()) as office:
            assert (books_of(office).names(), office.book.latest(EntryKind.BUNDLE_TAKEN)) == ([], None)
        centre.take(first.path)
        a_slip(branch)
        assert centre.take(send(branch, centre.stick).path, "").merged.outcome is Outcome.TAKEN
        (tmp_path / "branch" / NAME).unlink()
        another = send(branch, centre.stick)
        assert code_of(lambda: centre.take(another.path, "")) == "bundle-foreign-key"
        assert centre.take(another.path).merged.outcome is Outcome.TAKEN
        assert code_of(lambda: centre.take(first.path, "")) == "bundle-foreign-key", "the old key is trusted no more"


def test_what_a_bundle_says_is_in_the_centre_s_own_book(centre: Centre, tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "branch")) as branch:
        sent = send(branch, centre.stick)
    taken = centre.take(sent.path)
    said = BundleTaken.from_payload(taken.entry.payload)
    bundle = read_bundle(sent.path)
    assert (said.bundle, said.of, said.outcome, said.trusted, said.clerk) == (
        bundle.id, sent.manifest.said, "taken", True, "0001",
    )  # fmt: skip
    assert (said.opens, said.key) == (sent.manifest.opens, sent.manifest.key)


def test_a_bundle_for_a_branch_is_not_taken_by_the_centre_nor_by_another_branch(centre: Centre, tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "branch")) as branch:
        centre.take(send(branch, centre.stick).path)
        answer = centre.answer(branch.profile.installation_code)
        assert code_of(lambda: centre.take(answer.sent.path)) == "bundle-not-for-centre"
        assert code_of(lambda: centre.answer("999999")) == "branch-unknown"
        looked = receiving.look(branch, read_bundle(answer.sent.path))
        assert [part.kind for part, _ in looked.parts] == ["head"]
    with closing(an_office(tmp_path / "other")) as other:
        assert code_of(lambda: receiving.look(other, read_bundle(answer.sent.path))) == "bundle-for-another"
        other.decide_profile(confirmed(other.profile))
        assert code_of(lambda: receiving.look(other, read_bundle(answer.sent.path))) == "bundle-not-for-here"


def test_a_year_that_the_centre_adopted_comes_with_the_answer(centre: Centre, tmp_path: Path) -> None:
    """GIVEN a year's calendar at the centre WHEN the branch takes the answer THEN it is shown day by day, adopted, and not adopted twice."""
    with closing(an_office(tmp_path / "branch")) as branch:
        centre.take(send(branch, centre.stick).path)
        with closing(centre.office()) as office:
            known = office.calendar.years[2026]
            day = next(day for day, named in known.days.items() if named.off)
            days = {**known.days, day.replace(month=11, day=25): CalendarDay("临时放假", off=True)}
            year = YearCalendar(2026, True, known.papers, days, "国办发明电〔2026〕99号", NOW.date())
            take_year(office, year, "")
        answer = centre.answer(branch.profile.installation_code)
        assert [part.kind for part in answer.parts] == ["head", "calendar"]
        looked = receiving.look(branch, read_bundle(answer.sent.path))
        assert "2026年11月25日 周三：工作日 → 临时放假" in looked.lines[1]
        assert branch.calendar.look_at(NOW.date().replace(day=25)).counts is True, "only looked at"
        fingerprint = looked.manifest.fingerprint
        assert code_of(lambda: receiving.receive(branch, looked)) == "witness-key-unconfirmed"
        done = receiving.receive(branch, looked, fingerprint)
        assert [each.why for each in done] == [None, None]
        assert branch.calendar.look_at(NOW.date().replace(day=25)).counts is False
        again = receiving.receive(branch, looked)
        assert [each.why.code if each.why else each.entry for each in again] == [done[0].entry, "calendar-known"]
        assert again[1].sentence.startswith("放假日历：2026年的日历与现在用的完全相同。")


def test_a_finding_is_settled_with_a_reason(centre: Centre, tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "branch")) as branch:
        a_slip(branch)
        centre.take(send(branch, centre.stick).path)
        shutil.copytree(tmp_path / "branch", tmp_path / "clone")
        a_slip(branch)
        centre.take(send(branch, centre.stick).path)
    with closing(an_office(tmp_path / "clone")) as clone:
        a_slip(clone, applicant=WHO)
        centre.take(send(clone, centre.stick).path)
    with closing(centre.office()) as office:
        (fork,) = findings_of(office)
        assert code_of(lambda: settle_finding(office, "fork:x", "x")) == "finding-unknown"
        assert code_of(lambda: settle_finding(office, fork.id, "  ")) == "reason-missing"
        settle_finding(office, fork.id, "拷贝去试机")
        assert findings_of(office) == (replace(fork, settled="拷贝去试机"),)
    answer = centre.answer(office.profile.installation_code)
    assert (answer.parts, "2 份" in answer.unsigned) == ((), True)


@pytest.mark.nightly("exchange-back")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_branch_turned_back_before_a_signed_head_is_told_so_by_its_own_check(
    attack: Callable[[History, int], None], portion: Portion, tmp_path: Path
) -> None:
    """GIVEN a head that the centre signed and the branch took in WHEN the book is put back, forked, cut or linked anew before it THEN the branch
    is told so by what is kept beside the book, however long it has grown since, and by the next answer of the centre."""
    for n in range(portion.times(250, sample=2)):
        chance, place = portion.chance, tmp_path / f"{n}"
        centre, history = Centre(place), History(place, chance)
        states = [head.seq for head in history.go_on(chance.randint(2, 5))]
        with history.open() as office:
            centre.take(send(office, centre.stick).path)
            answer = centre.answer(office.profile.installation_code)
            looked = receiving.look(office, read_bundle(answer.sent.path))
            done = receiving.receive(office, looked, looked.manifest.fingerprint)
            assert [each.why for each in done] == [None], n
            assert turned_back(office, kept_outside(history.folder)) is None, n
        at = chance.choice(states[:-1])
        attack(history, at)
        if chance.random() < 0.5:
            history.go_on(chance.choice([1, 9]), keep=False)
        with history.open() as office:
            found = turned_back(office, kept_outside(history.folder))
            assert found is not None, (n, at)
            assert found.kept.whence == "中心的见证", n
            assert code_of(partial(refused, office, looked)) == "witness-turned-back", n
        shutil.rmtree(place)


def refused(office: Office, looked: receiving.Looked) -> None:
    (done,) = receiving.receive(office, looked, looked.manifest.fingerprint)
    assert done.why is not None
    raise done.why
