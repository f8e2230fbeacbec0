"""Which entries hold whole numbers, how long those are kept, and what is left without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued
from counter_assistant.domain.cases.whole_numbers import (
    KEEPING,
    OF_ENTRIES,
    Numbered,
    holds_whole,
    keeping_of,
    without_whole,
)
from counter_assistant.domain.entry import ACTS, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import Card, Registered
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.number_entry import NumberConfirmed
from counter_assistant.domain.people.number_keeping import Keeping
from counter_assistant.domain.typed_text.id_type import IdType
from tests.make import ID_NUMBER, PHONE

WHO = Applicant("罗𠅤克", PHONE, id_number=ID_NUMBER)
CARD = Card("1号", "promise_notice", "罗𠅤克", "B08", "租房提取", "2026-11-23", "李某", "0000", "002X")
FACTS = Facts(item="B08", day=date(2026, 11, 23), clerk="0001")
ACT = ActRecorded(None, WHO, FACTS)
SLIP = SlipIssued(Registered("p/2026", 1, CARD), {"texts": ["110105********002X"]}, ACT)
CONFIRMED = NumberConfirmed(IdType.RESIDENT, "110105********002X", "0001", ID_NUMBER)


def test_every_kind_of_paper_and_of_act_has_its_row() -> None:
    assert set(SlipKind) | ACTS - {EntryKind.SLIP_ISSUED} | {EntryKind.NUMBER_CONFIRMED} == KEEPING.keys()
    assert ACTS | {EntryKind.NUMBER_CONFIRMED} == OF_ENTRIES
    assert set(KEEPING.values()) == set(Keeping)


def test_how_long_is_that_of_the_paper_or_of_the_act() -> None:
    assert keeping_of(EntryKind.SLIP_ISSUED, SLIP) is Keeping.FILE
    assert keeping_of(EntryKind.ORAL_NOTICE, ACT) is Keeping.INQUIRY
    assert keeping_of(EntryKind.NUMBER_CONFIRMED, CONFIRMED) is Keeping.PAPER


@pytest.mark.parametrize("content", [ACT, SLIP, CONFIRMED])
def test_what_is_left_holds_none_and_says_all_else(content: Numbered) -> None:
    left = without_whole(content)
    assert (holds_whole(content), holds_whole(left)) == (True, False)
    said, says = str(content.to_payload()), str(left.to_payload())
    assert ID_NUMBER in said
    assert (ID_NUMBER in says, PHONE in says) == (False, False)
    assert "110105********002X" in says
    assert without_whole(left) == left


def test_an_agents_numbers_are_whole_numbers_too() -> None:
    agent = Agent("玉罕", "配偶", phone=PHONE, id_number=ID_NUMBER)
    act = replace(ACT, applicant=Applicant("罗𠅤克", agent=agent))
    assert holds_whole(act)
    left = without_whole(act)
    assert isinstance(left, ActRecorded)
    kept = left.applicant.agent
    assert (kept.name, kept.masked_id, kept.masked_phone) == ("玉罕", "110105********002X", "138****0000")
    assert not holds_whole(left)


def test_what_says_no_number_is_as_it_was() -> None:
    nobody = replace(ACT, applicant=Applicant())
    earliest = replace(SLIP, act=None)
    assert not holds_whole(nobody)
    assert not holds_whole(earliest)
    assert not holds_whole(None)
    assert without_whole(nobody) == nobody
    assert without_whole(earliest) == earliest
