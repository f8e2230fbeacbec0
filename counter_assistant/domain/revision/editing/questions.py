"""情形：本事项问哪些问题，可以怎样回答；新的问题；去掉一个问题以前，看还有什么取决于它."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from counter_assistant.domain.catalogue.checks.enumeration import conditions_of
from counter_assistant.domain.catalogue.conditions import leaves
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import AskedQuestion, Option, Question
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.places import in_words
from counter_assistant.domain.revision.editing.rows import removed, with_new_row, with_row
from counter_assistant.domain.revision.editing.wording import Letters, made_code, said


def with_question(item: ServiceItem, question: Question, codes: Collection[str] = ()) -> ServiceItem:
    """The item asks one question more, last, and offers these of its answers; all of them where none is named.

    Raises:
        Refusal: `known-already`, `too-few-answers`.
    """
    if item.asked(question.id):
        raise Refusal("known-already", f"本事项已经问“{question.topic}”。", "不用再加；要改它的回答，改那一行。")
    offered = [option.code for option in question.options if not codes or option.code in codes]
    return with_new_row(item, "questions", AskedQuestion(_offering(question, offered)))


def with_answers(item: ServiceItem, index: int, question: Question, codes: Collection[str]) -> ServiceItem:
    """The item offers other answers to a question that it asks; `question` has all of them.

    Raises:
        Refusal: `too-few-answers`, `answer-in-use`: something depends on an answer that would be gone.
    """
    asked = item.questions[index]
    made = replace(asked, question=_offering(question, codes))
    gone = {option.code for option in asked.question.options} - {option.code for option in made.question.options}
    used = [
        place
        for place, condition in conditions_of(item)
        if any(leaf.question == asked.id and gone & set(leaf.values) for leaf in leaves(condition))
    ]
    if used:
        raise Refusal("answer-in-use", f"{_places(item, used)}取决于要去掉的回答。", "请先改那里的条件，再去掉回答。")
    return with_row(item, "questions", index, made)


def _offering(question: Question, codes: Collection[str]) -> Question:
    options = tuple(option for option in question.options if option.code in codes)
    if len(options) < 2:
        raise Refusal("too-few-answers", f"“{question.topic}”的回答少于两个，不成问题。", "请至少选两个回答。")
    return replace(question, options=options)


def new_question(
    text: str, topic: str, answers: Sequence[tuple[str, str]], letters: Letters, taken: Collection[str]
) -> Question:
    """A question that no item has asked yet. An answer is what its button says and how it reads on paper.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `too-few-answers`, `answer-repeated`.
    """
    asked = said(text, "要问什么")
    options: list[Option] = []
    for label, phrase in answers:
        words = said(label, "回答")
        code = made_code(words, letters, [option.code for option in options], joint="_")
        options.append(Option(code, words, said(phrase or label, "写在纸上的说法")))
    question = Question(
        made_code(asked, letters, taken, joint="_"), asked, said(topic or text, "情形的名称"), tuple(options)
    )
    for key in ("label", "phrase"):
        if len({getattr(option, key) for option in options}) < len(options):
            raise Refusal("answer-repeated", "有两个回答写得一样。", "请把回答写得能分开。")
    return _offering(question, [option.code for option in options])


def refuse_known(text: str, topic: str, known: Iterable[Question]) -> None:
    """A new question does not read as one there is: nobody could tell the two apart where one of them is picked.

    Raises:
        Refusal: `known-already`, naming its answers.
    """
    words = {said(text, "要问什么").rstrip("？?"), said(topic or text, "情形的名称")}
    found = next((each for each in known if words & {each.text.rstrip("？?"), each.topic}), None)
    if found:
        answers = "、".join(option.label for option in found.options)
        raise Refusal(
            "known-already",
            f"已经有“{found.topic}”这个问题（{answers}）。",
            "请从“已有的问题”里选；回答不一样的，换一个说法。",
        )


def dependents(item: ServiceItem, question_id: str) -> list[str]:
    """What depends on a question, in words: 材料“结婚证”."""
    return _named(
        item,
        [
            place
            for place, condition in conditions_of(item)
            if any(leaf.question == question_id for leaf in leaves(condition))
        ],
    )


def question_removed(item: ServiceItem, index: int) -> ServiceItem:
    """The item asks a question no more.

    Raises:
        Refusal: `question-in-use`, naming what depends on it.
    """
    asked = item.questions[index]
    if used := dependents(item, asked.id):
        raise Refusal(
            "question-in-use",
            f"{listed(used)}取决于“{asked.question.topic}”，不能去掉。",
            "请先改那里的条件，再去掉这个问题。",
        )
    return removed(item, "questions", index)


def _places(item: ServiceItem, places: Sequence[str]) -> str:
    return listed(_named(item, places))


def _named(item: ServiceItem, places: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(in_words(item, place) for place in places))
