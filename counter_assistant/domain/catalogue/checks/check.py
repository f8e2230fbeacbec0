"""核对目录：每个事项都有守则 一(四)2 的要件和 一(五)2 的五项内容，而且自身没有矛盾。

Who is responsible for a step and at which phone (责任人、具体经办人、联系电话) comes from the office profile; here only
the step's department or post is checked. A fault names its place in the item's file; storage adds the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from counter_assistant.domain.catalogue.checks.situations import situation_faults
from counter_assistant.domain.catalogue.checks.sources import period_of, source_faults
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import chinese_date

ONE_DAY = timedelta(days=1)


def check_catalogue(catalogue: Catalogue) -> list[Fault]:
    """Every fault of every text of every item. Each place begins with the item and the first day of its text."""
    found = []
    for item_id, texts in catalogue.items.items():
        for item in texts:
            where = f"{item_id}（{chinese_date(item.effective_from)}起）"
            found += [replace(fault, place=f"{where} {fault.place}") for fault in check_item(item, catalogue)]
        found += [replace(fault, place=f"{item_id} {fault.place}") for fault in check_texts(texts)]
    return found


def check_item(item: ServiceItem, catalogue: Catalogue) -> list[Fault]:
    """Every fault of one text of an item."""
    return [fault for fault in check_in_slices(item, catalogue) if fault]


def check_in_slices(item: ServiceItem, catalogue: Catalogue) -> Iterator[Fault | None]:
    """The same, a little at a time: None wherever whoever asks may do something else before going on.

    An item with thousands of situations takes longer than a key may wait.
    """
    period = period_of(item, last_day(item, catalogue), catalogue.statutes)
    yield from _elements(item)
    yield from _materials(item)
    yield from situation_faults(item)
    yield from source_faults(item, period, catalogue.statutes)


def check_texts(texts: tuple[ServiceItem, ...]) -> list[Fault]:
    """Overlaps and gaps between the texts of one item."""
    found = []
    for earlier, later in pairwise(sorted(texts, key=lambda item: item.effective_from)):
        if earlier.effective_from == later.effective_from:
            found.append(Fault("effective_from", f"两个文本都自{chinese_date(later.effective_from)}起施行"))
        elif earlier.effective_to is not None and earlier.effective_to >= later.effective_from:
            both = f"{chinese_date(later.effective_from)}至{chinese_date(earlier.effective_to)}"
            found.append(Fault("effective_to", f"{both}有两个文本同时有效"))
        elif earlier.effective_to is not None and earlier.effective_to + ONE_DAY < later.effective_from:
            gap = f"{chinese_date(earlier.effective_to)}之后、{chinese_date(later.effective_from)}之前"
            found.append(Fault("effective_to", f"{gap}没有有效的文本"))
    return found


def last_day(item: ServiceItem, catalogue: Catalogue) -> date | None:
    """The last day of a text: its own, or the day before the next text begins; None where it has no end."""
    if item.effective_to is not None:
        return item.effective_to
    later = [
        text.effective_from for text in catalogue.items.get(item.id, ()) if text.effective_from > item.effective_from
    ]
    return min(later) - ONE_DAY if later else None


def _elements(item: ServiceItem) -> Iterator[Fault]:
    """The elements and parts that are missing or empty."""
    needed = {
        "name": (item.name, "事项名称"),
        "department": (item.department, "承办部门"),
        "basis": (item.basis or item.basis_note, "政策规定"),
        "condition": (item.conditions, "资格要求"),
        "material": (item.materials, "必备手续"),
        "step": (item.steps, "审批环节"),
        "service.procedure": (item.procedure, "办理程序"),
        "service.flow": (item.flow, "办事流程"),
        "service.standard": (item.standard, "服务标准"),
        "redress.supplement": (item.remedy, "补救途径"),
        "redress.announced": (item.redress, "救济途径的预告"),
        "redress.refusal": (item.refusal, "救济途径"),
    }
    for place, (value, what) in needed.items():
        if not value or (isinstance(value, str) and not value.strip()):
            yield Fault(place, f"缺少{what}")
    for step in item.steps:
        if not step.department and not step.post:
            yield Fault(f"step[{step.name}]", "既没有承办部门，也没有责任岗位")
    for condition in item.conditions:
        place = f"condition[{condition.id}].broken_text"
        if condition.broken_when and not condition.broken_text.strip():
            yield Fault(place, "缺少不符合时的说法，如“您有未结清的公积金贷款”")
        if condition.broken_text and not condition.broken_when:
            yield Fault(place, "没有 broken_when，这句话用不上")
        if condition.broken_text.endswith(("。", "；")):
            yield Fault(place, "句末不写标点，由文书格式加")
    for entry in item.never_ask:
        if not entry.why.strip():
            yield Fault(f"never_ask[{entry.id}].why", "缺少理由")
    if item.effective_to is not None and item.effective_to < item.effective_from:
        yield Fault("effective_to", "早于 effective_from")


def _materials(item: ServiceItem) -> Iterator[Fault]:
    for material in dict.fromkeys(rule.material for rule in item.materials):
        for fault in _material_faults(material):
            yield Fault(f"material[{material.id}]", fault)


def _material_faults(material: Material) -> Iterator[str]:
    """Numbers of copies and ways of submitting that contradict each other."""
    counts = (material.originals, material.copies, material.keep_originals, material.keep_copies)
    if min(counts) < 0:
        yield "份数不能小于 0"
    if material.keep_originals > material.originals or material.keep_copies > material.copies:
        yield "收存的份数多于提供的份数"
    if not (material.originals or material.copies):
        yield "原件和复印件都是 0 份"
    if material.submit is Submit.SHOW and material.keep_originals:
        yield "只须出示的材料不能收存原件"
    if material.submit is Submit.EXEMPT and (material.keep_originals or material.keep_copies):
        yield "免提交的材料不能收存"
    if material.submit is Submit.AT_COUNTER and material.copies:
        yield "现场填写的材料不能要求复印件"
    if material.id.endswith("id-card") and material.keep_originals:
        yield "不得收存身份证件原件（居民身份证法第十五条）"
