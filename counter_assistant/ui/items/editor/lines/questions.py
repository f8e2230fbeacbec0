"""情形：问什么、怎样回答、什么时候问；几个事项共用的，改以前说明影响几个."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import AskedQuestion, Option, Question
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.questions import (
    answer_moved,
    new_question,
    refuse_known,
    reworded,
    with_answer,
    with_answers,
    with_new_answer,
    with_question,
    without_answer,
)
from counter_assistant.domain.revision.editing.rows import with_row
from counter_assistant.domain.revision.editing.shared_questions import asked_otherwise, items_asking, own_question
from counter_assistant.domain.revision.revision import QuestionEdited, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.ui.items.editor.lines.slots import (
    ALL,
    Choice,
    Editing,
    GivenSource,
    Ink,
    Line,
    Made,
    Piece,
    Slot,
    Way,
    adding,
    carried_by,
    conditional,
    label,
    ticked,
    unshared,
)

OWN, HERE, ORDER = "own", "here", "order"
"""Whom a change is for besides `ALL`: this item, as a question of its own; this one only; the order of all."""
ANSWER = "answer."
"""How the facts of a question begin that are one of its answers: answer.self.label."""
USUAL = (("是", ""), ("否", ""))
"""The answers of a new question for which none were written: they are changed in their places."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in its place: the item's row, every answer that it can have, the items that ask it."""

    editing: Editing
    index: int
    whole: Question
    items: tuple[str, ...]

    @property
    def row(self) -> AskedQuestion:
        return self.editing.item.questions[self.index]

    @property
    def shared(self) -> bool:
        """Whether other items ask it too."""
        return len(self.items) > 1

    def spot(self, fact: str) -> Spot:
        return Spot("questions", self.index, fact)

    def scopes(self, everywhere: str, here: str, code: str) -> tuple[Choice, ...]:
        """Whom a change can be for; nothing is to be asked where no other item shares the question."""
        if not self.shared:
            return ()
        return (Choice(ALL, f"{len(self.items)} 个事项{everywhere}", listed(self.items[:6], "、")), Choice(code, here))

    def edited(self, after: Question, scope: str) -> QuestionEdited:
        """The act that makes the question `after`: for every item that asks it, or as this one's own.

        Raises:
            Refusal: what `asked_otherwise` refuses.
        """
        editing, before = self.editing, self.row.question
        own = scope == OWN or not self.items
        if scope == OWN:
            after = own_question(after, editing.letters, taken(editing))
        act = QuestionEdited(before, after, (editing.item.id,) if own else self.items)
        asked_otherwise(editing.catalogue, before, after, act.items)
        return act


def taken(editing: Editing) -> set[str]:
    """The codes that no new question may have."""
    return {*editing.catalogue.questions, *(asked.id for asked in editing.item.questions)}


def _asked(editing: Editing, index: int) -> _Asked:
    question = editing.item.questions[index].question
    whole = _whole(editing.catalogue.questions.get(question.id), question)
    return _Asked(editing, index, whole, items_asking(editing.catalogue, question.id))


def question_lines(editing: Editing) -> Iterator[Line]:
    """情形: what is asked, which answers are offered, and when."""
    for i, row in enumerate(editing.item.questions):
        asked, spot = _asked(editing, i), Spot("questions", i)
        yield Line(tuple(_words(asked)), spot)
        for n, option in enumerate(row.question.options, 1):
            yield Line(tuple(_answer(asked, n, option)), spot)
        yield Line(tuple(_more_answers(asked)), spot)
        when = conditional(editing, "questions", i, "什么情形下问")
        yield Line((label("　　"), when, Piece(" 问"), carried_by(editing, asked.spot("source"))), spot)
    yield Line((*_new_questions(editing),), Spot("questions"))


def _typed(asked: _Asked, fact: str, name: str, value: str, change: Callable[[Question, str], Question]) -> Piece:
    """Words that are a part of the question."""

    def act(words: str, _: GivenSource, scope: str = ALL) -> Made:
        after = change(asked.row.question, words)
        return asked.editing.item if after == asked.row.question else asked.edited(after, scope)

    scopes = asked.scopes("都改", "只改本事项，另成一个问题", OWN)
    return Piece(value, Slot(asked.spot(fact), name, Way.TEXT, value, act, scopes=scopes))


def _words(asked: _Asked) -> Iterator[Piece]:
    question = asked.row.question
    yield label(f"{asked.index + 1}　")
    yield _typed(asked, "text", "要问什么", question.text, lambda held, words: reworded(held, text=words))
    yield label("　　简称　")
    topic = "简称（条件里、纸上用）"
    yield _typed(asked, "topic", topic, question.topic, lambda held, words: reworded(held, topic=words))
    if asked.shared:
        yield Piece(f"影响 {len(asked.items)} 个事项", _sharing(asked), Ink.HINT, aside=True)


