"""投诉登记、每一步和补充各填哪几栏（《投诉来访登记表》；守则 一(九)1、3、4）：不问证件号码，不追问姓名.

The window asks what these tables say; the command line reads a file of the same fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import (
    ComplaintHandling,
    ComplaintStep,
    Satisfaction,
    StepTold,
    TellingWay,
)
from counter_assistant.domain.registers.hand_forms import FieldSort, FormField, read_choice
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.domain.typed_text.days import read_day

_CHANNEL = FormField("channel", "方式", FieldSort.CHOICE, required=True, words=ComplaintChannel)
_CATEGORY = FormField("category", "类别", FieldSort.CHOICE, words=Category)
_NAME_KEPT = FormField("name_kept", "姓名", FieldSort.CHOICE, words=NameKept)
COMPLAINT_FORM = (
    _CHANNEL,
    _CATEGORY,
    _NAME_KEPT,
    FormField("matter", "主要问题", required=True, prompt="照原话记"),
    FormField("about", "被投诉方", prompt="部门、人员、单位"),
    FormField("name", "投诉人", prompt="匿名的不填"),
    FormField("phone", "电话", prompt="可以不填"),
    FormField("address", "地址", prompt="可以不填"),
    FormField("attachments", "附件", prompt="如：照片2张"),
    FormField("day", "日期", FieldSort.DAY),
)
"""What is asked of who complains, in this order."""

_WAY = FormField("way", "怎样告知受理", FieldSort.CHOICE, required=True, words=TellingWay)
_TOLD = FormField("way", "反馈方式", FieldSort.CHOICE, required=True, words=TellingWay)
_HANDLING = FormField("handling", "处理方式", FieldSort.CHOICE, required=True, words=ComplaintHandling)
_SATISFACTION = FormField("satisfaction", "满意度", FieldSort.CHOICE, words=Satisfaction)
STEP_FORMS: Mapping[ComplaintStep, tuple[FormField, ...]] = {
    ComplaintStep.ACCEPT: (_WAY, FormField("text", "说明", prompt="无法联系的，写为什么")),
    ComplaintStep.TRANSFER: (
        FormField("to", "转给谁", FieldSort.CLERK, required=True),
        FormField("text", "转办的理由", required=True),
    ),
    ComplaintStep.VERIFY: (FormField("text", "核实情况", required=True),),
    ComplaintStep.DECIDE: (_HANDLING, FormField("text", "处理意见", required=True)),
    ComplaintStep.FEED_BACK: (_TOLD, _SATISFACTION, FormField("text", "说明", prompt="无法联系的，写为什么")),
    ComplaintStep.FILE: (
        FormField("volume", "立卷号", required=True),
        FormField("text", "说明", prompt="可以不填"),
    ),
}
"""What is asked of the keeper who takes a step."""

VOLUME_FORM = (FormField("year", "哪一年归档的", required=True, prompt="如 2026"),)
"""What is asked of the keeper who binds the complaints of a year."""

SUPPLEMENT_FORM = (
    FormField("number", "编号", required=True, prompt="TS 加八位字母或数字"),
    FormField("text", "补充的内容", required=True),
)
"""What is asked of who adds something."""


def read_complaint(typed: Mapping[str, str], today: date) -> Complaint:
    """The complaint that was typed; what it lacks, `Complaint.checked` says.

    Raises:
        Refusal: `unknown-value`; what `read_day` refuses.
    """
    day = typed.get("day", "").strip()
    texts: dict[str, Any] = {
        field.name: typed.get(field.name, "") for field in COMPLAINT_FORM if field.sort is FieldSort.TEXT
    }
    return Complaint(
        channel=ComplaintChannel(read_choice(_CHANNEL, typed.get("channel", ""))),
        category=Category(read_choice(_CATEGORY, typed.get("category", ""))),
        name_kept=NameKept(read_choice(_NAME_KEPT, typed.get("name_kept", ""))),
        day=read_day(day, today) if day else today,
        **texts,
    )


def read_year(typed: str) -> int:
    """The year that was typed.

    Raises:
        Refusal: `bad-year`.
    """
    text = half_width(typed).strip().removesuffix("年")
    if not (text.isascii() and text.isdecimal() and len(text) == LENGTH_OF_YEAR):
        raise Refusal("bad-year", "“哪一年归档的”要写四位数的年份。", "如 2026。")
    return int(text)


LENGTH_OF_YEAR = 4


def read_step(number: str, step: ComplaintStep, typed: Mapping[str, str]) -> StepTold:
    """The step that was typed about the complaint of a number; what it lacks, `ComplaintState.after` says.

    Raises:
        Refusal: `unknown-value`.
    """
    chosen: dict[str, Any] = {
        field.name: field.words(read_choice(field, typed.get(field.name, "")))
        for field in STEP_FORMS[step]
        if field.words is not None
    }
    said: dict[str, Any] = {field.name: typed.get(field.name, "") for field in STEP_FORMS[step] if field.words is None}
    return StepTold(number, step, **chosen, **said)
