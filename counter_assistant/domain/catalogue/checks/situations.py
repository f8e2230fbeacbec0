"""核对一个事项的情形：问题有没有用处，条件能不能成立，材料之间有没有矛盾。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from itertools import combinations, product

from counter_assistant.domain.catalogue.checks.enumeration import (
    Settled,
    answerings,
    complete_answerings,
    conditions_of,
)
from counter_assistant.domain.catalogue.conditions import (
    NOT_ASKED,
    All,
    Always,
    Answered,
    AnyOf,
    Condition,
    Not,
    leaves,
    questions_in,
    truth,
)
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import Material, MaterialRule
from counter_assistant.domain.catalogue.questions import AskedQuestion
from counter_assistant.domain.catalogue.variants import needs
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import listed

AT_A_TIME = 25
"""Situations that are looked at before a pause; answers to a single question take less and are counted fortyfold."""


def situation_faults(item: ServiceItem) -> Iterator[Fault | None]:
    """Every fault in an item's questions and in what depends on them; None wherever it may pause."""
    yield from _repeated(item)
    yield from _questions(item)
    looked_at = list(_codes(item))
    yield from looked_at
    if not looked_at:
        yield from _unsayable(item)
        yield from _reach(item)
        yield from _handling(item)
        yield from _always_required(item)
        yield from _two_rules(item)
        yield from _idle(item)
    yield from _same_name(item)
    yield from _one_document(item)
    yield from _forbidden_and_asked(item)


def _repeated(item: ServiceItem) -> Iterator[Fault]:
    groups = {
        "question": [asked.id for asked in item.questions],
        "condition": [condition.id for condition in item.conditions],
        "never_ask": [entry.id for entry in item.never_ask],
        "step": [step.name for step in item.steps],
    }
    for key, ids in groups.items():
        for id_, times in Counter(ids).items():
            if times > 1:
                yield Fault(f"{key}[{id_}]", f"写了 {times} 次")


def _questions(item: ServiceItem) -> Iterator[Fault]:
    looked_at = set().union(*(questions_in(condition) for _, condition in conditions_of(item)))
    asked_before: set[str] = set()
    for asked in item.questions:
        place = f"question[{asked.id}]"
        if asked.id not in looked_at:
            yield Fault(place, "没有任何材料、资格、说明、办理方式或其他问题取决于它，不必问")
        if len(asked.question.options) < 2:
            yield Fault(f"{place}.options", "回答少于两个，不成问题")
        for question_id in sorted(questions_in(asked.when) - asked_before):
            if item.asked(question_id):
                yield Fault(f"{place}.when", f"取决于“{question_id}”，但它没有排在前面")
        asked_before.add(asked.id)


Answering = tuple[str | None, ...]
Paper = tuple[object, ...]


def _idle(item: ServiceItem) -> Iterator[Fault | None]:
    """Questions that are put where, after what was answered before, none of their answers changes the paper.

    Nothing is said of an item with more situations than can be gone through.
    """
    papers: list[tuple[Answering, Paper]] = []
    for settled in answerings(item, unknown=False) or ():
        if len(papers) % AT_A_TIME == 0:
            yield None
        papers.append((tuple(settled[asked.id] for asked in item.questions), _paper(item, settled)))
    used = frozenset[str]().union(*(questions_in(condition) for _, condition in conditions_of(item)))
    for i, asked in enumerate(item.questions):
        before = (yield from _idle_after(papers, i)) if asked.id in used else None
        if before is not None:
            said = listed(_label(earlier, code) for earlier, code in zip(item.questions[:i], before, strict=True))
            after = f"答“{said}”以后，" if said else ""
            yield Fault(f"question[{asked.id}].when", f"{after}哪个回答都不改变单上的内容，不必问")


