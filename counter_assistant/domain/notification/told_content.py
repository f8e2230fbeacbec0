"""一次性告知的内容：当时告知了什么，留作日后对照（守则 一(五)2、4）。

What an act told is stored with it, material by material, so that a second visit can be compared with the first. Entries
recorded before that have no details: `told_in` then returns None, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from counter_assistant.domain.assessment.checklist import Checklist
from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.assessment.five_parts import Notice
from counter_assistant.domain.assessment.material_lines import SUBMITTED, Line, MaybeLine
from counter_assistant.domain.catalogue.materials import NOTHING_BROUGHT, Material, Submit


@dataclass(frozen=True, slots=True)
class ToldMaterial:
    """A material as it was told: `counts` such as 原件1 复印件1, and `submit`, the code of how it is submitted."""

    name: str
    counts: str
    issuer: str
    requirement: str
    submit: str

    def said(self) -> dict[str, str]:
        """What was said about it, by label; empty where nothing was said."""
        return {
            "名称": self.name,
            "份数": "" if self.counts == NOTHING_BROUGHT else self.counts,
            "出具单位": self.issuer,
            "填报要求": self.requirement,
            SUBMITTING: SUBMITTED[Submit(self.submit)],
        }

    def in_words(self) -> str:
        """须提供　原件1　某单位出具　签名: what is shown beside the name."""
        said = self.said()
        issued = f"{said['出具单位']}出具" if said["出具单位"] else ""
        return "　".join(part for part in (said[SUBMITTING], said["份数"], issued, said["填报要求"]) if part)


SUBMITTING = "提交方式"


@dataclass(frozen=True, slots=True)
class ToldContent:
    """What one act told an applicant about an item, or what today's matter tells.

    `number` is that of the paper, empty where it was oral or is not issued yet; `clerk` is a staff number; `answers`
    are those given then; `defects` says what was wrong with materials that had been handed in; `variants` are the
    further variants in which a material of `maybe` was told, each for its own answer.
    """

    item: str
    day: date
    catalogue: str
    clerk: str
    answers: Mapping[str, str]
    required: Mapping[str, ToldMaterial]
    maybe: Mapping[str, ToldMaterial]
    not_required: frozenset[str]
    never_ask: frozenset[str]
    basis: str
    statutory: str
    promised: str
    defects: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    oral: bool = False
    variants: Mapping[str, tuple[ToldMaterial, ...]] = field(default_factory=dict)

    def variants_of(self, id_: str) -> tuple[ToldMaterial, ...]:
        """A material in each of the variants in which it was told."""
        return (self.materials[id_], *self.variants.get(id_, ()))

    def as_told_by(self, other: ToldContent, id_: str) -> ToldMaterial | None:
        """The first variant of a material that `other` tells too; None where they say different things."""
        theirs = [material.said() for material in other.variants_of(id_)]
        return next((material for material in self.variants_of(id_) if material.said() in theirs), None)

    @property
    def materials(self) -> dict[str, ToldMaterial]:
        """Every material that was told, as certain or as 如…，另需."""
        return {**self.maybe, **self.required}

    def to_payload(self) -> dict[str, Any]:
        """What an act keeps of what it told; day, item and clerk are already among the act's own facts."""
        return {
            "required": {id_: _plain(material) for id_, material in self.required.items()},
            "maybe": {id_: _plain(material) for id_, material in self.maybe.items()},
            "not_required": sorted(self.not_required), "never_ask": sorted(self.never_ask), "basis": self.basis,
            "statutory": self.statutory, "promised": self.promised,
            "variants": {id_: [_plain(way) for way in ways] for id_, ways in self.variants.items()},
        }  # fmt: skip


def told_in(facts: Facts, number: str = "") -> ToldContent | None:
    """What was told according to the facts of an entry; None for an entry recorded before details were kept."""
    told = facts.told
    if told is None:
        return None
    return ToldContent(
        item=facts.item, day=facts.day, catalogue=facts.catalogue, clerk=facts.clerk, answers=facts.answers,
        required=_materials(told["required"]), maybe=_materials(told["maybe"]),
        not_required=frozenset(told["not_required"]), never_ask=frozenset(told["never_ask"]), basis=told["basis"],
        statutory=told["statutory"], promised=told["promised"], defects=facts.defects, number=number,
        oral=facts.delivery == "oral",
        variants={id_: tuple(_material(**way) for way in ways) for id_, ways in told.get("variants", {}).items()},
    )  # fmt: skip


def _materials(told: Mapping[str, Mapping[str, str]]) -> dict[str, ToldMaterial]:
    return {id_: _material(**material) for id_, material in told.items()}


@lru_cache(maxsize=2048)
def _material(name: str, counts: str, issuer: str, requirement: str, submit: str) -> ToldMaterial:
    """One object for what thousands of entries say in the same words."""
    return ToldMaterial(name, counts, issuer, requirement, submit)


def _plain(material: ToldMaterial) -> dict[str, str]:
    return {
        "name": material.name, "counts": material.counts, "issuer": material.issuer,
        "requirement": material.requirement, "submit": material.submit,
    }  # fmt: skip


def told_by(
    notice: Notice, day: date, *, item: str, catalogue: str, clerk: str, answers: Mapping[str, str]
) -> ToldContent:
    """What today's notice tells, in the form in which an earlier one was stored."""
    checklist = notice.checklist
    needed, open_, variants = _told_lines(checklist)
    return ToldContent(
        item=item, day=day, catalogue=catalogue, clerk=clerk, answers=answers, required=needed, maybe=open_,
        not_required=frozenset(line.id for line in checklist.not_required),
        never_ask=frozenset(line.id for line in checklist.never_ask),
        basis=notice.basis, statutory=notice.statutory, promised=notice.promised, defects=_defects(checklist),
        variants=variants,
    )  # fmt: skip


_ById = dict[str, ToldMaterial]


def _told_lines(checklist: Checklist) -> tuple[_ById, _ById, dict[str, tuple[ToldMaterial, ...]]]:
    """The materials that are needed, those that may be, and the further variants of these.

    A document that is several materials is told as each of them.
    """
    needed: _ById = {}
    open_: _ById = {}
    variants: dict[str, tuple[ToldMaterial, ...]] = {}
    for line in checklist.required:
        needed |= {material.id: _told_of(material, line.submit) for material in (line.material, *line.serves)}
    lines: list[Line | MaybeLine] = [*checklist.required, *checklist.maybe]
    uses = [(material, line.submit) for line in lines for material in line.may_serve]
    for material, submit in [*uses, *((line.material, line.submit) for line in checklist.maybe)]:
        told = _told_of(material, submit)
        if open_.setdefault(material.id, told) is not told:
            variants[material.id] = (*variants.get(material.id, ()), told)
    return needed, open_, variants


def _told_of(material: Material, submit: Submit) -> ToldMaterial:
    return ToldMaterial(material.name, material.counts, material.issuer, material.requirement, submit.value)


def _defects(checklist: Checklist) -> dict[str, str]:
    lines: list[Line | MaybeLine] = [*checklist.required, *checklist.maybe]
    return {line.material.id: line.defect for line in lines if line.defect}
