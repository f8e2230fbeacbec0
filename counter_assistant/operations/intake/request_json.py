"""从命令行的 JSON 读出请求：不认识的、写了两次的、类型不对的，都指名退回.

Unknown fields and values are refused by name, so that nothing is dropped silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from counter_assistant.domain.assessment.decision import Clarity, Duty, Eligibility, Hold, Purpose
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import COMPARABLE, Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.operations.intake.json_file import Fields, one_of, read_json_file
from counter_assistant.operations.intake.request import ALL, RETURNED, Channel, Delivery, Details, Request, check_act_id


def read_request_file(path: Path) -> Request:
    """The request in a JSON file.

    Raises:
        Refusal: what `read_json_file` and `read_request` refuse.
    """
    return read_request(read_json_file(path))


def read_request(content: Mapping[str, Any]) -> Request:
    """The request of a JSON object (README.md, The command line).

    Raises:
        Refusal: `missing-field`, `wrong-type`, `unknown-field`, `unknown-value`, `bad-date`, `key-twice`; what
            `check_act_id` and `check_text` refuse.
    """
    fields = Fields(content, "请求")
    received = _received(fields)
    default_purpose = Purpose.APPLY if received is None or received else Purpose.INQUIRE
    kind = fields.text("slip", "auto")
    duty = fields.choice("duty", Duty.OURS)
    request = Request(
        item=fields.text("item", "" if duty is Duty.ELSEWHERE else None),
        applicant=_applicant(fields.nested("applicant")),
        purpose=fields.choice("purpose", default_purpose),
        answers=_answers(fields.mapping("answers")),
        received=received,
        defects=_defects(fields.take("defects", list, [])),
        eligible=fields.choice("eligible", Eligibility.UNCHECKED),
        duty=duty,
        clarity=fields.choice("clarity", Clarity.CLEAR),
        hold=fields.optional_choice("hold", Hold),
        on_the_spot=fields.take("on_the_spot", bool, True),
        channel=fields.choice("channel", Channel.WINDOW),
        delivery=fields.choice("delivery", Delivery.WRITTEN),
        slip=None if kind == "auto" else _kind(kind),
        reason=check_text(fields.text("reason", ""), "理由"),
        clerk=check_text(fields.text("clerk", ""), "经办人", 50),
        on=_day(fields.text("on", "")),
        request_id=check_act_id(fields.text("request_id", "")),
        case=fields.text("case", ""),
        details=_details(fields.nested("details")),
        compared=_compared(fields.take("compared", list, [])),
    )
    fields.done()
    return request


def _kind(value: str) -> SlipKind:
    return one_of(SlipKind, "slip", value)


def _day(value: str) -> date | None:
    return read_day(value) if value else None


def _received(fields: Fields) -> frozenset[str] | None:
    value = fields._left.get("received")
    if value == ALL:
        fields.take("received", str, "")
        return None
    ids = fields.take("received", list, [])
    if not all(isinstance(id_, str) for id_ in ids):
        raise Refusal("wrong-type", "请求的“received”类型不对。", '应当是材料编码的列表，或者 "all"。')
    return frozenset(ids)


def _answers(values: Mapping[str, Any]) -> dict[str, str]:
    """The answers; null and an empty text mean that the question is open."""
    for question, answer in values.items():
        if answer is not None and not isinstance(answer, str):
            raise Refusal("wrong-type", f"情形“{question}”的回答类型不对。", "应当是回答的编码。")
    return {question: answer for question, answer in values.items() if answer}


def _compared(names: list[Any]) -> frozenset[str]:
    for name in names:
        if name not in COMPARABLE:
            raise Refusal("unknown-value", f"“compared”没有“{name}”这个值。", f"可以是：{'、'.join(COMPARABLE)}。")
    return frozenset(names)


def _defects(rows: list[Any]) -> dict[str, str]:
    defects: dict[str, str] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise Refusal("wrong-type", "请求的“defects”类型不对。", '每一条应当是 {"id": …, "why": …}。')
        fields = Fields(row, "defects")
        material_id = fields.text("id")
        if material_id in defects:
            raise Refusal("key-twice", f"材料“{material_id}”写了两条须改。", "请合成一条。")
        defects[material_id] = check_text(fields.text("why"), "须改的原因", 100)
        fields.done()
    return defects


def _details(fields: Fields) -> Details:
    values: dict[str, Any] = {}
    for name, label in _DETAILS.items():
        text = fields.text(name, "")
        values[name] = _day(text) if name in ("due", "old_due") else check_text(text, label, 200)
    if values["old_copy"] not in ("", RETURNED):
        raise Refusal("unknown-value", f"“old_copy”没有“{values['old_copy']}”这个值。", f"可以是：{RETURNED}。")
    fields.done()
    return Details(**values)


_DETAILS = {
    "asked": "所问的事", "refer_to": "应去的单位", "refer_address": "应去单位的地址", "refer_phone": "应去单位的电话", "colleague": "承办人",
    "contact": "联系情况", "explanation": "退回说明", "reviewer": "复核人", "due": "期限", "due_reason": "期限的理由",
    "old_due": "原定日期", "of": "原文书编号",
    "verify": "要查证的事", "owner": "负责人", "quoted": "保留原话的理由", "condition": "不符合的条件", "uncoded": "没有编码的字", "also_named": "别的系统里的写法",
    "corrects": "更正哪一份", "correction": "更正原因", "old_copy": "原单的当事人联",
}  # fmt: skip


def _applicant(fields: Fields) -> Applicant:
    agent = fields.nested("agent")
    applicant = Applicant(
        fields.text("name", ""),
        fields.text("phone", ""),
        fields.choice("id_type", IdType.RESIDENT),
        fields.text("id_number", ""),
        Agent(
            agent.text("name", ""),
            agent.text("relation", ""),
            agent.choice("id_type", IdType.RESIDENT),
            agent.text("id_number", ""),
            agent.text("phone", ""),
        ),
    )
    fields.done()
    agent.done()
    return applicant
