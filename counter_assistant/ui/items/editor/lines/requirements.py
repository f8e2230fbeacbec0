"""资格要求、说明、不得要求."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.revision.editing.conditions import when_of
from counter_assistant.domain.revision.editing.parts import (
    with_broken_when,
    with_condition,
    with_known_never_ask,
    with_never_ask,
    with_new_condition,
    with_new_never_ask,
    with_note,
)
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.statements import newest
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
    label,
    typed,
    unshared,
)


def condition_lines(editing: Editing) -> Iterator[Line]:
    """二、资格要求: what is required, and what is said where it is not met."""
    item = editing.item
    for i, condition in enumerate(item.conditions):
        row = Spot("conditions", i)

        def text(words: str, source: GivenSource, i: int = i) -> ServiceItem:
            return with_condition(item, i, source(), text=words)

        words = typed(Spot("conditions", i, "text"), "资格要求", condition.text, text)
        yield Line((words, carried_by(editing, Spot("conditions", i, "source"))), row)
        yield Line(tuple(_broken(editing, i)), row)
    new = adding(
        Spot("conditions", None, "new"), "资格要求",
        lambda words, source: with_new_condition(item, words, source(), editing.letters),
    )  # fmt: skip
    yield Line((new,), Spot("conditions"))


def _broken(editing: Editing, i: int) -> Iterator[Piece]:
    item = editing.item
    condition = item.conditions[i]

    def when(value: Condition, source: GivenSource) -> ServiceItem:
        said = condition.broken_text or f"您不符合“{condition.text}”"
        return with_broken_when(item, i, value, said, source())

    held = conditional(editing, "conditions", i, "什么回答不符合", always="没有哪个回答直接判断，由窗口核实")
    slot = replace(held.slot, act=unshared(when)) if held.slot else None
    yield replace(held, slot=slot)
    if isinstance(when_of(item, "conditions", i), Always):
        return
    yield Piece(" 不符合：")
    yield typed(
        Spot("conditions", i, "broken_text"), "不符合时的说法", condition.broken_text,
        lambda words, source: with_condition(item, i, source(), broken_text=words),
    )  # fmt: skip
    yield Piece("；")
    yield typed(
        Spot("conditions", i, "next_step"), "可以怎么办", condition.next_step,
        lambda words, source: with_condition(item, i, source(), next_step=words), empty="〔可以怎么办〕",
    )  # fmt: skip


def note_lines(editing: Editing) -> Iterator[Line]:
    """说明."""
    item = editing.item
    for i, note in enumerate(item.notes):

        def text(words: str, source: GivenSource, i: int = i) -> ServiceItem:
            return with_note(item, i, words, source())

        row = Spot("notes", i)
        said = typed(Spot("notes", i, "text"), "说明", note.text, text)
        yield Line((label("说明　"), said, carried_by(editing, Spot("notes", i, "source"))), row)
        yield Line((label("　　　"), conditional(editing, "notes", i, "什么情形下告知"), Piece(" 告知")), row)
    new = adding(Spot("notes", None, "new"), "说明", lambda words, source: with_note(item, None, words, source()))
    yield Line((new,), Spot("notes"))


def never_ask_lines(editing: Editing) -> Iterator[Line]:
    """不需要提供，窗口也不得要求."""
    item = editing.item
    for i, entry in enumerate(item.never_ask):

        def name(words: str, source: GivenSource, i: int = i) -> ServiceItem:
            return with_never_ask(item, i, source(), name=words)

        def why(words: str, source: GivenSource, i: int = i) -> ServiceItem:
            return with_never_ask(item, i, source(), why=words)

        named = typed(Spot("never_ask", i, "name"), "不得要求的材料", entry.name, name)
        reason = typed(Spot("never_ask", i, "why"), "不得要求的理由", entry.why, why)
        carried = carried_by(editing, Spot("never_ask", i, "source"))
        pieces = (label("不得要求　"), named, Piece("："), reason, carried)
        yield Line(pieces, Spot("never_ask", i))
    others = {entry.id: entry for id_ in editing.catalogue.items for entry in newest(editing.catalogue, id_).never_ask}
    known = {id_: entry for id_, entry in others.items() if all(entry.id != own.id for own in item.never_ask)}

    def new(words: str, source: GivenSource) -> ServiceItem:
        named, _, reason = words.partition("：")
        return with_new_never_ask(item, named, reason, source(), editing.letters, others)

    yield Line((
        adding(
            Spot("never_ask", None, "shared"), "别的事项不得要求的", lambda code, _: with_known_never_ask(item, known[code]),
            way=Way.ONE, choices=tuple(Choice(id_, entry.name, entry.why) for id_, entry in known.items()),
        ),
        Piece("　"),
        adding(Spot("never_ask", None, "new"), "不得要求的材料，如：单身证明：民政部门不再出具", new),
    ), Spot("never_ask"))  # fmt: skip
