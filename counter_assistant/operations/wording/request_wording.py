"""受理台上写的字：哪几栏有服务忌语，要不要作为原话保留（守则 三）. What is printed or kept of a request is checked
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.operations.wording.check import Kept, check_wording, refuse_forbidden

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.wording.check import Found

FIELDS = {
    "reason": "理由", "asked": "所问的事", "refer_to": "应去的单位", "refer_address": "应去单位的地址", "contact": "联系情况",
    "explanation": "退回说明", "reviewer": "复核人", "due_reason": "期限的理由",
    "verify": "要查证的事", "uncoded": "没有编码的字", "also_named": "别的系统里的写法",
    "correction": "更正原因",
}  # fmt: skip
"""The free texts of a request and what they are called; the reasons for corrections come in addition."""


def forbidden_in(matter: Matter) -> dict[str, Found]:
    """The first find of each field, kept or not, by the keys of `FIELDS`; `defects` stands for all corrections."""
    found = {key: check_wording({FIELDS[key]: text}) for key, text in _fields(matter).items()}
    found["defects"] = check_wording(_defects(matter))
    return {key: finds[0] for key, finds in found.items() if finds}


def check_words(matter: Matter) -> None:
    """Checks that nothing that the clerk typed is forbidden, except a quotation with its reason.

    Raises:
        Refusal: `forbidden-wording`.
    """
    quoted = matter.request.details.quoted
    typed = {FIELDS[key]: text for key, text in _fields(matter).items()} | _defects(matter)
    kept = [Kept(found.place, found.hit.text, quoted) for found in check_wording(typed) if quoted]
    refuse_forbidden(typed, kept)


def _fields(matter: Matter) -> dict[str, str]:
    request = matter.request
    texts = {key: getattr(request.details, key) for key in FIELDS if key != "reason"}
    return {key: text for key, text in ({"reason": request.reason} | texts).items() if text}


def _defects(matter: Matter) -> dict[str, str]:
    return {f"“{matter.name_of(id_)}”须改的原因": why for id_, why in matter.request.defects.items()}
