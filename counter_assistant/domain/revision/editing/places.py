"""核对说的“在哪里”，是事项里的哪一行；说的话，换成窗口人员看得懂的字."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.content_fault import Fault

_PLACE = re.compile(r"(?P<part>[a-z_]+(?:\.[a-z_]+)?)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<fact>.*))?")
_ROWS = {
    "handling": ("handling", ""), "question": ("questions", "id"), "condition": ("conditions", "id"),
    "note": ("notes", ""), "limits.statutory": ("statutory", ""), "material": ("materials", "id"),
    "never_ask": ("never_ask", "id"), "step": ("steps", "name"), "basis": ("basis", ""),
}  # fmt: skip
"""The field of the rows of a part, and by what a place names one of them; where it is empty, by its number from 1."""
_SINGLE = {
    "name": "name", "department": "department", "limits.promised": "promised", "service.procedure": "procedure",
    "service.flow": "flow", "service.standard": "standard", "redress.supplement": "remedy",
    "redress.announced": "redress", "redress.refusal": "refusal",
}  # fmt: skip
_WORDS = {
    "handling": "办理方式", "questions": "情形", "conditions": "资格要求", "notes": "说明", "statutory": "法定时限",
    "materials": "材料", "never_ask": "不得要求", "steps": "审批环节", "basis": "政策依据", "promised": "承诺时限",
    "name": "事项名称", "department": "承办部门", "procedure": "办理程序", "flow": "办事流程", "standard": "服务标准",
    "remedy": "补救途径", "redress": "预告的救济途径", "refusal": "不予办理的救济途径", "": "本事项",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a text: the field of `ServiceItem`, of rows which, and which fact of it.

    `index` is None for a field that is not made of rows, and where a whole field is meant; `field` is empty for the text as
    such; `fact` is empty for the whole row.
    """

    field: str
    index: int | None = None
    fact: str = ""


def spots(item: ServiceItem, place: str) -> tuple[Spot, ...]:
    """The spots of the text that a place of the check means: of a material, every rule of it."""
    found = _PLACE.fullmatch(place)
    part, key, fact = found.group("part", "key", "fact") if found else ("", None, None)
    if part in _SINGLE:
        return (Spot(_SINGLE[part], None, fact or ""),)
    if part not in _ROWS:
        return (Spot(""),)
    field, by = _ROWS[part]
    if key is None:
        return (Spot(field),)
    return tuple(
        Spot(field, i, fact or "") for i, row in enumerate(getattr(item, field)) if key == _key(row, by, i)
    ) or (Spot(field),)


def _key(row: object, by: str, index: int) -> str:
    row = getattr(row, "material", row)
    return str(getattr(row, by)) if by else str(index + 1)


def in_words(item: ServiceItem, place: str) -> str:
    """A place as people call it: 材料“结婚证”, 第 2 条说明."""
    spot = spots(item, place)[0]
    if spot.index is None:
        return _WORDS[spot.field]
    return f"{_WORDS[spot.field]}“{name_of(item, spot)}”"


def name_of(item: ServiceItem, spot: Spot) -> str:
    """What the row of a spot is called, or which of them it is."""
    row = getattr(item, spot.field)[spot.index]
    row = getattr(row, "material", getattr(row, "question", row))
    named = getattr(row, "topic", None) or getattr(row, "name", None) or getattr(row, "text", None)
    return str(named or f"第 {(spot.index or 0) + 1} 行")


_FILE_WORDS = {"broken_when": "不符合的情形", "effective_from": "开始施行的日期", "effective_to": "最后一天"}


def said_of(item: ServiceItem, fault: Fault) -> str:
    """What a fault says, without the codes of the file: names stand in their place."""
    names = {rule.material.id: rule.material.name for rule in item.materials}
    names |= {asked.id: asked.question.topic for asked in item.questions}
    names |= {entry.id: entry.name for entry in item.never_ask}
    text = re.sub(r"material\[([^\]]+)\] ?", lambda found: f"“{names.get(found[1], found[1])}”", fault.fault)
    text = re.sub(r"“([a-z][a-z0-9_-]*)”", lambda found: f"“{names.get(found[1], found[1])}”", text)
    for code, words in _FILE_WORDS.items():
        text = text.replace(code, words)
    return f"{'提醒：' if fault.warning else ''}{text}。"
