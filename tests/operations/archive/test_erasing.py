"""A slip whose term has ended is erased by two people: its number and the chain stay, nothing of the person does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from counter_assistant.domain.cases.retention import COPIES_KEPT
from counter_assistant.domain.entry import EntryKind, PayloadErased
from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations import sealing
from counter_assistant.operations.archive.erasing import erase
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.archive.verifying import verify
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import tries
from counter_assistant.operations.people.second_person import NOBODY, Second
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.erasing.book_erasure import Destroyed
from tests.make import ID_NUMBER, SINGLE, a_request
from tests.roles import Counter

WHO, NUMBER = "召存信罕", "临公积金耿一告〔2026〕1号"
WHY = "销毁清册〔2038〕1号"
OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A slip of twelve years ago; the first clerk is an archivist, the second a supervisor, the third a clerk."""
    counter = Counter(tmp_path)
    with closing(counter.office) as office:
        applicant = {"name": WHO, "phone": "13800000000", "id_number": ID_NUMBER}
        issued = issue_slip(office, a_request(applicant=applicant, answers=SINGLE)).slip
        assert issued is not None
        assert issued.number == NUMBER
        roles = ((Role.CLERK, Role.ARCHIVIST, Role.ADMINISTRATOR), (Role.SUPERVISOR,), (Role.CLERK,))
        clerks = office.profile.clerks
        given = tuple(replace(clerk, roles=tuple(has)) for clerk, has in zip(clerks, roles, strict=False))
        office.decide_profile(replace(office.profile, clerks=(*given, *clerks[3:])))
        yield counter


def later(counter: Counter, years: int = 12) -> Office:
    counter.now += timedelta(days=366 * years)
    counter.office.confirm_clock()
    counter.now += AFTER_A_JUMP
    return counter.office


def refused(office: Office, second: Second, reason: str = WHY, number: str = NUMBER) -> str:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        erase(office, [number], reason, second)
    assert office.book.head() == before or refusal.value.code == "second-not-shown"
    return refusal.value.code


def test_two_erase_what_a_slip_says_and_the_chain_holds(counter: Counter) -> None:
    office = later(counter)
    row, before = office.archive.show(NUMBER).row, office.book.head()
    done = erase(office, [NUMBER], WHY, Second("0002"))
    entry = office.book.latest(EntryKind.PAYLOAD_ERASED)
    assert entry is not None
    said = PayloadErased.from_payload(entry.payload)
    assert (said.reason, said.by, said.second, said.of) == (WHY, "0001", "0002", EntryKind.SLIP_ISSUED)
    assert (said.certificate, said.copies_by) == (done.number, (counter.now.date() + COPIES_KEPT).isoformat())
    assert (done.before, done.after) == (before, office.book.head())
    assert office.book.check().problems == []
    assert office.archive.search("召") == []
    (left,) = office.archive.search("")
    assert (left.number, left.kind, left.issued_at, left.item_name) == (NUMBER, row.kind, row.issued_at, DESTROYED)
    assert (left.applicant, left.clerk, left.id_tail, left.phone_tail, left.item) == ("", "", "", "", "")
    assert verify(office, f"{NUMBER} {row.check_code}").genuine
    assert not verify(office, f"{NUMBER} {'0' * 12}").genuine
    assert all(WHO not in str(one.payload) for one in office.book.entries())
    office.book.rebuild()
    assert office.book.check().problems == []
    assert refused(office, Second("0002")) == "content-destroyed"
    issued = issue_slip(office, a_request(answers=SINGLE)).slip
    assert issued is not None
    assert issued.number.endswith("1号"), "of another year; the erased number is not given again"


def test_what_its_numbers_have_left_already_is_erased_as_well(counter: Counter) -> None:
    office = later(counter)
    assert run_through(leave_expired(office)) == 1
    erase(office, [NUMBER], WHY, Second("0002"))
    assert office.book.check().problems == []
    assert all(WHO not in str(one.payload) for one in office.book.entries())
    assert sum(1 for _ in office.book.entries(EntryKind.PAYLOAD_ERASED)) == 2


def test_not_before_its_term_nor_alone_nor_without_a_reason(counter: Counter) -> None:
    assert refused(counter.office, Second("0002")) == "term-not-ended"
    office = later(counter)
    assert refused(office, Second("0002"), reason=" ") == "reason-missing"
    assert refused(office, Second("0002"), number="临公积金耿一告〔2026〕9号") == "number-unknown"
    assert refused(office, NOBODY) == "second-person-needed"
    assert refused(office, Second("0001")) == "second-person-needed"
    assert refused(office, Second("0003")) == "not-permitted"


def test_in_a_sealed_book_the_second_person_shows_who_they_are(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    office = later(counter)
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealing.add_passphrase(office, "0001", "0002", THEIRS)
    assert refused(office, Second("0002", OURS)) == "second-not-shown"
    assert refused(office, Second("0002", THEIRS)) == "too-soon"
    monkeypatch.setattr(tries, "monotonic", lambda: monotonic() + 1)
    erase(office, [NUMBER], WHY, Second("0002", THEIRS))
    assert office.book.check().problems == []


def test_the_reasons_for_what_was_done_about_it_go_with_it(counter: Counter) -> None:
    """GIVEN a slip that was reprinted, looked at and voided for reasons that name its person WHEN it is erased THEN none is left."""
    office = counter.office
    reprint(office, NUMBER, reason=f"{WHO}说丢了")
    reveal(office, NUMBER, f"与{WHO}的家人核对")
    void(office, NUMBER, f"{WHO}写错了名字")
    erase(later(counter), [NUMBER], WHY, Second("0002"))
    assert office.book.check().problems == []
    assert all(WHO not in str(one.payload) for one in office.book.entries())
    kinds = [entry.kind for entry in office.book.entries()]
    assert {EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED, EntryKind.NUMBER_REVEALED} <= set(kinds)


def test_nothing_is_erased_soon_after_somebody_moved_the_clock(counter: Counter) -> None:
    office = later(counter)
    counter.now -= timedelta(days=1)
    assert refused(office, Second("0002")) == "clock-just-moved"
    assert run_through(leave_expired(office)) == 0
    counter.now += timedelta(days=1)
    assert run_through(leave_expired(office)) == 1


def test_what_another_window_has_erased_meanwhile_is_not_erased_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = later(counter)
    kept = list[Destroyed]()
    with monkeypatch.context() as patched, suppress(Refusal):
        patched.setattr(office.book, "destroy", kept.append)
        erase(office, [NUMBER], WHY, Second("0002"))
    erase(office, [NUMBER], WHY, Second("0002"))
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        office.book.destroy(kept[0])
    assert (refusal.value.code, office.book.head()) == ("already-erased", head)
    assert office.book.check().problems == []
