"""Each permission by each role, at a real office: who may is let through, who may not is refused and nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.report.span import Span
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.statements import Part
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.archive.erasing import erase
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.calendars.adopt import take_local
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.catalogue.revising import begin_revising
from counter_assistant.operations.catalogue.taking import edition_of, take
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.issuing.reviewing import Standing, decide, standing
from counter_assistant.operations.kit.printing import print_kit, void_all
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.registers import complaints, keeping
from counter_assistant.operations.registers.books import book_sheet
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.report.making import make_report
from counter_assistant.operations.safekeeping.closing import close
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.witnessing.taking import take_cosigned
from counter_assistant.operations.wording.office_phrases import decide_phrases, next_number
from counter_assistant.storage.ciphers import new_pair
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from tests.decision_rows import ROWS
from tests.make import NOW, SINGLE, a_request
from tests.operations.witnessing.centre import Centre
from tests.roles import APPROVAL, CENTRE, REQUESTS, Counter

PAIR = new_pair()
REGISTER = RegisterKey(PAIR.public, PAIR.secret)
COMPLAINT = Complaint(ComplaintChannel.LETTER, Category.OTHER, "大厅没有椅子", NOW.date(), NameKept.ANONYMOUS)

Act = Callable[[Office], object]


def issue(office: Office, kind: SlipKind) -> None:
    """What waits for a second pair of eyes has been looked at."""
    request = a_request(**{**REQUESTS[kind], "slip": kind.value, "reason": "当事人要求", "request_id": "issued"})
    matter = assess(request, office.catalogue, office.profile, office.today())
    if office.profile.clerk("").roles == ("clerk",) and standing(office, matter) is Standing.WAITING:
        decide(office, matter, agreed=True, reviewer="0002")
    issue_slip(office, request)


def review(office: Office) -> None:
    """Agrees to what a colleague is about to issue."""
    request = a_request(**ROWS["6-not-eligible"][0], clerk="0002", request_id="asked")
    decide(office, assess(request, office.catalogue, office.profile, office.today()), agreed=True)


def a_slip(office: Office) -> str:
    issued = issue_slip(office, a_request(**ROWS["11-promise"][0]))
    assert issued.slip is not None
    return issued.slip.number


def a_slip_of_before(counter: Counter) -> str:
    """Told twelve years ago, and nothing came of it."""
    issued = issue_slip(counter.office, a_request(answers=SINGLE))
    assert issued.slip is not None
    counter.now += timedelta(days=12 * 366)
    counter.office.confirm_clock()
    counter.now += AFTER_A_JUMP
    return issued.slip.number


def a_case(office: Office) -> str:
    issue_slip(office, a_request(**{**ROWS["11-promise"][0], "request_id": "one"}))
    return take_step(office, "one", Step.DONE).id


def change_office(office: Office, **values: Any) -> None:
    office.decide_profile(replace(office.profile, **values))


def revise(office: Office) -> None:
    revising = begin_revising(office)
    note = next(each.statement for each in revising.open if each.statement.part is Part.NOTE)
    revising.do(Verdict(note, Answer.DROP, CENTRE))


def an_edition(office: Office) -> ContentTaken:
    revise(office)
    edition = edition_of(office, begin_revising(office), APPROVAL)
    return ContentTaken(edition, "0001", "0002")


def _confirm_a_far_day(counter: Counter, office: Office) -> None:
    counter.now = datetime.fromisoformat("2031-01-01T09:00:00+08:00")
    try:
        assert office.confirm_clock() is not None
    finally:
        counter.now = NOW


def prepared(counter: Counter, permission: Permission) -> Act:
    """What is done with a permission, once everything is there that it needs."""
    office = counter.office
    if permission.value.startswith("issue_"):
        return lambda office: issue(office, SlipKind(permission.value.removeprefix("issue_")))
    match permission:
        case Permission.RECORD:
            return lambda office: note_call(office, "问租房提取要带什么")
        case Permission.TAKE_BACK | Permission.TAKE_BACK_LATER:
            case, later = a_case(office), permission is Permission.TAKE_BACK_LATER
            counter.now += timedelta(days=later)
            return lambda office: take_back(office, case, "点错了件")
        case Permission.VOID | Permission.VOID_LATER:
            slip = a_slip(office)
            counter.now += timedelta(days=permission is Permission.VOID_LATER)
            return lambda office: void(office, slip, "写错了姓名")
        case Permission.REPRINT | Permission.REPRINT_LATER:
            slip = a_slip(office)
            counter.now += timedelta(days=permission is Permission.REPRINT_LATER)
            return lambda office: reprint(office, slip)
        case Permission.REVIEW:
            return review
        case Permission.RECORD_SEALED:
            return lambda office: complaints.record(office, REGISTER, COMPLAINT)
        case Permission.READ_SEALED:
            return lambda office: complaints.read_register(office, REGISTER)
        case Permission.ERASE:
            number = a_slip_of_before(counter)
            return lambda office: erase(office, [number], "销毁清册〔2039〕1号", Second("0002"))
        case Permission.REVEAL_NUMBER:
            number = a_slip(office)
            return lambda office: reveal(office, number, "与银行核对")
        case Permission.REVISE:
            return revise
        case Permission.APPROVE:
            return lambda office: approve(office, ["B05"], office.today(), APPROVAL)
        case Permission.TAKE_CONTENT:
            return partial(_take, taken=an_edition(office))
        case Permission.PHRASES:
            return lambda office: decide_phrases(
                office,
                [own_phrase(next_number(office), "请您稍等，我马上为您查询。", PhraseChannel.COUNTER, Moment.WELCOME)],
            )
        case Permission.CALENDAR:
            return lambda office: take_local(office, [], "")
        case Permission.OFFICE:
            return lambda office: change_office(office, window="综合窗口 2")
        case Permission.PEOPLE:
            return lambda office: change_office(
                office, clerks=(*office.profile.clerks[:-1], replace(office.profile.clerks[-1], title="副科长"))
            )
        case Permission.NUMBER_SERIES:
            return lambda office: start_numbers(office, SlipKind.RECEIPT, "40", "纸上用到 39")
        case Permission.CLOSE:
            return lambda office: close(office, Period.DAY, office.today().isoformat())
        case Permission.CLOSE_PERIOD:
            close(office, Period.DAY, office.today().isoformat())
            counter.now += timedelta(days=30)
            return lambda office: close(office, Period.MONTH, "2026-11")
        case Permission.SAFEKEEPING:
            return lambda office: name_folder(office, office.folder)
        case Permission.EXPORT:
            return lambda office: export(office, office.folder / "export")
        case Permission.WITNESS:
            centre = Centre(office.folder / "centre")
            return partial(take_cosigned, path=centre.answer(office), trust=centre.fingerprint)
        case Permission.BRANCHES:
            return AllBranches
        case Permission.PRINT_KIT:
            return lambda office: print_kit(office, 1)
        case Permission.VOID_KIT:
            print_kit(office, 1)
            return void_all
        case Permission.KEEP_REGISTER:
            return lambda office: keeping.record(
                office, RegisterKind.REPORTED_UPWARD, {"text": "系统停了", "leader": "某主任"}
            )
        case Permission.TAKE_BACK_RATING:
            keeping.record(counter.office, RegisterKind.RATING, {"level": "满意"})
            return lambda office: keeping.take_back(
                office, keeping.lines_of(office).found(RegisterQuery((RegisterKind.RATING,)))[0], "记错了"
            )
        case Permission.EXPORT_REGISTER:
            return lambda office: book_sheet(office, RegisterQuery((RegisterKind.OPINION,)))
        case Permission.SUPERVISE:
            return lambda office: make_report(office, Span(2026, 11))
        case Permission.CLOCK:
            return partial(_confirm_a_far_day, counter)
    raise AssertionError(permission)


def _take(office: Office, taken: ContentTaken) -> None:
    take(office, taken)


ELSEWHERE: dict[Permission, str] = {
    Permission.KEYS: "tests/operations/test_sealing.py",
    Permission.OWN_KEY: "tests/operations/test_sealing.py",
    Permission.RESTORE: "tests/operations/safekeeping/test_restoring.py",
}
"""What needs a sealed book or a backup, and where it is tried."""


@pytest.mark.parametrize("permission", sorted(set(Permission) - ELSEWHERE.keys()))
def test_each_role_may_what_its_row_says_and_nothing_else(permission: Permission, tmp_path: Path) -> None:
    counter = Counter(tmp_path / "refused")
    with closing(counter.office):
        act = prepared(counter, permission)
        for role in set(Role) - permission.roles:
            counter.give(role)
            before = counter.office.book.head()
            with pytest.raises(Refusal) as refusal:
                act(counter.office)
            assert refusal.value.code == "not-permitted", role
            assert "玉罕（" in refusal.value.remedy
            assert counter.office.book.head() == before
    for role in permission.roles:
        counter = Counter(tmp_path / role)
        with closing(counter.office):
            act = prepared(counter, permission)
            counter.give(role)
            act(counter.office)


def test_training_and_the_example_office_ask_for_no_role(tmp_path: Path) -> None:
    for training in (True, False):
        with closing(open_office(tmp_path, lambda: NOW, training=training)) as office:
            for permission in Permission:
                assert office.permit(permission) == office.profile.clerk("")


def test_nobody_acts_in_another_s_name_once_they_said_who_they_are(tmp_path: Path) -> None:
    office = Counter(tmp_path).office
    with closing(office):
        office.act_as("0002")
        with pytest.raises(Refusal) as refusal:
            note_call(office, "问租房提取要带什么", clerk="0001")
        assert refusal.value.code == "another-clerk"
        assert note_call(office, "问租房提取要带什么", clerk="玉罕").payload["clerk"] == "0002"


def test_whoever_confirms_the_office_is_its_first_administrator_and_the_last_one_stays(tmp_path: Path) -> None:
    office = Counter(tmp_path).office
    with closing(office):
        assert office.profile.clerk("").roles == (Role.CLERK, Role.ADMINISTRATOR)
        nobody = tuple(replace(clerk, roles=()) for clerk in office.profile.clerks)
        with pytest.raises(Refusal) as refusal:
            change_office(office, clerks=nobody)
        assert refusal.value.code == "no-administrator"
        change_office(office, current_clerk="0002")
        assert office.profile.current_clerk == "0002"
