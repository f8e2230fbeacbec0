"""Who is there today: named on the line 今天, in charge of what is another's, followed as the book grows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import away_in_words, away_today, on_duty
from counter_assistant.operations.registers.handover.recording import hand_back, hand_over
from tests.make import an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def leave(office: Office, who: str, receiver: str, witness: str = "0005", **days: str) -> int:
    return hand_over(office, {"until": "+1", "who": who, "receiver": receiver, "witness": witness, **days}).seq


def test_while_everybody_is_there_the_profile_is_that_of_the_office(office: Office) -> None:
    duty = on_duty(office)
    assert duty.profile is office.profile
    assert (duty.in_charge("0001"), duty.stand_in("0001"), away_in_words(office)) == ("0001", None, "")


def test_two_are_named_and_of_more_it_is_said_how_many(office: Office) -> None:
    leave(office, "0001", "0002")
    assert away_in_words(office) == "李某（王某代）"
    leave(office, "0003", "0002")
    assert away_in_words(office) == "李某（王某代）、张某（王某代）"
    leave(office, "0004", "0002")
    assert away_in_words(office) == "李某（王某代）、张某（王某代）等 3 人"
    assert [each.said.who for each in away_today(office)] == ["0001", "0003", "0004"]


def test_who_leaves_later_is_there_today(office: Office) -> None:
    leave(office, "0001", "0002", since="+1")
    assert (away_today(office), away_in_words(office)) == ((), "")


def test_who_stands_in_is_known_with_their_phone_until_the_return(office: Office) -> None:
    seq = leave(office, "0003", "0004")
    duty = on_duty(office)
    stand_in = duty.stand_in("0003")
    assert stand_in is not None
    assert (stand_in.name, stand_in.phone, duty.in_charge("0003"), duty.in_charge("0001")) == (
        "赵某", "0883-0000004", "0004", "0001",
    )  # fmt: skip
    hand_back(office, seq, {"witness": "0005"})
    assert on_duty(office).profile is office.profile


def test_who_has_left_the_office_stands_in_for_nobody(office: Office) -> None:
    leave(office, "0001", "0002")
    clerks = tuple(clerk for clerk in office.profile.clerks if clerk.staff_number != "0002")
    office.decide_profile(replace(office.profile, clerks=clerks))
    duty = on_duty(office)
    assert (duty.stand_in("0001"), duty.profile is office.profile) == (None, True)
    assert away_in_words(office) == "李某"