def _idle_after(papers: list[tuple[Answering, Paper]], i: int) -> Generator[None, None, Answering | None]:
    """The first answers to the questions before the i-th after which its own change nothing; None where there are none."""
    groups: dict[Answering, dict[str | None, dict[Answering, Paper]]] = {}
    for n, (answers, paper) in enumerate(papers):
        if n % (AT_A_TIME * 40) == 0:
            yield
        if answers[i] != NOT_ASKED:
            groups.setdefault(answers[:i], {}).setdefault(answers[i], {})[answers[i + 1 :]] = paper
    for n, (before, by_answer) in enumerate(groups.items()):
        if n % AT_A_TIME == 0:
            yield
        first, *others = by_answer.values()
        if others and all(other == first for other in others):
            return before
    return None


def _label(asked: AskedQuestion, code: str | None) -> str:
    option = asked.question.option(code or "")
    return option.label if option else ""


def _paper(item: ServiceItem, settled: Settled) -> Paper:
    """What an answer can change: lines and their texts, notes, the conditions that are broken, the handling, the limits."""
    lines = [(line.material.id, line.material.text, line.serves) for line in needs(item, settled).needed]
    broken = [condition.id for condition in item.conditions if condition.is_broken(settled)]
    notes = [note.text for note in item.notes_for(settled)]
    handling = next((handling for when, handling in item.handling if truth(when, settled)), None)
    return lines, notes, broken, handling, [truth(limit.when, settled) for limit in item.statutory]


def _codes(item: ServiceItem) -> Iterator[Fault]:
    """Questions and answers that conditions refer to and that the item does not have."""
    for place, condition in conditions_of(item):
        for leaf in leaves(condition):
            asked = item.asked(leaf.question)
            if asked is None:
                yield Fault(place, f"取决于情形“{leaf.question}”，但本事项不问")
                continue
            if not leaf.values:
                yield Fault(place, f"情形“{leaf.question}”没有列出回答")
            for code in leaf.values:
                if asked.question.option(code) is None:
                    yield Fault(place, f"情形“{leaf.question}”在本事项里没有“{code}”这个回答")


def _unsayable(item: ServiceItem) -> Iterator[Fault]:
    """Conditions that rule out every answer to a question: true only where it is not asked, for which paper has no words."""
    for place, condition in conditions_of(item):
        for leaf in _ruled_out(condition):
            asked = item.asked(leaf.question)
            if asked and all(option.code in leaf.values for option in asked.question.options):
                yield Fault(place, f"把“{leaf.question}”的每个回答都排除了，纸上没有话可说")


def _ruled_out(condition: Condition) -> list[Answered]:
    """Every `q … in` that stands directly under a `not`."""
    match condition:
        case Not(part=Answered() as leaf):
            return [leaf]
        case Not(part=part):
            return _ruled_out(part)
        case All(parts=parts) | AnyOf(parts=parts):
            return [leaf for part in parts for leaf in _ruled_out(part)]
    return []


def _truths(item: ServiceItem, *conditions: Condition) -> set[tuple[bool, ...]]:
    """The combinations of truth values that these conditions take when every question is answered."""
    looked_at = frozenset[str]().union(*map(questions_in, conditions))
    answered = complete_answerings(item, looked_at)
    return {tuple(truth(condition, settled) is True for condition in conditions) for settled in answered}


def _reach(item: ServiceItem) -> Iterator[Fault | None]:
    for place, condition in conditions_of(item):
        yield None
        truths = _truths(item, condition)
        if truths == {(False,)}:
            yield Fault(place, "在任何情形下都不成立")
        elif truths == {(True,)}:
            yield Fault(place, "在任何情形下都成立，不应写成条件")


def _handling(item: ServiceItem) -> Iterator[Fault]:
    """Situations without a handling, and handlings that never apply."""
    first_true = {
        row.index(True) if True in row else None for row in _truths(item, *(when for when, _ in item.handling))
    }
    if None in first_true:
        yield Fault("handling", "有的情形没有办理方式，最后一行应当不带条件")
    for i in range(len(item.handling)):
        if i not in first_true:
            yield Fault(f"handling[{i + 1}]", "排在前面的办理方式已经包括了它，永远轮不到")


