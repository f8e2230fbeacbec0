"""从命令行的 JSON 读出请求：不认识的、写了两次的、类型不对的，都指名退回.

Unknown fields and values are refused by name, so that nothing is dropped silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from errno import ENOENT
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.assessment.decision import Clarity, Duty, Eligibility, Hold, Purpose
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import COMPARABLE, Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.files import reason_of
from counter_assistant.operations.intake.request import ALL, Channel, Delivery, Details, Request, check_act_id
from counter_assistant.storage.content.strict_table import StrictTable

LARGEST_REQUEST = 1_000_000
E = TypeVar("E", bound=StrEnum)


def read_request_file(path: Path) -> Request:
    """The request in a JSON file.

    Raises:
        Refusal: `no-request-file` (it cannot be read), `request-too-large` (more than `LARGEST_REQUEST` bytes),
            `broken-json` (no JSON object), `key-twice`; what `read_request` refuses.
    """
    try:
        if not path.is_file():
            raise FileNotFoundError(ENOENT, "")
        with path.open("rb") as file:
            data = file.read(LARGEST_REQUEST + 1)
        if len(data) > LARGEST_REQUEST:
            raise Refusal("request-too-large", f"请求文件 {path.name} 超过 1 MB。", "请核对是否选错了文件。")
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except OSError as error:
        raise Refusal(
            "no-request-file", f"读不到请求文件 {path.name}：{reason_of(error)}。", "请核对文件名。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "broken-json", f"请求文件 {path.name} 不是有效的 JSON。", "请核对引号、逗号和括号，文件应为 UTF-8。"
        ) from error
    if not isinstance(content, dict):
        raise Refusal("broken-json", "请求应当是一个 JSON 对象。", "请参照手册里的例子。")
    return read_request(content)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no key is repeated: of two values neither is known to be the one meant."""
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = next(key for key in content if sum(name == key for name, _ in pairs) > 1)
        raise Refusal("key-twice", f"请求里“{twice}”写了两次。", "请只留一个。")
    return content


def read_request(content: Mapping[str, Any]) -> Request:
    """The request of a JSON object (README.md, The command line).

    Raises:
        Refusal: `missing-field`, `wrong-type`, `unknown-field`, `unknown-value`, `bad-date`, `key-twice`; what
            `check_act_id` and `check_text` refuse.
    """
    fields = _Fields(content, "请求")
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


class _Fields(StrictTable):
    """The fields of one JSON object. A field that is null counts as left out."""

    def __init__(self, content: Mapping[str, Any], what: str) -> None:
        super().__init__({key: value for key, value in content.items() if value is not None})
        self._what = what

    def missing(self, key: str) -> Refusal:
        return Refusal("missing-field", f"{self._what}缺少“{key}”。", "请补上这一项。")

    def wrong_kind(self, key: str, kind: type) -> Refusal:
        return Refusal("wrong-type", f"{self._what}的“{key}”类型不对。", f"应当是{_TYPES[kind]}。")

    def unknown(self, key: str) -> Refusal:
        return Refusal("unknown-field", f"{self._what}里不认识“{key}”这一项。", "请核对拼写，或者删去它。")

    def text(self, key: str, default: str | None = None) -> str:
        if default is None and not self._left.get(key):
            raise self.missing(key)
        return self.take(key, str, default or "")

    def mapping(self, key: str) -> dict[str, Any]:
        return self.take(key, dict, {})

    def nested(self, key: str) -> _Fields:
        return _Fields(self.mapping(key), key)

    def choice(self, key: str, default: E) -> E:
        return _one_of(type(default), key, self.text(key, default.value))

    def optional_choice(self, key: str, kind: type[E]) -> E | None:
        value = self.text(key, "")
        return _one_of(kind, key, value) if value else None


_TYPES = {str: "文字", bool: "true 或 false", list: "列表", dict: "对象"}


def _one_of(kind: type[E], key: str, value: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise Refusal("unknown-value", f"“{key}”没有“{value}”这个值。", f"可以是：{'、'.join(kind)}。") from None


def _kind(value: str) -> SlipKind:
    return _one_of(SlipKind, "slip", value)


def _day(value: str) -> date | None:
    return read_day(value) if value else None


def _received(fields: _Fields) -> frozenset[str] | None:
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
        fields = _Fields(row, "defects")
        material_id = fields.text("id")
        if material_id in defects:
            raise Refusal("key-twice", f"材料“{material_id}”写了两条须改。", "请合成一条。")
        defects[material_id] = check_text(fields.text("why"), "须改的原因", 100)
        fields.done()
    return defects


def _details(fields: _Fields) -> Details:
    values: dict[str, Any] = {}
    for name, label in _DETAILS.items():
        text = fields.text(name, "")
        values[name] = _day(text) if name in ("due", "old_due") else check_text(text, label, 200)
    fields.done()
    return Details(**values)


_DETAILS = {
    "asked": "所问的事", "refer_to": "应去的单位", "refer_address": "应去单位的地址", "refer_phone": "应去单位的电话", "colleague": "承办人",
    "contact": "联系情况", "explanation": "退回说明", "reviewer": "复核人", "due": "期限", "due_reason": "期限的理由",
    "old_due": "原定日期", "of": "原文书编号",
    "verify": "要查证的事", "owner": "负责人", "quoted": "保留原话的理由", "condition": "不符合的条件",
}  # fmt: skip


def _applicant(fields: _Fields) -> Applicant:
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