def _sharing(asked: _Asked) -> Slot:
    """What can be done with a question as a whole that other items share."""
    question, catalogue = asked.row.question, asked.editing.catalogue
    held = [each for id_ in asked.items if (each := newest(catalogue, id_).asked(question.id))]
    orders = [[option.code for option in each.question.options] for each in held]
    here = [option.code for option in question.options]
    choices = [
        Choice("", f"{len(asked.items)} 个事项照旧共用", listed(asked.items[:6], "、")),
        Choice(OWN, "改成本事项自己的问题"),
    ]
    if any([code for code in order if code in here] != [code for code in here if code in order] for order in orders):
        choices.append(Choice(ORDER, "各事项的回答都照这里的次序"))

    def act(code: str, _: GivenSource) -> Made:
        if code == OWN:
            return asked.edited(question, OWN)
        if code == ORDER:
            return _in_order(asked)
        return asked.editing.item

    return Slot(asked.spot("shared"), "几个事项共用的问题", Way.ONE, "", unshared(act), tuple(choices))


def _in_order(asked: _Asked) -> QuestionEdited:
    """Every item has the answers in the order of this one, whatever order it has now."""
    act = QuestionEdited(asked.whole, asked.whole, asked.items)
    asked_otherwise(asked.editing.catalogue, act.before, act.after, act.items)
    return act


def _answer(asked: _Asked, n: int, option: Option) -> Iterator[Piece]:
    fact = f"{ANSWER}{option.code}"
    yield label(f"　　{n}　")
    yield _typed(
        asked, f"{fact}.label", "回答", option.label, lambda held, words: with_answer(held, option.code, label=words)
    )
    yield label("　纸上写　")
    yield _typed(
        asked, f"{fact}.phrase", "写在纸上的说法", option.phrase,
        lambda held, words: with_answer(held, option.code, phrase=words),
    )  # fmt: skip


def _more_answers(asked: _Asked) -> Iterator[Piece]:
    """One that is new; and which of those that there are the item offers."""
    editing, index, whole = asked.editing, asked.index, asked.whole
    known = [option.code for option in whole.options]

    def new(words: str, _: GivenSource, scope: str = ALL) -> Made:
        said, _mark, phrase = words.partition("＝")
        after = with_new_answer(asked.row.question, said, phrase, editing.letters, known)
        if scope == ALL:
            return asked.edited(after, ALL)
        shared = replace(whole, options=(*whole.options, after.options[-1]))
        return TextEdited(with_row(editing.item, "questions", index, replace(asked.row, question=after)), shared)

    yield label("　　")
    scopes = asked.scopes("都加", "只在本事项加", HERE)
    yield Piece("＋回答", Slot(asked.spot("answer"), "回答", Way.TEXT, "", new, adds=True, scopes=scopes))
    offered = tuple(option.code for option in asked.row.question.options)
    choices = tuple(Choice(option.code, option.label, option.phrase) for option in whole.options)
    left = len(choices) - len(offered)

    def answers(codes: tuple[str, ...], _: GivenSource) -> ServiceItem:
        return with_answers(editing.item, index, whole, codes)

    if left:
        yield Piece("　")
        piece = ticked(asked.spot("options"), "给选哪些回答", offered, choices, answers, empty="")
        yield replace(piece, text=f"另有 {left} 个回答没有给选", ink=Ink.HINT)


def answer_at(spot: Spot) -> str:
    """The code of the answer that a spot is of; empty where it is of none."""
    return spot.fact.removeprefix(ANSWER).rpartition(".")[0] if spot.fact.startswith(ANSWER) else ""


def with_answer_moved(editing: Editing, spot: Spot, by: int) -> ServiceItem:
    """The item offers an answer so many places further down, or up. Others keep their order."""
    assert spot.index is not None
    row = editing.item.questions[spot.index]
    moved = answer_moved(row.question, answer_at(spot), by)
    return with_row(editing.item, "questions", spot.index, replace(row, question=moved))


def removing_answer(editing: Editing, spot: Spot) -> Slot:
    """The act that takes an answer away, with whom it is for."""
    assert spot.index is not None
    asked, code = _asked(editing, spot.index), answer_at(spot)

    def act(_: str, __: GivenSource, scope: str = ALL) -> Made:
        after = without_answer(asked.row.question, code)
        if scope == HERE:
            return with_answers(editing.item, asked.index, after, [option.code for option in after.options])
        return asked.edited(after, ALL)

    scopes = asked.scopes("都去掉", "只在本事项去掉", HERE)
    return Slot(spot, "去掉这个回答", Way.TEXT, "", act, scopes=scopes)


def _whole(shared: Question | None, asked: Question) -> Question:
    """The question with every answer that it can have: the shared one's, and those of the item that it lacks; in the shared
    order, or where the item has another one, its own first.
    """
    if shared is None:
        return asked
    own = tuple(asked.option(option.code) or option for option in shared.options)
    more = tuple(option for option in asked.options if shared.option(option.code) is None)
    every = (*own, *more)
    if [option for option in every if option in asked.options] != list(asked.options):
        every = (*asked.options, *(option for option in every if option not in asked.options))
    return replace(asked, options=every)


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

    def new(words: str, _: GivenSource) -> TextEdited:
        found = _TYPED_QUESTION.fullmatch(words.strip())
        asked, said = (found["text"], found["answers"]) if found else (words, "")
        topic, _mark, text = asked.rpartition("：")
        refuse_known(text, topic or text.rstrip("？?"), known.values())
        answers = _typed_answers(said) if said else USUAL
        question = new_question(text, topic or text.rstrip("？?"), answers, editing.letters, taken(editing))
        return TextEdited(with_question(item, question), question)

    yield adding(Spot("questions", None, "new"), "新问题（写要问什么，如：有没有贷款（有、没有））", new)
