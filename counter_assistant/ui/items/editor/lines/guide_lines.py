"""一个事项的全部行，次序与给公众看的办事指南一样."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.revision.editing.items import copied, retired
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.questions import question_removed
from counter_assistant.domain.revision.editing.rows import removed
from counter_assistant.ui.items.editor.lines.head import basis_lines, head_lines, sentence
from counter_assistant.ui.items.editor.lines.materials import material_lines
from counter_assistant.ui.items.editor.lines.questions import question_lines
from counter_assistant.ui.items.editor.lines.requirements import condition_lines, never_ask_lines, note_lines
from counter_assistant.ui.items.editor.lines.service import limit_lines, step_lines
from counter_assistant.ui.items.editor.lines.slots import Choice, Editing, Line, Piece, Slot, Way, adding, label

Part = Callable[[Editing], Iterable[Line]]


def _sentences(*named: tuple[str, str]) -> Part:
    def lines(editing: Editing) -> Iterator[Line]:
        for field, before in named:
            words = (label(before),) if before else ()
            yield Line((*words, sentence(editing, field)), Spot(field))

    return lines


WHOLE = ("copy", "retire")
"""The fields of the spots of what is done with an item as a whole."""


def _whole(editing: Editing) -> Iterator[Line]:
    """A new item after this one; and handling this one no more."""
    item, catalogue = editing.item, editing.catalogue
    name = "照这个建一个新事项（写它的名称）"
    yield Line(
        (adding(Spot("copy"), name, lambda words, _: copied(catalogue, item, words, editing.codes)),), Spot("copy")
    )
    if item.id in catalogue.items:
        choices = (Choice("", "还要办理"), Choice("retire", f"停办“{item.name}”"))
        stop = adding(
            Spot("retire"), "停办这个事项", lambda code, _: retired(catalogue, item.id) if code else item,
            way=Way.ONE, choices=choices,
        )  # fmt: skip
        yield Line((stop,), Spot("retire"))


SECTIONS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    ("", (head_lines,)),
    ("一、政策规定", (basis_lines,)),
    ("二、资格要求", (condition_lines, note_lines)),
    ("情形（先问什么）", (question_lines,)),
    ("三、必备手续", (material_lines, never_ask_lines)),
    ("四、办理程序", (_sentences(("procedure", "")),)),
    ("五、办事流程", (_sentences(("flow", "")),)),
    ("六、服务标准", (_sentences(("standard", "")),)),
    ("七、时限承诺", (limit_lines,)),
    ("八、责任人", (step_lines,)),
    ("十、补救途径", (_sentences(("remedy", ""), ("redress", "预告　"), ("refusal", "不予办理的　")),)),
    ("整个事项", (_whole,)),
)  # fmt: skip
"""九、具体经办人和联系电话 is the office's, and stands in its settings."""


def guide_lines(editing: Editing) -> list[Line]:
    """Every line of a text, with what of it can be changed."""
    found: list[Line] = []
    for heading, parts in SECTIONS:
        if heading:
            found.append(Line((Piece(heading),), Spot(""), heading=True))
        for part in parts:
            found += part(editing)
    return found


def slots_of(lines: Iterable[Line]) -> list[Slot]:
    """Everything that can be changed, in its order; no two have the same key."""
    return [piece.slot for line in lines for piece in line.pieces if piece.slot]


def without_row(item: ServiceItem, row: Spot) -> ServiceItem:
    """The text without one of its rows.

    Raises:
        Refusal: what `removed` and `question_removed` refuse.
    """
    assert row.index is not None
    return question_removed(item, row.index) if row.field == "questions" else removed(item, row.field, row.index)


def is_row(row: Spot) -> bool:
    """Whether it is one of several, which can be moved and taken away."""
    return row.index is not None
