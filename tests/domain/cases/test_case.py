"""A case: folded act by act, it says where it stands, which day binds, and what stands on paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import PROMISED, STATUTORY, Clock, PauseReason
from counter_assistant.domain.cases.acts import Act, Moved, StepTaken, Visit, Voided, Withdrawn
from counter_assistant.domain.cases.case import (
    AFTERWARDS,
    CLOSED,
    Case,
    Stage,
    Step,
    TraceKind,
    own_clock,
    statutory_clock,
)
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.cases.record import from_payload, to_payload
from counter_assistant.domain.cases.withdrawal import take_back
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
CLOCKS = {PROMISED: Clock(MONDAY, 1, "workday"), STATUTORY: Clock(MONDAY, 3, "day", "作出决定")}


def visit(row: int = 11, kind: SlipKind | None = SlipKind.PROMISE_NOTICE, **changes: Any) -> Visit:
    known: dict[str, Any] = (
        {"number": "诺〔2026〕1号", "due": TUESDAY, "clocks": CLOCKS} if row in (9, 10, 11, 13) else {}
    )
    person = {"item": "B01", "item_name": "购房提取", "applicant": "岩罕", "phone_tail": "0000", "id_tail": "002X"}
    return Visit("one", MONDAY, "0001", Rule(row), kind, **(known | person | changes))


def after(*acts: Visit | StepTaken | Moved | Voided) -> Case:
    case: Case | None = None
    for act in acts:
        case = fold(case, act)
    assert case is not None
    return case


def step(which: Step, on: date = TUESDAY, **changes: Any) -> StepTaken:
    return StepTaken("one", which, on, "0002", **changes)


@pytest.mark.parametrize(
    ("row", "kind", "stage", "open_"),
    [
        (1, SlipKind.GUIDANCE, Stage.HANDED_ON, False),
        (2, SlipKind.INTRODUCTION, Stage.HANDED_ON, True),
        (2, SlipKind.CUSTODY_RECORD, Stage.HANDED_ON, True),
        (3, None, Stage.HELD, True),
        (4, None, Stage.ASKED, True),
        (5, SlipKind.NOTIFICATION_SLIP, Stage.NOTIFIED, False),
        (6, SlipKind.RETURN_NOTICE, Stage.RETURNED, False),
        (6, SlipKind.NOTIFICATION_SLIP, Stage.NOTIFIED, False),
        (7, SlipKind.NOTIFICATION_SLIP, Stage.WAITING, True),
        (8, SlipKind.SUPPLEMENT_NOTICE, Stage.WAITING, True),
        (9, SlipKind.PROMISE_NOTICE, Stage.RECEIVED, True),
        (10, SlipKind.REFERRAL_NOTICE, Stage.RECEIVED, True),
        (11, SlipKind.PROMISE_NOTICE, Stage.RECEIVED, True),
        (11, SlipKind.NOTIFICATION_SLIP, Stage.WAITING, True),
        (12, None, Stage.DONE, False),
        (12, SlipKind.RECEIPT, Stage.DONE, False),
        (13, SlipKind.RECEIPT, Stage.RECEIVED, True),
        (3, SlipKind.NOTIFICATION_SLIP, Stage.HELD, True),
        (1, SlipKind.NOTIFICATION_SLIP, Stage.HANDED_ON, False),
        # Chosen against the row, with a reason: the paper says where the matter stands.
        (1, SlipKind.INTRODUCTION, Stage.HANDED_ON, True),
        (5, SlipKind.GUIDANCE, Stage.HANDED_ON, False),
        (5, SlipKind.PROMISE_NOTICE, Stage.RECEIVED, True),
        (5, SlipKind.RECEIPT, Stage.RECEIVED, True),
        (5, SlipKind.CUSTODY_RECORD, Stage.HANDED_ON, True),
        (6, SlipKind.SUPPLEMENT_NOTICE, Stage.WAITING, True),
        (8, SlipKind.RETURN_NOTICE, Stage.RETURNED, False),
        (11, SlipKind.RETURN_NOTICE, Stage.RETURNED, False),
        (12, SlipKind.PROMISE_NOTICE, Stage.RECEIVED, True),
    ],
)
def test_each_row_of_the_decision_leads_to_its_stage(
    row: int, kind: SlipKind | None, stage: Stage, open_: bool
) -> None:
    case = after(visit(row, kind))
    assert (case.stage, case.open) == (stage, open_)
    assert (stage in CLOSED) <= (not case.open)
    assert stage.label


def test_the_first_visit_names_who_was_asked_and_who_took_it() -> None:
    asked = after(visit(4, None, due=date(2026, 11, 26)))
    assert (asked.first_clerk, asked.handler, asked.due) == ("0001", "", date(2026, 11, 26))
    taken = after(visit(4, None), replace(visit(), clerk="0003"))
    assert (taken.first_clerk, taken.handler, taken.stage) == ("0001", "0003", Stage.RECEIVED)
    assert [trace.words for trace in taken.history] == ["登记咨询", "出具承诺通知书，期限 2026年11月24日"]


def test_a_firm_day_on_paper_binds_and_a_provisional_one_does_not() -> None:
    assert after(visit()).printed_due == TUESDAY
    assert after(visit(provisional=True)).printed_due is None
    assert after(visit(8, SlipKind.SUPPLEMENT_NOTICE)).printed_due is None


def test_an_oral_notice_is_a_line_of_its_own() -> None:
    case = after(visit(7, SlipKind.NOTIFICATION_SLIP, oral=True))
    assert (case.history[0].words, case.papers) == ("口头告知", ())


def test_a_matter_handed_on_is_looked_after_until_it_is_closed() -> None:
    custody = after(visit(2, SlipKind.CUSTODY_RECORD, due=TUESDAY))
    assert (custody.follow_up, custody.look_at) == (TUESDAY, TUESDAY)
    assert after(visit(2, SlipKind.INTRODUCTION)).follow_up == MONDAY
    assert after(visit(2, SlipKind.INTRODUCTION), step(Step.DONE)).follow_up is None


@pytest.mark.parametrize(
    ("which", "stage"),
    [
        (Step.ANSWERED, Stage.ANSWERED),
        (Step.DONE, Stage.DONE),
        (Step.RETURNED, Stage.RETURNED),
        (Step.WITHDRAWN, Stage.WITHDRAWN),
    ],
)
def test_a_step_that_ends_a_case(which: Step, stage: Stage) -> None:
    case = after(visit(), step(which))
    assert (case.stage, case.closed, case.overrun) == (stage, TUESDAY, False)
    assert after(visit(), step(which, on=FRIDAY)).overrun
    assert not after(visit(8, SlipKind.SUPPLEMENT_NOTICE), step(which, on=FRIDAY)).overrun
    assert which.label


def test_a_paper_that_ends_a_case_after_its_day_is_an_overrun() -> None:
    returned = visit(6, SlipKind.RETURN_NOTICE, number="退〔2026〕1号")
    assert after(visit(9), replace(returned, on=FRIDAY)).overrun
    assert not after(visit(9), replace(returned, on=TUESDAY)).overrun
    assert not after(visit(9), replace(visit(), on=FRIDAY)).overrun


DELAY = visit(11, SlipKind.DELAY_NOTICE, number="延〔2026〕1号", due=FRIDAY, clocks={})
TOLD = [
    pytest.param(lambda on: replace(DELAY, on=on), id="on paper"),
    pytest.param(lambda on: step(Step.DELAY_TOLD, on=on, due=FRIDAY, note="系统停机"), id="by phone"),
]


@pytest.mark.parametrize("on", [MONDAY, TUESDAY])
@pytest.mark.parametrize("told", TOLD)
def test_a_delay_told_before_or_on_the_day_moves_the_day(told: Any, on: date) -> None:
    """守则 一(二)2⑶: told beforehand, the new day binds."""
    case = after(visit(), told(on))
    assert (case.due, case.printed_due, case.missed, case.look_at) == (FRIDAY, FRIDAY, None, FRIDAY)
    assert "超过" not in case.history[-1].words
    assert not after(visit(), told(on), step(Step.DONE, on=FRIDAY)).overrun


@pytest.mark.parametrize("told", TOLD)
def test_a_delay_told_after_the_day_winds_nothing_back(told: Any) -> None:
    """GIVEN a binding day that passed untold WHEN a later one is told THEN the case stays overdue until and after its end."""
    late = date(2026, 11, 25)
    case = after(visit(), told(late))
    assert (case.due, case.printed_due, case.missed, case.look_at) == (FRIDAY, FRIDAY, TUESDAY, TUESDAY)
    assert case.history[-1].words.endswith("，告知时已超过原定日期")
    assert after(visit(), told(late), step(Step.DONE, on=late)).overrun
    returned = replace(visit(6, SlipKind.RETURN_NOTICE, number="退〔2026〕1号"), on=late)
    assert after(visit(), told(late), returned).overrun
    again = after(visit(), told(late), told(late))
    assert again.missed == TUESDAY
    later = step(Step.DELAY_TOLD, on=date(2026, 11, 30), due=date(2026, 12, 2))
    assert after(visit(), told(late), later).missed == TUESDAY, "the first day that was missed counts"
    twice = after(visit(), told(MONDAY), step(Step.DELAY_TOLD, on=date(2026, 11, 30), due=date(2026, 12, 2)))
    assert twice.missed == FRIDAY, "a day that was told in time binds like the first"


@pytest.mark.parametrize("in_time", [MONDAY, TUESDAY])
def test_what_was_done_in_time_is_in_time_though_it_is_noted_later(in_time: date) -> None:
    """GIVEN a call of the day after, noted first WHEN what was done on the day is noted THEN nothing was missed."""
    contact = step(Step.CONTACT, on=date(2026, 11, 25))
    assert after(visit(), contact).missed == TUESDAY
    assert not after(visit(), contact, step(Step.DONE, on=in_time)).overrun
    told = after(visit(), contact, step(Step.DELAY_TOLD, on=in_time, due=FRIDAY))
    assert (told.missed, "超过" in told.history[-1].words) == (None, False)
    assert after(visit(), contact, step(Step.PAUSED, on=in_time, reason=PauseReason.ABOVE)).missed is None
    assert after(visit(), contact, step(Step.CONTACT, on=in_time)).missed == TUESDAY
    assert after(visit(), contact, step(Step.DONE, on=date(2026, 11, 25))).overrun


@pytest.mark.parametrize(
    "act",
    [
        step(Step.PAUSED, on=FRIDAY, reason=PauseReason.VERIFICATION),
        step(Step.DUE_CHANGED, on=FRIDAY, due=date(2026, 12, 1)),
        Moved("one", FRIDAY, date(2026, 12, 1), provisional=False),
        replace(visit(7, SlipKind.NOTIFICATION_SLIP, number="告〔2026〕1号"), on=FRIDAY),
        replace(visit(number="诺〔2026〕2号", due=date(2026, 12, 1)), on=FRIDAY),
    ],
)
def test_nothing_else_that_is_done_after_the_day_winds_it_back(act: Act) -> None:
    for first in (visit(), visit(provisional=True)):
        case = after(first, act)
        assert (case.missed, case.look_at) == (TUESDAY, TUESDAY)
        assert after(first, act, step(Step.WITHDRAWN, on=FRIDAY)).overrun
        assert "超过" not in case.history[-1].words


def test_a_closed_case_misses_nothing_and_begins_anew() -> None:
    anew = replace(visit(number="诺〔2026〕2号", due=date(2026, 12, 1)), on=FRIDAY)
    for closed in (step(Step.DONE, on=TUESDAY), step(Step.DONE, on=FRIDAY)):
        assert after(visit(), closed, anew).missed is None
    assert after(visit(), step(Step.DONE), Moved("one", FRIDAY, date(2026, 12, 1), provisional=False)).missed is None


@pytest.mark.parametrize(
    "first",
    [
        visit(9), visit(3, None, due=TUESDAY), visit(4, None, due=TUESDAY),
        visit(2, SlipKind.CUSTODY_RECORD, due=TUESDAY),
    ],
)  # fmt: skip
def test_a_day_of_answer_ends_with_the_answer(first: Visit) -> None:
    accepted = after(first, replace(visit(due=date(2026, 12, 1)), on=FRIDAY))
    assert (accepted.missed, accepted.look_at) == (None, date(2026, 12, 1))
    answered_late_again = after(first, replace(visit(9, due=date(2026, 12, 1)), on=FRIDAY))
    assert (answered_late_again.missed == TUESDAY) is (first.rule is Rule.UNDECIDED), (
        "another day of answer is no answer"
    )


def test_a_delay_notice_leaves_the_day_on_which_to_look_again() -> None:
    sent = after(visit(10), step(Step.SENT_UP, on=MONDAY, follow_up=TUESDAY), DELAY)
    assert (sent.stage, sent.follow_up, sent.due) == (Stage.SENT_UP, TUESDAY, FRIDAY)


def test_sending_up_handing_on_and_following_up() -> None:
    sent = after(visit(10, SlipKind.REFERRAL_NOTICE), step(Step.SENT_UP, follow_up=FRIDAY))
    assert (sent.stage, sent.follow_up, sent.due) == (Stage.SENT_UP, FRIDAY, TUESDAY)
    handed = after(visit(), step(Step.HANDED_ON, owner="0003", follow_up=FRIDAY, note="李某外出"))
    assert (handed.handler, handed.stage) == ("0003", Stage.RECEIVED)
    assert handed.history[-1].words == "转交，2026年11月27日跟进，李某外出"
    assert after(visit(), step(Step.FOLLOW_UP, follow_up=FRIDAY)).look_at == TUESDAY
    assert after(visit(), step(Step.CONTACT, note="已致电")).history[-1].words == "联系，已致电"


def test_a_clock_that_stands_still_has_no_day_until_it_goes_on() -> None:
    paused = after(visit(), step(Step.PAUSED, on=MONDAY, reason=PauseReason.VERIFICATION))
    assert (paused.paused, paused.due, paused.delay_needed) == (True, None, False)
    assert paused.history[-1].words == "中止计时，查证核实"
    resumed = after(
        visit(),
        step(Step.PAUSED, on=MONDAY, reason=PauseReason.VERIFICATION),
        step(Step.RESUMED, on=FRIDAY, due=date(2026, 11, 30)),
    )
    assert (resumed.paused, resumed.due) == (False, TUESDAY), "the day on paper binds until the applicant is told"
    assert (resumed.computed_due, resumed.delay_needed) == (date(2026, 11, 30), True)
    assert own_clock(resumed) == Clock(MONDAY, 1, "workday").pause(PauseReason.VERIFICATION, MONDAY).resume(FRIDAY)
    statutory = statutory_clock(resumed)
    assert statutory is not None
    assert statutory.unit == "day"


def test_what_is_held_is_with_its_owner_until_its_day() -> None:
    held = {"due": FRIDAY, "stated": True, "owner": "0003", "verify": "房屋是否已抵押"}
    case = after(visit(3, None, **held))
    assert (case.stage, case.handler, case.first_clerk, case.look_at) == (Stage.HELD, "0003", "0001", FRIDAY)
    assert case.history[0].words == "登记待定，待查：房屋是否已抵押，期限 2026年11月27日"
    told = after(visit(8, SlipKind.SUPPLEMENT_NOTICE), visit(3, SlipKind.NOTIFICATION_SLIP, **held))
    assert (told.stage, told.handler) == (Stage.HELD, "0003")
    assert told.history[1].words == "出具一次性告知单，待查：房屋是否已抵押，期限 2026年11月27日"
    before = after(visit(3, None))
    assert (before.handler, before.history[0].words) == ("0001", "登记待定"), "as it was registered of old"


def test_an_owner_says_nothing_of_what_is_not_held() -> None:
    case = after(visit(11, SlipKind.PROMISE_NOTICE, owner="0003", verify="房屋是否已抵押"))
    assert (case.handler, case.history[0].words) == ("0001", "出具承诺通知书，期限 2026年11月24日")


def test_a_changed_day_keeps_the_old_one_in_its_history() -> None:
    case = after(visit(provisional=True), step(Step.DUE_CHANGED, due=FRIDAY, note="待放假通知"))
    assert (case.due, case.printed_due) == (FRIDAY, None)
    assert case.history[-1].words == "改期限，期限 2026年11月24日改为2026年11月27日，待放假通知"
    undated = after(visit(3, None), step(Step.DUE_CHANGED, due=FRIDAY))
    assert undated.history[-1].words == "改期限，期限 2026年11月27日"


def test_a_printed_day_stays_until_the_applicant_is_told() -> None:
    """GIVEN a firm day on paper WHEN a notice moves it later THEN it binds on, and a delay notice is due."""
    moved = after(visit(), Moved("one", MONDAY, FRIDAY, provisional=False))
    assert (moved.due, moved.computed_due, moved.delay_needed) == (TUESDAY, FRIDAY, True)
    told = after(
        visit(), Moved("one", MONDAY, FRIDAY, provisional=False), step(Step.DELAY_TOLD, due=FRIDAY, note="已致电")
    )
    assert (told.due, told.printed_due, told.delay_needed) == (FRIDAY, FRIDAY, False)
    called = after(visit(), step(Step.DELAY_TOLD, due=FRIDAY, note="系统停机", told_at="16:30", spoken_to="本人"))
    assert called.history[-1].words == (
        "电话告知延期，16:30 接听人本人，期限 2026年11月24日改为2026年11月27日，系统停机"
    )
    vague = after(visit(), step(Step.DELAY_TOLD, due=FRIDAY, provisional=True))
    assert vague.printed_due is None
    paper = after(
        visit(),
        Moved("one", MONDAY, FRIDAY, provisional=False),
        visit(11, SlipKind.DELAY_NOTICE, number="延〔2026〕1号", due=FRIDAY, clocks={}),
    )
    assert (paper.due, paper.printed_due, paper.delay_needed, paper.stage) == (FRIDAY, FRIDAY, False, Stage.RECEIVED)
    assert (paper.papers, paper.rule) == (("诺〔2026〕1号", "延〔2026〕1号"), 11)
    assert own_clock(paper) == CLOCKS[PROMISED]


def test_a_day_that_moves_earlier_or_was_provisional_simply_moves() -> None:
    earlier = after(visit(due=FRIDAY), Moved("one", MONDAY, TUESDAY, provisional=False))
    assert (earlier.due, earlier.computed_due) == (TUESDAY, None)
    settled = after(visit(provisional=True), Moved("one", MONDAY, FRIDAY, provisional=False))
    assert (settled.due, settled.provisional, settled.delay_needed) == (FRIDAY, False, False)


def test_a_void_paper_is_a_line_and_closes_nothing() -> None:
    case = after(visit(), Voided("one", TUESDAY, "诺〔2026〕1号"))
    assert case.open
    assert case.history[-1].words == "作废 诺〔2026〕1号"
    assert (case.due, case.printed_due) == (TUESDAY, None), "a void paper binds to nothing; somebody looks at the case"
    older = after(visit(number="诺〔2026〕9号"), visit(), Voided("one", TUESDAY, "诺〔2026〕9号"))
    assert older.printed_due == TUESDAY


def test_a_corrected_paper_is_a_line_that_names_the_one_that_says_it_right() -> None:
    case = after(visit(), Voided("one", TUESDAY, "诺〔2026〕1号", corrected_by="诺〔2026〕2号"))
    assert case.history[-1].words == "诺〔2026〕1号 更正为 诺〔2026〕2号"
    assert case.newest_act is not None
    assert case.newest_act.number == "诺〔2026〕1号", "a note is no act"
    assert replace(case, history=()).newest_act is None
    withdrawn = replace(case, history=(*case.history[:1], replace(case.history[0], number="", withdrawn=True)))
    assert withdrawn.newest_act == case.history[0]


def test_who_is_told_again_keeps_the_day_and_the_stage_of_the_application() -> None:
    for row in (5, 11):
        told = after(visit(), visit(row, SlipKind.NOTIFICATION_SLIP, number="告〔2026〕1号", due=None, clocks={}))
        assert (told.open, told.stage, told.due, told.printed_due) == (True, Stage.RECEIVED, TUESDAY, TUESDAY)
        assert told.history[-1].number == "告〔2026〕1号"
    waiting = after(visit(8, SlipKind.SUPPLEMENT_NOTICE), visit(5, SlipKind.NOTIFICATION_SLIP))
    assert (waiting.open, waiting.stage) == (True, Stage.WAITING)
    answered = after(visit(4, None), visit(5, SlipKind.NOTIFICATION_SLIP))
    assert (answered.open, answered.stage) == (False, Stage.NOTIFIED)
    lacking = after(visit(), visit(7, SlipKind.NOTIFICATION_SLIP))
    assert (lacking.stage, lacking.due) == (Stage.WAITING, None)


def test_a_day_that_the_clerk_named_is_known_as_such() -> None:
    assert not after(visit()).stated
    assert after(visit(due=FRIDAY, stated=True)).stated
    assert after(visit(), step(Step.DUE_CHANGED, due=MONDAY)).stated
    assert after(visit(), step(Step.DELAY_TOLD, due=FRIDAY)).stated
    assert after(visit(), visit(11, SlipKind.DELAY_NOTICE, due=FRIDAY, clocks={})).stated
    again = after(visit(due=FRIDAY, stated=True), step(Step.PAUSED, on=MONDAY, reason=PauseReason.ABOVE))
    assert not again.stated


@pytest.mark.parametrize(
    "act", [step(Step.DONE), Moved("one", MONDAY, FRIDAY, provisional=False), Voided("one", MONDAY, "1号")]
)
def test_nothing_happens_to_a_case_that_is_not_known(act: StepTaken | Moved | Voided) -> None:
    with pytest.raises(Refusal) as refusal:
        fold(None, act)
    assert refusal.value.code == "case-unknown"


NINE = datetime.fromisoformat("2026-11-24T09:00:00+08:00")


def numbered(*acts: Any) -> list[Any]:
    """The acts as entries of a book, from place 1 on."""
    return [replace(act, seq=n, recorded=NINE) for n, act in enumerate(acts, 1)]


def taken_back(*acts: Any, steps: int = 1) -> Case:
    """The case after its newest steps were taken back, one after the other."""
    entries = numbered(*acts)
    case = after(*entries)
    for n in range(steps):
        assert case.newest_step is not None
        case = take_back(case, entries, back(case.newest_step.seq, 100 + n))
    return case


def back(place: int, seq: int = 100) -> Withdrawn:
    return Withdrawn("one", TUESDAY, "0003", place, "点错了", seq=seq, recorded=NINE)


def state(case: Case) -> Case:
    return replace(case, history=())


STEPS_TAKEN = [
    step(Step.DONE, on=FRIDAY), step(Step.RETURNED), step(Step.WITHDRAWN), step(Step.ANSWERED), step(Step.SENT_UP),
    step(Step.HANDED_ON, owner="0003", follow_up=FRIDAY), step(Step.FOLLOW_UP, follow_up=FRIDAY), step(Step.CONTACT),
    step(Step.PAUSED, reason=PauseReason.ABOVE), step(Step.DUE_CHANGED, due=MONDAY), step(Step.DELAY_TOLD, due=FRIDAY),
]  # fmt: skip


@pytest.mark.parametrize("taken", STEPS_TAKEN, ids=lambda taken: taken.step.value)
def test_any_step_is_taken_back_and_both_lines_stay(taken: StepTaken) -> None:
    """GIVEN a step made by mistake WHEN it is taken back THEN the case is what it was, and its history says both."""
    case = taken_back(visit(), taken)
    assert state(case) == state(after(*numbered(visit())))
    first, step_line, why = case.history
    assert (first.withdrawn, step_line.withdrawn, why.withdrawn) == (False, True, False)
    assert step_line.words == after(visit(), taken).history[-1].words
    assert (why.words, why.clerk, why.kind) == (f"撤销“{taken.step.label}”，点错了", "0003", TraceKind.NOTE)
    assert (step_line.recorded, why.recorded, step_line.seq, why.seq) == (NINE, NINE, 2, 100)


def test_resuming_is_taken_back_to_the_pause() -> None:
    pause = step(Step.PAUSED, on=MONDAY, reason=PauseReason.ABOVE)
    case = taken_back(visit(), pause, step(Step.RESUMED, due=TUESDAY))
    assert (case.paused, case.due) == (True, None)


def test_steps_are_taken_back_one_after_the_other_and_their_words_stay() -> None:
    changes = (step(Step.DUE_CHANGED, due=MONDAY), step(Step.DUE_CHANGED, due=FRIDAY))
    case = taken_back(visit(), *changes, steps=2)
    assert state(case) == state(after(*numbered(visit())))
    assert [trace.words for trace in case.history[:3]] == [trace.words for trace in after(visit(), *changes).history]
    assert [trace.withdrawn for trace in case.history] == [False, True, True, False, False]
    assert case.newest_step is None


def test_what_came_after_a_step_stays_when_it_is_taken_back() -> None:
    """GIVEN a pause taken back after a notice, a closing taken back after its paper was voided THEN these still count."""
    pause = step(Step.PAUSED, on=MONDAY, reason=PauseReason.ABOVE)
    resumed, moved = step(Step.RESUMED, on=MONDAY, due=TUESDAY), Moved("one", TUESDAY, FRIDAY, provisional=False)
    case = taken_back(visit(), pause, resumed, moved)
    assert (case.paused, case.due, case.computed_due) == (True, None, None), "the clock still stands"
    voided = taken_back(visit(), step(Step.DONE), Voided("one", TUESDAY, "诺〔2026〕1号", "李某"))
    assert (voided.open, voided.printed_due, voided.history[-2].clerk) == (True, None, "李某")


def test_what_was_done_on_the_spot_is_taken_back_to_an_application_whose_day_is_today() -> None:
    done = visit(12, None, due=MONDAY, clocks={PROMISED: Clock(MONDAY, 0, "workday")})
    case = taken_back(done)
    assert (case.open, case.stage, case.due, case.rule) == (True, Stage.RECEIVED, MONDAY, 12)
    assert [trace.withdrawn for trace in case.history] == [True, False]
    entries = numbered(done, visit(13, SlipKind.RECEIPT, number="收〔2026〕1号"), step(Step.DONE))
    on = [entries[0], *entries[1:]]
    case = take_back(after(on[0]), on[:1], back(1))
    for act in on[1:]:
        case = fold(case, act)
    again = take_back(case, on, back(3))
    assert (again.open, again.stage, again.papers) == (True, Stage.RECEIVED, ("收〔2026〕1号",))
    came_back = taken_back(visit(8, SlipKind.SUPPLEMENT_NOTICE), done)
    assert (came_back.stage, came_back.open) == (Stage.WAITING, True)


def test_only_the_newest_step_is_taken_back() -> None:
    entries = numbered(visit(), step(Step.CONTACT), step(Step.DONE))
    for place in (1, 2, 9):
        with pytest.raises(Refusal) as refusal:
            take_back(after(*entries), entries, back(place))
        assert refusal.value.code == "step-not-newest"
    papers = numbered(visit(8, SlipKind.SUPPLEMENT_NOTICE), step(Step.CONTACT), visit())
    assert after(*papers).newest_step is None, "a paper is voided instead"
    assert after(visit(12, SlipKind.RECEIPT)).newest_step is None
    with pytest.raises(Refusal) as paper:
        take_back(after(*papers), papers, back(3))
    assert paper.value.code == "nothing-to-take-back"
    with pytest.raises(Refusal) as gone:
        take_back(after(*entries), [], back(3))
    assert gone.value.code == "case-without-act"


@pytest.mark.parametrize("which", sorted(set(Step) - AFTERWARDS))
def test_no_step_follows_the_end_of_a_case(which: Step) -> None:
    with pytest.raises(Refusal) as refusal:
        after(visit(), step(Step.DONE), step(which))
    assert refusal.value.code == "case-closed"


def test_a_clerks_own_words_may_follow_the_end_and_change_nothing_but_the_history() -> None:
    closed = after(visit(), step(Step.DONE))
    explained = after(visit(), step(Step.DONE), step(Step.TELLING_EXPLAINED, on=FRIDAY, note="当事人当时说未婚"))
    assert explained.history[-1].words == "经办人说明，当事人当时说未婚"
    assert replace(explained, history=closed.history) == closed
    running = after(visit(), step(Step.TELLING_EXPLAINED, note="已按目录告知"))
    assert replace(running, history=after(visit()).history) == after(visit())


def test_whoever_comes_again_takes_up_a_closed_case() -> None:
    again = after(visit(5, SlipKind.NOTIFICATION_SLIP, number="告〔2026〕1号"), visit())
    assert (again.open, again.stage, len(again.papers)) == (True, Stage.RECEIVED, 2)


@pytest.mark.parametrize(
    "acts",
    [
        (visit(),),
        (visit(3, None),),
        (visit(), step(Step.PAUSED, on=MONDAY, reason=PauseReason.ABOVE)),
        (visit(), Moved("one", MONDAY, FRIDAY, provisional=True), step(Step.DONE)),
        (visit(seq=7, recorded=NINE), step(Step.DELAY_TOLD, on=FRIDAY, due=FRIDAY)),
    ],
)
def test_a_case_reads_back_from_json(acts: tuple[Any, ...]) -> None:
    for case in (after(*acts), taken_back(visit(), step(Step.DONE))):
        assert from_payload(json.loads(json.dumps(to_payload(case)))) == case


def test_every_step_and_stage_has_a_name() -> None:
    assert len({each.label for each in Step}) == len(Step)
    assert len({each.label for each in Stage}) == len(Stage)
    assert after(visit(3, None)).look_at is None


def test_who_was_asked_first_looks_after_a_case_until_somebody_takes_it() -> None:
    case = fold(None, visit())
    assert replace(case, handler="", first_clerk="0001").looked_after_by == "0001"
    assert replace(case, handler="0002", first_clerk="0001").looked_after_by == "0002"
