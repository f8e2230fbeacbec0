"""情形：本事项问哪些问题，可以怎样回答；新的问题；去掉一个问题、一个回答以前，看还有什么取决于它."""

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
    made = _offering(question, codes)
    refuse_in_use(item, asked.question, made)
    return with_row(item, "questions", index, replace(asked, question=made))


def refuse_in_use(item: ServiceItem, before: Question, after: Question) -> None:
    """Checks that nothing in the item depends on an answer that would be gone.

    Raises:
        Refusal: `answer-in-use`, naming what depends on it.
    """
    gone = {option.code for option in before.options} - {option.code for option in after.options}
    used = [
        place
        for place, condition in conditions_of(item)
        if any(leaf.question == before.id and gone & set(leaf.values) for leaf in leaves(condition))
    ]
    if used:
        raise Refusal("answer-in-use", f"{_places(item, used)}取决于要去掉的回答。", "请先改那里的条件，再去掉回答。")


def _offering(question: Question, codes: Collection[str]) -> Question:
    options = tuple(option for option in question.options if option.code in codes)
    if len(options) < 2:
        raise Refusal("too-few-answers", f"“{question.topic}”的回答少于两个，不成问题。", "请至少选两个回答。")
    return replace(question, options=options)


BARE = frozenset(("是", "不是", "否", "有", "没有", "无"))
"""Answers that say nothing on paper by themselves."""


def new_question(
    text: str, topic: str, answers: Sequence[tuple[str, str]], letters: Letters, taken: Collection[str]
) -> Question:
    """A question that no item has asked yet. An answer is what its button says and how it reads on paper.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `too-few-answers`, `answer-repeated`.
    """
    asked, short = said(text, "要问什么"), said(topic or text, "情形的名称")
    options: list[Option] = []
    for label, phrase in answers:
        words = said(label, "回答")
        code = made_code(words, letters, [option.code for option in options], joint="_")
        bare = f"{short}：{words}" if words in BARE else words
        options.append(Option(code, words, said(phrase or bare, "写在纸上的说法")))
    question = Question(made_code(asked, letters, taken, joint="_"), asked, short, tuple(options))
    return sound(question)


def sound(question: Question) -> Question:
    """The question, if its answers can be told apart.

    Raises:
        Refusal: `answer-repeated`, `too-few-answers`.
    """
    options = question.options
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


def reworded(question: Question, *, text: str | None = None, topic: str | None = None) -> Question:
    """The question in other words; what is None stays.

    Raises:
        Refusal: `words-missing`, `words-too-long`.
    """
    return replace(
        question,
        text=question.text if text is None else said(text, "要问什么"),
        topic=question.topic if topic is None else said(topic, "情形的名称"),
    )


def with_answer(question: Question, code: str, *, label: str | None = None, phrase: str | None = None) -> Question:
    """The question with an answer in other words; what is None stays. How it reads on paper follows its button as long as both
    read the same.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `answer-repeated`.
    """
    return sound(
        replace(
            question,
            options=tuple(
                _reworded(option, label, phrase) if option.code == code else option for option in question.options
            ),
        )
    )


def _reworded(option: Option, label: str | None, phrase: str | None) -> Option:
    button = option.label if label is None else said(label, "回答")
    alike = button if option.phrase == option.label else option.phrase
    return Option(option.code, button, alike if phrase is None else said(phrase, "写在纸上的说法"))


def with_new_answer(
    question: Question, label: str, phrase: str, letters: Letters, taken: Collection[str] = ()
) -> Question:
    """The question with one answer more, last; `taken` are codes that other items know among its answers.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `answer-repeated`.
    """
    words = said(label, "回答")
    code = made_code(words, letters, [*taken, *(option.code for option in question.options)], joint="_")
    return sound(
        replace(question, options=(*question.options, Option(code, words, said(phrase or label, "写在纸上的说法"))))
    )


def without_answer(question: Question, code: str) -> Question:
    """The question without one of its answers.

    Raises:
        Refusal: `too-few-answers`.
    """
    return _offering(question, [option.code for option in question.options if option.code != code])


def answer_moved(question: Question, code: str, by: int) -> Question:
    """The question with an answer so many places further down, or up; at the end it stays."""
    options = list(question.options)
    at = next(i for i, option in enumerate(options) if option.code == code)
    options.insert(min(max(at + by, 0), len(options) - 1), options.pop(at))
    return replace(question, options=tuple(options))


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
