"""A step made by mistake is taken back with a reason; it stays in the book, and so does who took it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Case, Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import case_of_id, horizon
from counter_assistant.operations.cases.resume import request_of
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.cases import CaseList
from tests.decision_rows import ROWS
from tests.make import a_request, an_office


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def begin(office: Office, row: str) -> Case:
    issue_slip(office, a_request(**{**ROWS[row][0], "request_id": row}))
    return case_of_id(office, row)


def test_a_closing_by_mistake_is_taken_back(office: Office) -> None:
    before = begin(office, "11-promise")
    done = steps.take_step(office, before.id, Step.DONE)
    back = take_back(office, done.id, "点错了件")
    assert (back.open, back.stage, back.due) == (True, Stage.RECEIVED, before.due)
    assert [(line.words, line.withdrawn) for line in back.history[1:]] == [
        ("办结", True),
        ("撤销“办结”，点错了件", False),
    ]
    assert office.cases.counts(horizon(office))[CaseList.CLOSED] == 0
    entry = office.book.latest(EntryKind.STEP_WITHDRAWN)
    assert entry is not None
    assert entry.payload["clerk"] == office.profile.clerk("").staff_number
    assert entry.payload["withdrawn"] == done.history[-1].seq
    again = steps.take_step(office, back.id, Step.DONE)
    assert (again.open, take_back(office, again.id, "又点错").open) == (False, True)
    assert office.book.check().problems == []


def test_what_was_registered_as_done_on_the_spot_comes_back_to_the_desk(office: Office) -> None:
    case = begin(office, "12-on-the-spot")
    back = take_back(office, case.id, "不能当场办结")
    assert (back.stage, back.due) == (Stage.RECEIVED, office.today())
    assert steps.next_step(back) == steps.NextStep("重新办理，到受理台", None)
    request = request_of(office, back)
    assert (request.case, request.item, request.on_the_spot) == (case.id, "B08", True)
    assert Step.DONE in steps.possible_steps(back)
    issued = issue_slip(office, a_request(**{**ROWS["13-not-on-the-spot"][0], "case": case.id}))
    assert issued.slip is not None
    assert case_of_id(office, case.id).papers == (issued.slip.number,)
    assert office.book.check().problems == []


def test_a_paper_is_voided_and_not_taken_back(office: Office) -> None:
    case = begin(office, "11-promise")
    with pytest.raises(Refusal) as refusal:
        take_back(office, case.id, "点错了")
    assert refusal.value.code == "nothing-to-take-back"
    assert "作废" in refusal.value.remedy


def test_the_step_that_was_seen_is_the_one_that_is_taken_back(office: Office) -> None:
    """GIVEN a step seen in one window WHEN another window has gone on THEN it is not the newer step that vanishes."""
    case = begin(office, "11-promise")
    seen = steps.take_step(office, case.id, Step.CONTACT, note="已致电").history[-1].seq
    steps.take_step(office, case.id, Step.DONE)
    with pytest.raises(Refusal) as refusal:
        take_back(office, case.id, "点错了", step=seen)
    assert refusal.value.code == "step-not-newest"
    assert not case_of_id(office, case.id).open


@pytest.mark.parametrize(
    ("reason", "quoted", "code"),
    [
        (" ", None, "reason-missing"), ("烦死了，点错了", None, "forbidden-wording"),
        ("烦死了", "", "keep-reason-missing"), ("字" * 201, None, "text-too-long"),
    ],
)  # fmt: skip
def test_a_reason_is_asked_for_and_looked_through(office: Office, reason: str, quoted: str | None, code: str) -> None:
    case = steps.take_step(office, begin(office, "11-promise").id, Step.DONE)
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        take_back(office, case.id, reason, quoted=quoted)
    assert refusal.value.code == code
    assert office.book.head() == before


def test_a_repeated_step_is_one_step(office: Office) -> None:
    """GIVEN a step that is sent twice, as after a commit nobody heard of THEN it is recorded once; another content is refused."""
    case = begin(office, "11-promise")
    first = steps.take_step(office, case.id, Step.DONE, note="已转账", request_id="again")
    head = office.book.head()
    assert steps.take_step(office, case.id, Step.DONE, note="已转账", request_id="again") == first
    assert office.book.head() == head
    other = begin(office, "13-not-on-the-spot")
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        steps.take_step(office, other.id, Step.DONE, request_id="again")
    assert refusal.value.code == "request-differs"
    assert office.book.head() == head
