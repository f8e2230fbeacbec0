"""各种文书各自要填的几栏：哪种情况填哪些，填的是不是能用。Plain Python, no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.decision import ClockKind
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.other_forms import uncoded_places
from counter_assistant.operations.intake.admissibility import departure_fault
from counter_assistant.operations.intake.deadlines import deadlines
from counter_assistant.operations.intake.hold import is_held
from counter_assistant.operations.intake.request import Delivery, Details
from counter_assistant.operations.intake.reviewed import is_reviewed
from counter_assistant.operations.issuing.kind_facts import colleague_of
from counter_assistant.operations.wording.check import check_wording
from counter_assistant.operations.wording.request_wording import FIELDS
from counter_assistant.ui.desk.presentation.view_model import PaperField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.state import DeskState

LONGEST = 200
LABELS = {
    "day": "受理日", "reason": "改出的理由", "asked": "所问的事", "refer_to": "应去的单位", "refer_phone": "电话",
    "refer_address": "地址", "colleague": "承办人", "condition": "不符合的条件", "explanation": "退回说明",
    "reviewer": "复核人", "of": "原文书编号", "old_due": "原定日期", "verify": "要查证、协调的事", "due": "期限",
    "due_reason": "期限的理由", "owner": "负责人", "contact": "联系情况", "quoted": "保留原话的理由",
    "uncoded": "没有编码的字", "also_named": "别的系统里的写法",
    "correction": "更正原因",
}  # fmt: skip
"""Every field of the form, in its order."""

HINTS = {
    "day": "如 11-20", "refer_to": "可由领导指定", "verify": "查什么、找谁", "contact": "时间、方式、结果",
    "explanation": "核实了什么",
    "old_due": "如 11-24", "quoted": "如：转述当事人原话", "uncoded": "如：上鸟下甲，读 niè", "also_named": "可不填",
    "correction": "如：姓名打错",
}  # fmt: skip
DAYS = ("day", "due", "old_due")
HELD = ("verify", "due", "owner", "contact")
_HELD_LABELS = {"due": "告知当事人的期限", "contact": "怎样告知"}
_DELAY_LABELS = {"due": "新的日期", "due_reason": "延期理由"}


def keys_of(matter: Matter, kind: SlipKind | None, state: DeskState) -> tuple[str, ...]:
    """The fields that this paper, or this entry without a paper, carries; in the form's order."""
    keys = set(KINDS[kind].asks_for) if kind else set[str]()
    if is_held(replace(matter, request=replace(matter.request, slip=kind))):
        keys |= set(HELD)
    if matter.outcome.clock is ClockKind.ANSWER_DATE and kind is SlipKind.PROMISE_NOTICE:
        keys |= {"due", "due_reason"}
    if kind is SlipKind.RETURN_NOTICE and len(matter.binding) > 1 and not matter.broken:
        keys.add("condition")
    if state.late:
        keys.add("day")
    if "corrects" in state.details:
        keys.add("correction")
    if departs(matter, kind):
        keys.add("reason")
    if "quoted" in state.details and _has_forbidden(matter, keys, state):
        keys.add("quoted")
    keys |= _keys_of_names(state)
    return tuple(key for key in LABELS if key in keys)


def _keys_of_names(state: DeskState) -> set[str]:
    """What is said of a name with a character that has no code, or where somebody asked for it; it may be left open."""
    uncoded = {"uncoded", "also_named"} if uncoded_places(state.name, state.agent_name) else set()
    return uncoded | ({"also_named"} & state.details.keys())


def conditions_of(matter: Matter) -> dict[str, str]:
    """The conditions that a return may rest on, by id."""
    return {c.id: c.text for c in matter.binding}


def _has_forbidden(matter: Matter, keys: set[str], state: DeskState) -> bool:
    """Whether something stands in the fields, or in what is to be mended, that a reason is needed for (守则 三)."""
    texts = {key: state.details.get(key, "") for key in FIELDS.keys() & keys}
    return bool(check_wording(texts | dict(matter.request.defects)))


def departs(matter: Matter, kind: SlipKind | None) -> bool:
    """Whether this kind is another than the rules', so that a reason must be kept."""
    bare = replace(matter.request, slip=kind, reason="", delivery=Delivery.WRITTEN)
    return departure_fault(replace(matter, request=bare)) is not None


def label_of(key: str, matter: Matter) -> str:
    """What a field is called for this paper."""
    if matter.kind is SlipKind.DELAY_NOTICE:
        return _DELAY_LABELS.get(key, LABELS[key])
    if is_held(matter):
        return _HELD_LABELS.get(key, LABELS[key])
    answering = key == "due" and matter.outcome.clock is ClockKind.ANSWER_DATE
    return "答复日期" if answering else LABELS[key]


def fields_of(matter: Matter, state: DeskState, office: Office) -> tuple[PaperField, ...]:
    """The fields of the paper in hand, with the hint beside each: what holds where it is left empty."""
    keys = keys_of(matter, matter.kind, state)
    if is_reviewed(office, matter):
        keys = tuple(key for key in keys if key != "reviewer")  # whoever agrees is named
    return tuple(
        PaperField(key, label_of(key, matter), _hint(key, matter, office), state.details.get(key, "")) for key in keys
    )


def _hint(key: str, matter: Matter, office: Office) -> str:
    if key == "colleague":
        colleague = colleague_of(replace(matter, request=replace(matter.request, details=Details())), office)
        return f"不选则为{colleague.name}" if colleague else "没有默认的人，请选"
    if key == "owner":
        return f"不选则为{matter.clerk.name}"
    if key == "contact" and is_held(matter):
        return "有电话可不填，如：本人再来"
    if key == "asked" and matter.item.ours:
        return f"不填则为{matter.item.name}"
    if key == "condition":
        return "不选则列出全部条件"
    if key == "due" and matter.kind in (SlipKind.RECEIPT, SlipKind.PROMISE_NOTICE):
        bare = replace(matter, request=replace(matter.request, details=Details()))
        due, _ = deadlines(bare, office.calendar)
        return f"不填则为 {due.due.month}月{due.due.day}日" if due else ""
    return HINTS.get(key, "")


def read_details(typed: Mapping[str, str], keys: tuple[str, ...], office: Office) -> tuple[Details, dict[str, Refusal]]:
    """What the fields of a paper hold; what cannot be right is left out, and refused by its field."""
    values: dict[str, object] = {}
    faults: dict[str, Refusal] = {}
    for key in keys:
        text = typed.get(key, "").strip()
        if key == "quoted" and key in typed and not text:
            faults[key] = Refusal("keep-reason-missing", "保留原话要写明理由。", "请写明；不保留的，请改写那句忌语。")
        if not text or key == "day":
            continue
        try:
            values[key] = _read(key, text, office)
        except Refusal as refusal:
            faults[key] = refusal
    values.pop("reason", None)
    return Details(**values), faults  # type: ignore[arg-type]


def _read(key: str, text: str, office: Office) -> object:
    if key in DAYS:
        return read_day(text, office.today())
    if key in ("colleague", "owner"):
        return office.profile.clerk(text).staff_number
    return check_text(text, LABELS[key], LONGEST)
