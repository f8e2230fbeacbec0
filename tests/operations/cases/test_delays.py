"""Delays: told on paper or by phone, before the day or after it, within the statute's limit or beyond it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.cases.case import Case, Stage, Step
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import case_of_id, horizon
from counter_assistant.operations.cases.resume import delay_request
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.cases import CaseList
from tests.decision_rows import ROWS
from tests.make import a_request, an_office

PRINTED, WITHIN, STATUTORY, BEYOND = (date(2026, 11, day) for day in (24, 25, 26, 30))
"""The promised day of a withdrawal accepted on Monday the 23rd, and days around the statute's, which is three days on."""
CALL: dict[str, Any] = {"told_at": time(16, 30), "spoken_to": "本人", "note": "核验系统停机"}
REDRESS = "应当先向临沧市人民政府申请行政复议（自法定期限届满之日起60日内）；对行政复议决定不服的，可以自收到复议决定书之日起15日内向人民法院提起行政诉讼"


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def promised(office: Office, row: str = "11-promise") -> Case:
    issue_slip(office, a_request(**{**ROWS[row][0], "request_id": row}))
    return case_of_id(office, row)


def on(office: Office, day: int) -> None:
    moment = office.clock().replace(day=day)
    office.clock = office.database.clock = lambda: moment


def told(office: Office, case: Case, due: date, how: str) -> Case:
    """The case after the applicant was told of a later day."""
    if how == "paper":
        issue_slip(office, delay_request(office, case, due, "核验系统停机"))
    else:
        steps.take_step(office, case.id, Step.DELAY_TOLD, due=due, **CALL)
    return case_of_id(office, case.id)


def lists_of(office: Office, case: Case) -> set[CaseList]:
    at = horizon(office)
    return {which for which in CaseList if case.id in {each.id for each in office.cases.listed(which, at)}}


def words(issued: Issued) -> str:
    assert issued.slip is not None
    return str(issued.slip.draft)


@pytest.mark.parametrize("how", ["paper", "phone"])
@pytest.mark.parametrize(("day", "missed"), [(23, None), (24, None), (25, PRINTED)])
def test_a_delay_is_told_before_on_or_after_the_day(office: Office, how: str, day: int, missed: date | None) -> None:
    """守则 一(二)2⑶: told beforehand it moves the day; told afterwards the case stays overdue in every count."""
    case = promised(office)
    on(office, day)
    assert (CaseList.OVERDUE in lists_of(office, case)) is (missed is not None)
    after = told(office, case, STATUTORY, how)
    assert (after.due, after.printed_due, after.missed) == (STATUTORY, STATUTORY, missed)
    assert (CaseList.OVERDUE in lists_of(office, case)) is (missed is not None)
    assert office.cases.counts(horizon(office))[CaseList.OVERDUE] == (missed is not None)
    on(office, 26)
    done = steps.take_step(office, case.id, Step.DONE)
    assert done.overrun is (missed is not None)
    assert office.book.check().problems == []


def test_a_call_that_was_made_in_time_may_be_noted_later(office: Office) -> None:
    case = promised(office)
    on(office, 25)
    after = steps.take_step(office, case.id, Step.DELAY_TOLD, on=PRINTED, due=STATUTORY, **CALL)
    assert after.missed is None
    line = after.history[-1]
    assert (line.on, line.recorded and line.recorded.date()) == (PRINTED, date(2026, 11, 25))
    assert line.words == "电话告知延期，16:30 接听人本人，期限 2026年11月24日改为2026年11月26日，核验系统停机"


def test_a_call_names_a_day_beyond_the_statutes_only_after_a_recorded_pause(office: Office) -> None:
    case = promised(office)
    with pytest.raises(Refusal) as refusal:
        told(office, case, BEYOND, "phone")
    assert refusal.value.code == "past-statutory"
    assert "2026-11-26" in refusal.value.sentence
    steps.take_step(office, case.id, Step.PAUSED, reason=PauseReason.VERIFICATION)
    on(office, 24)
    steps.take_step(office, case.id, Step.RESUMED)
    with pytest.raises(Refusal):
        told(office, case, date(2026, 12, 1), "phone")
    # One day of verification is not counted: the statute's three days end on Friday the 27th.
    assert told(office, case, date(2026, 11, 27), "phone").due == date(2026, 11, 27)


def test_while_the_clock_stands_still_the_statute_names_no_day(office: Office) -> None:
    case = promised(office)
    steps.take_step(office, case.id, Step.PAUSED, reason=PauseReason.ABOVE)
    assert told(office, case, BEYOND, "phone").printed_due == BEYOND
    issued = issue_slip(office, delay_request(office, case_of_id(office, case.id), date(2026, 12, 3), "待上级批复"))
    assert "法定期限：因报上级审批中止计时，恢复后继续计算。" in words(issued)


def test_a_changed_day_never_passes_the_statutes(office: Office) -> None:
    case = promised(office)
    reprint_and_void.void(office, case.papers[0], "日期写错")
    with pytest.raises(Refusal) as refusal:
        steps.take_step(office, case.id, Step.DUE_CHANGED, due=BEYOND, note="改")
    assert refusal.value.code == "past-statutory"
    assert steps.take_step(office, case.id, Step.DUE_CHANGED, due=STATUTORY, note="改").due == STATUTORY


