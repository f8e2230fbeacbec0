"""What is asked about a complaint is what its register needs, and nothing about who somebody is by number."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_forms import (
    COMPLAINT_FORM,
    STEP_FORMS,
    read_complaint,
    read_step,
    read_year,
)
from counter_assistant.domain.registers.complaint_steps import (
    FURTHER,
    ComplaintHandling,
    ComplaintStep,
    Satisfaction,
    StepTold,
    TellingWay,
)
from counter_assistant.domain.registers.hand_forms import FieldSort

TODAY = date(2026, 11, 23)


def test_a_complaint_is_read_as_it_was_typed_and_without_a_day_is_of_today() -> None:
    typed = {
        "channel": "phone", "category": "时限", "name_kept": "withheld", "name": "玉罕", "phone": "13900002222",
        "matter": "等了两个小时", "about": "综合窗口", "address": "耿马镇", "attachments": "照片 1 张",
    }  # fmt: skip
    told = Complaint(
        ComplaintChannel.PHONE, Category.TIME, "等了两个小时", TODAY, NameKept.WITHHELD, "玉罕", "耿马镇", "13900002222",
        "综合窗口", "照片 1 张",
    )  # fmt: skip
    assert read_complaint(typed, TODAY) == told
    assert read_complaint({**typed, "day": "11-20"}, TODAY).day == date(2026, 11, 20)


def test_what_was_not_chosen_is_what_stands_first() -> None:
    told = read_complaint({"matter": "态度生硬"}, TODAY)
    assert (told.channel, told.category, told.name_kept) == (
        ComplaintChannel.WINDOW,
        Category.ATTITUDE,
        NameKept.NAMED,
    )
    with pytest.raises(Refusal) as refused:
        read_complaint({"channel": "传真"}, TODAY)
    assert refused.value.code == "unknown-value"


def test_every_field_of_the_register_is_asked_but_what_is_given_when_it_is_recorded() -> None:
    assert {field.name for field in COMPLAINT_FORM} == {*Complaint.__slots__} - {"number", "author", "recorded"}
    assert not [field.label for field in COMPLAINT_FORM if "证件" in field.label + field.prompt]


@pytest.mark.parametrize("step", ComplaintStep)
def test_a_step_asks_what_it_must_say_and_nothing_that_is_anothers(step: ComplaintStep) -> None:
    asked = {field.name: field for field in STEP_FORMS[step]}
    assert step.asks.keys() <= asked.keys()
    assert {name for name in asked if name in FURTHER} == step.may_say
    assert {name: asked[name].label for name in step.asks} == dict(step.asks)
    assert all(asked[name].required for name in step.asks)


def test_a_step_is_read_as_it_was_typed() -> None:
    number = "TS-7K3M-9P2Q"
    told = read_step(number, ComplaintStep.FEED_BACK, {"way": "phone", "satisfaction": "满意"})
    assert told == StepTold(number, ComplaintStep.FEED_BACK, way=TellingWay.PHONE, satisfaction=Satisfaction.SATISFIED)
    assert read_step(number, ComplaintStep.DECIDE, {"text": "批评教育"}) == StepTold(
        number, ComplaintStep.DECIDE, "批评教育", handling=ComplaintHandling.INVESTIGATED
    )
    assert read_step(number, ComplaintStep.TRANSFER, {"to": "0002", "text": "出差"}).to == "0002"
    assert read_step(number, ComplaintStep.FILE, {"volume": "2026-投-1"}).volume == "2026-投-1"
    assert [field.sort for field in STEP_FORMS[ComplaintStep.TRANSFER]] == [FieldSort.CLERK, FieldSort.TEXT]


@pytest.mark.parametrize(("typed", "year"), [("2026", 2026), ("２０２５年", 2025), (" 1999 ", 1999)])
def test_a_year_is_read_as_it_is_written(typed: str, year: int) -> None:
    assert read_year(typed) == year


@pytest.mark.parametrize("typed", ["", "年", "26", "20261", "二〇二六", "2o26", "²⁰²⁶a"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_year(typed)
    assert (refusal.value.code, refusal.value.remedy) == ("bad-year", "如 2026。")
    assert "“哪一年归档的”" in refusal.value.sentence
