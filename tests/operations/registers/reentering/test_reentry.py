"""Complaints of before, which everybody read, are re-entered sealed: nothing of them is left in any byte, and nothing is lost to the keepers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import ACTS, EntryKind, PayloadErased
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import SEALED_AWAY, Registered
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import ComplaintStep
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import ResultFiled
from counter_assistant.operations import sealing
from counter_assistant.operations.archive.reprint_and_void import reprint, show, void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.archive.verifying import verify
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.keepers import name_keeper
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints, keeping
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.registers.complaint_words import whole_in_words
from counter_assistant.operations.registers.reentering.open_matters import OldComplaints, open_still
from counter_assistant.operations.registers.reentering.reentry import REASON, reenter
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.storage import book_views, ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.engines.sqlite import pages
from counter_assistant.storage.erasing.book_erasure import SealedAway
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from tests.make import NOW, SINGLE, a_request, an_office, confirmed
from tests.operations.keys.sealed_office import OURS, THEIRS, opened_by
from tests.operations.safekeeping.auditing import found
from tests.storage.sealing.canary import found_in, found_in_tables

NAME, PHONE, ID = "龘靐齉", "13987654321", "11010519491231002X"
PERSON = {"name": NAME, "phone": PHONE, "id_number": ID}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """In training everybody keeps the register; as before, a complaint is a case like any other."""
    monkeypatch.setattr(admissibility, "sealed_fault", lambda _matter: None)
    with closing(an_office(tmp_path, training=True)) as made:
        yield made


WHY, NOTE, ASKED, SAID, CALLER = "窗口态度金丝雀", "已当面致歉金丝雀", "怎样告发金丝雀", "来电反映金丝雀", "欠薪金丝雀"
VOIDED, LOST, SEEN, ANSWERED, TAKEN_BACK = "写错金丝雀", "丢了金丝雀", "核对金丝雀", "答复金丝雀", "点错金丝雀"
UNSAID, FILED, DOCUMENT, REVIEWED = "听错金丝雀", "同意金丝雀", "批复金丝雀", "再核金丝雀"
CANARIES = (
    NAME, PHONE, ID, WHY, NOTE, ASKED, SAID, CALLER, VOIDED, LOST, SEEN, ANSWERED, TAKEN_BACK, UNSAID, FILED, DOCUMENT, REVIEWED,
)  # fmt: skip
OPEN, DONE, UNCLEAR, ORAL, BARE = "open", "done", "unclear", "oral", "bare"
DOUBTFUL = {**PERSON, "id_number": "110105194912310021"}


def lines_of(office: Office, text: str) -> RegisterLine:
    """The one line of a call."""
    (line,) = keeping.lines_of(office).found(RegisterQuery((RegisterKind.INQUIRY,), text=text))
    return line


def complained(office: Office) -> list[str]:
    """A book of before: a promised report, a complaint that was ended, a question, an oral notice, a call, a draft; and who only asked how
    to complain and is named nowhere. Returns the numbers of the papers."""
    taken = {"received": "all", "eligible": "yes", "reason": WHY}
    papers = [
        issue_slip(office, a_request("D01", applicant=PERSON, request_id=OPEN, **taken)).slip,
        issue_slip(office, a_request("D02", applicant=PERSON, request_id=DONE, **taken)).slip,
    ]
    issue_slip(
        office, a_request("D02", applicant=PERSON, request_id=UNCLEAR, clarity="unclear", details={"asked": ASKED})
    )
    issue_slip(office, a_request("D02", applicant=PERSON, request_id=ORAL, delivery="oral"))
    issue_slip(office, a_request("D02", applicant={}, request_id=BARE, delivery="oral"))
    take_step(office, DONE, Step.DONE, note=NOTE)
    take_back(office, DONE, TAKEN_BACK)
    take_step(office, DONE, Step.DONE, note=NOTE)
    numbers = [paper.number for paper in papers if paper]
    reprint(office, numbers[0], reason=LOST)
    reveal(office, numbers[0], SEEN)
    void(office, numbers[1], VOIDED)
    note_call(office, SAID, item="D02", caller=CALLER, waits=True, key="call")
    keeping.answer(office, lines_of(office, CALLER), ANSWERED)
    keeping.take_back(office, lines_of(office, CALLER), UNSAID)
    seq = lines_of(office, CALLER).seq
    office.book.append(EntryKind.RESULT_FILED, ResultFiled(seq, FILED, DOCUMENT, "0001").to_payload())
    review = Review(OPEN, WHY, SlipKind.PROMISE_NOTICE, False, REVIEWED, "0001", "0002")
    office.book.append(EntryKind.REVIEW, review.to_payload(), uuid=Review.named(OPEN, "digest"))
    office.drafts.save("draft", {"item": "D02", "name": NAME, "phone": PHONE, "details": {"asked": ASKED}}, "0002")
    office.drafts.save("kept", {"item": "B08", "name": "玉罕"})
    office.drafts.forms.save(OPEN, {"account": WHY})
    return numbers


def test_nothing_is_left_in_the_open_and_the_keepers_have_all_of_it(office: Office, tmp_path: Path) -> None:
    papers, key = complained(office), register_key(office)
    other = issue_slip(office, a_request(applicant={"name": "玉罕", "phone": PHONE[:-1] + "0"}, answers=SINGLE)).slip
    assert other is not None
    assert OldComplaints(office).count() == 6
    done = reenter(office, key)
    assert (len(done.numbers), done.drafts, done.in_closings) == (5, 1, 0)
    assert "日结" not in done.left_where
    assert office.book.check().problems == []
    assert found_in_tables(office.database.handle, CANARIES) == []
    assert found_in(tmp_path, CANARIES) == []
    for wanted in (NAME, PHONE[-4:], ASKED[:3], "d02", "D01"):
        assert office.archive.search(wanted) == []
        assert {case.id for case in office.cases.found(wanted)} <= {BARE}
    assert [office.cases.get(case) for case in (OPEN, DONE, UNCLEAR, ORAL)] == [None] * 4
    assert office.cases.get(BARE), "who only asked how to complain"
    assert [draft.uuid for draft in office.drafts.all()] == ["kept"]
    assert office.drafts.forms.all() == []
    assert OldComplaints(office).count() == 0
    office.book.rebuild()
    assert office.book.check().problems == []
    assert [row.number for row in office.archive.search("玉罕")] == [other.number]
    assert [row.sealed_away for row in office.archive.search("")] == [False, True, True]

    register = complaints.read_register(office, key)
    report, ended, asked, told, call = register.register.complaints.values()
    assert {one.complaint.number for one in (report, ended, asked, told, call)} == set(done.numbers)
    assert (report.complaint.name, report.complaint.phone, report.complaint.name_kept) == (
        NAME,
        PHONE,
        NameKept.WITHHELD,
    )
    assert WHY in report.complaint.matter
    assert papers[0] in report.complaint.matter
    assert (report.next, report.due, report.owner) == (ComplaintStep.VERIFY, date(2026, 12, 14), "0001")
    assert (ended.next, ended.due) == (ComplaintStep.FILE, None)
    assert (asked.next, told.next, call.next) == (ComplaintStep.ACCEPT, ComplaintStep.FILE, ComplaintStep.FILE)
    assert call.complaint.channel is ComplaintChannel.PHONE
    whole = "\n".join(said for state in (report, ended, asked, told, call) for _, said in whole_in_words(state))
    assert [canary for canary in CANARIES if canary not in whole] == [ID]
    (draft,) = register.drafts
    assert (draft.author, draft.typed["name"], draft.typed["matter"]) == ("0002", NAME, ASKED)


def test_a_paper_of_one_is_still_verified_and_says_no_more(office: Office) -> None:
    """GIVEN the paper in a complainant's hand WHEN its matter is sealed THEN number and check code are right, and nothing else is told."""
    number = complained(office)[0]
    code = office.archive.show(number).row.check_code
    reenter(office, register_key(office))
    row = office.archive.show(number).row
    assert (row.kind, row.issued_at, row.item_name, row.applicant, row.clerk) == (
        "promise_notice",
        NOW,
        SEALED_AWAY,
        "",
        "",
    )
    assert [verify(office, f"{number} {typed}").agrees for typed in (code, "0" * 12)] == [True, False]
    assert verify(office, row.qr).genuine
    for act in (
        lambda: show(office, number),
        lambda: reveal(office, number, "看看"),
        lambda: reprint(office, number),
        lambda: void(office, number, "写错"),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "content-sealed-away"
    assert office.prints.unprinted() == []
    erasures = [PayloadErased.from_payload(one.payload) for one in office.book.entries(EntryKind.PAYLOAD_ERASED)]
    assert {(one.reason, one.by) for one in erasures} == {(REASON, "0001")}


def test_it_is_done_once_and_what_comes_later_is_done_then(office: Office) -> None:
    key = register_key(office)
    complained(office)
    first = reenter(office, key)
    with pytest.raises(Refusal) as refusal:
        reenter(office, key)
    assert refusal.value.code == "nothing-to-reenter"
    note_call(office, SAID, item="D02")
    assert len(reenter(office, key).numbers) == 1
    assert len(complaints.read_register(office, key).register.complaints) == len(first.numbers) + 1


def test_another_window_has_done_it_meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN what was found WHEN another window seals it first THEN nothing is written, and nothing stands there twice."""
    complained(office)
    key, kept = register_key(office), list[SealedAway]()
    with monkeypatch.context() as patched:
        patched.setattr(office.book, "seal_away", kept.append)
        reenter(office, key)
    reenter(office, key)
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        office.book.seal_away(kept[0])
    assert (refusal.value.code, office.book.head()) == ("already-sealed-away", head)
    assert len(complaints.read_register(office, key).register.complaints) == 5


def test_cut_off_in_between_nothing_is_lost_and_nothing_doubled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a program that is cut off before the transaction ends WHEN it is done again THEN it is as if it had been done once."""
    complained(office)
    head = office.book.head()

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(book_views, "rebuild", cut_off)
        with pytest.raises(KeyboardInterrupt):
            reenter(office, register_key(office))
    assert office.book.head() == head
    assert office.book.check().problems == []
    assert OldComplaints(office).count() == 6
    assert len(reenter(office, register_key(office)).numbers) == 5


@pytest.mark.parametrize("reason", ["large", "busy"])
def test_where_the_file_cannot_be_written_anew_that_is_said(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """GIVEN a file that is too large for memory, or one that another program reads WHEN they are sealed THEN they are, and it is said that
    the file was not written anew."""
    complained(office)
    assert reenter(office, register_key(office)).written_anew
    note_call(office, SAID, item="D02")
    monkeypatch.setattr(pages, "LARGEST_REWRITTEN", 0 if reason == "large" else pages.LARGEST_REWRITTEN)
    write_anew = office.database.write_anew
    with closing(an_office(tmp_path, training=True)) as other:

        def beside_another() -> bool:
            with other.database.reading() as handle:
                handle.execute_sql("SELECT COUNT(*) FROM entry").fetchall()
                return write_anew()

        if reason == "busy":
            monkeypatch.setattr(office.database.handle, "timeout", 0)
            monkeypatch.setattr(office.database, "write_anew", beside_another)
        done = reenter(office, register_key(office))
    assert (len(done.numbers), done.written_anew) == (1, False)
    assert "没有整个重写" in done.left_where
    assert office.book.check().problems == []


def test_what_its_numbers_have_left_is_sealed_as_well(office: Office) -> None:
    """GIVEN papers and notices that whole numbers have left already WHEN they are sealed THEN the chain holds and nothing is left."""
    complained(office)
    seqs = [entry.seq for kind in ACTS for entry in office.book.entries(kind)]
    assert office.book.leave_numbers(seqs) == 4
    reenter(office, register_key(office))
    assert office.book.check().problems == []
    assert found_in_tables(office.database.handle, CANARIES) == []
    office.book.rebuild()
    assert office.book.check().problems == []


def test_a_doubtful_number_that_was_compared_goes_too(office: Office, tmp_path: Path) -> None:
    taken = {"received": "all", "eligible": "yes", "request_id": OPEN}
    issue_slip(office, a_request("D02", applicant=DOUBTFUL, compared=["id_number"], **taken))
    assert office.book.latest(EntryKind.NUMBER_CONFIRMED)
    reenter(office, register_key(office))
    assert office.book.check().problems == []
    assert found_in(tmp_path, (NAME, DOUBTFUL["id_number"], DOUBTFUL["id_number"][-4:] + '"')) == []


def test_papers_of_before_cases_are_sealed_too(office: Office) -> None:
    """GIVEN a slip as the first versions kept it, without what was done WHEN it is sealed THEN its card says what it was."""
    number = complained(office)[0]
    issued = office.archive.show(number).issued
    card = replace(issued.registered.card, number="旧1号", qr="")
    old = replace(issued, registered=Registered("旧", 1, card), act=None)
    office.book.append(EntryKind.SLIP_ISSUED, old.to_payload())
    office.book.rebuild()
    reenter(office, register_key(office))
    assert office.book.check().problems == []
    states = complaints.read_register(office, register_key(office)).register.complaints.values()
    (sealed,) = [state for state in states if "旧1号" in state.complaint.matter]
    assert (sealed.complaint.name, sealed.complaint.phone, sealed.next) == (NAME, PHONE[-4:], ComplaintStep.ACCEPT)
    assert office.archive.show("旧1号").row.sealed_away


def test_what_leaves_the_book_for_an_auditor_says_nothing_of_it(office: Office, tmp_path: Path) -> None:
    """GIVEN a book whose old complaints are sealed WHEN it is exported THEN both the verifier and the table find no fault and no word."""
    complained(office)
    office.book.leave_numbers([entry.seq for entry in office.book.entries(EntryKind.ORAL_NOTICE)])
    reenter(office, register_key(office))
    out = tmp_path / "out"
    report = export(office, out)
    assert report
    assert found_in(out, CANARIES) == []
    folder = next(path.parent for path in out.rglob("manifest.json"))
    assert found(folder) == set()


def test_in_a_sealed_book_a_keeper_does_it_and_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a book that is sealed long after it was begun WHEN a clerk, a keeper without the key, and a keeper ask THEN the last one alone
    seals them; with a clerk's passphrase nothing is found in any table, copies made from now on among them."""
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(admissibility, "sealed_fault", lambda _matter: None)
    data = tmp_path / "data"
    with closing(an_office(data)) as made:
        made.decide_profile(confirmed(made.profile))
        roles = (Role.CLERK, Role.REGISTER_KEEPER)
        keeping_two = [replace(one, roles=(*one.roles, *roles)) for one in made.profile.clerks[:2]]
        made.decide_profile(replace(made.profile, clerks=(*keeping_two, *made.profile.clerks[2:])))
        issue_slip(
            made, a_request("D02", applicant=PERSON, request_id=UNCLEAR, clarity="unclear", details={"asked": ASKED})
        )
        sealing.seal(made, "0001", OURS, sealing.new_sheet())
        for who in ("0002", "0003"):
            sealing.add_passphrase(made, "0001", who, THEIRS)
        assert open_still(made).startswith("以前的投诉件 1 份")
        name_keeper(made, "0001", "0001")
    for who, code in (("0003", "not-permitted"), ("0002", "not-a-keeper")):
        with opened_by(data, sealing.by_passphrase(data, who, THEIRS)) as office, pytest.raises(Refusal) as refusal:
            reenter(office, register_key(office))
        assert refusal.value.code == code
    with opened_by(data, sealing.by_passphrase(data, "0001", OURS)) as office:
        assert len(reenter(office, register_key(office)).numbers) == 1
        assert open_still(office) == ""
    with opened_by(data, sealing.by_passphrase(data, "0003", THEIRS)) as office:
        assert found_in_tables(office.database.handle, CANARIES) == []
        assert office.book.check().problems == []
    assert found_in(data, CANARIES) == []
