"""Cases at work: found, gone on with, moved by a calendar; every step is an entry, and what does not fit changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Duty
from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.calendar.workdays import CalendarDay, LocalHoliday, WorkCalendar, YearCalendar
from counter_assistant.domain.cases.case import Case, Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.calendars.adopt import take_local, take_year
from counter_assistant.operations.calendars.moved_cases import moved_by, moved_days
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import case_of_id, case_of_number, horizon
from counter_assistant.operations.cases.resume import request_of
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.cases import CaseList
from tests.decision_rows import ACCEPTED, FURTHER, PROMISE, ROWS, SPOUSE
from tests.make import a_request, an_office

NEXT_WEEK = date(2026, 12, 1)
CALL: dict[str, Any] = {"told_at": time(10, 30), "spoken_to": "本人", "note": "系统停机"}


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def begin(office: Office, row: str, key: str = "") -> Case:
    issue_slip(office, a_request(**{**ROWS[row][0], "request_id": key or row}))
    return case_of_id(office, key or row)


def tomorrow(office: Office, days: int = 1) -> None:
    moment = office.clock().replace(day=office.clock().day + days)
    office.clock = lambda: moment


@pytest.mark.parametrize("row", ROWS)
def test_every_act_is_a_case_that_the_lists_and_a_rebuild_agree_on(office: Office, row: str) -> None:
    case = begin(office, row)
    which = CaseList.OPEN if case.open else CaseList.CLOSED
    assert office.cases.listed(which, horizon(office)) == [case]
    assert office.book.check().problems == []
    office.book.rebuild()
    assert case_of_id(office, row) == case


def test_the_lists_are_counted_and_the_most_pressing_comes_first(office: Office) -> None:
    for row in ROWS:
        begin(office, row)
    counts = office.cases.counts(horizon(office))
    assert counts == {
        CaseList.OVERDUE: 0, CaseList.TODAY: 2, CaseList.SOON: 3, CaseList.WAITING: 3, CaseList.HELD: 1,
        CaseList.ASKED: 1, CaseList.HANDED_ON: 1, CaseList.OPEN: 10, CaseList.CLOSED: 4,
    }  # fmt: skip
    tomorrow(office, 4)
    assert office.cases.counts(horizon(office))[CaseList.OVERDUE] == 5
    listed = office.cases.listed(CaseList.OPEN, horizon(office))
    assert [case.look_at for case in listed if case.look_at] == sorted(case.look_at for case in listed if case.look_at)


@pytest.mark.parametrize("text", ["罗", "b01", "诺〔2026〕1号", "002x", "购买", "0000 b01", "l"])
def test_a_case_is_found_by_what_the_clerk_has(office: Office, text: str) -> None:
    case = begin(office, "11-promise")
    assert office.cases.found(text) == [case]
    assert office.cases.found(f"{text} 没有的字") == []


def test_nothing_typed_finds_every_case(office: Office) -> None:
    cases = [begin(office, "11-promise"), begin(office, "12-on-the-spot")]
    assert office.cases.found("") == cases


def test_a_number_or_a_scanned_code_opens_its_case(office: Office) -> None:
    case = begin(office, "11-promise")
    row = office.archive.show(case.papers[0]).row
    assert case_of_number(office, f" {row.number} ") == case
    assert case_of_number(office, row.qr) == case
    assert case_of_number(office, "罗") is None
    there = replace(office.profile, installation_code="530927")
    refused = {
        "another-installation": qr_digits(SlipKind.RECEIPT, 2026, 1, there),
        "code-not-in-book": qr_digits(SlipKind.RECEIPT, 2026, 99, office.profile),
        "misread-code": f"{row.qr[:-1]}{(int(row.qr[-1]) + 1) % 10}",
        "newer-code": f"2{row.qr[1:]}",
    }
    for code, digits in refused.items():
        with pytest.raises(Refusal) as refusal:
            case_of_number(office, digits)
        assert refusal.value.code == code
    office.decide_profile(there)
    assert case_of_number(office, row.qr) == case  # its book is here, whatever the office is called now


def test_from_a_supplement_notice_to_the_end(office: Office) -> None:
    """GIVEN an incomplete promise item WHEN the papers come THEN the clock starts and the case runs to its end."""
    case = begin(office, "8-promise-incomplete")
    assert (case.stage, case.due) == (Stage.WAITING, None)
    assert steps.next_step(case).step is None

    tomorrow(office)
    request = request_of(office, case)
    assert (request.case, request.item, dict(request.defects)) == (case.id, "B01", {"deed-tax-receipt": "缺一页"})
    whole = a_request(**PROMISE, **ACCEPTED, case=case.id)
    issued = issue_slip(office, replace(request, received=None, defects={}, eligible=whole.eligible))
    received = case_of_id(office, case.id)
    assert (received.stage, received.due, received.printed_due) == (Stage.RECEIVED, issued.due, issued.due)
    assert issued.due == date(2026, 11, 25)
    assert len(received.papers) == 2

    tomorrow(office)
    done = steps.take_step(office, case.id, Step.DONE)
    assert (done.stage, done.overrun, done.open) == (Stage.DONE, False, False)
    assert office.book.check().problems == []


def test_a_referral_is_sent_up_and_an_inquiry_answered(office: Office) -> None:
    referral = begin(office, "10-referral")
    assert steps.next_step(referral).step is Step.SENT_UP
    assert steps.take_step(office, referral.id, Step.SENT_UP, follow_up=NEXT_WEEK).stage is Stage.SENT_UP
    inquiry = begin(office, "4-unclear")
    assert steps.next_step(inquiry).step is Step.ANSWERED
    assert steps.take_step(office, inquiry.id, Step.ANSWERED, note="已电话答复").stage is Stage.ANSWERED


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("2-colleague", "督办完成"), ("3-held", "有了办法，到受理台"), ("9-undecided", "认定了，到受理台"),
        ("11-promise", "登记办结"), ("13-not-on-the-spot", "登记办结"), ("7-direct-incomplete", "材料补来了，到受理台"),
    ],
)  # fmt: skip
def test_each_case_has_one_next_step(office: Office, row: str, label: str) -> None:
    assert steps.next_step(begin(office, row)).label == label


def test_a_clock_is_paused_with_its_reason_and_goes_on(office: Office) -> None:
    case = begin(office, "11-promise")
    paused = steps.take_step(office, case.id, Step.PAUSED, reason=PauseReason.VERIFICATION)
    assert (paused.due, steps.next_step(paused).step) == (None, Step.RESUMED)
    tomorrow(office, 3)
    assert steps.take_step(office, case.id, Step.RESUMED).computed_due == date(2026, 11, 27)
    assert office.book.check().problems == []


def test_a_held_case_comes_back_to_the_desk_without_its_hold(office: Office) -> None:
    assert request_of(office, begin(office, "3-held")).hold is None


def test_a_case_goes_on_with_the_agent_who_came(office: Office) -> None:
    issue_slip(office, a_request(**{**FURTHER["11-by-the-spouse"], "request_id": "by the spouse"}))
    agent = request_of(office, case_of_id(office, "by the spouse")).applicant.agent
    assert agent == Agent(SPOUSE["name"], SPOUSE["relation"], id_number=SPOUSE["id_number"], phone=SPOUSE["phone"])


def test_a_matter_that_was_handed_on_stays_a_colleagues(office: Office) -> None:
    request = request_of(office, begin(office, "2-colleague"))
    assert request.duty is Duty.COLLEAGUE
    assert issue_slip(office, replace(request, slip=SlipKind.CUSTODY_RECORD)).kind is SlipKind.CUSTODY_RECORD


def with_day_off(calendar: WorkCalendar, day: date) -> WorkCalendar:
    year = calendar.years[day.year]
    days = {**year.days, day: CalendarDay("示例节", off=True)}
    return WorkCalendar({**calendar.years, day.year: replace(year, days=days)})


def test_a_new_calendar_moves_a_printed_day_only_with_a_delay_notice(office: Office) -> None:
    case = begin(office, "11-promise")
    assert moved_by(office, office.calendar) == []
    (moved,) = moved_by(office, with_day_off(office.calendar, date(2026, 11, 24)))
    assert (moved.old, moved.new, moved.delay_needed) == (date(2026, 11, 24), date(2026, 11, 25), True)

    office.book.append(EntryKind.CALENDAR, CalendarTaken((), "0001", moved_days([moved])).to_payload())
    late = case_of_id(office, case.id)
    assert (late.due, late.delay_needed, steps.next_step(late).label) == (date(2026, 11, 24), True, "出延期告知单")
    request = request_of(office, late)
    assert (request.slip, request.details.of) == (SlipKind.DELAY_NOTICE, case.papers[0])
    issued = issue_slip(office, request)
    assert (issued.kind, issued.due) == (SlipKind.DELAY_NOTICE, date(2026, 11, 25))
    assert not case_of_id(office, case.id).delay_needed
    assert office.book.check().problems == []


def test_a_provisional_day_moves_when_the_notice_is_out(office: Office) -> None:
    moment = office.clock().replace(month=12, day=30)
    office.clock = lambda: moment
    issued = issue_slip(office, a_request(**{**ROWS["10-referral"][0], "request_id": "year-end"}))
    assert issued.provisional
    notice = YearCalendar(2027, True, ("国办发明电〔2026〕示例号",), {date(2027, 1, 1): CalendarDay("元旦", off=True)})
    (moved,) = moved_by(office, WorkCalendar({**office.calendar.years, 2027: notice}))
    assert (moved.new, moved.provisional, moved.delay_needed) == (issued.due, False, False)
    assert moved.in_words == "临沧某某有限公司　降低缴存比例或者缓缴　2027年1月7日，不再是预计"
    take_year(office, notice, "李某", "王某")
    settled = case_of_id(office, "year-end")
    assert (settled.due, settled.provisional, settled.delay_needed) == (issued.due, False, False)
    assert settled.history[-1].words == "放假通知公布，按时钟计算为 2027年1月7日"
    assert office.book.check().problems == []


def test_a_holiday_of_the_county_moves_the_cases_too(office: Office) -> None:
    case = begin(office, "11-promise")
    take_local(office, [LocalHoliday(date(2026, 11, 24), date(2026, 11, 24), "示例节", "示例县", "示例号")], "李某")
    late = case_of_id(office, case.id)
    assert (late.due, late.computed_due, late.delay_needed) == (case.due, date(2026, 11, 25), True)


def test_a_day_that_was_told_is_not_moved_back_by_a_notice(office: Office) -> None:
    """GIVEN a delay that was told WHEN a year's notice is taken THEN the day that was told stays."""
    case = begin(office, "10-referral")  # the statute sets no limit that a call could pass
    steps.take_step(office, case.id, Step.DELAY_TOLD, due=NEXT_WEEK, **CALL)
    assert moved_by(office, office.calendar) == []
    steps.take_step(office, case.id, Step.DELAY_TOLD, due=date(2027, 1, 5), **CALL)
    notice = YearCalendar(2027, True, ("国办发明电〔2026〕示例号",), {date(2027, 1, 1): CalendarDay("元旦", off=True)})
    take_year(office, notice, "李某")
    told = case_of_id(office, case.id)
    assert (told.due, told.provisional, told.delay_needed) == (date(2027, 1, 5), False, False)
    assert office.book.check().problems == []


