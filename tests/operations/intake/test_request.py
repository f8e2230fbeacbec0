"""A request is read whole or refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.operations.intake.json_file import LARGEST_REQUEST
from counter_assistant.operations.intake.request_json import read_request, read_request_file
from tests.make import a_request, content


def test_the_least_request_is_an_inquiry() -> None:
    request = read_request({"item": "B08"})
    assert request.purpose is Purpose.INQUIRE
    assert request.slip is None
    assert request.on_the_spot is True


@pytest.mark.parametrize(("received", "purpose"), [([], "inquire"), (["id-card"], "apply"), ("all", "apply")])
def test_what_is_filed_makes_an_application(received: Any, purpose: str) -> None:
    assert a_request(received=received).purpose == purpose


def test_a_stated_purpose_holds_against_what_is_filed() -> None:
    assert a_request(received=["id-card"], purpose="inquire").purpose is Purpose.INQUIRE


def test_the_example_of_the_product_is_read() -> None:
    example = {
        "item": "B08", "purpose": "inquire", "answers": {"who": "self", "marital": "married", "lease": "unregistered"},
        "applicant": {"name": "罗𠅤克", "phone": "13800000000", "id_type": "resident", "id_number": None,
                      "agent": {"name": "", "relation": ""}},
        "received": [], "defects": [{"id": "purchase-invoice", "why": "未盖发票专用章"}],
        "eligible": "unchecked", "duty": "ours", "clarity": "clear", "hold": None, "on_the_spot": True,
        "channel": "window", "delivery": "written", "slip": "auto", "reason": "", "clerk": "李某", "on": "2026-11-23",
        "request_id": "any text",
    }  # fmt: skip
    request = read_request(example)
    assert request.applicant.name == "罗𠅤克"
    assert request.defects == {"purchase-invoice": "未盖发票专用章"}
    assert request.eligible is Eligibility.UNCHECKED


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"colour": "red"}, "unknown-field", "colour"),
    ({"applicant": {"nickname": "x"}}, "unknown-field", "nickname"),
    ({"applicant": {"agent": {"age": 3}}}, "unknown-field", "age"),
    ({"applicant": {"agent": {"id_type": "library"}}}, "unknown-value", "library"),
    ({"applicant": {"agent": {"phone": 138}}}, "wrong-type", "phone"),
    ({"applicant": "罗"}, "wrong-type", "applicant"),
    ({"purpose": "maybe"}, "unknown-value", "maybe"),
    ({"eligible": "perhaps"}, "unknown-value", "perhaps"),
    ({"hold": "weather"}, "unknown-value", "weather"),
    ({"slip": "ticket"}, "unknown-value", "ticket"),
    ({"channel": "pigeon"}, "unknown-value", "pigeon"),
    ({"on": "23.11.2026"}, "bad-date", "23.11.2026"),
    ({"on": "2026-02-30"}, "bad-date", "2026-02-30"),
    ({"on": "11-23"}, "bad-date", "11-23"),
    ({"on_the_spot": "yes"}, "wrong-type", "on_the_spot"),
    ({"on_the_spot": 1}, "wrong-type", "on_the_spot"),
    ({"received": "some"}, "wrong-type", "received"),
    ({"received": [1]}, "wrong-type", "received"),
    ({"defects": ["id-card"]}, "wrong-type", "defects"),
    ({"defects": [{"id": "id-card"}]}, "missing-field", "why"),
    ({"answers": {"marital": 1}}, "wrong-type", "marital"),
    ({"answers": []}, "wrong-type", "answers"),
    ({"clerk": True}, "wrong-type", "clerk"),
    ({"reason": "a\u202eb"}, "unprintable-text", "202E"),
    ({"item": ""}, "missing-field", "item"),
    ({"request_id": "erase:2"}, "id-reserved", "erase:2"),
    ({"request_id": "erase:"}, "id-reserved", "erase:"),
    ({"request_id": "entry-7"}, "id-reserved", "entry-7"),
    ({"request_id": "book:head"}, "id-reserved", "book:head"),
    ({"request_id": "a" * 101}, "text-too-long", "101"),
    ({"request_id": "a" * 900_000}, "text-too-long", "900000"),
    ({"request_id": "a\0"}, "unprintable-text", "0000"),
    ({"request_id": "\u202ea"}, "unprintable-text", "202E"),
    ({"request_id": "a\ud840"}, "unprintable-text", "D840"),
    ({"request_id": "a\n"}, "unprintable-text", "000A"),
    ({"request_id": " a"}, "id-blank", "空格"),
    ({"request_id": "\u3000"}, "id-blank", "空格"),
    ({"request_id": 7}, "wrong-type", "request_id"),
]


@pytest.mark.parametrize(("change", "code", "named"), FAULTS, ids=[f"{code}:{named}" for _, code, named in FAULTS])
def test_a_fault_is_refused_by_name(change: dict[str, Any], code: str, named: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_request(content() | change)
    assert refusal.value.code == code
    assert named in str(refusal.value)
    assert refusal.value.remedy


@pytest.mark.parametrize("name", ["a", "any text", "2026-001", "岩罕", "erase", "a" * 100])
def test_an_act_and_its_case_may_be_named_by_any_short_text(name: str) -> None:
    request = a_request(request_id=name, case=name)
    assert (request.request_id, request.case) == (name, name)


def test_an_open_answer_may_be_written_as_null() -> None:
    assert a_request(answers={"marital": None, "who": "self"}).answers == {"who": "self"}


@pytest.mark.parametrize("text", ["{", "[]", "", "\x00", '{"item": "B08"', "[" * 100_000, "nul", '"B08"'])
def test_a_broken_file_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "request.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match="JSON"):
        read_request_file(path)


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_bytes("罗".encode("gb18030"))
    with pytest.raises(Refusal, match="UTF-8"):
        read_request_file(path)


def test_a_missing_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="读不到"):
        read_request_file(tmp_path / "nothing.json")
    huge = tmp_path / "huge.json"
    huge.write_text(" " * (LARGEST_REQUEST + 1), encoding="utf-8")
    with pytest.raises(Refusal, match="1 MB"):
        read_request_file(huge)


def test_the_digest_tells_contents_apart_and_leaves_the_request_id_out() -> None:
    one = a_request(request_id="a")
    assert one.digest() == a_request(request_id="b").digest()
    different = [
        a_request("B01"), a_request(answers={"who": "self"}), a_request(received="all"), a_request(slip="receipt"),
        a_request(applicant={"name": "赵六"}), a_request(clerk="0001"), a_request(reason="因故"),
    ]  # fmt: skip
    assert len({request.digest() for request in [one, *different]}) == 1 + len(different)


def test_every_slip_kind_can_be_asked_for() -> None:
    assert [a_request(slip=kind.value).slip for kind in SlipKind] == list(SlipKind)


def test_a_request_survives_json(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(content(answers={"who": "self"})), encoding="utf-8")
    assert read_request_file(path) == a_request(answers={"who": "self"})


def test_a_key_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text('{"item": "B08", "item": "B01"}', encoding="utf-8")
    with pytest.raises(Refusal, match="两次"):
        read_request_file(path)
    with pytest.raises(Refusal, match="两条"):
        a_request(defects=[{"id": "id-card", "why": "过期"}, {"id": "id-card", "why": "模糊"}])


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text('{"item": "B08"}', encoding="utf-8-sig")
    assert read_request_file(path).item == "B08"


def test_what_is_not_a_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="这是文件夹，不是文件"):
        read_request_file(tmp_path)


def test_an_agent_is_read_with_number_and_phone() -> None:
    agent = {"name": "钱七", "relation": "配偶", "id_type": "passport", "id_number": "E1234567", "phone": "13900000001"}
    read = a_request(applicant={"name": "赵六", "agent": agent}).applicant.agent
    assert read == Agent("钱七", "配偶", IdType.PASSPORT, "E1234567", "13900000001")


@pytest.mark.parametrize(
    ("agent", "digest"),
    [
        ({}, "03b23059070b133127f1cbb9d204a56f372c26044e642d90397092c011b48b1d"),
        ({"name": "钱七", "relation": "配偶"}, "d9368be986730078f8e56f7b9766685f963bdaa37e4a5a9eecfb3f31fdac193d"),
    ],
)
def test_a_request_of_an_earlier_version_keeps_its_digest(agent: dict[str, str], digest: str) -> None:
    """What was sent before an agent had a number is still the same request."""
    applicant = {"name": "赵六", "agent": agent}
    assert a_request(applicant=applicant).digest() == digest
    numbered = a_request(applicant=applicant | {"agent": agent | {"name": "钱七", "phone": "13900000001"}})
    assert numbered.digest() != digest