def test_a_notice_says_the_statutes_day_and_what_the_applicant_may_do(office: Office) -> None:
    case = promised(office)
    said = words(issue_slip(office, delay_request(office, case, WITHIN, "核验系统停机")))
    for part in (
        "诺〔2026〕1号：2026年11月24日",
        "核验系统停机",
        "最迟2026年11月25日办结",
        "最迟2026年11月26日作出决定",
        REDRESS,
    ):
        assert part in said
    assert "现在事先告知" in said
    assert "超过了法定期限" not in said
    assert "直接" not in said.split("逾期不作决定")[-1], "review comes first (行政复议法 第二十三条第一款第三项)"


def test_a_notice_beyond_the_statutes_day_says_so_plainly(office: Office) -> None:
    case = promised(office)
    issued = issue_slip(office, delay_request(office, case, BEYOND, "核验系统停机"))
    said = words(issued)
    assert "拟于2026年11月30日办结，这一天超过了法定期限，不是承诺。" in said
    assert "法定期限仍为2026年11月26日，不因本单改变。" in said
    assert "拟办结的日期（不改变法定期限）" in said
    assert "最迟" not in said
    assert REDRESS in said
    assert case_of_id(office, case.id).due == BEYOND


def test_a_notice_after_a_pause_says_what_was_not_counted(office: Office) -> None:
    case = promised(office)
    steps.take_step(office, case.id, Step.PAUSED, reason=PauseReason.VERIFICATION)
    on(office, 24)
    resumed = steps.take_step(office, case.id, Step.RESUMED)
    said = words(issue_slip(office, delay_request(office, resumed, date(2026, 11, 27), "核验系统停机")))
    assert "最迟2026年11月27日作出决定（查证核实期间不计入）" in said
    assert "超过了法定期限" not in said


def test_a_notice_after_the_day_does_not_claim_to_come_before_it(office: Office) -> None:
    case = promised(office)
    on(office, 25)
    said = words(issue_slip(office, delay_request(office, case, STATUTORY, "核验系统停机")))
    assert "没有在原定日期办结，也没有事先告知您" in said
    assert "现在事先告知" not in said


def test_a_delay_of_an_expected_day_is_begun_too(office: Office) -> None:
    """A day 预计 is on paper as well, though it is not firm."""
    moment = office.clock().replace(month=12, day=30)
    office.clock = lambda: moment
    case = promised(office, "10-referral")
    assert (case.provisional, case.printed_due) == (True, None)
    assert Step.DELAY_TOLD in steps.possible_steps(case)
    later = date(2027, 1, 15)
    request = delay_request(office, case, later, "管委会例会改期")
    assert (request.details.old_due, request.details.of) == (case.due, case.papers[0])
    assert issue_slip(office, request).due == later


BAD: dict[str, tuple[str, date | None, str]] = {
    "no day": ("11-promise", None, "bad-due"),
    "a day that has been": ("11-promise", date(2026, 11, 20), "bad-due"),
    "not later": ("11-promise", PRINTED, "delay-not-later"),
    "no paper": ("3-held", date(2026, 12, 3), "nothing-to-delay"),
    "closed": ("12-on-the-spot", date(2026, 12, 3), "nothing-to-delay"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_delay_that_is_none_is_refused(office: Office, name: str) -> None:
    row, due, code = BAD[name]
    with pytest.raises(Refusal) as refusal:
        delay_request(office, promised(office, row), due, "核验系统停机")
    assert refusal.value.code == code
    assert refusal.value.remedy


def test_a_void_paper_has_no_day_to_put_off(office: Office) -> None:
    case = promised(office)
    reprint_and_void.void(office, case.papers[0], "日期写错")
    with pytest.raises(Refusal) as refusal:
        delay_request(office, case_of_id(office, case.id), BEYOND, "核验系统停机")
    assert refusal.value.code == "nothing-to-delay"
    assert Step.DELAY_TOLD not in steps.possible_steps(case_of_id(office, case.id))


def test_a_second_delay_puts_off_the_first_one(office: Office) -> None:
    case = told(office, promised(office), WITHIN, "paper")
    request = delay_request(office, case, STATUTORY, "仍未恢复")
    assert (request.slip, request.details.of, request.details.old_due) == (
        SlipKind.DELAY_NOTICE,
        case.papers[-1],
        WITHIN,
    )
    assert issue_slip(office, request).due == STATUTORY


def test_a_day_of_answer_is_not_put_off_by_another_promise_to_answer(office: Office) -> None:
    """GIVEN a printed day of answer WHEN another later day of answer is promised THEN a delay must be told instead."""
    case = promised(office, "9-undecided")
    again = a_request(
        **{**ROWS["9-undecided"][0], "case": case.id, "details": {"due": "2026-11-26", "due_reason": "待核实"}}
    )
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, again)
    assert refusal.value.code == "delay-untold"


def test_a_paper_issued_anew_after_the_day_winds_nothing_back(office: Office) -> None:
    """GIVEN a promise whose day has passed WHEN it is voided and promised anew THEN the case stays overdue."""
    case = promised(office)
    on(office, 25)
    reprint_and_void.void(office, case.papers[0], "日期写错")
    issue_slip(office, replace(a_request(**ROWS["11-promise"][0]), case=case.id))
    again = case_of_id(office, case.id)
    assert (again.stage, again.missed) == (Stage.RECEIVED, PRINTED)
    assert CaseList.OVERDUE in lists_of(office, again)