@pytest.mark.parametrize(
    ("pause", "why"),
    [
        (PauseReason.VERIFICATION, "查证核实期间不计入期限"),
        (PauseReason.SUPPLEMENT, "补正材料后，期限从补齐之日起重新计算"),
    ],
)
def test_a_pause_does_not_move_a_printed_day_in_silence(office: Office, pause: PauseReason, why: str) -> None:
    case = begin(office, "11-promise")
    steps.take_step(office, case.id, Step.PAUSED, reason=pause)
    tomorrow(office)
    resumed = steps.take_step(office, case.id, Step.RESUMED)
    assert (resumed.due, resumed.delay_needed) == (case.due, True)
    request = request_of(office, resumed)
    assert (request.slip, request.details.due_reason) == (SlipKind.DELAY_NOTICE, why)
    issued = issue_slip(office, request)
    settled = case_of_id(office, case.id)
    assert (settled.due, settled.printed_due, settled.delay_needed) == (issued.due, issued.due, False)
    assert office.book.check().problems == []


def test_only_steps_that_fit_are_offered(office: Office) -> None:
    received, held = begin(office, "11-promise"), begin(office, "3-held")
    assert steps.possible_steps(received) == (
        Step.DONE, Step.ANSWERED, Step.SENT_UP, Step.CONTACT, Step.FOLLOW_UP, Step.HANDED_ON, Step.PAUSED,
        Step.DUE_CHANGED, Step.DELAY_TOLD, Step.WITHDRAWN, Step.RETURNED,
    )  # fmt: skip
    assert Step.PAUSED not in steps.possible_steps(held), "no clock runs"
    assert Step.DELAY_TOLD not in steps.possible_steps(held), "no day stands on paper"
    paused = steps.take_step(office, received.id, Step.PAUSED, reason=PauseReason.ABOVE)
    assert Step.RESUMED in steps.possible_steps(paused)
    assert Step.PAUSED not in steps.possible_steps(paused)
    assert steps.possible_steps(steps.take_step(office, received.id, Step.DONE)) == ()


