"""What a complaint of before says in the sealed register: as it was written, as far as it had come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_state import ComplaintState, Written, fold_register
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, Supplement, TellingWay
from counter_assistant.domain.registers.old_matter import AS_IT_WAS, NOT_WRITTEN, OldLine, OldMatter, as_sealed
from tests.make import BEIJING

NUMBER, KEEPER = "TS-7K3M-9P2Q", "0002"
FIRST, LAST, NOW = (datetime(2026, 11, day, 9, tzinfo=BEIJING) for day in (2, 9, 23))
TAKEN, ENDED = OldLine("0001", FIRST, "出具承诺通知书 1号"), OldLine("0003", LAST, "办结，已致歉")
DUE = date(2026, 11, 20)
OLD = OldMatter(
    "D02", "服务投诉", "letter", FIRST.date(), (TAKEN, ENDED), "岩温", "13800000000", ("等了一小时", "没人理"), ("1号", "2号"),
    DUE, True,
)  # fmt: skip


def state_of(old: OldMatter) -> ComplaintState:
    """How it stands for the keepers, once every part of it was read again."""
    said = as_sealed(old, NUMBER, KEEPER, NOW)
    register = fold_register(Written(one, by_keeper=True) for one in said)
    assert register.strays == ()
    return register.complaints[NUMBER]


def test_it_says_what_was_written_by_whom_and_when() -> None:
    assert state_of(OLD).complaint == Complaint(
        ComplaintChannel.LETTER, Category.OTHER, "等了一小时。没人理。以前记成“服务投诉”，文书 1号、2号", FIRST.date(), NameKept.WITHHELD,
        "岩温", "", "13800000000", number=NUMBER, author="0001", recorded=FIRST,
    )  # fmt: skip
    assert state_of(OLD).besides == (
        Supplement(NUMBER, TAKEN.words, "0001", FIRST),
        Supplement(NUMBER, ENDED.words, "0003", LAST),
    )


def test_a_report_of_an_employer_keeps_its_limit_and_who_is_not_named_is_anonymous() -> None:
    said = state_of(
        replace(OLD, item="D01", item_name="举报单位", name="", said=(), numbers=(), channel="kit")
    ).complaint
    assert (said.category, said.name_kept, said.channel) == (
        Category.EMPLOYER,
        NameKept.ANONYMOUS,
        ComplaintChannel.WINDOW,
    )
    assert said.matter == f"{NOT_WRITTEN}。以前记成“举报单位”，没有文书"


def test_what_nobody_took_in_waits_for_that() -> None:
    state = state_of(OLD)
    assert (state.next, state.taken, state.due) == (ComplaintStep.ACCEPT, (), None)


def test_what_was_promised_binds_on() -> None:
    state = state_of(replace(OLD, accepted=True))
    (step,) = state.taken
    assert (state.next, state.owner, state.due, state.provisional) == (ComplaintStep.VERIFY, KEEPER, DUE, True)
    assert (step.author, step.at) == (KEEPER, NOW)
    assert step.told.text == f"{AS_IT_WAS}：工号 0001 2026年11月2日记，原定 2026年11月20日前答复"
    firm = state_of(replace(OLD, accepted=True, provisional=False))
    assert (firm.due, firm.provisional) == (DUE, False)


def test_without_a_day_none_is_told_and_none_is_provisional() -> None:
    state = state_of(replace(OLD, accepted=True, due=None))
    assert (state.due, state.provisional) == (None, False)
    assert state.taken[0].told.text == f"{AS_IT_WAS}：工号 0001 2026年11月2日记"


@pytest.mark.parametrize("accepted", [True, False])
def test_what_had_ended_waits_for_its_file_alone(accepted: bool) -> None:
    state = state_of(replace(OLD, accepted=accepted, ended=True))
    assert (state.next, state.due, state.provisional) == (ComplaintStep.FILE, None, False)
    assert not state.overdue(NOW.date())
    accept, *rest = state.taken
    assert accept.told.text.endswith("原定 2026年11月20日前答复")
    assert {step.told.text for step in rest} == {f"{AS_IT_WAS}：办结，已致歉"}
    assert [step.told.way for step in state.taken] == [None, None, None, TellingWay.LETTER]


def test_nothing_of_it_is_shown_by_repr() -> None:
    assert "岩温" not in repr(OLD)
    assert "致歉" not in repr(ENDED)
