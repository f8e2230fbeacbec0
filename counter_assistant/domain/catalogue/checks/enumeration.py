"""枚举情形：逐一列出一个事项的回答组合（含未定），供核对目录和测试使用。

Up to `MOST` combinations are listed completely. Above that come, for every condition and for every pair of conditions
that share a question, all answers to the questions they depend on, and `RANDOM` combinations drawn with a fixed seed,
so that a check always gives the same result.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import combinations

from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Always, Condition, questions_in, truth
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import AskedQuestion

MOST = 20_000
RANDOM = 5_000

Settled = dict[str, str | None]


def conditions_of(item: ServiceItem) -> list[tuple[str, Condition]]:
    """Every condition of an item, with its place in the file."""
    found = [(f"handling[{i}].when", when) for i, (when, _) in enumerate(item.handling, 1)]
    found += [(f"question[{asked.id}].when", asked.when) for asked in item.questions]
    found += [(f"condition[{c.id}].broken_when", c.broken_when) for c in item.conditions if c.broken_when]
    found += [(f"note[{i}].when", note.when) for i, note in enumerate(item.notes, 1)]
    found += [(f"limits.statutory[{i}].when", limit.when) for i, limit in enumerate(item.statutory, 1)]
    found += [(f"material[{rule.material.id}].when", rule.when) for rule in item.materials]
    return [(place, condition) for place, condition in found if not isinstance(condition, Always)]


def situations(item: ServiceItem) -> list[Settled]:
    """The situations to check: all of them, or a thorough selection where there are too many."""
    every = answerings(item)
    if every is not None:
        return every
    chosen = [*_each_condition(item), *_random(item, [asked.id for asked in item.questions], unknown=True)]
    return list({tuple(settled.items()): settled for settled in chosen}.values())


def complete_answerings(item: ServiceItem, question_ids: Iterable[str]) -> list[Settled]:
    """Every way to answer these questions completely; random ones where there are too many."""
    wanted = depended_on(item, question_ids)
    every = answerings(item, wanted, unknown=False)
    return list(_random(item, wanted, unknown=False)) if every is None else every


def answerings(item: ServiceItem, wanted: Iterable[str] | None = None, *, unknown: bool = True) -> list[Settled] | None:
    """Every way to answer the questions `wanted` (None: all); None where there are more than `MOST`."""
    ids = None if wanted is None else set(wanted)
    found: list[Settled] = [{}]
    for asked in item.questions:
        if ids is None or asked.id in ids:
            found = [
                {**settled, asked.id: answer} for settled in found for answer in _possible(asked, settled, unknown)
            ]
        if len(found) > MOST:
            return None
    return found


def depended_on(item: ServiceItem, question_ids: Iterable[str]) -> list[str]:
    """These questions and those that decide whether they arise, in the item's order."""
    wanted, before = set(question_ids), -1
    while len(wanted) > before:
        before = len(wanted)
        for asked in item.questions:
            wanted |= questions_in(asked.when) if asked.id in wanted else frozenset()
    return [asked.id for asked in item.questions if asked.id in wanted]


def given(settled: Settled) -> dict[str, str]:
    """The answers that a clerk gives to reach this situation."""
    return {question: answer for question, answer in settled.items() if answer is not None and answer != NOT_ASKED}


def _possible(asked: AskedQuestion, settled: Settled, unknown: bool) -> list[str | None]:
    if truth(asked.when, settled) is False:
        return [NOT_ASKED]
    codes: list[str | None] = [option.code for option in asked.question.options]
    return [*codes, None] if unknown else codes


def _each_condition(item: ServiceItem) -> Iterator[Settled]:
    looked_at = [questions_in(condition) for _, condition in conditions_of(item)]
    together = [one | other for one, other in combinations(looked_at, 2) if one & other]
    for question_ids in dict.fromkeys([*looked_at, *together]):
        for settled in answerings(item, depended_on(item, question_ids)) or ():
            yield item.settle(given(settled))


def _random(item: ServiceItem, wanted: list[str], *, unknown: bool) -> Iterator[Settled]:
    draw = random.Random(item.id)
    for _ in range(RANDOM):
        settled: Settled = {}
        for asked in item.questions:
            if asked.id in wanted:
                settled[asked.id] = draw.choice(_possible(asked, settled, unknown))
        yield settled
