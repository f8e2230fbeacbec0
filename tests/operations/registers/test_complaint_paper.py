"""The papers of a complaint: what the keeper files says who did what; what who complained takes along names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import (
    ComplaintHandling,
    ComplaintStep,
    Satisfaction,
    StepTold,
    TellingWay,
)
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_paper import WITHHELD, receipt, register_sheet
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from tests.make import NOW, an_office, text_of

NAME, PHONE, PLACE, TEXT, ABOUT = "玉罕", "13987654321", "耿马镇", "等了一个小时没有人理", "二号窗口"
TOLD = Complaint(
    ComplaintChannel.WINDOW, Category.TIME, TEXT, NOW.date(), NameKept.NAMED, NAME, PLACE, PHONE, ABOUT, "照片1张"
)
STEPS: tuple[tuple[ComplaintStep, dict[str, Any]], ...] = (
    (ComplaintStep.ACCEPT, {"way": TellingWay.PHONE}),
    (ComplaintStep.TRANSFER, {"to": "0002", "text": "出差"}),
    (ComplaintStep.VERIFY, {"text": "调看录像属实"}),
    (ComplaintStep.DECIDE, {"text": "批评教育", "handling": ComplaintHandling.INVESTIGATED}),
    (ComplaintStep.FEED_BACK, {"way": TellingWay.LETTER, "satisfaction": Satisfaction.FAIR}),
    (ComplaintStep.FILE, {"volume": "2026投1"}),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path, training=True)) as made:
        yield made


def sheet_of(office: Office, complaint: Complaint) -> str:
    key = register_key(office)
    return words(register_sheet(office, key, complaints.record(office, key, complaint).number))


def words(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


def test_the_sheet_says_what_was_taken_down_and_each_step_with_who_took_it(office: Office) -> None:
    key = register_key(office)
    number = complaints.record(office, key, TOLD).number
    before = words(register_sheet(office, key, number))
    assert "批评教育" not in before
    for step, told in STEPS:
        clerk = "0001" if step in (ComplaintStep.ACCEPT, ComplaintStep.TRANSFER) else "0002"
        complaints.take_step(office, key, StepTold(number, step, **told), clerk=clerk)
    complaints.supplement(office, key, number, "第二天又等了一次")
    text = words(register_sheet(office, key, number))
    second = office.profile.clerk_names["0002"]
    for said in (
        "投诉来访登记表", number, NAME, PHONE, PLACE, TEXT, ABOUT, "照片1张", "现场", "时限", "电话", f"转{second}", "出差",
        "调看录像属实", "查处批评教育", "信函，基本满意", "2026投1", "第二天又等了一次", "前反馈", "投诉人（签名）", "办理人（签名）",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize(("kept", "said"), [(NameKept.WITHHELD, WITHHELD), (NameKept.ANONYMOUS, "匿名")])
def test_who_withholds_a_name_stands_on_no_paper(office: Office, kept: NameKept, said: str) -> None:
    name = "" if kept is NameKept.ANONYMOUS else NAME
    text = sheet_of(office, replace(TOLD, name_kept=kept, name=name))
    assert said in text
    assert not [secret for secret in (NAME, PHONE, PLACE, "投诉人（签名）") if secret in text]
    assert TEXT in text


@pytest.mark.parametrize("channel", [ComplaintChannel.PHONE, ComplaintChannel.ONLINE, ComplaintChannel.LETTER])
def test_nobody_who_is_not_there_is_asked_to_sign(office: Office, channel: ComplaintChannel) -> None:
    assert "投诉人（签名）" not in sheet_of(office, replace(TOLD, channel=channel))


def test_the_sheet_is_for_keepers(office: Office) -> None:
    key = register_key(office)
    number = complaints.record(office, key, TOLD).number
    with pytest.raises(Refusal) as refused:
        register_sheet(office, RegisterKey(key.public), number)
    assert refused.value.code == "not-a-keeper"


def test_the_receipt_names_the_number_and_nobody(office: Office) -> None:
    key = register_key(office)
    number = complaints.record(office, key, TOLD).number
    text = words(receipt(office, number.lower(), ComplaintChannel.WINDOW))
    assert "投诉登记回执" in text
    assert number in text
    assert office.profile.supervision_phone in text
    people = [clerk.name for clerk in office.profile.clerks]
    assert not [named for named in (NAME, PHONE, PLACE, TEXT, ABOUT, *people) if named in text]
    with pytest.raises(Refusal) as refused:
        receipt(office, "17", ComplaintChannel.WINDOW)
    assert refused.value.code == "bad-complaint-number"
