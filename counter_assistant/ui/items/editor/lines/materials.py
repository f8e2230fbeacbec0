"""必备手续：每份材料的每一样，和什么情形下要."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.assessment.material_lines import SUBMITTED
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.revision.editing.materials import (
    MaterialChange,
    known_materials,
    with_material,
    with_new_material,
    with_shared_material,
)
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.row_sources import NEED, WORDING, source_of, told_apart
from counter_assistant.ui.items.editor.lines.slots import (
    Choice,
    Editing,
    GivenSource,
    Line,
    Piece,
    Way,
    adding,
    carried_by,
    conditional,
    counted,
    label,
    picked,
    ticked,
    tied,
    typed,
)

Choices = tuple[Choice, ...]
SUBMITS = tuple(Choice(submit.value, words) for submit, words in SUBMITTED.items())


def material_lines(editing: Editing) -> Iterator[Line]:
    """三、必备手续."""
    item = editing.item
    names = {rule.material.id: rule.material.name for rule in item.materials}
    shared = known_materials(editing.catalogue, item)
    known = {id_: each.name for id_, each in shared.items()} | names
    named = tuple(Choice(*pair) for pair in names.items()), tuple(Choice(*pair) for pair in known.items())
    for i in range(len(item.materials)):
        row = Spot("materials", i)
        yield Line(tuple(_named(editing, i)), row)
        yield Line(tuple(_required(editing, i, named)), row)
        yield Line(tuple(_needed(editing, i)), row)
    asked = {rule.material.id for rule in item.materials}
    choices = tuple(Choice(id_, m.name, m.issuer) for id_, m in shared.items() if id_ not in asked) + tuple(
        Choice(id_, m.name, "再写一行，另一种情形") for id_, m in shared.items() if id_ in asked
    )
    yield Line((
        adding(
            Spot("materials", None, "shared"), "已有的材料",
            lambda code, source: with_shared_material(item, shared[code], source()), way=Way.ONE, choices=choices,
        ),
        Piece("　"),
        adding(
            Spot("materials", None, "new"), "新材料",
            lambda words, source: with_new_material(item, words, source(), editing.letters, shared),
        ),
    ), Spot("materials"))  # fmt: skip


def _named(editing: Editing, i: int) -> Iterator[Piece]:
    material = editing.item.materials[i].material
    yield label(f"{i + 1}　")
    yield _text(editing, i, "name", "材料名称", material.name)
    yield Piece("　")
    yield tied("原件")
    yield _count(editing, i, "originals", "原件几份", material)
    yield Piece(" ")
    yield tied("复印件")
    yield _count(editing, i, "copies", "复印件几份", material)
    yield Piece("　")
    yield _text(editing, i, "issuer", "谁出具", material.issuer)
    yield Piece(" 出具")
    if material.submit in (Submit.HAND_IN, Submit.AT_COUNTER):
        yield Piece("　")
        yield tied("收存原件")
        yield _count(editing, i, "keep_originals", "收存原件几份", material)
    if material.submit in (Submit.HAND_IN, Submit.SHOW):
        yield Piece("　")
        yield tied("收存复印件")
        yield _count(editing, i, "keep_copies", "收存复印件几份", material)


def _required(editing: Editing, i: int, named: tuple[Choices, Choices]) -> Iterator[Piece]:
    material = editing.item.materials[i].material
    yield label("　　")
    yield _text(editing, i, "requirement", "怎样才合格", material.requirement)
    own, every = named
    yield Piece("　")
    yield _ids(editing, i, "covers", "同一份还作", material.covers, own, "＋还作别的")
    yield Piece("　")
    yield _ids(editing, i, "one_of", "任一种都可以", material.one_of, every, "＋任一种都可以")
    yield carried_by(editing, Spot("materials", i, WORDING))


def _needed(editing: Editing, i: int) -> Iterator[Piece]:
    rule = editing.item.materials[i]
    yield label("　　")
    yield conditional(editing, "materials", i, "什么情形下要")
    yield Piece(" ")
    yield picked(
        Spot("materials", i, "submit"), "怎样交", rule.material.submit.value, SUBMITS,
        lambda code, source: with_material(editing.item, i, MaterialChange(submit=Submit(code)), source()),
    )  # fmt: skip
    yield Piece(f"“{rule.material.name}”")
    if told_apart(editing.item, i):
        need, wording = Spot("materials", i, NEED), Spot("materials", i, WORDING)
        alike = source_of(editing.item, need) == source_of(editing.item, wording)
        yield carried_by(editing, need, shown="来源同上" if alike else "")


def _changed(editing: Editing, i: int, fact: str, value: Any, source: GivenSource) -> ServiceItem:
    return with_material(editing.item, i, MaterialChange(**{fact: value}), source())


def _text(editing: Editing, i: int, fact: str, name: str, value: str) -> Piece:
    return typed(
        Spot("materials", i, fact), name, value, lambda words, source: _changed(editing, i, fact, words, source)
    )


def _count(editing: Editing, i: int, fact: str, name: str, material: Material) -> Piece:
    value: int = getattr(material, fact)
    return counted(Spot("materials", i, fact), name, value, lambda n, source: _changed(editing, i, fact, n, source))


def _ids(editing: Editing, i: int, fact: str, name: str, value: tuple[str, ...], named: Choices, empty: str) -> Piece:
    own = editing.item.materials[i].material.id
    piece = ticked(
        Spot("materials", i, fact), name, value, tuple(choice for choice in named if choice.code != own),
        lambda ids, source: _changed(editing, i, fact, ids, source), empty=empty,
    )  # fmt: skip
    return Piece(f"{name}：{piece.text}", piece.slot) if value else piece
