"""What the book keeps of a paper that was voided or corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.papers.paper_entry import Card, SlipVoided
from counter_assistant.domain.people.roles import Permission

OLD = {"number": "1号", "reason": "打错", "clerk": "李某", "copy_returned": False}


def test_a_void_as_it_was_first_written_reads_as_it_was() -> None:
    void = SlipVoided.from_payload(OLD)
    assert void == SlipVoided("1号", "打错", "李某", copy_returned=False)
    assert (void.corrected_by, void.state, void.to_payload()) == ("", "作废", OLD)


def test_a_corrected_one_says_by_which() -> None:
    corrected = SlipVoided("1号", "打错", "李某", copy_returned=True, corrected_by="2号")
    said = {**OLD, "copy_returned": True, "corrected_by": "2号"}
    assert (corrected.state, corrected.to_payload()) == ("已更正", said)
    assert SlipVoided.from_payload(said) == corrected


def test_voiding_on_another_day_is_another_act() -> None:
    day, next_day = date(2026, 11, 23), date(2026, 11, 24)
    assert [Permission.voiding(day, today) for today in (day, next_day)] == [Permission.VOID, Permission.VOID_LATER]


FOUND_BY = Card("1号", "receipt", "李某", "B08", "租房", "2026-11-23", "李某", phone_tail="0000", id_tail="002X")


@pytest.mark.parametrize("whole", [{"phone_tail": "80000"}, {"id_tail": "1002X"}])
def test_a_card_holds_no_whole_number(whole: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="tails, not whole numbers"):
        replace(FOUND_BY, **whole)
