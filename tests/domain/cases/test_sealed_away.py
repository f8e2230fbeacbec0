"""What an entry still says in the open once its matter is sealed: nothing that somebody said, and of a slip its number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, StepWithdrawn, act_from_payload
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.cases.sealed_away import is_sealed_away, left_open
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import (
    DESTROYED,
    SEALED_AWAY,
    Card,
    Registered,
    SlipReprinted,
    SlipVoided,
)
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.number_entry import NumberConfirmed, NumberRevealed
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled
from counter_assistant.domain.typed_text.id_type import IdType

SAID = "金丝雀"
DAY = date(2026, 11, 23)
ACT = ActRecorded(None, Applicant(SAID), Facts(item="D02", day=DAY, reason=SAID))
CARD = Card(
    "1号", "promise_notice", SAID, "D02", "服务投诉", "2026-11-23", "李某", "0000", "002X", "phone", "0123", (SAID,)
)
SLIP = SlipIssued(Registered("p/2026", 7, CARD), {"texts": [SAID]}, ACT)


def test_of_a_slip_series_number_kind_and_code_are_left() -> None:
    left = SlipIssued.from_payload(left_open(SLIP))
    assert left.registered == Registered(
        "p/2026", 7, Card("1号", "promise_notice", "", "", SEALED_AWAY, "", "", qr="0123")
    )
    assert (left.slip, left.act) == ({}, None)
    destroyed = SlipIssued.from_payload(left_open(SLIP, DESTROYED)).registered.card
    assert destroyed == Card("1号", "promise_notice", "", "", DESTROYED, "", "", qr="0123")
    assert left_open(ACT, DESTROYED) == {}


@pytest.mark.parametrize(
    "content", [ACT, StepTaken("case", Step.DONE, DAY, "0001", SAID), CallNoted(SAID, "D02", "0001", "phone", SAID)]
)
def test_of_an_act_without_a_paper_nothing_is_left(content: Any) -> None:
    assert left_open(content) == {}
    assert act_from_payload({"schema": 1}) is None


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (StepWithdrawn("case", 4, SAID, "0001", SAID), StepWithdrawn("case", 4, "", "0001")),
        (SlipVoided("1号", SAID, "李某", True), SlipVoided("1号", "", "李某", True)),
        (SlipReprinted("1号", SAID, "李某"), SlipReprinted("1号", "", "李某")),
        (NumberRevealed("1号", SAID, "0001"), NumberRevealed("1号", "", "0001")),
        (NumberConfirmed(IdType.RESIDENT, SAID, "0001", SAID), NumberConfirmed(IdType.RESIDENT, "", "0001")),
        (
            Review("act", SAID, SlipKind.RECEIPT, False, SAID, "0001", "0002"),
            Review("act", "", SlipKind.RECEIPT, False, "", "0001", "0002"),
        ),
        (Answered(4, SAID, SAID, SAID, "0001"), Answered(4, "", "", "", "0001")),
        (ResultFiled(4, SAID, SAID, "0001"), ResultFiled(4, "", "", "0001")),
        (RegisterWithdrawn(4, SAID, "0001"), RegisterWithdrawn(4, "", "0001")),
    ],
)
def test_of_what_was_said_about_it_all_is_left_but_the_words(content: Any, left: Any) -> None:
    assert left_open(content) == left.to_payload()
    assert SAID not in str(left_open(content))


def test_what_is_sealed_away_is_told_from_what_is_not() -> None:
    assert is_sealed_away(None)
    assert is_sealed_away(SlipIssued.from_payload(left_open(SLIP)))
    for content in (SLIP, ACT, SlipIssued(SLIP.registered, SLIP.slip, None)):
        assert not is_sealed_away(content)
