"""Going on with a case: it must be known, and a day that was printed is never moved in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Stage, Step
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import case_of_id
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import ACCEPTED, PROMISE, ROWS
from tests.make import a_request, an_office

DELAY = {"old_due": "2026-11-24", "due": "2026-11-26", "due_reason": "登记信息需要补充核实"}
LATER: dict[str, Any] = {"details": {"due": "2026-11-26", "due_reason": "核实"}}
WHOLE: dict[str, Any] = {**PROMISE, **ACCEPTED}
FIRST = "临公积金示一诺〔2026〕1号"


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    issue_slip(office, a_request(**WHOLE, request_id="known"))
    yield office
    office.close()


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"case": "没有的"}, "case-unknown", "没有的"),
        ({"case": "known", **ROWS["12-on-the-spot"][0]}, "another-item", "B01"),
        ({"case": "没有的", "applicant": {}}, "case-unknown", "没有的"),
        ({"case": "erase:2"}, "case-unknown", "erase:2"),
        ({"case": "x\x00y"}, "unprintable-text", "办件编码"),
        ({"case": "\ud800"}, "unprintable-text", "办件编码"),
        ({"case": "长" * 101}, "text-too-long", "办件编码"),
        ({"case": "known", **LATER}, "delay-untold", "2026-11-24"),
        ({"slip": "delay_notice", "details": {**DELAY, "of": FIRST}}, "delay-without-case", FIRST),
        (
            {"case": "known", "slip": "delay_notice", "details": {**DELAY, "of": FIRST, "old_due": "2026-11-25"}},
            "old-due-differs",
            "2026-11-24",
        ),
    ],
)
def test_what_does_not_go_on_is_refused_by_name(office: Office, change: dict[str, Any], code: str, named: str) -> None:
    before = case_of_id(office, "known")
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, a_request(**{**WHOLE, **change}))
    assert refusal.value.code == code
    assert named in refusal.value.sentence
    assert case_of_id(office, "known") == before
    assert office.cases.found("罗") == [before]


def test_a_delay_goes_on_with_its_case(office: Office) -> None:
    delay = {**WHOLE, "case": "known", "slip": "delay_notice", "details": {**DELAY, "of": FIRST}}
    issue_slip(office, a_request(**delay))
    case = case_of_id(office, "known")
    assert (case.stage, str(case.printed_due), len(case.papers)) == (Stage.RECEIVED, "2026-11-26", 2)
    steps.take_step(office, "known", Step.DONE)
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, a_request(**delay, reason="再延"))
    assert refusal.value.code == "case-closed"


def test_a_void_paper_may_be_issued_anew_with_another_day(office: Office) -> None:
    reprint_and_void.void(office, FIRST, "日期写错", copy_returned=True)
    issue_slip(office, a_request(**WHOLE, case="known", **LATER))
    assert str(case_of_id(office, "known").printed_due) == "2026-11-26"


def test_a_day_of_answer_is_followed_by_a_day_of_completion(office: Office) -> None:
    issue_slip(office, a_request(**{**ROWS["9-undecided"][0], "request_id": "open"}))
    issued = issue_slip(office, a_request(**WHOLE, case="open", **LATER))
    assert case_of_id(office, "open").printed_due == issued.due


def test_a_delay_of_an_answer_never_speaks_of_completion(office: Office) -> None:
    asked = ROWS["9-undecided"][0]
    issued = issue_slip(office, a_request(**{**asked, "request_id": "open"}))
    assert issued.slip is not None
    details = {**DELAY, "of": issued.slip.number}
    slip = issue_slip(office, a_request(**{**asked, "case": "open", "slip": "delay_notice", "details": details})).slip
    assert slip is not None
    assert "2026年11月26日答复" in str(slip.draft)
