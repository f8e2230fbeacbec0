"""资格要求、说明、情形、不得要求."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import source_in_words
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
from counter_assistant.domain.revision.editing.questions import new_question, refuse_known, with_answers, with_question
from counter_assistant.domain.revision.statements import newest
from counter_assistant.ui.items.editor.lines.slots import (
    Changed,
    Choice,
    Editing,
    GivenSource,
    Ink,
    Line,
    Piece,
    Way,
    adding,
    conditional,
    label,
    ticked,
    typed,
)


def told_source(source: Source) -> Piece:
    """Where a sentence comes from, at the end of its line."""
    words = source_in_words(source)
    if source.to_confirm:
        return Piece(f"　来源：{words}", ink=Ink.ATTENTION)
    return Piece(f"　{words} ✓", ink=Ink.DONE)


def condition_lines(editing: Editing) -> Iterator[Line]:
    """二、资格要求: what is required, and what is said where it is not met."""
    item = editing.item
    for i, condition in enumerate(item.conditions):
        row = Spot("conditions", i)

        def text(words: str, source: GivenSource, i: int = i) -> ServiceItem:
            return with_condition(item, i, source(), text=words)

        yield Line(
            (typed(Spot("conditions", i, "text"), "资格要求", condition.text, text), told_source(condition.source)), row
        )
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
    slot = replace(held.slot, act=when) if held.slot else None
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
        yield Line((label("说明　"), said, told_source(note.source)), row)
        yield Line((label("　　　"), conditional(editing, "notes", i, "什么情形下告知"), Piece(" 告知")), row)
    new = adding(Spot("notes", None, "new"), "说明", lambda words, source: with_note(item, None, words, source()))
    yield Line((new,), Spot("notes"))


def question_lines(editing: Editing) -> Iterator[Line]:
    """情形: what is asked, which answers are offered, and when."""
    item, known = editing.item, editing.catalogue.questions
    for i, asked in enumerate(item.questions):
        whole = _whole(known.get(asked.id), asked.question)
        choices = tuple(Choice(option.code, option.label, option.phrase) for option in whole.options)

        def answers(codes: tuple[str, ...], _: GivenSource, i: int = i, whole: Question = whole) -> ServiceItem:
            return with_answers(item, i, whole, codes)

        offered = tuple(option.code for option in asked.question.options)
        row = Spot("questions", i)
        shown = ticked(Spot("questions", i, "options"), "可以怎样回答", offered, choices, answers, empty="〔回答〕")
        yield Line((Piece(f"{asked.question.text}　"), shown), row)
        yield Line((label("　　"), conditional(editing, "questions", i, "什么情形下问"), Piece(" 问")), row)
    yield Line((*_new_questions(editing),), Spot("questions"))


def _whole(shared: Question | None, asked: Question) -> Question:
    """The question with every answer that it can have: the shared one's, and those of the item that it lacks."""
    if shared is None:
        return asked
    own = tuple(asked.option(option.code) or option for option in shared.options)
    more = tuple(option for option in asked.options if shared.option(option.code) is None)
    return replace(asked, options=(*own, *more))


_TYPED_QUESTION = re.compile(r"(?P<text>[^（(]+)[（(](?P<answers>.+)[）)]")


def _typed_answers(said: str) -> list[tuple[str, str]]:
    """Each answer with what it prints. A semicolon alone divides them where there is one, and no comma where an answer says
    what it prints: what is printed may hold either.
    """
    between = "[；;]" if re.search("[；;]", said) else "、" if "＝" in said else "[、，,]"
    parts = [answer.partition("＝") for answer in re.split(between, said)]
    return [(label.strip(), phrase.strip()) for label, _mark, phrase in parts]


def _new_questions(editing: Editing) -> Iterator[Piece]:
    item, known = editing.item, editing.catalogue.questions
    choices = tuple(Choice(id_, q.text, q.topic) for id_, q in known.items() if item.asked(id_) is None)
    yield adding(
        Spot("questions", None, "shared"), "已有的问题", lambda code, _: with_question(item, known[code]),
        way=Way.ONE, choices=choices,
    )  # fmt: skip
    yield Piece("　")

    def new(words: str, _: GivenSource) -> Changed:
        found = _TYPED_QUESTION.fullmatch(words.strip())
        asked, said = (found["text"], found["answers"]) if found else (words, "")
        topic, _mark, text = asked.rpartition("：")
        refuse_known(text, topic or text.rstrip("？?"), known.values())
        question = new_question(
            text, topic or text.rstrip("？?"), _typed_answers(said), editing.letters, [*known, *(q.id for q in item.questions)]
        )  # fmt: skip
        return Changed(with_question(item, question), question)

    yield adding(
        Spot("questions", None, "new"), "新问题，如：名下贷款：有没有贷款（有＝名下有贷款、没有＝名下没有贷款）", new
    )


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
        pieces = (label("不得要求　"), named, Piece("："), reason, told_source(entry.source))
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
