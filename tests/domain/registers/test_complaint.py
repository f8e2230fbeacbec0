"""What is taken down of a complaint: the four ways of 守则 一(九)1, a name only from who gives one, and no identity number."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import (
    NUMBER_BYTES,
    Category,
    Complaint,
    ComplaintChannel,
    NameKept,
    complaint_number,
    read_number,
)
from counter_assistant.domain.registers.sealed_content import SealedContent

TODAY = date(2026, 11, 23)
COMPLAINT = Complaint(
    ComplaintChannel.PHONE, Category.ATTITUDE, "窗口说没见我正忙着吗", TODAY, NameKept.WITHHELD, "罗𠅤克", phone="13800000000",
    about="综合窗口 1", attachments="录音一段",
)  # fmt: skip
ANONYMOUS = Complaint(ComplaintChannel.LETTER, Category.OTHER, "大厅没有椅子", TODAY, NameKept.ANONYMOUS)


def refused(complaint: Complaint) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        complaint.checked(TODAY)
    return refusal.value


def test_each_way_and_each_sort_is_read_out() -> None:
    assert [way.label for way in ComplaintChannel] == ["现场", "电话", "网上", "信函"]
    assert [sort.label for sort in Category] == ["态度", "时限", "材料", "廉政", "单位不缴、少缴、不设户", "其他"]
    assert [kept.label for kept in NameKept] == ["署名", "要求对姓名保密", "匿名"]


def test_an_employer_is_reported_and_a_service_is_complained_about() -> None:
    assert {sort.item for sort in Category if sort is not Category.EMPLOYER} == {"D02"}
    assert Category.EMPLOYER.item == "D01"


def test_no_field_asks_for_an_identity_number() -> None:
    assert not [field.name for field in fields(Complaint) if "id" in field.name.split("_")]


def test_its_fields_are_kept_in_one_form() -> None:
    typed = replace(
        COMPLAINT, matter="等了\n  一个小时 ", name=" 罗𠅤克 ", phone="138 0000 0000", address="耿马镇\n白马路"
    )
    tidy = typed.checked(TODAY)
    assert (tidy.matter, tidy.name, tidy.phone) == ("等了 一个小时", "罗𠅤克", "13800000000")
    assert tidy.address == "耿马镇 白马路"
    assert ANONYMOUS.checked(TODAY) == ANONYMOUS


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"matter": " \n"}, "complaint-empty", "还没有写投诉的主要问题。请写下对方反映了什么。"),
        ({"matter": "问" * 2001}, "text-too-long", "主要问题有 2001 个字，超过 2000 个字。请缩短。"),
        ({"day": date(2026, 11, 24)}, "complaint-later", "投诉的日期还没有到。请核对日期。"),
        ({"name": ""}, "name-missing", "没有写投诉人的姓名。对方不愿意留姓名的，请选匿名，不必追问。"),
        (
            {"name": "", "name_kept": NameKept.NAMED},
            "name-missing",
            "没有写投诉人的姓名。对方不愿意留姓名的，请选匿名，不必追问。",
        ),
        (
            {"name_kept": NameKept.ANONYMOUS},
            "name-of-anonymous",
            "匿名投诉却写着姓名。对方要求匿名的，请删去姓名；只要求保密的，请选保密。",
        ),
        ({"phone": "没有"}, "bad-phone", "电话号码只能有数字和短横线，至少 5 位。请核对后重新输入，或者留空。"),
        ({"address": "路" * 201}, "text-too-long", "地址有 201 个字，超过 200 个字。请缩短。"),
        ({"about": "窗" * 201}, "text-too-long", "被投诉的部门或人员有 201 个字，超过 200 个字。请缩短。"),
        ({"attachments": "照" * 201}, "text-too-long", "附件有 201 个字，超过 200 个字。请缩短。"),
    ],
)
def test_what_cannot_be_recorded_is_said(change: dict[str, Any], code: str, said: str) -> None:
    refusal = refused(replace(COMPLAINT, **change))
    assert (refusal.code, str(refusal)) == (code, said)


def test_what_may_be_long_is_kept_and_what_is_only_doubtful_is_taken_as_it_was_said() -> None:
    """Who complains shows no document with which a name could be compared."""
    long = replace(COMPLAINT, matter="问" * 2000, address="路" * 200, about="窗" * 200, attachments="照" * 200)
    assert long.checked(TODAY) == long
    doubtful = replace(COMPLAINT, name="王3", phone="138000")
    assert doubtful.checked(TODAY) == replace(doubtful, name="王3", phone="138000")
    assert replace(COMPLAINT, phone="1380000000").checked(TODAY).phone == "1380000000"


@pytest.mark.parametrize(
    "complaint", [COMPLAINT, replace(COMPLAINT, number="TS-0", recorded=datetime(2026, 11, 23, 9, tzinfo=UTC))]
)
def test_what_is_sealed_is_read_as_it_was(complaint: Complaint) -> None:
    assert Complaint.from_payload(complaint.to_payload()) == complaint


@pytest.mark.parametrize("wrong", [{"name": 1}, {"channel": "radio"}, {"day": "gestern"}])
def test_what_nobody_wrote_is_not_read(wrong: dict[str, Any]) -> None:
    said = COMPLAINT.to_payload()["complaint"]
    with pytest.raises(ValueError, match=r"should be a text|radio|gestern"):
        Complaint.from_payload({"complaint": said | wrong})
    with pytest.raises(KeyError):
        Complaint.from_payload({"complaint": {}})


def test_nothing_of_it_is_shown_where_an_error_is_reported() -> None:
    assert "罗𠅤克" not in repr(COMPLAINT) + repr([COMPLAINT])


def test_a_number_has_eight_signs_that_nobody_mistakes() -> None:
    assert complaint_number(bytes(NUMBER_BYTES)) == "TS-0000-0000"
    assert complaint_number(b"\xff" * NUMBER_BYTES) == "TS-ZZZZ-ZZZZ"
    assert read_number(" ts o1il-zz99") == "TS-0111-ZZ99"
    assert read_number("ＴＳ－ＴＳ３Ｘ－ＲＷＮＢ") == read_number("ts3x rwnb") == "TS-TS3X-RWNB"


@given(chance=st.binary(min_size=NUMBER_BYTES, max_size=NUMBER_BYTES))
def test_every_number_is_read_back(chance: bytes) -> None:
    number = complaint_number(chance)
    assert read_number(number.lower().replace("-", " ")) == number


@pytest.mark.parametrize(
    "typed", ["", "TS-123", "TS-1234-56789", "LC01-GZ-2026-000001", "TS-UUUU-UUUU", "投诉一二三四五六"]
)
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_number(typed)
    assert refusal.value.code == "bad-complaint-number"
    assert str(refusal.value) == "这不是投诉登记的编号。编号是 TS 加八位字母或数字，如 TS-7K3M-9P2Q。"


def test_a_sealed_content_is_read_as_it_was_and_nothing_else_is_one() -> None:
    sealed = SealedContent("x25519", "00", "AAAA")
    assert SealedContent.from_payload(sealed.to_payload()) == sealed
    for other in ({"sealed": "0123"}, {}):
        with pytest.raises(ValueError, match="sealed"):
            SealedContent.from_payload(other)
