"""What each step of a complaint says, and how it is written down to be sealed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import (
    FURTHER,
    ORDER,
    ComplaintHandling,
    ComplaintStep,
    ComplaintStepTaken,
    Said,
    Satisfaction,
    StepTold,
    Supplement,
    TellingWay,
    said_in,
)

NUMBER = "TS-0000-0001"
NOW, DUE = datetime(2026, 11, 23, 10, 42, tzinfo=UTC), date(2026, 12, 14)
ACCEPT, TRANSFER, VERIFY, DECIDE, FEED_BACK, FILE = ComplaintStep
COMPLAINT = Complaint(
    ComplaintChannel.WINDOW, Category.TIME, "等了一个小时", NOW.date(), NameKept.ANONYMOUS, number=NUMBER, author="0001",
    recorded=NOW,
)  # fmt: skip
WHOLE = StepTold(
    NUMBER, FEED_BACK, "已致歉", "0002", TellingWay.PHONE, ComplaintHandling.MEDIATED, Satisfaction.FAIR, "2026-投-1"
)
SAID: list[Said] = [
    COMPLAINT,
    ComplaintStepTaken(WHOLE, "0001", NOW, DUE, provisional=True),
    ComplaintStepTaken(StepTold(NUMBER, ACCEPT), "0001", NOW),
    Supplement(NUMBER, "又打来一次", "0001", NOW),
]


@pytest.mark.parametrize("said", SAID)
def test_what_is_sealed_is_read_as_it_was(said: Said) -> None:
    assert said_in(said.to_payload()) == said
    assert said.of == NUMBER
    assert "0001" not in repr(said) + repr(WHOLE)


def test_everything_is_written_as_a_text_and_what_is_missing_as_an_empty_one() -> None:
    (_, whole, bare, _) = SAID
    assert whole.to_payload() == {
        "step": {
            "of": NUMBER, "step": "feed_back", "text": "已致歉", "to": "0002", "way": "phone", "handling": "mediated",
            "satisfaction": "fair", "volume": "2026-投-1", "author": "0001", "at": "2026-11-23T10:42:00+00:00",
            "due": "2026-12-14", "provisional": "yes",
        }
    }  # fmt: skip
    empty = dict.fromkeys(("text", "to", "way", "handling", "satisfaction", "volume", "due", "provisional"), "")
    assert bare.to_payload()["step"] == {
        "of": NUMBER, "step": "accept", "author": "0001", "at": "2026-11-23T10:42:00+00:00", **empty,
    }  # fmt: skip


@pytest.mark.parametrize("payload", [{}, {"opinion": {}}, {"step": "受理"}, {"step": {}, "supplement": {}}])
def test_what_says_nothing_known_is_not_read(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^it says nothing known$"):
        said_in(payload)


@pytest.mark.parametrize("wrong", [{"step": "burn"}, {"at": "gestern"}, {"way": "smoke"}, {"due": 1}])
def test_what_nobody_wrote_is_not_read(wrong: dict[str, Any]) -> None:
    said = SAID[1].to_payload()["step"]
    with pytest.raises(ValueError, match=r"burn|gestern|smoke|should be a text"):
        said_in({"step": said | wrong})
    with pytest.raises(KeyError):
        said_in({"supplement": {"of": NUMBER}})


def test_every_choice_has_its_word() -> None:
    assert [step.label for step in ORDER] == ["受理", "核实", "处理", "反馈", "立卷归档"]
    assert TRANSFER.label == "转办"
    assert [way.label for way in TellingWay] == ["当面", "电话", "网上", "信函", "无法联系"]
    assert [handling.label for handling in ComplaintHandling] == ["查处", "当场调解", "转有关单位", "只记意见"]
    assert [said.label for said in Satisfaction] == ["满意", "基本满意", "不满意", "未表态"]


def test_what_a_step_asks_for_it_may_say() -> None:
    asked = {step: set(step.asks) for step in ComplaintStep}
    assert asked == {
        ACCEPT: set(), TRANSFER: {"to", "text"}, VERIFY: {"text"}, DECIDE: {"text"}, FEED_BACK: {"way"}, FILE: {"volume"},
    }  # fmt: skip
    for step, names in asked.items():
        assert names - {"text"} <= step.may_say <= set(FURTHER)
    assert set().union(*(step.may_say for step in ComplaintStep)) == set(FURTHER)
