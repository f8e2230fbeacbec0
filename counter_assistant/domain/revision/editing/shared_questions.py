"""几个事项共用的问题：改了，用它的事项一起改；或者另成这个事项自己的问题."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from counter_assistant.domain.catalogue.conditions import Condition, asking_as
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.questions import refuse_in_use, sound
from counter_assistant.domain.revision.editing.wording import Letters, made_code
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.verdicts import replace_items


def items_asking(catalogue: Catalogue, question_id: str) -> tuple[str, ...]:
    """The items whose newest text asks a question, in their order."""
    return tuple(id_ for id_ in sorted(catalogue.items) if newest(catalogue, id_).asked(question_id))


def own_question(question: Question, letters: Letters, taken: Collection[str]) -> Question:
    """The question under a code of its own: what it says is no other item's any more."""
    return replace(question, id=made_code(question.text, letters, taken, joint="_"))


def asked_otherwise(catalogue: Catalogue, before: Question, after: Question, items: Sequence[str]) -> Catalogue:
    """The catalogue in which these items ask a question as the change from `before` to `after` has it.

    What one of them words in its own way stays so. Where `after` has another id it is another question, and what depended on
    the one depends on the other. Where both are the same, these items have its answers in its order, whatever order they had.

    Raises:
        Refusal: `answer-in-use`, `answer-repeated`, `too-few-answers`; of one of several items it is said which.
    """
    changed = {}
    for id_ in items:
        text = newest(catalogue, id_)
        try:
            made = _asking(text, before, after)
        except Refusal as refusal:
            which = f"{id_} {text.name}：" if len(items) > 1 else ""
            raise Refusal(refusal.code, which + refusal.sentence, refusal.remedy) from None
        changed[id_] = tuple(made if each is text else each for each in catalogue.items[id_])
    shared = catalogue.questions.get(after.id)
    known = carried(before, after, shared) if shared else after
    return replace(replace_items(catalogue, changed), questions={**catalogue.questions, after.id: known})


def carried(before: Question, after: Question, held: Question) -> Question:
    """A question as it is held elsewhere, with the same change: what read as `before` did, its answers gone, new, in order.

    Where nothing changes, everybody has the answers in this order.
    """
    was, now = ({option.code: option for option in question.options} for question in (before, after))
    kept = [
        _answer(was[option.code], now[option.code], option) if option.code in was else option
        for option in held.options
        if option.code not in was or option.code in now
    ]
    added = [option for code, option in now.items() if code not in was and held.option(code) is None]
    options = kept + added
    if before == after or [code for code in now if code in was] != [code for code in was if code in now]:
        order = list(now)
        options.sort(key=lambda option: order.index(option.code) if option.code in now else len(order))
    return Question(
        after.id,
        _follows(before.text, after.text, held.text),
        _follows(before.topic, after.topic, held.topic),
        tuple(options),
    )


def _answer(before: Option, after: Option, held: Option) -> Option:
    label = _follows(before.label, after.label, held.label)
    return Option(held.code, label, _follows(before.phrase, after.phrase, held.phrase))


def _follows(before: str, after: str, held: str) -> str:
    return after if held == before else held


def _asking(item: ServiceItem, before: Question, after: Question) -> ServiceItem:
    """The item with the changed question in its place."""
    asked = item.asked(before.id)
    if asked is None:
        return item
    made = sound(carried(before, after, asked.question))
    refuse_in_use(item, asked.question, made)

    def of(condition: Condition) -> Condition:
        return asking_as(condition, before.id, after.id)

    return replace(
        item,
        handling=tuple((of(when), handling) for when, handling in item.handling),
        questions=tuple(
            replace(each, question=made if each is asked else each.question, when=of(each.when))
            for each in item.questions
        ),
        conditions=tuple(
            replace(each, broken_when=of(each.broken_when)) if each.broken_when else each for each in item.conditions
        ),
        notes=tuple(replace(each, when=of(each.when)) for each in item.notes),
        statutory=tuple(replace(each, when=of(each.when)) for each in item.statutory),
        materials=tuple(replace(each, when=of(each.when)) for each in item.materials),
    )
