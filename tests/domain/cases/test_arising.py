"""What a visit becomes in the registers by itself (守则 一(六)、一(七)3、4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued
from counter_assistant.domain.cases.arising import begins, register_rows
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import Card, Registered
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.hand_entries import Opinion
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import Standing, State

ENTRY = Entry(7, datetime.now(UTC), EntryKind.SLIP_ISSUED, {}, b"", "visit")
WHO = Applicant("玉罕", "13900002222", id_number="11010519491231002X", agent=Agent("岩温", "配偶"))
FIRST, INQUIRY, REFERRAL, RESULT = (
    RegisterKind.FIRST_CONTACT, RegisterKind.INQUIRY, RegisterKind.REFERRAL, RegisterKind.RESULT_FILED,
)  # fmt: skip


def act(rule: Rule | None, kind: SlipKind | None, *, who: Applicant = WHO, **facts: Any) -> ActRecorded:
    said = {"item": "B08", "item_name": "租房提取", "rule": rule, "clerk": "0001", **facts}
    return ActRecorded(Result(kind, "", None, None, False), who, Facts(**said))


def slip(said: ActRecorded) -> SlipIssued:
    card = Card("临公积金耿一告〔2026〕1号", "", "玉罕", "B08", "租房提取", "2026-11-23", "李某")
    return SlipIssued(Registered("series", 1, card), {}, said)


def rows(content: object) -> list[tuple[RegisterKind, str, State, str]]:
    return [(row.kind, row.line, row.state, row.stage) for row in register_rows(ENTRY, content)]


def test_the_first_visit_of_a_case_is_a_first_contact_and_a_later_one_is_none() -> None:
    said = act(Rule.INQUIRY, SlipKind.NOTIFICATION_SLIP)
    (row,) = register_rows(ENTRY, slip(said))
    assert (row.kind, row.line) == (FIRST, "玉罕　租房提取　临公积金耿一告〔2026〕1号")
    assert (row.case, row.names, row.marks) == ("visit", ("玉罕", "岩温"), ("B08", "2222", "002X"))
    assert rows(act(Rule.INQUIRY, SlipKind.NOTIFICATION_SLIP, case="visit"))[0][:2] == (
        FIRST,
        "玉罕　租房提取　口头一次性告知单",
    )
    assert rows(act(Rule.INQUIRY, None, who=Applicant())) == [(FIRST, "未留姓名　租房提取　登记", State.NOTED, "")]
    assert rows(act(Rule.INQUIRY, SlipKind.NOTIFICATION_SLIP, case="before")) == []


def test_an_unclear_question_waits_as_long_as_its_case_does() -> None:
    said = act(Rule.UNCLEAR_INQUIRY, None, details={"asked": "能不能提两次"})
    assert rows(said) == [
        (FIRST, "玉罕　租房提取　登记", State.NOTED, ""),
        (INQUIRY, "玉罕　租房提取　能不能提两次", State.OPEN, "asked"),
    ]


@pytest.mark.parametrize(
    ("kind", "details", "state", "stage", "where"),
    [
        (SlipKind.INTRODUCTION, {"colleague": "贷款岗"}, State.OPEN, "handed_on", "　贷款岗"),
        (SlipKind.CUSTODY_RECORD, {}, State.OPEN, "handed_on", ""),
        (SlipKind.GUIDANCE, {"refer_to": "某县公安局"}, State.NOTED, "", "　某县公安局"),
    ],
)
def test_who_is_handed_on_is_followed_and_who_is_shown_the_way_is_noted(
    kind: SlipKind, details: dict[str, str], state: State, stage: str, where: str
) -> None:
    said = slip(act(Rule.COLLEAGUE, kind, details=details, case="before"))
    assert rows(said) == [(REFERRAL, f"玉罕　租房提取　临公积金耿一告〔2026〕1号{where}", state, stage)]


def test_the_result_of_what_was_sent_up_is_to_be_filed_once_the_case_has_ended() -> None:
    said = slip(act(Rule.REFERRAL, SlipKind.REFERRAL_NOTICE, case="before"))
    assert rows(said) == [(RESULT, "玉罕　租房提取　临公积金耿一告〔2026〕1号", State.OPEN, "closed")]
    assert begins(register_rows(ENTRY, said)) == Standing(State.OPEN)


def test_the_earliest_acts_and_other_entries_give_none() -> None:
    assert rows(ActRecorded(None, WHO, Facts("B08", rule=Rule.INQUIRY))) == []
    assert rows(act(None, SlipKind.NOTIFICATION_SLIP)) == []
    assert rows(object()) == []


def test_only_what_stands_by_itself_can_be_ended_or_taken_back_there() -> None:
    opinion = Opinion("2026-11-23", "box", "praise", "谢谢", "", "", "0001")
    assert begins(register_rows(ENTRY, opinion)) == Standing(State.NOTED)
    assert begins(register_rows(ENTRY, CallNoted("问", "", "0001", "phone"))) == Standing(State.NOTED)
    for said in (act(Rule.UNCLEAR_INQUIRY, None), act(Rule.INQUIRY, None), object()):
        assert begins(register_rows(ENTRY, said)) is None
