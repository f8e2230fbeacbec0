"""谁受理谁核实、谁办理谁反馈、谁转办谁跟踪: how a complaint goes on, and what does not count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_state import ComplaintState, Written, fold_register
from counter_assistant.domain.registers.complaint_steps import (
    ComplaintHandling,
    ComplaintStep,
    ComplaintStepTaken,
    Satisfaction,
    StepTold,
    Supplement,
    TellingWay,
)

NUMBER, OTHER = "TS-0000-0001", "TS-0000-0002"
NOW, DUE = datetime(2026, 11, 23, 10, 42, tzinfo=UTC), date(2026, 12, 14)
COMPLAINT = Complaint(
    ComplaintChannel.WINDOW, Category.TIME, "等了一个小时", NOW.date(), NameKept.ANONYMOUS, number=NUMBER, author="0003",
    recorded=NOW,
)  # fmt: skip
ACCEPT, TRANSFER, VERIFY, DECIDE, FEED_BACK, FILE = ComplaintStep
SAYS: dict[ComplaintStep, dict[str, Any]] = {
    ACCEPT: {}, TRANSFER: {"to": "0002", "text": "涉及本窗口"}, VERIFY: {"text": "属实"}, DECIDE: {"text": "致歉"},
    FEED_BACK: {"way": TellingWay.PHONE, "satisfaction": Satisfaction.FAIR}, FILE: {"volume": "2026-投-1"},
}  # fmt: skip


def step(
    kind: ComplaintStep, by: str = "0001", at: datetime = NOW, due: date | None = None, **says: Any
) -> ComplaintStepTaken:
    return ComplaintStepTaken(StepTold(**{"of": NUMBER, "step": kind, **SAYS[kind], **says}), by, at, due)


def after(*steps: ComplaintStepTaken) -> ComplaintState:
    state = ComplaintState(COMPLAINT)
    for taken in steps:
        state = state.after(taken)
    return state


def refused(state: ComplaintState, taken: ComplaintStepTaken) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        state.after(taken)
    assert refusal.value.remedy
    return refusal.value


def test_from_acceptance_to_filing_by_one() -> None:
    state = ComplaintState(COMPLAINT)
    assert (state.next, state.owner, state.due) == (ACCEPT, "", None)
    for kind, then in zip(
        (ACCEPT, VERIFY, DECIDE, FEED_BACK, FILE), (VERIFY, DECIDE, FEED_BACK, FILE, None), strict=True
    ):
        state = state.after(step(kind, due=DUE if kind is ACCEPT else None))
        assert (state.next, state.owner, state.due) == (then, "0001", DUE)
    assert [taken.step.label for taken in state.taken] == ["受理", "核实", "处理", "反馈", "立卷归档"]
    assert refused(state, step(FILE)).code == refused(state, step(TRANSFER)).code == "complaint-filed"
    assert str(refused(state, step(FILE))) == "这件投诉已经立卷归档。有新情况的，请记一条补充。"


def test_who_accepted_verifies_and_who_transferred_follows() -> None:
    accepted = after(step(ACCEPT))
    assert str(refused(accepted, step(VERIFY, "0002"))) == (
        "这件投诉由工号 0001 承办。请由其本人记这一步；要换人办的，先记转办。"
    )
    given = accepted.after(step(TRANSFER))
    assert (given.owner, given.trackers, given.next) == ("0002", ("0001",), VERIFY)
    assert refused(given, step(VERIFY)).code == "not-the-owner"
    assert given.after(step(VERIFY, "0002")).next is DECIDE
    again = given.after(step(TRANSFER, "0003", to="0004"))
    assert (again.owner, again.trackers) == ("0004", ("0001", "0003"))
    same = refused(given, step(TRANSFER, to="0002"))
    assert (same.code, str(same)) == ("transferred-to-owner", "这件投诉已经由工号 0002 承办。请核对转给谁。")
    assert [taken.step for taken in given.taken] == [ACCEPT, TRANSFER]


def test_no_step_is_left_out() -> None:
    new, accepted = ComplaintState(COMPLAINT), after(step(ACCEPT))
    for state, kind in ((new, VERIFY), (new, TRANSFER), (accepted, ACCEPT), (accepted, FEED_BACK)):
        assert refused(state, step(kind)).code == "step-out-of-order"
    assert str(refused(new, step(FILE))) == "这件投诉现在该受理，还不能立卷归档。请先记受理。"


@pytest.mark.parametrize(
    ("before", "taken", "missing"),
    [
        ((ACCEPT,), step(VERIFY, text=""), "核实情况"),
        ((ACCEPT,), step(TRANSFER, to=""), "转给谁"),
        ((ACCEPT,), step(TRANSFER, text=""), "转办的理由"),
        ((ACCEPT, VERIFY), step(DECIDE, text=""), "处理意见"),
        ((ACCEPT, VERIFY, DECIDE), step(FEED_BACK, way=None), "反馈方式"),
        ((ACCEPT, VERIFY, DECIDE), step(FEED_BACK, way=TellingWay.NONE), "为什么无法联系"),
        ((ACCEPT, VERIFY, DECIDE, FEED_BACK), step(FILE, volume=""), "立卷号"),
    ],
)
def test_a_step_says_what_it_must(before: tuple[ComplaintStep, ...], taken: ComplaintStepTaken, missing: str) -> None:
    state = after(*map(step, before))
    refusal = refused(state, taken)
    assert (refusal.code, str(refusal)) == ("step-incomplete", f"{taken.step.label}还缺一项：{missing}。请补上。")


def test_a_step_says_nothing_of_another() -> None:
    refusal = refused(ComplaintState(COMPLAINT), step(ACCEPT, volume="1"))
    assert (refusal.code, str(refusal)) == ("step-says-more", "受理里写了别的步骤才有的内容。请删去，或者另记一步。")
    accepted = after(step(ACCEPT, way=TellingWay.PHONE, text="已电话告知"))
    assert refused(accepted, step(VERIFY, handling=ComplaintHandling.NOTED)).code == "step-says-more"
    nobody = after(step(ACCEPT), step(VERIFY), step(DECIDE, handling=ComplaintHandling.MEDIATED))
    assert nobody.after(step(FEED_BACK, way=TellingWay.NONE, text="匿名，没有留电话")).next is FILE


def test_it_is_overdue_until_the_complainant_is_told() -> None:
    accepted = after(step(ACCEPT, due=DUE))
    assert (accepted.overdue(DUE), accepted.provisional) == (False, False)
    doubtful = ComplaintStepTaken(StepTold(NUMBER, ACCEPT), "0001", NOW, DUE, provisional=True)
    assert ComplaintState(COMPLAINT).after(doubtful).provisional is True
    assert accepted.overdue(date(2026, 12, 15))
    told = after(step(ACCEPT, due=DUE), step(VERIFY), step(DECIDE), step(FEED_BACK))
    assert not told.overdue(date(2027, 1, 1))
    late = after(
        step(ACCEPT, due=DUE), step(VERIFY), step(DECIDE), step(FEED_BACK, at=datetime(2026, 12, 15, 9, tzinfo=UTC))
    )
    assert late.overdue(DUE)
    assert not after(step(ACCEPT)).overdue(date(2030, 1, 1)), "where the centre promises no day, none passes"


def test_a_step_that_is_no_keepers_or_comes_too_late_changes_nothing() -> None:
    more = Supplement(NUMBER, "又打来一次", "0003", NOW)
    entries = [
        Written(COMPLAINT, False), Written(step(ACCEPT, "0005"), False), Written(more, False),
        Written(step(ACCEPT), True), Written(step(ACCEPT, "0002"), True),
    ]  # fmt: skip
    state = fold_register(entries).complaints[NUMBER]
    assert (state.owner, len(state.taken)) == ("0001", 1)
    assert state.besides == (step(ACCEPT, "0005"), more, step(ACCEPT, "0002"))


def test_what_belongs_to_no_complaint_is_kept_apart() -> None:
    stray = Supplement(OTHER, "编号听错了", "0003", NOW)
    register = fold_register([Written(stray, True), Written(COMPLAINT, False), Written(COMPLAINT, False)])
    assert list(register.complaints) == [NUMBER]
    assert register.strays == (stray, COMPLAINT)
    assert register.complaints[NUMBER].complaint == COMPLAINT
