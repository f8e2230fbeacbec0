"""核对服务忌语：每一句和它的每一种写法都找得出来，每一句该换成的是空处不用填的文明用语。

Compiles every rule, which takes a tenth of a second: it is for whoever changes the file, not for whoever reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrase, ForbiddenPhrases
from counter_assistant.domain.wording.guard import guard
from counter_assistant.domain.wording.phrases import Phrase
from counter_assistant.domain.wording.variant_rule import VariantRule


def check_forbidden(forbidden: ForbiddenPhrases, approved: Iterable[Phrase]) -> Iterator[Fault]:
    """The faults of the forbidden phrases. What the rules find is checked once all of them are regular expressions."""
    sayable = {phrase.text for phrase in approved if not phrase.blanks}
    for phrase in forbidden.phrases:
        if phrase.instead not in sayable:
            yield Fault(f"phrase[{phrase.number}].instead", "不是一句没有空处的文明用语（守则 二）")
    uncompiled = list(_uncompiled(forbidden))
    yield from uncompiled or _unfound(forbidden)


def _uncompiled(forbidden: ForbiddenPhrases) -> Iterator[Fault]:
    for place, _, rule in _rules(forbidden):
        try:
            rule.compile()
        except re.error as error:
            yield Fault(place, f"写法无法识别（{error}）")


def _unfound(forbidden: ForbiddenPhrases) -> Iterator[Fault]:
    for phrase in forbidden.phrases:
        hits = guard(phrase.text, forbidden)
        if [(hit.text, hit.forbidden) for hit in hits] != [(phrase.text.rstrip("。？?！!"), phrase.text)]:
            yield Fault(f"phrase[{phrase.number}].text", "各种写法合起来没有把这一句整个找出来")
    for place, phrase, rule in _rules(forbidden):
        alone = ForbiddenPhrases(forbidden.version, (replace(phrase, variants=(rule,)),))
        found = {hit.forbidden for hit in guard(rule.example, forbidden)}
        if not guard(rule.example, alone) or found != {phrase.text}:
            yield Fault(f"{place}.example", f"这种写法没有从“{rule.example}”里找出这一句")


def _rules(forbidden: ForbiddenPhrases) -> Iterator[tuple[str, ForbiddenPhrase, VariantRule]]:
    """Each rule with its place in the file and its phrase."""
    for phrase in forbidden.phrases:
        for n, rule in enumerate(phrase.variants, 1):
            yield f"phrase[{phrase.number}].variant[{n}]", phrase, rule
