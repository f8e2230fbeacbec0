"""材料：要什么、几份、谁出具、怎样才合格、怎样交、留下什么、兼作什么."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from counter_assistant.domain.catalogue.conditions import Always
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import with_new_row, with_row
from counter_assistant.domain.revision.editing.wording import Letters, made_code, said
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.verdicts import kept, settled

MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class MaterialChange:
    """What of a material is to be otherwise; what is None stays."""

    name: str | None = None
    issuer: str | None = None
    requirement: str | None = None
    originals: int | None = None
    copies: int | None = None
    submit: Submit | None = None
    keep_originals: int | None = None
    keep_copies: int | None = None
    covers: tuple[str, ...] | None = None
    one_of: tuple[str, ...] | None = None

    def of(self, material: Material) -> Material:
        """The material with the change. What stays with the centre goes with how it is submitted and with the counts.

        Raises:
            Refusal: `words-missing`, `words-too-long`, `counts-out-of-range`.
        """
        changes: dict[str, Any] = {}
        if self.name is not None:
            changes["name"] = said(self.name, "材料名称")
        if self.issuer is not None:
            changes["issuer"] = said(self.issuer, "谁出具", needed=False).removesuffix("出具")
        if self.requirement is not None:
            changes["requirement"] = said(self.requirement, "怎样才合格", needed=False).rstrip("。")
        for key in ("originals", "copies", "keep_originals", "keep_copies"):
            n = getattr(self, key)
            if n is not None and not 0 <= n <= MOST_COPIES:
                raise Refusal("counts-out-of-range", f"{n} 份超出 0 到 {MOST_COPIES} 的范围。", "请写份数，如 1。")
            changes |= {} if n is None else {key: n}
        for key in ("covers", "one_of"):
            ids = getattr(self, key)
            changes |= {} if ids is None else {key: tuple(id_ for id_ in dict.fromkeys(ids) if id_ != material.id)}
        made = replace(material, **changes)
        if self.keep_originals is None and self.keep_copies is None:
            made = kept(made, material)
        return made if self.submit is None else _submitted(made, self.submit)


def _submitted(material: Material, submit: Submit) -> Material:
    """The material submitted so: what is only shown goes back, and what is filled in here has no copies."""
    made = replace(material, submit=submit)
    if submit is Submit.SHOW:
        return replace(made, keep_originals=0)
    if submit is Submit.EXEMPT:
        return replace(made, keep_originals=0, keep_copies=0)
    if submit is Submit.AT_COUNTER:
        return replace(made, originals=max(made.originals, 1), copies=0, keep_copies=0)
    return made


def with_material(item: ServiceItem, index: int, change: MaterialChange, source: Source) -> ServiceItem:
    """What is required of a material, otherwise; whether it is needed is answered for apart.

    Raises:
        Refusal: what `MaterialChange.of` refuses; `counts-missing` (neither an original nor a copy would be left);
            `same-name`, `asked-and-forbidden`.
    """
    rule = item.materials[index]
    made = change.of(rule.material)
    if made == rule.material:
        return item
    if not (made.originals or made.copies):
        raise Refusal(
            "counts-missing", f"“{made.name}”的原件和复印件都是 0 份。", "请写明要几份；不要这份材料的，去掉这一行。"
        )
    _refuse_name(item, made)
    if rule.material.source.to_confirm:
        return with_row(item, "materials", index, settled(replace(rule, material=made, wording=source)))
    return with_row(item, "materials", index, replace(rule, material=replace(made, source=source)))


def _refuse_name(item: ServiceItem, material: Material) -> None:
    others = [rule.material for rule in item.materials if rule.material.id != material.id]
    if any(other.name == material.name for other in others):
        raise Refusal("same-name", f"本事项已经有一份材料叫“{material.name}”。", "请换一个名称，或者改那一行。")
    if any(material.name == entry.name or material.id == entry.id for entry in item.never_ask):
        raise Refusal(
            "asked-and-forbidden",
            f"“{material.name}”在不得要求之列，不能要求提供。",
            "请去掉，或者先改不得要求的内容。",
        )


def known_materials(catalogue: Catalogue, item: ServiceItem) -> dict[str, Material]:
    """Every material by its id: those that items share, then what the centre made new, in this item or in another."""
    known = dict(catalogue.materials)
    for text in (item, *(newest(catalogue, id_) for id_ in catalogue.items)):
        for rule in text.materials:
            known.setdefault(rule.material.id, rule.material)
    return known


def with_shared_material(item: ServiceItem, material: Material, source: Source) -> ServiceItem:
    """A material that other items ask for is asked for here, in every situation: the centre says that it is needed, and what
    is required of it stays as it is.

    Raises:
        Refusal: `same-name`, `asked-and-forbidden`, `known-already` (it is asked for in every situation).
    """
    _refuse_name(item, material)
    if any(rule.material.id == material.id and isinstance(rule.when, Always) for rule in item.materials):
        raise Refusal(
            "known-already", f"“{material.name}”任何情形下都已经要求。", "不用再加；要另一种写法的，先给那一行写条件。"
        )
    rule = MaterialRule(material, Always(), source if material.source.to_confirm else None)
    return with_new_row(item, "materials", rule)


def with_new_material(
    item: ServiceItem, name: str, source: Source, letters: Letters, taken: Collection[str]
) -> ServiceItem:
    """A material that no item has asked for yet: one original, handed in, in every situation.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `same-name`, `asked-and-forbidden`.
    """
    words = said(name, "材料名称")
    codes = {*taken, *(rule.material.id for rule in item.materials)}
    material = Material(made_code(words, letters, codes), words, "", "", 1, 0, Submit.HAND_IN, 0, 0, source)
    _refuse_name(item, material)
    return with_new_row(item, "materials", MaterialRule(material, Always()))
