"""同一材料的几种写法，以及同一份证件的几种用处：哪一种写法在此情形下成立，哪几种用处归在一行。

Where the rules of one material have different texts, they are its variants: only the one whose condition holds is
needed, and while an answer is open each that may hold is listed under its own condition. A document that is asked for
twice, such as the identity card of a spouse who is also the agent, is needed once (`Material.covers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from counter_assistant.domain.catalogue.conditions import Answers, AnyOf, Condition, implies, residual, truth
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import Material, MaterialRule


@dataclass(frozen=True, slots=True)
class Needed:
    """A document that is needed under a condition that holds.

    `serves` are other materials that are this document and are needed too, `may_serve` those whose need is open.
    """

    material: Material
    when: Condition
    serves: tuple[Material, ...] = ()
    may_serve: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """A variant that will be needed if the rest of its condition turns out to hold; it may then serve as others, too."""

    material: Material
    still: Condition
    may_serve: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What is needed, what may be, and the rules of every material that is not, all in the item's order."""

    needed: tuple[Needed, ...]
    open: tuple[Open, ...]
    absent: tuple[tuple[MaterialRule, ...], ...]


def needs(item: ServiceItem, settled: Answers) -> Needs:
    """What the rules of an item require under these answers, each document once."""
    holding, waiting, absent = [], [], []
    for rules in _by_material(item.materials):
        truths = [truth(rule.when, settled) for rule in rules]
        if True in truths:
            holding.append(rules[truths.index(True)])
        elif None in truths:
            still_open = (rule for rule, holds in zip(rules, truths, strict=True) if holds is None)
            waiting.append([Open(rule.material, residual(rule.when, settled)) for rule in still_open])
        else:
            absent.append(tuple(rules))
    documents = _documents(holding)
    gone = [open_ for rules in waiting for open_ in rules if _covered_elsewhere(open_, holding, waiting)]
    left = [[open_ for open_ in rules if open_ not in gone] for rules in waiting] if gone else waiting
    open_now = [variant for rules in left for variant in _variants(rules)]
    if gone:
        documents = [replace(each, may_serve=_may_serve((each.material, *each.serves), gone)) for each in documents]
        open_now = [replace(each, may_serve=_may_serve((each.material,), gone)) for each in open_now]
    return Needs(tuple(documents), tuple(open_now), tuple(absent))


def _by_material(rules: Iterable[MaterialRule]) -> list[list[MaterialRule]]:
    groups: dict[str, list[MaterialRule]] = {}
    for rule in rules:
        groups.setdefault(rule.material.id, []).append(rule)
    return list(groups.values())


def _same(one: Material, other: Material) -> bool:
    """Whether two materials are one document, whichever of them says so."""
    return other.id in one.covers or one.id in other.covers


def _covered_elsewhere(open_: Open, holding: list[MaterialRule], waiting: list[list[Open]]) -> bool:
    """Whether the document is needed anyway, or whenever this use of it is."""
    if any(_same(open_.material, rule.material) for rule in holding):
        return True
    others = [other for rules in waiting for other in rules if other.material.id in open_.material.covers]
    return any(implies(open_.still, other.still) for other in others)


def _documents(holding: list[MaterialRule]) -> list[Needed]:
    """What is needed. A material that is another's document goes on that one's line."""
    ids = {rule.material.id for rule in holding}
    alone = [rule for rule in holding if ids.isdisjoint(rule.material.covers)]
    return [
        Needed(rule.material, rule.when, tuple(r.material for r in holding if rule.material.id in r.material.covers))
        for rule in alone
    ]


def _may_serve(own: tuple[Material, ...], gone: list[Open]) -> tuple[Material, ...]:
    """What else a document may turn out to be; a material with several variants counts once."""
    may = {open_.material.id: open_.material for open_ in gone if any(_same(open_.material, other) for other in own)}
    return tuple(may.values())


def _variants(rules: list[Open]) -> list[Open]:
    """The open rules of one material, those of the same text merged."""
    by_text: dict[tuple[object, ...], list[Open]] = {}
    for rule in rules:
        by_text.setdefault(rule.material.text, []).append(rule)
    return [_variant(same) for same in by_text.values()]


def _variant(rules: list[Open]) -> Open:
    if len(rules) == 1:
        return rules[0]
    parts = tuple(rule.still for rule in rules)
    materials = [rule.material for rule in rules]
    covers = tuple(dict.fromkeys(id_ for material in materials for id_ in material.covers))
    one_of = tuple(dict.fromkeys(id_ for material in materials for id_ in material.one_of))
    material = replace(materials[0], covers=covers, one_of=one_of)
    return Open(material, AnyOf(parts))