def _always_required(item: ServiceItem) -> Iterator[Fault]:
    """守则 一(五)2⑵: part two of the notice must never be empty, not while every question is open either.

    A material whose variants together hold in every situation is needed in each: while it is open which of them holds, each is
    listed under its condition.
    """
    variants: dict[str, list[Condition]] = {}
    for rule in item.materials:
        variants.setdefault(rule.material.id, []).append(rule.when)
    if not any(all(map(any, _truths(item, *whens))) for whens in variants.values()):
        yield Fault("material", "没有一种材料是任何情形下都需要的，告知单第二项可能为空")


def _two_rules(item: ServiceItem) -> Iterator[Fault | None]:
    """Two rules of one material may neither be the same nor hold at once with different texts."""
    for one, other in _pairs(item):
        if one.material.id != other.material.id:
            continue
        yield None
        place = f"material[{one.material.id}]"
        if one == other:
            yield Fault(place, "同样的规则写了两次")
        elif _covers(one, other) or _covers(other, one):
            yield Fault(place, "有一条规则不带条件，另一条就是多余的")
        elif one.material.text != other.material.text and _reads_alike(one.material, other.material):
            yield Fault(place, "两条规则的名称和填报要求一样，份数、出具单位或提交方式却不同，情形未定时分不出来")
        elif one.material != other.material and (True, True) in _truths(item, one.when, other.when):
            yield Fault(place, "有的情形下两条规则同时成立，而填报要求、份数或提交方式不同")


def _reads_alike(one: Material, other: Material) -> bool:
    """Whether two variants are one and the same line while it is open which of them holds."""
    return one.name == other.name and one.requirement == other.requirement


def _covers(one: MaterialRule, other: MaterialRule) -> bool:
    return isinstance(one.when, Always) and one.material.id == other.material.id


def _same_name(item: ServiceItem) -> Iterator[Fault]:
    """Two materials of one name would appear on one paper as needed and as not needed, or twice."""
    for one, other in _pairs(item):
        if one.material.id != other.material.id and one.material.name == other.material.name:
            yield Fault(
                f"material[{other.material.id}].name", f"与 material[{one.material.id}] 同名“{one.material.name}”"
            )


def _one_document(item: ServiceItem) -> Iterator[Fault]:
    """A material that `covers` another: that one is asked for here, covers none itself, and demands no less where both are.

    Of two that it covers, only one is needed with it: on both their lines it would be told twice.
    """
    for rule in item.materials:
        material, place = rule.material, f"material[{rule.material.id}].covers"
        for id_ in material.covers:
            others = [other for other in item.materials if other.material.id == id_]
            if not others:
                yield Fault(place, f"本事项不要求“{id_}”")
            elif any(other.material.covers for other in others):
                yield Fault(place, f"“{id_}”本身又是另一种材料，应当直接写那一种")
            elif any(
                _demands_more(material, other.material) and (True, True) in _truths(item, rule.when, other.when)
                for other in others
            ):
                yield Fault(place, f"要求的份数或提交方式多于“{id_}”，不能归在它那一行")
        for pair in combinations(material.covers, 2):
            theirs = ([other.when for other in item.materials if other.material.id == id_] for id_ in pair)
            if any((True, True, True) in _truths(item, rule.when, *both) for both in product(*theirs)):
                yield Fault(place, f"“{pair[0]}”和“{pair[1]}”有同时要的情形，一份材料不能归在两行")


def _demands_more(material: Material, other: Material) -> bool:
    """Whether the line of `other` would leave unsaid something that `material` demands."""
    counts = (material.originals, material.copies, material.keep_originals, material.keep_copies)
    theirs = (other.originals, other.copies, other.keep_originals, other.keep_copies)
    return material.submit is not other.submit or any(n > there for n, there in zip(counts, theirs, strict=True))


def _forbidden_and_asked(item: ServiceItem) -> Iterator[Fault]:
    forbidden = {entry.id for entry in item.never_ask} | {entry.name for entry in item.never_ask}
    for material in dict.fromkeys(rule.material for rule in item.materials):
        if forbidden & {material.id, material.name}:
            yield Fault(f"material[{material.id}]", f"既要求提供“{material.name}”，又写明不得要求")


def _pairs(item: ServiceItem) -> Iterable[tuple[MaterialRule, MaterialRule]]:
    return combinations(item.materials, 2)