STEPS: dict[str, tuple[str, Step, dict[str, Any], str]] = {
    "closed": ("12-on-the-spot", Step.DONE, {}, "case-closed"),
    "tomorrow": ("11-promise", Step.DONE, {"on": date(2026, 11, 24)}, "future-day"),
    "before it began": ("11-promise", Step.DONE, {"on": date(2026, 11, 20)}, "before-opening"),
    "waiting": ("8-promise-incomplete", Step.DONE, {}, "step-does-not-fit"),
    "no reason": ("11-promise", Step.WITHDRAWN, {"note": " "}, "reason-missing"),
    "no pause reason": ("11-promise", Step.PAUSED, {}, "pause-reason-needed"),
    "no clock": ("3-held", Step.PAUSED, {"reason": PauseReason.ABOVE}, "no-clock"),
    "no clock to resume": ("3-held", Step.RESUMED, {}, "no-clock"),
    "not paused": ("11-promise", Step.RESUMED, {}, "not-paused"),
    "no day": ("11-promise", Step.DUE_CHANGED, {"note": "改"}, "bad-due"),
    "a past day": ("11-promise", Step.DUE_CHANGED, {"note": "改", "due": date(2026, 11, 20)}, "bad-due"),
    "untold": ("11-promise", Step.DUE_CHANGED, {"note": "改", "due": NEXT_WEEK}, "delay-untold"),
    "a call without a time": (
        "11-promise", Step.DELAY_TOLD, CALL | {"due": date(2026, 11, 25), "told_at": None}, "call-incomplete",
    ),
    "a call to nobody": (
        "11-promise", Step.DELAY_TOLD, CALL | {"due": date(2026, 11, 25), "spoken_to": " "}, "call-incomplete",
    ),
    "a call without a reason": (
        "11-promise", Step.DELAY_TOLD, CALL | {"due": date(2026, 11, 25), "note": ""}, "reason-missing",
    ),
    "a call that puts nothing off": ("11-promise", Step.DELAY_TOLD, CALL | {"due": date(2026, 11, 24)}, "delay-not-later"),
    "a call beyond the statute": ("11-promise", Step.DELAY_TOLD, CALL | {"due": date(2026, 11, 27)}, "past-statutory"),
    "a call about no paper": ("3-held", Step.DELAY_TOLD, CALL | {"due": NEXT_WEEK}, "nothing-to-delay"),
    "nobody": ("11-promise", Step.HANDED_ON, {"follow_up": NEXT_WEEK}, "owner-needed"),
    "unknown clerk": ("11-promise", Step.HANDED_ON, {"follow_up": NEXT_WEEK, "owner": "9"}, "unknown-clerk"),
    "no follow-up": ("11-promise", Step.FOLLOW_UP, {}, "follow-up-needed"),
    "forbidden words": ("11-promise", Step.CONTACT, {"note": "别催了，烦死了"}, "forbidden-wording"),
    "a quotation without a reason": (
        "11-promise", Step.CONTACT, {"note": "别催了，烦死了", "quoted": " "}, "keep-reason-missing",
    ),
    "unknown case": ("11-promise", Step.DONE, {"case": "another"}, "case-unknown"),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_does_not_fit_is_a_sentence_and_changes_nothing(office: Office, name: str) -> None:
    row, which, given, code = STEPS[name]
    particulars = {"case": begin(office, row).id} | given
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        steps.take_step(office, particulars.pop("case"), which, **particulars)
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert office.book.head() == before


def test_a_quotation_in_a_note_is_kept_with_its_reason(office: Office) -> None:
    case = begin(office, "11-promise")
    after = steps.take_step(office, case.id, Step.CONTACT, note="对方说“别催了，烦死了”", quoted="转述对方原话")
    assert "烦死了" in after.history[-1].words
    entry = office.book.latest(EntryKind.CASE_STEP)
    assert entry is not None
    assert entry.payload["quoted"] == "转述对方原话"


def test_a_reason_for_nothing_is_not_stored(office: Office) -> None:
    case = begin(office, "11-promise")
    steps.take_step(office, case.id, Step.CONTACT, note="已电话联系", quoted="转述对方原话")
    entry = office.book.latest(EntryKind.CASE_STEP)
    assert entry is not None
    assert "quoted" not in entry.payload
